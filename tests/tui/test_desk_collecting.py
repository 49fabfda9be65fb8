"""Garbage is looked for when the keys rest, never under them."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from tests.tui.desk_tools import DeskMaker, running, until
from tui import collecting
from tui.collecting import REST_SECONDS, Collector


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("tui.collecting.time.monotonic", lambda: now[0])
    return now


def test_nothing_is_collected_between_two_keys(clock: list[float]) -> None:
    collector = Collector()
    collector.pressed()
    clock[0] += REST_SECONDS / 2
    assert not collector.rest()
    clock[0] += REST_SECONDS
    assert collector.rest()


def test_a_desk_that_nobody_touches_collects_nothing(clock: list[float]) -> None:
    collector = Collector()
    clock[0] += 60
    assert not collector.rest()
    collector.pressed()
    clock[0] += 60
    assert collector.rest()
    clock[0] += 60
    assert not collector.rest()


def test_what_belonged_to_a_screen_that_was_left_goes(clock: list[float]) -> None:
    class Left:
        me: "Left"

    gone: list[bool] = []
    left = Left()
    left.me = left
    weakref.finalize(left, gone.append, True)
    gc.freeze()
    del left
    collector = Collector()
    collector.pressed()
    clock[0] += 60
    assert collector.rest()
    assert not gone
    collector.closed()
    collector.pressed()
    clock[0] += 60
    assert collector.rest()
    assert gone


async def test_the_desk_takes_what_stands_after_opening_out_of_later_collections(desk: DeskMaker) -> None:
    collecting.hold()
    assert not gc.isenabled()
    app = desk()
    async with running(app) as pilot:
        await until(pilot, gc.isenabled, "collecting goes on once the queue stands")
        assert gc.get_freeze_count() > 0
        await pilot.press("down")
        assert app._collector._owed
