"""How well a client's mail is read: its Points, complaint or not, the order of severity, language, by when and of whom.

    python bench/triage.py [--half dev|test|look|sealed|both] [--show]

The mails of `bench/triage/` are our own, labelled by the sheet beside them. Of the first 80, `dev` is what the code was
tuned on, `test` was kept for the figure. Forty more were written later, before anything was run on them: `look` was
read then, and `sealed` was run once more when the code was done. `both` is the first 80. A Point is found when its span
and a labelled one share half of their union; kinds are reported beside it. `--show` prints what was missed or wrongly
found, for `dev` and `look` alone: the others would stop being what they are.
Asks in single English sentences of other people's mail are measured by `bench/asks.py`.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from assistant.domain.inbound import Point, ReceivedMail, Triage
from assistant.triage import triage_mail

HERE = Path(__file__).parent / "triage"
OVERLAP = 0.5
TARGETS = "Points F1 >= .80, complaint balanced accuracy >= .85"


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled Point: its kind and its characters; by when and of whom, where the mail says so."""

    kind: str
    start: int
    end: int
    text: str
    due: str
    asked: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail with its labels; `grade` runs from 0 to 4 and orders severity."""

    id: str
    language: str
    text: str
    complaint: bool
    grade: int
    points: tuple[Label, ...]


def read_mails(half: str) -> list[Mail]:
    """Read the mails of a half."""
    rows = [json.loads(line) for line in (HERE / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        Mail(
            row["id"],
            row["language"],
            row["text"],
            row["complaint"],
            row["grade"],
            tuple(
                Label(p["kind"], p["start"], p["end"], p["text"], p.get("due", ""), p.get("asked", ""))
                for p in row["points"]
            ),
        )
        for row in rows
    ]


def overlap(found: Point, label: Label) -> float:
    """Give the shared part of two spans: their common characters over their union."""
    common = min(found.end, label.end) - max(found.start, label.start)
    return max(0, common) / (max(found.end, label.end) - min(found.start, label.start))


def match(found: Sequence[Point], labels: Sequence[Label]) -> list[tuple[Point, Label]]:
    """Pair found with labelled Points, best overlap first, each once."""
    pairs = sorted(((overlap(p, q), i, j) for i, p in enumerate(found) for j, q in enumerate(labels)), reverse=True)
    matched: list[tuple[Point, Label]] = []
    taken: set[tuple[str, int]] = set()
    for share, i, j in pairs:
        if share >= OVERLAP and not {("p", i), ("q", j)} & taken:
            taken |= {("p", i), ("q", j)}
            matched.append((found[i], labels[j]))
    return matched


def f1(hits: float, found: float, wanted: float) -> float:
    """Give the harmonic mean of precision and recall; 0 when nothing is right."""
    return 2 * hits / (found + wanted) if found + wanted else 0.0


def order(scored: Iterable[tuple[Mail, Triage]]) -> float:
    """Give the share of pairs of different grade in which the graver mail scores higher; a tie counts half."""
    right = total = 0.0
    for (a, ta), (b, tb) in combinations(list(scored), 2):
        if a.grade != b.grade:
            graver, calmer = (ta, tb) if a.grade > b.grade else (tb, ta)
            right += 1.0 if graver.severity > calmer.severity else 0.5 if graver.severity == calmer.severity else 0.0
            total += 1
    return right / total


def report(name: str, mails: Sequence[Mail], *, show: bool) -> None:
    """Print the figures of some mails."""
    scored = [(mail, triage_mail(ReceivedMail(mail.text))) for mail in mails]
    matched = [(m, match(t.points, m.points)) for m, t in scored]
    hits = sum(len(pairs) for _, pairs in matched)
    kinds = sum(p.kind.value == q.kind for _, pairs in matched for p, q in pairs)
    found, wanted = sum(len(t.points) for _, t in scored), sum(len(m.points) for m in mails)
    dues = [(p.due, q.due) for _, pairs in matched for p, q in pairs if p.due or q.due]
    asked = [(p.asked, q.asked) for _, pairs in matched for p, q in pairs if p.asked or q.asked]
    told = [t.complaint for m, t in scored if m.complaint]
    calm = [not t.complaint for m, t in scored if not m.complaint]
    print(
        f"{name:9} Points F1 {f1(hits, found, wanted):.3f} (precision {hits / max(1, found):.3f}, recall"
        f" {hits / max(1, wanted):.3f}; kind right in {kinds / max(1, hits):.3f}, F1 with kind"
        f" {f1(kinds, found, wanted):.3f})  complaint balanced accuracy"
        f" {(sum(told) / len(told) + sum(calm) / len(calm)) / 2:.3f}  severity order {order(scored):.3f}  language"
        f" {sum(t.language == m.language for m, t in scored) / len(mails):.3f}  due right"
        f" {sum(a == b for a, b in dues)}/{len(dues)}  asked right {sum(a == b for a, b in asked)}/{len(asked)}"
    )
    if show:
        for (mail, triage), (_, pairs) in zip(scored, matched, strict=True):
            _show(mail, triage, pairs)


def _show(mail: Mail, triage: Triage, pairs: Sequence[tuple[Point, Label]]) -> None:
    seen = {id(p) for p, _ in pairs} | {id(q) for _, q in pairs}
    lines = [f"  missed {q.kind}: {q.text}" for q in mail.points if id(q) not in seen]
    lines += [f"  wrong {p.kind.value}: {p.text}" for p in triage.points if id(p) not in seen]
    lines += [f"  kind {p.kind.value} for {q.kind}: {q.text}" for p, q in pairs if p.kind.value != q.kind]
    lines += [f"  due {p.due!r} for {q.due!r}: {q.text}" for p, q in pairs if p.due != q.due]
    lines += [f"  asked {p.asked!r} for {q.asked!r}: {q.text}" for p, q in pairs if p.asked != q.asked]
    if triage.complaint != mail.complaint:
        lines.append(f"  complaint {triage.complaint} for {mail.complaint} ({triage.reason})")
    if lines:
        print(f"{mail.id} grade {mail.grade} severity {triage.severity} {triage.reason}", *lines, sep="\n")


def main() -> int:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "test", "look", "sealed", "both"), default="both")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    print(TARGETS)
    for half in ("dev", "test") if args.half == "both" else (args.half,):
        mails = read_mails(half)
        for language in ("en", "zh"):
            chosen = [m for m in mails if m.language == language]
            report(f"{half} {language}", chosen, show=args.show and half in {"dev", "look"})
        report(f"{half} all", mails, show=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
