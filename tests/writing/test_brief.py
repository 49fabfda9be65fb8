"""What a brief gathers for each step: what is new, the newest value, promises, what was told, and releases."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.bootstrap import open_desk
from assistant.domain.note import NoteKind
from assistant.domain.project import ModelLimit, Visibility
from assistant.domain.rewriting import Preset, Wish
from assistant.domain.view import DraftRequest
from assistant.errors import InvalidInputError
from assistant.services import DeskServices, ProposeServices
from assistant.settings import Settings
from assistant.writing.evidence import last_meeting
from assistant.writing.showing import Shown, writing_variables
from tests.writing.test_degrading import CARD, LOG, MINUTES
from tests.writing.writing_builders import TODAY, brief, note, project, task

OLD = note("Go-live planned 30 March 2026.", date(2026, 2, 2))
MOVED = note("Agreed: go-live now 22 April 2026 (was 30 March) because the interface arrived late.", date(2026, 3, 11))
SENT = note("Status update. I will send you the training timetable by 13 March 2026.", date(2026, 3, 6), NoteKind.SENT)
LATER = note("I will send you the offer by 30 March 2026.", date(2026, 3, 16), NoteKind.SENT)
DONE = note("18/3\n regression finished: 40 cases", date(2026, 3, 18), NoteKind.LOG)
BEFORE = note("3/3\n invoice module deployed", date(2026, 3, 3), NoteKind.LOG)
ALL = (OLD, MOVED, SENT, LATER, DONE, BEFORE)


def shown() -> dict[str, str]:
    gathered = task(brief("status", of=project(model=ModelLimit.ANY)), ALL)
    return writing_variables(gathered, Shown.of(gathered))


def test_a_step_about_news_gets_only_what_is_newer_than_the_last_update() -> None:
    gathered = task(brief("status"), ALL)
    assert gathered.brief.last_update == SENT.dated
    by_number = {e.n: e.passage for e in gathered.evidence}
    news = next(s for s in gathered.by_step if s.step == "done-since-last-update")
    assert BEFORE.id not in {by_number[n].id for n in news.evidence}
    assert DONE.id in {by_number[n].id for n in news.evidence}


def test_every_step_carries_the_guidance_behind_it() -> None:
    gathered = task(brief("status"), ALL)
    assert all(step.guidance for step in gathered.by_step)
    assert "Advice: " in shown()["steps"]


def test_the_newest_value_of_a_fact_comes_with_the_old_one_and_its_reason() -> None:
    changed = shown()["changed"]
    for part in ("22 April", "30 March", "interface arrived late"):
        assert part in changed


def test_what_was_promised_comes_with_whether_its_day_has_come() -> None:
    promised = shown()["promised"].splitlines()
    assert ["not yet due" in line for line in promised] == [True, False]
    assert "offer" in promised[0]
    assert "due, unless the evidence says it was kept" in promised[1]
    assert "training timetable" in promised[1]


def test_what_the_client_was_told_is_among_the_evidence_and_an_unsure_note_says_so() -> None:
    unsure = note("We aim to finish the load test on 25 March.", date(2026, 3, 17))
    gathered = task(brief("status", of=project(model=ModelLimit.ANY)), (*ALL, unsure))
    evidence = writing_variables(gathered, Shown.of(gathered))["evidence"]
    assert ", sent" in evidence
    assert any("not certain" in part and "load test" in part for part in evidence.split("\n\n"))


def test_a_step_about_the_last_meeting_gets_its_minutes_alone() -> None:
    gathered = task(brief("followup"), ALL)
    by_number = {e.n: e.passage.id for e in gathered.evidence}
    decisions = next(s for s in gathered.by_step if s.step == "decisions")
    assert {by_number[n] for n in decisions.evidence} == {MOVED.id}


def test_the_last_meeting_is_the_newest_minutes_not_any_note() -> None:
    assert last_meeting(ALL, TODAY) == MOVED.dated
    assert last_meeting(ALL, date(2026, 2, 20)) == OLD.dated
    assert last_meeting((DONE,), TODAY) is None


# --- what a person releases by name --------------------------------------------------------------------------

SECRET = """---
date: 2026-03-17
kind: minutes
visibility: internal
---

Decided: the load test is finished on 25 March 2026 with 300 users.
"""


@pytest.fixture
def desk(tmp_path: Path) -> DeskServices:
    notes = tmp_path / "projects" / "mill" / "notes"
    notes.mkdir(parents=True)
    (tmp_path / "sincerely.toml").write_text("", encoding="utf-8")
    (notes.parent / "project.toml").write_text(CARD.format(limit="none"), encoding="utf-8")
    for name, words in (("minutes", MINUTES), ("log", LOG), ("secret", SECRET)):
        (notes / f"{name}.md").write_text(words, encoding="utf-8")
    opened = open_desk(tmp_path, Settings.model_validate({"embedding": {"name": "none"}}))
    opened.index("mill", wait_for_vectors=False)
    return opened


def secret(desk: DeskServices) -> str:
    (passage,) = desk.store.passages("mill", visibility=Visibility.INTERNAL)
    return passage.id


def test_an_internal_passage_is_used_only_where_a_person_released_it_and_that_is_recorded(desk: DeskServices) -> None:
    request = DraftRequest("mill", "status")
    assert "load test" not in desk.draft(request).draft.body
    view = desk.draft_releasing(request, {secret(desk): "The sponsor asked for it."})
    assert "load test" in view.draft.body
    assert [(r.passage_id, r.reason) for r in view.releases] == [(secret(desk), "The sponsor asked for it.")]
    assert [f for f in view.findings if f.check == "audience"] == []
    assert [f for f in desk.recheck(view.draft.id).findings if f.check == "audience"] == []
    kept = desk.revise(view.draft.id, 1, Wish(Preset.SHORTER)).view.draft
    assert secret(desk) in {e.passage.id for e in kept.evidence}


@pytest.mark.parametrize(
    ("chosen", "reason", "says"),
    [
        (lambda desk: "no-such", "because", "has no passage"),
        (secret, " ", "say in a few words"),
        (
            lambda desk: desk.store.passages("mill", visibility=Visibility.CLIENT)[0].id,
            "because",
            "needs no release",
        ),
    ],
)
def test_what_cannot_be_released_makes_no_draft(
    desk: DeskServices, chosen: Callable[[DeskServices], str], reason: str, says: str
) -> None:
    with pytest.raises(InvalidInputError, match=says):
        desk.draft_releasing(DraftRequest("mill", "status"), {chosen(desk): reason})
    assert desk.rows() == ()


def test_nothing_short_of_the_desk_can_release() -> None:
    assert not [name for name in dir(ProposeServices) if "releas" in name]
    assert hasattr(DeskServices, "draft_releasing")
