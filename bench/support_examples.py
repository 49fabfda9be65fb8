"""The public sets as examples for the trained part of the support check; read from ../shared/data, never copied.

English: SummEdits. A wrong summary was made from a right one by changing a few words, so words are marked by comparing
it with the original; which of the changed words is the wrong one is estimated in `train_support.py`.
Chinese: UHGEval, whose keywords are marked by hand, with faithful paraphrases of ours (`chinese_paraphrases.jsonl`).
"""

import json
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.bootstrap import open_library
from assistant.check_batch import read_row
from assistant.checks.doubtful import STATES_NOTHING, known
from assistant.checks.lexicon.tokens import Token, tokens
from assistant.checks.reading import read
from assistant.checks.support import CHECK, rule_findings
from assistant.checks.word_features import FEATURES
from assistant.checks.word_model import read_words, settled
from assistant.ports import GuidanceLibrary

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]
ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
NEW, BESIDE_CUT, SAME = 1, 2, 0
UNMARKED = 3


@dataclass
class Example:
    """One text with the numbers read of its words. `marks`: a word's part in the change (see the names above)."""

    id: str
    domain: str
    group: str
    document: str
    supported: bool
    evidence: tuple[str, ...]
    text: str
    kinds: tuple[str, ...] = ()
    original: str = ""
    keywords: tuple[tuple[str, bool], ...] = ()
    words: list[Token] = field(default_factory=list)
    features: Any = None
    codes: tuple[str, ...] = ()
    marks: Any = None
    settled: Any = None


def rows_of(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        sys.exit(f"{path.parent.name}/{path.name} is not there: the measurement data lies beside the checkout.")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def summedits() -> list[Example]:
    rows = rows_of(DATA / "summedits" / "dev.jsonl")
    originals: dict[str, str] = {}
    for row in sorted(rows, key=lambda r: not r["id"].endswith("_og")):
        if row["label"]:
            originals.setdefault(row["id"].rpartition("_")[0], row["summary"])
    made = [
        Example(
            row["id"],
            row["domain"],
            row["id"].rpartition("_")[0],
            row["doc"],
            bool(row["label"]),
            (row["doc"],),
            row["summary"],
            tuple(row["edit_types"]),
            originals.get(row["id"].rpartition("_")[0], ""),
        )
        for row in rows
    ]
    return examined(sorted(made, key=lambda e: e.id))


def uhgeval() -> list[Example]:
    rows = rows_of(DATA / "uhgeval_zh" / "dev.jsonl")
    sources = {row["id"]: row["newsBeginning"] + "\n" + row["newsRemainder"] for row in rows}
    made = []
    for row in rows:
        marked = (a.partition("<sep>") for a in row["annotations"])
        keywords = tuple((word, verdict.startswith("不合理")) for word, _, verdict in marked if word)
        source = sources[row["id"]]
        text = row["hallucinatedContinuation"]
        made.append(
            Example(
                row["id"], "wrong", row["id"], source, supported=False, evidence=(source,), text=text, keywords=keywords
            )
        )
    for row in rows_of(ROOT / "bench" / "chinese_paraphrases.jsonl"):
        if row["id"] in sources:
            source = sources[row["id"]]
            made.append(
                Example(
                    row["id"], "paraphrase", row["id"], source, supported=True, evidence=(source,), text=row["text"]
                )
            )
    return examined(made)


def examined(made: list[Example]) -> list[Example]:
    """Run the rules and read the numbers of each word, on both cores."""
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(examine_one, made, chunksize=16))


@lru_cache(maxsize=1)
def _library() -> GuidanceLibrary:
    return open_library()


def examine_one(example: Example) -> Example:
    given = read_row({"evidence": list(example.evidence), "text": example.text}, library=_library())
    found = [f for f in rule_findings(given) if f.start is not None]
    features: list[Any] = []
    settled_words: list[Any] = []
    for sentence in read(given).sentences:
        if sentence.role in STATES_NOTHING:
            continue
        own = [f for f in found if f.check == CHECK and f.sentence_id == sentence.place.sentence.id]
        facts = known(sentence, own)
        alignment, numbers = read_words(sentence.text, example.evidence, facts)
        settled_words.append(settled(alignment, facts))
        begin = sentence.place.start
        example.words.extend(Token(t.word, t.start + begin, t.end + begin) for t in alignment.tokens)
        example.codes += tuple(f.code for f in own)
        features.append(numbers)
    example.features = np.concatenate(features).astype(np.float64) if features else np.zeros((0, len(FEATURES)))
    example.settled = np.concatenate(settled_words) if settled_words else np.zeros(0, bool)
    example.marks = _keyword_marks(example, given.draft.body) if example.keywords else _change_marks(example)
    return example


def _change_marks(example: Example) -> Numbers:
    words = [t.word for t in example.words]
    marks = np.zeros(len(words), int)
    if not example.original:
        return marks
    before = [t.word for t in tokens(example.original)]
    for what, _, _, first, last in SequenceMatcher(None, before, words, autojunk=False).get_opcodes():
        if what in {"replace", "insert"}:
            marks[first:last] = NEW
        elif what == "delete":
            beside = marks[max(0, first - 1) : first + 1]
            beside[beside == SAME] = BESIDE_CUT
    return marks


def _keyword_marks(example: Example, body: str) -> Numbers:
    marks = np.full(len(example.words), UNMARKED)
    for keyword, wrong in sorted(example.keywords, key=lambda k: k[1]):
        at = body.find(keyword)
        for n, word in enumerate(example.words):
            if at >= 0 and word.start < at + len(keyword) and at < word.end:
                marks[n] = NEW if wrong else SAME
    return marks


def groups_of(examples: Iterable[Example]) -> list[str]:
    """Name each example's group: texts that share a source document or an original belong to one."""
    head: dict[str, str] = {}

    def find(name: str) -> str:
        while head.setdefault(name, name) != name:
            name = head[name]
        return name

    found = list(examples)
    for e in found:
        head[find("d:" + e.document)] = find("g:" + e.group)
    return [find("g:" + e.group) for e in found]
