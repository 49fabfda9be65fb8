"""An action item on its way out of the program."""

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.actions import ActionItem, ItemState


@dataclass(frozen=True, slots=True)
class ExportRow:
    """An item on its way out: with its id, state and meeting where it is kept, without where it was only read."""

    item: ActionItem
    id: str = ""
    state: ItemState = ItemState.PROPOSED
    path: str = ""
    made_at: datetime | None = None
