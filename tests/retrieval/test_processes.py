"""Two real processes on one index: what one writes, an already open other one sees, vectors included."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from assistant.domain.project import Project
from assistant.searching import search_notes

from .conftest import Workspace

WRITER = """
import sys
from pathlib import Path
from tests.retrieval.conftest import WordHashEmbedder, mark
from assistant.adapters.database.passage_store import SqlitePassageStore
from assistant.adapters.note_folder import DiskNotes
from assistant.domain.project import Client, Project, Sender
from assistant.indexing import index_project
from assistant.retrieval.chroma import ChromaVectors

folder = Path(sys.argv[1])
store = SqlitePassageStore(folder / ".sincerely")
vectors = ChromaVectors(folder / ".sincerely" / "chroma", generation=store.generation)
project = Project("harbour", "Harbour", Client("c", "C"), Sender("Mira Holm", "mira@ourfirm.example"))
print("ready", flush=True)
for line in sys.stdin:
    name, _, words = line.strip().partition("|")
    (folder / "projects" / "harbour" / "notes" / name).write_text(words, encoding="utf-8")
    report = index_project(
        project, folder=DiskNotes(folder), store=store, vectors=vectors, embedder=WordHashEmbedder(), mark=mark
    )
    print(report.added, report.changed, flush=True)
vectors.close()
store.close()
"""


def test_an_open_reader_sees_what_another_process_writes(
    workspace: Workspace, project: Callable[..., Project], tmp_path: Path
) -> None:
    workspace.write("harbour", "a.md", "The first note speaks of scanners.")
    plain = project(contacts=())
    workspace.index(plain)

    def found(query: str) -> list[tuple[str, int | None, int | None]]:
        result = search_notes(
            "harbour", query, store=workspace.store, vectors=workspace.vectors, embedder=workspace.embedder, n=3
        )
        assert not result.lexical_only
        return [(hit.passage.text, hit.by_words, hit.by_vectors) for hit in result.hits]

    assert found("scanners")[0] == ("The first note speaks of scanners.", 1, 1)
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": ""},
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "ready"
        for n, word in enumerate(("lockers", "invoices", "training")):
            writer.stdin.write(f"n{n}.md|Another note, number {n}, speaks of {word}.\n")
            writer.stdin.flush()
            assert writer.stdout.readline().split() == ["1", "0"]
            text, by_words, by_vectors = found(word)[0]
            assert word in text
            assert (by_words, by_vectors) == (1, 1)
        writer.stdin.write("n1.md|The note was rewritten and speaks of barges.\n")
        writer.stdin.flush()
        assert writer.stdout.readline().split() == ["0", "1"]
        assert found("barges")[0][0].endswith("barges.")
        assert not any("invoices" in text for text, _, _ in found("invoices"))
        writer.stdin.close()
        assert writer.wait(timeout=60) == 0
    workspace.write("harbour", "z.md", "The reader writes too, about cranes.")
    assert workspace.index(plain).added == 1
    assert found("cranes")[0][2] == 1
