"""What stands before the routes: the key, the size of a body, answers no terminal obeys, a net under the unexpected."""

import logging
import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.dependencies import KeyRing
from api.errors import NO_KEY, TOO_LARGE, UNEXPECTED, problem

LOG = logging.getLogger("sincerely.api")
MAX_BODY = 2 * 1024 * 1024
OPEN_PATHS = frozenset({"/health"})
_OBEYED = re.compile(b"\x7f|\xc2[\x80-\x9f]")  # U+007F to U+009F in UTF-8: JSON may hold them as they are


class Door:
    """Lets a request in with a valid key and a body of bearable size; answers in problem documents otherwise."""

    def __init__(self, app: ASGIApp, keys: KeyRing) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["path"] not in OPEN_PATHS:
            caller = self._keys.find(_secret(headers))
            if caller is None:
                answer = problem(NO_KEY, headers={"WWW-Authenticate": "Bearer"})
                await answer(scope, receive, send)
                return
            scope.setdefault("state", {})["caller"] = caller
        body = await _read(headers, receive)
        if body is None:
            await problem(TOO_LARGE)(scope, receive, send)
            return
        await self._serve(scope, _replay(body, receive), send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False
        held: Message | None = None
        parts: list[bytes] = []

        async def watched(message: Message) -> None:
            """Send an answer in JSON when it is whole, since escaping it changes its length; others as they come."""
            nonlocal started, held
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), (b"cache-control", b"no-store")]
                if b"json" in Headers(raw=message["headers"]).get("content-type", "").encode():
                    held = message
                    return
            elif held is not None and message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
                if message.get("more_body", False):
                    return
                message = {"type": "http.response.body", "body": _escaped(b"".join(parts))}
                length = str(len(message["body"])).encode()
                others = [(name, value) for name, value in held["headers"] if name.lower() != b"content-length"]
                started = True
                await send({**held, "headers": [*others, (b"content-length", length)]})
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the last net; the message may quote a client, so it is not logged
            where = error.__traceback__
            while where is not None and where.tb_next is not None:
                where = where.tb_next
            place = f"{where.tb_frame.f_code.co_filename.rpartition('/')[2]}:{where.tb_lineno}" if where else "?"
            LOG.error("unexpected %s at %s", type(error).__name__, place)  # noqa: TRY400 - a traceback may quote too
            if not started:
                await problem(UNEXPECTED)(scope, receive, send)


def _escaped(body: bytes) -> bytes:
    """Write JSON that no terminal obeys; in JSON these characters stand in strings alone, and mean the same escaped."""
    return _OBEYED.sub(lambda found: b"\\u%04x" % ord(found[0].decode()), body)


def _secret(headers: Headers) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    return headers.get("x-api-key", "").strip()


async def _read(headers: Headers, receive: Receive) -> bytes | None:
    """Read the body, or give None when it is too large, whatever its stated length."""
    stated = headers.get("content-length", "")
    if stated.isdigit() and int(stated) > MAX_BODY:
        return None
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        part = message.get("body", b"")
        size += len(part)
        if size > MAX_BODY:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
