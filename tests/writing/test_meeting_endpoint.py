"""A model reads a meeting over a real connection: it proposes, and code believes what the note's own words bear out."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.bootstrap import open_propose
from assistant.domain.actions import MeetingSummary
from assistant.errors import ModelUnavailableError
from assistant.services import ProposeServices
from assistant.settings import ModelSettings, Settings
from assistant.writing.meeting_model import LONGEST_TASK, MOST_A_PART, PART
from tests.writing.conftest import Endpoint, Reply, chunk, streamed
from tests.writing.test_degrading import CARD, refusal

MINUTES = """---
date: 2026-03-11
kind: minutes
visibility: client
---

Present: Ruth Osei, Ada Ray, Tim Vance

The depot gets its old scanners back; the phone is with Tim, on Friday.
Somebody has to look after the badges, Ruth will see to it.
We talked about the colour of the doors and came to no end.
"""
RING = {
    "task": "Ring the depot about the old scanners",
    "owner": "Tim",
    "due": "on Friday",
    "quote": "The depot gets its old scanners back; the phone is with Tim, on Friday.",
}


def meeting_of(tmp_path: Path, url: str, *, limit: str = "local", minutes: str = MINUTES) -> ProposeServices:
    notes = tmp_path / "projects" / "mill" / "notes"
    notes.mkdir(parents=True)
    (tmp_path / "sincerely.toml").write_text("", encoding="utf-8")
    (notes.parent / "project.toml").write_text(CARD.format(limit=limit), encoding="utf-8")
    (notes / "2026-03-11 minutes.md").write_text(minutes, encoding="utf-8")
    asked = {"name": "openai:some-model", "base_url": url, "max_retries": 0, "timeout_seconds": 20.0}
    settings = Settings.model_validate({"embedding": {"name": "none"}, "model": ModelSettings.model_validate(asked)})
    return open_propose(tmp_path, settings)


def read(services: ProposeServices) -> MeetingSummary:
    summary = services.meetings.read("mill", path="notes/2026-03-11 minutes.md", with_model=True)
    assert all(summary.text[item.start : item.end] == item.quote for item in summary.items)
    return summary


def items(*given: Mapping[str, object]) -> Reply:
    return streamed(json.dumps({"items": list(given)}))


def owners(summary: MeetingSummary) -> dict[str, tuple[str | None, str]]:
    return {i.task: (i.owner, i.due.isoformat() if i.due else "") for i in summary.items}


def test_a_good_answer_is_kept_with_its_quote_owner_and_day(tmp_path: Path, endpoint: Endpoint) -> None:
    endpoint.script = [items(RING)]
    summary = read(meeting_of(tmp_path, endpoint.url))
    assert (summary.read_by, "model_failed" in summary.notices) == ("openai:some-model", False)
    assert ("Tim", "2026-03-13") in owners(summary).values()
    said = endpoint.asked[0]["messages"][1]["content"]
    assert "<<<data part>>>" in said
    assert "the phone is with Tim" in said
    assert "ruth@mill.example" not in said


def without_model(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "rules").mkdir()
    summary = meeting_of(tmp_path / "rules", "http://127.0.0.1:9/v1", limit="none")
    return tuple(i.task for i in read(summary).items)


@pytest.mark.parametrize(
    "given",
    [
        RING | {"quote": "Tim buys new scanners next week."},
        RING | {"quote": "The depot gets its old scanners back; the phone is with Ruth, on Friday."},
        RING | {"quote": ""},
        RING | {"quote": MINUTES.rsplit("---", maxsplit=1)[-1].strip() * 3},
        {"task": "Paint the doors", "owner": "", "due": "", "quote": 7},
        {"sentence": "no item at all"},
    ],
    ids=["wrong quote", "altered quote", "no quote", "overlong quote", "quote of another type", "another shape"],
)
def test_an_item_whose_quote_is_not_in_the_note_is_dropped(
    tmp_path: Path, endpoint: Endpoint, given: dict[str, object]
) -> None:
    endpoint.script = [items(given)]
    assert tuple(i.task for i in read(meeting_of(tmp_path / "model", endpoint.url)).items) == without_model(tmp_path)


@pytest.mark.parametrize(
    ("change", "owner", "due"),
    [
        ({"owner": "Maria Lopez"}, None, "2026-03-13"),
        ({"due": "by 1 May"}, "Tim", "2026-03-13"),
    ],
    ids=["invented owner", "invented day"],
)
def test_an_invented_owner_or_day_is_replaced_by_what_the_note_says(
    tmp_path: Path, endpoint: Endpoint, change: dict[str, object], owner: str | None, due: str
) -> None:
    endpoint.script = [items(RING | change)]
    found = read(meeting_of(tmp_path, endpoint.url)).items
    (ring,) = [i for i in found if i.quote == RING["quote"]]
    assert (ring.owner, ring.due.isoformat() if ring.due else "") == (owner, due)
    assert ring.confidence < 0.75, "what the note did not bear out lowers the confidence"


def test_an_overlong_task_becomes_the_notes_own_words(tmp_path: Path, endpoint: Endpoint) -> None:
    endpoint.script = [items(RING | {"task": "Ring the depot about the old scanners. " * 200})]
    found = read(meeting_of(tmp_path, endpoint.url)).items
    assert found
    assert all(len(i.task) <= LONGEST_TASK for i in found)


def test_an_answer_without_end_is_read_to_a_limit(tmp_path: Path, endpoint: Endpoint) -> None:
    lines = [f"Tim will see to the badge of desk {n}." for n in range(MOST_A_PART + 20)]
    text = "\n".join(lines)
    assert len(text) < PART
    endpoint.script = [items(*({"task": line, "owner": "Tim", "due": "", "quote": line} for line in lines))]
    services = meeting_of(tmp_path, endpoint.url)
    project = services.projects.get("mill")
    reader = services.writers(project).meetings
    assert reader is not None
    assert len(reader.propose(project, text, dated=None)) == MOST_A_PART


@pytest.mark.parametrize(
    "reply",
    [
        streamed("Here are the action items: none."),
        streamed('{"items": [{"task": "Ring', finish="length"),
        Reply(events=(chunk(refusal="I cannot help."), chunk(finish="stop"), "[DONE]")),
        Reply(body="<html>Sign in</html>"),
        refusal(401),
        refusal(500),
    ],
    ids=["malformed", "cut off", "refused", "another server", "401", "500"],
)
def test_a_model_that_fails_leaves_the_rules_reading_and_says_so(
    tmp_path: Path, endpoint: Endpoint, reply: Reply
) -> None:
    endpoint.script = [reply]
    summary = read(meeting_of(tmp_path / "model", endpoint.url))
    assert (summary.read_by, summary.notices[-1]) == ("rules", "model_failed")
    assert tuple(i.task for i in summary.items) == without_model(tmp_path)


def test_items_of_another_type_are_none(tmp_path: Path, endpoint: Endpoint) -> None:
    endpoint.script = [streamed(json.dumps({"items": "none"}))]
    summary = read(meeting_of(tmp_path / "model", endpoint.url))
    assert summary.read_by == "openai:some-model"
    assert tuple(i.task for i in summary.items) == without_model(tmp_path)


def test_the_question_is_counted(tmp_path: Path, endpoint: Endpoint) -> None:
    endpoint.script = [items(RING)]
    services = meeting_of(tmp_path, endpoint.url)
    read(services)
    (call,) = services.ledger.calls("")
    assert (call.purpose, call.prompt, call.input_tokens, call.output_tokens) == ("meeting", "meeting.v1", 11, 7)


def test_a_card_that_allows_no_model_sends_nothing(tmp_path: Path, endpoint: Endpoint) -> None:
    summary = read(meeting_of(tmp_path, endpoint.url, limit="none"))
    assert (summary.read_by, summary.notices[-1]) == ("rules", "no_model")
    assert endpoint.asked == []


def test_cancelling_ends_the_reading_and_gives_no_half_of_it(tmp_path: Path, endpoint: Endpoint) -> None:
    endpoint.script = [Reply(events=(chunk('{"items'),), hangs=True)]
    services = meeting_of(tmp_path, endpoint.url)
    with pytest.raises(ModelUnavailableError) as caught:
        services.meetings.read("mill", text=MINUTES, with_model=True, cancelled=lambda: bool(endpoint.asked))
    assert caught.value.code == "cancelled"
