"""How long a person waits: `sincerely --help`, and the desk's first paint in a real pseudo-terminal.

    python bench/startup.py [--runs 10]

The desk is started on a copy of the sample workspace with its databases made. First paint is the moment the program's
name reaches the terminal. Beside both stands a bare `python -c pass`, so that a loaded machine shows.
"""

import argparse
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path

from assistant.bootstrap import open_propose, sample_folder

PATIENCE_SECONDS = 30


def whole(*command: str) -> Callable[[], float]:
    """Time a command as a whole process."""

    def once() -> float:
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - started

    return once


def first_paint(workspace: Path) -> float:
    """Start the desk in a pseudo-terminal and time until its name is painted."""
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="120", LINES="40")
        os.execv(sys.executable, [sys.executable, "-m", "assistant", "-C", str(workspace), "desk"])
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen = b""
    try:
        while b"Sincerely" not in seen:
            if not select.select([terminal], [], [], PATIENCE_SECONDS)[0]:
                sys.exit("The desk painted nothing.")
            seen += os.read(terminal, 65536)
        return time.perf_counter() - started
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def report(name: str, once: Callable[[], float], runs: int) -> None:
    """Print minimum, median and maximum over the runs, after one run that does not count."""
    once()
    times = sorted(once() for _ in range(runs))
    print(f"{name:<24} min {times[0]:.3f}  median {statistics.median(times):.3f}  max {times[-1]:.3f} s")


def main() -> None:
    """Measure all three in one run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=10)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as parent:
        workspace = Path(parent) / "workspace"
        shutil.copytree(sample_folder(), workspace)
        open_propose(workspace)
        report("python -c pass", whole(sys.executable, "-c", "pass"), runs)
        report("sincerely --help", whole(sys.executable, "-m", "assistant", "--help"), runs)
        report("desk, first paint", lambda: first_paint(workspace), runs)


if __name__ == "__main__":
    main()
