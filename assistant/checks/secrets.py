"""Keys, passwords and tokens in a text: few patterns, each with a shape that ordinary prose does not have."""

import math
import re
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret's place in a text and what sort it is; never its value."""

    start: int
    end: int
    sort: str


_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("key", re.compile(r"-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----")),
    ("key", re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA|LTAI|AKID)[A-Za-z0-9]{12,32}(?![A-Za-z0-9])")),
    ("key", re.compile(r"(?<![A-Za-z0-9])AIza[0-9A-Za-z_-]{35}(?![A-Za-z0-9])")),
    (
        "token",
        re.compile(
            r"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|"
            r"glpat-[A-Za-z0-9_-]{16,64}"
            r"|xox[abeprs]-[A-Za-z0-9-]{10,120}|sk-(?:[a-z]{2,8}-)?[A-Za-z0-9_-]{20,200}|[sr]k_(?:live|"
            r"test)_[A-Za-z0-9]{16,99}"
            r"|npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{32,255}|hf_[A-Za-z0-9]{20,64})"
        ),
    ),
    (
        "token",
        re.compile(r"(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{4,4000}\.[A-Za-z0-9_-]{4,1000}"),
    ),
    (
        "password",
        re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s:/@]{1,64}:([^\s:/@]{3,128})@[^\s/@]{2,200}"),
    ),
)
_LABELLED = re.compile(
    r"(?:pass ?(?:word|phrase|code)|passwd|pwd|api[ _-]?key|secret(?: ?key)?|access[ _-]?(?:key|token)|auth[ _-]?token"
    r"|bearer|client[ _-]?secret|密码|口令|密钥|令牌|访问码)"
    r"(?: (?:for|of|to|on|at) [A-Za-z0-9 '’-]{1,40}?)?"
    r"\s{0,3}(?:(?:is|are|was)\b|[:=：＝]|为|是|Bearer)\s{0,3}[\"'“‘`「]?([^\s\"'”’`」,，。;；、]{4,256})",
    re.IGNORECASE,
)
_BEARER = re.compile(r"\bBearer\s([A-Za-z0-9._~+/-]{20,512}={0,2})")


def find_secrets(text: str) -> tuple[Secret, ...]:
    """Find keys, tokens and passwords. Words about passwords ("the password is reset weekly") are none."""
    found = [Secret(m.start(), m.end(), sort) for sort, shape in _SHAPES for m in shape.finditer(text)]
    found += [Secret(m.start(1), m.end(1), "password") for m in _LABELLED.finditer(text) if _looks_secret(m[1])]
    found += [Secret(m.start(1), m.end(1), "token") for m in _BEARER.finditer(text)]
    found.sort(key=lambda s: (s.start, -s.end))
    kept: list[Secret] = []
    for secret in found:
        if not kept or secret.start >= kept[-1].end:
            kept.append(secret)
    return tuple(kept)


def _looks_secret(word: str) -> bool:
    """Tell a password from a word of prose: letters with digits or signs inside, or a long mix without meaning."""
    bare = word.rstrip(".!?)）】")
    if len(bare) < 6 or not bare.isascii():
        return False
    letters = any(c.isalpha() for c in bare)
    digits = any(c.isdigit() for c in bare)
    signs = any(not c.isalnum() and c not in "-'./" for c in bare)
    mixed = any(c.isupper() for c in bare[1:]) and any(c.islower() for c in bare)
    if letters and (digits or signs):
        return True
    if digits and not letters:
        return len(bare) >= 6 and bare.isdigit()
    return mixed and len(bare) >= 12 and _entropy(bare) >= 3.2


def _entropy(word: str) -> float:
    counts = Counter(word)
    return -sum(n / len(word) * math.log2(n / len(word)) for n in counts.values())
