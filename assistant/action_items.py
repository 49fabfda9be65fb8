"""Action items out of meeting notes, minutes and chats: tasks with owner and due date only where the words say so."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date

from assistant.actions.letters import letter_of
from assistant.actions.outline import Line, outline
from assistant.actions.people import People
from assistant.actions.reading import Reader
from assistant.actions.statements import find_statements
from assistant.actions.topics import find_topics
from assistant.actions.verifying import merged
from assistant.checks.hidden_orders import find_orders
from assistant.domain.actions import ActionItem, MeetingRef, MeetingSummary, StatementKind
from assistant.language.dates import parse_iso_prefix

_MARKER_LABEL = re.compile(
    r"(?im)^([ \t>*+•\[(【-]{0,8}|[ \t]{0,8}[0-9]{1,3}[.)、][ \t]{0,3})(AIs?|APs?)(?=[ ]?#?[0-9]{0,3}[ \]]?[ ]?[:：-])"
)


def extract_action_items(
    text: str, *, dated: date | None, names: Sequence[str] = (), path: str = ""
) -> tuple[ActionItem, ...]:
    """Read the action items out of a note, in its order; never raises on any text and takes linear time.

    `dated` is the day of the note, on which "Friday" or 下周三 lean; without it a date in the note's head serves.
    `names` are people known besides those the note lists. `path` only helps to find the day, from a file name.
    Done, rejected, hypothetical and cancelled tasks are no items, nor is what is said to an assistant.
    """
    people = People(names, text)
    day = dated
    if day is None and path:
        day = parse_iso_prefix(path.rpartition("/")[2])
    lines = outline(text, dated=day, people=people)
    reader = Reader(text, people, chat=_is_chat(lines), orders=_orders(text), letter=letter_of(text, lines))
    for line in lines:
        reader.read(line)
    reader.finish()
    return reader.items.all()


def read_meeting(
    text: str,
    *,
    project: str = "",
    path: str = "",
    dated: date | None = None,
    names: Sequence[str] = (),
    proposed: Sequence[ActionItem] = (),
) -> MeetingSummary:
    """Read everything a meeting leaves behind: items, decisions, open questions, risks, and what it was about.

    Never raises on any text and takes linear time. `proposed` are verified items of a model, put together with those
    of the rules. What is odd about the input stands in `notices`.
    """
    people = People(names, text)
    day = dated or (parse_iso_prefix(path.rpartition("/")[2]) if path else None)
    lines = outline(text, dated=day, people=people)
    orders = _orders(text)
    items = extract_action_items(text, dated=day, names=names, path=path)
    if proposed:
        items = merged(items, proposed)
    speech = _is_chat(lines)
    statements = find_statements(text, lines, items, speech=speech, orders=orders)
    day = day or next((line.reference for line in lines if line.reference), None)
    notices = [
        ("empty", not any(c.isalnum() for line in lines for c in line.text)),
        (
            "no_speakers",
            not any(line.speaker for line in lines) and not any(line.listed or line.cells for line in lines),
        ),
        ("no_date", day is None),
        ("orders_left_out", bool(orders)),
    ]
    return MeetingSummary(
        project=project,
        meeting=MeetingRef(path, _title(text, path), day, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()),
        text=text,
        items=items,
        decisions=tuple(s for s in statements if s.kind is StatementKind.DECISION),
        questions=tuple(s for s in statements if s.kind is StatementKind.QUESTION),
        risks=tuple(s for s in statements if s.kind is StatementKind.RISK),
        topics=find_topics(text, lines, orders=orders),
        notices=("empty",) if notices[0][1] else tuple(code for code, so in notices if so),
    )


def _title(text: str, path: str) -> str:
    """Give the first heading or a short first line, else the file's name."""
    for line in text[:2_000].splitlines()[:6]:
        words = line.strip().lstrip("#").strip(" *_【】")
        if 3 <= len(words) <= 80 and not words.startswith(("WEBVTT", "---", "|", "-", "[")):
            return words
    return path.rpartition("/")[2].rpartition(".")[0]


def _orders(text: str) -> list[tuple[int, int]]:
    """The places where the text speaks to an assistant; the label "AI:" of an action item is no address."""
    masked = _MARKER_LABEL.sub(lambda m: m[1] + "_" * len(m[2]), text)
    return [(order.start, order.end) for order in find_orders(masked)]


def _is_chat(lines: Sequence[Line]) -> bool:
    spoken = sum(1 for line in lines if line.speaker and not line.listed)
    return spoken >= 2 and spoken >= 0.4 * len(lines)
