"""Train and judge the small model that tells what a sentence of a client's mail does.

    python bench/train_kinds.py [--write]

It learns from `bench/triage/kinds_en.txt` and `kinds_zh.txt`, about 1,600 sentences of our own written for it, a letter
and the sentence a line (`assistant/checks/sentence_kinds.py` names the letters), and from the labelled mails `dev` and
`look`, cut at their Points. Without `--write`: five folds by mail, and how well faults are told from statements at the
labelled spans of the held-out mails, beside the rules alone. `--write` trains on all and writes the numbers, no text.
"""

import argparse
import json
import random
import re
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.checks import sentence_kinds
from assistant.checks.grievances import is_mood, is_threat, names_fault
from assistant.checks.mail_text import new_text
from assistant.checks.sentence_kinds import BITS, DENSE, HEAD, KINDS, MAGIC, dense, hashed, hashed_share, tidy
from assistant.language.asks import rule_ask
from assistant.language.detect import has_cjk
from assistant.language.sentences import split_sentences

HERE = Path(__file__).parent / "triage"
OWN = ("kinds_en.txt", "kinds_zh.txt")
MAILS = ("dev", "look")
FOLDS, DECAY, ROUNDS, RATE, OF_A_MAIL = 5, 2e-3, 300, 0.05, 2.0
GROUPS = {"grievance": "ga", "request": "r", "question": "q", "": "mthpb"}
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence or clause, the letters of the kinds it may be, and the mail it stands in (empty: written alone)."""

    text: str
    kinds: str
    mail: str


def own_sentences() -> list[Example]:
    """Read the sentences written for the model."""
    lines = [line for name in OWN for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    return [Example(tidy(line[2:]), line[0], "") for line in lines]


def of_mails(half: str) -> list[Example]:
    """Cut the labelled mails of a half at their Points; what stands between them is a statement of some kind."""
    made: list[Example] = []
    for line in (HERE / f"{half}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = new_text(row["text"])
        rest = list(text)
        for point in row["points"]:
            made.append(Example(tidy(point["text"]), GROUPS[point["kind"]], row["id"]))
            rest[point["start"] : point["end"]] = "\n" * (point["end"] - point["start"])
        between = "".join(rest)
        for sentence in split_sentences(text):
            for part in re.split(r"\n+", between[sentence.start : sentence.end]):
                words = tidy(part)
                if len(words) >= (5 if has_cjk(words) else 12):
                    made.append(Example(words, GROUPS[""], row["id"]))
    return made


def matrix(examples: list[Example]) -> Numbers:
    """Give the features of the examples, a row each: the dense ones, then the hashed ones."""
    made = np.zeros((len(examples), DENSE + (1 << BITS)))
    for row, example in zip(made, examples, strict=True):
        row[:DENSE] = dense(example.text)
        places = hashed(example.text)
        row[DENSE + np.array(places, np.int64)] = hashed_share(places)
    return made


def shares(rows: Numbers, weights: Numbers) -> Numbers:
    """Give how likely each kind is for each row."""
    odds = rows @ weights
    made: Numbers = np.exp(odds - odds.max(1, keepdims=True))
    made /= made.sum(1, keepdims=True)
    return made


def train(rows: Numbers, examples: list[Example]) -> Numbers:
    """Fit by logistic loss on the share of the allowed kinds together (Adam, all rows at once)."""
    allowed = np.array([[kind in example.kinds for kind in KINDS] for example in examples], float)
    counts = np.array([OF_A_MAIL if example.mail else 1.0 for example in examples])
    counts /= counts.sum()
    weights = np.zeros((rows.shape[1], len(KINDS)))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for n in range(1, ROUNDS + 1):
        now = shares(rows, weights)
        wanted = now * allowed
        wanted /= wanted.sum(1, keepdims=True)
        slope = rows.T @ ((now - wanted) * counts[:, None]) + DECAY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope * slope
        step = RATE * (1 - n / ROUNDS / 1.1)
        weights -= step * (mean / (1 - 0.9**n)) / (np.sqrt(square / (1 - 0.99**n)) + 1e-8)
    return weights


def best_four(rows: Numbers, weights: Numbers) -> list[str]:
    """Give the likeliest of fault, request, question and statement for each row."""
    now = shares(rows, weights)
    sums = np.stack([now[:, [KINDS.index(k) for k in group]].sum(1) for group in GROUPS.values()], 1)
    names = list(GROUPS.values())
    return [names[n] for n in sums.argmax(1)]


def by_rules(words: str) -> str:
    """Give what the rules alone take a clause for."""
    ask = rule_ask(words)
    if ask:
        return GROUPS[ask]
    fault = names_fault(words) and not is_mood(words) and not is_threat(words)
    return GROUPS["grievance" if fault else ""]


def report(name: str, said: list[str], examples: list[Example]) -> None:
    """Print the share of right answers, and F1 of faults."""
    right = sum(a == e.kinds for a, e in zip(said, examples, strict=True))
    hits = sum(a == e.kinds == GROUPS["grievance"] for a, e in zip(said, examples, strict=True))
    of = said.count(GROUPS["grievance"]) + sum(e.kinds == GROUPS["grievance"] for e in examples)
    print(f"{name:12} of four kinds right {right / len(said):.3f}, faults F1 {2 * hits / of:.3f}")


def judge(alone: list[Example], labelled: list[Example]) -> None:
    """Print the figures of the held-out mails."""
    # A mail and its counterpart in the other language stay together.
    names = sorted({e.mail.split("-", 1)[1] for e in labelled})
    random.Random(5).shuffle(names)
    fold = {name: n % FOLDS for n, name in enumerate(names)}
    rows, others = matrix(labelled), matrix(alone)
    of = np.array([fold[e.mail.split("-", 1)[1]] for e in labelled])
    said = [""] * len(labelled)
    for held in range(FOLDS):
        kept = [n for n in range(len(labelled)) if of[n] != held]
        weights = train(np.concatenate([others, rows[kept]]), alone + [labelled[n] for n in kept])
        places = np.nonzero(of == held)[0]
        for place, answer in zip(places, best_four(rows[places], weights), strict=True):
            said[place] = answer
    ruled = [by_rules(e.text) for e in labelled]
    for half in MAILS:
        for language in ("en", "zh"):
            chosen = [n for n, e in enumerate(labelled) if e.mail.startswith(f"{language}-{half}")]
            print(f"{half} {language}: {len(chosen)} clauses")
            report("  model", [said[n] for n in chosen], [labelled[n] for n in chosen])
            report("  rules", [ruled[n] for n in chosen], [labelled[n] for n in chosen])


def write(examples: list[Example]) -> None:
    """Train on all examples and write the numbers beside their reader."""
    weights = train(matrix(examples), examples)
    first, second = weights[:DENSE], weights[DENSE:]
    step = float(np.abs(second).max()) / 127
    tiny = np.round(second / step).astype(np.int8)
    data = MAGIC + HEAD.pack(step) + zlib.compress(first.astype(np.float16).tobytes() + tiny.tobytes(), 9)
    target = Path(sentence_kinds.__file__).with_name(sentence_kinds.FILE)
    target.write_bytes(data)
    print(f"{target.name}: {len(data)} bytes from {len(examples)} sentences and clauses")


def main() -> int:
    """Judge, or write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    labelled = [example for half in MAILS for example in of_mails(half)]
    if args.write:
        write(own_sentences() + labelled)
    else:
        judge(own_sentences(), labelled)
    return 0


if __name__ == "__main__":
    sys.exit(main())
