"""Health, and what went wrong."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.base import Given


class Health(Given):
    """That the service answers."""

    status: Literal["ok"]


class FieldProblem(Given):
    """One field of a request that cannot be used."""

    field: str
    detail: str


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: Annotated[str, Field(description="A name for the sort of problem that stays the same.")]
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:sincerely:problem:project-not-found",
                    "title": "Project not found",
                    "status": 404,
                    "detail": "There is no such project for this key.",
                }
            ]
        }
    )
