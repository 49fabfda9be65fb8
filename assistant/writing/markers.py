"""Marks in a message: the gap a person has to fill."""

import re
from collections.abc import Iterable

_GAP = re.compile(r"\[…[:：]?\s*([^\]]{0,400})\]")


def gap_marker(missing: str) -> str:
    """Give the marker that stands where words are missing: `[…: what is missing]`."""
    return f"[…: {missing.replace('[', '(').replace(']', ')').strip()}]"


def without_gaps(text: str) -> str:
    """Give a text without its markers."""
    return _GAP.sub("", text)


def gaps_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Give what is missing according to the markers in those texts, in order, each once."""
    return tuple(dict.fromkeys(found[1].strip() for text in texts for found in _GAP.finditer(text)))
