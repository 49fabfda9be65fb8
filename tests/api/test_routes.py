"""What the routes do, over a real workspace, and over a real server where threads and sockets matter."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from api import schemas
from assistant.bootstrap import open_desk
from tests.api.keyring import EN, ZH, Open

COMPLAINT = {
    "from_name": "Helen Aldous",
    "from_email": "h.aldous@ravensmoor.example",
    "subject": "Training timetable",
    "body": "The training timetable was promised for the 13th and we still have nothing. This is not acceptable."
    " When will we get it?",
    "message_id": "<complaint-1@ravensmoor.example>",
    "received": "2026-03-20",
}


def test_the_projects_of_a_key(as_key: Open) -> None:
    both = schemas.ProjectList.model_validate(as_key("all").get("/projects").json())
    assert [p.slug for p in both.projects] == [ZH, EN]
    assert [p["slug"] for p in as_key("en").get("/projects").json()["projects"]] == [EN]


@pytest.mark.parametrize(("key", "slug", "language"), [("en", EN, "en"), ("zh", ZH, "zh")])
def test_a_draft_is_written_listed_and_read(as_key: Open, key: str, slug: str, language: str) -> None:
    client = as_key(key)
    made = client.post(f"/projects/{slug}/drafts", json={"kind": "status"})
    assert made.status_code == 201
    draft = schemas.Draft.model_validate(made.json())
    assert draft.language == language
    assert draft.status == "open"
    assert draft.evidence
    assert draft.recipients
    for section in draft.sections:
        for sentence in section.sentences:
            assert sentence.text in draft.body
            assert set(sentence.evidence) <= {e.n for e in draft.evidence}
    read = client.get(made.headers["location"])
    assert read.json() == made.json()
    listed = schemas.DraftList.model_validate(client.get("/drafts").json())
    assert draft.id in [row.id for row in listed.drafts]
    assert client.get("/drafts", params={"limit": 1, "offset": listed.total}).json()["drafts"] == []


def test_a_clients_mail_gets_a_suggested_reply_once(as_key: Open) -> None:
    client = as_key("en")
    first = client.post(f"/projects/{EN}/inbound", json=COMPLAINT)
    assert first.status_code == 201
    answer = schemas.Inbound.model_validate(first.json())
    assert answer.inbound.triage.complaint
    assert answer.inbound.triage.points
    assert answer.draft.kind == "complaint"
    assert [r.email for r in answer.draft.recipients] == ["h.aldous@ravensmoor.example"]
    again = client.post(f"/projects/{EN}/inbound", json=COMPLAINT)
    assert again.status_code == 200
    assert again.json() == first.json()
    reply = client.post(f"/projects/{EN}/drafts", json={"kind": "expectation", "inbound_id": answer.inbound.id})
    assert reply.status_code == 201


def test_a_sender_outside_the_contacts_gets_a_draft_without_recipients(as_key: Open) -> None:
    mail = {**COMPLAINT, "from_email": "h.aldous@ravensmoor.example.evil.example", "message_id": ""}
    answer = as_key("en").post(f"/projects/{EN}/inbound", json=mail).json()
    assert answer["draft"]["recipients"] == []
    assert ("no_recipients", "block") in {(f["code"], f["severity"]) for f in answer["draft"]["findings"]}


def test_a_recipient_outside_the_contacts_is_refused(as_key: Open) -> None:
    answer = as_key("en").post(f"/projects/{EN}/drafts", json={"kind": "status", "to": ["someone@evil.example"]})
    assert answer.status_code == 422
    assert "someone@evil.example" not in answer.text


def test_a_text_is_checked_and_nothing_is_stored(as_key: Open) -> None:
    client = as_key("en")
    before = client.get("/drafts").json()["total"]
    text = "Go-live is on 30 March 2026. Branch training is on 16 April."
    answer = client.post(f"/projects/{EN}/check", json={"text": text})
    seen = schemas.Checked.model_validate(answer.json())
    assert seen.findings
    for finding in seen.findings:
        if finding.start is not None and finding.end is not None:
            assert seen.body[finding.start : finding.end].strip()
    assert client.get("/drafts").json()["total"] == before


def test_messages_follow_the_language_that_is_asked_for(as_key: Open) -> None:
    path, body = f"/projects/{EN}/check", {"text": "PINEMARTEN is on [TBD]."}
    english = as_key("en").post(path, json=body).json()["findings"]
    chinese = (
        as_key("en", **{"Accept-Language": "de;q=1, zh-CN;q=0.9, en;q=0.3"}).post(path, json=body).json()["findings"]
    )
    assert [f["id"] for f in english] == [f["id"] for f in chinese]
    assert not any("\u4e00" <= c <= "\u9fff" for f in english for c in f["message"])
    assert all(any("\u4e00" <= c <= "\u9fff" for c in f["message"]) for f in chinese)


def test_action_items_of_a_text(as_key: Open) -> None:
    text = "- [ ] Martin: send the list by Friday\n- [x] done thing"
    answer = as_key("en").post(f"/projects/{EN}/actions", json={"text": text, "date": "2026-03-11"})
    assert schemas.ActionList.model_validate(answer.json())
    assert answer.json() == {
        "items": [
            {
                "task": "Send the list",
                "owner": "Martin",
                "due": "2026-03-13",
                "due_text": "by Friday",
                "quote": "Martin: send the list by Friday",
                "start": 6,
                "end": 37,
                "confidence": 0.95,
            }
        ]
    }


def test_search_gives_places(as_key: Open) -> None:
    found = schemas.Searched.model_validate(as_key("zh").get(f"/projects/{ZH}/search", params={"q": "上线时间"}).json())
    assert found.hits
    assert all(hit.path.startswith("notes/") and hit.start_line <= hit.end_line for hit in found.hits)
    early = as_key("zh").get(f"/projects/{ZH}/search", params={"q": "上线时间", "as_of": "2026-05-01", "n": 50}).json()
    assert all(hit["date"] is None or hit["date"] <= "2026-05-01" for hit in early["hits"])


def test_the_description_has_examples_that_fit_and_problems_for_every_route(app: FastAPI) -> None:
    described = app.openapi()
    for model in (
        schemas.InboundRequest,
        schemas.DraftWish,
        schemas.CheckRequest,
        schemas.ActionsRequest,
        schemas.Draft,
    ):
        shown = described["components"]["schemas"][model.__name__]["examples"]
        assert shown
        for example in shown:
            model.model_validate_json(json.dumps(example))
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert operation["summary"]
            for code, response in operation["responses"].items():
                if code.startswith(("4", "5")):
                    assert list(response["content"]) == ["application/problem+json"], (path, code)


def test_a_new_note_is_seen_by_the_next_draft(as_key: Open, indexed: Path, app: FastAPI) -> None:
    client = as_key("en")
    note = indexed / "projects" / EN / "notes" / "2026-03-19 phone.md"
    note.write_text("Helen confirmed that the Zephyrine rollout is agreed.\n", encoding="utf-8")
    hits = client.get(f"/projects/{EN}/search", params={"q": "Zephyrine rollout"}).json()["hits"]
    assert any("Zephyrine" in hit["text"] for hit in hits)


Call = Callable[..., httpx2.Response]


def test_many_clients_at_once_lose_nothing(call: Call, indexed: Path) -> None:
    made: list[str] = []
    lock = threading.Lock()

    def ask(number: int) -> None:
        answer = call(
            "en", "POST", f"/projects/{EN}/drafts", json={"kind": "status", "instruction": f"number {number}"}
        )
        with lock:
            made.append(answer.json()["id"] if answer.status_code == 201 else answer.text)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 12
    listed = {row["id"] for row in call("en", "GET", "/drafts").json()["drafts"]}
    assert set(made) <= listed


def test_the_same_mail_from_many_clients_makes_one_draft(call: Call) -> None:
    answers: list[httpx2.Response] = []

    def post() -> None:
        answers.append(call("en", "POST", f"/projects/{EN}/inbound", json=COMPLAINT))

    threads = [threading.Thread(target=post) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(a.status_code for a in answers) == [200, 200, 200, 200, 200, 201]
    assert len({a.json()["draft"]["id"] for a in answers}) == 1


def test_the_open_desk_sees_a_draft_that_the_api_made(call: Call, indexed: Path) -> None:
    desk = open_desk(indexed)
    mark = desk.change_mark()
    made = call("zh", "POST", f"/projects/{ZH}/drafts", json={"kind": "status"}).json()
    assert desk.change_mark() != mark
    assert desk.view(made["id"]).draft.subject == made["subject"]
