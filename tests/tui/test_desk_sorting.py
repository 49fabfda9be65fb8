"""The queue: what is owed on top, other orders, several drafts rejected together, the choice kept for tomorrow."""

import sqlite3
from dataclasses import replace
from pathlib import Path

from assistant.domain.draft import DraftStatus
from assistant.domain.outbox import OutboxState
from assistant.services import DeskServices
from tests.tui.desk_tools import DeskMaker, picture, running, see, until
from tui.queue_items import Group, in_order, queue_items
from tui.screens.compose import ComposeScreen
from tui.screens.dialogs import WordsDialog
from tui.screens.queue import QueueScreen
from tui.screens.review import ReviewScreen
from tui.widgets.queue_lists import RowList


def rows_of(app: object) -> RowList:
    screen = getattr(app, "screen", None)
    assert isinstance(screen, QueueScreen)
    return screen.row_list


async def test_updates_that_are_owed_stand_on_top_and_enter_writes_one(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "Updates due: 2", "due today", "last one 2026-03-06")
        items = rows_of(app).items
        assert [i.group for i in items[:3]] == [Group.UPDATE, Group.UPDATE, Group.DRAFT]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen), "the form")
        await see(pilot, "Ravensmoor trade portal", "Status update")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen), "the update")


async def test_an_approved_update_is_no_longer_owed(desk: DeskMaker, services: DeskServices) -> None:
    row = services.rows()[0]
    done = replace(row, project="trade-portal", kind="status", status=DraftStatus.APPROVED)
    owed = services.updates_due((done,), services.last_updates())
    assert [u.project for u in owed] == ["lanting-wms"]


async def test_orders_go_round_and_each_sorts(desk: DeskMaker, services: DeskServices) -> None:
    row = services.rows()[0]
    rows = (
        replace(row, id="d-1", project="b", severity=0.1, blocks=0, warnings=5),
        replace(row, id="d-2", project="a", severity=0.9, blocks=2, warnings=0),
        replace(row, id="d-3", project="c", severity=None, blocks=0, warnings=0, status=DraftStatus.REJECTED),
    )
    items = queue_items(rows, (), (), (), update_kind="status")

    def keys(order: str) -> list[str]:
        return [i.key for i in in_order(items, order, projects={}, kinds={})]

    assert keys("waiting") == ["d-1", "d-2", "d-3"]
    assert keys("project") == keys("severity") == keys("findings") == ["d-2", "d-1", "d-3"]
    assert [i.urgent for i in items] == [False, True, False]
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "4 to review")
        await pilot.press("s")
        await see(pilot, "by project")


async def test_several_drafts_are_rejected_together_for_one_reason_and_none_is_approved(
    desk: DeskMaker, services: DeskServices
) -> None:
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "4 to review")
        await pilot.press("space")
        assert not rows_of(app).chosen, "an update that is owed cannot be chosen"
        await pilot.press("down", "down", "space", "space")
        await see(pilot, "2 chosen")
        offered = {b.binding.action for b in app.screen.active_bindings.values()}
        assert not [name for name in offered if "approve" in name]
        chosen = set(rows_of(app).chosen)
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, WordsDialog), "the reason")
        await pilot.press(*"old", "ctrl+s")
        await see(pilot, "Rejected: 2", "2 to review")
        gone = {r.id for r in services.rows() if r.status is DraftStatus.REJECTED}
        assert gone == chosen
        assert services.view(next(iter(gone))).draft.status_reason == "old"


async def test_one_that_was_changed_meanwhile_is_kept_and_the_rest_goes(services: DeskServices) -> None:
    view = services.view("d-clean")
    services.edit("d-clean", view.draft.revision, subject="Other", body=view.draft.body)
    done, kept = services.reject_all([("d-clean", 1), ("d-open", 1)], "old")
    assert done == ("d-open",)
    assert len(kept) == 1


async def test_a_message_that_failed_stands_in_the_queue_and_is_tried_again(
    desk: DeskMaker, services: DeskServices, folder: Path
) -> None:
    entry = services.approve(services.confirmation("d-clean"))
    with sqlite3.connect(folder / ".sincerely" / "state.db") as state:
        state.execute("update outbox set state = 'failed' where id = ?", (entry.id,))
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "failed", "3 to review")
        await until(pilot, lambda: rows_of(app).items[2].group is Group.FAILED, "below what is owed")
        await pilot.press("down", "down", "y")
        await until(pilot, lambda: services.entries()[0].state is OutboxState.QUEUED, "queued again")


async def test_filter_order_and_place_are_kept_for_the_next_time(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "4 to review")
        await pilot.press("s", "slash", *"note", "enter", "down")
        await pilot.press("ctrl+t", "ctrl+l")
        stood = rows_of(app).key
        assert stood
    again = desk()
    async with running(again) as pilot:
        await see(pilot, "按项目", "note")
        await until(pilot, lambda: rows_of(again).key == stood, "the same draft")
        assert again.theme == "sincerely-light"
        assert "Reply to a complaint" not in picture(again)
    other = desk(language="zh")
    async with running(other) as pilot:
        await see(pilot, "按项目")
        assert other.language == "zh"
