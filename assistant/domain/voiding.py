"""Why an approval no longer holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class VoidCode(StrEnum):
    """What happened to an approved message before it left; each has its words in the catalogues as `void.<code>`."""

    WITHDRAWN = "withdrawn"
    """A person took the approval back."""
    NOT_AS_APPROVED = "not_as_approved"
    """The stored message is not the one whose digest was approved."""
    MESSAGE_CHANGED = "message_changed"
    """Draft or project card would now make another message; value `parts`: names of `MESSAGE_PARTS`, by comma."""
    RECIPIENT_GONE = "recipient_gone"
    """Somebody it goes to is no contact of the project any more; value `email`."""
    PASSAGE_GONE = "passage_gone"
    """The text of a cited passage is no longer in the notes; value `path`."""
    PASSAGE_INTERNAL = "passage_internal"
    """A cited passage must not reach the client any more; value `path`."""
    SUPERSEDED = "superseded"
    """A newer passage changes a cited value."""
    NEWER_MAIL = "newer_mail"
    """The client wrote again in the same thread; value `inbound`: the message's id."""
    PROJECT_UNREADABLE = "project_unreadable"
    """The project's card is gone or broken; value `project`."""


MESSAGE_PARTS = ("sender", "recipients", "subject", "body", "attachments", "thread")


@dataclass(frozen=True, slots=True)
class VoidReason:
    """A code and its named values, so that every screen says it in its own language."""

    code: VoidCode
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def message_key(self) -> str:
        """Give the key of its message in the catalogues."""
        return f"void.{self.code}"

    def as_text(self) -> str:
        """Write it as one line: how it stands in `Draft.status_reason` and `OutboxEntry.detail`."""
        return json.dumps({"void": self.code.value, "values": dict(self.values)}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> "VoidReason | None":
        """Read such a line; None for any other text, e.g. a person's own reason for a rejection."""
        try:
            read = json.loads(text)
            return cls(VoidCode(read["void"]), {str(k): str(v) for k, v in read["values"].items()})
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
