"""What a search found."""

from typing import Literal

from api.schemas.base import Day, Given


class Hit(Given):
    """A passage that was found; `by_words` and `by_vectors` are its ranks in the two searches."""

    path: str
    start_line: int
    end_line: int
    place: str
    date: Day | None
    kind: str
    text: str
    visibility: Literal["client", "internal"]
    headings: list[str]
    score: float
    by_words: int | None
    by_vectors: int | None


class Searched(Given):
    """Hits, best first. `lexical_only`: vectors could not be had, and `notice` says why.

    `with_vectors` of the project's `passages` have a vector; the others are found by words only, and `notice` says so.
    """

    hits: list[Hit]
    lexical_only: bool
    notice: str
    passages: int
    with_vectors: int
