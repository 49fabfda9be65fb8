"""Projects, their clients' mail, and search in their notes."""

import threading
from contextlib import nullcontext
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse

from api.dependencies import Asker, InProject, MessageLanguage, Reach, Services
from api.schemas import Inbound, InboundRequest, Problem, ProjectList, Searched
from assistant import wire
from assistant.domain import inbound as domain
from assistant.domain.view import DraftView
from assistant.errors import ProjectNotFoundError

router = APIRouter(tags=["projects"])
_TAKING_IN = tuple(threading.Lock() for _ in range(32))


@router.get("/projects", summary="The projects this key covers", response_model=ProjectList)
def list_projects(services: Services, caller: Asker) -> JSONResponse:
    """List the projects, by name."""
    if caller.key.projects is None:
        found = services.projects.all()
    else:
        found = ()
        for slug in sorted(caller.key.projects):
            try:
                found = (*found, services.projects.get(slug))
            except ProjectNotFoundError:
                continue
    return JSONResponse({"projects": [wire.project_json(project) for project in found]})


@router.post(
    "/projects/{slug}/inbound",
    status_code=201,
    summary="Hand in a client's mail and get a suggested reply queued",
    response_model=Inbound,
    responses={
        200: {"model": Inbound, "description": "The message was handed in before; its stored reply"},
        404: {"model": Problem, "description": "No such project for this key"},
        422: {"model": Problem, "description": "Fields that cannot be used"},
    },
)
def take_in(reach: InProject, body: InboundRequest, language: MessageLanguage) -> JSONResponse:
    """Store the message, read what it wants, draft the reply and put it into the desk's queue.

    A sender outside the project's contacts gets a draft without recipients, for a person to look at. The same
    `message_id` again gives the stored message and its draft, and makes neither anew.
    """
    mail = domain.ReceivedMail(
        body=body.body,
        subject=body.subject,
        sender_name=body.from_name,
        sender_email=body.from_email,
        message_id=body.message_id,
        received=body.received,
    )
    one_at_a_time = _TAKING_IN[hash(body.message_id) % len(_TAKING_IN)] if body.message_id else nullcontext()
    with one_at_a_time:
        inbound = reach.services.take_in(reach.project.slug, mail)
        view = _answered(reach, inbound.id) if body.message_id else None
        status = 200
        if view is None:
            reach.refresh()
            view = reach.services.suggest_reply(inbound.id)
            status = 201
    answer = {
        "inbound": wire.inbound_json(inbound),
        "draft": wire.draft_json(view, language, internal=reach.internal, outside=True),
    }
    return JSONResponse(answer, status_code=status, headers={"Location": f"/drafts/{view.draft.id}"})


def _answered(reach: Reach, inbound_id: str) -> DraftView | None:
    rows = reach.services.rows([reach.project.slug])
    row = next((r for r in rows if r.inbound_id == inbound_id), None)
    return reach.services.view(row.id) if row else None


@router.get(
    "/projects/{slug}/search",
    summary="Passages of a project's notes, best first",
    response_model=Searched,
    responses={404: {"model": Problem, "description": "No such project for this key"}},
)
def search(
    reach: InProject,
    q: Annotated[str, Query(min_length=1, max_length=1000, description="What to look for.", examples=["go-live date"])],
    n: Annotated[int, Query(ge=1, le=50, description="How many.")] = 10,
    as_of: Annotated[date | None, Query(description="Leave out notes dated later.")] = None,
) -> JSONResponse:
    """Internal passages are found only by a key with the scope `internal`."""
    reach.refresh()
    result = reach.services.search(reach.project.slug, q, n=n, internal=reach.internal, as_of=as_of)
    return JSONResponse(wire.search_json(result))
