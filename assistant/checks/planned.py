"""Something that the sources only plan, said as done: `Brunner to clean the loop by 1 April`, `Brunner cleaned it`."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.checks.figure_relations import Relation
from assistant.checks.input import Source
from assistant.checks.lexicon import english
from assistant.checks.statements import statements
from assistant.checks.words import stem, subject_words

_PARTS = re.compile(r"(?:(?!\s(?:and|but|while|whereas)\s)[^,;:.!?，；：。！？\n])+", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:has|have|had|was|were|is|are)(?: (?:now|already|also|since|been|fully|successfully|meanwhile)){0,2} "
    r"(?P<verb>[a-z]{2,}(?:-[a-z]{2,})?)\b",
    re.IGNORECASE,
)
_TO_DO = re.compile(
    r"\b(?:to|will|shall|must|should)(?: (?:be|also|then|still)){0,2} (?P<verb>[a-z]{2,}(?:-[a-z]{2,})?)\b",
    re.IGNORECASE,
)
_SET = re.compile(
    r"\b(?P<verb>[a-z]{3,}) (?:(?:is|are) )?(?:planned|scheduled|due|booked|expected|outstanding|pending|to follow)\b",
    re.IGNORECASE,
)
_SET_ZH = re.compile(r"[\u4e00-\u9fff]{0,2}(?:排在|安排在|定在|计划[在于]|预计|暂定|尚待|待)")
_NO_DEED = frozenset(
    ("plan", "expect", "schedul", "du", "book", "ask", "need", "requir", "agre", "intend", "want", "like", "interest")
)
_DONE_ZH = re.compile(
    r"已(?:经)?(?![在于])(?:全部|顺利|重新|成功|全面|正式|提前|如期|基本)?(?P<verb>[\u4e00-\u9fff]{2})|(?P<verb2>[\u4e00-\u9fff]{2})(?:完毕|完成了)|"
    r"已(?:经)?[在于][^，。；]{1,12}?(?P<verb3>[\u4e00-\u9fff]{2})(?=[，。；！]|\Z)"
)
_TO_DO_ZH = re.compile(r"将|要(?!求)|待|须|需(?!求)|计划|预计|拟|打算|准备|[日号天周月]之?前|之前")
_HAPPENED_ZH = re.compile(r"已|了|完毕")
_WORD = re.compile(r"[A-Za-z]{2,}(?:-[A-Za-z]{2,})?")
_HAN = re.compile("[\u4e00-\u9fff]{2,}")
_LEAST = 2
_MOST_CHARS = 400


def only_planned(text: str, cited: Sequence[Source]) -> Iterator[Relation]:
    """Give the first deed that a sentence calls done and that the cited sources only plan."""
    if len(text) > _MOST_CHARS:
        return
    for begin, clause in _pieces(text):
        for forms, start, end in _done(clause):
            if _happened(forms, cited):
                continue
            words = subject_words(clause)
            for source in cited:
                for statement in statements(source):
                    for _, other in _pieces(statement.text):
                        if _plans(forms, other) and len(words & subject_words(other)) >= _LEAST:
                            span = (begin + start, begin + end)
                            yield Relation("state", span, text[slice(*span)], statement, other.strip())
                            return


@lru_cache(maxsize=16_384)
def _pieces(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((m.start(), m[0]) for m in _PARTS.finditer(text) if m[0].strip())


def _done(clause: str) -> Iterator[tuple[frozenset[str], int, int]]:
    """Give the deeds that a clause calls done, each by the forms its word may have, with their characters."""
    for found in _DONE.finditer(clause):
        word = found["verb"].casefold()
        if not _forms(word) & _NO_DEED and (word.endswith("ed") or english.parts_of_speech(word)[1] > 0):
            yield _forms(word), found.start(), found.end()
    for found in _DONE_ZH.finditer(clause):
        yield frozenset({found["verb3"] or found["verb"] or found["verb2"]}), found.start(), found.end()


def _plans(forms: frozenset[str], clause: str) -> bool:
    if any(forms & _forms(f["verb"].casefold()) for pattern in (_TO_DO, _SET) for f in pattern.finditer(clause)):
        return True
    word = next((w for w in forms if not w.isascii() and w in clause), None)
    if word is None or _HAPPENED_ZH.search(clause):
        return False
    place = clause.find(word)
    return _TO_DO_ZH.search(clause[:place]) is not None or _SET_ZH.match(clause, place + len(word)) is not None


def _happened(forms: frozenset[str], cited: Sequence[Source]) -> bool:
    """Tell whether any clause of the sources tells the deed otherwise than as a plan."""
    pieces = (piece for source in cited for statement in statements(source) for _, piece in _pieces(statement.text))
    return any(forms & _told(piece) and not _plans(forms, piece) for piece in pieces)


@lru_cache(maxsize=16_384)
def _told(clause: str) -> frozenset[str]:
    """Give the words of a clause in all their forms, Chinese ones in pairs of characters."""
    forms = {form for found in _WORD.finditer(clause) for form in _forms(found[0].casefold())}
    runs = [found[0] for found in _HAN.finditer(clause)]
    return frozenset(forms | {run[i : i + 2] for run in runs for i in range(len(run) - 1)})


@lru_cache(maxsize=16_384)
def _forms(word: str) -> frozenset[str]:
    bare = word.replace("-", "")
    return frozenset(stem(form) for form in (bare, *english.lemmas(bare)))
