"""A chat model behind any OpenAI-compatible endpoint, through LangChain.

Nothing here is imported before the first question, because `langchain_openai` costs two seconds. Answers are always
streamed, in a thread of their own, so that a cancelled call stops at once, also while nothing comes; what comes later
is thrown away. Tracing to third parties is off whatever the shell says.
"""

import contextlib
import json
import queue
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import ModelAnswerError, ModelError, ModelUnavailableError
from assistant.model_ports import AnswerHeard, ChatAnswer, Question, require_allowed

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

# Doubling waits before the second and third try; a server's own "retry-after" is honoured up to the limit.
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 20.0
CONNECT_SECONDS = 5.0
# How often a call that waits for the endpoint looks whether it was cancelled.
LOOK_SECONDS = 0.1
# How much longer than the client library we wait for a chunk: it is deceived by a server that only says it is alive.
GRACE_SECONDS = 5.0
# More than an answer within its tokens can have: an endpoint that heeds no limit would never end.
CHARACTERS_A_TOKEN, CHUNKS_A_TOKEN = 16, 2
_FEWEST_CHUNKS = 1000
_ANSWER_NAME = "message"
_EMPTY = "gave an empty answer; where that happens again, look at its base_url"
# Endpoints on one's own machine ask for no key, but the client library insists on one.
_NO_KEY = "not-needed"
# What endpoints say of a request that is longer than their model can take: OpenAI, vLLM, llama.cpp, DashScope.
_TOO_LONG = re.compile(
    r"context[ _](?:length|size|window)|exceed_context|maximum (?:context|input|model) length|range of input length"
    r"|(?:prompt|input|request) is too long|too many (?:input )?tokens"
)
_CODE_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)
_OBJECT_LINE = re.compile(r"^\{", re.MULTILINE)
# What reasoning models say to themselves, where the endpoint does not keep it apart.
_THOUGHT_ENDS = "</think>"


def wait_unless_cancelled(seconds: float, cancelled: Callable[[], bool]) -> None:
    """Wait between two tries, and no longer than until somebody cancels."""
    end = time.monotonic() + seconds
    while not cancelled() and (left := end - time.monotonic()) > 0:
        time.sleep(min(LOOK_SECONDS, left))


@dataclass(slots=True)
class LangChainChatModel:
    """`ports.ChatModel` over `init_chat_model`.

    `model` is the name as configured, with a provider prefix (`openai:gpt-4.1-mini`) or without. `base_url` is any
    OpenAI-compatible endpoint, or empty for the provider's own. `read_seconds` bounds the wait for the next chunk,
    `max_tokens` the answer's length, `tries` how often a retryable failure is tried in all; `temperature` is low, for a
    message to a client is no place for surprises. The key comes from the caller, who reads it from the environment or
    the keyring; it is never stored or printed.
    """

    model: str
    api_key: str = field(repr=False)
    base_url: str = ""
    read_seconds: float = 60.0
    max_tokens: int = 4000
    tries: int = 3
    temperature: float = 0.2
    wait: Callable[[float, Callable[[], bool]], None] = wait_unless_cancelled
    knows_schema: bool = field(default=True, init=False)
    takes_temperature: bool = field(default=True, init=False)
    _client: Any = field(default=None, init=False, repr=False)

    @property
    def name(self) -> str:
        """The model's name as the person configured it."""
        return self.model

    @property
    def longest_answer(self) -> int:
        """The most tokens that an answer may have."""
        return self.max_tokens

    @property
    def local(self) -> bool:
        """Whether the endpoint is on this machine: a loopback address or `localhost`."""
        host = urlsplit(self.base_url).hostname or ""
        if host == "localhost":
            return True
        with contextlib.suppress(ValueError):
            return ip_address(host).is_loopback
        return False

    def answer(
        self,
        question: Question,
        *,
        heard: AnswerHeard = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ChatAnswer:
        """Ask once, with retries. Raises ForbiddenError, ModelUnavailableError, ModelAnswerError.

        An endpoint that refuses a JSON schema is asked again without one, its answer read as tolerantly as is safe; one
        that lets nobody set the temperature (reasoning models) is asked again without. Both are remembered for the life
        of this object.
        """
        require_allowed(question.project, local=self.local)
        if not self.api_key and not self.base_url:
            raise ModelUnavailableError(
                f"No key for model {self.model} was found in the environment or the keyring.",
                code="failed_key_missing",
                values={"model": self.model},
            )
        while True:
            asked = _Asked.with_schema(question) if self.knows_schema else _Asked.in_words(question)
            try:
                return self._with_retries(asked, heard, cancelled)
            except _SchemaRefusedError:
                self.knows_schema = False
            except _TemperatureRefusedError:
                self.takes_temperature, self._client = False, None

    def _with_retries(self, asked: "_Asked", heard: AnswerHeard, cancelled: Callable[[], bool]) -> ChatAnswer:
        pause = FIRST_WAIT_SECONDS
        for attempt in range(1, self.tries + 1):
            try:
                heard("")
                return self._once(asked, heard, cancelled)
            except _RetryableError as error:
                if attempt == self.tries:
                    raise ModelUnavailableError(str(error), code=error.code, values=error.values) from error.__cause__
                self.wait(min(max(pause, error.after), LONGEST_WAIT_SECONDS), cancelled)
                pause *= 2
                _stop_if(cancelled)
        raise ModelUnavailableError(f"Model {self.model} was allowed no try.", values={"model": self.model})

    def _once(self, asked: "_Asked", heard: AnswerHeard, cancelled: Callable[[], bool]) -> ChatAnswer:
        whole: AIMessageChunk | None = None
        length = _Length(self.max_tokens)
        try:
            with self._errors_of_ours(schema_asked=bool(asked.options)):
                for chunk in self._chunks(asked, cancelled):
                    whole = chunk if whole is None else whole + chunk
                    if chunk.text:
                        heard(str(chunk.text))
                    if length.passed_by(str(chunk.text)):
                        raise self._cut_off()
        except _RetryableError as error:
            if whole is not None and error.code == "failed_unreachable":
                words = f"Model {self.model} broke the connection."
                raise _RetryableError(words, after=0.0, code="failed_connection", values=error.values) from error
            raise
        except AssertionError as error:
            # The vendor's client asserts that a stream has events: a page of another server has none.
            if whole is None:
                raise self._unusable(_EMPTY, "failed_empty") from error
            raise
        return self._read(whole)

    def _chunks(self, asked: "_Asked", cancelled: Callable[[], bool]) -> "Iterator[AIMessageChunk]":
        """Go through the answer's chunks as they come; raises what the client raises, and stops when cancelled."""
        arrived: queue.SimpleQueue[AIMessageChunk | Exception | None] = queue.SimpleQueue()
        given_up, begun = threading.Event(), threading.Event()

        def listen() -> None:
            from langsmith import tracing_context

            try:
                self._chat()
                begun.set()
                # A tracing variable in somebody's shell must not send client text anywhere.
                with tracing_context(enabled=False), contextlib.closing(self._stream(asked)) as stream:
                    for chunk in stream:
                        if given_up.is_set():
                            return
                        arrived.put(chunk)
                arrived.put(None)
            except Exception as error:  # noqa: BLE001 - handed to the thread that asked, which reads it by the table
                arrived.put(error)

        threading.Thread(target=listen, name="model-answer", daemon=True).start()
        last = time.monotonic()
        try:
            while True:
                _stop_if(cancelled)
                if not begun.is_set():  # the client's libraries take seconds to load
                    last = time.monotonic()
                if time.monotonic() - last > self.read_seconds + GRACE_SECONDS:
                    words = f"Model {self.model} did not answer in time."
                    raise _RetryableError(words, after=0.0, code="failed_timeout", values={"model": self.model})
                with contextlib.suppress(queue.Empty):
                    one = arrived.get(timeout=LOOK_SECONDS)
                    if one is None:
                        return
                    if isinstance(one, Exception):
                        raise one
                    yield one
                    last = time.monotonic()
        finally:
            given_up.set()

    def _stream(self, asked: "_Asked") -> "Generator[AIMessageChunk, None, None]":
        messages = [("system", asked.system), ("human", asked.user)]
        yield from self._chat().stream(messages, **asked.options)

    def _chat(self) -> "BaseChatModel":
        if self._client is None:
            import httpx2
            import openai
            from langchain.chat_models import init_chat_model

            provider, colon, name = self.model.partition(":")
            timeout = httpx2.Timeout(self.read_seconds, connect=CONNECT_SECONDS)
            # No connection outlives its answer: nobody closes an idle one when the program ends.
            once = openai.DefaultHttpxClient(timeout=timeout, limits=httpx2.Limits(max_keepalive_connections=0))
            self._client = init_chat_model(
                name if colon and provider == "openai" else self.model,
                model_provider="openai",
                base_url=self.base_url or None,
                api_key=self.api_key or _NO_KEY,
                temperature=self.temperature if self.takes_temperature else None,
                max_tokens=self.max_tokens,
                max_retries=0,
                stream_usage=True,
                use_responses_api=False,
                timeout=timeout,
                http_client=once,
            )
        chat: BaseChatModel = self._client
        return chat

    def _read(self, whole: "AIMessageChunk | None") -> ChatAnswer:
        if whole is None:
            raise self._unusable(_EMPTY, "failed_empty")
        spent = _tokens(whole)
        if whole.additional_kwargs.get("refusal"):
            raise self._unusable("refused to answer", "failed_refused", spent)
        reason = whole.response_metadata.get("finish_reason")
        if reason == "length":
            raise self._cut_off(spent)
        if reason == "content_filter":
            raise self._unusable("was stopped by the provider's content filter", "failed_filtered", spent)
        if reason is None:
            raise self._unusable("broke off before the end of its answer", "failed_broke_off", spent)
        data = read_json_object(str(whole.text))
        if data is None:
            raise self._unusable("answered with something other than the JSON asked for", "failed_not_json", spent)
        before, after = spent or (None, None)
        return ChatAnswer(data, str(whole.response_metadata.get("model_name") or self.model), before, after)

    def _cut_off(self, spent: tuple[int, int] | None = None) -> ModelAnswerError:
        tokens = str(self.max_tokens)
        return self._unusable(f"was cut off at {tokens} tokens", "failed_cut_off", spent, tokens=tokens)

    def _unusable(self, words: str, code: str, spent: tuple[int, int] | None = None, **values: str) -> ModelAnswerError:
        return ModelAnswerError(
            f"Model {self.model} {words}.", code=code, values={"model": self.model, **values}, spent=spent
        )

    @contextlib.contextmanager
    def _errors_of_ours(self, *, schema_asked: bool) -> Iterator[None]:
        """Turn the vendors' errors into ours by one table; anything else is a fault of ours and passes."""
        import httpx2
        import openai
        import pydantic
        from langchain_core import exceptions as chain

        unavailable: _Table = {
            chain.ModelAuthenticationError: ("refused the key", "failed_key_refused"),
            chain.ModelPermissionDeniedError: ("does not allow this key to use it", "failed_key_forbidden"),
            chain.ModelNotFoundError: ("is not known at its endpoint", "failed_model_unknown"),
        }
        retryable: _Table = {
            chain.ModelTimeoutError: ("did not answer in time", "failed_timeout"),
            chain.ModelRateLimitError: ("is over its rate limit or quota", "failed_rate_limit"),
            chain.ModelAPIError: ("reported a failure of its server", "failed_server"),
            chain.ModelConnectionError: ("could not be reached", "failed_unreachable"),
            httpx2.TimeoutException: ("did not answer in time", "failed_timeout"),
            httpx2.TransportError: ("broke the connection", "failed_connection"),
        }
        answer: _Table = {
            chain.ContextOverflowError: ("cannot take a request of this length", "failed_too_long"),
            chain.ModelInvalidRequestError: ("did not accept the request", "failed_not_accepted"),
            openai.LengthFinishReasonError: (f"was cut off at {self.max_tokens} tokens", "failed_cut_off"),
            openai.ContentFilterFinishReasonError: ("was stopped by the provider's content filter", "failed_filtered"),
            pydantic.ValidationError: ("answered with something other than the JSON asked for", "failed_not_json"),
            openai.APIError: ("answered with an error in the stream", "failed_stream"),
            json.JSONDecodeError: ("answered with a stream that is not JSON", "failed_stream"),
        }
        try:
            yield
        except tuple(unavailable) as error:
            words, code = _row(unavailable, error)
            raise ModelUnavailableError(
                f"Model {self.model} {words}.", code=code, values={"model": self.model}
            ) from error
        except tuple(retryable) as error:
            words, code = _row(retryable, error)
            raise _RetryableError(
                f"Model {self.model} {words}.", after=_retry_after(error), code=code, values={"model": self.model}
            ) from error
        except tuple(answer) as error:
            refused = isinstance(error, chain.ModelInvalidRequestError)
            if refused and self.takes_temperature and "temperature" in str(error).casefold():
                raise _TemperatureRefusedError("The endpoint sets the temperature itself.") from error
            if refused and schema_asked and _about_schema(error):
                raise _SchemaRefusedError("The endpoint knows no JSON schema.") from error
            words, code = _row(answer, error)
            if refused and _TOO_LONG.search(str(error).casefold()):
                words, code = answer[chain.ContextOverflowError]
            # A request that was not taken cost nothing.
            spent = (0, 0) if refused else None
            raise self._unusable(words, code, spent, tokens=str(self.max_tokens)) from error


_Table = dict[type[Exception], tuple[str, str]]
"""Vendors' errors, with what our sentence says of the model and the code of `writer.po`."""


class _RetryableError(ModelError):
    """A failure that may pass. Never leaves this module."""

    def __init__(self, message: str, *, after: float, code: str, values: Mapping[str, str]) -> None:
        super().__init__(message, code=code, values=values)
        self.after = after


class _SchemaRefusedError(ModelError):
    """The endpoint knows no JSON schema. Never leaves this module."""


class _TemperatureRefusedError(ModelError):
    """The endpoint lets nobody set the temperature. Never leaves this module."""


def _tokens(whole: "AIMessageChunk") -> tuple[int, int] | None:
    """Give the tokens of question and answer, where the endpoint counted them."""
    # With a response format, LangChain leaves the counts in the metadata of the last chunk.
    usage: Mapping[str, Any] = whole.usage_metadata or {}
    counted = whole.response_metadata.get("token_usage") or {}
    before = usage.get("input_tokens", counted.get("prompt_tokens"))
    after = usage.get("output_tokens", counted.get("completion_tokens"))
    return (int(before), int(after)) if before is not None and after is not None else None


def read_json_object(text: str) -> dict[str, object] | None:
    """Find the JSON object in a model's answer; None where there is none.

    It may stand bare, behind a reasoning model's thoughts, in a code fence or between other words, and may hold line
    ends within its texts, which JSON does not allow and models write. Of several objects the last is the answer.
    """
    text = text.rpartition(_THOUGHT_ENDS)[2]
    fenced = [found[1].strip() for found in _CODE_FENCE.finditer(text)]
    lines = [text[found.start() :] for found in _OBJECT_LINE.finditer(text)]
    between = text[text.find("{") : text.rfind("}") + 1]
    for candidate in (text.strip(), *reversed(fenced), between, *reversed(lines)):
        if not candidate.startswith("{"):
            continue
        with contextlib.suppress(json.JSONDecodeError, RecursionError):
            data, end = _READER.raw_decode(candidate)
            if isinstance(data, dict) and (candidate in lines or not candidate[end:].strip()):
                return data
    return None


_READER = json.JSONDecoder(strict=False)


@dataclass(slots=True)
class _Length:
    """How much of an answer has come, against the most that its tokens can hold."""

    tokens: int
    characters: int = 0
    chunks: int = 0

    def passed_by(self, text: str) -> bool:
        """Count one more chunk, and say whether that is more than an answer may have."""
        self.characters += len(text)
        self.chunks += 1
        return (
            self.characters > self.tokens * CHARACTERS_A_TOKEN
            or self.chunks > self.tokens * CHUNKS_A_TOKEN + _FEWEST_CHUNKS
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as the endpoint gets it."""

    system: str
    user: str
    options: Mapping[str, Any]

    @classmethod
    def with_schema(cls, question: Question) -> "_Asked":
        named = {"name": _ANSWER_NAME, "schema": dict(question.schema), "strict": True}
        options = {"response_format": {"type": "json_schema", "json_schema": named}}
        return cls(question.system, question.user, options)

    @classmethod
    def in_words(cls, question: Question) -> "_Asked":
        words = f"Answer with nothing but one JSON object of this schema:\n{json.dumps(question.schema)}"
        return cls(f"{question.system}\n\n{words}", question.user, {})


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise ModelUnavailableError("The call to the model was cancelled.", code="cancelled")


def _row(table: _Table, error: Exception) -> tuple[str, str]:
    return next(row for kind, row in table.items() if isinstance(error, kind))


def _about_schema(error: Exception) -> bool:
    words = str(error).casefold()
    return not _TOO_LONG.search(words) and any(
        sign in words for sign in ("response_format", "json_schema", "schema", "grammar", "structured")
    )


def _retry_after(error: Exception) -> float:
    response = getattr(error, "response", None)
    value = response.headers.get("retry-after", "") if response is not None else ""
    return float(value) if re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", value) else 0.0
