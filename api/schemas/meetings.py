"""What was read of a meeting, and the action items kept."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from api.schemas.base import Day, Given


class ActionItem(Given):
    """A proposed task; `quote` is the text's characters `start` to `end`."""

    task: str
    owner: Annotated[str | None, Field(description="As said; several are joined by '; '; null when nobody is named.")]
    due: Annotated[date | None, Field(description="Null when no day can be told from the words.")]
    due_text: str
    quote: str
    start: int
    end: int
    confidence: float


class ActionList(Given):
    """The action items of a note, in its order."""

    items: list[ActionItem]


class QuotedWords(Given):
    """Words of a note; `quote` is the text's characters `start` to `end`, on that line."""

    quote: str
    start: int
    end: int
    line: int


class SaidThing(QuotedWords):
    """A decision, an open question or a risk."""

    text: str


class MeetingTopic(Given):
    """A part of a meeting, with the sentences that say most about it."""

    title: str
    start: int
    end: int
    line: int
    points: list[QuotedWords]


class MeetingItem(ActionItem):
    """A task of a meeting, with the rule that gave its day and its line."""

    due_rule: str
    line: int


class ItemMention(QuotedWords):
    """What a later meeting says of an item."""

    path: str
    meeting_date: Day | None
    outcome: Literal["done", "dropped", "changed", "repeated", "silent"]


class KeptItem(ActionItem):
    """An action item that the workspace keeps; a proposal until somebody accepts it."""

    id: str
    project: str
    state: Literal["proposed", "accepted", "rejected", "done", "dropped"]
    version: int
    path: str
    meeting_date: Day | None
    line: int
    changed_by: str
    changed_at: str
    reason: str
    mentions: list[ItemMention]


class KeptItems(Given):
    """Kept action items, those due first at the top."""

    items: list[KeptItem]


class CarriedItem(Given):
    """An open item of an earlier meeting, and what this one says of it."""

    item: KeptItem
    outcome: Literal["done", "dropped", "changed", "repeated", "silent"]
    quoted: QuotedWords | None


class ReadMeeting(Given):
    """Everything read out of a meeting, and the items that were filed."""

    project: str
    path: str
    title: str
    date: Day | None
    digest: str
    read_by: str
    notices: list[str]
    carried: list[CarriedItem]
    topics: list[MeetingTopic]
    decisions: list[SaidThing]
    items: list[MeetingItem]
    questions: list[SaidThing]
    risks: list[SaidThing]
    kept: list[KeptItem]
