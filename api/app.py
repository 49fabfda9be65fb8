"""The app: routes behind the door, errors as problem documents, a description in OpenAPI."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware

from api import errors
from api.dependencies import CHECKS_A_MINUTE, ApiKey, Freshness, KeyRing, RateLimit
from api.doors import Door
from api.routes import drafts, health, meetings, projects, texts
from api.schemas import Problem
from assistant.services import ProposeServices

DESCRIPTION = """\
Other tools ask for drafts, hand in client mail and check texts here. Nothing here approves, waives, releases or
sends: a person does that in the desk. Errors are problem documents (RFC 9457). Messages of findings are in English,
or in Chinese where `Accept-Language` prefers it.

Send a key as `Authorization: Bearer …` or `X-API-Key`. A key may be limited to some projects; others do not exist for
it. Without the scope `internal` no text of an internal note is in any answer. About other clients an answer says only
that a text matches material that is not this client's.
"""


def create_app(services: ProposeServices, *, keys: Mapping[str, ApiKey]) -> FastAPI:
    """Make the app over services that cannot decide anything. `keys` maps each secret to what it may reach."""
    app = FastAPI(
        title="Sincerely",
        version="1",
        description=DESCRIPTION,
        # The usual documentation pages load scripts from elsewhere; the description itself needs a key like the rest.
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        middleware=[Middleware(Door, keys=KeyRing(keys))],
        responses={code: {"model": Problem, "description": words} for code, words in _COMMON.items()},
        separate_input_output_schemas=False,
    )
    app.state.services = services
    app.state.checks = RateLimit(CHECKS_A_MINUTE)
    app.state.freshness = Freshness()
    errors.install(app)
    for module in (health, projects, drafts, texts, meetings):
        app.include_router(module.router)
    _describe_keys(app)
    return app


_COMMON: dict[int | str, str] = {
    401: "No valid key",
    413: "Body larger than 2 MiB",
    500: "Something went wrong",
    503: "The workspace is busy or cannot be used",
}


def _describe_keys(app: FastAPI) -> None:
    """Put the two ways to send a key, and the media type of problems, into the description."""
    generate = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = generate()
            schema.setdefault("components", {})["securitySchemes"] = {
                "bearer": {"type": "http", "scheme": "bearer"},
                "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
            }
            schema["security"] = [{"bearer": []}, {"header": []}]
            for path, operations in schema["paths"].items():
                for operation in operations.values():
                    _as_problems(operation)
                    if path == "/health":
                        operation["security"] = []
                        operation["responses"].pop("401", None)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign] # FastAPI's documented way to extend the description


def _as_problems(operation: dict[str, Any]) -> None:
    for code, response in operation["responses"].items():
        content = response.get("content", {})
        if code.startswith(("4", "5")) and "application/json" in content:
            body = content.pop("application/json")
            body["schema"] = {"$ref": "#/components/schemas/Problem"}
            content[errors.MEDIA_TYPE] = body
