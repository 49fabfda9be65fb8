"""The facts of a text: every checkable value with its place and its normal form."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.domain.facts import Fact, FactKind
from assistant.language.amounts import find_amounts
from assistant.language.codes import find_identifiers, find_links, find_versions
from assistant.language.dates import find_dates
from assistant.language.detect import detect_language, has_cjk
from assistant.language.layout import blocks
from assistant.language.names import NameSpan, find_known_names, find_names
from assistant.language.normal import fold_lookalikes, visible
from assistant.language.numbers import half_width
from assistant.language.spans import Taken
from assistant.language.times import find_times


def extract_facts(
    text: str, *, reference: date | None = None, language: str | None = None, names: Sequence[str] = ()
) -> tuple[Fact, ...]:
    """The facts of ``text`` by their start, without overlap; the most specific reading of a place wins.

    ``reference`` is the date of the source, against which 明天 or "by Friday" are resolved; ``language`` says how
    3/4 is meant (found out when it is None); ``names`` are the people and things known to the project, found
    exactly as written. Characters that show nothing are skipped, but each fact's ``text`` is what stands in the
    source.
    """
    shown, places = _on_one_line(*visible(text))
    plain_text = half_width(fold_lookalikes(shown))
    chosen = language or detect_language(plain_text)
    taken = Taken(len(plain_text))
    facts = [
        _placed(fact, text, places)
        for fact in _candidates(plain_text, reference, chosen, names)
        if taken.claim(fact.start, fact.end)
    ]
    return tuple(sorted(facts, key=lambda one: one.start))


_BREAK = re.compile(r"[ \t]{0,8}(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])(?:[ \t]{0,8}(?:>[ \t]?){0,8})[ \t]{0,8}")


def _on_one_line(text: str, places: list[int] | None) -> tuple[str, list[int] | None]:
    """``text`` with the breaks of wrapped paragraphs made blanks, so that "10⏎> March" is read as one date."""
    lines = text.splitlines()
    if len(lines) < 2:
        return text, places
    # A sentence cut out of quoted mail has its marks on all lines but the first.
    is_cut_out = not lines[0].lstrip().startswith(">") and all(line.lstrip().startswith(">") for line in lines[1:])
    parts: list[str] = []
    kept: list[int] = []
    position = 0
    for start, end in [(0, len(text))] if is_cut_out else blocks(text):
        for found in _BREAK.finditer(text, start, end):
            parts.append(text[position : found.start()])
            kept.extend(range(position, found.start()))
            if not has_cjk(text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]):
                parts.append(" ")
                kept.append(found.start())
            position = found.end()
    parts.append(text[position:])
    kept.extend(range(position, len(text) + 1))
    return "".join(parts), kept if places is None else [places[place] for place in kept]


def _placed(fact: Fact, text: str, places: list[int] | None) -> Fact:
    start = fact.start if places is None else places[fact.start]
    end = fact.end if places is None else places[fact.end - 1] + 1
    return Fact(fact.kind, start, end, text[start:end], fact.value, fact.vague, fact.rule)


def _candidates(text: str, reference: date | None, language: str, names: Sequence[str]) -> Iterator[Fact]:
    """All readings, the surest first: what comes later only gets the places that are still free."""
    for code in find_links(text):
        yield Fact(code.kind, code.start, code.end, "", code.value)
    for name in find_known_names(text, names):
        yield _name(text, name)
    for found in find_dates(text, reference, language):
        yield Fact(FactKind.DATE, found.start, found.end, "", found.value, found.vague, found.rule)
    for clock in find_times(text):
        yield Fact(FactKind.TIME, clock.start, clock.end, "", clock.value)
    for finder in (find_versions, find_identifiers):
        for code in finder(text):
            yield Fact(code.kind, code.start, code.end, "", code.value)
    amounts = list(find_amounts(text))
    for wanted in (True, False):
        for amount in amounts:
            if (amount.kind is not FactKind.NUMBER) is wanted:
                yield Fact(amount.kind, amount.start, amount.end, "", amount.value)
    for name in find_names(text):
        yield _name(text, name)


def _name(text: str, span: NameSpan) -> Fact:
    return Fact(FactKind.NAME, span.start, span.end, "", text[span.start : span.end])
