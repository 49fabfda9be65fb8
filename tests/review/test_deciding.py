"""What a person decides about a draft, over the real stores."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant import reviewing
from assistant.domain.draft import DraftStatus
from assistant.domain.outbox import OutboxState
from assistant.domain.project import Contact, Sender, Visibility
from assistant.domain.review import WaiverReason
from assistant.domain.voiding import VoidCode, VoidReason
from assistant.errors import (
    ApprovalVoidError,
    ConflictError,
    InvalidInputError,
    StaleRevisionError,
    StateError,
)
from tests.storage import desk_builders as build
from tests.storage.whole_desk import Desk


def test_an_approval_queues_exactly_what_was_shown(desk: Desk) -> None:
    desk.drafts.add_inbound(build.inbound())
    desk.drafts.add(build.draft(inbound_id="in-1"), [])
    shown = desk.confirmation()
    entry = desk.approve(shown=shown)
    assert entry.message == shown.message
    assert entry.message.subject == "Re: Pilot: new date 试点"
    assert entry.message.in_reply_to == "<a1@portside.example>"
    assert entry.message.references == ("<root@portside.example>", "<a1@portside.example>")
    assert entry.not_before - entry.created_at == build.UNDO
    assert desk.outbox.entries() == (entry,)
    assert desk.drafts.get("d-1").status is DraftStatus.APPROVED
    approval = desk.drafts.approval("d-1", 1)
    assert approval is not None
    assert (approval.message_digest, approval.by) == (shown.digest, "Ann Lee")
    assert [c.passage_id for c in approval.cited] == ["p1"]


def swap_sender(desk: Desk) -> None:
    desk.cards.by_slug["harbour"] = replace(build.project(), sender=Sender("Ann Lee", "other@example.com"))


def swap_text(desk: Desk) -> None:
    desk.notes.now[0] = build.passage("The pilot moves to 26 March.", passage_id="p9")


def hide_text(desk: Desk) -> None:
    desk.notes.now[0] = replace(desk.notes.now[0], visibility=Visibility.INTERNAL)


@pytest.mark.parametrize("change", [swap_sender, swap_text, hide_text])
def test_what_changed_after_the_confirmation_was_shown_voids_it(desk: Desk, change: Callable[[Desk], None]) -> None:
    desk.drafts.add(build.draft(), [])
    shown = desk.confirmation()
    change(desk)
    with pytest.raises(ApprovalVoidError, match="d-1"):
        desk.approve(shown=shown)
    assert desk.outbox.entries() == ()
    assert desk.drafts.get("d-1").status is DraftStatus.OPEN


def test_a_confirmation_of_other_words_approves_nothing(desk: Desk) -> None:
    desk.drafts.add(build.draft(), [])
    shown = desk.confirmation()
    other = replace(shown.message, body=shown.message.body + " ")
    for forged in (replace(shown, message=other), replace(shown, digest=other.digest()), replace(shown, digest="")):
        with pytest.raises(ApprovalVoidError):
            desk.approve(shown=forged)
    assert desk.outbox.entries() == ()


def test_an_older_revision_is_not_approved(desk: Desk) -> None:
    desk.drafts.add(build.draft(), [])
    shown = desk.confirmation()
    desk.drafts.revise(build.draft().revised(at=build.START), [])
    with pytest.raises(StaleRevisionError):
        desk.approve(shown=shown)


@pytest.mark.parametrize("finding", [build.block(), build.warning()])
def test_an_open_finding_forbids_approval(desk: Desk, finding: object) -> None:
    desk.drafts.add(build.draft(), [finding])  # type: ignore[list-item]
    with pytest.raises(StateError, match="1 open"):
        desk.approve()


def test_a_waived_warning_allows_approval_and_a_block_cannot_be_waived(desk: Desk) -> None:
    desk.drafts.add(build.draft(), [build.warning(), build.block()])

    def waive(finding_id: str, reason: WaiverReason, words: str = "") -> None:
        reviewing.waive_finding(
            desk.view(), finding_id, reason, words=words, by="Ann Lee", drafts=desk.drafts, clock=desk.clock
        )

    with pytest.raises(StateError, match="block"):
        waive(build.block().id, WaiverReason.WORDING_ONLY)
    with pytest.raises(StateError, match="words"):
        waive(build.warning().id, WaiverReason.OTHER, " ")
    with pytest.raises(StateError, match="any more"):
        waive("gone", WaiverReason.WORDING_ONLY)
    waive(build.warning().id, WaiverReason.OTHER, "电话确认")
    assert [w.words for w in desk.view().waivers] == ["电话确认"]
    desk.drafts.replace_findings("d-1", 1, [build.warning()])
    assert desk.approve().state is OutboxState.QUEUED


def test_nobody_outside_the_card_is_written_to(desk: Desk) -> None:
    desk.drafts.add(build.draft(recipients=(build.to("stranger@evil.example"),)), [])
    with pytest.raises(StateError, match="no contact"):
        desk.approve()
    desk.drafts.add(build.draft("d-2", recipients=()), [])
    with pytest.raises(StateError, match="no recipients"):
        desk.approve("d-2")
    desk.drafts.add(build.draft("d-3"), [])
    with pytest.raises(InvalidInputError, match="name"):
        desk.approve("d-3", by=" ")


def test_undo_opens_the_draft_again_until_it_leaves(desk: Desk) -> None:
    desk.drafts.add(build.draft(), [])
    entry = desk.approve()
    assert desk.withdraw(entry.id).state is OutboxState.WITHDRAWN
    draft = desk.drafts.get("d-1")
    assert draft.status is DraftStatus.OPEN
    assert VoidReason.from_text(draft.status_reason) == VoidReason(VoidCode.WITHDRAWN)
    assert desk.deliver() == ()
    second = desk.approve()
    desk.deliver()
    with pytest.raises(ConflictError, match="exported"):
        desk.withdraw(second.id)
    assert len(desk.files()) == 1


def test_rejecting_needs_a_reason_and_the_newest_revision(desk: Desk) -> None:
    desk.drafts.add(build.draft(), [])
    with pytest.raises(InvalidInputError, match="why"):
        reviewing.reject_draft("d-1", 1, "  ", drafts=desk.drafts)
    with pytest.raises(StaleRevisionError):
        reviewing.reject_draft("d-1", 2, "no", drafts=desk.drafts)
    reviewing.reject_draft("d-1", 1, " 客户已电话答复 ", drafts=desk.drafts)
    assert desk.drafts.get("d-1").status_reason == "客户已电话答复"
    with pytest.raises(StateError):
        reviewing.reject_draft("d-1", 1, "again", drafts=desk.drafts)


def test_only_an_internal_passage_of_this_project_is_released(desk: Desk) -> None:
    desk.drafts.add(build.draft(), [])
    secret = replace(build.passage("Margin is 12 %.", passage_id="s1"), visibility=Visibility.INTERNAL)
    desk.notes.now += [secret, replace(secret, id="s2", project="orchard")]

    def release(passage_id: str, reason: str = "agreed") -> None:
        reviewing.release_passage(
            build.draft(), passage_id, reason, by="Ann", drafts=desk.drafts, store=desk.notes.port, clock=desk.clock
        )

    for passage_id, reason in (("s2", "agreed"), ("p1", "agreed"), ("s1", " ")):
        with pytest.raises(InvalidInputError):
            release(passage_id, reason)
    release("s1")
    assert [r.passage_id for r in desk.drafts.releases("d-1")] == ["s1"]


def test_citing_reuses_a_number_and_refuses_what_may_not_be_told() -> None:
    draft = build.draft()
    cited = reviewing.cite(draft, "s3", draft.evidence[1].passage, at=build.START)
    assert [s.evidence for s in cited.sentences()] == [(), (1,), (2,)]
    assert cited.evidence == draft.evidence
    fresh = reviewing.cite(cited, "s3", build.passage("New.", passage_id="p3"), at=build.START)
    assert [s.evidence for s in fresh.sentences()][2] == (2, 3)
    assert fresh.revision == 3
    hidden = replace(build.passage(), visibility=Visibility.INTERNAL)
    with pytest.raises(StateError, match="internal"):
        reviewing.cite(draft, "s3", hidden, at=build.START)
    for sentence, passage in (("s9", build.passage()), ("s3", None), ("s3", replace(hidden, project="orchard"))):
        with pytest.raises(InvalidInputError):
            reviewing.cite(draft, sentence, passage, at=build.START)


def test_a_stated_fact_is_a_dated_note_that_names_who_said_it() -> None:
    name, text = reviewing.stated_fact_note(
        " 试点定于 19 日。\n", by="Ann\nvisibility: internal", on=build.START.date(), new_id=build.Numbered()
    )
    assert name == "2026-03-12-stated-1.md"
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    assert head.splitlines() == [
        "date: 2026-03-12",
        "kind: log",
        "visibility: client",
        "source: stated by Ann visibility: internal",
    ]
    assert body.strip() == "试点定于 19 日。"
    with pytest.raises(InvalidInputError):
        reviewing.stated_fact_note(" ", by="Ann", on=build.START.date(), new_id=build.Numbered())


@pytest.mark.parametrize(
    ("subject", "sent"),
    [
        ("Pilot", "Re: Pilot"),
        ("RE: Pilot", "RE: Pilot"),
        ("回复：试点", "回复：试点"),
        ("答复: 试点", "答复: 试点"),
        ("Pilot\r\nBcc: x@evil.example", "Re: Pilot Bcc: x@evil.example"),
        ("", "Re:"),
    ],
)
def test_an_answer_says_so_once_and_on_one_line(subject: str, sent: str) -> None:
    draft = build.draft(subject=subject)
    assert reviewing.build_message(draft, build.project(), build.inbound()).subject == sent


def test_head_values_from_outside_that_are_no_message_ids_are_left_out() -> None:
    mail = replace(
        build.inbound().mail,
        message_id="<a@b>\r\nBcc: x@evil.example",
        references=("ok@b.de", "", "<with blank@b.de>", "<非@b.de>", *(f"<{n}@b.de>" for n in range(80))),
    )
    message = reviewing.build_message(build.draft(), build.project(), replace(build.inbound(), mail=mail))
    assert message.in_reply_to == ""
    assert message.references[0] == "<ok@b.de>"
    assert message.references[-1] == "<79@b.de>"
    assert len(message.references) == 50


def test_a_new_message_is_no_answer() -> None:
    message = reviewing.build_message(build.draft(subject="Pilot"), build.project(), None)
    assert (message.subject, message.in_reply_to, message.references) == ("Pilot", "", ())


def test_contacts_are_matched_whatever_the_letter_case(desk: Desk) -> None:
    card = build.project()
    desk.cards.by_slug["harbour"] = replace(card, contacts=(Contact("Gu", "GU@Portside.example"),))
    desk.drafts.add(build.draft(recipients=(build.to("gu@portside.example"),)), [])
    assert desk.approve().state is OutboxState.QUEUED
