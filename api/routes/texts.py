"""Texts that come with the request: checking one, and reading action items out of one."""

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse

from api.dependencies import InProject, MessageLanguage, check_allowed
from api.schemas import ActionList, ActionsRequest, Checked, CheckRequest, Problem
from assistant import wire

router = APIRouter(tags=["texts"])
_NOT_FOUND = {"model": Problem, "description": "No such project for this key"}
_INVALID = {"model": Problem, "description": "Fields that cannot be used"}


@router.post(
    "/projects/{slug}/check",
    summary="Check a text against a project's notes",
    response_model=Checked,
    responses={
        404: _NOT_FOUND,
        422: _INVALID,
        429: {"model": Problem, "description": "More than 60 checks in a minute; see Retry-After"},
    },
    dependencies=[Depends(check_allowed)],
)
def check(reach: InProject, body: CheckRequest, language: MessageLanguage) -> JSONResponse:
    """Search the sources of each sentence and run every check. Nothing is stored."""
    reach.refresh()
    view = reach.services.check_text(
        reach.project.slug, body.text, kind=body.kind, language=body.language, as_of=body.as_of, to=body.to
    )
    return JSONResponse(wire.check_json(view, language, internal=reach.internal, outside=True))


@router.post(
    "/projects/{slug}/actions",
    summary="Read action items out of a note",
    response_model=ActionList,
    responses={404: _NOT_FOUND, 422: _INVALID},
)
def actions(reach: InProject, body: ActionsRequest) -> JSONResponse:
    """Give tasks with owner and due date only where the words say so, each with its exact quote."""
    items = reach.services.actions(body.text, slug=reach.project.slug, dated=body.date)
    return JSONResponse({"items": wire.actions_json(items)})
