"""How the desk shows each error of `assistant.errors`: a heading in the reader's language and how loud it is.

The table names every class; the nearest class in an error's line of descent decides. What to do follows the heading, in
the reader's language. Anything else is a fault of the program: its class is named, never its text, which could
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
    """What is shown for a class of errors: keys of the heading and of what to do, and how loud it is."""

    heading: str
    loudness: Loudness
    advice: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice ready to be shown."""

    heading: str
    sentence: str
    loudness: Loudness


NOTICES: dict[type[Exception], Notice] = {
    errors.AssistantError: Notice("desk.error.general", "error", "desk.advice.general"),
    errors.NotFoundError: Notice("desk.error.not_found", "warning", "desk.advice.not_found"),
    errors.WorkspaceNotFoundError: Notice("desk.error.no_workspace", "error", "desk.advice.no_workspace"),
    errors.ProjectNotFoundError: Notice("desk.error.not_found", "warning", "desk.advice.no_project"),
    errors.DraftNotFoundError: Notice("desk.error.not_found", "warning", "desk.advice.no_draft"),
    errors.InboundNotFoundError: Notice("desk.error.not_found", "warning", "desk.advice.no_inbound"),
    errors.OutboxEntryNotFoundError: Notice("desk.error.not_found", "warning", "desk.advice.no_entry"),
    errors.GuidanceNotFoundError: Notice("desk.error.not_found", "warning", "desk.advice.no_guidance"),
    errors.InvalidInputError: Notice("desk.error.input", "warning", "desk.advice.input"),
    errors.SettingsError: Notice("desk.error.settings", "error", "desk.advice.settings"),
    errors.UnreadableNoteError: Notice("desk.error.note", "warning", "desk.advice.note"),
    errors.KnowledgeError: Notice("desk.error.knowledge", "error", "desk.advice.knowledge"),
    errors.ConflictError: Notice("desk.error.conflict", "warning", "desk.advice.conflict"),
    errors.StateError: Notice("desk.error.conflict", "warning", "desk.advice.state"),
    errors.StaleRevisionError: Notice("desk.error.stale", "warning", "desk.advice.stale"),
    errors.ApprovalVoidError: Notice("desk.error.void", "warning", "desk.advice.void"),
    errors.ForbiddenError: Notice("desk.error.forbidden", "warning", "desk.advice.forbidden"),
    errors.StorageError: Notice("desk.error.storage", "error", "desk.advice.storage"),
    errors.NewerSchemaError: Notice("desk.error.newer", "error", "desk.advice.newer"),
    errors.LockTimeoutError: Notice("desk.error.locked", "warning", "desk.advice.locked"),
    errors.IndexMismatchError: Notice("desk.error.index", "error", "desk.advice.index"),
    errors.EmbedderUnavailableError: Notice("desk.error.embedder", "warning", "desk.advice.embedder"),
    errors.ModelError: Notice("desk.error.model", "warning", "desk.advice.model"),
    errors.ModelUnavailableError: Notice("desk.error.model", "warning", "desk.advice.model_away"),
    errors.ModelAnswerError: Notice("desk.error.model", "warning", "desk.advice.model_answer"),
    errors.DeliveryError: Notice("desk.error.delivery", "error", "desk.advice.delivery"),
}


def notice_for(error: BaseException, language: Language) -> Shown:
    """Give what to show for an error."""
    for kind in type(error).__mro__:
        notice = NOTICES.get(kind)
        if notice is not None:
            return Shown(text(notice.heading, language), _sentence(error, notice, language), notice.loudness)
    heading = text("desk.error.unexpected", language)
    return Shown(heading, text("desk.error.unexpected_text", language, kind=type(error).__name__), "error")


def _sentence(error: BaseException, notice: Notice, language: Language) -> str:
    """Say an error: by its own code where the catalogues know it, else by its sentence, which is English.

    In Chinese the advice for its class comes first, and the English sentence, which holds ids, stands below it.
    """
    if isinstance(error, (errors.ModelError, errors.ForbiddenError)):
        try:
            return text(f"writer.{error.code}", language, **error.values)
        except errors.KnowledgeError:
            pass  # a code of another version, or a reason that no model gave
    words = str(error)
    if language == "en" and words:
        return words
    advice = text(notice.advice, language)
    return f"{advice}\n({words})" if words else advice
