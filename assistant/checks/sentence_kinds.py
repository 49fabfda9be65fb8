"""What a sentence or clause of a client's mail does, by a small trained model beside the rules, in both languages.

A linear model over nine kinds reads the mean of the word vectors of `lexicon/`, hashed words and pairs of words, and
what the rules of `asks` and `grievances` say. `bench/train_kinds.py` trains it on sentences written for the purpose and
on the labelled mails; the file holds numbers alone. Words it never saw lie near words it knows: that is what it is for.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from assistant.checks import grievances
from assistant.checks.lexicon.tokens import tokens
from assistant.checks.lexicon.vectors import DIMENSIONS, vector
from assistant.language.asks import rule_ask
from assistant.language.detect import has_cjk

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A fault told calmly, one held against us, displeasure, a threat, harm done, praise or courtesy, background, a request,
# a question.
KINDS = "gamthpbrq"
BITS = 12
FILE = "sentence_kinds.bin"
MAGIC = b"kinds1\n"
HEAD = struct.Struct("<f")  # what one step of a hashed weight is worth
_WORDS, _SIGNS, _HASHED = 3.0, 0.4, 3.0  # how much each sort of feature counts
_LITTLE = 0.4  # the weight of a small word in the mean
_LONGEST = 600
_LONG_WORD = 1.6  # Chinese characters that tell as much as an English word

_SIGNS_EN = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:i|me|my)\b",
        r"\b(?:we|us|our)\b",
        r"\b(?:you|your)\b",
        r"\A(?:the|a|an|this|that|these|half|some|two|three|every|all)\b",
        r"\A(?:i|we|my|our)\b",
        r"\A(?:you|your)\b",
        r"\b(?:is|are|was|were|has|have|had|does|did)\b",
        r"n['’]t\b|\b(?:no|not|never|nobody|nothing|none|cannot)\b",
        r"\b(?:but|although|though|yet|still|only|instead|rather than)\b",
        r"\b(?:will|would|shall|can|could|may|might)\b",
        r"\b(?:again|twice|third|keeps?|another|every time)\b",
        r"\?",
        r"!",
        r"[\"“”「]",
        r"[0-9]",
        r"\A[a-z]+ (?:the|a|me|us|it|my|our)\b",
    )
)
_SIGNS_ZH = tuple(
    re.compile(pattern)
    for pattern in (
        r"我(?!们|司|方)",
        r"我们|我司|我方",
        r"你|您|贵",
        r"\A(?:这|那|有|两|三|半|一)",
        r"\A我",
        r"\A(?:你|您|贵)",
        r"是|有",
        r"不|没|未|无",
        r"但|可是|却|只|还|才|就",
        r"会|能|可以|要|将",
        r"又|再|第[二三四五]|回回|老是|总",
        r"\?|？|吗|呢|吧",
        r"!|！",
        r"[\"“”「]",
        r"[0-9]",
        r"了\Z",
    )
)
_LENGTHS = (0, 5, 10, 18)
SIGNS = 2 * len(_SIGNS_EN) + 9 + len(_LENGTHS)
DENSE = DIMENSIONS + SIGNS + 1


@dataclass(frozen=True, slots=True)
class SentenceKind:
    """How likely a sentence is of each sort; the first four shares add up to 1, `threat` is a part of `statement`."""

    fault: float
    request: float
    question: float
    statement: float
    threat: float


def _signs(words: str) -> list[float]:
    small = words.lower()
    chinese = has_cjk(words)
    own = [float(pattern.search(small) is not None) for pattern in (_SIGNS_ZH if chinese else _SIGNS_EN)]
    asked = rule_ask(words)
    ruled = [
        asked == "request",
        asked == "question",
        grievances.names_fault(words),
        grievances.is_mood(words),
        grievances.is_effect(words),
        grievances.is_threat(words),
        *grievances.bearings(words),
    ]
    length = sum("\u4e00" <= c <= "\u9fff" for c in words) / _LONG_WORD if chinese else len(words.split())
    step = sum(length >= least for least in _LENGTHS) - 1
    # The signs stand twice: once for both languages, once for English alone.
    return [
        *own,
        *map(float, ruled),
        *(float(n == step) for n in range(len(_LENGTHS))),
        *([0.0] * len(own) if chinese else own),
    ]


def hashed(words: str) -> list[int]:
    """Give the places of a sentence's words and pairs among the hashed weights, each once, in ascending order."""
    if has_cjk(words):
        text = re.sub("[0-9]+", "0", words.lower())
        found = {text[i : i + n] for n in (1, 2, 3) for i in range(len(text) - n + 1)}
        cut = [token.word for token in tokens(words)]
        found |= {f"w{word}" for word in cut} | {f"s{word}" for word in cut[:1]}
    else:
        plain = ["0" if token.number else token.word for token in tokens(words)]
        framed = ["<", *plain, ">"]
        found = {" ".join(framed[i : i + n]) for n in (1, 2, 3) for i in range(len(framed) - n + 1)}
        found |= {f"@{place}{word}" for place, word in enumerate(plain[:3])}
    return sorted({zlib.crc32(feature.encode("utf-8", "replace")) % (1 << BITS) for feature in found})


def dense(words: str) -> NDArray[np.float32]:
    """Give the features that are no hashed words, of length `DENSE`: the mean word, the signs, and 1."""
    import numpy as np  # noqa: PLC0415 - start-up is lazy: only a reading of a mail pays for it

    made = np.zeros(DENSE, np.float32)
    mean = made[:DIMENSIONS]
    for token in tokens(words):
        if not token.number:
            mean += vector(token.word) * np.float32(_LITTLE if token.little else 1.0)
    mean *= np.float32(_WORDS / (float(np.linalg.norm(mean)) or 1))
    made[DIMENSIONS:-1] = np.array(_signs(words), np.float32) * np.float32(_SIGNS)
    made[-1] = 1
    return made


def hashed_share(places: list[int]) -> float:
    """Give what each hashed feature of a sentence counts."""
    return float(_HASHED / max(1, len(places)) ** 0.5)


def tidy(words: str) -> str:
    """Give a clause as the model reads it: without the marks around it, and not too long."""
    return words.strip().strip(" ,.;:，。；：、—–-")[:_LONGEST]


@lru_cache(maxsize=4096)
def sentence_kind(words: str) -> SentenceKind:
    """Tell how likely a sentence or clause is a fault, a request, a question or none of these. Never raises."""
    import numpy as np  # noqa: PLC0415 - see above

    words = tidy(words)
    first, second = _weights()
    places = hashed(words)
    odds = dense(words) @ first + second[places].sum(axis=0) * np.float32(hashed_share(places))
    share = np.exp(odds - odds.max())
    p = dict(zip(KINDS, (share / share.sum()).tolist(), strict=True))
    return SentenceKind(
        fault=p["g"] + p["a"],
        request=p["r"],
        question=p["q"],
        statement=p["m"] + p["t"] + p["h"] + p["p"] + p["b"],
        threat=p["t"],
    )


@cache
def _weights() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    import numpy as np  # noqa: PLC0415 - see above

    data = resources.files("assistant.checks").joinpath(FILE).read_bytes()
    (step,) = HEAD.unpack_from(data, len(MAGIC))
    raw = zlib.decompress(data[len(MAGIC) + HEAD.size :])
    size = DENSE * len(KINDS) * 2
    first = np.frombuffer(raw[:size], np.float16).reshape(DENSE, len(KINDS)).astype(np.float32)
    second = np.frombuffer(raw[size:], np.int8).reshape(1 << BITS, len(KINDS)).astype(np.float32) * np.float32(step)
    return first, second
