"""Whether two sentences that should say the same carry the same numbers, dates, amounts and names."""

from collections.abc import Sequence
from datetime import date

from assistant.checks.matching import COUNTS, carries
from assistant.domain.draft import Sentence
from assistant.domain.facts import Fact, FactKind
from assistant.domain.rewriting import DifferenceKind, TranslatedSentence, ValueDifference
from assistant.language.facts import extract_facts

# Names that are only guessed from capital letters exist in one of the two languages alone.
_NOT_COMPARED = frozenset({FactKind.NAME})


def aligned(sentence: Sentence, text: str, *, as_of: date, names: Sequence[str]) -> TranslatedSentence:
    """Put a translation beside its sentence, with the values on which they differ.

    `names` are the people of the project's card, compared letter by letter; "one" and 一个 are words, not counts.
    """
    ours, theirs = _values(sentence.text, as_of), _values(text, as_of)
    missing = [f for f in ours if not any(_agree(f, other) for other in theirs)]
    added = [f for f in theirs if not any(_agree(f, other) for other in ours)]
    differences = [ValueDifference(DifferenceKind.MISSING, f.kind.value, f.text, f.start, f.end) for f in missing]
    differences += [ValueDifference(DifferenceKind.ADDED, f.kind.value, f.text, f.start, f.end) for f in added]
    differences += [_name(DifferenceKind.MISSING, name, sentence.text) for name in _only_in(sentence.text, text, names)]
    differences += [_name(DifferenceKind.ADDED, name, text) for name in _only_in(text, sentence.text, names)]
    return TranslatedSentence(sentence.id, text, tuple(differences))


def changed_values(before: str, after: str, as_of: date) -> bool:
    """Whether one of two wordings of a sentence carries a number, date or amount that the other does not."""
    ours, theirs = _values(before, as_of), _values(after, as_of)
    return any(not any(_agree(f, other) for other in theirs) for f in ours) or any(
        not any(_agree(f, other) for other in ours) for f in theirs
    )


def _values(text: str, as_of: date) -> list[Fact]:
    facts = extract_facts(text, reference=as_of)
    return [f for f in facts if f.kind not in _NOT_COMPARED and not (f.kind in COUNTS and f.amount == "1")]


def _agree(one: Fact, other: Fact) -> bool:
    return carries(one, other) or carries(other, one)


def _only_in(text: str, other: str, names: Sequence[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name and name in text and name not in other]


def _name(kind: DifferenceKind, name: str, text: str) -> ValueDifference:
    start = text.index(name)
    return ValueDifference(kind, FactKind.NAME.value, name, start, start + len(name))
