"""What a client may be told, and what only internal notes hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.fingerprints import code_names, fact_marks, identifying, shingles
from assistant.checks.input import CheckInput, Source
from assistant.checks.reading import Sources
from assistant.checks.words import subject_words
from assistant.domain.facts import FactKind
from assistant.domain.note import Passage
from assistant.language.normal import fold


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What may be told (marks, folded text) and, by mark, value and name, the passages that hold what may not.

    `internal_words` are words that stand in internal notes alone; `held_back` are those notes.
    """

    marks: frozenset[int]
    text: str
    internal_marks: dict[int, Passage]
    internal_values: dict[tuple[FactKind, str], Passage]
    internal_names: dict[str, Passage]
    internal_words: frozenset[str]
    held_back: tuple[Source, ...]


def disclosure(given: CheckInput) -> Disclosure:
    """Set what may be told (client-visible and released passages, the client's mail, the card) against the rest."""
    project = given.project
    released = tuple(s for s in given.internal if s.passage.id in given.released)
    held_back = tuple(s for s in given.internal if s.passage.id not in given.released)
    card = [project.name, project.client.name, *project.client.aliases, *project.people()]
    card += [project.sender.email, *(c.email for c in project.contacts)]
    inbound = [given.inbound.mail.subject, given.inbound.mail.body] if given.inbound else []
    return _disclosure(Sources((*given.sources, *released)), Sources(held_back), (*card, *inbound))


@lru_cache(maxsize=4)
def _disclosure(tellable: Sources, held_back: Sources, more: tuple[str, ...]) -> Disclosure:
    texts = [*(s.passage.text for s in tellable.all), *more]
    marks = {mark for text in texts for mark, _, _ in shingles(text)}
    marks |= {mark for text in texts for mark, _, _ in code_names(text)}
    marks |= {mark for s in tellable.all for mark, _ in fact_marks(s.facts)}
    open_text = fold("\n".join(texts))
    open_words = {word for text in texts for word in subject_words(text)}
    inside = {word for s in held_back.all for word in subject_words(s.passage.text)}
    values = {(f.kind, identifying(f)) for s in tellable.all for f in s.facts if identifying(f)}
    return Disclosure(
        frozenset(marks),
        open_text,
        _marks_of(held_back.all, marks),
        _values_of(held_back.all, values, open_text),
        _names_of(held_back.all, open_text),
        frozenset(inside - open_words),
        held_back.all,
    )


def _marks_of(held_back: Sequence[Source], told: set[int]) -> dict[int, Passage]:
    found: dict[int, Passage] = {}
    for source in held_back:
        for mark, _, _ in shingles(source.passage.text):
            if mark not in told:
                found.setdefault(mark, source.passage)
    return found


def _values_of(
    held_back: Sequence[Source], told: set[tuple[FactKind, str]], open_text: str
) -> dict[tuple[FactKind, str], Passage]:
    found: dict[tuple[FactKind, str], Passage] = {}
    for source in held_back:
        for fact in source.facts:
            value = identifying(fact)
            if value and fact.kind is not FactKind.NAME and (fact.kind, value) not in told and value not in open_text:
                found.setdefault((fact.kind, value), source.passage)
    return found


def _names_of(held_back: Sequence[Source], open_text: str) -> dict[str, Passage]:
    """Give code names, and people of whom no part of the name may be told: one known by one part is known."""
    found: dict[str, Passage] = {}
    for source in held_back:
        text = source.passage.text
        for fact in source.facts:
            value = identifying(fact)
            if fact.kind is FactKind.NAME and value:
                parts = value.split() if value.isascii() else [value]
                if not any(part in open_text for part in parts):
                    found.setdefault(fact.value, source.passage)
        for _, start, end in code_names(text):
            if fold(text[start:end]) not in open_text:
                found.setdefault(text[start:end], source.passage)
    return found
