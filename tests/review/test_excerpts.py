"""The lines around a source, as the note is now."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant import reviewing
from assistant.domain.draft import Draft, Evidence
from assistant.domain.view import NoteExcerpt
from assistant.errors import InvalidInputError, UnreadableNoteError
from assistant.ports import NoteFile
from tests.storage import desk_builders as build

LINES = ("# 三月", "before", "试点改到 19 日。", "and so it stays", "after", "")
PLACE = len("# 三月\nbefore\n")
WORDS = "试点改到 19 日。\nand so it stays"


class Folder:
    """One note's bytes, or none."""

    def __init__(self, data: bytes | None) -> None:
        self.data = data

    def present(self, project: str, path: str) -> bool:
        return True

    def scan(self, project: str) -> Iterator[NoteFile]:
        raise AssertionError(project)

    def read(self, project: str, path: str) -> bytes:
        assert (project, path) == ("harbour", "notes/2026-03-10.md")
        if self.data is None:
            raise UnreadableNoteError("gone")
        return self.data


def draft() -> Draft:
    source = replace(build.passage(WORDS), start=PLACE, end=PLACE + len(WORDS), start_line=3, end_line=4)
    return build.draft(evidence=(Evidence(1, source),))


def shown(data: bytes | None, around: int = 1) -> NoteExcerpt:
    return reviewing.excerpt(draft(), 1, folder=Folder(data), around=around)


PATH = "notes/2026-03-10.md"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_the_exact_lines_are_shown_whatever_the_encoding(encoding: str) -> None:
    data = "\r\n".join(LINES).encode(encoding)
    assert shown(data) == NoteExcerpt(PATH, 2, LINES[1:5], 3, 4)
    assert shown(data, around=9) == NoteExcerpt(PATH, 1, LINES, 3, 4)


def test_words_that_moved_are_shown_where_they_stand() -> None:
    moved = ("one", "two", *LINES)
    assert shown("\n".join(moved).encode()) == NoteExcerpt(PATH, 4, LINES[1:5], 5, 6)


@pytest.mark.parametrize("data", ["\n".join(LINES).replace("19", "26").encode(), None, b"\x00\x01\x02" * 50])
def test_words_that_are_gone_are_shown_as_the_draft_has_them_and_marked(data: bytes | None) -> None:
    assert shown(data) == NoteExcerpt(PATH, 3, tuple(WORDS.split("\n")), 3, 4, changed=True)


def test_an_evidence_number_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="E7"):
        reviewing.excerpt(draft(), 7, folder=Folder(None), around=1)
