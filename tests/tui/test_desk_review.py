"""Reading, settling and approving one draft."""

from dataclasses import replace
from datetime import timedelta

from textual.pilot import Pilot

from assistant.domain.draft import DraftStatus, Origin
from assistant.domain.finding import Severity
from assistant.domain.project import RecipientRole
from assistant.domain.review import WaiverReason
from assistant.errors import StateError
from assistant.services import DeskServices
from tests.tui.desk_tools import DeskMaker, open_draft, picture, running, see, until
from tui.app import Desk
from tui.screens.cite import CiteDialog
from tui.screens.confirm import ConfirmDialog
from tui.screens.dialogs import RecipientsDialog, WaiveDialog, WordsDialog
from tui.screens.queue import QueueScreen
from tui.screens.review import ReviewScreen
from tui.widgets.cursor_list import BlockList


def review(app: Desk) -> ReviewScreen:
    assert isinstance(app.screen, ReviewScreen)
    return app.screen


async def to_sentence(pilot: Pilot[None], app: Desk, sentence_id: str) -> None:
    await pilot.press("home")
    for _ in range(20):
        if review(app).draft_list.key == sentence_id:
            return
        await pilot.press("down")
    raise AssertionError(sentence_id)


async def test_a_draft_shows_words_as_marks_labels_and_the_exact_lines_of_the_note(
    desk: DeskMaker, services: DeskServices
) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await to_sentence(pilot, app, "s3")
        await see(pilot, "[warn]", "[block]", "[E1]", "1 to fix [block], 1 to look at [warn]", "built-in writer")
        passage = services.view("d-open").draft.evidence[0].passage
        await see(pilot, passage.cite, "(stated)", "may be told", "┃")
        note = (services.folder.read("trade-portal", passage.path)).decode().splitlines()
        for number in range(passage.start_line, passage.end_line + 1):
            assert f"{number} ┃  {note[number - 1][:25]}".rstrip() in picture(app)
        assert f"{passage.end_line + 2}    {note[passage.end_line + 1][:20]}".rstrip() in picture(app)


async def test_findings_are_walked_to_and_fro_and_the_cursor_goes_along(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await pilot.press("n")
        assert review(app).draft_list.key == "s3"
        await see(pilot, "48,250")
        await pilot.press("n")
        assert review(app).draft_list.key == "s4"
        await pilot.press("n")
        assert review(app).draft_list.key == "s3"
        await pilot.press("p")
        assert review(app).draft_list.key == "s4"
        finding = review(app).finding
        assert finding is not None
        assert finding.severity is Severity.BLOCK


async def test_a_warning_is_settled_by_one_key_and_a_reason_and_taken_back(
    desk: DeskMaker, services: DeskServices
) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await pilot.press("n", "w")
        await until(pilot, lambda: isinstance(app.screen, WaiveDialog), "the reasons")
        await pilot.press("2")
        await see(pilot, "[ok]", "settled by Orla", "Before it can go: 1 to fix")
        assert services.view("d-open").waivers[0].reason is WaiverReason.OUTSIDE_THE_NOTES
        await pilot.press("u")
        await see(pilot, "1 to fix [block], 1 to look at")
        assert services.view("d-open").waivers == ()


async def test_another_reason_needs_words(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await pilot.press("n", "w")
        await until(pilot, lambda: isinstance(app.screen, WaiveDialog), "the reasons")
        await pilot.press("4", "enter")
        await see(pilot, "A few words are needed")
        await pilot.press(*"Priya", "enter")
        await until(pilot, lambda: services.view("d-open").waivers, "a waiver")
        assert services.view("d-open").waivers[0].words == "Priya"


async def test_a_block_offers_no_key_to_settle_it_and_forbids_approval(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await pilot.press("n", "n")
        screen = review(app)
        assert screen.check_action("waive", ()) is False
        assert screen.check_action("approve", ()) is None
        await pilot.press("w", "a", "y")
        await pilot.pause(0.3)
        assert app.screen is screen
        assert services.entries() == ()


async def test_approving_shows_exactly_what_leaves_and_only_y_approves(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-clean")
        message = services.confirmation("d-clean").message
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog), "the confirmation")
        shown = "\n".join(b.body.plain for b in app.screen.query_one(BlockList).blocks)
        assert message.body in shown
        for recipient in message.recipients:
            assert f"{recipient.name} <{recipient.email}>" in shown
        assert message.subject in shown
        assert f"{message.sender_name} <{message.sender_email}>" in shown
        await pilot.press("enter", "space")
        await pilot.pause(0.3)
        assert services.entries() == ()
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen), "back in the queue")
        entry = services.entries()[0]
        assert entry.message == message
        assert entry.approved_by == "Orla"
        await see(pilot, "approved", "takes it back")


async def test_not_yet_approves_nothing(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-clean")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog), "the confirmation")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen), "the draft")
        assert services.entries() == ()


async def test_a_text_changed_behind_the_confirmation_is_not_approved(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-clean")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog), "the confirmation")
        services.edit("d-clean", 1, subject="Another subject", body=services.view("d-clean").draft.body)
        await pilot.press("y")
        await see(pilot, "Another subject", "changed elsewhere")
        assert services.entries() == ()


async def test_a_draft_is_rejected_with_a_reason(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, WordsDialog), "the reason")
        await pilot.press("ctrl+s")
        await see(pilot, "A few words are needed")
        await pilot.press(*"Sent", "space", *"by", "space", *"phone", "ctrl+s")
        await see(pilot, "rejected: Sent by phone")
        draft = services.view("d-open").draft
        assert (draft.status, draft.status_reason) == (DraftStatus.REJECTED, "Sent by phone")
        assert review(app).check_action("edit", ()) is False


async def test_what_a_person_knows_becomes_a_note_and_the_source(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await pilot.press("n", "f")
        await until(pilot, lambda: isinstance(app.screen, WordsDialog), "the field")
        await pilot.press(*"EUR", "space", *"48,250", "ctrl+s")
        await until(pilot, lambda: services.view("d-open").draft.revision == 2, "a new revision")
        sentence = next(s for s in services.view("d-open").draft.sentences() if s.id == "s3")
        assert sentence.evidence == (1, 2)
        stated = services.view("d-open").draft.evidence_numbered(2)
        assert stated is not None
        assert "EUR 48,250" in stated.passage.text
        await see(pilot, "Before it can go: 1 to fix", "[E1 E2]")


async def test_another_passage_is_searched_for_and_cited(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await to_sentence(pilot, app, "s2")
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, CiteDialog), "the search")
        await pilot.press(*"training")
        hits = app.screen.query_one(BlockList)
        await until(pilot, lambda: any("raining" in b.body.plain for b in hits.blocks), "passages")
        await pilot.press("enter")
        assert app.focused is hits
        chosen = hits.key
        await pilot.press("enter")
        await until(pilot, lambda: services.view("d-open").draft.revision == 2, "a new revision")
        draft = services.view("d-open").draft
        sentence = next(s for s in draft.sentences() if s.id == "s2")
        cited = draft.evidence_numbered(sentence.evidence[-1])
        assert cited is not None
        assert cited.passage.id == chosen


async def test_internal_notes_are_never_offered_as_sources(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await to_sentence(pilot, app, "s2")
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, CiteDialog), "the search")
        await pilot.press(*"margin")
        await pilot.pause(1)
        assert not any("internal/" in b.body.plain for b in app.screen.query_one(BlockList).blocks)


async def test_recipients_are_chosen_from_the_contacts(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, RecipientsDialog), "the contacts")
        await pilot.press("space", "space", "down", "space", "down", "space", "ctrl+s")
        await until(pilot, lambda: services.view("d-open").draft.revision == 2, "a new revision")
        assert [(r.email.partition("@")[0], r.role) for r in services.view("d-open").draft.recipients] == [
            ("p.nandra", RecipientRole.TO)
        ]


async def test_an_internal_passage_is_released_with_a_reason(desk: DeskMaker, services: DeskServices) -> None:
    inside = next(p for p in services.store.passages("trade-portal") if p.path.startswith("notes/internal/"))
    words = next(line for line in inside.text.splitlines() if len(line) > 40).lstrip("- #")
    view = services.edit("d-clean", 1, subject="x", body=f"Dear Ms Aldous,\n\n{words}\n\nKind regards,")
    blocked = [f for f in view.findings if f.severity is Severity.BLOCK and f.values.get("passage")]
    assert blocked
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-clean")
        for _ in range(len(view.open)):
            await pilot.press("n")
            if review(app).check_action("release", ()):
                break
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, WordsDialog), "the reason")
        await pilot.press(*"agreed", "ctrl+s")
        await until(pilot, lambda: services.view("d-clean").releases, "a release")
        assert services.view("d-clean").releases[0].reason == "agreed"


async def test_the_mail_stands_beside_its_answer_point_by_point_and_obeys_nothing(
    desk: DeskMaker, services: DeskServices
) -> None:
    reply = next(r.id for r in services.rows() if r.inbound_id)
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, reply)
        await pilot.press("3")
        await see(pilot, "Moved again", "h.aldous@ravensmoor.example", "question", "␛]0;owned␇", "[bold]bold[/bold]")
        assert "\x1b" not in picture(app)


async def test_history_tells_what_changed(desk: DeskMaker, services: DeskServices) -> None:
    body = services.view("d-clean").draft.body.replace("your patience", "your long patience")
    services.edit("d-clean", 1, subject="Where certification stands", body=body)
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-clean")
        await pilot.press("4")
        await see(
            pilot, "Revision 2", "Revision 1", "- Thank you for your patience", "+ Thank you for your long patience"
        )


async def test_a_refused_decision_shows_the_reason_and_the_desk_lives_on(
    desk: DeskMaker, services: DeskServices
) -> None:
    class Refusing(DeskServices):
        def waive(self, *_: object, **__: object) -> None:  # type: ignore[override]
            raise StateError("Finding f-1 is gone; open the draft again.")

        def reject(self, *_: object, **__: object) -> None:  # type: ignore[override]
            raise ZeroDivisionError("Dear Helen")

    broken = Refusing(**{name: getattr(services, name) for name in services.__dataclass_fields__})
    app = desk(broken)
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await pilot.press("n", "w")
        await until(pilot, lambda: isinstance(app.screen, WaiveDialog), "the reasons")
        await pilot.press("1")
        await see(pilot, "Finding f-1 is gone; open the draft again.", "Not possible now")
        await pilot.press("R", *"no", "ctrl+s")
        await see(pilot, "A fault in the program", "ZeroDivisionError")
        assert "Dear Helen" not in picture(app)
        await pilot.press("n")
        assert isinstance(app.screen, ReviewScreen)


async def test_eighty_by_twenty_four_is_enough(desk: DeskMaker) -> None:
    app = desk(language="zh")
    async with running(app, 80, 24) as pilot:
        await open_draft(pilot, "d-chinese")
        await pilot.press("n")
        await see(pilot, "[警告]", "第 3 句", "此处", "处理")
        assert all(len(line) <= 80 for line in picture(app).splitlines())
        await pilot.resize_terminal(140, 45)
        await see(pilot, "[警告]", "第 3 句")


async def test_a_draft_that_is_approved_can_only_be_read(desk: DeskMaker, services: DeskServices) -> None:
    services.approve(replace(services, undo=timedelta(0)).confirmation("d-clean"))
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-clean")
        for action in ("edit", "approve", "reject", "recipients", "waive", "cite"):
            assert review(app).check_action(action, ()) is False
        assert Origin.OFFLINE in {s.origin for s in services.view("d-clean").draft.sentences()}
