"""The chat model's adapter against a loopback server that answers as endpoints really do when they fail."""

import json
import socket
from dataclasses import replace

import pytest

from assistant.adapters import chat_model
from assistant.adapters.chat_model import LangChainChatModel, read_json_object, wait_unless_cancelled
from assistant.domain.project import ModelLimit
from assistant.errors import ForbiddenError, ModelAnswerError, ModelUnavailableError
from assistant.model_ports import Question
from tests.writing.conftest import Endpoint, Reply, chunk, streamed
from tests.writing.writing_builders import project

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "properties": {"text": {"type": "string"}},
}


def model(url: str, **settings: object) -> tuple[LangChainChatModel, list[float]]:
    waits: list[float] = []
    chat = LangChainChatModel(
        "openai:some-model",
        "placeholder-key",
        url,
        wait=lambda seconds, _: waits.append(seconds),
        **settings,  # type: ignore[arg-type]
    )
    return chat, waits


QUESTION = Question(project(model=ModelLimit.ANY), "write", "hello.v1", "d-1", "Be brief.", "Hello", SCHEMA)


def ask(chat: LangChainChatModel) -> dict[str, object]:
    return dict(chat.answer(QUESTION).data)


def error(status: int, message: str = "no", **headers: str) -> Reply:
    body = json.dumps({"error": {"message": message, "type": "x", "code": None}})
    return Reply(status, body=body, headers={k.replace("_", "-"): v for k, v in headers.items()})


def test_a_structured_answer_comes_with_the_model_and_its_tokens(endpoint: Endpoint) -> None:
    endpoint.script = [streamed('{"text": "你好"}')]
    chat, waits = model(endpoint.url)
    answer = chat.answer(QUESTION)
    assert (answer.data, answer.model, answer.input_tokens, answer.output_tokens) == ({"text": "你好"}, "m-1", 11, 7)
    asked = endpoint.asked[0]
    assert asked["stream"] is True
    assert asked["response_format"]["json_schema"]["schema"] == SCHEMA
    assert [m["content"] for m in asked["messages"]] == ["Be brief.", "Hello"]
    assert endpoint.keys == ["Bearer placeholder-key"]
    assert waits == []


def test_without_a_key_only_an_endpoint_of_ones_own_is_asked(endpoint: Endpoint) -> None:
    with pytest.raises(ModelUnavailableError, match="No key"):
        ask(LangChainChatModel("openai:some-model", ""))
    endpoint.script = [streamed('{"text": "x"}')]
    assert ask(LangChainChatModel("some-model", "", endpoint.url)) == {"text": "x"}


def test_the_key_is_never_printed() -> None:
    chat, _ = model("http://127.0.0.1:9/v1")
    assert "placeholder-key" not in repr(chat)


@pytest.mark.parametrize(("status", "says"), [(401, "refused the key"), (403, "does not allow"), (404, "not known")])
def test_what_will_not_pass_is_not_tried_again(endpoint: Endpoint, status: int, says: str) -> None:
    endpoint.script = [error(status)]
    chat, waits = model(endpoint.url)
    with pytest.raises(ModelUnavailableError, match=says) as caught:
        ask(chat)
    assert caught.value.__cause__ is not None
    assert waits == []


def test_a_rate_limit_waits_as_long_as_the_server_asks(endpoint: Endpoint) -> None:
    endpoint.script = [error(429, retry_after="7"), error(429), streamed('{"text": "x"}')]
    chat, waits = model(endpoint.url)
    assert ask(chat) == {"text": "x"}
    assert waits == [7.0, 1.0]


def test_a_server_failure_is_tried_three_times_with_doubled_waits(endpoint: Endpoint) -> None:
    endpoint.script = [error(500), error(503), error(500)]
    chat, waits = model(endpoint.url)
    with pytest.raises(ModelUnavailableError, match="failure of its server"):
        ask(chat)
    assert waits == [0.5, 1.0]


def test_an_endpoint_that_is_not_there_is_unavailable() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chat, waits = model(f"http://127.0.0.1:{port}/v1", tries=2)
    with pytest.raises(ModelUnavailableError, match="could not be reached"):
        ask(chat)
    assert waits == [0.5]


def test_an_endpoint_without_schemas_is_asked_again_with_the_schema_in_words(endpoint: Endpoint) -> None:
    endpoint.script = [
        error(400, "response_format type json_schema is not supported"),
        streamed('Sure!\n```json\n{"text": "a"}\n```'),
        streamed('{"text": "b"}'),
    ]
    chat, _ = model(endpoint.url)
    assert ask(chat) == {"text": "a"}
    assert ask(chat) == {"text": "b"}
    assert ["response_format" in asked for asked in endpoint.asked] == [True, False, False]
    assert '"required": ["text"]' in endpoint.asked[1]["messages"][0]["content"]


def test_an_endpoint_that_sets_the_temperature_itself_is_asked_again_without_one(endpoint: Endpoint) -> None:
    endpoint.script = [
        error(400, "Unsupported value: 'temperature' does not support 0.2 with this model."),
        error(400, "This response_format type is unavailable now"),
        streamed('{"text": "a"}'),
        streamed('{"text": "b"}'),
    ]
    chat, waits = model(endpoint.url)
    assert [ask(chat), ask(chat)] == [{"text": "a"}, {"text": "b"}]
    assert ["temperature" in asked for asked in endpoint.asked] == [True, False, False, False]
    assert ["response_format" in asked for asked in endpoint.asked] == [True, True, False, False]
    assert waits == []


def test_one_that_goes_on_refusing_is_not_asked_without_end(endpoint: Endpoint) -> None:
    endpoint.script = [error(400, "temperature?"), error(400, "temperature?")]
    with pytest.raises(ModelAnswerError, match="did not accept"):
        ask(model(endpoint.url)[0])


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (streamed("no json at all"), "JSON"),
        (streamed('{"text": "a', finish="length"), "cut off at"),
        (streamed('{"text": ', finish="content_filter"), "content filter"),
        (Reply(events=(chunk('{"text": "a"}'), "[DONE]")), "broke off"),
        (Reply(events=(chunk(refusal="I cannot help."), chunk(finish="stop"), "[DONE]")), "refused"),
        (Reply(events=("{not json",)), "JSON"),
        (error(400, "the prompt is nonsense"), "did not accept"),
        (error(400, "context_length_exceeded"), "length"),
        (error(400, "the request exceeds the available context size, try increasing it"), "length"),
        (error(400, "This model's maximum context length is 4096 tokens; your prompt has 7300."), "length"),
        (error(400, "Range of input length should be [1, 30720]"), "length"),
        (Reply(events=(), ended=True), "empty answer"),
        (Reply(body="<html><title>Welcome</title></html>"), "empty answer"),
    ],
)
def test_an_answer_that_cannot_be_used_is_an_answer_error(endpoint: Endpoint, reply: Reply, says: str) -> None:
    endpoint.script = [reply]
    chat, waits = model(endpoint.url)
    with pytest.raises(ModelAnswerError, match=says):
        ask(chat)
    assert waits == []


def test_a_stream_that_is_cut_off_in_transit_is_tried_again(endpoint: Endpoint) -> None:
    endpoint.script = [Reply(events=(chunk('{"te'),), broken_off=True), streamed('{"text": "a"}')]
    chat, waits = model(endpoint.url)
    assert ask(chat) == {"text": "a"}
    assert waits == [0.5]


def test_a_cancelled_call_stops_between_two_chunks(endpoint: Endpoint) -> None:
    endpoint.script = [streamed('{"text": "a"}')]
    pieces: list[str] = []
    with pytest.raises(ModelUnavailableError, match="cancelled"):
        model(endpoint.url)[0].answer(QUESTION, heard=pieces.append, cancelled=lambda: len(pieces) > 1)
    assert pieces == ["", '{"text']


def test_a_cancelled_call_does_not_wait_for_an_endpoint_that_says_nothing(endpoint: Endpoint) -> None:
    endpoint.script = [Reply(events=(chunk('{"te'),), hangs=True)]
    chat, waits = model(endpoint.url, read_seconds=600.0)
    pieces: list[str] = []
    with pytest.raises(ModelUnavailableError, match="cancelled") as caught:
        chat.answer(QUESTION, heard=pieces.append, cancelled=lambda: '{"te' in pieces)
    assert caught.value.code == "cancelled"
    assert waits == []


def test_cancelling_ends_the_wait_between_two_tries(endpoint: Endpoint) -> None:
    endpoint.script = [error(429, retry_after="9999")]
    with pytest.raises(ModelUnavailableError, match="cancelled"):
        LangChainChatModel("m", "k", endpoint.url).answer(QUESTION, cancelled=lambda: len(endpoint.asked) > 0)
    asked = iter([False, False, True])
    wait_unless_cancelled(9999.0, lambda: next(asked))
    assert next(asked, None) is None


def test_an_endpoint_that_goes_silent_is_tried_again_and_then_given_up(endpoint: Endpoint) -> None:
    endpoint.script = [Reply(events=(chunk('{"te'),), hangs=True), Reply(events=(), hangs=True)]
    chat, waits = model(endpoint.url, read_seconds=0.3, tries=2)
    with pytest.raises(ModelUnavailableError, match="in time") as caught:
        ask(chat)
    assert (caught.value.code, caught.value.values) == ("failed_timeout", {"model": "openai:some-model"})
    assert waits == [0.5]


def test_a_server_that_only_says_it_is_alive_is_given_up(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_model, "GRACE_SECONDS", 0.5)
    endpoint.script = [Reply(events=(chunk('{"te'),), pings=True), Reply(pings=True)]
    chat, waits = model(endpoint.url, read_seconds=0.3, tries=2)
    with pytest.raises(ModelUnavailableError, match="in time") as caught:
        ask(chat)
    assert caught.value.code == "failed_timeout"
    assert waits == [0.5]


@pytest.mark.parametrize("piece", ["very ", ""], ids=["words", "nothing"])
def test_an_answer_without_end_is_cut_where_its_tokens_are_used_up(endpoint: Endpoint, piece: str) -> None:
    endpoint.script = [Reply(events=(chunk('{"text": "'),), endless=chunk(piece * 40))]
    chat, waits = model(endpoint.url, max_tokens=50)
    with pytest.raises(ModelAnswerError, match="cut off at 50 tokens") as caught:
        ask(chat)
    assert caught.value.code == "failed_cut_off"
    assert waits == []


def test_the_answer_is_heard_as_it_comes_and_a_new_try_begins_anew(endpoint: Endpoint) -> None:
    endpoint.script = [Reply(events=(chunk('{"te'),), broken_off=True), streamed('{"text": "a"}')]
    chat, _ = model(endpoint.url)
    pieces: list[str] = []
    chat.answer(QUESTION, heard=pieces.append)
    assert pieces == ["", '{"te', "", '{"text', '": "a"}']


@pytest.mark.parametrize(("limit", "url"), [(ModelLimit.NONE, "http://127.0.0.1:9/v1"), (ModelLimit.LOCAL, "")])
def test_a_model_that_the_card_does_not_allow_is_not_asked(limit: ModelLimit, url: str) -> None:
    question = replace(QUESTION, project=project(model=limit))
    with pytest.raises(ForbiddenError) as caught:
        model(url)[0].answer(question)
    assert caught.value.code == f"card_{limit.value}"


def test_what_a_useless_answer_cost_is_told_where_the_endpoint_counted_it(endpoint: Endpoint) -> None:
    chat = model(endpoint.url)[0]
    endpoint.script = [streamed("no json at all")]
    chat.knows_schema = False
    with pytest.raises(ModelAnswerError, match="JSON") as caught:
        ask(chat)
    assert caught.value.spent == (11, 7)


def test_a_request_that_was_not_taken_cost_nothing(endpoint: Endpoint) -> None:
    chat = model(endpoint.url)[0]
    endpoint.script = [error(400, "the request exceeds the available context size")]
    with pytest.raises(ModelAnswerError) as caught:
        ask(chat)
    assert (caught.value.code, caught.value.spent) == ("failed_too_long", (0, 0))


def test_tracing_stays_off_whatever_the_shell_says(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGCHAIN_TRACING_V2", "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", endpoint.url)
    monkeypatch.setenv("LANGSMITH_API_KEY", "placeholder")
    from langchain_core.tracers.langchain import wait_for_all_tracers
    from langsmith.utils import get_env_var

    get_env_var.cache_clear()  # type: ignore[attr-defined] # cached by its vendor
    endpoint.script = [streamed('{"text": "a"}')]
    chat, _ = model(endpoint.url)
    ask(chat)
    wait_for_all_tracers()
    assert endpoint.paths == ["/v1/chat/completions"]
    get_env_var.cache_clear()  # type: ignore[attr-defined] # cached by its vendor


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://localhost:11434/v1", True),
        ("http://[::1]:8080/v1", True),
        ("https://api.example.com/v1", False),
        ("http://127.0.0.1.example.com/v1", False),
        ("http://localhost.example.com/v1", False),
        ("http://10.0.0.7:8080/v1", False),
        ("", False),
    ],
)
def test_local_means_this_machine(url: str, local: bool) -> None:
    assert model(url)[0].local is local


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('{"a": 1}', {"a": 1}),
        ('```json\n{"a": 1}\n```', {"a": 1}),
        ('Here it is: {"a": {"b": 2}} - done', {"a": {"b": 2}}),
        ('<think>A {plan} {"a": 0} first.</think>\n{"a": 1}', {"a": 1}),
        ('The schema:\n{"type": "object"}\nThe answer:\n{"a": 1}\nDone {x}.', {"a": 1}),
        ('```json\n{"a": 0}\n```\nor rather\n```\n{"a": 1}\n```', {"a": 1}),
        ('{"a": "one\ntwo"}', {"a": "one\ntwo"}),
        ('{"sections": [{"step": "x", "sentences": [{"text": "A"}, {"text', None),
        ('{"sections": [\n  {"step": "x"},\n  {"step": }]}', None),
        ("[1]", None),
        ("{'a': 1}", None),
        ("", None),
    ],
)
def test_json_is_found_where_models_put_it(text: str, data: object) -> None:
    assert read_json_object(text) == data
