"""The queue: what waits, by itself up to date, quick with ten thousand; and the outbox below it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from textual.widgets import Input, Select

from assistant.bootstrap import open_desk
from assistant.domain.draft import DraftStatus
from assistant.domain.outbox import OutboxState
from assistant.errors import StorageError
from assistant.services import DeskServices
from tests.tui.desk_tools import DeskMaker, add_draft, clean_sections, open_draft, picture, running, see, until
from tui.app import Desk
from tui.screens.compose import ComposeScreen
from tui.screens.queue import QueueScreen
from tui.screens.review import ReviewScreen
from tui.widgets.paper import Paper
from tui.widgets.queue_lists import OutboxList, RowList


def approve(services: DeskServices, draft_id: str) -> str:
    return services.approve(services.confirmation(draft_id)).id


async def test_drafts_stand_newest_change_first_with_what_is_left_to_settle(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "4 to review")
        lines = [line for line in picture(app).splitlines() if "to review" in line][1:]
        assert "Where certification stands" in lines[0]
        assert "1 block, 1 warn" in lines[0]
        assert "ready" in lines[1]
        assert "认证进展" in lines[2]
        assert "Reply to a complaint" in lines[3]


async def test_a_draft_of_another_process_shows_up_by_itself_and_the_cursor_stays(
    desk: DeskMaker, folder: Path
) -> None:
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "4 to review", "due today")
        await pilot.press("down", "down")
        rows = app.screen.query_one(RowList)
        stood = rows.key
        add_draft(open_desk(folder), "d-other", "trade-portal", "en", clean_sections())
        await see(pilot, "5 to review")
        drafts = [item.key for item in rows.items if item.row is not None]
        assert drafts[0] == "d-other"
        assert rows.key == stood
        assert rows.cursor == 3


async def test_typing_narrows_the_queue_and_escape_brings_it_back(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "4 to review")
        rows = app.screen.query_one(RowList)
        await pilot.press("slash", *"com", "space", *"rep")
        await until(pilot, lambda: rows.item_count() == 1, "one row")
        await pilot.press("enter")
        assert app.focused is rows
        await pilot.press("escape")
        await until(pilot, lambda: rows.item_count() == 6, "all rows")
        await pilot.press("slash", *"zzz")
        await see(pilot, "No draft matches “zzz”")
        assert app.screen.query_one(Input).value == "zzz"


async def test_ten_thousand_drafts_paint_only_what_is_in_sight(desk: DeskMaker, services: DeskServices) -> None:
    row = services.rows()[0]
    many = tuple(replace(row, id=f"d-{i}", subject=f"Subject {i}") for i in range(10_000))
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "4 to review", "last one 2026-03-06")
        app.rows = many
        screen = app.screen
        assert isinstance(screen, QueueScreen)
        screen.state_read()
        rows = screen.row_list
        painted: list[int] = []
        cells = rows.cells
        rows.cells = lambda index, width: painted.append(index) or cells(index, width)  # type: ignore[method-assign,func-returns-value]
        await pilot.press("end")
        await see(pilot, "Subject 9999")
        assert len(set(painted)) < 100
        await pilot.press("slash", *"9998")
        await until(pilot, lambda: rows.item_count() == 1, "the one row")


async def test_an_approved_message_waits_is_delivered_and_marked_as_sent(
    desk: DeskMaker, services: DeskServices, folder: Path
) -> None:
    quick = replace(services, undo=timedelta(seconds=0))
    approve(quick, "d-clean")
    app = desk(quick, deliver=True)
    async with running(app) as pilot:
        await see(pilot, "Outbox", "exported")
        assert len(list((folder / "outbox").glob("*.eml"))) == 1
        await pilot.press("o")
        assert isinstance(app.focused, OutboxList)
        await pilot.press("m")
        await until(pilot, lambda: services.entries()[0].state is OutboxState.SENT, "marked as sent")
        await see(pilot, "sent")


async def test_nothing_is_delivered_by_a_desk_that_shall_not(
    desk: DeskMaker, services: DeskServices, folder: Path
) -> None:
    quick = replace(services, undo=timedelta(seconds=0))
    approve(quick, "d-clean")
    app = desk(quick, deliver=False)
    async with running(app) as pilot:
        await see(pilot, "Outbox", "due")
        await pilot.pause(1.5)
        assert services.entries()[0].state is OutboxState.QUEUED
        await pilot.press("D")
        await see(pilot, "exported")
    assert len(list((folder / "outbox").glob("*.eml"))) == 1


async def test_an_approval_is_taken_back_while_the_bar_counts(desk: DeskMaker, services: DeskServices) -> None:
    approve(services, "d-clean")
    app = desk(deliver=True)
    async with running(app) as pilot:
        await see(pilot, "ctrl+z takes it back", "Leaves in")
        await pilot.press("u")
        await until(pilot, lambda: services.view("d-clean").draft.status is DraftStatus.OPEN, "open again")
        assert services.entries()[0].state is OutboxState.WITHDRAWN
        await until(pilot, lambda: "takes it back" not in picture(app), "the bar is gone")


async def test_the_reason_why_an_approval_came_back_stands_on_the_draft(
    desk: DeskMaker, services: DeskServices
) -> None:
    services.withdraw(approve(services, "d-clean"))
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-clean")
        await see(pilot, "Open again:")
        assert "{" not in picture(app)


async def test_a_workspace_that_does_not_open_says_why_and_can_be_tried_again(services: DeskServices) -> None:
    tries: list[int] = []

    def open_it() -> DeskServices:
        tries.append(1)
        if len(tries) == 1:
            raise StorageError("The database state.db is damaged.")
        return services

    app = Desk(open_it, language="en", deliver=False)
    async with running(app) as pilot:
        await see(pilot, "The database state.db is damaged.", "Press r")
        await pilot.press("r")
        await see(pilot, "4 to review")


async def test_the_first_picture_needs_no_workspace() -> None:
    app = Desk(_never, language="zh", deliver=False)
    async with running(app, 80, 24) as pilot:
        await see(pilot, "Sincerely")


def _never() -> DeskServices:
    raise StorageError("not today")


async def test_the_language_of_the_screen_changes_while_it_runs(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "4 to review", "Subject", "New draft")
        await pilot.press("ctrl+l")
        await see(pilot, "4 条待审阅", "主题", "新草稿", "可批准")
        assert "Subject" not in picture(app)
        await pilot.press("question_mark")
        await see(pilot, "本页按键", "给客户写一条新消息")


async def test_help_lists_every_key_on_offer(desk: DeskMaker) -> None:
    app = desk()
    async with running(app, 120, 60) as pilot:
        await see(pilot, "4 to review")
        on_offer = {b.binding.description for b in app.screen.active_bindings.values() if b.binding.id}
        await pilot.press("question_mark")
        await see(pilot, "Keys on this screen")
        assert all(name in picture(app) for name in on_offer)
        await pilot.press("escape")
        await see(pilot, "4 to review")


async def test_a_new_draft_is_written_and_opened(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "4 to review")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen), "the form")
        await pilot.press("ctrl+s")
        await see(pilot, "Choose a project and a kind")
        app.screen.query_one("#compose-project", Select).value = "trade-portal"
        app.screen.query_one("#compose-kind", Select).value = "complaint"
        await pilot.press("ctrl+s")
        await see(pilot, "This kind of message answers")
        app.screen.query_one(Paper).text = "The portal was down again on Monday. When will this be fixed?"
        app.screen.query_one("#compose-sender", Select).value = "h.aldous@ravensmoor.example"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen), "the new draft is open")
        await see(pilot, "h.aldous@ravensmoor.example")
        assert len(services.rows()) == 5


async def test_the_palette_finds_commands_by_name(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "4 to review")
        await pilot.press("ctrl+p")
        await see(pilot, "Search for a command")
        await pilot.press(*"light")
        await see(pilot, "change between light and dark")
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "sincerely-light", "the light theme")
