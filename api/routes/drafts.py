"""Drafts: ask for one, list the queue, read one."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import JSONResponse

from api.dependencies import Asker, Caller, InProject, MessageLanguage, Services
from api.schemas import Draft, DraftHistory, DraftList, DraftWish, Problem
from assistant import wire
from assistant.domain.view import DraftRequest
from assistant.errors import DraftNotFoundError, InboundNotFoundError, ProjectNotFoundError
from assistant.ports import DraftRow
from assistant.services import ProposeServices

router = APIRouter(tags=["drafts"])


@router.post(
    "/projects/{slug}/drafts",
    status_code=201,
    summary="Ask for a draft",
    response_model=Draft,
    responses={
        404: {"model": Problem, "description": "No such project, message or kind"},
        422: {"model": Problem, "description": "Fields that cannot be used"},
    },
)
def ask_for_draft(reach: InProject, body: DraftWish, language: MessageLanguage) -> JSONResponse:
    """Write a draft from the project's notes, check it, and put it into the desk's queue."""
    slug = reach.project.slug
    if body.inbound_id is not None and reach.services.drafts.inbound(body.inbound_id).project != slug:
        raise InboundNotFoundError(body.inbound_id)
    reach.refresh()
    view = reach.services.draft(
        DraftRequest(
            slug,
            body.kind,
            inbound_id=body.inbound_id,
            to=tuple(body.to),
            language=body.language,
            as_of=body.as_of,
            instruction=body.instruction,
        )
    )
    answer = wire.draft_json(view, language, internal=reach.internal, outside=True)
    return JSONResponse(answer, status_code=201, headers={"Location": f"/drafts/{view.draft.id}"})


@router.get("/drafts", summary="The queue, newest change first", response_model=DraftList)
def list_drafts(
    services: Services,
    caller: Asker,
    project: Annotated[str | None, Query(max_length=120, description="Only this project's.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> JSONResponse:
    """List drafts of the projects this key covers."""
    if project is not None and not caller.key.covers(project):
        raise ProjectNotFoundError(project)
    if project is not None:
        wanted: list[str] | None = [services.projects.get(project).slug]
    else:
        wanted = None if caller.key.projects is None else sorted(caller.key.projects)
    rows = services.rows(wanted)
    page = [_row(services, caller, row) for row in rows[offset : offset + limit]]
    return JSONResponse({"drafts": page, "total": len(rows)})


def _row(services: ProposeServices, caller: Caller, row: DraftRow) -> wire.Json:
    answer = wire.row_json(row)
    if row.blocks or row.warnings:
        findings = services.drafts.findings(row.id, row.revision)
        answer["subject"] = wire.covered_subject(row.subject, findings, internal=caller.key.internal, outside=True)
    return answer


@router.get(
    "/drafts/{draft_id}",
    summary="A draft with its findings",
    response_model=Draft,
    responses={404: {"model": Problem, "description": "No such draft for this key"}},
)
def read_draft(
    services: Services, caller: Asker, language: MessageLanguage, draft_id: Annotated[str, Path(max_length=80)]
) -> JSONResponse:
    """Give the newest revision. A draft of another project answers like one that does not exist."""
    if not caller.key.covers(services.drafts.get(draft_id).project):
        raise DraftNotFoundError(draft_id)
    view = services.view(draft_id)
    return JSONResponse(wire.draft_json(view, language, internal=caller.key.internal, outside=True))


@router.get(
    "/drafts/{draft_id}/history",
    summary="What each revision of a draft changed",
    response_model=DraftHistory,
    responses={404: {"model": Problem, "description": "No such draft for this key"}},
)
def read_history(
    services: Services, caller: Asker, language: MessageLanguage, draft_id: Annotated[str, Path(max_length=80)]
) -> JSONResponse:
    """Give every revision, newest first: who made it and each changed sentence with the sorts of change."""
    if not caller.key.covers(services.drafts.get(draft_id).project):
        raise DraftNotFoundError(draft_id)
    revisions, edits = services.revisions(draft_id), services.revision_edits(draft_id)
    return JSONResponse(wire.history_json(revisions, edits, language, internal=caller.key.internal, outside=True))
