"""Opposites that a dictionary of nouns and verbs does not list: little words, states of work, and Chinese words."""

from functools import lru_cache

from assistant.checks.lexicon.files import listed


@lru_cache(maxsize=1)
def _all() -> dict[str, frozenset[str]]:
    against: dict[str, set[str]] = {}
    for line in listed("opposites.txt"):
        one, other = (side.split() for side in line.split(" / "))
        for side, facing in ((one, other), (other, one)):
            for word in side:
                against.setdefault(word, set()).update(facing)
    return {word: frozenset(others) for word, others in against.items()}


def opposites(word: str) -> frozenset[str]:
    """Give the words that say the opposite of a small-letter word, as far as the list knows."""
    return _all().get(word, frozenset())
