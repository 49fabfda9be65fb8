"""What people expect: keys of their own, a window that may be small, pictures, a clipboard, troubles told in words."""

import sqlite3
from pathlib import Path

import pytest

from assistant.errors import ForbiddenError, LockTimeoutError, ModelUnavailableError, StaleRevisionError
from assistant.services import DeskServices
from tests.tui.desk_tools import DeskMaker, open_draft, picture, running, see, until
from tui.app import Desk
from tui.errors import notice_for
from tui.remembered import Memory, Remembered
from tui.screens.confirm import ConfirmDialog
from tui.screens.dialogs import WaiveDialog
from tui.screens.review import ReviewScreen
from tui.screens.small import SmallScreen


async def test_keys_of_ones_own_work_and_stand_in_the_help_and_unknown_ones_are_told(desk: DeskMaker) -> None:
    app = desk(keys={"review.approve": "ctrl+a", "review.dance": "x"})
    async with running(app, 120, 60) as pilot:
        await see(pilot, "no key named review.dance")
        await open_draft(pilot, "d-clean")
        await pilot.press("a")
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("question_mark")
        await see(pilot, "^a")
        await pilot.press("escape", "ctrl+a")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog), "the last look")


async def test_a_window_too_small_says_so_and_goes_on_where_one_was(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-clean")
        await pilot.press("e")
        await pilot.press(*"Hello ")
        await pilot.resize_terminal(50, 12)
        await see(pilot, "This window is 50 by 12", "60 by 16")
        await pilot.press("escape", "x")
        assert isinstance(app.screen, SmallScreen)
        await pilot.resize_terminal(80, 24)
        await see(pilot, "Hello Dear Ms Aldous")
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        assert screen.editing


async def test_a_picture_of_the_screen_is_a_private_svg(desk: DeskMaker, tmp_path: Path) -> None:
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "4 to review")
        await pilot.press("f12")
        await see(pilot, "The picture is in")
        (file,) = (tmp_path / "private" / "pictures").glob("*.svg")
        assert "Sincerely" in file.read_text("utf-8")


async def test_a_sentence_goes_to_the_clipboard(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-clean")
        await pilot.press("down", "y")
        await see(pilot, "Copied")
        assert app.clipboard == "Thank you for your patience with us."


async def test_a_locked_database_is_told_and_the_keys_go_on(
    desk: DeskMaker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        holder = sqlite3.connect(folder / ".sincerely" / "state.db", isolation_level=None)
        holder.execute("begin exclusive")
        await pilot.press("n", "w")
        await until(pilot, lambda: isinstance(app.screen, WaiveDialog), "the reasons")
        await pilot.press("2", "3")
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        assert screen.side.tab == "mail", "a key is answered while the database waits"
        await see(pilot, "busy")
        holder.execute("rollback")
        holder.close()
        await pilot.press("1", "w")
        await until(pilot, lambda: isinstance(app.screen, WaiveDialog), "the reasons")
        await pilot.press("2")
        await see(pilot, "Settled.")


def test_what_is_remembered_outlives_the_process_and_a_broken_file_costs_only_the_memory(tmp_path: Path) -> None:
    file = tmp_path / "private" / "remembered.json"
    Memory(file).keep(Remembered(theme="sincerely-light", words="上线"))
    assert Memory(file).load() == Remembered(theme="sincerely-light", words="上线")
    assert file.stat().st_mode & 0o077 == 0
    for broken in (b"", b"[1]", b'{"theme": 3}', b"\xff"):
        file.write_bytes(broken)
        assert Memory(file).load() == Remembered()
    Memory(tmp_path / "private" / "remembered.json" / "x.json").keep(Remembered())
    Memory(None).keep(Remembered())


def test_errors_are_said_in_the_readers_language_with_their_ids() -> None:
    stale = notice_for(StaleRevisionError("Draft d-1 is now at revision 3."), "zh")
    assert "没有覆盖任何内容" in stale.sentence
    assert "d-1" in stale.sentence
    assert notice_for(StaleRevisionError("Draft d-1 is now at revision 3."), "en").sentence.startswith("Draft d-1")
    assert "另一个程序正在写入" in notice_for(LockTimeoutError("state.db is locked."), "zh").sentence
    away = ModelUnavailableError("x", code="failed_timeout", values={"model": "m-1"})
    assert notice_for(away, "zh").sentence != notice_for(away, "en").sentence
    assert "m-1" in notice_for(away, "zh").sentence
    assert "项目卡" in notice_for(ForbiddenError("not allowed"), "zh").sentence


async def test_nothing_is_remembered_of_a_desk_without_a_folder(services: DeskServices) -> None:
    app = Desk(lambda: services, language="en", deliver=False)
    async with running(app) as pilot:
        await see(pilot, "4 to review")
        await pilot.press("ctrl+l", "f12")
        await see(pilot, "4 条待审阅")
        assert "图片" not in picture(app)
