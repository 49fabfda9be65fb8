"""A small linear model that tells whether an English sentence of a mail asks for something.

Trained by `bench/asks.py` on the EmailIntent sentences (Apache-2.0). The file holds one signed byte for each hashed
feature and no text. A sentence's words, pairs and triples of words are its features, so it knows only the beginnings of
grammar; the rules of `asks` stand beside it.
"""

import re
import struct
import zlib
from functools import cache, lru_cache
from importlib import resources

BITS = 16
FILE = "asks.bin"
MAGIC = b"asks1\n"
HEAD = struct.Struct("<ff")  # what one step of a weight is worth, and the bias, in log-odds

_LINK = re.compile(r"https?://[!-~]{1,500}|www\.[!-~]{1,300}|\$LINK\b")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,100}")
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+|[?!.:$#]")
_LONGEST = 2_000


def features(sentence: str) -> list[int]:
    """Give the places of a sentence's features in the table, each once, in ascending order."""
    plain = _ADDRESS.sub(" emailaddr ", _LINK.sub(" $link ", sentence[:_LONGEST].replace("’", "'")))
    tokens = ["0" if token.isdigit() else token for token in _TOKEN.findall(plain.casefold())]
    framed = ["<s>", *tokens, "</s>"]
    found = {" ".join(framed[i : i + n]) for n in (1, 2, 3) for i in range(len(framed) - n + 1)}
    found.update(f"@{place}{token}" for place, token in enumerate(tokens[:3]))
    found.add("F2 " + " ".join(tokens[:2]))
    found.add(f"L{min(6, len(tokens) // 5)}")
    if "?" in sentence:
        found.add("Q?")
    return sorted({zlib.crc32(feature.encode()) % (1 << BITS) for feature in found})


@lru_cache(maxsize=4096)
def ask_log_odds(sentence: str) -> float:
    """Give the log-odds that an English sentence asks its reader for something; 0 means even."""
    step, bias, weights = _table()
    places = features(sentence)
    total = sum(weights[place] for place in places)
    return float(total * step / len(places) ** 0.5 + bias)


@cache
def _table() -> tuple[float, float, memoryview]:
    data = resources.files("assistant.language").joinpath(FILE).read_bytes()
    step, bias = HEAD.unpack_from(data, len(MAGIC))
    weights = zlib.decompress(data[len(MAGIC) + HEAD.size :])
    return step, bias, memoryview(weights).cast("b")
