"""Train and judge the small model that tells whether an English sentence asks for something.

    python bench/asks.py [--data FILE] [--write]

Without `--write`: five folds, out of fold, sentences that share most of their words kept in one fold (all pairs
with a Jaccard index of 0.6 or more); F1 of the model alone, of the rules alone, of both, and of triage itself on each
sentence as a mail of its own. `--write` trains on all sentences and writes `assistant/language/asks.bin`, without text.
"""

import argparse
import random
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from assistant.domain.inbound import PointKind, ReceivedMail
from assistant.language import asks, asks_model
from assistant.triage import triage_mail

DATA = Path(__file__).parents[2] / "shared/data/email_intent/train.tsv"
FOLDS, ALIKE = 5, 0.6
ROUNDS, RATE, DECAY = 12, 0.5, 1e-4
Weights = tuple[npt.NDArray[np.float64], float]


def read_sentences(path: Path) -> tuple[list[str], npt.NDArray[np.bool_]]:
    """Read the sentences and whether each is labelled as asking for an action."""
    rows = [
        line.split("\t", 1) for line in path.read_text(encoding="utf-8", errors="replace").split("\n") if "\t" in line
    ]
    return [row[1] for row in rows], np.array([row[0] == "Yes" for row in rows])


def folds(sentences: Sequence[str]) -> npt.NDArray[np.int64]:
    """Give each sentence its fold; those that share most of their words have the same."""
    words = [frozenset(s.casefold().split()) for s in sentences]
    index = {word: n for n, word in enumerate(dict.fromkeys(w for ws in words for w in sorted(ws)))}
    table = np.zeros((len(words), len(index)), np.float32)
    for row, own in enumerate(words):
        table[row, [index[w] for w in own]] = 1
    sizes, common = table.sum(1), table @ table.T
    alike = common / np.maximum(sizes[:, None] + sizes[None] - common, 1) >= ALIKE
    parent = list(range(len(words)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for i, j in zip(*np.nonzero(np.triu(alike, 1)), strict=True):
        parent[root(int(i))] = root(int(j))
    groups = [root(n) for n in range(len(words))]
    order = sorted(set(groups))
    random.Random(7).shuffle(order)
    fold = {group: n % FOLDS for n, group in enumerate(order)}
    return np.array([fold[group] for group in groups])


def train(
    rows: Sequence[npt.NDArray[np.int64]], asked: npt.NDArray[np.bool_], chosen: npt.NDArray[np.int64]
) -> Weights:
    """Fit weights and a bias by logistic loss, a sentence at a time, with a step for each weight (AdaGrad)."""
    weights, bias = np.zeros(1 << asks_model.BITS), 0.0
    seen, seen_bias = np.full(1 << asks_model.BITS, 1e-2), 1e-2
    shuffle = np.random.default_rng(1)
    for _ in range(ROUNDS):
        for n in shuffle.permutation(chosen):
            row = rows[n]
            scale = 1 / np.sqrt(len(row))
            error = 1 / (1 + np.exp(-(weights[row].sum() * scale + bias))) - float(asked[n])
            slope = error * scale + DECAY * weights[row]
            seen[row] += slope * slope
            weights[row] -= RATE * slope / np.sqrt(seen[row])
            seen_bias += error * error
            bias -= RATE * error / np.sqrt(seen_bias)
    return weights, bias


def small(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.int8]]:
    """Give the weights as signed bytes, and what one step is worth."""
    step = float(np.abs(weights).max()) / 127
    return step, np.clip(np.round(weights / step), -127, 127).astype(np.int8)


def f1(said: npt.NDArray[np.bool_], asked: npt.NDArray[np.bool_]) -> float:
    """Give the F1 of what was said to ask."""
    return 2 * float((said & asked).sum()) / float(said.sum() + asked.sum())


def triage_asks(sentence: str) -> bool:
    """Tell whether triage finds a request or a question in a sentence that is a mail of its own."""
    return any(p.kind is not PointKind.GRIEVANCE for p in triage_mail(ReceivedMail(sentence)).points)


def report_asks(path: Path) -> None:
    """Print the figures out of fold."""
    sentences, asked = read_sentences(path)
    rows = [np.array(asks_model.features(s)) for s in sentences]
    fold = folds(sentences)
    said: dict[str, npt.NDArray[np.bool_]] = {}

    def judge(name: str, answer: Callable[[str], bool], places: npt.NDArray[np.int64]) -> None:
        said.setdefault(name, np.zeros(len(sentences), bool))[places] = [answer(sentences[n]) for n in places]

    everything = np.arange(len(sentences))
    for held_out in range(FOLDS):
        weights, bias = train(rows, asked, everything[fold != held_out])
        step, tiny = small(weights)
        table = (step, bias, memoryview(tiny.tobytes()).cast("b"))
        asks_model.ask_log_odds.cache_clear()
        with patch.object(asks_model, "_table", lambda table=table: table):
            places = everything[fold == held_out]
            judge("model alone", lambda s: asks_model.ask_log_odds(s) > asks.EVEN, places)
            judge("recogniser", asks.asks_for_something, places)
            judge("triage", triage_asks, places)
    asks_model.ask_log_odds.cache_clear()
    with (
        patch.object(asks_model, "ask_log_odds", lambda _sentence: 0.0),
        patch.object(asks, "ask_log_odds", lambda _s: asks.EVEN),
    ):
        judge("recogniser, rules only", asks.asks_for_something, everything)
        judge("triage, rules only", triage_asks, everything)
    print(f"{len(sentences)} sentences, {int(asked.sum())} ask; target F1 >= .76, control TF-IDF + LR .732")
    for name, answers in said.items():
        each = [f1(answers[fold == n], asked[fold == n]) for n in range(FOLDS)]
        print(f"{name:24} F1 {f1(answers, asked):.3f}  folds {' '.join(f'{x:.3f}' for x in each)}")


def write(path: Path) -> None:
    """Train on all sentences and write the table beside its reader."""
    sentences, asked = read_sentences(path)
    rows = [np.array(asks_model.features(s)) for s in sentences]
    weights, bias = train(rows, asked, np.arange(len(sentences)))
    step, tiny = small(weights)
    data = asks_model.MAGIC + asks_model.HEAD.pack(step, bias) + zlib.compress(tiny.tobytes(), 9)
    target = Path(asks_model.__file__).with_name(asks_model.FILE)
    target.write_bytes(data)
    print(f"{target.name}: {len(data)} bytes, {int((tiny != 0).sum())} weights")


def main() -> int:
    """Judge, or write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if not args.data.is_file():
        print(f"{args.data} is not there: the sentences are read from the public measurement data.", file=sys.stderr)
        return 1
    (write if args.write else report_asks)(args.data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
