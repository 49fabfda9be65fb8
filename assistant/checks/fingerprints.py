"""One-way marks of a text: enough to see that two texts share words or values, too little to read either."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.checks.words import STOP_WORDS
from assistant.domain.facts import Fact, FactKind
from assistant.language.normal import fold

WORDS_IN_A_ROW = 5
CHARACTERS_IN_A_ROW = 8
# The hashes only have to be one-way and the same on every machine that shares an index; the key is no secret.
_KEY = b"sincerely fingerprints 1"
_TOKEN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[^\\W_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_CODE_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Z]{5,24}(?![A-Za-z0-9])")
_QUOTED_NAME = re.compile(r"[“「『\"]([\u4e00-\u9fff]{2,4})[”」』\"]")
_BARE_LINK = re.compile(r"(?:https?://)?(?:www\.)?[^/\s]{1,200}/?")
_LEAST_DIGITS = 3


def fingerprints(text: str, facts: Sequence[Fact]) -> frozenset[int]:
    """Give the 64-bit marks of a text: its runs of words and its identifying facts and names."""
    marks = {mark for mark, _, _ in shingles(text)}
    marks.update(mark for mark, _ in fact_marks(facts))
    marks.update(mark for mark, _, _ in code_names(text))
    return frozenset(marks)


def mark_of(sort: str, value: str) -> int:
    """Give the 64-bit mark of one value; the sort keeps a name and an amount of the same letters apart."""
    data = f"{sort}\x1f{value}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8, key=_KEY).digest(), "big") >> 1


@lru_cache(maxsize=8192)
def shingles(text: str) -> tuple[tuple[int, int, int], ...]:
    """Give (mark, start, end) of each run of five words or eight Chinese characters that is not all small words."""
    return tuple(_shingles(text))


def _shingles(text: str) -> Iterator[tuple[int, int, int]]:
    units = _units(text)
    weights = [CHARACTERS_IN_A_ROW / WORDS_IN_A_ROW if not _HAN.match(u) else 1.0 for u, _, _ in units]
    begin, weight = 0, 0.0
    for end in range(len(units)):
        weight += weights[end]
        while begin < end and weight - weights[begin] >= CHARACTERS_IN_A_ROW - 0.01:
            weight -= weights[begin]
            begin += 1
        if weight >= CHARACTERS_IN_A_ROW - 0.01:
            run = [u for u, _, _ in units[begin : end + 1]]
            if sum(u not in STOP_WORDS for u in run) >= 2:
                yield mark_of("words", " ".join(run)), units[begin][1], units[end][2]


def _units(text: str) -> list[tuple[str, int, int]]:
    """Give words and single Chinese characters, folded, with their places."""
    units: list[tuple[str, int, int]] = []
    for match in _TOKEN.finditer(text):
        if _HAN.match(match[0]):
            units.extend((letter, match.start() + i, match.start() + i + 1) for i, letter in enumerate(match[0]))
        else:
            folded = fold(match[0])
            if folded:
                units.append((folded, match.start(), match.end()))
    return units


def fact_marks(facts: Iterable[Fact]) -> Iterator[tuple[int, Fact]]:
    """Give (mark, fact) of the facts that identify: amounts with three figures, identifiers, addresses, full names."""
    for fact in facts:
        value = identifying(fact)
        if value:
            yield mark_of(fact.kind.value, value), fact


def identifying(fact: Fact) -> str:
    """Give the form in which a fact identifies whom it belongs to; empty for a fact that anybody may state."""
    if fact.kind is FactKind.MONEY:
        figures = fact.amount.replace(".", "").strip("0")
        return fact.amount if len(figures) >= _LEAST_DIGITS else ""
    if fact.kind is FactKind.IDENTIFIER:
        return fact.value.casefold() if sum(c.isdigit() for c in fact.value) >= _LEAST_DIGITS else ""
    if fact.kind is FactKind.EMAIL:
        return fact.value.casefold()
    if fact.kind is FactKind.LINK:
        return "" if _BARE_LINK.fullmatch(fact.value) else fact.value.casefold()
    if fact.kind is FactKind.NAME:
        full = " " in fact.value.strip() or (_HAN.match(fact.value) is not None and len(fact.value) >= 3)
        return fold(fact.value) if full else ""
    return ""


@lru_cache(maxsize=8192)
def code_names(text: str) -> tuple[tuple[int, int, int], ...]:
    """Give (mark, start, end) of what looks like a code name: a long word in capitals, a short quoted Chinese name."""
    found = [(mark_of("code", m[0]), m.start(), m.end()) for m in _CODE_NAME.finditer(text)]
    found += [(mark_of("code", m[1]), m.start(1), m.end(1)) for m in _QUOTED_NAME.finditer(text)]
    return tuple(found)


def client_marks(names: Iterable[str]) -> frozenset[int]:
    """Give the marks of a client's name and aliases, for the projects of other clients."""
    return frozenset(mark_of("client", form) for name in names for form in [_client_form(name)] if form)


@lru_cache(maxsize=96)  # a draft's sentences, while one of them is being typed
def client_mentions(text: str, longest: int = 6) -> tuple[tuple[int, int, int], ...]:
    """Give (mark, start, end) of every run of words that could be a client's name."""
    return tuple(_client_mentions(text, longest))


def _client_mentions(text: str, longest: int) -> Iterator[tuple[int, int, int]]:
    units = _units(text)
    for begin in range(len(units)):
        limit = begin + (longest if not _HAN.match(units[begin][0]) else 3 * longest)
        for end in range(begin, min(limit, len(units))):
            start, stop = units[begin][1], units[end][2]
            form = _client_form(text[start:stop])
            if form:
                yield mark_of("client", form), start, stop


def _client_form(name: str) -> str:
    """Give a name as it is compared: a single Latin word keeps its capitals, so that Target is not target."""
    words = name.split()
    folded = fold(name)
    if len(folded) < 2:
        return ""
    if len(words) == 1 and name.isascii():
        return name.strip(".,") if any(c.isupper() for c in name) else ""
    return folded
