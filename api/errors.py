"""Errors as problem documents (RFC 9457), from one table.

Whether a class's own message is shown is part of the table: messages about the workspace may name files or other
projects, and are replaced by a fixed sentence.
"""

import logging
from dataclasses import dataclass, replace
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from api.language import language_of
from assistant import errors
from assistant.i18n import text

LOG = logging.getLogger("sincerely.api")
MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:sincerely:problem:"


@dataclass(frozen=True, slots=True)
class Row:
    """How one class of errors is told. An empty `detail` shows the error's own message."""

    status: HTTPStatus
    name: str
    title: str
    detail: str = ""


_OPERATOR = "The workspace cannot serve this request; whoever runs the service finds the reason in its log."
_BUSY = "Another process is writing to the workspace; try again in a few seconds."

TABLE: dict[type[errors.AssistantError], Row] = {
    errors.AssistantError: Row(HTTPStatus.INTERNAL_SERVER_ERROR, "error", "Something went wrong", _OPERATOR),
    errors.NotFoundError: Row(HTTPStatus.NOT_FOUND, "not-found", "Not found", "There is nothing by that name."),
    errors.WorkspaceNotFoundError: Row(HTTPStatus.INTERNAL_SERVER_ERROR, "workspace", "No workspace", _OPERATOR),
    errors.ProjectNotFoundError: Row(
        HTTPStatus.NOT_FOUND, "project-not-found", "Project not found", "There is no such project for this key."
    ),
    errors.DraftNotFoundError: Row(
        HTTPStatus.NOT_FOUND, "draft-not-found", "Draft not found", "There is no such draft for this key."
    ),
    errors.InboundNotFoundError: Row(
        HTTPStatus.NOT_FOUND, "inbound-not-found", "Message not found", "There is no such message for this project."
    ),
    errors.OutboxEntryNotFoundError: Row(
        HTTPStatus.NOT_FOUND, "outbox-entry-not-found", "Outbox entry not found", "There is no such outbox entry."
    ),
    errors.GuidanceNotFoundError: Row(HTTPStatus.NOT_FOUND, "guidance-not-found", "No such kind or guidance"),
    errors.InvalidInputError: Row(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-input", "Input that cannot be used"),
    errors.SettingsError: Row(HTTPStatus.INTERNAL_SERVER_ERROR, "settings", "Settings that do not fit", _OPERATOR),
    errors.UnreadableNoteError: Row(HTTPStatus.INTERNAL_SERVER_ERROR, "unreadable-note", "Unreadable note", _OPERATOR),
    errors.KnowledgeError: Row(HTTPStatus.INTERNAL_SERVER_ERROR, "knowledge", "Broken knowledge file", _OPERATOR),
    errors.ConflictError: Row(HTTPStatus.CONFLICT, "conflict", "Not in this state"),
    errors.StateError: Row(HTTPStatus.CONFLICT, "state", "Not in this state"),
    errors.StaleRevisionError: Row(HTTPStatus.CONFLICT, "stale-revision", "Changed by somebody else"),
    errors.ApprovalVoidError: Row(HTTPStatus.CONFLICT, "approval-void", "Approval no longer holds"),
    errors.ForbiddenError: Row(HTTPStatus.FORBIDDEN, "forbidden", "Not allowed"),
    errors.StorageError: Row(HTTPStatus.SERVICE_UNAVAILABLE, "storage", "Storage failed", _OPERATOR),
    errors.NewerSchemaError: Row(HTTPStatus.SERVICE_UNAVAILABLE, "newer-schema", "Newer workspace", _OPERATOR),
    errors.LockTimeoutError: Row(HTTPStatus.SERVICE_UNAVAILABLE, "busy", "Workspace is busy", _BUSY),
    errors.IndexMismatchError: Row(HTTPStatus.SERVICE_UNAVAILABLE, "index-mismatch", "Index does not fit", _OPERATOR),
    errors.EmbedderUnavailableError: Row(HTTPStatus.SERVICE_UNAVAILABLE, "embedder", "No embedder", _OPERATOR),
    errors.ModelError: Row(HTTPStatus.BAD_GATEWAY, "model", "The model failed", "The language model did not answer."),
    errors.ModelUnavailableError: Row(
        HTTPStatus.SERVICE_UNAVAILABLE, "model-unavailable", "No model", "The language model cannot be reached."
    ),
    errors.ModelAnswerError: Row(
        HTTPStatus.BAD_GATEWAY, "model-answer", "Unusable answer", "The language model's answer could not be used."
    ),
    errors.DeliveryError: Row(HTTPStatus.BAD_GATEWAY, "delivery", "Not delivered", _OPERATOR),
}

# pydantic's own messages may quote the input, so each sort of error has a sentence here.
_FIELD_MESSAGES = {
    "missing": "This field is required.",
    "extra_forbidden": "There is no such field; see the description of this route for the fields it takes.",
    "string_type": "This must be text.",
    "string_too_short": "This is too short.",
    "string_too_long": "This is too long.",
    "string_pattern_mismatch": "This does not have the right form.",
    "list_type": "This must be a list.",
    "too_long": "This list has too many entries.",
    "int_parsing": "This must be a whole number.",
    "int_type": "This must be a whole number.",
    "greater_than_equal": "This number is too small.",
    "less_than_equal": "This number is too large.",
    "literal_error": "This is not one of the allowed values.",
    "enum": "This is not one of the allowed values.",
    "json_invalid": "The body is not valid JSON.",
    "model_attributes_type": "The body must be a JSON object.",
    "model_type": "The body must be a JSON object.",
    "dict_type": "This must be a JSON object.",
}
_DAY_MESSAGE = "This must be a day written as 2026-03-19."


class ProblemError(Exception):
    """A refusal that has no class of its own among the errors of the assistant."""

    def __init__(self, row: Row, headers: dict[str, str] | None = None) -> None:
        super().__init__(row.name)
        self.row = row
        self.headers = headers or {}


NO_KEY = Row(
    HTTPStatus.UNAUTHORIZED,
    "no-key",
    "No valid key",
    "Send an API key of this service as `Authorization: Bearer …` or `X-API-Key`.",
)
TOO_LARGE = Row(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "Body too large", "The body is larger than 2 MiB.")
TOO_MANY = Row(
    HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests", "Too many checks", "This key has asked for too many checks."
)
INVALID = Row(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-request", "Invalid request", "The request has invalid fields.")
UNEXPECTED = Row(HTTPStatus.INTERNAL_SERVER_ERROR, "unexpected", "Unexpected error", _OPERATOR)


def problem(row: Row, *, detail: str = "", headers: dict[str, str] | None = None, **more: object) -> JSONResponse:
    """Make a problem document."""
    return JSONResponse(
        {
            "type": TYPE_PREFIX + row.name,
            "title": row.title,
            "status": int(row.status),
            "detail": row.detail or detail,
            **more,
        },
        status_code=int(row.status),
        media_type=MEDIA_TYPE,
        headers=headers,
    )


def row_for(kind: type[errors.AssistantError]) -> Row:
    """Find the row of a class. Raises KeyError for one without a row: a test keeps the table complete."""
    return TABLE[kind]


def install(app: FastAPI) -> None:
    """Make every error of the app a problem document."""
    app.add_exception_handler(errors.AssistantError, _own)
    app.add_exception_handler(ProblemError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def _own(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.AssistantError)
    row = row_for(type(error))
    if row.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        LOG.error("%s: %s", row.name, error)
    if isinstance(error, errors.ModelError):  # its code says which of many things went wrong, and quotes nothing
        row = replace(row, detail=text(f"writer.{error.code}", language_of(request), **error.values))
    retry = {"Retry-After": "3"} if isinstance(error, errors.LockTimeoutError) else None
    return problem(row, detail=str(error), headers=retry)


def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ProblemError)
    return problem(error.row, headers=error.headers)


def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = [
        {"field": _pointer(one.get("loc", ())), "detail": _sentence(str(one.get("type", "")))}
        for one in error.errors()[:20]
    ]
    return problem(INVALID, errors=found)


def _pointer(place: tuple[int | str, ...]) -> str:
    """Name a field without echoing more of the input than a field's name can hold."""
    parts = []
    for part in place[:6]:
        name = str(part)
        parts.append(name if (name.isidentifier() and name.isascii() and len(name) <= 40) or name.isdigit() else "?")
    return "/".join(parts)


def _sentence(kind: str) -> str:
    if kind.startswith("date_"):
        return _DAY_MESSAGE
    return _FIELD_MESSAGES.get(kind, "This value cannot be used.")


def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    name = status.phrase.lower().replace(" ", "-")
    headers = {k: v for k, v in (error.headers or {}).items() if k.lower() == "allow"}
    row = Row(status, name, status.phrase, f"The request was refused: {status.description or status.phrase}.")
    return problem(row, headers=headers)
