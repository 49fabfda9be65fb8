"""Run as a program: does real work in child processes that are killed, and looks at what they leave.

`python -m tests.storage.dying_process SCENARIO FOLDER`. A child is a fork of this small program, so that dying at
every single step costs milliseconds. Prints one JSON object; any inconsistency is an assertion error here.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import alembic.command
from sqlalchemy import Engine, event

from assistant.adapters.database.migrate import open_state
from assistant.domain.draft import DraftStatus
from assistant.domain.outbox import OutboxState
from tests.storage import desk_builders as build
from tests.storage.whole_desk import Desk


def die_at(step: int) -> Callable[..., None]:
    """Make this process kill itself at the n-th statement, commit, sync or rename from now on."""
    steps = 0

    def count(*_: Any, **__: Any) -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, count)
    sync, rename = os.fsync, Path.replace

    def counted_sync(fd: int) -> None:
        count()
        sync(fd)
        count()

    def counted_rename(self: Path, target: Path) -> Path:
        count()
        moved = rename(self, target)
        count()
        return moved

    os.fsync = counted_sync  # type: ignore[assignment] # only this child process is changed
    Path.replace = counted_rename  # type: ignore[method-assign, assignment] # only this child process is changed
    return count


def in_child(work: Callable[[], None]) -> int:
    """Run in a fork and wait; gives its exit status as `os.waitstatus_to_exitcode` does."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def each_step(folder: Path, ready: Callable[[Path], None], work: Callable[[Path], None]) -> list[Path]:
    """Kill the work at its first step, its second and so on, each in a folder of its own, until it gets through."""
    folders = []
    for step in range(1, 1000):
        place = folder / str(step)
        place.mkdir()
        ready(place)

        def killed(place: Path = place, step: int = step) -> None:
            die_at(step)
            work(place)

        folders.append(place)
        status = in_child(killed)
        if status == 0:
            return folders
        assert status == -signal.SIGKILL, status
    raise AssertionError("the work never got through")


def migrating(folder: Path) -> dict[str, int]:
    """Die at every step of making a new database; each must open afterwards and take a draft."""
    assert alembic.command is not None  # imported once here, or every child would pay for it
    folders = each_step(folder, lambda _: None, lambda place: open_state(place / "state.db").dispose())
    for place in folders:
        desk = Desk(place)
        desk.drafts.add(build.draft(), [])
        desk.assert_consistent()
        desk.engine.dispose()
    return {"steps": len(folders)}


def prepared(folder: Path) -> None:
    """Put a workspace with one draft into a folder, without an open connection left in this process."""
    base = folder.parent / "base"
    if not base.exists():
        base.mkdir()

        def make() -> None:
            desk = Desk(base)
            desk.drafts.add(build.draft(), [])
            desk.engine.dispose()

        assert in_child(make) == 0
    shutil.copytree(base, folder, dirs_exist_ok=True)


def approving(folder: Path) -> dict[str, int]:
    """Die at every step of approving and delivering; what is approved goes out exactly once afterwards."""

    def work(place: Path) -> None:
        desk = Desk(place)
        desk.approve("d-1")
        desk.deliver()

    folders = each_step(folder, prepared, work)
    open_again = sending_left = 0
    for place in folders:
        desk = Desk(place)
        desk.assert_consistent()
        sending_left += any(e.state is OutboxState.SENDING for e in desk.outbox.entries())
        if desk.drafts.get("d-1").status is DraftStatus.OPEN:
            open_again += 1
            desk.approve("d-1")
        desk.deliver()
        desk.assert_consistent()
        desk.assert_all_exported_once(1)
        desk.engine.dispose()
    return {"steps": len(folders), "open_again": open_again, "sending_left": sending_left}


def any_moment(folder: Path) -> dict[str, int]:
    """Kill from outside at random moments while drafts are approved and delivered one after the other."""
    n, chance, kills = 60, random.Random(7), 0
    desk = Desk(folder)
    for i in range(n):
        desk.drafts.add(build.draft(f"d-{i}"), [])
    desk.engine.dispose()

    def work() -> None:
        desk = Desk(folder)
        for row in desk.drafts.rows():
            if row.status is DraftStatus.OPEN:
                desk.approve(row.id)
                desk.deliver()

    for _ in range(12):
        pid = os.fork()
        if pid == 0:
            try:
                work()
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.03, 0.2))
        os.kill(pid, signal.SIGKILL)
        kills += os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
        looked = Desk(folder)
        looked.assert_consistent()
        looked.engine.dispose()
    work()
    desk = Desk(folder)
    desk.clock.forward(seconds=n * 60)  # a child's clock may have been this far ahead when it approved and died
    desk.deliver()
    desk.assert_consistent()
    desk.assert_all_exported_once(n)
    return {"kills": kills}


def claiming(folder: Path) -> dict[str, list[list[str]]]:
    """Let four processes claim from one outbox at the same moment; gives what each got."""
    desk = Desk(folder)
    for i in range(60):
        desk.drafts.add(build.draft(f"d-{i}"), [])
        desk.approve(f"d-{i}")
    desk.engine.dispose()

    def claim(n: int) -> None:
        own = Desk(folder)
        while not (folder / "go").exists():
            time.sleep(0.001)
        got = []
        while (entry := own.outbox.claim_next(build.START + build.UNDO, lambda _e, _a: None)) is not None:
            got.append(entry.id)
        (folder / f"got-{n}.json").write_text(json.dumps(got), encoding="utf-8")

    pids = []
    for n in range(4):
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                claim(n)
                code = 0
            finally:
                os._exit(code)
        pids.append(pid)
    (folder / "go").touch()
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0] * 4
    return {"got": [json.loads((folder / f"got-{n}.json").read_text(encoding="utf-8")) for n in range(4)]}


def holding(folder: Path) -> dict[str, bool]:
    """Claim in a child, look while it lives, kill it, look again."""
    desk = Desk(folder)
    desk.drafts.add(build.draft(), [])
    desk.approve("d-1")
    desk.engine.dispose()
    pid = os.fork()
    if pid == 0:
        own = Desk(folder)
        claimed = own.outbox.claim_next(build.START + build.UNDO, lambda _e, _a: None)
        (folder / "claimed").write_text(claimed.id if claimed else "", encoding="utf-8")
        time.sleep(60)
        os._exit(1)
    while not (folder / "claimed").exists():
        time.sleep(0.005)
    looking = Desk(folder)
    alive = looking.outbox.take_over() is not None
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    settled = looking.deliver()
    looking.assert_all_exported_once(1)
    return {"taken_from_the_living": alive, "settled_after_death": len(settled) == 1}


def preparing(folder: Path) -> dict[str, int]:
    """Open one new workspace from six processes at once."""
    pids = []
    for _ in range(6):
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                open_state(folder / "state.db").dispose()
                code = 0
            finally:
                os._exit(code)
        pids.append(pid)
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0] * 6
    desk = Desk(folder)
    desk.assert_consistent()
    return {"opened": 6}


SCENARIOS: dict[str, Callable[[Path], object]] = {
    f.__name__: f for f in (migrating, approving, any_moment, claiming, holding, preparing)
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(SCENARIOS[sys.argv[1]](Path(sys.argv[2]))))
