"""Whether a clause turns round what the cited sources say of the same thing: denied, undone, reversed, or none of it.

`contradiction.py` holds whole sentences against whole sentences and asks for most of their words. A draft says in one
clause what a note says in one of five, so here clauses are compared: the words that tell what a clause is about must be
those of the source's clause, and no clause of any cited source may say what the draft says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.contradiction import NEGATION, PAIRS, side_of, thing_words
from assistant.checks.input import Source
from assistant.checks.statements import Statement, statements
from assistant.checks.words import ordered_words, subject_words

Contradiction = tuple[str, tuple[int, int], dict[str, str]]

_BREAK = re.compile(
    r"[,;:.!?，；：。！？\n]+\s*|\s(?:and|but|while|whereas|although|though|because|until|since|so)\s|(?<=[^而])而(?=[^且])|但",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:at risk|risk (?:of|that|to)|might|could|whether|in case|unless|[Ii]f|may(?! ?[0-9]))\b|"
    r"有?风险(?=会|是|在于)|可能|如果|假如|若|能否|是否|会不会|万一|到不了|怕"
)
_PLANNED = re.compile(
    r"\b(?:will|shall|plan(?:s|ned)?|planning|due|expect(?:s|ed)?|to be|aims?|target|should|scheduled|booked|before|"
    r"must|needs?|cannot|can|would|if|once|when|until|asks?|asked|wants?|wanted)\b|将|计划|预计|待|争取|拟|应[当该于在]|须|需(?!求)|"
    r"后再|才|(?<![目提以])前(?![期面])|如|若|安排|要求|希望|后(?![台端])",
    re.IGNORECASE,
)
_NONE_OF = re.compile(
    r"\b(?:none|no|not a single|zero)\b(?: of (?:them|these|those|the|its|our|all)){0,1}|没有(?:任何|一\w)?|"
    r"无任何|均未|都没有?",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?<![\w.])[1-9][0-9,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b|[一二两三四五六七八九十]",
    re.IGNORECASE,
)
_DENIED_ZH = re.compile(
    "(?:尚未|并未|还未|从未|未能|仍未|没有|还没|尚不|还不|不能|无法|未|不|没)(?:再|被|进行|得到|经过)?([\u4e00-\u9fff]{2})"
)
_DENIED_STATE_ZH = re.compile(
    "[未没](?:有)?[^，。；、]{0,8}?(确认|完成|交付|签订|签署|批准|关闭|修复|开始|启动|到货|提供|通过|发布|上线|验收|收到|解决|提交|安装)"
)
_MARK = re.compile(r"[a-z]{1,12}[0-9]{1,12}")  # R-4, cut to its letters and figures
_MODAL = re.compile(r"(?:only|just|yet clear)\b|仅|只|但|论", re.IGNORECASE)
_LIGHT = frozenset(
    ("yet", "been", "be", "fully", "all", "still", "any", "done", "item", "thing", "one", "case", "like")
)
_LEAST_SHARED = 2  # words of one thing, before a denial in the source is held against a clause that denies nothing
_STATE_WORDS = 3  # content words after "not" among which the denied one is looked for


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that says one thing, with the characters it takes and where its source stands."""

    text: str
    start: int
    end: int
    where: str = ""


def turned_clauses(text: str, cited: Sequence[Source]) -> Iterator[Contradiction]:
    """Give (code, characters, values) of the first clause that the cited sources turn round, if there is one."""
    theirs = [c for source in cited for s in statements(source) for c in _clauses_of(s)]
    theirs = [c for c in theirs if not _OPEN.search(c.text)]
    for clause in clauses(text):
        if _OPEN.search(clause.text):
            continue
        found = _state(clause, theirs) or _denied(clause, theirs) or _none(clause, theirs)
        if found is not None:
            yield found
            return


@lru_cache(maxsize=8192)
def clauses(text: str) -> tuple[Clause, ...]:
    """Cut a sentence where one saying ends; parts without a state or a denial are joined to the next that has one."""
    pieces: list[tuple[int, int]] = []
    start = 0
    for found in _BREAK.finditer(text):
        if found.start() > start and not _within_number(text, found):
            pieces.append((start, found.start()))
            start = found.end()
    if start < len(text):
        pieces.append((start, len(text)))
    joined: list[tuple[int, int]] = []
    begin: int | None = None
    for first, last in pieces:
        begin = first if begin is None else begin
        if _says_state(text[first:last]) and thing_words(text[begin:last]):
            joined.append((begin, last))
            begin = None
    if begin is not None:
        joined.append((begin, len(text)))
    return tuple(Clause(text[a:b], a, b) for a, b in joined)


def _within_number(text: str, found: re.Match[str]) -> bool:
    return text[found.start() - 1 : found.start()].isdigit() and text[found.end() : found.end() + 1].isdigit()


def _clauses_of(statement: Statement) -> tuple[Clause, ...]:
    return tuple(Clause(c.text, c.start, c.end, statement.where) for c in clauses(statement.text))


@lru_cache(maxsize=16_384)
def _says_state(text: str) -> bool:
    return NEGATION.search(text) is not None or any(p.one.search(text) or p.other.search(text) for p in PAIRS)


def _same_thing(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two clauses are about one thing: the shorter one's words stand, nearly all, in the longer one."""
    if not one or not other:
        return False
    marks, others = ({w for w in words if _MARK.fullmatch(w)} for words in (one, other))
    if marks and others and not marks & others:
        return False
    shared, smaller = len(one & other), min(len(one), len(other))
    return shared >= 1 and shared >= 0.5 * smaller


def _state(clause: Clause, theirs: Sequence[Clause]) -> Contradiction | None:
    words = thing_words(clause.text)
    for pair in PAIRS:
        said = side_of(clause.text, pair)
        if said is None:
            continue
        sides = [
            (side, c)
            for c in theirs
            if (side := side_of(c.text, pair)) is not None and _same_thing(words, thing_words(c.text))
        ]
        if not sides or any(side[0] == said[0] for side, _ in sides):
            continue
        side, source = sides[0]
        if side[0] == 0 and _PLANNED.search(source.text[: side[1]] + " " + source.text[side[2] :]):
            continue
        span = (clause.start + said[1], clause.start + said[2])
        values = {
            "said": clause.text[said[1] : said[2]],
            "source": source.text[side[1] : side[2]],
            "where": source.where,
        }
        return "state", span, values
    return None


def _denied(clause: Clause, theirs: Sequence[Clause]) -> Contradiction | None:
    """A clause denies what a source's clause on the same thing says plainly, or the other way round."""
    words = subject_words(clause.text)
    denied = denied_words(clause.text)
    about = [c for c in theirs if _same_thing(thing_words(clause.text), thing_words(c.text))]
    for word in denied:
        plain = [c for c in about if word in _spoken(c.text) and word not in denied_words(c.text)]
        agreeing = any(word in denied_words(c.text) for c in about)
        firm = [c for c in plain if not _PLANNED.search(c.text)]
        if firm and not agreeing:
            return "negation", (clause.start, clause.end), {"source": firm[0].text.strip(), "where": firm[0].where}
    if _PLANNED.search(clause.text):
        return None
    for source in about:
        if (
            denied & denied_words(source.text)
            or len(thing_words(clause.text) & thing_words(source.text)) < _LEAST_SHARED
        ):
            continue
        turned = (denied_words(source.text) & words & _spoken(clause.text)) - denied
        if turned and not any(
            w in _spoken(c.text) and w not in denied_words(c.text) for w in turned for c in about if c is not source
        ):
            return "negation", (clause.start, clause.end), {"source": source.text.strip(), "where": source.where}
    return None


def _none(clause: Clause, theirs: Sequence[Clause]) -> Contradiction | None:
    """`None were rejected` where a source counts 37 rejected ones."""
    found = _NONE_OF.search(clause.text)
    if found is None:
        return None
    after = ordered_words(clause.text[found.end() :])[:_STATE_WORDS]
    for word in (w for w in after if w not in _LIGHT):
        holding = [c for c in theirs if word in _spoken(c.text)]
        if not holding or any(word in denied_words(c.text) or _NONE_OF.search(c.text) for c in holding):
            continue
        counted = next((c for c in holding if _COUNT.search(c.text)), None)
        if counted is not None:
            span = (clause.start + found.start(), clause.end)
            return "negation", span, {"source": counted.text.strip(), "where": counted.where}
    return None


@lru_cache(maxsize=16_384)
def denied_words(text: str) -> frozenset[str]:
    """Give the content words that a clause denies: the first few after "not", the two characters after 未."""
    denied: set[str] = set()
    for found in NEGATION.finditer(text):
        after = text[found.end() :]
        if _MODAL.match(after.lstrip()):
            continue
        if found[0].isascii():
            denied.update(w for w in ordered_words(after[:60])[:_STATE_WORDS] if w.isascii() and w not in _LIGHT)
    denied.update(found[1] for found in _DENIED_ZH.finditer(text))
    denied.update(found[1] for found in _DENIED_STATE_ZH.finditer(text))
    return frozenset(denied)


@lru_cache(maxsize=16_384)
def _spoken(text: str) -> frozenset[str]:
    return frozenset(ordered_words(text))
