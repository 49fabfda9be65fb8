"""Guidance kept like notes, in a space of its own: no project, one space a language.

What is embedded are the situations a point is for, each by itself: a client's sentence is like one of them far more
than it is like the advice, or like all of them together. Words are looked for in the whole point.
"""

import hashlib

from assistant.domain.guidance import GuidancePoint
from assistant.domain.note import Certainty, Note, NoteKind, Passage
from assistant.domain.project import Language, Visibility
from assistant.ports import GuidanceLibrary, NoteFile, PassageMarks, PassageStore
from assistant.retrieval.collections import guidance_space

LANGUAGES: tuple[Language, ...] = ("en", "zh")
_READER = "guidance:1"


def store_guidance(library: GuidanceLibrary, language: Language, store: PassageStore) -> str:
    """Store the situations of a language's points where that is not done; gives their space. Raises KnowledgeError."""
    space = guidance_space(language)
    found = [(point, text) for point in library.points(language) for text in dict.fromkeys(point.situations)]
    whole = "\x1e".join(f"{point.id}\x1f{text}" for point, text in found)
    digest = hashlib.sha256(whole.encode()).hexdigest()
    known = store.notes(space)
    if [(one.digest, one.reader) for one in known.values()] == [(digest, _READER)]:
        return space
    note = Note(
        project=space,
        path="points",
        digest=digest,
        text="",
        encoding="utf-8",
        kind=NoteKind.OTHER,
        kind_certainty=Certainty.STATED,
        dated=None,
        date_certainty=Certainty.UNKNOWN,
        visibility=Visibility.CLIENT,
        visibility_certainty=Certainty.STATED,
        passages=tuple(_passage(space, n, point, text) for n, (point, text) in enumerate(found, 1)),
    )
    marks = {passage.id: PassageMarks((), frozenset()) for passage in note.passages}
    with store.write_lock():
        store.replace_note(note, NoteFile("points", 0, 0), _READER, marks)
    return space


def point_words(point: GuidancePoint) -> str:
    """Give all words under which a point is found."""
    return "\n".join((point.title, point.text, *point.situations))


def _passage(space: str, number: int, point: GuidancePoint, text: str) -> Passage:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Passage(
        id=hashlib.sha256("\x1f".join((space, point.id, digest)).encode()).hexdigest()[:24],
        project=space,
        path="points",
        start_line=number,
        end_line=number,
        start=number,
        end=number,
        text=text,
        digest=digest,
        place=point.id,
    )
