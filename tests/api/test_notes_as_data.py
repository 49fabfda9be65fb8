"""What answers hold of notes: text that no terminal obeys, and how far a search could go."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from assistant.domain.view import DraftRequest
from assistant.services import ProposeServices
from tests.api.keyring import KEYS, NAMED, Open

Call = Callable[..., httpx2.Response]
OBEYED = "\x7f\x80\x85\x9b31m\x9f"
PATH = "/projects/trade-portal/search"


@pytest.fixture
def noted(indexed: Path) -> Path:
    """A note with characters that terminals obey, after plain ones; gives the note."""
    note = indexed / "projects" / "trade-portal" / "notes" / "2026-03-19 paste.md"
    note.write_text(f"The halyard export was checked.\n\nThe halyard {OBEYED} 上线 é was read.\n", encoding="utf-8")
    return note


def test_an_answer_holds_no_character_that_a_terminal_obeys(noted: Path, call: Call) -> None:
    answer = call("all", "GET", PATH, params={"q": "halyard"})
    assert (noted.is_file(), answer.status_code) == (True, 200)
    assert not set(answer.content.decode()) & {chr(code) for code in range(0x7F, 0xA0)}
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert OBEYED in "".join(hit["text"] for hit in json.loads(answer.content)["hits"]), "it says the same"
    assert "上线 é" in answer.content.decode()


def test_a_problem_document_is_held_to_the_same(call: Call) -> None:
    answer = call("all", "GET", f"/projects/{'%C2%9B'}31m/search", params={"q": "x"})
    assert answer.status_code == 404
    assert "\x9b" not in answer.content.decode()
    assert answer.json()["status"] == 404


def test_a_search_says_how_many_passages_have_vectors(noted: Path, as_key: Open, services: ProposeServices) -> None:
    assert noted.is_file()
    before = services.coverage("trade-portal")
    assert before[0] == before[1] > 0
    client = TestClient(
        create_app(replace(services, embedder=lambda: None), keys=KEYS),
        headers={"Authorization": f"Bearer {NAMED['all']}"},
    )
    found = client.get(PATH, params={"q": "halyard"}).json()  # the new note's words are there, and no vectors
    assert found["lexical_only"] is True
    assert "words only" in found["notice"]
    assert found["hits"]
    services.index("trade-portal", patience=0.0)
    partial = services.search("trade-portal", "halyard")
    assert (partial.partial, partial.with_vectors, partial.passages) == (True, before[1], before[1] + 1)
    reasons = services.draft(DraftRequest("trade-portal", "status")).draft.writer.reasons
    (said,) = [reason for reason in reasons if reason.code == "some_vectors"]
    assert said.values == {"count": str(before[1]), "passages": str(before[1] + 1)}
    whole = as_key("all").get(PATH, params={"q": "halyard"}).json()
    assert (whole["lexical_only"], whole["notice"]) == (False, "")
    assert whole["with_vectors"] == whole["passages"] == before[1] + 1


def test_a_search_in_a_project_without_notes_names_the_command(indexed: Path, as_key: Open) -> None:
    for note in (indexed / "projects" / "trade-portal" / "notes").rglob("*"):
        if note.is_file():
            note.unlink()
    found = as_key("all").get(PATH, params={"q": "halyard"}).json()
    assert (found["hits"], found["passages"]) == ([], 0)
    assert "`sincerely index`" in found["notice"]
