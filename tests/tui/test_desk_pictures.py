"""A few pictures of the desk; `pytest tests/tui/test_desk_pictures.py --snapshot-update` takes new ones."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from assistant.services import DeskServices
from tests.tui.desk_tools import DeskMaker, open_draft, see

Compare = Callable[..., bool]


@pytest.fixture
def five_minutes_later(services: DeskServices) -> DeskServices:
    """The same workspace at a moment that is always the same distance from its drafts."""
    moment = max(row.changed_at for row in services.rows()) + timedelta(minutes=5)
    return replace(services, clock=lambda: moment)


def test_the_queue(snap_compare: Compare, desk: DeskMaker, five_minutes_later: DeskServices) -> None:
    async def narrowed(pilot: Pilot[Any]) -> None:
        await see(pilot, "4 to review")
        await pilot.press("slash", *"note", "enter")

    assert snap_compare(desk(five_minutes_later), terminal_size=(120, 30), run_before=narrowed)


def test_a_draft_beside_its_sources(snap_compare: Compare, desk: DeskMaker, five_minutes_later: DeskServices) -> None:
    async def opened(pilot: Pilot[Any]) -> None:
        await open_draft(pilot, "d-open")
        await pilot.press("n")

    assert snap_compare(desk(five_minutes_later), terminal_size=(120, 36), run_before=opened)


def test_a_small_screen_in_chinese_and_light(
    snap_compare: Compare, desk: DeskMaker, five_minutes_later: DeskServices
) -> None:
    async def opened(pilot: Pilot[Any]) -> None:
        await open_draft(pilot, "d-chinese")
        await pilot.press("n", "ctrl+t")

    assert snap_compare(desk(five_minutes_later, language="zh"), terminal_size=(80, 24), run_before=opened)


def test_the_last_look(snap_compare: Compare, desk: DeskMaker, five_minutes_later: DeskServices) -> None:
    async def asked(pilot: Pilot[Any]) -> None:
        await open_draft(pilot, "d-clean")
        await pilot.press("a")
        await see(pilot, "exactly what goes out")

    assert snap_compare(desk(five_minutes_later), terminal_size=(120, 30), run_before=asked)
