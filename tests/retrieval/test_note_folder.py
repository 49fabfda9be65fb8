"""Notes on disk: nothing read from outside a project, nothing overwritten, nothing partly written."""

import os
from pathlib import Path

import pytest

from assistant.adapters.note_folder import DiskNotes
from assistant.errors import InvalidInputError, StorageError, UnreadableNoteError


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def notes(tmp_path: Path) -> DiskNotes:
    for slug in ("harbour", "mountain"):
        (tmp_path / "projects" / slug / "notes").mkdir(parents=True)
    return DiskNotes(tmp_path)


def test_files_are_listed_by_path_without_hidden_ones(notes: DiskNotes, tmp_path: Path) -> None:
    folder = tmp_path / "projects" / "harbour" / "notes"
    for name in ("b.md", "a.md", ".hidden.md", "~$lock.docx", "sub/纪要.md", ".git/x.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    assert [file.path for file in notes.scan("harbour")] == ["notes/a.md", "notes/b.md", "notes/sub/纪要.md"]
    assert notes.read("harbour", "notes/a.md") == b"x"


def test_links_out_of_the_project_are_refused(notes: DiskNotes, tmp_path: Path) -> None:
    folder = tmp_path / "projects" / "harbour" / "notes"
    secret = tmp_path / "projects" / "mountain" / "notes" / "secret.md"
    secret.write_text("theirs", encoding="utf-8")
    (folder / "link.md").symlink_to(secret)
    (folder / "dir").symlink_to(secret.parent)
    assert "notes/dir/secret.md" not in [file.path for file in notes.scan("harbour")]
    for path in ("notes/link.md", "notes/dir/secret.md", "../mountain/notes/secret.md"):
        with pytest.raises(UnreadableNoteError, match="link"):
            notes.read("harbour", path)
    assert not notes.present("harbour", "notes/dir/secret.md"), "a note whose folder became a link is forgotten"
    assert notes.present("harbour", "notes/link.md"), "a link is named with its reason"
    (tmp_path / "projects" / "alias").symlink_to(tmp_path / "projects" / "mountain")
    with pytest.raises(StorageError, match="link"):
        list(notes.scan("alias"))
    for name in ("..", "", "a/b"):
        with pytest.raises(InvalidInputError):
            list(notes.scan(name))


def test_a_note_is_added_whole_and_never_over_another(notes: DiskNotes, tmp_path: Path) -> None:
    folder = tmp_path / "projects" / "harbour" / "notes"
    assert notes.add("harbour", "2026-03-01 call.md", "first") == "notes/2026-03-01 call.md"
    assert notes.add("harbour", "2026-03-01 call.md", "second") == "notes/2026-03-01 call-2.md"
    assert notes.read("harbour", "notes/2026-03-01 call.md") == b"first"
    assert _names(folder) == ["2026-03-01 call-2.md", "2026-03-01 call.md"]
    for name in ("", "../x.md", "a/b.md", ".hidden"):
        with pytest.raises(InvalidInputError):
            notes.add("harbour", name, "x")


def test_a_failing_disk_leaves_nothing_behind(
    notes: DiskNotes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        notes.add("harbour", "a.md", "words")
    assert _names(tmp_path / "projects" / "harbour" / "notes") == []


def test_without_hard_links_the_name_is_still_taken_once(
    notes: DiskNotes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    assert notes.add("harbour", "a.md", "first") == "notes/a.md"
    assert notes.add("harbour", "a.md", "second") == "notes/a-2.md"
    assert notes.read("harbour", "notes/a.md") == b"first"
    assert _names(tmp_path / "projects" / "harbour" / "notes") == ["a-2.md", "a.md"]
