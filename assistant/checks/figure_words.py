"""The words around a figure: at least or at most, up or down, above or below, first or last, per head or per table.

The figure itself may be right; what is said of it is compared with what the cited sources say of the same figure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.contradiction import NEGATION
from assistant.checks.figure_relations import Relation
from assistant.checks.input import Source
from assistant.checks.lexicon.english import Relation as Kinship
from assistant.checks.lexicon.english import relation
from assistant.checks.statements import statements
from assistant.checks.words import stem, subject_words

_FIGURE = re.compile(r"(?<![0-9.,A-Za-z-])[0-9]{1,12}(?:[.,][0-9]{1,9}){0,4}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_CUT = re.compile(r"[;:!?()，；：。！？、（）\n]|,(?![0-9])|\.(?![0-9])|\b(?:and|but|while|or)\b")
_REACH = 48
# Denials that say that all is well, which a draft may say plainly (正常).
_ALL_WELL = re.compile(
    r"没有?(?:任何)?(?:问题|异常|故障|毛病)|无(?:误|异常|故障|问题|差错)|不错|"
    r"\b(?:no|without|w/o)(?: any| further)? (?:problems?|issues?|errors?|faults?|incidents?|complaints?|delays?)\b",
    re.IGNORECASE,
)
_SHARED = 2  # subject words of a whole sentence, where the words beside a figure are too few to tell
_ALIKE = (2, 0.6)  # words, small ones too, that two clauses share before one is held to deny the other
_MOST = 60  # figures of one text that are read


def _words(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


# Two sides of one question each; a figure said to be on one of them is not on the other.
_FAMILIES = (
    (
        _words(
            r"\b(?:max(?:imum)?|at most|no more than|not more than|up to|at the most)\b|最多|至多|不超过|上限|以内|最大"
        ),
        _words(
            r"\b(?:min(?:imum)?|at least|(?:no|not) less than|no fewer than|or more)\b|最少|至少|不少于|不低于|下限"
        ),
    ),
    (
        _words(
            r"\b(?:up|ris(?:e|es|ing|en)|rose|grew|grows|growth|increas(?:e|es|ed)|climbed|gain(?:ed|s)?|more|"
            r"higher|plus|added)\b|上升|增长|增加|提高|提升|上涨|升高|上调|涨"
        ),
        _words(
            r"\b(?:down|fell|fall(?:s|ing|en)?|drop(?:s|ped)?|decreas(?:e|es|ed)|declin(?:e|es|ed)|los[et]|less|fewer|"
            r"lower|minus|reduced|cut)\b|下降|减少|降低|下跌|下滑|下调|跌|缩减"
        ),
    ),
    (
        _words(r"\b(?:above|over|exceed(?:s|ed|ing)?|beyond)\b|高于|超过|超出|大于"),
        _words(r"\b(?:below|under|short of|within)\b|低于|不到|不足|小于"),
    ),
    (_words(r"\b(?:first|initial)\b|首(?=[批场次轮期个])|第一"), _words(r"\b(?:last|final)\b|最后|末[批次轮]")),
    (
        _words(r"\b(?:one[- ]off|once|one[- ]time|single payment)\b|一次性"),
        _words(
            r"\b(?:a|per|each|every) (?:year|month|week|quarter)\b|\b(?:annual(?:ly)?|yearly|monthly)\b|每[年月周季]"
        ),
    ),
    (_words(r"\bbefore\b|\bby the latest\b|之前|以前"), _words(r"\bafter\b|之后|以后")),
)
_PER = re.compile(r"(?:\bper |/|\ba )(?P<en>[a-z]{3,15})\b|每(?P<zh>[人桌位台套间件天年月周场次小份张])", re.IGNORECASE)
_ARTICLE_PER = re.compile(r"head|person|table|seat|guest|year|month|week|day|hour|unit|piece|item|user|licen[cs]e")
_KIN = frozenset({Kinship.SAME, Kinship.SYNONYM, Kinship.DERIVED, Kinship.WIDER, Kinship.NARROWER})


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with the words of its clause and its characters."""

    value: str
    around: str
    start: int
    end: int


def wrong_words(text: str, cited: Sequence[Source]) -> Iterator[Relation]:
    """Give the figures of a sentence of which the cited sources say the opposite, or that they give for another one."""
    figures = _figures(text)
    if not figures:
        return
    theirs = [(s, f) for source in cited for s in statements(source) for f in _figures(s.text)]
    whole = subject_words(text)
    for figure in figures:
        words = subject_words(figure.around)
        same = [
            (s, f)
            for s, f in theirs
            if f.value == figure.value and (not words or words & s.words or len(whole & s.words) >= _SHARED)
        ]
        for family in _FAMILIES:
            mine = _side(figure.around, family)
            sides = [(s, f, side) for s, f in same if (side := _side(f.around, family)) is not None]
            if mine is not None and sides and all(side != mine for _, _, side in sides):
                statement, other, _ = sides[0]
                span = (figure.start, figure.end)
                yield Relation("state", span, figure.around.strip(), statement, other.around.strip())
                return
        for statement, other in same[:1]:
            if _denied(figure.around, other.around):
                span = (figure.start, figure.end)
                yield Relation("negation", span, figure.around.strip(), statement, other.around.strip())
                return
        said = _per(figure.around)
        held = [(s, f, per) for s, f in same if (per := _per(f.around))]
        if said and held and not any(_same_unit(said, per) for _, _, per in held):
            statement, other, _ = held[0]
            yield Relation(
                "unit_differs", (figure.start, figure.end), figure.around.strip(), statement, other.around.strip()
            )
            return


def _denied(said: str, known: str) -> bool:
    """Tell whether one of two clauses that say nearly the same of a figure denies it: `71 % would not come again`."""
    said, known = _ALL_WELL.sub(" ", said), _ALL_WELL.sub(" ", known)
    if (NEGATION.search(said) is None) is (NEGATION.search(known) is None):
        return False
    mine, theirs = (_every_word(NEGATION.sub(" ", text)) for text in (said, known))
    shared = len(mine & theirs)
    return shared >= _ALIKE[0] and shared >= _ALIKE[1] * max(len(mine), len(theirs))


def _every_word(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+|[\u4e00-\u9fff]", text.casefold()))


def _side(text: str, family: tuple[re.Pattern[str], re.Pattern[str]]) -> int | None:
    one, other = family[0].search(text) is not None, family[1].search(text) is not None
    return None if one == other else int(other)


def _per(text: str) -> str:
    found = _PER.search(text)
    if found is None:
        return ""
    word = (found["en"] or found["zh"]).casefold()
    return "" if found[0].startswith(("a ", "A ")) and _ARTICLE_PER.fullmatch(word) is None else word


def _same_unit(one: str, other: str) -> bool:
    if {one, other} <= {"人", "位"}:
        return True
    return one == other or stem(one) == stem(other) or (one.isascii() and relation(one, other) in _KIN)


@lru_cache(maxsize=16_384)
def _figures(text: str) -> tuple[_Figure, ...]:
    found: list[_Figure] = []
    for match in _FIGURE.finditer(text):
        begin, stop = max(0, match.start() - _REACH), min(len(text), match.end() + _REACH)
        for cut in _CUT.finditer(text, begin, stop):
            if cut.end() <= match.start():
                begin = cut.end()
            elif cut.start() >= match.end():
                stop = cut.start()
                break
        others = [m for m in _FIGURE.finditer(text, begin, stop) if m.span() != match.span()]
        begin = max([begin, *(m.end() for m in others if m.end() <= match.start())])
        stop = min([stop, *(m.start() for m in others if m.start() >= match.end())])
        value = match[0].replace(",", "")
        if len(found) < _MOST and not _YEAR.fullmatch(value):
            found.append(_Figure(value, text[begin:stop], match.start(), match.end()))
    return tuple(found)
