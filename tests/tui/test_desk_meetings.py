"""Meetings: chosen or pasted, each item beside its exact words, decided one by one, exported."""

from pathlib import Path

from textual.pilot import Pilot

from assistant.domain.actions import ItemState
from assistant.services import DeskServices
from tests.tui.desk_tools import DeskMaker, picture, running, see, until
from tui.app import Desk
from tui.screens.line_dialog import LineDialog
from tui.screens.meeting import MeetingScreen
from tui.screens.meetings import MeetingsScreen
from tui.screens.queue import QueueScreen
from tui.widgets.choosers import ProjectSelect
from tui.widgets.fields import Line
from tui.widgets.paper import Paper

NOTES = "Steering, 24 March 2026\n\nActions\n- Orla sends the new plan by 27 March 2026.\n- Priya books the room.\n"


async def to_meetings(pilot: Pilot[None], app: Desk) -> MeetingsScreen:
    await see(pilot, "4 to review")
    await pilot.press("g", "3")
    await until(pilot, lambda: isinstance(app.screen, MeetingsScreen), "the meetings")
    screen = app.screen
    assert isinstance(screen, MeetingsScreen)
    screen.query_one(ProjectSelect).value = "trade-portal"
    await see(pilot, "steering minutes.md")
    return screen


async def to_pasted(pilot: Pilot[None], app: Desk) -> MeetingScreen:
    await to_meetings(pilot, app)
    await pilot.press("v")
    await until(pilot, lambda: app.screen.query(Paper), "the field")
    app.screen.query_one(Paper).insert(NOTES)
    await pilot.press("ctrl+s")
    await see(pilot, "Tasks (2)")
    screen = app.screen
    assert isinstance(screen, MeetingScreen)
    return screen


async def test_minutes_are_read_and_each_item_stands_beside_its_words(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await to_meetings(pilot, app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MeetingScreen), "the meeting")
        await see(pilot, "Tasks (", "┃")
        assert services.meetings.items("trade-portal") == (), "reading stores nothing"


async def test_an_item_is_accepted_changed_and_put_away(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await to_pasted(pilot, app)
        await pilot.press("a")
        await see(pilot, "Accepted.")
        (item,) = services.meetings.items("trade-portal")
        assert (item.state, item.owner) == (ItemState.ACCEPTED, "Orla")
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, LineDialog), "the day")
        line = app.screen.query_one(Line)
        assert line.value == "2026-03-27"
        line.value = "someday"
        await pilot.press("enter")
        await see(pilot, "is no day that is understood")
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, LineDialog), "the day")
        app.screen.query_one(Line).value = "30 March 2026"
        await pilot.press("enter")
        await until(pilot, lambda: str(services.meetings.item(item.id).due) == "2026-03-30", "the new day")
        await pilot.press("down", "x")
        await until(pilot, lambda: isinstance(app.screen, LineDialog), "the reason")
        await pilot.press("enter")
        await see(pilot, "Put away.", "rejected")
        states = {i.task: i.state for i in services.meetings.items("trade-portal")}
        assert sorted(states.values()) == [ItemState.ACCEPTED, ItemState.REJECTED]


async def test_proposals_wait_in_the_queue_and_lead_to_their_decision(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await to_pasted(pilot, app)
        await pilot.press("p")
        await see(pilot, "Kept as proposals: 2")
        await pilot.press("g", "1")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen), "home")
        await see(pilot, "proposal", "Book the room")
        screen = app.screen
        assert isinstance(screen, QueueScreen)
        at = next(i for i, item in enumerate(screen.row_list.items) if item.task is not None)
        screen.row_list.cursor = at
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MeetingsScreen), "the tasks")
        wanted = screen.row_list.items[at].task
        assert wanted is not None
        await until(pilot, lambda: getattr(app.screen, "at_hand", lambda: None)() is not None, "the task at hand")
        await pilot.press("a")
        await until(pilot, lambda: services.meetings.item(wanted.id).state is ItemState.ACCEPTED, "accepted")


async def test_what_was_accepted_is_written_to_a_file(desk: DeskMaker, services: DeskServices, tmp_path: Path) -> None:
    app = desk()
    async with running(app) as pilot:
        await to_pasted(pilot, app)
        await pilot.press("a")
        await see(pilot, "Accepted.")
        await pilot.press("E", "2")
        file = tmp_path / "exports" / "trade-portal-actions.csv"
        await until(pilot, file.exists, "the file")
        assert "Orla" in file.read_text("utf-8")
        assert app.clipboard == file.read_bytes().decode()


async def test_nothing_of_a_note_is_obeyed_by_the_terminal(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        screen = await to_pasted(pilot, app)
        app.pop_screen()
        app.push_screen(MeetingScreen("trade-portal", text="- Orla sends \x1b]0;owned\x07 it by 27 March 2026.\n"))
        await see(pilot, "Tasks (")
        assert "\x1b" not in picture(app)
        assert "␛" in picture(app)
        assert screen is not app.screen
