"""Bringing an index up to date: only what changed, nothing lost, one bad file costs only itself."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.project import Project, Visibility
from assistant.errors import LockTimeoutError, StorageError
from assistant.indexing import IndexProgress, index_project
from assistant.ports import NoteFile
from assistant.retrieval.collections import collection_name
from assistant.retrieval.readers import MAX_BYTES

from .conftest import WordHashEmbedder, Workspace, mark

Make = Callable[..., Project]
NOTE = "# Plan\n\nGo-live is 22 April 2026.\n\n## Internal\n\nThe margin is 22 %.\n"


def _collections(workspace: Workspace, project: str) -> dict[Visibility, set[str]]:
    name = workspace.embedder.name
    return {v: workspace.vectors.ids(collection_name(project, v, name)) for v in Visibility}


def test_notes_are_stored_with_words_vectors_facts_and_fingerprints(workspace: Workspace, project: Make) -> None:
    workspace.write("harbour", "2026-03-01 plan.md", NOTE)
    report = workspace.index(project())
    assert (report.added, report.passages, report.embedded, report.lexical_only) == (1, 2, 2, False)
    client, internal = workspace.store.passages("harbour")
    assert (client.visibility, internal.visibility) == (Visibility.CLIENT, Visibility.INTERNAL)
    assert _collections(workspace, "harbour") == {Visibility.CLIENT: {client.id}, Visibility.INTERNAL: {internal.id}}
    assert "2026-04-22" in {fact.value for fact in workspace.store.facts("harbour")[client.id]}
    expected = {p for passage in (client, internal) for p in mark(passage, project()).fingerprints}
    assert workspace.store.fingerprints(["harbour"]) == expected
    assert workspace.store.fingerprints(["other"]) == frozenset()


def test_only_what_changed_is_read_and_embedded(workspace: Workspace, project: Make) -> None:
    first = workspace.write("harbour", "a.md", "Alpha words stand here.")
    workspace.write("harbour", "b.md", "Beta words stand here.")
    workspace.index(project())
    asked = len(workspace.embedder.asked)
    again = workspace.index(project())
    assert (again.unchanged, again.added, again.embedded) == (2, 0, 0)
    os.utime(first, ns=(1, 1))
    touched = workspace.index(project())
    assert (touched.unchanged, touched.changed, touched.embedded) == (2, 0, 0)
    first.write_text("Alpha words changed.", encoding="utf-8")
    changed = workspace.index(project())
    assert (changed.changed, changed.unchanged, changed.embedded) == (1, 1, 1)
    assert len(workspace.embedder.asked) == asked + 1


def test_removed_and_renamed_notes_leave_the_index(workspace: Workspace, project: Make) -> None:
    path = workspace.write("harbour", "a.md", NOTE)
    workspace.write("harbour", "b.md", "Beta words.")
    workspace.index(project())
    path.rename(path.with_name("c.md"))
    report = workspace.index(project())
    assert (report.removed, report.added, report.embedded) == (1, 1, 0), "the vectors of the same words are kept"
    assert {p.path for p in workspace.store.passages("harbour")} == {"notes/b.md", "notes/c.md"}
    path.with_name("c.md").unlink()
    workspace.index(project())
    ids = {p.id for p in workspace.store.passages("harbour")}
    assert set.union(*_collections(workspace, "harbour").values()) == ids
    assert workspace.store.search_words("harbour", tuple(Visibility), ["margin"], 5) == []
    assert len(workspace.store.fingerprints(["harbour"])) == 1


def test_a_changed_card_reads_the_notes_again(workspace: Workspace, project: Make) -> None:
    workspace.write("harbour", "secret/a.md", "Words about the margin.")
    workspace.index(project())
    report = workspace.index(project(internal_globs=("secret/**",)))
    assert report.changed == 1
    found = _collections(workspace, "harbour")
    assert (len(found[Visibility.CLIENT]), len(found[Visibility.INTERNAL])) == (0, 1)


def test_one_bad_file_costs_only_itself(workspace: Workspace, project: Make, tmp_path: Path) -> None:
    workspace.write("harbour", "good.md", "Good words.")
    workspace.write("harbour", "gb.txt", "上线时间改到六月。".encode("gb18030"))
    workspace.write("harbour", "junk.md", bytes(range(256)) * 40)
    workspace.write("harbour", "minutes.docx", b"PK\x03\x04")
    big = workspace.write("harbour", "big.txt", b"")
    with big.open("wb") as file:
        file.truncate(MAX_BYTES * 5 // 2)
    outside = tmp_path / "outside.md"
    outside.write_text("Somebody else's words.", encoding="utf-8")
    (big.parent / "link.md").symlink_to(outside)
    (big.parent / "dir.md").symlink_to(tmp_path)
    report = workspace.index(project())
    assert report.added == 2
    reasons = {note.path.removeprefix("notes/"): note.reason for note in report.skipped}
    assert set(reasons) == {"junk.md", "minutes.docx", "big.txt", "link.md", "dir.md"}
    assert "50 MB" in reasons["big.txt"]
    assert "link" in reasons["link.md"]
    assert all(reason.endswith(".") and "\n" not in reason for reason in reasons.values())
    assert "Somebody" not in " ".join(p.text for p in workspace.store.passages("harbour"))


def test_a_note_that_became_unreadable_leaves_the_index(workspace: Workspace, project: Make) -> None:
    workspace.write("harbour", "a.md", "Words.")
    workspace.index(project())
    workspace.write("harbour", "a.md", bytes(range(256)) * 40)
    report = workspace.index(project())
    assert (report.removed, len(report.skipped)) == (1, 1)
    assert workspace.store.passages("harbour") == ()


def test_no_notes_folder_and_an_empty_one(workspace: Workspace, project: Make, tmp_path: Path) -> None:
    (tmp_path / "projects" / "harbour").mkdir(parents=True)
    with pytest.raises(StorageError, match="no folder notes"):
        workspace.index(project())
    (tmp_path / "projects" / "harbour" / "notes").mkdir()
    assert workspace.index(project()).passages == 0


def test_words_are_there_without_an_embedder_and_vectors_follow(workspace: Workspace, project: Make) -> None:
    workspace.write("harbour", "a.md", NOTE)
    report = workspace.index(project(), words_only=True)
    assert report.lexical_only
    assert report.notice
    assert len(workspace.store.search_words("harbour", tuple(Visibility), ["margin"], 5)) == 1
    assert workspace.index(project()).embedded == 2


def test_an_interrupted_run_keeps_what_it_has_and_goes_on(workspace: Workspace, project: Make) -> None:
    for n in range(80):
        workspace.write("harbour", f"{n:02d}.md", f"Note number {n} with words of its own.")
    broken = WordHashEmbedder(fails_after=32)
    report = workspace.index(project(), embedder=broken)
    assert report.lexical_only
    assert "went away" in report.notice
    resumed = WordHashEmbedder()
    assert workspace.index(project(), embedder=resumed).embedded == 48
    assert not set(resumed.asked) & set(broken.asked)
    assert len(_collections(workspace, "harbour")[Visibility.CLIENT]) == 80


def test_cancelling_stops_and_the_next_run_finishes(workspace: Workspace, project: Make) -> None:
    for n in range(10):
        workspace.write("harbour", f"{n}.md", f"Note number {n}.")
    seen: list[IndexProgress] = []
    calls = iter(range(100))
    report = index_project(
        project(),
        folder=workspace.notes,
        store=workspace.store,
        vectors=workspace.vectors,
        embedder=workspace.embedder,
        mark=mark,
        progress=seen.append,
        cancelled=lambda: next(calls) >= 4,
    )
    assert report.added == 4
    assert workspace.index(project()).added == 6
    assert len(_collections(workspace, "harbour")[Visibility.CLIENT]) == 10


def test_a_lost_or_broken_vector_folder_is_filled_without_embedding(
    workspace: Workspace, project: Make, tmp_path: Path
) -> None:
    workspace.write("harbour", "a.md", NOTE)
    workspace.index(project())
    asked = len(workspace.embedder.asked)
    before = _collections(workspace, "harbour")
    workspace.vectors.close()
    folder = tmp_path / ".sincerely" / "chroma"
    shutil.rmtree(folder)
    workspace.index(project())
    assert _collections(workspace, "harbour") == before
    workspace.vectors.close()
    (folder / "chroma.sqlite3").write_bytes(b"junk" * 1000)
    workspace.write("harbour", "b.md", "More words.")
    workspace.index(project())
    assert len(set.union(*_collections(workspace, "harbour").values())) == 3
    assert len(workspace.embedder.asked) == asked + 1


def test_another_embedder_rebuilds_the_vectors(workspace: Workspace, project: Make) -> None:
    workspace.write("harbour", "a.md", NOTE)
    workspace.index(project())
    other = WordHashEmbedder(name="other", dimension=32)
    assert workspace.index(project(), embedder=other).embedded == 2
    assert workspace.store.embedder() == ("other", 32)
    assert workspace.vectors.ids(collection_name("harbour", Visibility.CLIENT, workspace.embedder.name)) == set()


def test_another_schema_is_dropped_and_made_anew(workspace: Workspace, project: Make, tmp_path: Path) -> None:
    workspace.write("harbour", "a.md", NOTE)
    workspace.index(project())
    workspace.store.close()
    with sqlite3.connect(tmp_path / ".sincerely" / "index.db") as database:
        database.execute("UPDATE settings SET value = '0' WHERE name = 'schema'")
        database.execute("CREATE TABLE relic (x)")
    database.close()
    fresh = type(workspace.store)(tmp_path / ".sincerely")
    assert fresh.notes("harbour") == {}
    fresh.close()


def test_a_held_lock_is_an_error_to_act_on(workspace: Workspace, project: Make, tmp_path: Path) -> None:
    workspace.write("harbour", "a.md", NOTE)
    hurried = type(workspace.store)(tmp_path / ".sincerely", lock_seconds=0.05)
    workspace.store = hurried
    with type(workspace.store)(tmp_path / ".sincerely").write_lock(), pytest.raises(LockTimeoutError, match="wait"):
        workspace.index(project())
    assert workspace.index(project()).added == 1
    hurried.close()


def test_a_failed_write_leaves_the_note_as_it_was(workspace: Workspace, project: Make) -> None:
    workspace.write("harbour", "a.md", NOTE)
    workspace.index(project())
    before = workspace.store.passages("harbour")
    generation = workspace.store.generation()
    from dataclasses import replace

    from assistant.retrieval.notes import read_note

    note = read_note(project(), "notes/a.md", b"Other words.")
    with pytest.raises(KeyError):
        workspace.store.replace_note(replace(note, text=""), NoteFile("notes/a.md", 1, 1), "r", {})
    assert workspace.store.passages("harbour") == before
    assert workspace.store.generation() == generation
