"""Who is to do it: you or we, Ms or Mr, and who pays.

Notes speak of the client (the client, she, 客户, 甲方) and of us (we, us, 我方, 乙方); a message says you and we.
A clause that gives the client what its source gives us, or the other way round, or a bill to somebody else, is told.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.checks.clause_states import Clause
from assistant.checks.figure_relations import Relation
from assistant.checks.input import Source
from assistant.checks.statements import Statement, statements
from assistant.checks.words import subject_words
from assistant.domain.note import NoteKind

_YOU = re.compile(
    r"\b(?:you|your team|your side)\b|(?:\A\s*|\b(?:the|by|to|for|with) )(?:client|customer)\b(?!['’]s)|"
    r"贵方|贵司|贵院|贵校|贵公司|您|客户|甲方",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:[Ww]e|us|[Oo]ur team|[Oo]ur side)\b|我方|我们|我司|乙方")
_I = re.compile(r"\bI\b")  # in a draft the sender, in a note whoever spoke
_PAYS = re.compile(
    r"\b(?:bears?|borne|pays?|paid|covers?|covered|at (?:your|our) (?:own )?(?:expense|cost))\b|承担|支付|负担|买单",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?P<title>Mr|Mrs|Ms|Miss|Herr|Frau)\.? (?P<name>[A-Z][\w'’-]+)|"
    r"(?P<zh>[\u4e00-\u9fff]{1,2}?)(?P<zhtitle>先生|女士|小姐)"
)
_SURNAME = re.compile(
    r"(?:\A|(?<=[^\u4e00-\u9fff]|[与和跟给由请向、，。：经已让是为把]))(?P<name>[\u4e00-\u9fff])"
    r"(?P<title>主任|经理|总监|工程师|工|老师|博士|教授|部长|院长|处长|科长|局长|主管|医生|护士长|总)(?![\u4e00-\u9fff]?[程作厂地具资])"
)
_MEN, _WOMEN = frozenset({"mr", "herr", "先生"}), frozenset({"mrs", "ms", "miss", "frau", "女士", "小姐"})
_LEAST = 2
_MOST_CHARS = 400


def wrong_parties(text: str, cited: Sequence[Source]) -> Iterator[Relation]:
    """Give the first clause of a sentence whose doer, payer or title the cited sources give otherwise."""
    if len(text) > _MOST_CHARS:
        return
    theirs = [s for source in cited if source.passage.kind is not NoteKind.CHAT for s in statements(source)]
    for check in (_doers, _payers, _titles, _surnames):
        found = next(check(text, theirs), None)
        if found is not None:
            yield found
            return


def _doers(text: str, theirs: Sequence[Statement]) -> Iterator[Relation]:
    for clause in _parts(text):
        mine = _said_party(clause.text)
        words = _deed(clause.text)
        if mine is None or not words:
            continue
        near = [(len(words & _deed(c.text)), s, c) for s in theirs for c in _parts(s.text)]
        about = [n for n in near if n[0] >= min(_LEAST, len(words)) and 2 * n[0] >= len(words)]
        parties = {_party(c.text) for _, _, c in about} - {None}
        if about and parties == {"we" if mine == "you" else "you"}:
            best = max((n for n in about if _party(n[2].text)), key=lambda n: n[0])
            yield Relation(
                "party_differs", (clause.start, clause.end), clause.text.strip(), best[1], best[2].text.strip()
            )


def _payers(text: str, theirs: Sequence[Statement]) -> Iterator[Relation]:
    for clause in _parts(text):
        pays = _PAYS.search(clause.text)
        mine = _said_party(clause.text) if pays else None
        if pays is None or mine is None:
            continue
        for statement in theirs:
            for other in _parts(statement.text):
                theirs_pay = _party(other.text)
                if _PAYS.search(other.text) and (
                    _names_payer(other.text)
                    if theirs_pay is None
                    else theirs_pay != mine and _about_one(text, statement)
                ):
                    yield Relation(
                        "party_differs", (clause.start, clause.end), clause.text.strip(), statement, other.text.strip()
                    )
                    return


def _about_one(text: str, statement: Statement) -> bool:
    """Tell whether a sentence and a statement speak of the same bill: most of the words of one are the other's."""
    words = subject_words(text)
    shared = len(words & statement.words)
    return shared >= _LEAST and 2 * shared >= min(len(words), len(statement.words))


def _names_payer(text: str) -> bool:
    return (
        re.search(
            r"\b(?:by|at the (?:cost|expense) of) [A-Z]|[A-Z]\w+ (?:bears|pays|covers)|"
            r"(?:由|\A\s*)(?![\u4e00-\u9fff]{0,6}(?:费|款|已|将))[\u4e00-\u9fff]{2,8}(?:承担|支付|负担)",
            text,
        )
        is not None
    )


def _titles(text: str, theirs: Sequence[Statement]) -> Iterator[Relation]:
    for said in _TITLE.finditer(text):
        name, woman = _person(said)
        known = [(s, f, *_person(f)) for s in theirs for f in _TITLE.finditer(s.text)]
        same = [(s, f, w) for s, f, n, w in known if n == name]
        if same and all(w is not woman for _, _, w in same):
            yield Relation("name_differs", said.span(), said[0], same[0][0], same[0][1][0])
            return


def _person(found: re.Match[str]) -> tuple[str, bool]:
    title = (found["title"] or found["zhtitle"]).casefold()
    return (found["name"] or found["zh"]).casefold(), title in _WOMEN


def _surnames(text: str, theirs: Sequence[Statement]) -> Iterator[Relation]:
    """房主任 where the sources speak of 方主任 and of no 房."""
    known = [(s, f) for s in theirs for f in _SURNAME.finditer(s.text)]
    for said in _SURNAME.finditer(text):
        same = [(s, f) for s, f in known if f["title"] == said["title"]]
        if same and not any(f["name"] == said["name"] for _, f in same) and not any(said[0] in s.text for s in theirs):
            yield Relation("name_differs", said.span(), said[0], same[0][0], same[0][1][0])
            return


@lru_cache(maxsize=16_384)
def _deed(text: str) -> frozenset[str]:
    """Give the words of what is done, without those for who does it."""
    return subject_words(_WE.sub(" ", _YOU.sub(" ", text)))


def _said_party(text: str) -> str | None:
    """Tell which party a clause of the draft gives something to do; "I" is us."""
    return None if _YOU.search(text) and _I.search(text) else _party(text) or ("we" if _I.search(text) else None)


@lru_cache(maxsize=16_384)
def _party(text: str) -> str | None:
    """Tell whether one of the two parties alone does something in a clause: `you`, `we`, or None."""
    you, we = _YOU.search(text), _WE.search(text)
    if bool(you) == bool(we):
        return None
    return "you" if you else "we"


@lru_cache(maxsize=16_384)
def _parts(text: str) -> tuple[Clause, ...]:
    """Cut a sentence where one doer ends and the next begins."""
    return tuple(Clause(m[0], m.start(), m.end()) for m in _PIECES.finditer(text) if m[0].strip())


_PIECES = re.compile(
    r"(?:(?!\s(?:and|but|while|whereas)\s)[^,;:.!?，；：。！？()（）])+(?:\.(?=\d)[^,;:.!?，；：。！？()（）]+)?",
    re.IGNORECASE,
)
