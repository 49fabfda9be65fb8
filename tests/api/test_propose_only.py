"""What the API is handed, and what it offers, cannot decide anything."""

import dataclasses
import typing
from pathlib import Path

from fastapi import FastAPI

from assistant import ports
from assistant.bootstrap import open_propose
from assistant.services import DeskServices, ProposeServices

DECIDING = {
    "approve",
    "waive",
    "unwaive",
    "release",
    "reject",
    "revise",
    "edit",
    "send",
    "deliver",
    "claim",
    "withdraw",
    "confirm",
    "confirmation",
    "move",
}


def deciding(kind: object) -> set[str]:
    """The attributes whose first word decides; `releases` and `waivers` only read."""
    return {name for name in dir(kind) if name.strip("_").split("_")[0] in DECIDING or name == "mark_sent"}


def held_types() -> dict[str, object]:
    hints = typing.get_type_hints(ProposeServices)
    return {field.name: hints[field.name] for field in dataclasses.fields(ProposeServices)}


def test_the_type_has_no_decision_on_it() -> None:
    assert deciding(ProposeServices) == set()
    assert {"approve", "waive", "release", "deliver"} <= deciding(DeskServices)


def test_no_port_that_it_holds_has_a_decision_on_it() -> None:
    for name, kind in held_types().items():
        assert deciding(kind) == set(), name
    assert deciding(ports.DraftReviewer) >= {"approve", "waive", "release", "revise", "reject"}


def test_neither_do_the_objects_that_are_really_handed_over(indexed: Path) -> None:
    services = open_propose(indexed)
    assert type(services) is ProposeServices
    for field in dataclasses.fields(services):
        assert deciding(getattr(services, field.name)) == set(), field.name


def test_no_path_of_the_api_decides(app: FastAPI) -> None:
    described = app.openapi()
    offered = {(path, method) for path, methods in described["paths"].items() for method in methods}
    assert offered == {
        ("/health", "get"),
        ("/projects", "get"),
        ("/projects/{slug}/inbound", "post"),
        ("/projects/{slug}/drafts", "post"),
        ("/projects/{slug}/search", "get"),
        ("/projects/{slug}/check", "post"),
        ("/projects/{slug}/actions", "post"),
        ("/projects/{slug}/meetings", "post"),
        ("/projects/{slug}/items", "get"),
        ("/projects/{slug}/items/{item_id}/accept", "post"),
        ("/projects/{slug}/items/export", "get"),
        ("/projects/{slug}/follow-ups", "post"),
        ("/drafts", "get"),
        ("/drafts/{draft_id}", "get"),
        ("/drafts/{draft_id}/history", "get"),
    }
    names = {one["operationId"] for methods in described["paths"].values() for one in methods.values()}
    assert not [n for n in names if set(n.split("_")) & DECIDING]
