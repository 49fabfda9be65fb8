"""From a note to kept items and the follow-up mail, over real files and a real database."""

from datetime import date

import pytest

from assistant.domain.actions import ActionItem, ItemState, Outcome, Quoted, Statement, StoredItem
from assistant.domain.draft import CLOSING, GREETING
from assistant.errors import ConflictError, InvalidInputError, StateError
from assistant.services import DeskServices

FIRST = "notes/2026-03-11 minutes.md"
SECOND = "notes/2026-03-18 minutes.md"
INTERNAL = "notes/internal/2026-03-12 minutes.md"


def propose(services: DeskServices, path: str) -> tuple[StoredItem, ...]:
    return services.meetings.propose(services.meetings.read("labels", path=path))


def test_a_meeting_gives_each_sort_of_thing_with_its_exact_quote(services: DeskServices) -> None:
    summary = services.meetings.read("labels", path=FIRST)
    assert summary.meeting.dated == date(2026, 3, 11)
    assert [(i.owner, i.due, i.internal) for i in summary.items] == [
        ("Priya", date(2026, 3, 13), False),
        ("Tom", date(2026, 3, 17), False),
        ("Lena", date(2026, 3, 19), False),
        ("Tom", date(2026, 3, 13), True),
    ]
    assert [s.text for s in summary.decisions] == ["We agreed to keep the pilot at one site."]
    assert [s.text for s in summary.questions] == ["Who signs off the label layout?"]
    assert [s.text for s in summary.risks] == ["Lena is worried that the scanners may be delayed."]
    assert [(t.title, t.internal) for t in summary.topics] == [("Rollout", False), ("Internal", True)]
    quoted: list[ActionItem | Statement | Quoted] = [*summary.items, *summary.decisions]
    quoted += [*summary.questions, *summary.risks, *(p for t in summary.topics for p in t.points)]
    for one in quoted:
        assert summary.text[one.start : one.end] == one.quote
        assert summary.text.count("\n", 0, one.start) + 1 == one.start_line


def test_a_note_that_the_card_hides_gives_nothing_for_the_client(services: DeskServices) -> None:
    summary = services.meetings.read("labels", path=INTERNAL)
    assert [i.internal for i in summary.items] == [True]
    assert summary.for_client().items == ()
    assert summary.for_client().text == ""


def test_proposing_the_same_meeting_twice_keeps_it_once(services: DeskServices) -> None:
    once, twice = propose(services, FIRST), propose(services, FIRST)
    assert once == twice
    assert len(services.meetings.items("labels")) == 4
    assert {i.state for i in once} == {ItemState.PROPOSED}


def test_the_next_meeting_says_what_became_of_the_items_and_merges_what_it_repeats(services: DeskServices) -> None:
    plan, load, *_ = propose(services, FIRST)
    services.meetings.accept(plan.id, plan.version)
    summary = services.meetings.read("labels", path=SECOND)
    became = {c.item.task: c.outcome for c in summary.carried}
    assert became == {
        "Send the revised test plan to Lena": Outcome.DONE,
        "Re-run the supplier import": Outcome.CHANGED,
        "Confirm the scanner delivery date": Outcome.SILENT,
        "Work out the margin": Outcome.SILENT,
    }
    kept = services.meetings.propose(summary)
    assert [i.task for i in kept] == ["Book the pilot room"]
    assert len(services.meetings.items("labels")) == 5
    assert [m.outcome for m in services.meetings.item(load.id).mentions] == [Outcome.CHANGED]
    # A meeting before the one an item comes from says nothing about it.
    assert kept[0].id not in {c.item.id for c in services.meetings.read("labels", path=FIRST).carried}


def test_a_person_changes_assigns_dates_rejects_and_takes_back(services: DeskServices) -> None:
    desk = services.meetings
    item = propose(services, FIRST)[0]
    item = desk.retask(item.id, item.version, "Send the final test plan")
    item = desk.assign(item.id, item.version, "Tom Becker")
    item = desk.schedule(item.id, item.version, date(2026, 3, 25), "Wednesday week")
    assert (item.task, item.owner, item.due) == ("Send the final test plan", "Tom Becker", date(2026, 3, 25))
    assert item.found.owner == "Priya"
    item = desk.reject(item.id, item.version, "not ours")
    with pytest.raises(StateError):
        desk.assign(item.id, item.version, "Priya")
    item = desk.reopen(item.id, item.version)
    item = desk.finish(item.id, desk.accept(item.id, item.version).version)
    assert item.state is ItemState.DONE
    assert item.changed_by == services.reviewer
    assert services.meetings.item(item.id) == item


def test_two_people_cannot_overwrite_each_other(services: DeskServices) -> None:
    item = propose(services, FIRST)[0]
    services.meetings.accept(item.id, item.version)
    with pytest.raises(ConflictError, match=item.id):
        services.meetings.assign(item.id, item.version, "Tom")


def test_an_export_for_the_client_leaves_internal_items_out(services: DeskServices) -> None:
    propose(services, FIRST)
    items = services.meetings.items("labels")
    for form in ("md", "csv", "json", "ics", "jira", "feishu", "table"):
        assert "margin" in services.meetings.export(items, form)
        assert "margin" not in services.meetings.export(items, form, for_client=True)


def test_the_follow_up_says_accepted_items_with_their_source_and_no_internal_one(services: DeskServices) -> None:
    ids = [services.meetings.accept(item.id, item.version).id for item in propose(services, FIRST)]
    view = services.meetings.draft_follow_up("labels", ids)
    text = view.draft.body
    assert "re-run the supplier import" in text.lower()
    assert "margin" not in text
    assert {e.passage.path for e in view.draft.evidence} == {FIRST}
    said = [s for section in view.draft.sections for s in section.sentences if s.id.startswith("item-")]
    assert len(said) == 3
    assert all(s.evidence for s in said)
    client = next(s.step for s in view.draft.sections if any("scanner delivery date" in t.text for t in s.sentences))
    ours = next(s.step for s in view.draft.sections if any("supplier import" in t.text for t in s.sentences))
    assert client != ours
    assert {GREETING, CLOSING} <= {s.step for s in view.draft.sections}
    assert services.view(view.draft.id).draft == view.draft
    assert not view.blocked, [(f.code, f.values) for f in view.open]


def test_a_follow_up_needs_an_accepted_item_that_the_client_may_see(services: DeskServices) -> None:
    proposed = propose(services, FIRST)
    internal = next(i for i in proposed if i.internal)
    services.meetings.accept(internal.id, internal.version)
    with pytest.raises(InvalidInputError, match="accept"):
        services.meetings.draft_follow_up("labels", [i.id for i in proposed])


def test_a_note_or_a_text_is_needed_not_both(services: DeskServices) -> None:
    for path, text in (("", ""), (FIRST, "Tom: send it")):
        with pytest.raises(InvalidInputError):
            services.meetings.read("labels", path=path, text=text)


def test_minutes_stand_before_other_notes_in_the_list(services: DeskServices) -> None:
    assert [n.path for n in services.meetings.notes("labels")][:2] == [SECOND, INTERNAL]
