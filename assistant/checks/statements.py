"""What a source states: its sentences, with the facts, the words and the firmness of each."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.checks.input import Source
from assistant.checks.matching import span_of
from assistant.checks.words import subject_words
from assistant.domain.facts import Fact, FactKind
from assistant.domain.note import NoteKind, Passage
from assistant.language.sentences import SentenceSpan, split_sentences

_HEDGE = re.compile(
    r"\b(?:maybe|perhaps|hope|hopes|hoping|hopefully|target(?:s|ing|ed)?|aim(?:s|ing|ed)?|might|could|"
    r"possibly|probably|likely|tentative(?:ly)?"
    r"|provisional(?:ly)?|estimate[sd]?|guess|think|thinks|reckons?|try|trying|tries|expect(?:s|ed|"
    r"ing)?|unconfirmed|not (?:yet )?confirmed"
    r"|in principle|with luck|would be nice|ideally|at the earliest|if all goes)\b"
    r"|争取|预计|希望|力争|尽量|可能|也许|大概|估计|目标|应该能|有望|说不定|暂定|初步|最快|打算|设想|"
    r"悬|未确认|待确认|如果顺利",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:you|your|we|i|they) (?:\w{2,10} ){0,6}(?:said|says|promised|told|wrote|assured)\b|"
    r"\bwas (?:promised|told|due|supposed)\b|\bpromised (?:for|by)\b"
    r"|(?:你|您|你们|贵方)[^。！？]{0,12}(?:说|写|答应|承诺|告诉)|上一?(?:封|次)[^。！？]{0,12}(?:写|"
    r"说)|(?:之前|当时|原来)(?:说|答应|承诺)(?:的|过)|答应(?:的|过)|本该|原本",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:mov(?:e|es|ed|ing)|shift(?:s|ed)?|chang(?:e|es|ed)|postpon(?:e|es|ed)|slip(?:s|ped)?|"
    r"push(?:es|ed)?|put back|brought forward|bring|delay(?:s|ed)?"
    r"|resched\w{2,6}|replan\w{0,4}|reduc\w{1,4}|increas\w{1,4}|cut|drop(?:s|ped)?|rais\w{1,3}|fall|"
    r"fell|went|goes|up|down)\b"
    r"|调整|改|推迟|延期|延后|顺延|提前|变更|变为|降|升|增|减|掉",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?,? )?(?:the )?"
_OLD_BEFORE = re.compile(
    r"(?:\b(?:was|were|not|instead of|rather than|previously|formerly|originally|initially|earlier|"
    r"no longer|replac(?:es|ing)|old date)"
    r"(?: (?:on|for|at|planned|by|agreed|set|scheduled)){0,2}|原(?:定|计划|本|先|来|为|是|订)?(?:为|"
    r"在|于|是|的)?|不再(?:按|是)|不是|不按|取代|此前(?:为|是)?|之前(?:定|说|是)?的?)\s{0,2}"
    + _WEEKDAY
    + r"[*_（(~]{0,2}\Z",
    re.IGNORECASE,
)
# "Still as first planned" keeps the value.
_STILL_BEFORE = re.compile(
    r"(?:(?:仍|还|依然|依旧|继续|照)[按照]{0,2}|(?<!不再)[按照])原(?:定|计划)的?\s{0,2}\Z"
    r"|\b(?:as|still) (?:originally |initially )?(?:planned|scheduled|agreed) (?:on|for) " + _WEEKDAY + r"\Z",
    re.IGNORECASE,
)
_FROM_BEFORE = re.compile(
    r"(?:\bfrom|由|从|自)\s{0,2}(?:the )?(?:原(?:定|计划)?的?)?\s{0,2}" + _WEEKDAY + r"[*_]{0,2}\Z", re.IGNORECASE
)
_OLD_AFTER = re.compile(
    r"[*_）)~]{0,3}\s{0,2}(?:[（(][^（()）]{0,8}[)）])?\s{0,2}(?:is off|is cancelled|is dropped|"
    r"no longer|is void|作废|取消|不算|不行|(?:的计划|的时间)?(?:调整|改|推迟|延期|延后|顺延|提前|"
    r"变更|推|延)(?:为|到|至|成|在))",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"~~[^~\n]{1,300}~~")
_REACH = 40
_MOST_FACTS = 200  # a sentence with more is a table of figures
_ENTRY_HEAD = re.compile(r"[\s|*_\[\]xX-]{0,8}(?:[A-Za-z]{0,4}[-.]?[0-9]{1,4})?[\s|*_(\uff08:.-]{0,6}")
_ENTRY_BREAK = re.compile(r"\s{0,3}(?:[|:\uff1a)\uff09]|\Z)")
_REST_OF_DAY_LINE = 5


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a source. `facts` keep their places in the passage; `start` is where the sentence begins there.

    `dated` is the day of its own entry in a log or a list of decisions, else the passage's date.
    """

    source: Source
    start: int
    text: str
    facts: tuple[Fact, ...]
    words: frozenset[str]
    dated: date | None
    hedged: bool
    reported: bool

    @property
    def passage(self) -> Passage:
        """The passage it stands in."""
        return self.source.passage

    @property
    def where(self) -> str:
        """Its place and date as a person writes them: `notes/minutes.md:12 (2026-03-11)`."""
        line = self.passage.start_line + self.passage.text.count("\n", 0, self.start)
        return place_of(self.passage, line, self.dated)

    def current(self) -> tuple[Fact, ...]:
        """Give the facts that the sentence does not itself call the old ones; the first two hundred of a long list."""
        return _current(self.passage.text, self.facts[:_MOST_FACTS])


@lru_cache(maxsize=20_000)
def _current(text: str, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(f for f in facts if not is_old(text, f))


def place_of(passage: Passage, line: int | None = None, dated: date | None = None) -> str:
    """Give a passage's place with its date, if it has one."""
    place = passage.cite if line is None else f"{passage.path}:{line}"
    day = dated or passage.dated
    return f"{place} ({day.isoformat()})" if day else place


class _Key:
    """A source that is recognised by its passage's place and text, without going through all its facts."""

    __slots__ = ("_key", "source")

    def __init__(self, source: Source) -> None:
        passage = source.passage
        self.source = source
        self._key = (
            passage.project,
            passage.path,
            passage.start,
            passage.text,
            passage.dated,
            passage.kind,
            len(source.facts),
        )

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._key == other._key


def statements(source: Source) -> tuple[Statement, ...]:
    """Give the sentences of a source, in order."""
    return _statements(_Key(source))


@lru_cache(maxsize=20_000)
def _statements(key: _Key) -> tuple[Statement, ...]:
    source = key.source
    passage = source.passage
    chat = passage.kind is NoteKind.CHAT
    made: list[Statement] = []
    entry = passage.dated
    for span in split_sentences(passage.text):
        facts = tuple(f for f in source.facts if span.start <= f.start < span.end)
        own = _own_day(span, facts, passage.dated)
        if own is not None and _is_day_line(span.text, facts):
            entry = own
        made.append(
            Statement(
                source,
                span.start,
                span.text,
                facts,
                subject_words(span.text),
                own or entry,
                chat or _HEDGE.search(span.text) is not None,
                passage.quoted or _REPORTED.search(span.text) is not None,
            )
        )
    return tuple(made)


def _own_day(span: SentenceSpan, facts: tuple[Fact, ...], dated: date | None) -> date | None:
    """Give the past day with which an entry begins (`D-01 | 9 Feb | …`, J1（4月13日）…), if it does."""
    first = next((f for f in facts if f.kind is FactKind.DATE), None)
    if first is None or dated is None or first.vague:
        return None
    head, rest = span.text[: first.start - span.start], span.text[first.end - span.start :]
    if not _ENTRY_HEAD.fullmatch(head) or not _ENTRY_BREAK.match(rest):
        return None
    found = span_of(first.value, dated.year)
    return found[0] if found and found[0] == found[1] and found[0] <= dated else None


def _is_day_line(text: str, facts: tuple[Fact, ...]) -> bool:
    """Tell whether a line holds nothing but a date: the head of a log's entries."""
    return len(text.strip()) - sum(f.end - f.start for f in facts if f.kind is FactKind.DATE) <= _REST_OF_DAY_LINE


def is_hedged(text: str) -> bool:
    """Tell whether a sentence is a guess, a hope or a target rather than a fact or a decision."""
    return _HEDGE.search(text) is not None


def is_old(text: str, fact: Fact) -> bool:
    """Tell whether a text itself marks a fact as the former value: `was 30 March`, `from 5 to 7`, 原6月8日作废."""
    before = text[max(0, fact.start - _REACH) : fact.start]
    after = text[fact.end : fact.end + _REACH]
    if _STILL_BEFORE.search(before):
        return False
    if _OLD_BEFORE.search(before) or _OLD_AFTER.match(after):
        return True
    if _FROM_BEFORE.search(before) and _CHANGE.search(text[max(0, fact.start - 80) : fact.end + 60]):
        return True
    return (
        any(m.start() <= fact.start and fact.end <= m.end() for m in _STRUCK.finditer(text)) if "~~" in text else False
    )
