"""What the routes take."""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from api.schemas.base import MAX_TEXT, Asked, Day
from api.schemas.drafts import EXAMPLE_SENTENCE


class InboundRequest(Asked):
    """A client's mail."""

    body: Annotated[str, Field(min_length=1, max_length=MAX_TEXT, description="The mail's plain text.")]
    subject: Annotated[str, Field(max_length=1000)] = ""
    from_name: Annotated[str, Field(max_length=300)] = ""
    from_email: Annotated[str, Field(max_length=320, description="Matched with the project's contacts.")] = ""
    message_id: Annotated[
        str, Field(max_length=1000, description="The mail's Message-ID: posting it twice makes one draft.")
    ] = ""
    received: Annotated[date | None, Field(description="The day it came.")] = None

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "from_name": "Helen Aldous",
                    "from_email": "h.aldous@ravensmoor.example",
                    "subject": "Where is the timetable?",
                    "body": "The training timetable was promised for the 13th and we still have nothing.",
                    "message_id": "<a1@ravensmoor.example>",
                    "received": "2026-03-18",
                }
            ]
        },
    )


class DraftWish(Asked):
    """What a draft should be."""

    kind: Annotated[
        str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$", description="A playbook: status, expectation, complaint …")
    ]
    inbound_id: Annotated[str | None, Field(max_length=80, description="The client's message to answer.")] = None
    to: Annotated[
        list[Annotated[str, Field(max_length=320)]],
        Field(max_length=20, description="Contacts of the project, by name or address; the default ones if empty."),
    ] = Field(default_factory=list)
    language: Annotated[Literal["en", "zh"] | None, Field(description="Instead of the recipient's language.")] = None
    as_of: Annotated[date | None, Field(description="Later notes are not seen.")] = None
    instruction: Annotated[str, Field(max_length=4000, description="What to mind besides.")] = ""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"kind": "status"}]})


class CheckRequest(Asked):
    """A text to check."""

    text: Annotated[str, Field(min_length=1, max_length=200_000)]
    kind: Annotated[str, Field(pattern=r"^(?:[a-z][a-z0-9_-]{0,39})?$", description="Also check its steps.")] = ""
    language: Annotated[Literal["en", "zh"] | None, Field(description="The language it should be in.")] = None
    as_of: Annotated[date | None, Field(description="Later notes are not seen.")] = None
    to: Annotated[list[Annotated[str, Field(max_length=320)]], Field(max_length=20)] = Field(default_factory=list)

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": EXAMPLE_SENTENCE}]})


class ActionsRequest(Asked):
    """A note to read action items from."""

    text: Annotated[str, Field(max_length=MAX_TEXT)]
    date: Annotated[Day | None, Field(description="The day of the meeting, for words such as 'Friday'.")] = None

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "AI: Tom to send the contract by Friday", "date": "2026-03-11"}]},
    )


class MeetingRequest(Asked):
    """A meeting to read: a note of the project by its path, or the text itself."""

    path: Annotated[str, Field(max_length=1000, description="Relative to the project, e.g. notes/minutes.md.")] = ""
    text: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    date: Annotated[Day | None, Field(description="The day of the meeting, for words such as 'Friday'.")] = None
    keep: Annotated[bool, Field(description="File the items as proposals.")] = False

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"path": "notes/2026-03-11 minutes.md", "keep": True}]}
    )


class AcceptRequest(Asked):
    """Which version of an item is accepted: the one that was shown."""

    version: Annotated[int, Field(ge=1)]

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"version": 1}]})


class FollowUpRequest(Asked):
    """Which accepted items the mail that follows a meeting tells."""

    items: Annotated[
        list[Annotated[str, Field(max_length=60)]],
        Field(min_length=1, max_length=200, description="Ids of accepted items."),
    ]
    to: Annotated[
        list[Annotated[str, Field(max_length=320)]],
        Field(max_length=20, description="Contacts of the project, by name or address; the default ones if empty."),
    ] = Field(default_factory=list)
    language: Annotated[Literal["en", "zh"] | None, Field(description="Instead of the recipient's language.")] = None

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"items": ["a-3b3078812f"]}]})
