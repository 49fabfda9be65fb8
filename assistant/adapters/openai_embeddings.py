"""Vectors from any OpenAI-compatible endpoint, hosted or local."""

import math
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.errors import EmbedderUnavailableError

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings

_READ_SECONDS = 60.0
_BATCH = 128


class OpenAICompatibleEmbedder:
    """An embedding model of an endpoint. Nothing is imported or asked before the first text."""

    def __init__(self, model: str, *, base_url: str = "", api_key: str = "") -> None:
        self._model = model
        self._base_url = base_url
        self._api_key = api_key

    @property
    def name(self) -> str:
        """The model's name, as stored with the index."""
        return f"openai/{self._model}"

    @cached_property
    def dimension(self) -> int:
        """Length of a vector; the endpoint is asked once. Raises EmbedderUnavailableError."""
        return len(self.query("dimension"))

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Embed passages, in order. Raises EmbedderUnavailableError."""
        return [_unit(vector) for vector in self._asked(list(texts))] if texts else []

    def query(self, text: str) -> list[float]:
        """Embed one query. Raises EmbedderUnavailableError."""
        return _unit(self._asked([text])[0])

    @cached_property
    def _client(self) -> "OpenAIEmbeddings":
        from langchain_openai import OpenAIEmbeddings
        from pydantic import SecretStr

        return OpenAIEmbeddings(
            model=self._model,
            base_url=self._base_url or None,
            api_key=SecretStr(self._api_key or "none"),  # local servers ask for no key, the client does
            check_embedding_ctx_length=False,  # it would download a tokenizer and send token ids
            chunk_size=_BATCH,
            max_retries=2,
            timeout=_READ_SECONDS,
        )

    def _asked(self, texts: list[str]) -> list[list[float]]:
        client = self._client
        from langchain_core.exceptions import LangChainException
        from openai import APIConnectionError, APIStatusError, AuthenticationError, OpenAIError, RateLimitError

        table = (
            (AuthenticationError, "refused the key: set SINCERELY_MODEL_KEY"),
            (RateLimitError, "refused for now because of its rate limit: try again later"),
            (APIConnectionError, "cannot be reached: check base_url under [embedding] and the network"),
            (APIStatusError, "refused the request: check the model's name under [embedding]"),
            (Exception, "gave no usable answer"),
        )
        try:
            vectors = client.embed_documents([text.replace("\x00", " ") or " " for text in texts])
        except (OpenAIError, LangChainException, ValueError, TypeError, KeyError) as error:
            said = next(words for kind, words in table if isinstance(error, kind))
            raise EmbedderUnavailableError(f"The embedding endpoint of {self._model} {said}.") from error
        if len(vectors) != len(texts) or not all(vectors):
            raise EmbedderUnavailableError(f"The embedding endpoint of {self._model} gave no usable answer.")
        return vectors


def _unit(vector: Sequence[float]) -> list[float]:
    length = math.sqrt(sum(x * x for x in vector)) or 1.0
    return [float(x) / length for x in vector]
