"""What a meeting says of the open items of earlier ones, and which of its items are kept already."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.actions.changes import words_of
from assistant.actions.states import DONE, NEGATED, QUESTION, REJECTED
from assistant.domain.actions import ActionItem, Carried, ItemState, MeetingSummary, Outcome, Quoted, StoredItem
from assistant.language.sentences import split_sentences

_OPEN = (ItemState.PROPOSED, ItemState.ACCEPTED)
_SAME = 0.6  # share of all words of two tasks that both have, above which they are one task
_SPOKEN_OF = 0.6  # share of a task's words that a sentence must have to speak of it


def compare(
    summary: MeetingSummary, stored: Sequence[StoredItem]
) -> tuple[tuple[Carried, ...], tuple[tuple[int, str], ...]]:
    """Give what became of the open items of earlier meetings, and (place in `items`, id) of tasks kept already.

    A meeting dated after this one says nothing about it and is left out; so are the items of this very text.
    """
    earlier = [i for i in stored if i.state in _OPEN and i.meeting.digest != summary.meeting.digest]
    earlier = [i for i in earlier if not _later(i, summary) and not _settled(i, summary)]
    sentences = _Sentences(summary.text)
    carried: list[Carried] = []
    repeats: dict[int, str] = {}
    for item in earlier:
        again = next((n for n, new in enumerate(summary.items) if n not in repeats and _same(item, new)), None)
        if again is not None:
            new = summary.items[again]
            repeats[again] = item.id
            moved = (new.owner and new.owner != item.owner) or (new.due_text and new.due != item.due)
            outcome = Outcome.CHANGED if moved else Outcome.REPEATED
            carried.append(Carried(item, outcome, Quoted(new.quote, new.start, new.end, new.start_line)))
            continue
        told = sentences.about(item)
        carried.append(told or Carried(item, Outcome.SILENT, None))
    return tuple(carried), tuple(sorted(repeats.items()))


def _settled(item: StoredItem, summary: MeetingSummary) -> bool:
    """Whether an earlier meeting said already that it is done or dropped; to say it again would only be noise."""
    told = [m.outcome for m in item.mentions if m.meeting.digest != summary.meeting.digest]
    return bool(told) and told[-1] in {Outcome.DONE, Outcome.DROPPED}


def _later(item: StoredItem, summary: MeetingSummary) -> bool:
    mine, other = summary.meeting.dated, item.meeting.dated
    return mine is not None and other is not None and other > mine


def _same(item: StoredItem, new: ActionItem) -> bool:
    a, b = words_of(item.task), words_of(new.task)
    shared = len(a & b)
    codes = {w for w in a ^ b if any(c.isdigit() for c in w)}
    agree = item.owner is None or new.owner is None or _owners(item.owner) & _owners(new.owner)
    return (
        not codes
        and bool(agree)
        and item.internal is new.internal
        and (shared >= 2 or a == b)
        and shared >= _SAME * max(1, len(a | b))
    )


def _owners(owner: str) -> frozenset[str]:
    return frozenset(part.strip().casefold() for part in owner.split(";"))


class _Sentences:
    """The sentences of a text that say done or dropped, found by their words."""

    def __init__(self, text: str) -> None:
        self._found: list[tuple[frozenset[str], Outcome | None, Quoted]] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for outcome, quoted in _closing(text):
            words = words_of(quoted.quote)
            for word in words:
                self._by_word[word].append(len(self._found))
            self._found.append((words, outcome, quoted))

    def about(self, item: StoredItem) -> Carried | None:
        """Give the sentence that shares most words with the task, if it shares enough of them."""
        task = words_of(item.task)
        best: tuple[float, int] | None = None
        for number in {n for word in task for n in self._by_word.get(word, ())}:
            share = len(task & self._found[number][0]) / max(1, len(task))
            if self._found[number][1] is None and not _says_done(item.task, self._found[number][2].quote):
                continue
            if share >= _SPOKEN_OF and (best is None or (share, number) > best):
                best = (share, number)
        if best is None:
            return None
        _, outcome, quoted = self._found[best[1]]
        return Carried(item, outcome or Outcome.DONE, quoted)


_PAST = re.compile(
    r"[a-z]{3,}ed\b|\b(?:sent|wrote|did|made|got|bought|paid|told|gave|took|met|chose"
    r"|drew|built|found)\b|了",
    re.IGNORECASE,
)
_IRREGULAR = {
    "send": "sent", "write": "wrote", "do": "did", "make": "made", "get": "got", "buy": "bought", "pay": "paid",
    "tell": "told", "give": "gave", "take": "took", "meet": "met", "choose": "chose", "draw": "drew", "build": "built",
    "find": "found",
}  # fmt: skip


def _says_done(task: str, sentence: str) -> bool:
    """Whether a sentence tells the task's own verb as past: "Lena confirmed the date", 确认了日期."""
    verb = task.split(maxsplit=1)[0].casefold() if task.split() else ""
    if verb.isascii():
        past = _IRREGULAR.get(verb) or (
            verb + "d" if verb.endswith("e") else verb[:-1] + "ied" if verb.endswith("y") else verb + "ed"
        )
        return re.search(rf"(?<!not )(?<!be )(?<!to be )\b{re.escape(past)}\b", sentence, re.IGNORECASE) is not None
    return re.search(rf"(?<![没未]){re.escape(task[:2])}(?:好|完)?了(?![吗没])", sentence) is not None


def _closing(text: str) -> Iterator[tuple[Outcome | None, Quoted]]:
    position = 0
    for number, raw in enumerate(text.splitlines(keepends=True), 1):
        ticked = raw.lstrip(" \t-*+").casefold().startswith(("[x]", "☑", "✅", "✓", "✔"))
        for span in split_sentences(raw):
            outcome = (
                Outcome.DROPPED
                if REJECTED.search(span.text)
                else Outcome.DONE
                if ticked or DONE.search(span.text)
                else None
            )
            told = outcome is not None or _PAST.search(span.text)
            if told and not NEGATED.search(span.text) and not QUESTION.search(span.text):
                start, end = position + span.start, position + span.end
                yield outcome, Quoted(text[start:end], start, end, number)
        position += len(raw)
