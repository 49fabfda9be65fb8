"""A small workspace for commands, and an embedding endpoint on loopback that can be slow or refuse."""

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

from click.testing import CliRunner

from assistant.__main__ import sincerely
from assistant.cli.exits import exit_code, sentence
from assistant.errors import AssistantError

ROOT = Path(__file__).resolve().parents[2]
CARD = """
name = "{slug}"
default_visibility = "client"
[client]
id = "client-{slug}"
name = "Client of {slug}"
[sender]
name = "Mira Holm"
email = "mira@ourfirm.example"
[[contacts]]
name = "Jonas Berg"
email = "jonas@client.example"
default = "to"
"""


def make_workspace(folder: Path, *slugs: str, settings: str = '[embedding]\nname = "none"\n') -> Path:
    """Make a workspace with empty projects."""
    for slug in slugs:
        (folder / "projects" / slug / "notes").mkdir(parents=True)
        (folder / "projects" / slug / "project.toml").write_text(CARD.format(slug=slug), encoding="utf-8")
    (folder / "sincerely.toml").write_text(settings, encoding="utf-8")
    return folder


_WITH_CTRL_C = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from assistant.__main__ import main; main()"
)


def start(workspace: Path, *arguments: str, err: IO[bytes] | int = subprocess.PIPE) -> "subprocess.Popen[bytes]":
    """Start `sincerely` as a process of its own. It obeys Ctrl-C wherever the tests run, in the background too."""
    return subprocess.Popen(
        [sys.executable, "-c", _WITH_CTRL_C, *arguments],
        cwd=workspace,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=err,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def run(workspace: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command to its end in this process; gives exit code, standard output and standard error.

    Starting a process for each would cost its imports every time.
    """
    done = CliRunner().invoke(sincerely, ["-C", str(workspace), *arguments], standalone_mode=False)
    if isinstance(done.exception, AssistantError):
        return exit_code(done.exception), done.stdout, f"{done.stderr}sincerely: {sentence(done.exception)}\n"
    if done.exception is not None:
        raise done.exception
    code = done.return_value if isinstance(done.return_value, int) else done.exit_code
    return code, done.stdout, done.stderr


def wait_until(true: Callable[[], bool], *, seconds: float = 60.0) -> None:
    """Wait for something that another process does; fails when it never comes."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.02)


class _Handler(BaseHTTPRequestHandler):
    server: "Endpoint"

    def do_POST(self) -> None:
        texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        status, body = self.server.answer(texts)
        words = json.dumps(body).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)
        except OSError:
            return  # whoever asked was killed meanwhile

    def log_message(self, *_: object) -> None:
        return


@dataclass(eq=False)
class Endpoint(ThreadingHTTPServer):
    """An OpenAI-compatible embedding endpoint. `answered` holds every text it gave a vector for."""

    dimension: int = 16
    seconds: float = 0.0
    fails: bool = False
    answered: list[str] = field(default_factory=list)
    working: int = 0
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        ThreadingHTTPServer.__init__(self, ("127.0.0.1", 0), _Handler)
        self.daemon_threads = True
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def settings(self, model: str = "m") -> str:
        """Give the settings of a workspace that uses it."""
        return f'[embedding]\nname = "{model}"\nbase_url = "http://127.0.0.1:{self.server_port}/v1"\n'

    def answer(self, texts: list[str]) -> tuple[int, Any]:
        """Give status and body for some texts."""
        if self.fails:
            return 401, {"error": {"message": "no"}}
        with self._counting:
            self.working += 1
        time.sleep(self.seconds)
        with self._counting:
            self.answered.extend(texts)
            self.working -= 1
        data = [{"object": "embedding", "index": i, "embedding": self._vector(text)} for i, text in enumerate(texts)]
        return 200, {"object": "list", "data": data, "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}}

    def _vector(self, text: str) -> list[float]:
        digest = hashlib.sha256(text.encode()).digest()
        return [float(digest[i]) - 127.0 for i in range(self.dimension)]
