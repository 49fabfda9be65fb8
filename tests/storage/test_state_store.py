"""Drafts, client mail and decisions in a real `state.db`."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from assistant.adapters.database.drafts import ProposedDrafts, ReviewedDrafts
from assistant.adapters.database.engine import writing
from assistant.adapters.database.migrate import open_state
from assistant.adapters.database.outbox import StoredOutbox
from assistant.domain.draft import DraftStatus
from assistant.domain.outbox import OutboxState
from assistant.domain.review import Release, Waiver, WaiverReason
from assistant.errors import (
    ConflictError,
    DraftNotFoundError,
    InboundNotFoundError,
    OutboxEntryNotFoundError,
    StaleRevisionError,
    StateError,
    StorageError,
)
from tests.storage import desk_builders as build


def waiver_of(finding_id: str) -> Waiver:
    return Waiver("d-1", finding_id, WaiverReason.WORDING_ONLY, "Ann", build.START)


def test_revisions_are_kept_and_only_the_newest_has_the_status(drafts: ReviewedDrafts) -> None:
    first = build.draft()
    drafts.add(first, [build.warning()])
    second = first.revised(at=build.START, subject="Second")
    drafts.revise(second, [])
    drafts.reject(second.rejected("not now 暂不发"))
    assert drafts.history("d-1") == (first, second.rejected("not now 暂不发"))
    assert drafts.get("d-1").status is DraftStatus.REJECTED
    assert drafts.findings("d-1", 1) == (build.warning(),)
    assert drafts.findings("d-1", 2) == drafts.findings("d-9", 1) == ()


def test_what_is_not_there_is_named(drafts: ReviewedDrafts, outbox: StoredOutbox) -> None:
    with pytest.raises(DraftNotFoundError, match="d-9"):
        drafts.get("d-9")
    with pytest.raises(DraftNotFoundError, match="d-9"):
        drafts.revise(build.draft("d-9"), [])
    with pytest.raises(DraftNotFoundError, match="d-9"):
        drafts.unwaive("d-9", "f")
    with pytest.raises(InboundNotFoundError, match="in-9"):
        drafts.inbound("in-9")
    with pytest.raises(OutboxEntryNotFoundError, match="o-9"):
        outbox.entry("o-9")


def test_the_queue_counts_what_is_open(drafts: ReviewedDrafts) -> None:
    drafts.add_inbound(build.inbound())
    drafts.add(build.draft(inbound_id="in-1"), [build.warning(), build.warning("other"), build.block()])
    drafts.add(build.draft("d-2", project="orchard"), [])
    assert [(r.id, r.blocks, r.warnings, r.severity) for r in drafts.rows()] == [
        ("d-2", 0, 0, None),
        ("d-1", 1, 2, 0.7),
    ]
    drafts.waive(waiver_of(build.warning().id))
    row = drafts.rows(["harbour"])[0]
    assert (row.id, row.blocks, row.warnings) == ("d-1", 1, 1)
    assert [r.id for r in drafts.rows()] == ["d-1", "d-2"]
    drafts.unwaive("d-1", build.warning().id)
    assert drafts.rows(["harbour"])[0].warnings == 2
    assert drafts.rows([]) == ()
    drafts.replace_findings("d-1", 1, [build.block()])
    assert (drafts.rows(["harbour"])[0].blocks, drafts.rows(["harbour"])[0].warnings) == (1, 0)


def test_waivers_hold_over_revisions(drafts: ReviewedDrafts) -> None:
    drafts.add(build.draft(), [build.warning()])
    drafts.waive(waiver_of(build.warning().id))
    drafts.release(Release("d-1", "p7", "Ann", build.START, "agreed by phone"))
    drafts.revise(build.draft().revised(at=build.START), [build.warning()])
    assert drafts.rows()[0].warnings == 0
    assert drafts.waivers("d-1") == (waiver_of(build.warning().id),)
    assert [r.passage_id for r in drafts.releases("d-1")] == ["p7"]


def test_a_stale_revision_is_refused_between_two_stores(engine: Engine, tmp_path: Path) -> None:
    here = ReviewedDrafts(engine, clock=build.MovableClock())
    other_engine = open_state(tmp_path / "state.db")
    there = ReviewedDrafts(other_engine, clock=build.MovableClock())
    here.add(build.draft(), [])
    read_there = there.get("d-1")
    here.revise(here.get("d-1").revised(at=build.START, subject="Mine"), [])
    steps: tuple[Callable[[], object], ...] = (
        lambda: there.revise(read_there.revised(at=build.START, subject="Theirs"), []),
        lambda: there.reject(read_there.rejected("no")),
        lambda: there.approve(*build.approved()),
        lambda: there.replace_findings("d-1", 1, []),
    )
    for step in steps:
        with pytest.raises(StaleRevisionError, match="revision 2"):
            step()
    assert there.get("d-1").subject == "Mine"
    other_engine.dispose()


def test_a_second_approval_is_refused(drafts: ReviewedDrafts, outbox: StoredOutbox) -> None:
    drafts.add(build.draft(), [])
    approved, approval, entry = build.approved()
    drafts.approve(approved, approval, entry)
    with pytest.raises(StaleRevisionError, match="approved"):
        drafts.approve(approved, approval, replace(entry, id="o-2", message_id="<2@example.com>"))
    assert outbox.entries() == (entry,)
    assert drafts.approval("d-1", 1) == approval


def test_two_approvals_at_once_make_one(engine: Engine, outbox: StoredOutbox) -> None:
    drafts = ReviewedDrafts(engine, clock=build.MovableClock())
    drafts.add(build.draft(), [])
    approved, approval, entry = build.approved()

    def approve(n: int) -> bool:
        try:
            drafts.approve(approved, approval, replace(entry, id=f"o-{n}", message_id=f"<{n}@example.com>"))
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(approve, range(8))) == 1
    assert len(outbox.entries()) == 1


@pytest.mark.parametrize("finding", [build.block(), build.warning()])
def test_the_store_itself_refuses_an_approval_with_an_open_finding(
    drafts: ReviewedDrafts, outbox: StoredOutbox, finding: object
) -> None:
    drafts.add(build.draft(), [finding])  # type: ignore[list-item]
    with pytest.raises(StateError, match="1 open findings"):
        drafts.approve(*build.approved())
    assert outbox.entries() == ()
    assert drafts.get("d-1").status is DraftStatus.OPEN


def test_a_failed_approval_leaves_nothing_behind(drafts: ReviewedDrafts, outbox: StoredOutbox) -> None:
    drafts.add(build.draft(), [])
    drafts.add(build.draft("d-2"), [])
    drafts.approve(*build.approved())
    before = drafts.change_mark()
    approved, approval, entry = build.approved("d-2")
    with pytest.raises(StorageError):
        drafts.approve(approved, approval, replace(entry, message_id="<o-d-1@example.com>"))
    assert drafts.get("d-2").status is DraftStatus.OPEN
    assert drafts.approval("d-2", 1) is None
    assert drafts.change_mark() == before
    assert len(outbox.entries()) == 1


def test_a_withdrawn_approval_no_longer_stands_and_another_may_be_given(
    drafts: ReviewedDrafts, outbox: StoredOutbox
) -> None:
    drafts.add(build.draft(), [])
    approved, approval, entry = build.approved()
    drafts.approve(approved, approval, entry)
    drafts.withdraw(approved.reopened("undo"), entry.moved(OutboxState.WITHDRAWN, at=build.START))
    assert drafts.approval("d-1", 1) is None
    assert (drafts.get("d-1").status, drafts.get("d-1").status_reason) == (DraftStatus.OPEN, "undo")
    with pytest.raises(ConflictError):
        drafts.withdraw(approved.reopened("undo"), entry.moved(OutboxState.WITHDRAWN, at=build.START))
    again = replace(entry, id="o-2", message_id="<2@example.com>")
    drafts.approve(approved, approval, again)
    assert drafts.approval("d-1", 1) == approval
    assert outbox.entry("o-2").state is OutboxState.QUEUED


def test_nothing_is_waived_or_released_once_decided(drafts: ReviewedDrafts) -> None:
    drafts.add(build.draft(), [])
    drafts.approve(*build.approved())
    steps: tuple[Callable[[], object], ...] = (
        lambda: drafts.waive(waiver_of("f")),
        lambda: drafts.unwaive("d-1", "f"),
        lambda: drafts.release(Release("d-1", "p", "Ann", build.START, "why")),
    )
    for step in steps:
        with pytest.raises(StateError, match="approved"):
            step()


def test_the_same_mail_is_taken_in_once(drafts: ReviewedDrafts) -> None:
    drafts.add_inbound(build.inbound())
    with pytest.raises(ConflictError, match="in-2"):
        drafts.add_inbound(build.inbound("in-2"))
    drafts.add_inbound(build.inbound("in-3", project="orchard"))
    drafts.add_inbound(build.inbound("in-4", message_id=""))
    drafts.add_inbound(build.inbound("in-5", message_id=""))
    found = drafts.inbound_by_message_id("harbour", "<a1@portside.example>")
    assert found == build.inbound()
    assert drafts.inbound_by_message_id("harbour", "") is None
    assert drafts.inbound_by_message_id("meadow", "<a1@portside.example>") is None


def test_mail_since_a_moment_is_of_that_project_only(drafts: ReviewedDrafts, clock: build.MovableClock) -> None:
    drafts.add_inbound(build.inbound())
    clock.forward(seconds=1)
    drafts.add_inbound(build.inbound("in-2", message_id="<b@x.de>", created_at=clock.at))
    drafts.add_inbound(build.inbound("in-3", message_id="<c@x.de>", created_at=clock.at, project="orchard"))
    assert [i.id for i in drafts.inbound_since("harbour", build.START)] == ["in-2"]


Step = Callable[[ReviewedDrafts, StoredOutbox], None]
_APPROVED = build.approved()
CHANGES: dict[str, Step] = {
    "add_inbound": lambda d, _: d.add_inbound(build.inbound("in-1")),
    "add": lambda d, _: d.add(build.draft("d-2"), []),
    "revise": lambda d, _: d.revise(build.draft("d-2").revised(at=build.START), [build.warning()]),
    "replace": lambda d, _: d.replace_findings("d-2", 2, []),
    "waive": lambda d, _: d.waive(replace(waiver_of("f"), draft_id="d-2")),
    "unwaive": lambda d, _: d.unwaive("d-2", "f"),
    "release": lambda d, _: d.release(Release("d-2", "p", "Ann", build.START, "why")),
    "reject": lambda d, _: d.reject(d.get("d-2").rejected("no")),
    "approve": lambda d, _: d.approve(*_APPROVED),
    "claim": lambda _, o: claim(o),
    "move": lambda _, o: o.move(o.entry("o-d-1").moved(OutboxState.EXPORTED, at=build.START)),
}


def claim(outbox: StoredOutbox) -> None:
    assert outbox.claim_next(build.START + build.UNDO, lambda _e, _a: None) is not None


def test_every_change_raises_the_mark_seen_by_another_process_and_by_this_one(
    engine: Engine, drafts: ReviewedDrafts, outbox: StoredOutbox, tmp_path: Path
) -> None:
    other_engine = open_state(tmp_path / "state.db")
    other = ProposedDrafts(other_engine, clock=build.MovableClock())
    drafts.add(build.draft(), [])
    for name, step in CHANGES.items():
        before = (drafts.change_mark(), other.change_mark())
        step(drafts, outbox)
        assert drafts.change_mark() > before[0], name
        assert other.change_mark() > before[1], name
    before = (drafts.change_mark(), other.change_mark())
    drafts.rows()
    outbox.claim_next(build.START, lambda _e, _a: None)
    assert (drafts.change_mark(), other.change_mark()) == before
    other_engine.dispose()


def test_many_threads_lose_nothing(drafts: ReviewedDrafts) -> None:
    def work(n: int) -> int:
        drafts.add(build.draft(f"d-{n}"), [build.warning()])
        drafts.revise(drafts.get(f"d-{n}").revised(at=build.START, subject=f"{n}"), [])
        return len(drafts.rows()) and drafts.get(f"d-{n}").revision

    with ThreadPoolExecutor(40) as pool:
        assert list(pool.map(work, range(120))) == [2] * 120
    assert sorted(r.subject for r in drafts.rows()) == sorted(str(n) for n in range(120))
    assert drafts.change_mark() == 240


def test_listing_reads_no_draft_text(drafts: ReviewedDrafts, engine: Engine) -> None:
    """With ten thousand drafts, decoding each would be felt at every key: the queue must not need their content."""
    drafts.add(build.draft(), [])
    with writing(engine) as connection:
        connection.execute(text("UPDATE draft_revisions SET content = 'broken 客户的话', findings = 'broken'"))
    assert drafts.rows()[0].subject == build.draft().subject
    with pytest.raises(StorageError) as caught:
        drafts.get("d-1")
    assert "d-1 is damaged" in str(caught.value)
    assert "客户" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_broken_surrogate_is_stored_and_listed(drafts: ReviewedDrafts) -> None:
    broken = build.draft(subject="half \ud83d face")
    drafts.add(broken, [])
    assert drafts.get("d-1") == broken
    assert drafts.rows()[0].subject == "half ? face"


def test_the_proposing_store_has_nothing_that_decides() -> None:
    deciding = {"approve", "withdraw", "waive", "unwaive", "release", "reject", "revise", "replace_findings", "move"}
    assert not deciding & set(dir(ProposedDrafts))
    assert deciding - {"move"} <= set(dir(ReviewedDrafts))
