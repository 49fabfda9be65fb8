"""Run as a program: two writers, three readers on one workspace, one of them killed in every round.

`python -m tests.retrieval.shared_index FOLDER ROUNDS SEED`. Each is a process of its own with services opened by the
real bootstrap: real note files, real SQLite, real Chroma files. Only the embedder is a stand-in, words hashed into a
vector, for the real one would take most of the time; what is tested is who sees what. A process is a fork of this
small program, which has the libraries loaded and nothing open, so that a killed one is replaced in milliseconds.
Prints one JSON object; whatever is lost, stale or of another project is an assertion error here.
"""

import contextlib
import hashlib
import importlib
import json
import math
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from assistant.bootstrap import open_propose
from assistant.domain.project import Visibility
from assistant.retrieval.collections import collection_name
from assistant.retrieval.words import search_words
from assistant.services import ProposeServices
from tests.retrieval.index_workspace import make_workspace

PROJECTS = ("harbour", "mountain")
CODE_WORDS = {"harbour": "zinfandel", "mountain": "halyard"}
"""Each stands in every note of its project and in no other's."""

WRITERS, READERS = 2, 3
_SECONDS = 60.0


class HashedWords:
    """An embedder whose vectors are sums of a random direction for each word."""

    name = "hashed-words"
    dimension = 48

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        return [self.query(text) for text in texts]

    def query(self, text: str) -> list[float]:
        total = [0.0] * self.dimension
        for word in search_words(text) or ["none"]:
            digest = hashlib.sha384(word.encode()).digest()
            total = [t + digest[i] - 127.5 for i, t in enumerate(total)]
        length = math.sqrt(sum(x * x for x in total)) or 1.0
        return [x / length for x in total]


# --- one process ----------------------------------------------------------------------------------------------


def _open(folder: Path) -> ProposeServices:
    return replace(open_propose(folder), embedder=HashedWords)


def _answer(services: ProposeServices, folder: Path, asked: dict[str, Any]) -> Any:
    if "write" in asked:
        for slug, name, words in asked["write"]:
            path = folder / "projects" / slug / "notes" / name
            if words is None:
                path.unlink(missing_ok=True)
            else:
                path.write_text(words, encoding="utf-8")
        return [_indexed(services, slug) for slug in asked["index"]]
    if "search" in asked:
        return [_found(services, *one) for one in asked["search"]]
    return _whole(services)


def _indexed(services: ProposeServices, slug: str) -> int:
    report = services.index(slug)
    assert not report.lexical_only, report.notice
    assert report.skipped == (), report.skipped
    return report.passages


def _found(services: ProposeServices, slug: str, query: str, internal: bool) -> list[Any]:
    result = services.search(slug, query, n=50, internal=internal)
    assert not result.lexical_only, result.notice
    return [[h.passage.project, h.passage.visibility, h.passage.text, h.by_vectors is not None] for h in result.hits]


def _whole(services: ProposeServices) -> dict[str, Any]:
    """What is stored of each project, and what its collections hold and find."""
    found: dict[str, Any] = {}
    for slug in PROJECTS:
        kept: dict[str, list[str]] = {}
        for visibility in Visibility:
            name = collection_name(slug, visibility, HashedWords.name)
            passages = services.store.passages(slug, visibility=visibility)
            ids = {passage.id for passage in passages}
            assert services.vectors.ids(name) == ids
            near = services.vectors.nearest(name, HashedWords().query("anything"), len(ids) + 5)
            assert {id_ for id_, _ in near} == ids, "the vectors are stored but not found"
            kept[visibility] = sorted(passage.text for passage in passages)
        found[slug] = kept
    return found


def _serve(folder: Path, asked: IO[str], said: IO[str]) -> None:
    services = _open(folder)
    for line in asked:
        said.write(json.dumps(_answer(services, folder, json.loads(line)), ensure_ascii=False) + "\n")
        said.flush()


@dataclass(slots=True)
class Process:
    """A child that answers one question at a time."""

    pid: int
    asked: IO[str]
    said: IO[str]

    @classmethod
    def start(cls, folder: Path) -> "Process":
        """Fork a child that opens the workspace."""
        there, ask = os.pipe()
        tell, back = os.pipe()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                os.close(ask)
                os.close(tell)
                with os.fdopen(there) as asked, os.fdopen(back, "w") as said:
                    _serve(folder, asked, said)
                code = 0
            except BaseException:  # noqa: BLE001 - a child tells its fault and ends; it must not go on as the parent
                import traceback

                traceback.print_exc()
            finally:
                os._exit(code)
        os.close(there)
        os.close(back)
        return cls(pid, os.fdopen(ask, "w"), os.fdopen(tell))

    def ask(self, question: dict[str, Any]) -> None:
        self.asked.write(json.dumps(question) + "\n")
        self.asked.flush()

    def answer(self) -> Any:
        ready, _, _ = select.select([self.said], [], [], _SECONDS)
        assert ready, "a process hangs"
        line = self.said.readline()
        assert line, "a process failed"
        return json.loads(line)

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):  # at the end it may be dead already
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.asked.close()
        self.said.close()


def load_libraries(folder: Path) -> None:
    """Load here what a child loads when it writes and searches: a forked one then has it, with nothing open."""
    make_workspace(folder, *PROJECTS)
    for slug in PROJECTS:
        (folder / "projects" / slug / "notes" / "a.md").write_text("Words of the go-live.", encoding="utf-8")
    tell, back = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            services = _open(folder)
            for slug in PROJECTS:
                services.index(slug)
                services.search(slug, "go-live 22 April", n=5, internal=True)
        finally:
            with os.fdopen(back, "w") as said:
                json.dump(sorted(sys.modules), said)
            os._exit(0)
    os.close(back)
    with os.fdopen(tell) as said:
        names = json.load(said)
    os.waitpid(pid, 0)
    for name in names:
        with contextlib.suppress(ImportError, AttributeError, ValueError):  # names that a module made up for itself
            importlib.import_module(name)


# --- rounds ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Notes:
    """What each writer keeps in the projects, by (project, file name). A token stands in one version of one note."""

    chance: random.Random
    held: dict[tuple[str, str], str] = field(default_factory=dict)
    gone: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0

    def changes(self, writer: int) -> list[tuple[str, str, str | None]]:
        """Choose some notes of a writer to be written, changed or removed."""
        chosen = []
        for _ in range(self.chance.choice((1, 1, 2, 3))):
            slug = self.chance.choice(PROJECTS)
            name = f"w{writer}-{self.chance.randrange(9)}.md"
            present = (slug, name) in self.held
            words = None if present and self.chance.random() < 0.3 else self.words(slug)
            chosen.append((slug, name, words))
        return list({(slug, name): (slug, name, words) for slug, name, words in chosen}.values())

    def words(self, slug: str) -> str:
        """Make up a version of a note, internal or not."""
        self.count += 1
        head = "visibility: internal\n\n" if self.chance.random() < 0.25 else ""
        return f"{head}Note tok{self.count}x of {CODE_WORDS[slug]} 第{self.count}号 speaks of the go-live.\n"

    def settle(self, folder: Path, changes: Sequence[tuple[str, str, str | None]]) -> None:
        """Take over what the disk holds now: a killed writer may have got to any of its changes."""
        for slug, name, words in changes:
            before = self.held.pop((slug, name), None)
            path = folder / "projects" / slug / "notes" / name
            now = path.read_text(encoding="utf-8") if path.exists() else None
            assert now in {before, words, ""}, "a file holds what nobody wrote"
            self.gone += [(slug, _token(old)) for old in (before, words) if old is not None and old != now]
            if now:
                self.held[slug, name] = now

    def questions(self, n: int) -> list[tuple[str, str, bool]]:
        """Choose what readers ask: what is there, what is gone, and what only the other project has."""
        there = self.chance.sample(sorted(self.held), min(n, len(self.held)))
        asked = [(slug, _token(self.held[slug, name])) for slug, name in there] + self.gone[-n:]
        asked.append((self.chance.choice(PROJECTS), self.chance.choice(list(CODE_WORDS.values()))))
        return [(slug, word, self.chance.random() < 0.5) for slug, word in asked]


def _token(words: str) -> str:
    return words.partition("Note ")[2].partition(" ")[0]


def _judge(notes: Notes, asked: Sequence[tuple[str, str, bool]], found: list[list[Any]], *, settled: bool) -> None:
    """Whatever happens, an answer is of its project and its visibility; when all is settled it is also complete."""
    for (slug, word, internal), hits in zip(asked, found, strict=True):
        for project, visibility, text, _ in hits:
            assert project == slug, "a passage of another project"
            assert CODE_WORDS[slug] in text, "a passage of another project"
            assert internal or visibility == "client", "an internal passage"
        if not settled:
            continue
        expected = {t for (s, _), t in notes.held.items() if s == slug and word in t.split()}
        if not internal:
            expected = {text for text in expected if not text.startswith("visibility")}
        got = {text: by_vectors for _, _, text, by_vectors in hits if word in text.split()}
        wanted = {text.removeprefix("visibility: internal\n\n").strip() for text in expected}
        assert set(got) == wanted, f"lost: {wanted - set(got)}, stale: {set(got) - wanted}"
        assert all(got.values()), "found by words alone: the vectors were lost"


@dataclass(slots=True)
class Shared:
    """The processes and what they should see."""

    folder: Path
    notes: Notes
    writers: list[Process]
    readers: list[Process]
    killed: dict[str, int] = field(default_factory=lambda: {"writer": 0, "reader": 0})

    def round(self) -> None:
        """Let all work at once, kill one of them somewhere, and look at what the others and its successor see."""
        chance = self.notes.chance
        changes = [self.notes.changes(n) for n in range(WRITERS)]
        for writer, some in zip(self.writers, changes, strict=True):
            slugs = list(PROJECTS) if chance.random() < 0.3 else sorted({slug for slug, _, _ in some})
            writer.ask({"write": some, "index": slugs})
        asked = [self.notes.questions(1) for _ in self.readers]
        for reader, some_questions in zip(self.readers, asked, strict=True):
            reader.ask({"search": some_questions})
        victim = chance.randrange(WRITERS + READERS)
        time.sleep(chance.random() ** 2 * 0.12)
        group, place = (self.writers, victim) if victim < WRITERS else (self.readers, victim - WRITERS)
        group[place].kill()
        self.killed["writer" if victim < WRITERS else "reader"] += 1
        for n, writer in enumerate(self.writers):
            if n != victim:
                writer.answer()
        for n, reader in enumerate(self.readers):
            if WRITERS + n != victim:
                _judge(self.notes, asked[n], reader.answer(), settled=False)
        group[place] = Process.start(self.folder)
        if victim < WRITERS:  # what the other one committed is there at once, whatever the killed one left behind
            self.notes.settle(self.folder, changes[1 - victim])
            mine = [(slug, _token(words), True) for slug, _, words in changes[1 - victim] if words is not None]
            self.see(mine)
            self.writers[victim].ask({"write": [], "index": list(PROJECTS)})
            self.writers[victim].answer()
            self.notes.settle(self.folder, changes[victim])
        else:
            for some in changes:
                self.notes.settle(self.folder, some)
        self.see(self.notes.questions(1))

    def see(self, questions: Sequence[tuple[str, str, bool]]) -> None:
        """Ask every reader, each of which must know all that is committed."""
        for reader in self.readers:
            reader.ask({"search": questions})
        for reader in self.readers:
            _judge(self.notes, questions, reader.answer(), settled=True)

    def all(self) -> Iterator[Process]:
        yield from self.writers
        yield from self.readers


def work(folder: Path, rounds: int, seed: int, progress: Callable[[str], object] = lambda _: None) -> dict[str, int]:
    """Run the rounds; gives how many processes of each kind were killed and how many notes there were."""
    load_libraries(folder / "first")
    folder = make_workspace(folder / "shared", *PROJECTS)
    shared = Shared(
        folder,
        Notes(random.Random(seed)),
        [Process.start(folder) for _ in range(WRITERS)],
        [Process.start(folder) for _ in range(READERS)],
    )
    try:
        seeds = [(slug, f"seed{n}.md", shared.notes.words(slug)) for slug in PROJECTS for n in range(4)]
        shared.writers[0].ask({"write": seeds, "index": list(PROJECTS)})
        shared.writers[0].answer()
        shared.notes.settle(folder, seeds)
        for n in range(rounds):
            shared.round()
            progress(f"{n} {shared.killed}\n")
        for process in shared.all():
            process.ask({})
        kept = {
            slug: sorted(text.split("\n\n")[-1].strip() for (s, _), text in shared.notes.held.items() if s == slug)
            for slug in PROJECTS
        }
        for process in shared.all():
            found = process.answer()
            assert {slug: sorted(text for texts in found[slug].values() for text in texts) for slug in PROJECTS} == kept
    finally:
        for process in shared.all():
            process.kill()
    return {**shared.killed, "versions": shared.notes.count, "notes": len(shared.notes.held)}


if __name__ == "__main__":
    loud = len(sys.argv) > 4
    result = work(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.stderr.write if loud else lambda _: None)
    sys.stdout.write(json.dumps(result))
