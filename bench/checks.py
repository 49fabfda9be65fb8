"""How well the checks tell supported claims from unsupported ones, on documents that the model has not seen.

    python bench/checks.py [english] [chinese]

Everything is out of fold: six folds, whole documents (and whole originals) in one fold, and all limits are set inside
the other folds. Beside each figure stands a control that sees the claim and not its source. Balanced accuracy is the
mean of the recall on unsupported and on supported claims; chance is 50. Needs the extra `train` and ../shared/data.
"""

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from support_examples import Example, Flags, Numbers, Places, groups_of, summedits, uhgeval
from train_support import balanced, split, train

from assistant.check_batch import FIRM, MOST_IF_FIRM
from assistant.checks.doubtful import runs
from assistant.checks.word_model import rescaled, text_row

FOLDS = 6
WORK = ("sales_email", "sales_call", "qmsumm", "ectsum")


def product_score(example: Example, doubt: float) -> float:
    """Give what `sincerely check --jsonl` gives: less than half for what a rule is firm about."""
    firm = any(code.endswith(FIRM) for code in example.codes)
    return min(1 - doubt, MOST_IF_FIRM) if firm else 1 - doubt


def out_of_fold(examples: Sequence[Example], seed: int) -> tuple[Numbers, list[Numbers], Numbers]:
    """Give each text's doubt, its words' doubts and the limit for words, from models that saw none of its document."""
    fold = split(examples, FOLDS, seed)
    doubts, limits = np.zeros(len(examples)), np.zeros(len(examples))
    risks: list[Any] = [np.zeros(0)] * len(examples)
    for number in range(FOLDS):
        trained = train([e for e, f in zip(examples, fold, strict=True) if f != number], seed + 1)
        for i in np.flatnonzero(fold == number).tolist():
            risks[i] = trained.risks(examples[i])
            row = text_row(examples[i].features, risks[i], examples[i].codes)
            doubts[i] = rescaled(float(trained.raw(row[None, :])[0]), trained.balance)
            limits[i] = trained.word_limit
    return doubts, risks, limits


def control(examples: Sequence[Example], seed: int) -> Numbers:
    """Judge the claim's words alone, the source unseen; its limit is set as the model's is."""
    fold = split(examples, FOLDS, seed)
    chinese = examples[0].domain in {"wrong", "paraphrase"}
    doubts = np.zeros(len(examples))
    for number in range(FOLDS):
        inside = np.flatnonzero(fold != number).tolist()
        words = TfidfVectorizer(analyzer="char" if chinese else "word", ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        rows = words.fit_transform([examples[i].text for i in inside])
        weights = balanced([examples[i] for i in inside])
        line = LogisticRegression(C=1.0, max_iter=1000)
        line.fit(rows, [not examples[i].supported for i in inside], sample_weight=weights)
        outside = np.flatnonzero(fold == number).tolist()
        doubts[outside] = line.predict_proba(words.transform([examples[i].text for i in outside]))[:, 1]
    return doubts


def accuracies(examples: Sequence[Example], flagged: Flags, chosen: Places | None = None) -> dict[str, float]:
    places = np.arange(len(examples)) if chosen is None else chosen
    good = np.array([examples[i].supported for i in places.tolist()])
    names = np.array([examples[i].domain for i in places.tolist()])
    found = {}
    for name in sorted(set(names)):
        here = names == name
        if good[here].any() and not good[here].all():
            hit, passed = flagged[places][here & ~good].mean(), 1 - flagged[places][here & good].mean()
            found[str(name)] = 50 * (hit + passed)
    return found


def interval(examples: Sequence[Example], flagged: Flags) -> tuple[float, float]:
    """Give the middle 95 of 100 means over domains when whole documents are drawn again."""
    groups: dict[str, list[int]] = {}
    for i, group in enumerate(groups_of(examples)):
        groups.setdefault(group, []).append(i)
    names, chance, means = sorted(groups), np.random.default_rng(3), []
    for _ in range(500):
        drawn = np.concatenate([groups[n] for n in chance.choice(names, len(names))])
        means.append(np.mean(list(accuracies(examples, flagged, drawn).values())))
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def report(name: str, examples: Sequence[Example], doubts: Numbers, flagged: Flags) -> None:
    good = np.array([e.supported for e in examples])
    found = accuracies(examples, flagged)
    low, high = interval(examples, flagged)
    limit = np.quantile(doubts[good], 0.9)
    mean, work = np.mean(list(found.values())), np.mean([found[d] for d in WORK])
    print(f"{name}: mean of domains {mean:.1f} ({low:.1f} to {high:.1f})  work {work:.1f}", end="  ")
    print(f"AUROC {roc_auc_score(~good, doubts):.3f}  recall at specificity .90 {(doubts[~good] > limit).mean():.3f}")
    print("   ", "  ".join(f"{d} {v:.1f}" for d, v in found.items()))


def english() -> None:
    examples = summedits()
    print(f"SummEdits dev: {len(examples)} claims, {len({e.document for e in examples})} documents")
    objections = np.array([float(len(e.codes)) for e in examples])
    report("rules alone", examples, objections, objections > 0)
    for seed in (0, 1):
        blind = control(examples, seed)
        report(f"control, folds {seed}", examples, blind, blind >= 0.5)
        doubts, _, _ = out_of_fold(examples, seed)
        report(f"model, folds {seed}", examples, doubts, doubts > 0.5)
        scores = np.array([product_score(e, d) for e, d in zip(examples, doubts, strict=True)])
        report(f"rules and model, folds {seed}", examples, 1 - scores, scores < 0.5)
        for kind in sorted({k for e in examples for k in e.kinds}):
            hit = [s < 0.5 for e, s in zip(examples, scores, strict=True) if kind in e.kinds]
            print(f"    {kind}: {np.mean(hit):.3f} of {len(hit)} flagged")


def named(example: Example, risks: Numbers, limit: float) -> list[tuple[int, int]]:
    """Give the characters that the findings of a doubtful text point at."""
    return [(example.words[a].start, example.words[b].end) for a, b in runs([float(r) for r in risks], limit)]


def chinese() -> None:
    examples = uhgeval()
    wrong = np.array([not e.supported for e in examples])
    print(f"UHGEval dev: {wrong.sum()} wrong continuations, {(~wrong).sum()} faithful paraphrases of ours")
    objections = np.array([bool(e.codes) for e in examples])
    print(f"rules alone: flagged {objections[wrong].mean():.3f}  false alarms {objections[~wrong].mean():.3f}")
    for seed in (0, 1):
        doubts, risks, limits = out_of_fold(examples, seed)
        scores = np.array([product_score(e, d) for e, d in zip(examples, doubts, strict=True)])
        flagged = scores < 0.5
        blind = control(examples, seed)
        at = np.quantile(blind[~wrong], 1 - flagged[~wrong].mean())
        print(f"rules and model, folds {seed}: flagged {flagged[wrong].mean():.3f}", end="  ")
        print(f"false alarms {flagged[~wrong].mean():.3f}  AUROC {roc_auc_score(wrong, 1 - scores):.3f}", end="  ")
        print(f"(control: {(blind[wrong] > at).mean():.3f} at the same false alarms)")
        hit = inside = words = wrong_words = 0
        for e, r, limit, flag in zip(examples, risks, limits, flagged, strict=True):
            if e.supported or not flag:
                continue
            spans = named(e, r, limit)
            marked = [(w.start, w.end) for w, m in zip(e.words, e.marks, strict=True) if m == 1]
            hit += any(a < y and x < b for a, b in spans for x, y in marked)
            inside += 1
            words += len(spans)
            wrong_words += sum(any(a < y and x < b for x, y in marked) for a, b in spans)
        print(f"    a wrong keyword inside the flagged words: {hit / inside:.3f} of {inside} flagged texts;", end=" ")
        print(f"{wrong_words / words:.3f} of {words} flagged runs hold one")


if __name__ == "__main__":
    asked = sys.argv[1:] or ["english", "chinese"]
    if "english" in asked:
        english()
    if "chinese" in asked:
        chinese()
