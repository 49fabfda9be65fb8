"""How well talk is cut into topics: public meetings of both languages, beside even cuts of the same number.

    python bench/topics.py               both halves apart: `first` served to choose the numbers, `second` checks them

A cut counts when it lies at most five turns (English) or one turn (Chinese, whose turns are long) from a labelled one,
one to one. Pk (Beeferman, 1999) is the share of pairs of turns, half a topic apart, that are wrongly parted or joined;
lower is better. English labels are QMSum's topic spans; a Chinese meeting is put together from VCSum's parts.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.action_items import read_meeting

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
_NEAR = {"en": 5, "zh": 1}


@dataclass(frozen=True, slots=True)
class Talk:
    """A meeting as text, the line on which each turn stands, and the turns on which topics begin."""

    language: str
    text: str
    turns: int
    cuts: tuple[int, ...]


def talks() -> Iterator[Talk]:
    """Read the public meetings that have more than one topic."""
    for row in _rows("qmsum/val.jsonl"):
        spoken = [f"{turn['speaker']}: {' '.join(turn['content'].split())}" for turn in row["meeting_transcripts"]]
        begins = {int(span[0]) for topic in row["topic_list"] for span in topic["relevant_text_span"]}
        yield Talk("en", "\n".join(spoken) + "\n", len(spoken), tuple(sorted(begins - {0})))
    parts = defaultdict(list)
    for row in _rows("vcsum_zh/short_dev.jsonl"):
        parts[row["av_num"]].append(row)
    for rows in parts.values():
        spoken, cuts = [], []
        for row in sorted(rows, key=lambda one: int(one["id"].split("_")[1])):
            cuts += [len(spoken)] if spoken else []
            said = zip(row["speaker"], row["context"], strict=False)
            spoken += [f"发言人{speaker}：{' '.join(''.join(words).split())}" for speaker, words in said]
        if cuts:
            yield Talk("zh", "\n".join(spoken) + "\n", len(spoken), tuple(cuts))


def _rows(name: str) -> list[dict]:  # type: ignore[type-arg] # rows of a public file
    path = SHARED / name
    if not path.exists():
        sys.exit(f"{name} is missing from the folder of public data beside the checkout.")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def found_cuts(talk: Talk) -> tuple[int, ...]:
    """Give the turns on which found topics begin, but for the first."""
    starts = [topic.start_line - 1 for topic in read_meeting(talk.text).topics]
    return tuple(sorted(set(starts[1:])))


def even_cuts(talk: Talk, number: int) -> tuple[int, ...]:
    """Give so many cuts at even distances."""
    return tuple(round((n + 1) * talk.turns / (number + 1)) for n in range(number))


def right(found: Sequence[int], labelled: Sequence[int], near: int) -> int:
    """Count the labelled cuts that a found one lies near, one to one."""
    free, hits = list(found), 0
    for cut in labelled:
        best = min(free, key=lambda one: abs(one - cut), default=None)
        if best is not None and abs(best - cut) <= near:
            free.remove(best)
            hits += 1
    return hits


def pk(found: Sequence[int], labelled: Sequence[int], turns: int) -> float:
    """Give Pk for windows of half a labelled topic."""
    width = max(1, round(turns / (len(labelled) + 1) / 2))
    ours, theirs = ([sum(cut <= turn for cut in cuts) for turn in range(turns)] for cuts in (found, labelled))
    pairs = range(turns - width)
    wrong = sum((ours[n] == ours[n + width]) != (theirs[n] == theirs[n + width]) for n in pairs)
    return wrong / max(1, len(pairs))


def line(name: str, talks: Sequence[Talk], cuts: Sequence[Sequence[int]]) -> str:
    """Write F1, precision, recall and the mean Pk of one way to cut."""
    hits = sum(right(c, t.cuts, _NEAR[t.language]) for t, c in zip(talks, cuts, strict=True))
    found, labelled = sum(map(len, cuts)), sum(len(t.cuts) for t in talks)
    mean = sum(pk(c, t.cuts, t.turns) for t, c in zip(talks, cuts, strict=True)) / len(talks)
    f1 = 2 * hits / max(1, found + labelled)
    p, r = hits / max(1, found), hits / max(1, labelled)
    return f"{name:<22} F1 {f1:.2f}  P {p:.2f}  R {r:.2f}  Pk {mean:.2f}   {len(talks)} meetings, {labelled} cuts"


def main() -> None:
    every = list(talks())
    for language in ("en", "zh"):
        spoken = [talk for talk in every if talk.language == language]
        for half, name in enumerate(("first", "second")):
            some = spoken[half::2]
            print(line(f"{language} {name}", some, [found_cuts(t) for t in some]))
            print(line(f"{language} {name}, even cuts", some, [even_cuts(t, len(t.cuts)) for t in some]))


if __name__ == "__main__":
    main()
