import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass
class Reply:
    """One scripted answer of the endpoint."""

    status: int = 200
    events: tuple[str, ...] = ()
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    broken_off: bool = False
    hangs: bool = False
    ended: bool = False
    pings: bool = False
    endless: str = ""


@dataclass
class Endpoint:
    """A loopback server that answers in the order of its script and keeps what it was asked."""

    url: str
    script: list[Reply] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


def chunk(content: str | None = None, *, finish: str | None = None, refusal: str | None = None) -> str:
    delta = {"role": "assistant", "content": ""}
    if content is not None:
        delta["content"] = content
    if refusal is not None:
        delta["refusal"] = refusal
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return json.dumps({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m-1", "choices": [choice]})


def usage(before: int, after: int) -> str:
    counts = {"prompt_tokens": before, "completion_tokens": after, "total_tokens": before + after}
    return json.dumps(
        {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m-1", "choices": [], "usage": counts}
    )


def streamed(text: str, *, finish: str = "stop") -> Reply:
    half = len(text) // 2
    return Reply(events=(chunk(text[:half]), chunk(text[half:]), chunk(finish=finish), usage(11, 7), "[DONE]"))


class Handler(BaseHTTPRequestHandler):
    """Gives the replies of an endpoint's script, one a request."""

    state: Endpoint
    over: threading.Event
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        self.state.paths.append(self.path)
        length = int(self.headers.get("content-length") or 0)
        if not self.path.endswith("/chat/completions"):
            self.rfile.read(length)
            self.send_response(404)
            self.send_header("content-length", "0")
            self.end_headers()
            return
        self.state.asked.append(json.loads(self.rfile.read(length)))
        self.state.keys.append(self.headers.get("authorization", ""))
        reply = self.state.script.pop(0)
        self.give(reply)
        self.close_connection = True

    def give(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if not (reply.events or reply.hangs or reply.ended or reply.pings or reply.endless):
            data = reply.body.encode()
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            return
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for event in reply.events:
            data = f"data: {event}\n\n".encode()
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()
        while reply.pings and not self.over.wait(0.05):
            self.send(b": still here\n\n")
        while reply.endless and self.send(f"data: {reply.endless}\n\n".encode()):
            pass
        if reply.hangs:
            self.over.wait()
        elif not (reply.broken_off or reply.pings or reply.endless):
            self.wfile.write(b"0\r\n\r\n")

    def send(self, data: bytes) -> bool:
        """Send a piece; False once the client has gone."""
        try:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()
        except OSError:
            return False
        return True

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    over = threading.Event()

    class Own(Handler):
        """Bound to this server's script below."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Own)
    server.daemon_threads = True
    state = Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1")
    Own.state, Own.over = state, over
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield state
    over.set()
    server.shutdown()
    thread.join()
    server.server_close()
    assert state.script == [], "the client asked fewer times than the script expects"
