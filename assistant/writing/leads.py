"""Where to look when nothing answers a Point: the line of the notes that comes nearest to what the client asks.

The offline writer answers in the message's language from what was written, not from what somebody said on a call; a
note in the other language, or a turn of a transcript, may hold the answer all the same. A person is shown the line.
"""

from collections.abc import Sequence

from assistant.checks.statements import place_of
from assistant.checks.words import subject_words
from assistant.domain.draft import Lead
from assistant.domain.inbound import Point
from assistant.domain.note import Hit, NoteKind, Passage
from assistant.language.detect import has_cjk

_LEAST_SHARED = 2
_NEAREST = 3  # places in a ranking
_LONGEST = 120


def lead(point: Point, hits: Sequence[Hit]) -> Lead | None:
    """Give the line that comes nearest to a Point among the hits of a search for it, best first; None if none is near.

    What the client wrote answers none of the client's Points, so it is passed over.
    """
    words = subject_words(point.text)
    for hit in hits:
        passage = hit.passage
        if passage.kind is NoteKind.RECEIVED or passage.quoted:
            continue
        line, text, shared = _line(passage, words)
        if text and (shared >= min(_LEAST_SHARED, len(words)) or _near(hit, point, shared)):
            return Lead(point.number, place_of(passage, line), text)
    return None


def _near(hit: Hit, point: Point, shared: int) -> bool:
    """Tell whether a search put a passage far in front: by its vector, and by its words unless it can share none."""
    if hit.by_vectors is None or hit.by_vectors > _NEAREST:
        return False
    if has_cjk(hit.passage.text) is not has_cjk(point.text):
        return True
    return shared > 0 and hit.by_words is not None and hit.by_words <= _NEAREST


def _line(passage: Passage, words: frozenset[str]) -> tuple[int, str, int]:
    """Give a passage's line that shares most words, the first of equal ones, without its marks."""
    best = (passage.start_line, "", -1)
    for number, raw in enumerate(passage.text.split("\n"), start=passage.start_line):
        text = " ".join(raw.strip().lstrip("#>*-•| ").split())
        shared = len(words & subject_words(text))
        if text and not raw.lstrip().startswith("#") and shared > best[2]:
            best = (number, text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…", shared)
    return best
