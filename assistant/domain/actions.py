"""Action items read from meeting notes: proposals until a person accepts them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One task somebody took on.

    `owner` and `due` only where stated; several owners are joined by `; `, an unresolved "me / 我" is kept as said.
    `quote` equals the note's characters `start` to `end`; `confidence` runs from 0 to 1.
    """

    task: str
    owner: str | None
    due: date | None
    due_text: str
    quote: str
    start: int
    end: int
    start_line: int
    confidence: float
    internal: bool = False
