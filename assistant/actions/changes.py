"""Later lines that change an earlier item: another owner or date, done, called off, or said twice."""

# ruff: noqa: SIM905 - word lists are read and kept as lines of words
import re
from collections import defaultdict
from dataclasses import dataclass, replace

from assistant.actions.dues import Due
from assistant.actions.people import People
from assistant.actions.states import DONE, REJECTED
from assistant.domain.actions import ActionItem

_WORD = re.compile(r"[a-z0-9][a-z0-9.'-]{1,30}|[\u4e00-\u9fff]+", re.IGNORECASE)
_DULL = frozenset(
    "the an and or of to in on at by for from with will be is are it its this that these those we you he she they me"
    " him her them us our your their"
    " please also now then all any some new not no do does done can could should would must need needs have has had"
    " about into up out over as if so"
    " who what when where which by friday monday tuesday wednesday thursday next week month today tomorrow send make"
    " get action item task".split()
)
_UPDATE = re.compile(
    r"\b(?:correction|update|updated|change|changed|moved|instead|now|rather than|not \w{1,20} but|actually|extended"
    r"|postponed|brought forward|takes? over|reassigned|hand(?:ed|s)? over|swap)\b|改为|改到|改由|改给|换给"
    r"|调整为|更正|改成|顺延|推迟|延到|提前到|换成"
    r"|转给|接手|换",
    re.IGNORECASE,
)
_BARE_UPDATE = re.compile(r"^\W{0,3}(?:correction|update|actually|更正|更新|补充)\b", re.IGNORECASE)
_NEAR = 60  # only the last items with a word in common are looked at, so that a long meeting stays linear


_NEW_OWNER = re.compile(
    r"\b(?:is|are|goes to|moves? to|belongs to|over to|now with|reassigned to|taken over by"
    r"|will be done by) (?P<name>[A-Z][\w.-]{0,24}(?: [A-Z][\w-]{1,24})?)"
    r"(?=['’]s\b|[,.;]|$| instead| now)"
    r"|(?P<takes>[A-Z][\w.-]{0,24}(?: [A-Z][\w-]{1,24})?) (?:takes? (?:it |this |that )?over|will take (?:it"
    r"|this|that) over)\b"
    r"|(?:改由|改给|转给|换给|换成|交给|改为由?)[ ]?@?(?P<zh>[\u4e00-\u9fffA-Za-z]{2,6}?)"
    r"(?=负责|来|接手|跟进|处理|做|[，。；]|$)"
    r"|(?P<jie>[\u4e00-\u9fff]{2,3})接手"
)


def is_correction(text: str) -> bool:
    """Whether a line says that it corrects something: "Correction: …", 更正：…"""
    return _BARE_UPDATE.match(text) is not None


def new_owner(text: str, people: People) -> str | None:
    """Give whom a sentence such as "the estimate is JB's, not MK's" or 改由张伟负责 hands a task to."""
    if not _UPDATE.search(text):
        return None
    found = _NEW_OWNER.search(text)
    name = next((g for g in found.groups() if g), "") if found else ""
    return people.owner(name) if name and people.is_surely(name) else None


@dataclass(frozen=True, slots=True)
class Remark:
    """A line that is no item itself but may say what became of one."""

    text: str
    start: int
    end: int
    line: int


def words_of(text: str) -> frozenset[str]:
    """Give the words that tell tasks apart: Latin words without plain endings, Chinese characters in pairs."""
    found: set[str] = set()
    for match in _WORD.finditer(text[:800]):
        word = match[0].casefold()
        if "\u4e00" <= word[0] <= "\u9fff":
            found.update(word[i : i + 2] for i in range(len(word) - 1))
        elif word not in _DULL:
            found.add(_stem(word))
    return frozenset(found)


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


class Items:
    """The items of one note while it is read from top to bottom."""

    def __init__(self) -> None:
        self._items: dict[int, ActionItem] = {}
        self._words: dict[int, frozenset[str]] = {}
        self._by_word: dict[str, list[int]] = defaultdict(list)

    def add(self, item: ActionItem) -> None:
        """Take an item in; when it says an earlier one again, the later owner and date hold."""
        words = words_of(item.task)
        earlier = self._same(item, words)
        if earlier is not None:
            old = self._items.pop(earlier)
            item = _merged(old, item)
        number = item.start * 4 + len([1 for n in self._items if n // 4 == item.start and n % 4 < 3][:3])
        while number in self._items:
            number += 1
        self._items[number] = item
        self._words[number] = words_of(item.task)
        for word in self._words[number]:
            self._by_word[word].append(number)

    def remark(self, remark: Remark) -> None:
        """Read a later line that is no item: done or called off takes the item it speaks of away."""
        if not (DONE.search(remark.text) or REJECTED.search(remark.text)):
            return
        words = words_of(remark.text)
        for number in self._near(words):
            task = self._words[number]
            shared = len(task & words)
            if shared >= 2 and shared >= 0.6 * len(task) and self._items[number].start < remark.start:
                del self._items[number]

    def change(self, text: str, owner: str | None, item: ActionItem) -> bool:
        """Let a line such as "update: the price list moves to Friday" change the item it speaks of."""
        if not _UPDATE.search(text):
            return False
        words = words_of(text)
        corrects = _BARE_UPDATE.match(text) is not None
        for number in self._near(words):
            task = self._words[number]
            shared = len(task & words)
            if (shared >= 2 and shared >= 0.35 * len(task)) or (corrects and shared >= 1):
                old = self._items.pop(number)
                new = replace(
                    old,
                    owner=owner or old.owner,
                    due=item.due if item.due_text else old.due,
                    due_text=item.due_text or old.due_text,
                    due_rule=item.due_rule if item.due_text else old.due_rule,
                    quote=item.quote,
                    start=item.start,
                    end=item.end,
                    start_line=item.start_line,
                )
                self._items[item.start * 4] = new
                self._words[item.start * 4] = task
                for word in task:
                    self._by_word[word].append(item.start * 4)
                return True
        return False

    def drop(self, start: int) -> None:
        """Take the items away that begin at that place."""
        for number in [n for n in self._items if n // 4 == start]:
            del self._items[number]

    def move(self, start: int, due: Due) -> None:
        """Give the items that begin at that place another day."""
        for number, item in list(self._items.items()):
            if number // 4 == start:
                self._items[number] = replace(item, due=due.day, due_text=due.words, due_rule=due.rule)

    def give(self, start: int, owner: str, due: Due | None = None) -> None:
        """Give the items that begin at that place, and have no owner or day, to somebody who took them on."""
        for number, item in list(self._items.items()):
            if number // 4 != start:
                continue
            if item.owner is None:
                item = replace(item, owner=owner or None, confidence=round(min(0.9, item.confidence + 0.15), 2))  # noqa: PLW2901
            if due is not None and not item.due_text:
                item = replace(item, due=due.day, due_text=due.words, due_rule=due.rule)  # noqa: PLW2901
            self._items[number] = item

    def all(self) -> tuple[ActionItem, ...]:
        """Give the items in the order of the text."""
        return tuple(sorted(self._items.values(), key=lambda i: (i.start, i.end)))

    def last(self) -> ActionItem | None:
        """Give the item taken in last."""
        number = next(reversed(self._items), None)
        return None if number is None else self._items[number]

    def _near(self, words: frozenset[str]) -> list[int]:
        count: dict[int, int] = defaultdict(int)
        for word in words:
            for number in self._by_word.get(word, ())[-_NEAR:]:
                if number in self._items:
                    count[number] += 1
        return sorted(count, key=lambda n: (-count[n], -n))[:3]

    def _same(self, item: ActionItem, words: frozenset[str]) -> int | None:
        for number in self._near(words):
            old, theirs = self._items[number], self._words[number]
            if old.start == item.start:
                continue
            shared, union = len(words & theirs), len(words | theirs)
            codes = {w for w in words ^ theirs if any(c.isdigit() for c in w)}
            agree = old.owner is None or item.owner is None or old.owner.casefold() == item.owner.casefold()
            if shared >= 2 and shared / union >= 0.6 and agree and not codes and old.internal is item.internal:
                return number
        return None


def _merged(old: ActionItem, new: ActionItem) -> ActionItem:
    return replace(
        new,
        task=max(old.task, new.task, key=len),
        owner=new.owner or old.owner,
        due=new.due if new.due_text else old.due,
        due_text=new.due_text or old.due_text,
        due_rule=new.due_rule if new.due_text else old.due_rule,
        confidence=max(old.confidence, new.confidence),
    )
