"""Things that changed places: who did what to whom, which figure belongs to what, from where to where.

Two words A and B stand on either side of a third one in the source (`Acme approved Lanting's concept`, `420 seated or
650 standing`). A sentence that has the same third word between them the other way round has exchanged them, unless it
also changed from active to passive (by, 被, 由).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from assistant.checks.figure_relations import Relation
from assistant.checks.input import Source
from assistant.checks.lexicon import chinese, english
from assistant.checks.lexicon.tokens import DAY_ZH, Token, figure_of, joined, tokens
from assistant.checks.statements import Statement, statements
from assistant.checks.words import stem

# Words that turn doer and done-to round, or make another one the receiver.
_VOICE = re.compile(r"\b(?:by|with)\b|被|由(?!于)|受|遭|获|给|向|对(?!比)|为(?!止)", re.IGNORECASE)
_LONG_FIGURE = 9
_MOST = 60  # words of a passage around a statement that are compared
_CLOSE = 0.6  # of a sentence's words that the statement holds: two that share less tell of different things
_MOST_KEYS = 16  # full words of a sentence; a longer one orders its parts anew without changing what they say
_SINGLE = re.compile(r"(?<![A-Za-z])[A-Z](?![A-Za-z])")
_NOT_A_NAME = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?|mr|mrs|ms|miss|dr|prof|i)"
)
_TOWARD = frozenset(("to", "into", "到", "至", "往", "转到"))
_TOWARD_ZH = frozenset(("从", "由", "到", "至", "往", "转到", "离开", "开往", "抵达", "驶往", "运往", "运抵"))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A word of one kind that may change places: its key, its place among the words, its characters, what it is."""

    key: str
    at: int
    start: int
    end: int
    sort: str


def exchanged(text: str, cited: Sequence[Source]) -> Iterator[Relation]:
    """Give the first pair of words of a sentence that the cited sources have the other way round, if there is one."""
    keys, marks = _read(text)
    if len(marks) < 2 or len({k for k in keys if k}) > _MOST_KEYS:
        return
    for source in cited:
        for statement, window in _windows(source):
            found = _turned(text, keys, marks, window)
            if found is not None:
                yield Relation("order_exchanged", found, text[found[0] : found[1]], statement, window.strip())
                return


def _windows(source: Source) -> Iterator[tuple[Statement, str]]:
    """Give each statement with the one that follows it: a note says in two short sentences what a draft says in one."""
    made = statements(source)
    for i, statement in enumerate(made):
        after = made[i + 1].text if i + 1 < len(made) and len(statement.text) + len(made[i + 1].text) < 400 else ""
        if len(statement.text) < 600:
            yield statement, statement.text
        if after:
            yield statement, f"{statement.text} {after}"


def _turned(text: str, keys: tuple[str, ...], marks: tuple[_Mark, ...], window: str) -> tuple[int, int] | None:
    their_keys, their_marks = _read(window)
    theirs: dict[tuple[str, str], _Mark] = {}
    for mark in their_marks:
        theirs.setdefault((mark.sort, mark.key), mark)
    shared = [m for m in marks if (m.sort, m.key) in theirs]
    if len(shared) < 2:
        return None
    mine = {k for k in keys if k}
    if len(mine & set(their_keys)) < _CLOSE * len(mine):
        return None
    times, their_times = Counter(keys), Counter(their_keys)
    for one, two in combinations(shared, 2):
        first, second = theirs[one.sort, one.key], theirs[two.sort, two.key]
        if one.sort != two.sort or one.key == two.key or first.at <= second.at:
            continue
        if not (times[one.key] == times[two.key] == their_times[one.key] == their_times[two.key] == 1):
            continue
        between = {k for k in keys[one.at + 1 : two.at] if k and times[k] == 1}
        pivots = {k for k in their_keys[second.at + 1 : first.at] if k in between and their_times[k] == 1}
        if not pivots or pivots <= {m.key for m in marks if m.sort == one.sort}:
            continue
        if len(_VOICE.findall(text[one.end : two.end])) != len(_VOICE.findall(window[second.end : first.end])):
            continue
        return one.start, two.end
    return None


@lru_cache(maxsize=16_384)
def _read(text: str) -> tuple[tuple[str, ...], tuple[_Mark, ...]]:
    """Give the key of each word of a text ("" for a small one), and the words that may change places."""
    found = joined(tokens(text)[:_MOST])
    keys = tuple("" if t.number and text[t.end : t.end + 1] in DAY_ZH else _key(t) for t in found)
    marks: list[_Mark] = []
    for i, token in enumerate(found):
        sort = _sort(text, found, i)
        if sort:
            marks.append(_Mark(keys[i], i, token.start, token.end, sort))
    return keys, tuple(marks)


def _key(token: Token) -> str:
    if token.number or figure_of(token.word):
        return figure_of(token.word) or token.word
    if token.word in _TOWARD:
        return "to"
    if token.little and not token.capital:
        return ""
    return token.word if token.han else stem(next(iter(english.lemmas(token.word)), token.word))


def _sort(text: str, found: Sequence[Token], i: int) -> str:
    token = found[i]
    if token.number:
        return _figure(text, found, i)
    if token.han:
        return _thing(found, i)
    if figure_of(token.word) and token.word not in {"one", "first", "second", "third"}:
        return "number"
    if _calendar(token) or token.word in {"we", "you", "our", "your", "us"}:
        return ""
    return _latin(text, found, i)


def _figure(text: str, found: Sequence[Token], i: int) -> str:
    token = found[i]
    before, after = text[token.start - 1 : token.start], text[token.end : token.end + 1]
    beside = [found[j] for j in (i - 1, i + 1) if 0 <= j < len(found)]
    dated = after in DAY_ZH or any(_calendar(t) for t in beside)
    clock = ":" in (before, after)
    return "" if dated or clock or (before and before in "第-–.") or len(token.word) > _LONG_FIGURE else "number"


def _calendar(token: Token) -> bool:
    return _NOT_A_NAME.fullmatch(token.word) is not None


def _thing(found: Sequence[Token], i: int) -> str:
    token = found[i]
    if i > 0 and found[i - 1].word in _TOWARD_ZH:
        return "toward"
    parts = chinese.part_of_speech(token.word)
    return "thing" if len(token.word) > 1 and not token.little and (parts[0] or not any(parts)) else ""


def _latin(text: str, found: Sequence[Token], i: int) -> str:
    token = found[i]
    if _SINGLE.match(text, token.start) and token.end - token.start == 1:
        return "letter"
    if token.capital and (i > 0 or not english.commonness(token.word)):
        return "name"
    counted = i > 0 and found[i - 1].number and english.parts_of_speech(token.word)[0] > 0
    toward = i > 0 and found[i - 1].word in {"from", "to", "into"} and not token.little
    return "counted" if counted else "toward" if toward else ""
