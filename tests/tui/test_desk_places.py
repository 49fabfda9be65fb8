"""The other places: mail, search, a note, outbox, projects, guidance; reached by one key and a number."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.domain.draft import DraftStatus
from assistant.domain.inbound import ReceivedMail
from assistant.domain.outbox import OutboxState
from assistant.domain.project import Visibility
from assistant.services import DeskServices
from tests.tui.desk_tools import DeskMaker, open_draft, picture, running, see, until
from tui.app import Desk
from tui.screens.compose import ComposeScreen
from tui.screens.guidance import GuidanceScreen
from tui.screens.mail import MailScreen
from tui.screens.note import NoteScreen
from tui.screens.outbox import OutboxScreen
from tui.screens.projects import ProjectsScreen
from tui.screens.queue import QueueScreen
from tui.screens.review import ReviewScreen
from tui.screens.search import SearchScreen
from tui.widgets.choosers import ProjectSelect
from tui.widgets.cursor_list import BlockList
from tui.widgets.fields import Line
from tui.widgets.paper import Paper

MAIL = (
    "From: Helen Aldous <h.aldous@ravensmoor.example>\nDate: 18 March 2026\nSubject: Prices\n\nOrla,\n\n"
    "Brackley Homes still sees the wrong prices. When will this be right? I am very unhappy.\x1b[31m\n"
)


async def go(pilot: Pilot[None], app: Desk, number: int, screen: type) -> None:
    await see(pilot, "4 to review")
    await pilot.press("g", str(number))
    await until(pilot, lambda: isinstance(app.screen, screen), screen.__name__)


async def test_one_can_go_anywhere_and_home_again(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        await go(pilot, app, 5, OutboxScreen)
        await see(pilot, "Nothing has been approved yet")
        await pilot.press("g", "7")
        await until(pilot, lambda: isinstance(app.screen, GuidanceScreen), "the guidance")
        await pilot.press("f2", "1")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen), "home")
        assert len(app.screen_stack) == 1


async def test_a_pasted_mail_is_read_at_once_and_stored_only_with_its_reply(
    desk: DeskMaker, services: DeskServices
) -> None:
    app = desk()
    async with running(app) as pilot:
        await go(pilot, app, 2, MailScreen)
        app.screen.query_one(Paper).insert(MAIL)
        await see(pilot, "A complaint, serious", "2.  question", "Helen Aldous <h.aldous@ravensmoor.example>")
        assert app.screen.query_one(ProjectSelect).slug == "trade-portal", "the only project that knows the sender"
        assert "\x1b" not in picture(app)
        assert len(services.rows()) == 4
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen), "the reply")
        view = services.view(services.rows()[0].id)
        assert view.inbound is not None
        assert (view.inbound.mail.subject, view.draft.kind) == ("Prices", "complaint")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen), "home")


async def test_search_finds_internal_passages_too_marks_them_and_opens_the_note_at_the_line(
    desk: DeskMaker, services: DeskServices
) -> None:
    app = desk()
    async with running(app) as pilot:
        await go(pilot, app, 4, SearchScreen)
        app.screen.query_one(ProjectSelect).value = "trade-portal"
        query = app.screen.query_one(Line)
        query.value = "card payment certification"
        await see(pilot, "passages for", "notes/")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen), "the note")
        await see(pilot, "┃")
        listing = app.screen.query_one(BlockList)
        first = services.search("trade-portal", "card payment certification", n=1, internal=True).hits[0].passage
        assert listing.key == str(first.start_line)
        assert listing.blocks[first.start_line - 1].body.plain == first.text.split("\n")[0].expandtabs(4)
        await pilot.press("y")
        assert app.clipboard.startswith(first.text.split("\n")[0])
        await pilot.press("escape")
        internal = next(p for p in services.store.passages("trade-portal") if p.visibility is Visibility.INTERNAL)
        query.value = internal.text[:60]
        await see(pilot, "internal")


class Alike:
    """An embedder to which all texts are alike."""

    name, dimension = "alike", 2

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Give every text the same vector."""
        return [[1.0, 0.0] for _ in texts]

    def query(self, text: str) -> list[float]:
        """Give the same vector."""
        return self.passages([text])[0]


async def test_a_search_in_a_project_that_was_never_indexed_reads_its_notes_first(
    desk: DeskMaker, services: DeskServices
) -> None:
    for path in services.store.notes("trade-portal"):
        services.store.remove_note("trade-portal", path)
    app = desk()
    async with running(app) as pilot:
        await go(pilot, app, 4, SearchScreen)
        app.screen.query_one(ProjectSelect).value = "trade-portal"
        app.screen.query_one(Line).value = "card payment certification"
        await see(pilot, "passages for", "notes/")


async def test_a_search_says_that_a_project_has_no_notes_and_that_vectors_are_missing(
    desk: DeskMaker, services: DeskServices
) -> None:
    for path in services.store.notes("trade-portal"):
        services.store.remove_note("trade-portal", path)
    for file in services.folder.scan("trade-portal"):
        Path(services.note_file("trade-portal", file.path)).unlink()
    services = replace(services, embedder=Alike)
    app = desk(services)
    async with running(app) as pilot:
        await go(pilot, app, 4, SearchScreen)
        app.screen.query_one(ProjectSelect).value = "trade-portal"
        query = app.screen.query_one(Line)
        query.value = "card payment"
        await see(pilot, "not indexed yet", "sincerely index")
        services.note_writer.add("trade-portal", "2026-03-01.md", "The certificate of the card payment came.")
        services.index("trade-portal")
        services.note_writer.add("trade-portal", "2026-03-02.md", "The card payment runs.")
        services.index("trade-portal", wait_for_vectors=False)
        query.value = "card payments"
        await see(pilot, "1 of 2 passages have vectors")


async def test_the_outbox_shows_the_message_whole_and_what_can_be_done(desk: DeskMaker, services: DeskServices) -> None:
    services.approve(services.confirmation("d-clean"))
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "takes it back")
        await pilot.press("g", "5")
        await see(pilot, "Thank you for your patience", "Approved; it leaves when", "Orla")
        await pilot.press("c")
        assert app.clipboard == services.entries()[0].message.body
        await pilot.press("u")
        await until(pilot, lambda: services.entries()[0].state is OutboxState.WITHDRAWN, "taken back")
        await see(pilot, "nothing left")
        assert services.view("d-clean").draft.status is DraftStatus.OPEN


async def test_projects_tell_their_cards_and_are_read_again_with_a_word_at_the_end(
    desk: DeskMaker, services: DeskServices, folder: Path
) -> None:
    app = desk()
    async with running(app) as pilot:
        await go(pilot, app, 6, ProjectsScreen)
        await see(pilot, "every Friday", "none may see this client's text", "h.aldous@ravensmoor.example", "passages")
        (folder / "projects" / "lanting-wms" / "notes" / "new.md").write_text("# 新\n\n东湾仓上线。\n", "utf-8")
        await pilot.press("home", "i")
        await see(pilot, "Notes are up to date: ")
        await pilot.press("ctrl+l")
        await see(pilot, "每周五", "项目与设置")


async def test_a_card_is_edited_outside_and_read_again(
    desk: DeskMaker, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = desk()
    async with running(app) as pilot:
        await go(pilot, app, 6, ProjectsScreen)
        card = folder / "projects" / "trade-portal" / "project.toml"
        card.write_text(card.read_text("utf-8").replace('"weekly:fri"', '"daily"'), "utf-8")
        monkeypatch.setenv("VISUAL", sys.executable + " -c pass")
        app.read_projects()
        await see(pilot, "every day")


async def test_guidance_is_read_whole_and_in_the_readers_language(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await go(pilot, app, 7, GuidanceScreen)
        await see(pilot, services.library.points("en")[0].title)
        await pilot.press("ctrl+l")
        await see(pilot, services.library.points("zh")[0].title)


async def test_beside_a_sentence_stands_why_the_message_takes_the_step(desk: DeskMaker, services: DeskServices) -> None:
    draft_id = next(r.id for r in services.rows() if r.kind == "complaint")
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, draft_id)
        await pilot.press("n", "5")
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        place = screen.reading.place(screen.draft_list.key) if screen.reading else None
        playbook = services.library.playbook("complaint")
        step = playbook.step(place.section) if place else None
        assert step is not None
        await see(pilot, step.intent.en[:30], services.library.point(step.guidance[0], "en").title)


async def test_a_mail_that_came_in_before_is_chosen_and_not_stored_twice(
    desk: DeskMaker, services: DeskServices
) -> None:
    services.take_in(
        "trade-portal", ReceivedMail("When?", subject="Dates", sender_email="x@y.example", message_id="<a@y.example>")
    )
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "4 to review")
        app.push_screen(ComposeScreen("trade-portal", "expectation"))
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen), "the form")
        await pilot.press("ctrl+o")
        await see(pilot, "Which mail should it answer?", "Dates", "Moved again")
        await pilot.press("1")
        await until(pilot, lambda: "When?" in app.screen.query_one(Paper).text, "the mail")
        await see(pilot, "The sender is no contact")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen) and len(services.rows()) == 5, "the draft")
        assert len(services.drafts.inbound_since("trade-portal", datetime(1970, 1, 1, tzinfo=UTC))) == 2
