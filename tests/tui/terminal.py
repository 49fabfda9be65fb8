"""A real program in a pseudo-terminal: keys in, what it wrote out."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence

_ESCAPES = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^][^\x1b]*\x1b\\|[@-Z\\-_])")


class Terminal:
    """Runs a command with a terminal of its own."""

    def __init__(self, command: Sequence[str], *, env: Mapping[str, str], columns: int = 120, lines: int = 40) -> None:
        self.raw = b""
        self.exit_code: int | None = None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            # A terminal starts its programs so that a hang-up ends them, however the tests themselves were started.
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            os.execvpe(command[0], list(command), dict(env))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    @property
    def text(self) -> str:
        """What was written since the last `forget`, without escape sequences."""
        return _ESCAPES.sub(b"", self.raw).decode("utf-8", "replace")

    def forget(self) -> None:
        """Begin to collect anew."""
        self.raw = b""

    def press(self, keys: str) -> None:
        """Send keys as a terminal would."""
        os.write(self._fd, keys.encode())

    def wait_for(self, *words: str, seconds: float = 60) -> None:
        """Read until all the words were written; fails with what there was instead."""
        end = time.monotonic() + seconds
        while not all(word in self.text for word in words):
            if time.monotonic() > end or not self._read(0.1):
                raise AssertionError(f"waited for {words}, saw: {self.text[-3000:]}")

    def wait_until(self, true: Callable[[], object], seconds: float = 60) -> None:
        """Read until something outside the program is so."""
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end or not self._read(0.1):
                raise AssertionError(f"never so, saw: {self.text[-3000:]}")

    def wait_for_end(self, seconds: float = 30) -> int:
        """Read until the program is gone and give its exit code."""
        end = time.monotonic() + seconds
        while self._read(0.1):
            if time.monotonic() > end:
                raise AssertionError(f"still running, saw: {self.text[-3000:]}")
        return self._reap()

    def kill(self) -> None:
        """Kill the program as a crash or a power cut would."""
        os.kill(self.pid, signal.SIGKILL)
        while self._read(0.1):
            pass
        self._reap()

    def hang_up(self, seconds: float = 30) -> int:
        """Take the terminal away, as a closed window does, and give the program's exit code."""
        os.close(self._fd)
        self._fd = -1
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
                return self.exit_code
            time.sleep(0.05)
        raise AssertionError("the program goes on without a terminal")

    def close(self) -> None:
        """Leave nothing running."""
        if self.exit_code is None:
            os.kill(self.pid, signal.SIGKILL) if self._fd < 0 else self.kill()
        if self._fd >= 0:
            os.close(self._fd)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return True
        data = b""
        with contextlib.suppress(OSError):
            data = os.read(self._fd, 65536)
        self.raw += data
        return bool(data)

    def _reap(self) -> int:
        if self.exit_code is None:
            self.exit_code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.exit_code
