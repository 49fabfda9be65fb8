"""Desk, API and commands on one workspace at once: nothing lost, nothing stale, nothing of another project."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_two_writers_and_three_readers_of_which_one_is_killed_in_every_round(tmp_path: Path) -> None:
    rounds = 200
    done = subprocess.run(
        [sys.executable, "-m", "tests.retrieval.shared_index", str(tmp_path), str(rounds), "20260311"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found = json.loads(done.stdout)
    assert found["writer"] + found["reader"] == rounds
    assert min(found["writer"], found["reader"]) > 40
    assert found["versions"] > rounds
