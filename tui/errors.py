"""How the desk shows each error of `assistant.errors`: a heading in the reader's language and how loud it is.

The table names every class; the nearest class in an error's line of descent decides. The sentence of the error
itself follows the heading. Anything else is a fault of the program: its class is named, never its text, which could
hold a client's words.
"""

from dataclasses import dataclass
from typing import Literal

from assistant import errors
from assistant.domain.project import Language
from assistant.i18n import text

Loudness = Literal["information", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What is shown for a class of errors."""

    heading: str
    loudness: Loudness


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice ready to be shown."""

    heading: str
    sentence: str
    loudness: Loudness


NOTICES: dict[type[Exception], Notice] = {
    errors.AssistantError: Notice("desk.error.general", "error"),
    errors.NotFoundError: Notice("desk.error.not_found", "warning"),
    errors.WorkspaceNotFoundError: Notice("desk.error.no_workspace", "error"),
    errors.ProjectNotFoundError: Notice("desk.error.not_found", "warning"),
    errors.DraftNotFoundError: Notice("desk.error.not_found", "warning"),
    errors.InboundNotFoundError: Notice("desk.error.not_found", "warning"),
    errors.OutboxEntryNotFoundError: Notice("desk.error.not_found", "warning"),
    errors.GuidanceNotFoundError: Notice("desk.error.not_found", "warning"),
    errors.InvalidInputError: Notice("desk.error.input", "warning"),
    errors.SettingsError: Notice("desk.error.settings", "error"),
    errors.UnreadableNoteError: Notice("desk.error.note", "warning"),
    errors.KnowledgeError: Notice("desk.error.knowledge", "error"),
    errors.ConflictError: Notice("desk.error.conflict", "warning"),
    errors.StateError: Notice("desk.error.conflict", "warning"),
    errors.StaleRevisionError: Notice("desk.error.stale", "warning"),
    errors.ApprovalVoidError: Notice("desk.error.void", "warning"),
    errors.ForbiddenError: Notice("desk.error.forbidden", "warning"),
    errors.StorageError: Notice("desk.error.storage", "error"),
    errors.NewerSchemaError: Notice("desk.error.newer", "error"),
    errors.LockTimeoutError: Notice("desk.error.locked", "warning"),
    errors.IndexMismatchError: Notice("desk.error.index", "error"),
    errors.EmbedderUnavailableError: Notice("desk.error.embedder", "warning"),
    errors.ModelError: Notice("desk.error.model", "warning"),
    errors.ModelUnavailableError: Notice("desk.error.model", "warning"),
    errors.ModelAnswerError: Notice("desk.error.model", "warning"),
    errors.DeliveryError: Notice("desk.error.delivery", "error"),
}


def notice_for(error: BaseException, language: Language) -> Shown:
    """Give what to show for an error."""
    for kind in type(error).__mro__:
        notice = NOTICES.get(kind)
        if notice is not None:
            return Shown(text(notice.heading, language), str(error), notice.loudness)
    heading = text("desk.error.unexpected", language)
    return Shown(heading, text("desk.error.unexpected_text", language, kind=type(error).__name__), "error")
