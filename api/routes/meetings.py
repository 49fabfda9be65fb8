"""Meetings: read one, file its items as proposals, list and export what is kept, accept, draft what follows."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import JSONResponse, Response

from api.dependencies import InProject, MessageLanguage
from api.schemas import (
    AcceptRequest,
    Draft,
    FollowUpRequest,
    KeptItem,
    KeptItems,
    MeetingRequest,
    Problem,
    ReadMeeting,
)
from assistant import wire
from assistant.domain.actions import ItemState
from assistant.errors import NotFoundError

router = APIRouter(tags=["meetings"])
_NOT_FOUND = {"model": Problem, "description": "No such project, note or item for this key"}
_INVALID = {"model": Problem, "description": "Fields that cannot be used"}
_TYPES = {
    "md": "text/markdown",
    "csv": "text/csv",
    "json": "application/json",
    "ics": "text/calendar",
    "jira": "text/csv",
    "feishu": "text/csv",
}
_CONFLICT = {"model": Problem, "description": "Somebody else changed the item, or its state does not allow it"}


@router.post(
    "/projects/{slug}/meetings",
    summary="Read a meeting and file its action items as proposals",
    response_model=ReadMeeting,
    responses={404: _NOT_FOUND, 422: _INVALID},
)
def meetings(reach: InProject, body: MeetingRequest) -> JSONResponse:
    """Give topics, decisions, items, open questions and risks, each quoted; with `keep` items become proposals.

    A key without the scope `internal` is given nothing of the internal parts of a note, and files nothing of them.
    """
    services = reach.services.meetings
    summary = services.read(reach.project.slug, path=body.path, text=body.text, dated=body.date)
    if not reach.internal:
        summary = summary.for_client()
    kept = services.propose(summary) if body.keep else ()
    answer = wire.meeting_json(summary, internal=reach.internal)
    return JSONResponse({**answer, "kept": [wire.stored_item_json(item) for item in kept]})


@router.get(
    "/projects/{slug}/items",
    summary="List the kept action items of a project",
    response_model=KeptItems,
    responses={404: _NOT_FOUND},
)
def items(reach: InProject, state: Annotated[list[ItemState] | None, Query()] = None) -> JSONResponse:
    """Give proposals and accepted items, those due first at the top."""
    found = reach.services.meetings.items(reach.project.slug, state)
    seen = [item for item in found if reach.internal or not item.internal]
    return JSONResponse({"items": [wire.stored_item_json(item) for item in seen]})


@router.get(
    "/projects/{slug}/items/export",
    summary="Write the kept action items as a file for other programs",
    response_class=Response,
    responses={
        200: {"content": {kind: {} for kind in sorted(set(_TYPES.values()))}, "description": "The file"},
        404: _NOT_FOUND,
        422: _INVALID,
    },
)
def export(
    reach: InProject,
    form: Annotated[Literal["md", "csv", "json", "ics", "jira", "feishu"], Query(description="Which form.")],
    state: Annotated[list[ItemState] | None, Query()] = None,
    *,
    for_client: Annotated[bool, Query(description="Leave internal items out.")] = False,
) -> Response:
    """Give Markdown, CSV, JSON, iCalendar to-dos, or CSV in the import columns of Jira or 飞书."""
    meetings = reach.services.meetings
    found = meetings.items(reach.project.slug, state)
    written = meetings.export(found, form, for_client=for_client or not reach.internal)
    return Response(written, media_type=_TYPES[form])


@router.post(
    "/projects/{slug}/follow-ups",
    status_code=201,
    summary="Draft the mail that follows a meeting from accepted items",
    response_model=Draft,
    responses={404: _NOT_FOUND, 422: _INVALID},
)
def follow_up(reach: InProject, body: FollowUpRequest, language: MessageLanguage) -> JSONResponse:
    """Write it through the drafting path and all its checks into the desk's queue; internal items are left out."""
    services = reach.services.meetings
    for one in body.items:
        item = services.item(one)
        if item.project != reach.project.slug or (item.internal and not reach.internal):
            raise NotFoundError(f"There is no action item {one}.")
    reach.refresh()
    view = services.draft_follow_up(reach.project.slug, body.items, to=body.to, language=body.language)
    answer = wire.draft_json(view, language, internal=reach.internal, outside=True)
    return JSONResponse(answer, status_code=201, headers={"Location": f"/drafts/{view.draft.id}"})


@router.post(
    "/projects/{slug}/items/{item_id}/accept",
    summary="Accept a proposed action item",
    response_model=KeptItem,
    responses={404: _NOT_FOUND, 409: _CONFLICT, 422: _INVALID},
)
def accept(reach: InProject, item_id: Annotated[str, Path(max_length=60)], body: AcceptRequest) -> JSONResponse:
    """Take a proposal on in the name of the key; it tells nobody anything, and no message is approved by it."""
    services = reach.services.meetings
    item = services.item(item_id)
    if item.project != reach.project.slug or (item.internal and not reach.internal):
        raise NotFoundError(f"There is no action item {item_id}.")
    taken = services.accept(item_id, body.version, by=f"key {reach.caller.name}")
    return JSONResponse(wire.stored_item_json(taken))
