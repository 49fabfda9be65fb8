"""What a line of a note says, put into a sentence for the client: the product of phrasing, the stuff of selection."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.writing.lines import Line


class Fit(StrEnum):
    """How a sentence came about."""

    PATTERN = "pattern"
    QUOTED = "quoted"
    SPOKEN = "spoken"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for the client, with what selection must know of it.

    `roles` are those of playbook steps; `due` is the day it looks forward to, `done_on` the day it happened; `raw` is
    the note's wording. `for_client` marks something that the client's side is to do.
    """

    text: str
    line: Line
    raw: str
    roles: frozenset[str]
    fit: Fit
    due: date | None = None
    done_on: date | None = None
    hedged: bool = False
    for_client: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a line before phrasing, classified: what every phrasing starts from."""

    raw: str
    text: str
    line: Line
    roles: frozenset[str]
    hedged: bool
    days: tuple[date, ...]
