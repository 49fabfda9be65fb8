"""Delivering: verified again at the last moment, in the state that the transport gives, and never twice."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from assistant import sending
from assistant.adapters.database import codec
from assistant.adapters.database.engine import writing
from assistant.adapters.database.state_schema import outbox as outbox_table
from assistant.domain.draft import DraftStatus
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.voiding import VoidCode, VoidReason
from assistant.errors import ConflictError, DeliveryError, StateError
from tests.storage import desk_builders as build
from tests.storage.whole_desk import Desk


class Wire:
    """A transport that keeps what it was given, looks at the stored state meanwhile, and may break."""

    name = "wire"

    def __init__(self, desk: Desk, *, breaks: BaseException | None = None) -> None:
        self.desk = desk
        self.breaks = breaks
        self.given: list[str] = []
        self.stored_meanwhile: list[OutboxState] = []

    def deliver(self, entry: OutboxEntry) -> OutboxEntry:
        self.given.append(entry.message_id)
        self.stored_meanwhile.append(Desk(self.desk.folder).outbox.entry(entry.id).state)
        if self.breaks is not None:
            raise self.breaks
        return entry.moved(OutboxState.SENT, at=self.desk.clock(), detail="wire")

    def recover(self, entry: OutboxEntry) -> OutboxEntry:
        return entry.moved(OutboxState.UNCERTAIN, at=self.desk.clock(), detail="cut off")


def test_nothing_leaves_before_the_undo_time_is_over(desk: Desk) -> None:
    desk.drafts.add(build.draft(), [])
    entry = desk.approve()
    desk.clock.at = entry.not_before.replace(second=9)
    assert desk.outbox.due(desk.clock()) == ()
    assert desk.outbox.claim_next(desk.clock(), lambda _e, _a: None) is None
    assert [e.state for e in desk.deliver()] == [OutboxState.EXPORTED]


def test_the_claim_is_committed_before_the_transport_is_spoken_to(desk: Desk) -> None:
    for n in range(3):
        desk.drafts.add(build.draft(f"d-{n}"), [])
        desk.approve(f"d-{n}")
    wire = Wire(desk)
    settled = desk.deliver(wire)
    assert wire.stored_meanwhile == [OutboxState.SENDING] * 3
    assert len(set(wire.given)) == 3
    assert desk.outbox.entries() == tuple(sorted(settled, key=lambda e: e.id))
    assert {e.state for e in settled} == {OutboxState.SENT}
    assert desk.deliver(wire) == ()


@pytest.mark.parametrize("stored_digest_too", [False, True])
def test_a_message_changed_in_the_database_never_leaves(desk: Desk, stored_digest_too: bool) -> None:
    desk.drafts.add(build.draft(), [])
    entry = desk.approve()
    forged = replace(entry.message, body=entry.message.body.replace("19", "26"))
    values: dict[str, str] = {"message": codec.dumps(codec.message_to_json(forged))}
    if stored_digest_too:
        values["approved_digest"] = forged.digest()
    with writing(desk.engine) as connection:
        connection.execute(update(outbox_table).values(**values))
    (settled,) = desk.deliver()
    assert VoidReason.from_text(settled.detail) == VoidReason(VoidCode.NOT_AS_APPROVED)
    assert desk.drafts.get("d-1").status is DraftStatus.OPEN
    assert desk.files() == []


def test_what_the_transport_refuses_is_failed_and_the_others_go_on(desk: Desk) -> None:
    for n in range(2):
        desk.drafts.add(build.draft(f"d-{n}"), [])
        desk.approve(f"d-{n}")
    settled = desk.deliver(Wire(desk, breaks=DeliveryError("The server refused it; check the account.")))
    assert [(e.state, e.detail) for e in settled] == [
        (OutboxState.FAILED, "The server refused it; check the account.")
    ] * 2
    assert desk.deliver() == ()
    again = sending.try_again(settled[0].id, outbox=desk.outbox, clock=desk.clock)
    assert again.state is OutboxState.QUEUED
    assert [(e.id, e.state) for e in desk.deliver()] == [(settled[0].id, OutboxState.EXPORTED)]
    assert desk.withdraw(settled[1].id).state is OutboxState.WITHDRAWN


def test_a_delivery_that_broke_off_is_uncertain_and_never_tried_again_by_itself(desk: Desk) -> None:
    desk.drafts.add(build.draft(), [])
    entry = desk.approve()
    with pytest.raises(KeyboardInterrupt):
        desk.deliver(Wire(desk, breaks=KeyboardInterrupt()))
    assert desk.outbox.entry(entry.id).state is OutboxState.UNCERTAIN
    wire = Wire(desk)
    desk.clock.forward(hours=1)
    assert desk.deliver(wire) == ()
    assert wire.given == []
    sent = sending.mark_sent(entry.id, outbox=desk.outbox, clock=desk.clock)
    assert sent.state is OutboxState.SENT


def test_what_a_dead_process_left_is_settled_by_the_transports_own_rule(desk: Desk) -> None:
    desk.drafts.add(build.draft(), [])
    entry = desk.approve()
    desk.clock.forward(minutes=1)
    Desk(desk.folder).outbox.claim_next(desk.clock(), lambda _e, _a: None)  # gone at once, and its lock with it
    assert desk.outbox.entry(entry.id).state is OutboxState.SENDING
    wire = Wire(desk)
    assert [(e.state, e.detail) for e in desk.deliver(wire)] == [(OutboxState.UNCERTAIN, "cut off")]
    assert wire.given == []


def test_exported_becomes_sent_on_a_persons_word_only(desk: Desk) -> None:
    desk.drafts.add(build.draft(), [])
    entry = desk.approve()
    with pytest.raises(StateError):
        sending.mark_sent(entry.id, outbox=desk.outbox, clock=desk.clock)
    (exported,) = desk.deliver()
    assert desk.deliver() == ()
    assert desk.outbox.entry(entry.id) == exported
    sent = sending.mark_sent(entry.id, outbox=desk.outbox, clock=desk.clock)
    assert desk.outbox.entry(entry.id) == sent
    assert sent.detail == exported.detail == f"outbox/{desk.files()[0]}"
    with pytest.raises(ConflictError):
        desk.outbox.move(sent)


def test_no_lock_file_is_left_of_what_went_out(desk: Desk) -> None:
    desk.drafts.add(build.draft(), [])
    desk.approve()
    desk.deliver()
    assert list((desk.folder / "deliveries").iterdir()) == []


def test_a_result_that_cannot_be_stored_is_recovered_by_the_next_run(desk: Desk, tmp_path: Path) -> None:
    desk.drafts.add(build.draft(), [])
    desk.approve()
    desk.clock.forward(minutes=1)
    claimed = desk.outbox.claim_next(desk.clock(), lambda _e, _a: None)
    assert claimed is not None
    assert desk.outbox.take_over() is None
    with pytest.raises(ConflictError):
        desk.outbox.move(claimed)  # sending again is no step from sending
    assert [e.state for e in desk.deliver()] == [OutboxState.EXPORTED]
    assert len(desk.files()) == 1
