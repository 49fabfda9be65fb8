"""Train the model of `assistant/checks/word_model.py` on the public sets and write it beside the lexicon.

    python bench/train_support.py

Needs the extra `train` and the data in ../shared/data. What is written holds numbers only. How good it is, on documents
that it has not seen, is measured by `bench/checks.py`, which trains with the functions of this file.
"""

import gzip
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression
from support_examples import BESIDE_CUT, NEW, ROOT, UNMARKED, Example, Numbers, groups_of, summedits, uhgeval

from assistant.checks.lexicon.english import Relation, relation
from assistant.checks.lexicon.opposites import opposites
from assistant.checks.lexicon.tokens import CLASSES, NEGATION, class_of, tokens
from assistant.checks.lexicon.vectors import vector
from assistant.checks.word_features import FEATURES
from assistant.checks.word_model import MODEL, SETTLED, text_row

WORDS = {
    "objective": "binary", "learning_rate": 0.05, "num_leaves": 15, "max_depth": 6, "min_data_in_leaf": 60,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 10, "verbosity": -1,
    "num_threads": 1, "deterministic": True,
}  # fmt: skip
TEXTS = {
    "objective": "binary", "learning_rate": 0.03, "num_leaves": 6, "min_data_in_leaf": 25, "feature_fraction": 0.5,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 10, "verbosity": -1, "num_threads": 1, "seed": 5,
    "deterministic": True,
}  # fmt: skip
WORD_TREES, TEXT_TREES, SETS, FOLDS = 150, 120, 2, 5
FALSE_ALARMS = {"en": 0.10, "zh": 0.10}  # of good sentences, for the limit above which a person is told


@dataclass
class Trained:
    """One language's model in the form in which it was trained."""

    words: list[Any]
    texts: Any
    line: Any
    mean: Numbers
    scale: Numbers
    balance: float = 0.5
    quiet: float = 0.5
    word_limit: float = 0.5

    def risks(self, example: Example) -> Numbers:
        """Tell how doubtful each word is."""
        if not len(example.features):
            return np.zeros(0)
        raw = np.mean([booster.predict(example.features, raw_score=True) for booster in self.words], axis=0)
        doubts: Numbers = np.where(example.settled, SETTLED, 1 / (1 + np.exp(-raw)))
        return doubts

    def raw(self, rows: Numbers) -> Numbers:
        """Give the chance that each text is not supported."""
        doubts: Numbers = self.texts.predict(rows) + self.line.predict_proba((rows - self.mean) / self.scale)[:, 1]
        return doubts / 2


def split(examples: Sequence[Example], count: int, seed: int) -> Numbers:
    """Put whole groups into folds, each domain spread evenly."""
    groups = groups_of(examples)
    domain = {g: e.domain for g, e in zip(groups, examples, strict=True)}
    by_domain: dict[str, list[str]] = defaultdict(list)
    for group in sorted(domain):
        by_domain[domain[group]].append(group)
    chance, place, fold = np.random.default_rng(seed), 0, {}
    for name in sorted(by_domain):
        for group in chance.permutation(by_domain[name]):
            fold[str(group)] = place % count
            place += 1
    return np.array([fold[g] for g in groups])


# --- which of the changed words is the wrong one ---------------------------------------------------------------


def change_rows(example: Example) -> tuple[list[list[float]], list[int]]:
    """Describe each changed word of an English text by what it replaced, which only training can see."""
    before = [t.word for t in tokens(example.original)]
    words = [t.word for t in example.words]
    rows, places = [], []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, before, words, autojunk=False).get_opcodes():
        if what not in {"replace", "insert"} or not example.original:
            continue
        old = before[i1:i2]
        for j in range(j1, j2):
            kinds = {relation(words[j], o) for o in old}
            opposite = Relation.OPPOSITE in kinds or bool(opposites(words[j]) & set(old))
            like = max((float(vector(words[j]) @ vector(o)) for o in old), default=-0.3)
            denied = any(o in CLASSES[NEGATION] for o in old)
            rows.append(
                [
                    *(opposite, *(k in kinds for k in Relation), like, what == "insert", i2 - i1, j2 - j1, denied),
                    *(class_of(words[j]), *example.features[j]),
                ]
            )
            places.append(j)
    return rows, places


def blame(examples: Sequence[Example], seed: int = 9) -> list[Any]:
    """Estimate for each changed word how likely it makes the text wrong, each fold by the others."""
    described = [change_rows(e) if e.domain != "wrong" else ([], []) for e in examples]
    found = [np.zeros(len(e.words)) for e in examples]
    fold = split(examples, 6, seed)
    rows = np.array([r for rs, _ in described for r in rs], float)
    owner = np.array([i for i, (rs, _) in enumerate(described) for _ in rs])
    place = np.array([p for _, ps in described for p in ps])
    if not len(rows):
        return found
    wrong = np.array([not examples[i].supported for i in owner], float)
    for number in range(6):
        out = fold[owner] == number
        booster = lightgbm.train(
            {**WORDS, "num_leaves": 8, "min_data_in_leaf": 40, "feature_fraction": 0.5},
            lightgbm.Dataset(rows[~out], wrong[~out]),
            100,
        )
        for i, j, value in zip(owner[out], place[out], booster.predict(rows[out]), strict=True):
            found[i][j] = value
    return found


# --- the two parts ---------------------------------------------------------------------------------------------


def word_examples(
    examples: Sequence[Example], blamed: Sequence[Any], chance: np.random.Generator
) -> tuple[Numbers, Numbers, Numbers]:
    """Give rows, whether each word is wrong, and weights; words that say nothing either way are thinned out."""
    rows, wrong, weights = [], [], []
    for e, blame_of in zip(examples, blamed, strict=True):
        if not len(e.words):
            continue
        marks, some = e.marks, chance.random(len(e.marks))
        if e.keywords:
            weight, bad = np.where(marks == UNMARKED, 0.3, 1.0), marks == NEW
        elif e.domain == "paraphrase":
            weight, bad = np.full(len(marks), 3.0), np.zeros(len(marks), bool)
        elif e.supported:
            weight = np.where(marks == NEW, 2.0, 1.2) * ((marks != 0) | (some < 0.4))
            bad = np.zeros(len(marks), bool)
        else:
            new = marks == NEW
            most = blame_of[new].max() if new.any() else 0.0
            weight = np.where(new, (blame_of / max(most, 1e-6)) ** 2 * 1.5, 0.0)
            if most < 0.6:
                weight = np.where(marks == BESIDE_CUT, 1.5, weight)
            bad = weight > 0.15
            weight = np.where(bad, weight, 0.0) + ((marks == 0) & (some < 0.08))
        kept = (weight > 0) & ~e.settled
        rows.append(e.features[kept])
        wrong.append(bad[kept])
        weights.append(weight[kept])
    return np.concatenate(rows), np.concatenate(wrong).astype(float), np.concatenate(weights)


def train_words(examples: Sequence[Example], blamed: Sequence[Any]) -> list[Any]:
    made = []
    for seed in range(SETS):
        rows, wrong, weights = word_examples(examples, blamed, np.random.default_rng(seed))
        made.append(lightgbm.train({**WORDS, "seed": seed}, lightgbm.Dataset(rows, wrong, weight=weights), WORD_TREES))
    return made


def balanced(examples: Sequence[Example]) -> Numbers:
    """Weigh each domain and label alike."""
    counts: dict[tuple[str, bool], int] = defaultdict(int)
    keys = [(e.domain if e.domain not in {"wrong", "paraphrase"} else "zh", e.supported) for e in examples]
    for key in keys:
        counts[key] += 1
    return np.array([len(examples) / len(counts) / counts[key] for key in keys])


def train_texts(rows: Numbers, examples: Sequence[Example], words: list[Any]) -> Trained:
    wrong = np.array([not e.supported for e in examples], float)
    weights = balanced(examples)
    texts = lightgbm.train(TEXTS, lightgbm.Dataset(rows, wrong, weight=weights), TEXT_TREES)
    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    line = LogisticRegression(C=0.05, max_iter=1000).fit((rows - mean) / scale, wrong, sample_weight=weights)
    return Trained(words, texts, line, mean, scale)


def train(examples: Sequence[Example], seed: int = 1) -> Trained:
    """Train both parts; limits are set on what each part says of examples that it was not trained on."""
    blamed = blame(examples)
    fold = split(examples, FOLDS, seed)
    risks: list[Any] = [np.zeros(0)] * len(examples)
    for number in range(FOLDS):
        inside = [i for i in range(len(examples)) if fold[i] != number]
        words = train_words([examples[i] for i in inside], [blamed[i] for i in inside])
        part = Trained(words, None, None, np.zeros(0), np.ones(0))
        for i in np.flatnonzero(fold == number).tolist():
            risks[i] = part.risks(examples[i])
    rows = np.array([text_row(e.features, r, e.codes) for e, r in zip(examples, risks, strict=True)])
    second = split(examples, FOLDS, seed + 1)
    raw = np.zeros(len(examples))
    for number in range(FOLDS):
        others = np.flatnonzero(second != number).tolist()
        part = train_texts(rows[others], [examples[i] for i in others], [])
        raw[second == number] = part.raw(rows[second == number])
    whole = train_texts(rows, examples, train_words(examples, blamed))
    set_limits(whole, examples, raw, risks)
    return whole


def set_limits(whole: Trained, examples: Sequence[Example], raw: Numbers, risks: list[Any]) -> None:
    good = np.array([e.supported for e in examples])
    weights = balanced(examples)
    steps = np.quantile(raw, np.linspace(0.1, 0.9, 81))
    chinese = examples[0].domain in {"wrong", "paraphrase"}
    alarms = FALSE_ALARMS["zh" if chinese else "en"]
    whole.quiet = float(np.quantile(raw[good], 1 - alarms))
    if chinese:  # all texts that are not our own paraphrases are wrong, so the limit is set by false alarms alone
        whole.balance = whole.quiet
    else:
        right = np.array([weights[(raw >= s) != good].sum() for s in steps])
        smooth = np.convolve(right, np.ones(7) / 7, "valid")
        whole.balance = float(steps[3 + int(smooth.argmax())])
    words = np.concatenate([r for r, e in zip(risks, examples, strict=True) if e.supported])
    whole.word_limit = float(np.quantile(words, 0.95))


# --- the file --------------------------------------------------------------------------------------------------


def flat(boosters: Sequence[Any], share: float) -> dict[str, Any]:
    """Give the trees of some boosters as arrays; leaves point to themselves, their values are weighed by `share`."""
    feature, left, right, roots = list[int](), list[int](), list[int](), list[int]()
    threshold, value = list[float](), list[float]()
    deepest = 0

    def add(node: dict[str, Any], depth: int) -> int:
        nonlocal deepest
        here = len(feature)
        deepest = max(deepest, depth)
        leaf = "leaf_value" in node
        feature.append(0 if leaf else node["split_feature"])
        threshold.append(0.0 if leaf else node["threshold"])
        value.append(node["leaf_value"] * share if leaf else 0.0)
        left.append(here)
        right.append(here)
        if not leaf:
            left[here] = add(node["left_child"], depth + 1)
            right[here] = add(node["right_child"], depth + 1)
        return here

    for booster in boosters:
        roots.extend(add(tree["tree_structure"], 0) for tree in booster.dump_model()["tree_info"])
    return {
        "feature": np.array(feature, np.int16),
        "threshold": np.array(threshold),
        "left": np.array(left, np.int32),
        "right": np.array(right, np.int32),
        "value": np.array(value),
        "roots": np.array(roots, np.int32),
        "depth": np.array([deepest], np.int16),
    }


def arrays_of(name: str, trained: Trained) -> dict[str, Any]:
    made = {f"{name}_words_{k}": v for k, v in flat(trained.words, 1 / len(trained.words)).items()}
    made |= {f"{name}_texts_{k}": v for k, v in flat([trained.texts], 1.0).items()}
    limits = [trained.line.intercept_[0], trained.balance, trained.quiet, trained.word_limit]
    return made | {
        f"{name}_mean": trained.mean,
        f"{name}_scale": trained.scale,
        f"{name}_weights": trained.line.coef_[0],
        f"{name}_limits": np.array(limits),
    }


def main() -> None:
    arrays: dict[str, Any] = {}
    for name, examples in (("en", summedits()), ("zh", uhgeval())):
        trained = train(examples)
        arrays |= arrays_of(name, trained)
        print(
            f"{name}: {len(examples)} texts, {sum(len(e.words) for e in examples)} words, {len(FEATURES)} numbers each"
        )
        print(f"  balance {trained.balance:.3f}  quiet {trained.quiet:.3f}  word limit {trained.word_limit:.3f}")
    raw = io.BytesIO()
    np.savez(raw, **arrays)
    path = ROOT / "assistant" / "checks" / "lexicon" / "data" / MODEL
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(raw.getvalue())
    print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
