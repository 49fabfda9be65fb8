"""When an approval no longer holds, and when it still does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.domain.draft import DraftStatus
from assistant.domain.outbox import OutboxState
from assistant.domain.project import Sender, Visibility
from assistant.domain.voiding import VoidCode, VoidReason
from tests.storage import desk_builders as build
from tests.storage.whole_desk import Desk

LATER = build.START + timedelta(seconds=5)


def other_sender(desk: Desk) -> None:
    desk.cards.by_slug["harbour"] = replace(build.project(), sender=Sender("Bo Lin", "ann@example.com"))


def contact_gone(desk: Desk) -> None:
    desk.cards.by_slug["harbour"] = replace(build.project(), contacts=build.project().contacts[:1])


def card_gone(desk: Desk) -> None:
    desk.cards.by_slug.clear()


def card_broken(desk: Desk) -> None:
    desk.cards.broken = True


def text_changed(desk: Desk) -> None:
    desk.notes.now[0] = replace(build.passage("The pilot moves to 26 March."), id="p1")


def text_gone(desk: Desk) -> None:
    del desk.notes.now[0]


def text_internal(desk: Desk) -> None:
    desk.notes.now[0] = replace(desk.notes.now[0], visibility=Visibility.INTERNAL)


def newer_mail(desk: Desk) -> None:
    mail = replace(build.inbound().mail, message_id="<a2@portside.example>", references=("<a1@portside.example>",))
    desk.drafts.add_inbound(build.inbound("in-2", mail=mail, created_at=LATER))


def newer_passage(desk: Desk) -> None:
    desk.superseded = True


VOIDING: list[tuple[Callable[[Desk], None], VoidReason]] = [
    (other_sender, VoidReason(VoidCode.MESSAGE_CHANGED, {"parts": "sender"})),
    (contact_gone, VoidReason(VoidCode.RECIPIENT_GONE, {"email": "mo@portside.example"})),
    (card_gone, VoidReason(VoidCode.PROJECT_UNREADABLE, {"project": "harbour"})),
    (card_broken, VoidReason(VoidCode.PROJECT_UNREADABLE, {"project": "harbour"})),
    (text_changed, VoidReason(VoidCode.PASSAGE_GONE, {"path": "notes/2026-03-10.md"})),
    (text_gone, VoidReason(VoidCode.PASSAGE_GONE, {"path": "notes/2026-03-10.md"})),
    (text_internal, VoidReason(VoidCode.PASSAGE_INTERNAL, {"path": "notes/2026-03-10.md"})),
    (newer_mail, VoidReason(VoidCode.NEWER_MAIL, {"inbound": "in-2"})),
]


def answer(desk: Desk) -> None:
    desk.drafts.add_inbound(build.inbound())
    desk.drafts.add(build.draft(inbound_id="in-1"), [])


def assert_void(desk: Desk, reason: VoidReason) -> None:
    (entry,) = desk.outbox.entries()
    assert entry.state is OutboxState.VOID
    assert VoidReason.from_text(entry.detail) == reason
    draft = desk.drafts.get("d-1")
    assert draft.status is DraftStatus.OPEN
    assert VoidReason.from_text(draft.status_reason) == reason
    assert desk.drafts.approval("d-1", 1) is None
    assert desk.files() == []


@pytest.mark.parametrize(("change", "reason"), VOIDING, ids=lambda v: getattr(v, "__name__", ""))
def test_a_void_approval_is_found_when_it_is_due(
    desk: Desk, change: Callable[[Desk], None], reason: VoidReason
) -> None:
    answer(desk)
    desk.approve()
    change(desk)
    (settled,) = desk.deliver()
    assert settled.state is OutboxState.VOID
    assert_void(desk, reason)


@pytest.mark.parametrize(
    ("change", "reason"),
    [*VOIDING, (newer_passage, VoidReason(VoidCode.SUPERSEDED))],
    ids=lambda v: getattr(v, "__name__", ""),
)
def test_a_void_approval_is_found_when_asked(desk: Desk, change: Callable[[Desk], None], reason: VoidReason) -> None:
    answer(desk)
    entry = desk.approve()
    assert desk.void_if_stale(entry) == entry
    change(desk)
    assert desk.void_if_stale(entry).state is OutboxState.VOID
    assert_void(desk, reason)


def moved_down(desk: Desk) -> None:
    """Lines were added above: the passage has another place and another id, and the same words."""
    desk.notes.now[0] = replace(desk.notes.now[0], id="p8", start_line=9, end_line=9, start=300, end=328)


def renamed(desk: Desk) -> None:
    desk.notes.now[0] = replace(desk.notes.now[0], id="p8", path="notes/minutes.md")


def uncited_changed(desk: Desk) -> None:
    desk.notes.now[1] = build.passage("Something else.", passage_id="p2")


def note_added(desk: Desk) -> None:
    desk.notes.now.append(build.passage("More.", passage_id="p5", path="notes/new.md"))


def same_words_internal_too(desk: Desk) -> None:
    """Text that a passage which may be told also carries is no leak."""
    moved_down(desk)
    desk.notes.now.insert(0, replace(desk.notes.now[0], id="p9", visibility=Visibility.INTERNAL))


def other_thread(desk: Desk) -> None:
    mail = replace(build.inbound().mail, message_id="<z@portside.example>", references=("<y@portside.example>",))
    desk.drafts.add_inbound(build.inbound("in-2", mail=mail, created_at=LATER))


def mail_without_ids(desk: Desk) -> None:
    mail = replace(build.inbound().mail, message_id="", references=())
    desk.drafts.add_inbound(build.inbound("in-2", mail=mail, created_at=LATER))


def mail_of_another_project(desk: Desk) -> None:
    mail = replace(build.inbound().mail, message_id="<a2@portside.example>")
    desk.drafts.add_inbound(build.inbound("in-2", mail=mail, project="orchard", created_at=LATER))


@pytest.mark.parametrize(
    "change",
    [
        moved_down,
        renamed,
        uncited_changed,
        note_added,
        same_words_internal_too,
        other_thread,
        mail_without_ids,
        mail_of_another_project,
    ],
)
def test_what_does_not_matter_leaves_the_approval_standing(desk: Desk, change: Callable[[Desk], None]) -> None:
    answer(desk)
    desk.approve()
    change(desk)
    (settled,) = desk.deliver()
    assert settled.state is OutboxState.EXPORTED


def test_mail_that_came_before_the_approval_was_known_and_voids_nothing(desk: Desk) -> None:
    answer(desk)
    newer_mail(desk)
    desk.clock.forward(minutes=5)
    desk.approve()
    assert [e.state for e in desk.deliver()] == [OutboxState.EXPORTED]


def test_a_released_internal_passage_stays_a_source(desk: Desk) -> None:
    from assistant.domain.review import Release

    answer(desk)
    desk.drafts.release(Release("d-1", "p1", "Ann", build.START, "agreed"))
    desk.approve()
    text_internal(desk)
    assert [e.state for e in desk.deliver()] == [OutboxState.EXPORTED]


def test_a_reason_is_read_back_and_other_words_are_none() -> None:
    for code in VoidCode:
        reason = VoidReason(code, {"path": "纪要/三月.md"})
        assert VoidReason.from_text(reason.as_text()) == reason
        assert reason.message_key == f"void.{code.value}"
    for words in ("", "客户已答复", "[]", '{"void": "no such code", "values": {}}', '{"void": 3}', "null", "{"):
        assert VoidReason.from_text(words) is None
