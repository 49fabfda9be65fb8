"""Processes that die or run at the same time, for real: no workspace is lost and nothing leaves twice."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def run(scenario: str, folder: Path) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.storage.dying_process", scenario, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_dying_at_any_step_of_a_migration_leaves_a_workspace_that_opens(tmp_path: Path) -> None:
    assert run("migrating", tmp_path)["steps"] > 30


def test_dying_at_any_step_of_approving_and_delivering_sends_each_message_once(tmp_path: Path) -> None:
    seen = run("approving", tmp_path)
    assert seen["steps"] > 30
    # The deaths fell on both sides of the two commits that matter.
    assert 0 < seen["open_again"] < seen["steps"]
    assert seen["sending_left"] > 0


def test_being_killed_at_any_moment_sends_each_message_once(tmp_path: Path) -> None:
    assert run("any_moment", tmp_path)["kills"] > 0


def test_processes_that_claim_at_once_never_get_the_same_entry(tmp_path: Path) -> None:
    got = run("claiming", tmp_path)["got"]
    everything = [entry for one in got for entry in one]
    assert len(everything) == len(set(everything)) == 60


def test_an_entry_is_taken_over_from_the_dead_and_never_from_the_living(tmp_path: Path) -> None:
    assert run("holding", tmp_path) == {"taken_from_the_living": False, "settled_after_death": True}


def test_many_processes_may_open_a_new_workspace_at_once(tmp_path: Path) -> None:
    assert run("preparing", tmp_path) == {"opened": 6}
