"""Delivering what a person approved: plain code that verifies the approval again before anything leaves."""

from collections.abc import Callable

from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.review import Approval
from assistant.domain.voiding import VoidCode, VoidReason
from assistant.errors import ConflictError, DeliveryError
from assistant.ports import Clock, Outbox, Transport


def deliver_due(
    *,
    outbox: Outbox,
    transport: Transport,
    clock: Clock,
    void_reason: Callable[[OutboxEntry, Approval], VoidReason | None],
) -> tuple[OutboxEntry, ...]:
    """Deliver every approved message whose undo time is over, and give each entry in its new state.

    First settles what a dead process left half done. Each entry is claimed, and the claim committed, before the
    transport is spoken to; in the claiming transaction the digest is computed again and `void_reason` is asked
    whether the approval still holds. What does not hold becomes VOID and its draft open again. Raises StorageError;
    what the transport refuses is FAILED with its sentence, and the others go on.
    """
    settled: list[OutboxEntry] = []
    while (cut_off := outbox.take_over()) is not None:
        settled += _hand_over(cut_off, transport.recover, outbox=outbox, clock=clock)

    def reason(entry: OutboxEntry, approval: Approval) -> VoidReason | None:
        if not _as_approved(entry, approval):
            return VoidReason(VoidCode.NOT_AS_APPROVED)
        return void_reason(entry, approval)

    while (claimed := outbox.claim_next(clock(), reason)) is not None:
        if claimed.state is OutboxState.VOID:
            settled.append(claimed)
        else:
            settled += _hand_over(claimed, transport.deliver, outbox=outbox, clock=clock)
    return tuple(settled)


def mark_sent(entry_id: str, *, outbox: Outbox, clock: Clock) -> OutboxEntry:
    """Record a person's word that an exported or uncertain message was sent. Raises StateError, ConflictError."""
    entry = outbox.entry(entry_id)
    sent = entry.moved(OutboxState.SENT, at=clock(), detail=entry.detail)
    outbox.move(sent)
    return sent


def try_again(entry_id: str, *, outbox: Outbox, clock: Clock) -> OutboxEntry:
    """Queue a failed or uncertain message again on a person's word. Raises StateError, ConflictError."""
    queued = outbox.entry(entry_id).moved(OutboxState.QUEUED, at=clock())
    outbox.move(queued)
    return queued


def _as_approved(entry: OutboxEntry, approval: Approval) -> bool:
    same_revision = (entry.draft_id, entry.revision) == (approval.draft_id, approval.revision)
    return same_revision and entry.message.digest() == entry.approved_digest == approval.message_digest


def _hand_over(
    entry: OutboxEntry, give: Callable[[OutboxEntry], OutboxEntry], *, outbox: Outbox, clock: Clock
) -> list[OutboxEntry]:
    try:
        result = give(entry)
    except DeliveryError as error:
        result = entry.moved(OutboxState.FAILED, at=clock(), detail=str(error))
    except BaseException:
        # Whether it left is not known, so nobody but a person may say that it is tried again.
        outbox.move(entry.moved(OutboxState.UNCERTAIN, at=clock()))
        raise
    try:
        outbox.move(result)
    except ConflictError:
        return []  # somebody else settled it, and what they stored stands
    return [result]
