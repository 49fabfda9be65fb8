"""Whether a clause turns round what the cited sources say of the same thing: denied, undone, reversed, or none of it.

`contradiction.py` holds whole sentences against whole sentences and asks for most of their words. A draft says in one
clause what a note says in one of five, so here clauses are compared: the words that tell what a clause is about must be
those of the source's clause, and no clause of any cited source may say what the draft says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.checks.contradiction import NEGATION, PAIRS, THIS, side_of, thing_words
from assistant.checks.input import Source
from assistant.checks.statements import statements
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
_COUNTED = re.compile(
    r"(?<![\w.])([0-9]+|two|three|four|five|six|seven|eight|nine|ten) [a-z]{3,20}s\b|"
    r"([0-9]+|[一二两三四五六七八九十]+)[条个台项份名张家套]",
    re.IGNORECASE,
)
_LETTERED = re.compile(
    r"(?<![A-Za-z'’.])(A(?=\s?(?:to\b|and\b|[-–至到和、\u4e00-\u9fff]))|[B-HJ-Z])(?![A-Za-z'’.])"
    r"(?:\s?(?:to|-|–|至|到)\s?([A-Z])(?![A-Za-z]))?"
)
_ALL = re.compile(r"\b(?:all|every one of) (?:the |of the |our |these )?[0-9a-z]", re.IGNORECASE)
_LEFT = re.compile(
    r"(?<![\w.,])[1-9][0-9,]* (?:[a-z]{3,15} )?(?:are |is |still )*"
    r"(?:left|open|remaining|outstanding|to go|pending|missing|(?:still |yet )?to (?:be )?[a-z]{3,})\b",
    re.IGNORECASE,
)
_DENIED_ZH = re.compile(
    "(?:尚未|并未|还未|从未|未能|仍未|没有|还没|尚不|还不|不能|无法|未|不|没)(?:再|被|进行|得到|经过)?([\u4e00-\u9fff]{2})"
)
_DENIED_STATE_ZH = re.compile(
    "[未没](?:有)?[^，。；、]{0,8}?(确认|完成|交付|签订|签署|批准|关闭|修复|开始|启动|到货|提供|通过|发布|上线|验收|收到|解决|提交|安装)"
)
_MARK = re.compile(r"[a-z]{1,12}[0-9]{1,12}")  # R-4, cut to its letters and figures
# Not a denial, or one of taste and knowledge, which is said of people and seldom of the work.
_MODAL = re.compile(r"(?:only|just|yet clear|like|know|think|want|happy|glad|sure)\b|仅|只|但|论", re.IGNORECASE)
_LIGHT = frozenset(("yet", "been", "be", "fully", "all", "still", "any", "done", "item", "thing", "one", "case"))
_LEAST_SHARED = 2  # words of one thing, before a denial in the source is held against a clause that denies nothing
_STATE_WORDS = 3  # content words after "not" among which the denied one is looked for


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that says one thing: its characters, its source's place, what it is about."""

    text: str
    start: int
    end: int
    where: str = ""
    about: frozenset[str] = frozenset()


def turned_clauses(text: str, cited: Sequence[Source]) -> Iterator[Contradiction]:
    """Give (code, characters, values) of the first clause that the cited sources turn round, if there is one."""
    theirs = [c for source in cited for c in _clauses_of(source)]
    theirs = [c for c in theirs if not _OPEN.search(c.text)]
    for clause in clauses(text):
        if _OPEN.search(clause.text):
            continue
        found = _state(clause, theirs) or _denied(clause, theirs) or _none(clause, theirs) or _all(clause, theirs)
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
    return tuple(Clause(text[a:b], a, b, about=thing_words(text[a:b])) for a, b in joined)


def _within_number(text: str, found: re.Match[str]) -> bool:
    return text[found.start() - 1 : found.start()].isdigit() and text[found.end() : found.end() + 1].isdigit()


def _clauses_of(source: Source) -> Iterator[Clause]:
    """Give a source's clauses; one that names nothing itself (`since 14 May it has run again`) carries the last one."""
    before: frozenset[str] = frozenset()
    for statement in statements(source):
        for clause in clauses(statement.text):
            own = thing_words(clause.text)
            about = own | before if len(own) < _LEAST_SHARED else own
            yield replace(clause, where=statement.where, about=about)
            if len(own) >= _LEAST_SHARED:
                before = own


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


def _same_counts(one: str, other: str) -> bool:
    """Tell whether two clauses may count the same things: 14 that passed and two that did not are other ones."""
    mine, theirs = ({f[1] or f[2] for f in _COUNTED.finditer(text)} for text in (one, other))
    return not mine or not theirs or bool(mine & theirs)


def _lettered_apart(one: str, other: str) -> bool:
    """Tell whether two clauses speak of things told apart by letters and of none in common: rows A to D, rows E, F."""
    mine, theirs = _letters(one), _letters(other)
    return bool(mine and theirs) and not mine & theirs


@lru_cache(maxsize=16_384)
def _letters(text: str) -> frozenset[str]:
    found: set[str] = set()
    for first, last in _LETTERED.findall(text):
        found.update(chr(n) for n in range(ord(first), ord(last or first) + 1))
    return frozenset(found)


def _state(clause: Clause, theirs: Sequence[Clause]) -> Contradiction | None:
    for pair in PAIRS:
        said = side_of(clause.text, pair)
        if said is None:
            continue
        sides = [
            (side, c)
            for c in theirs
            if (side := side_of(c.text, pair)) is not None
            and _same_thing(clause.about, c.about)
            and _same_counts(clause.text, c.text)
            and not _lettered_apart(clause.text, c.text)
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
    about = [c for c in theirs if _same_thing(clause.about, c.about) and not _lettered_apart(clause.text, c.text)]
    for word in denied:
        plain = [c for c in about if word in _spoken(c.text) and word not in denied_scope(c.text)]
        agreeing = any(word in denied_scope(c.text) for c in about)
        firm = [c for c in plain if not _PLANNED.search(c.text)]
        if firm and not agreeing:
            return "negation", (clause.start, clause.end), {"source": firm[0].text.strip(), "where": firm[0].where}
    if _PLANNED.search(clause.text):
        return None
    for source in about:
        if denied_scope(clause.text) & denied_scope(source.text) or len(clause.about & source.about) < _LEAST_SHARED:
            continue
        turned = (denied_words(source.text) & words & _spoken(clause.text)) - denied_scope(clause.text)
        if turned and not any(
            w in _spoken(c.text) and w not in denied_scope(c.text) for w in turned for c in about if c is not source
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


def _all(clause: Clause, theirs: Sequence[Clause]) -> Contradiction | None:
    """`All 58 tickets have been closed` where a source counts 37 left."""
    done = _ALL.search(clause.text) and side_of(clause.text, PAIRS[0])
    if not done or done[0] != 0:
        return None
    left = next((c for c in theirs if _LEFT.search(c.text) and _same_thing(clause.about, c.about)), None)
    if left is None:
        return None
    return "negation", (clause.start, clause.end), {"source": left.text.strip(), "where": left.where}


def denied_words(text: str) -> frozenset[str]:
    """Give the content words that a clause denies: the first after "not", the two characters after 未."""
    return _denied_among(text, 1)


def denied_scope(text: str) -> frozenset[str]:
    """Give all content words that a denial of the clause may reach."""
    return _denied_among(text, _STATE_WORDS)


@lru_cache(maxsize=16_384)
def _denied_among(text: str, most: int) -> frozenset[str]:
    denied: set[str] = set()
    text = THIS.sub("", text)
    for found in NEGATION.finditer(text):
        after = text[found.end() :]
        if found[0].isascii() and not _MODAL.match(after.lstrip()):
            denied.update([w for w in ordered_words(after[:60]) if w.isascii() and w not in _LIGHT][:most])
    denied.update(found[1] for found in _DENIED_ZH.finditer(text))
    denied.update(found[1] for found in _DENIED_STATE_ZH.finditer(text))
    return frozenset(denied)


@lru_cache(maxsize=16_384)
def _spoken(text: str) -> frozenset[str]:
    return frozenset(ordered_words(THIS.sub("", text)))
