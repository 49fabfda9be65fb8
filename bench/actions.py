"""Action items without a model: precision, recall and F1, and how exact owner, day and quote are.

Decisions, open questions, risks and topics are counted too, each kind apart.

    python bench/actions.py                        the development half, each kind of meeting and language apart
    python bench/actions.py --half look --half dev other parts: dev, test, look, sealed, fresh, closed, last
    python bench/actions.py --misses               what was missed and what was found beside the labels (own only)

Labels follow `bench/actions/RULES.md`. Invented meetings stand in `bench/actions/own`; of the public ones only row,
places and digest are kept, and their text is read from the folder of public data beside the checkout.
"""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant.action_items import extract_action_items, read_meeting
from assistant.actions.changes import words_of
from assistant.domain.actions import ActionItem, MeetingSummary

HERE = Path(__file__).parent / "actions"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
_NOT_JUDGED = "?"
_HALVES = ("dev", "test", "look", "sealed", "fresh", "closed", "last")
_KINDS = ("decisions", "questions", "risks", "topics")
_TOPIC_LINES = 2  # a topic may begin this many lines from the labelled one


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled item: where it stands (one or two places), and what owner and day it has. `due` may be not judged."""

    places: tuple[tuple[int, int], ...]
    task: str
    owner: str | None
    due: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A labelled meeting."""

    name: str
    kind: str
    language: str
    half: str
    dated: date | None
    text: str
    labels: tuple[Label, ...]
    said: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Count:
    """What one kind of meeting came to."""

    meetings: int = 0
    found: int = 0
    labelled: int = 0
    pairs: int = 0
    owners: list[bool] = field(default_factory=list)
    dues: list[bool] = field(default_factory=list)
    invented_owners: int = 0
    invented_dues: int = 0
    quotes: int = 0
    kinds: dict[str, list[int]] = field(default_factory=dict)  # of each kind: right, found, labelled


def own_meetings() -> Iterator[Meeting]:
    for path in sorted((HERE / "own").glob("*.txt")):
        head, _, rest = path.read_text(encoding="utf-8").partition("=== text\n")
        said = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
        text, *parts = rest.split("\n=== ")
        parts_by_name = {part.partition("\n")[0].strip(): part.partition("\n")[2] for part in parts}
        labels = tuple(
            _own_label(text, line, path.name) for line in parts_by_name.get("items", "").splitlines() if line.strip()
        )
        day = date.fromisoformat(said["date"])
        # A file that labels one of the three labels all of them; topics are judged where they are labelled.
        stated = {"decisions", "questions", "risks"} if parts_by_name.keys() & set(_KINDS) else set()
        kinds = {
            kind: tuple(_place(text, row, path.name) for row in parts_by_name.get(kind, "").splitlines() if row.strip())
            for kind in _KINDS
            if kind in stated | parts_by_name.keys()
        }
        yield Meeting(path.stem, said.get("kind", "minutes"), said["lang"], said["half"], day, text, labels, kinds)


def _own_label(text: str, line: str, name: str) -> Label:
    at, task, owner, due = (part.strip() for part in line.split(" | "))
    places = tuple(_place(text, piece, name) for piece in at.split(" ~ "))
    return Label(places, task, None if owner == "-" else owner, None if due == "-" else due)


def _place(text: str, piece: str, name: str) -> tuple[int, int]:
    start = text.find(piece)
    if start < 0 or text.find(piece, start + 1) >= 0:
        sys.exit(f"{name}: the label {piece!r} does not stand once in the text.")
    return start, start + len(piece)


def public_meetings() -> Iterator[Meeting]:
    for line in (HERE / "public.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = SHARED / row["file"]
        if not path.exists():
            sys.exit(f"{row['file']} is missing from the folder of public data beside the checkout.")
        text = _public_text(path, row)
        if hashlib.sha256(text.encode()).hexdigest() != row["digest"]:
            sys.exit(f"Row {row['row']} of {row['file']} is not the text that was labelled.")
        labels = tuple(_public_label(text, item) for item in row["items"])
        name = f"{row['file'].split('/')[0]}-{row['row']}"
        yield Meeting(name, "speech", row["lang"], row["half"], None, text, labels)


def _public_text(path: Path, row: dict[str, Any]) -> str:
    with path.open(encoding="utf-8") as lines:
        found = json.loads(next(line for n, line in enumerate(lines) if n == row["row"]))
    if "meeting_transcripts" in found:
        turns = found["meeting_transcripts"][row["from"] : row["to"]]
        return "".join(f"{turn['speaker']}: {turn['content']}\n" for turn in turns)
    pairs = zip(found["speaker"], found["context"], strict=False)
    return "".join(f"发言人{speaker}：{''.join(part)}\n" for speaker, part in pairs)


def _public_label(text: str, item: dict[str, Any]) -> Label:
    places = [(item["start"], item["end"]), *([tuple(item["also"])] if "also" in item else [])]
    owner: str | None = _NOT_JUDGED
    if "owner_at" in item:
        owner = text[slice(*item["owner_at"])]
    elif "owner_turn" in item:
        owner = text.splitlines()[item["owner_turn"]].split(":", 1)[0]
    elif "owner" in item:
        owner = None
    return Label(tuple(places), text[item["start"] : item["end"]], owner, _NOT_JUDGED)


def pair(found: tuple[ActionItem, ...], labels: tuple[Label, ...], text: str) -> list[tuple[int, int]]:
    """Pair found and labelled items one to one: the quote lies at the labelled lines, most shared words first."""
    scored = []
    for n, item in enumerate(found):
        for m, label in enumerate(labels):
            touch = max(_touch(item, place, text) for place in label.places)
            if touch:
                a, b = words_of(item.task), words_of(label.task)
                scored.append((touch + 2 * len(a & b) / max(1, len(a | b)), -n, -m))
    pairs: list[tuple[int, int]] = []
    for _, n, m in sorted(scored, reverse=True):
        if all(-n != p and -m != q for p, q in pairs):
            pairs.append((-n, -m))
    return pairs


def _touch(item: ActionItem, place: tuple[int, int], text: str) -> float:
    start, end = place
    if item.start < end and start < item.end:
        return 1.0
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    inside = item.start < (len(text) if last < 0 else last) and first < item.end
    same = words_of(item.task) & words_of(text[start:end])
    return 0.4 if inside and len(same) >= 2 else 0.0


def level(owner: str | None) -> frozenset[str] | None:
    return None if owner is None else frozenset(" ".join(p.split()).casefold() for p in owner.split(";"))


def measure(meeting: Meeting, count: Count, *, misses: bool) -> None:
    found = extract_action_items(meeting.text, dated=meeting.dated)
    pairs = pair(found, meeting.labels, meeting.text)
    count.meetings += 1
    count.found += len(found)
    count.labelled += len(meeting.labels)
    count.pairs += len(pairs)
    count.quotes += sum(meeting.text[i.start : i.end] == i.quote for i in found)
    for n, m in pairs:
        item, label = found[n], meeting.labels[m]
        if label.owner != _NOT_JUDGED:
            count.owners.append(level(item.owner) == level(label.owner))
            count.invented_owners += label.owner is None and item.owner is not None
        if label.due != _NOT_JUDGED:
            due = item.due.isoformat() if item.due else None
            count.dues.append(due == label.due)
            count.invented_dues += label.due is None and due is not None
    if misses:
        _show(meeting, found, pairs)
    if meeting.said:
        summary = read_meeting(meeting.text, dated=meeting.dated)
        for kind, labels in meeting.said.items():
            _measure_kind(meeting, kind, labels, _places(summary, kind), count, misses=misses)


def _places(summary: MeetingSummary, kind: str) -> list[tuple[int, int]]:
    if kind == "topics":
        return [(topic.start, topic.end) for topic in summary.topics]
    found = {"decisions": summary.decisions, "questions": summary.questions, "risks": summary.risks}[kind]
    return [(one.start, one.end) for one in found]


def _measure_kind(
    meeting: Meeting,
    kind: str,
    labels: tuple[tuple[int, int], ...],
    found: list[tuple[int, int]],
    count: Count,
    *,
    misses: bool,
) -> None:
    text = meeting.text
    free = list(found)
    missed = []
    for start, end in labels:
        if kind == "topics":
            at = text.count("\n", 0, start)
            near = [(abs(text.count("\n", 0, one[0]) - at), one) for one in free]
            hit = next((one for away, one in sorted(near) if away <= _TOPIC_LINES), None)
        else:
            hit = next((one for one in free if one[0] < end and start < one[1]), None)
        if hit is None:
            missed.append((start, end))
        else:
            free.remove(hit)
    so_far = count.kinds.setdefault(kind, [0, 0, 0])
    for n, more in enumerate((len(labels) - len(missed), len(found), len(labels))):
        so_far[n] += more
    if misses:
        for start, end in missed:
            print(f"  {meeting.name}: {kind}: missed {text[start:end]}")
        for start, end in free:
            print(f"  {meeting.name}: {kind}: beside {text[start:end][:80]!r}")


def _show(meeting: Meeting, found: tuple[ActionItem, ...], pairs: list[tuple[int, int]]) -> None:
    own = meeting.dated is not None
    paired = {m for _, m in pairs}, {n for n, _ in pairs}
    for m, label in enumerate(meeting.labels):
        if m not in paired[0]:
            print(f"  {meeting.name}: missed {label.task if own else label.places}")
    for n, item in enumerate(found):
        if n not in paired[1]:
            shown = (item.task, item.owner, item.quote) if own else (item.start, item.end)
            print(f"  {meeting.name}: beside {shown}")
    for n, m in pairs:
        item, label = found[n], meeting.labels[m]
        due = item.due.isoformat() if item.due else None
        wrong = (label.owner != _NOT_JUDGED and level(item.owner) != level(label.owner)) or (
            label.due not in {_NOT_JUDGED, due}
        )
        if wrong:
            print(
                f"  {meeting.name}: {label.task if own else label.places}:"
                f" {item.owner} {due}, not {label.owner} {label.due}"
            )


def shares(right: int, found: int, labelled: int) -> tuple[float, float, float]:
    """Give precision, recall and F1."""
    p, r = (right / found if found else 0.0), (right / labelled if labelled else 0.0)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def kinds_line(count: Count) -> str:
    parts = []
    for kind, (right, found, labelled) in count.kinds.items():
        p, r, f = shares(right, found, labelled)
        parts.append(f"{kind} {labelled} labelled {found} found P {p:.2f} R {r:.2f} F1 {f:.2f}")
    return "".join(f"\n    {part}" for part in parts)


def line(name: str, count: Count) -> str:
    p, r, f = shares(count.pairs, count.found, count.labelled)
    owner = sum(count.owners) / len(count.owners) if count.owners else 1.0
    due = sum(count.dues) / len(count.dues) if count.dues else 1.0
    quote = count.quotes / count.found if count.found else 1.0
    return (
        f"{name:<18} {count.meetings:>3} meetings {count.labelled:>4} labelled {count.found:>4} found"
        f"   P {p:.2f}  R {r:.2f}"
        f"  F1 {f:.2f}   owner {owner:.2f}  day {due:.2f}  quote {quote:.2f}   invented {count.invented_owners} owners,"
        f" {count.invented_dues} days"
    )


def speed() -> None:
    """One hour of talk (about 9,000 words, 700 turns) made of the invented speech of both languages."""
    talk = [m.text for m in own_meetings() if m.kind == "speech"]
    text = "".join(talk)
    while len(text) < 55_000:
        text += "".join(talk)
    begun = time.process_time()
    extract_action_items(text, dated=date(2026, 3, 11))
    print(f"one hour of talk ({len(text)} characters): {time.process_time() - begun:.2f} s of one processor")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--half", action="append", choices=_HALVES)
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    halves = given.half or ["dev"]
    meetings = [m for m in (*own_meetings(), *public_meetings()) if m.half in halves]
    counts: dict[str, Count] = {}
    for meeting in meetings:
        for key in (meeting.kind, f"{meeting.kind} {meeting.language}"):
            measure(meeting, counts.setdefault(key, Count()), misses=given.misses and key == meeting.kind)
    for key in sorted(counts):
        print(line(key, counts[key]) + kinds_line(counts[key]))
    speed()


if __name__ == "__main__":
    main()
