"""Every refusal is a problem document, complete in its table, and quotes nothing that was sent."""

import inspect
import logging
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api import errors as api_errors
from api.dependencies import ApiKey
from api.doors import MAX_BODY
from api.schemas import Problem
from assistant import errors
from tests.api.keyring import EN, NAMED, Open

CLASSES = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.AssistantError)]
SECRET_WORDS = "Zanzibar-Purchase-4711"


def told(response: object) -> Problem:
    assert response.headers["content-type"] == "application/problem+json"  # type: ignore[attr-defined]
    shown = Problem.model_validate(response.json())  # type: ignore[attr-defined]
    assert shown.status == response.status_code  # type: ignore[attr-defined]
    assert shown.type.startswith("urn:sincerely:problem:")
    assert shown.detail.endswith(".")
    return shown


def test_every_class_of_errors_has_a_row_and_no_row_is_left_over() -> None:
    assert set(api_errors.TABLE) == set(CLASSES)
    names = [row.name for row in api_errors.TABLE.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", CLASSES)
def test_each_class_is_told_as_its_row_says(app: FastAPI, kind: type[errors.AssistantError]) -> None:
    def failing() -> None:
        raise kind("Card of project another-client in folder secret-folder.")

    app.add_api_route("/failing", failing)
    client = TestClient(app, headers={"X-API-Key": NAMED["all"]}, raise_server_exceptions=False)
    shown = told(client.get("/failing"))
    row = api_errors.TABLE[kind]
    assert shown.type == "urn:sincerely:problem:" + row.name
    hidden = row.status >= HTTPStatus.INTERNAL_SERVER_ERROR or kind.__name__.endswith("NotFoundError")
    if hidden and kind is not errors.GuidanceNotFoundError:
        assert "another-client" not in shown.detail


def test_an_unexpected_error_says_and_logs_nothing_of_the_text(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    def failing() -> None:
        raise ValueError(SECRET_WORDS)

    app.add_api_route("/failing", failing)
    client = TestClient(app, headers={"X-API-Key": NAMED["all"]}, raise_server_exceptions=False)
    with caplog.at_level(logging.DEBUG):
        response = client.get("/failing")
    assert told(response).type.endswith(":unexpected")
    assert SECRET_WORDS not in response.text
    assert "ValueError" in caplog.text
    assert SECRET_WORDS not in caplog.text


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer wrong"}, {"X-API-Key": ""}, {"Authorization": "Basic x"}]
)
def test_every_route_but_health_needs_a_key(app: FastAPI, headers: dict[str, str]) -> None:
    client = TestClient(app, raise_server_exceptions=False)
    paths = [(p, m) for p, methods in app.openapi()["paths"].items() for m in methods] + [
        ("/openapi.json", "get"),
        ("/nothing/here", "get"),
    ]
    for path, method in paths:
        response = client.request(method, path.format(slug=EN, draft_id="d-1", item_id="a-1"), headers=headers)
        if path == "/health":
            assert response.json() == {"status": "ok"}
        else:
            assert told(response).status == 401
            assert response.headers["www-authenticate"] == "Bearer"


def test_both_ways_to_send_a_key(app: FastAPI) -> None:
    client = TestClient(app)
    for headers in ({"Authorization": f"Bearer {NAMED['en']}"}, {"X-API-Key": NAMED["en"]}):
        assert client.get("/projects", headers=headers).status_code == 200


def test_unknown_fields_and_wrong_values_are_named_and_not_quoted(
    as_key: Open, caplog: pytest.LogCaptureFixture
) -> None:
    client = as_key("en")
    with caplog.at_level(logging.DEBUG):
        answers = [
            client.post(f"/projects/{EN}/drafts", json={"kind": "status", "approve": SECRET_WORDS}),
            client.post(f"/projects/{EN}/drafts", json={"kind": SECRET_WORDS}),
            client.post(f"/projects/{EN}/drafts", json={"kind": "status", "as_of": SECRET_WORDS}),
            client.post(f"/projects/{EN}/drafts", json={"kind": "status", "language": SECRET_WORDS}),
            client.post(f"/projects/{EN}/drafts", json={"kind": "status", "to": SECRET_WORDS}),
            client.post(f"/projects/{EN}/drafts", json={"kind": "status", "to": [SECRET_WORDS]}),
            client.post(f"/projects/{EN}/check", json={"text": {"a": SECRET_WORDS}}),
            client.post(f"/projects/{EN}/check", json=[SECRET_WORDS]),
            client.post(
                f"/projects/{EN}/check",
                content='{"text": "' + SECRET_WORDS,
                headers={"Content-Type": "application/json"},
            ),
            client.post(f"/projects/{EN}/inbound", json={SECRET_WORDS: "x", "body": "y"}),
            client.get(f"/projects/{EN}/search", params={"q": SECRET_WORDS, "n": "many"}),
        ]
    for response in answers:
        assert told(response).status == 422
        assert SECRET_WORDS not in response.text
        assert SECRET_WORDS.lower() not in response.text.lower()
    logged = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert not any(SECRET_WORDS in line for line in logged)
    assert answers[0].json()["errors"] == [
        {
            "field": "body/approve",
            "detail": "There is no such field; see the description of this route for the fields it takes.",
        }
    ]
    assert answers[2].json()["errors"] == [
        {"field": "body/as_of", "detail": "This must be a day written as 2026-03-19."}
    ]


def test_unknown_paths_and_methods(as_key: Open) -> None:
    assert told(as_key("all").get("/approve")).status == 404
    answer = as_key("all").delete("/drafts")
    assert told(answer).status == 405
    assert "GET" in answer.headers["allow"]


def test_an_unknown_kind_names_what_there_is(as_key: Open) -> None:
    shown = told(as_key("en").post(f"/projects/{EN}/drafts", json={"kind": "ode"}))
    assert shown.status == 404
    assert shown.type.endswith(":guidance-not-found")


def test_a_body_that_is_too_large_is_refused_whatever_it_says_about_itself(app: FastAPI) -> None:
    client = TestClient(app, headers={"X-API-Key": NAMED["en"]})
    path = f"/projects/{EN}/actions"
    assert told(client.post(path, content=b"x" * (MAX_BODY + 1))).status == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(MAX_BODY // 65536 + 2):
            yield b"x" * 65536

    assert told(client.post(path, content=pieces())).status == 413


def test_no_answer_may_be_kept_by_a_cache(as_key: Open) -> None:
    assert as_key("en").get("/projects").headers["cache-control"] == "no-store"


def test_a_key_covers_what_it_names() -> None:
    assert ApiKey().covers("anything")
    assert not ApiKey(frozenset({"a"})).covers("b")
    assert not ApiKey(scopes=frozenset({"Internal"})).internal
