"""Tasks on their way to items, and sentences with their places in the note."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.actions.dues import Due
from assistant.actions.spoken import Words
from assistant.actions.tasks import is_pronoun


@dataclass(frozen=True, slots=True)
class Found:
    """A task on its way to an item; `start` and `end` are characters of the whole text."""

    task: str
    owner: str | None
    due: Due | None
    start: int
    end: int
    sure: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a line: `text` without sounds, and how its characters lie in the note."""

    text: str
    words: Words
    begin: int
    line_start: int

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Give the characters of the note that hold characters `start` to `end` of the sentence."""
        last = self.words.place(self.begin + max(start, end - 1)) + 1
        return self.line_start + self.words.place(self.begin + start), self.line_start + last


def without_pronouns(found: Sequence[Found]) -> list[Found]:
    """Let "I'll do that this week, I'll get two quotes" be one task with that day."""
    kept = list(found)
    for n, (one, following) in enumerate(pairwise(found)):
        if is_pronoun(one.task) and not is_pronoun(following.task) and one.owner == following.owner:
            kept[n + 1] = replace(following, due=following.due or one.due)
            kept[n] = kept[n + 1]
    return list(dict.fromkeys(kept))
