"""The places of the desk: where one can go from anywhere, by one key and a number."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from tui.screens.base import DeskScreen

QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its name, the key of its words, and the screen that stands for it, imported when somebody goes there."""

    name: str
    words: str
    module: str
    screen: str

    def open(self) -> "DeskScreen[None]":
        """Make the screen."""
        make = cast("Callable[[], DeskScreen[None]]", getattr(import_module(self.module), self.screen))
        return make()


PLACES = (
    Place(QUEUE, "desk.place.queue", "tui.screens.queue", "QueueScreen"),
    Place("mail", "desk.place.mail", "tui.screens.mail", "MailScreen"),
    Place("meetings", "desk.place.meetings", "tui.screens.meetings", "MeetingsScreen"),
    Place("search", "desk.place.search", "tui.screens.search", "SearchScreen"),
    Place("outbox", "desk.place.outbox", "tui.screens.outbox", "OutboxScreen"),
    Place("projects", "desk.place.projects", "tui.screens.projects", "ProjectsScreen"),
    Place("guidance", "desk.place.guidance", "tui.screens.guidance", "GuidanceScreen"),
)
