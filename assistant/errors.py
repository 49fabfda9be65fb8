"""Every error a person can meet. Messages are one sentence to act on, with ids, never text from mail or notes.

AssistantError
├── NotFoundError
│   ├── WorkspaceNotFoundError      no sincerely.toml here or above
│   ├── ProjectNotFoundError
│   ├── DraftNotFoundError
│   ├── InboundNotFoundError
│   ├── OutboxEntryNotFoundError
│   └── GuidanceNotFoundError       a playbook or guidance id that does not exist
├── InvalidInputError               a file, argument or body that cannot be used
│   ├── SettingsError               sincerely.toml, project.toml or the environment
│   ├── UnreadableNoteError         one note that cannot be read; the others still are
│   └── KnowledgeError              a broken playbook, guidance or prompt file
├── ConflictError                   somebody else was faster, or the state does not allow it
│   ├── StateError                  a step that the thing's present state does not allow
│   ├── StaleRevisionError
│   └── ApprovalVoidError           what was approved is no longer what would be sent
├── ForbiddenError                  a key that does not cover the project; a model the project does not allow
├── StorageError                    disk full, read-only folder, locked or damaged database
│   ├── NewerSchemaError
│   └── LockTimeoutError
├── IndexMismatchError              the index was built with another embedder
├── EmbedderUnavailableError        search goes on by words only
├── ModelError                      the model did not give a usable answer
│   ├── ModelUnavailableError       network, key, limit
│   └── ModelAnswerError            refused, cut off, malformed
└── DeliveryError                   the transport could not take the message

Who shows them: `assistant/cli/exits.py` (exit codes), `api/errors.py` (problem documents) and `tui/errors.py`
(notices) each hold a table; a test fails on a class without a row.
"""

from collections.abc import Mapping


class AssistantError(Exception):
    """The one base of all errors that a person is meant to read."""


class NotFoundError(AssistantError):
    """Something named by the caller does not exist."""


class WorkspaceNotFoundError(NotFoundError):
    """There is no `sincerely.toml` in the folder or above it."""


class ProjectNotFoundError(NotFoundError):
    """The workspace has no project of that name."""


class DraftNotFoundError(NotFoundError):
    """There is no draft with that id."""


class InboundNotFoundError(NotFoundError):
    """There is no client's message with that id."""


class OutboxEntryNotFoundError(NotFoundError):
    """There is no outbox entry with that id."""


class GuidanceNotFoundError(NotFoundError):
    """There is no playbook or guidance point with that id."""


class InvalidInputError(AssistantError):
    """A file, argument or request body that cannot be used as it is."""


class SettingsError(InvalidInputError):
    """A setting that is unknown, missing or of the wrong kind."""


class UnreadableNoteError(InvalidInputError):
    """One note that cannot be read; the others still are."""


class KnowledgeError(InvalidInputError):
    """A playbook, guidance or prompt file that breaks its format."""


class ConflictError(AssistantError):
    """The state of the thing does not allow what was asked."""


class StateError(ConflictError):
    """A step that the thing's present state does not allow."""


class StaleRevisionError(ConflictError):
    """The draft was changed by somebody else since it was read."""


class ApprovalVoidError(ConflictError):
    """What was approved is no longer what would be sent."""


class ForbiddenError(AssistantError):
    """The caller, or the project's card, does not allow it.

    `code` and `values` name the same in `writer.po` where a model was asked for what the card does not allow.
    """

    def __init__(self, message: str, *, code: str = "card", values: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.values = dict(values or {})


class StorageError(AssistantError):
    """The disk or the database could not take or give the data."""


class NewerSchemaError(StorageError):
    """The database was written by a newer version of the program."""


class LockTimeoutError(StorageError):
    """Another process held the workspace's write lock for too long."""


class IndexMismatchError(AssistantError):
    """The index was built with another embedder; the message names the command that rebuilds it."""


class EmbedderUnavailableError(AssistantError):
    """Vectors cannot be had; search goes on by words only and says so."""


class ModelError(AssistantError):
    """A language model did not give a usable answer. `code` and `values` name the same in `writer.po`.

    `spent` are the tokens that the question and the useless answer cost, where the endpoint said so.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "failed",
        values: Mapping[str, str] | None = None,
        spent: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.values = dict(values or {})
        self.spent = spent


class ModelUnavailableError(ModelError):
    """The endpoint could not be reached, refused the key or the rate."""


class ModelAnswerError(ModelError):
    """The answer was refused, cut off, malformed or broke the given schema."""


class DeliveryError(AssistantError):
    """The transport could not take the message."""
