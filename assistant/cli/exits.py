"""Exit codes: 0 done, 1 error, 2 usage, 3 a block finding in `draft` or `check`, 130 stopped by the person."""

from typing import Final

from assistant import errors
from assistant.i18n import interface_language
from tui.errors import notice_for

BLOCKED: Final = 3

EXIT_CODES: Final[dict[type[errors.AssistantError], int]] = {
    errors.AssistantError: 1,
    errors.NotFoundError: 1,
    errors.WorkspaceNotFoundError: 1,
    errors.ProjectNotFoundError: 1,
    errors.DraftNotFoundError: 1,
    errors.InboundNotFoundError: 1,
    errors.OutboxEntryNotFoundError: 1,
    errors.GuidanceNotFoundError: 1,
    errors.InvalidInputError: 2,
    errors.SettingsError: 1,
    errors.UnreadableNoteError: 1,
    errors.KnowledgeError: 1,
    errors.ConflictError: 1,
    errors.StateError: 1,
    errors.StaleRevisionError: 1,
    errors.ApprovalVoidError: 1,
    errors.ForbiddenError: 1,
    errors.StorageError: 1,
    errors.NewerSchemaError: 1,
    errors.LockTimeoutError: 1,
    errors.IndexMismatchError: 1,
    errors.EmbedderUnavailableError: 1,
    errors.ModelError: 1,
    errors.ModelUnavailableError: 1,
    errors.ModelAnswerError: 1,
    errors.DeliveryError: 1,
}


def exit_code(error: errors.AssistantError) -> int:
    """Give the exit code of an error by its class."""
    return EXIT_CODES[type(error)]


def sentence(error: errors.AssistantError) -> str:
    """Give an error's sentence in one line; where the interface is Chinese its heading and advice come first."""
    language = interface_language()
    if language == "en":
        return str(error)
    shown = notice_for(error, language)
    one_line = shown.sentence.replace("\n", " ")  # a terminal's complaint is one line
    return f"{shown.heading}：{one_line}"
