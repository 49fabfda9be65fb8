"""The API over a real workspace with two projects, in the process and as a real server."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from assistant.bootstrap import open_propose
from assistant.services import ProposeServices
from tests.api.keyring import KEYS, NAMED, Open


@pytest.fixture
def services(indexed: Path) -> ProposeServices:
    return open_propose(indexed)


@pytest.fixture
def app(services: ProposeServices) -> FastAPI:
    return create_app(services, keys=KEYS)


@pytest.fixture
def as_key(app: FastAPI) -> Open:
    """Open a client that sends a key of `NAMED`."""

    def opened(name: str, **headers: str) -> TestClient:
        sent = {"Authorization": f"Bearer {NAMED[name]}", **headers}
        return TestClient(app, headers=sent, raise_server_exceptions=False)

    return opened


@pytest.fixture
def server(app: FastAPI) -> Iterator[str]:
    """A real server on loopback; gives its address."""
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive()
        time.sleep(0.01)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def call(server: str) -> Iterator[Callable[..., httpx2.Response]]:
    """Call the real server with a key of `NAMED`."""
    with httpx2.Client(base_url=server, timeout=60) as http:

        def called(name: str, method: str, path: str, **more: Any) -> httpx2.Response:
            return http.request(method, path, headers={"X-API-Key": NAMED[name]}, **more)

        yield called
