"""Kept items leave the API as files, and as the draft of a follow-up, never with what is internal."""

import icalendar
import pytest
from starlette.testclient import TestClient

from tests.api.keyring import EN, ZH, Open

MEETING = """# Call, 11 March 2026

## Actions
- Priya: send the revised timetable by Friday
- Tom: check the import (17 March)

## Internal
- Tom: work out the margin by Friday
"""


def kept(client: TestClient, slug: str = EN) -> list[dict[str, object]]:
    asked = {"text": MEETING, "date": "2026-03-11", "keep": True}
    return list(client.post(f"/projects/{slug}/meetings", json=asked).json()["kept"])


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("md", "text/markdown", "| task |"),
        ("csv", "text/csv", "task,owner,due,"),
        ("json", "application/json", "{"),
        ("jira", "text/csv", "Issue Type,Summary,Assignee,Due Date,Description,Labels,Status"),
        ("feishu", "text/csv", "任务标题,负责人,截止时间,任务描述,任务状态,来源"),
    ],
)
def test_kept_items_as_a_file(as_key: Open, form: str, kind: str, begins: str) -> None:
    client = as_key("en-internal")
    assert len(kept(client)) == 3
    answer = client.get(f"/projects/{EN}/items/export", params={"form": form})
    assert answer.headers["content-type"].startswith(kind)
    assert answer.text.startswith(begins)
    assert "margin" in answer.text
    told = client.get(f"/projects/{EN}/items/export", params={"form": form, "for_client": True}).text
    assert "timetable" in told
    assert "margin" not in told
    assert "margin" not in as_key("en").get(f"/projects/{EN}/items/export", params={"form": form}).text
    assert as_key("zh").get(f"/projects/{EN}/items/export", params={"form": form}).status_code == 404


def test_the_calendar_is_one(as_key: Open) -> None:
    client = as_key("en")
    kept(client)
    written = client.get(f"/projects/{EN}/items/export", params={"form": "ics", "state": "proposed"}).content
    tasks = icalendar.Calendar.from_ical(written).walk("VTODO")
    assert sorted(str(task["SUMMARY"]) for task in tasks) == ["Check the import", "Send the revised timetable"]
    assert client.get(f"/projects/{EN}/items/export", params={"form": "exe"}).status_code == 422


def test_a_follow_up_is_drafted_from_accepted_items_alone(as_key: Open) -> None:
    client = as_key("en-internal")
    items = kept(client)
    ids = [item["id"] for item in items]
    refused = client.post(f"/projects/{EN}/follow-ups", json={"items": ids})
    assert (refused.status_code, "accept" in refused.json()["detail"]) == (422, True)
    for item in items:
        client.post(f"/projects/{EN}/items/{item['id']}/accept", json={"version": item["version"]})
    drafted = client.post(f"/projects/{EN}/follow-ups", json={"items": ids})
    assert drafted.status_code == 201, drafted.text
    body = drafted.json()["body"]
    assert "send the revised timetable" in body.casefold()
    assert "margin" not in body
    assert client.get(drafted.headers["Location"]).json()["body"] == body


def test_an_item_of_another_project_is_none_and_so_is_an_internal_one(as_key: Open) -> None:
    both = as_key("all")
    theirs = kept(both, ZH)[0]["id"]
    internal = next(i["id"] for i in kept(as_key("en-internal")) if "margin" in str(i["task"]))
    for one in (theirs, internal, "a-0000000000"):
        answer = as_key("en").post(f"/projects/{EN}/follow-ups", json={"items": [one]})
        assert (answer.status_code, answer.json()["detail"]) == (404, "There is nothing by that name.")
