"""Action items out of meeting notes, minutes and chats: tasks with owner and due date only where the words say so."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.actions import chinese, english, listed
from assistant.actions.changes import Items, Remark
from assistant.actions.dues import Due, find_due, read_due
from assistant.actions.outline import Box, Line, Under, outline
from assistant.actions.people import ME, People
from assistant.actions.statements import find_statements
from assistant.actions.states import NEGATED, PAST_ZH, QUESTION, REJECTED, STATUS_CLOSED, is_closed, is_supposed
from assistant.actions.tasks import EDGE, before_owner, claims_of, clean
from assistant.actions.topics import find_topics
from assistant.checks.hidden_orders import find_orders
from assistant.domain.actions import ActionItem, MeetingRef, MeetingSummary, StatementKind
from assistant.language.dates import parse_iso_prefix
from assistant.language.sentences import split_sentences

_LONGEST_SENTENCE = 700
_OPEN_QUESTION = re.compile(
    r"^(?P<who>who(?:'s| is| will| can| could)?(?: going to)?|谁(?:去|来|能)?|哪位(?:去"
    r"|来)?) ?(?P<rest>.{3,120}?)[?？\s]*$",
    re.IGNORECASE,
)
_WHO_INSIDE = re.compile(r"谁(?:去|来|能)?")
_YES = re.compile(
    r"^\W{0,3}(?:ok(?:ay)?|yes|yep|yeah|sure|will do|on it|got it|can do|no problem|np|done deal|of course|happy to"
    r"|absolutely|i'?ll do (?:it|that)|i'?m on it|i can(?: do (?:it|that))?|leave it with me|mine|好的?|收到|行|可以"
    r"|没问题|我来"
    r"|嗯|OK|明白|好嘞|马上|交给我|可)(?:\b|(?=[\u4e00-\u9fff，。!！,\s])|$)",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W{0,3}(?:no\b|nope|not me|can'?t|cannot|sorry|i won'?t|不行|没空|我不|做不了|没时间|不是我|来不及)",
    re.IGNORECASE,
)
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
    reader = _Reader(text, people, chat=_is_chat(lines), orders=_orders(text))
    for line in lines:
        reader.read(line)
    return reader.items.all()


def read_meeting(
    text: str,
    *,
    project: str = "",
    path: str = "",
    dated: date | None = None,
    names: Sequence[str] = (),
) -> MeetingSummary:
    """Read everything a meeting leaves behind: items, decisions, open questions, risks, and what it was about.

    Never raises on any text and takes linear time. What is odd about the input stands in `notices`.
    """
    people = People(names, text)
    day = dated or (parse_iso_prefix(path.rpartition("/")[2]) if path else None)
    lines = outline(text, dated=day, people=people)
    orders = _orders(text)
    items = extract_action_items(text, dated=day, names=names, path=path)
    speech = _is_chat(lines)
    statements = find_statements(text, lines, items, speech=speech, orders=orders)
    day = day or next((line.reference for line in lines if line.reference), None)
    notices = [
        ("empty", not any(c.isalnum() for c in text)),
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
        notices=tuple(code for code, so in notices if so),
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


@dataclass(frozen=True, slots=True)
class _Found:
    """A task on its way to an item; `start` and `end` are characters of the whole text."""

    task: str
    owner: str | None
    due: Due | None
    start: int
    end: int
    sure: float


class _Reader:
    """Goes through the lines of one note."""

    def __init__(self, text: str, people: People, *, chat: bool, orders: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.people = people
        self.chat = chat
        self.orders = orders
        self.next_order = 0
        self.skip_after = -1
        self.items = Items()
        self.columns: listed.Columns | None = None
        self.last: Line | None = None
        self.asked: tuple[int, str] | None = None  # where an unanswered request begins, and who asked
        self.parent = -1  # indent of the last item, for fields on lines of their own

    def read(self, line: Line) -> None:
        """Take one line in."""
        previous, self.last = self.last, line
        if self._speaks_to_assistant(line, previous):
            return
        if line.cells:
            self._row(line)
            return
        self.columns = None
        if line.quoted or not any(c.isalnum() for c in line.text):
            return
        if self._answers(line):
            return
        marked = listed.LABEL.match(line.text)
        tagged_label = bool(line.speaker) and listed.LABEL.fullmatch(line.speaker + ":") is not None
        if line.box is Box.TICKED or line.under is Under.CLOSED:
            self.items.remark(Remark(line.text, line.start, line.end, line.number))
        elif (
            marked or tagged_label or line.box is Box.OPEN or (line.under is Under.ACTIONS and self._is_task_line(line))
        ):
            self._listed(line, marked.end() if marked else 0, label=tagged_label)
        else:
            self._running(line)

    def _is_task_line(self, line: Line) -> bool:
        return line.listed or bool(line.speaker) or bool(line.group) or len(line.text) < 200

    def _speaks_to_assistant(self, line: Line, previous: Line | None) -> bool:
        """Whether the line, or the paragraph it goes on, gives orders to an assistant."""
        while self.next_order < len(self.orders) and self.orders[self.next_order][1] <= line.start:
            self.next_order += 1
        if self.next_order < len(self.orders) and self.orders[self.next_order][0] < line.end:
            self.skip_after = line.number + line.text.count("\n")
            return True
        goes_on = previous is not None and self.skip_after == line.number - 1 and not line.listed and not line.speaker
        if goes_on and (line.quoted or line.under is not Under.ACTIONS):
            self.skip_after = line.number + line.text.count("\n")
            return True
        return False

    # --- chats

    def _answers(self, line: Line) -> bool:
        """Settle an open request with the next speaker's yes or no; true when the line says nothing else."""
        asked = self.asked
        if asked is None or not line.speaker or line.speaker == asked[1]:
            return False
        self.asked = None
        if _NO.match(line.text):
            self.items.drop(asked[0])
            return False
        found = _YES.match(line.text)
        if not found:
            return False
        owner = self.people.owner(line.speaker) or line.speaker
        self.items.give(asked[0], owner)
        return len(line.text) - found.end() < 12

    # --- lists and labels

    def _listed(self, line: Line, begin: int, *, label: bool) -> None:
        body = line.text[begin:]
        words = body.replace("~~", "  ") if line.struck else body
        if line.struck or is_closed(body) or (NEGATED.match(body)):
            self.items.remark(Remark(body, line.start, line.end, line.number))
            return
        if self._field(line):
            return
        tag = line.speaker if line.speaker_at >= 0 and not label else ""
        several = self._several(line, begin, tag)
        if several:
            for one in several:
                self._keep(one, line)
            return
        parts = listed.take_apart(words, self.people, line.reference)
        if parts.closed:
            return
        owner = self.people.owner(tag) if tag else None
        if tag and owner is None:
            owner = tag if listed.LABEL.fullmatch(tag + ":") is None else None
        owner = owner or parts.owner or line.group or None
        start = line.speaker_at if line.speaker_at >= 0 else line.start
        found = self._from_words(parts, owner, line, start)
        if found:
            self.parent = line.indent
            self._keep(found, line)

    def _from_words(self, parts: listed.Parts, owner: str | None, line: Line, start: int) -> _Found | None:
        """Make an item of a listed task: the claim in its words, if any, gives owner and task."""
        words = parts.rest
        question = _OPEN_QUESTION.match(words)
        if question and owner is None:
            words = english.imperative(question["rest"], "present")
        elif owner is None and _WHO_INSIDE.search(words) and len(words) < 80:
            words = _WHO_INSIDE.sub("", words, count=1)
        claim = next(iter(claims_of(words, self.people, listed=True)), None)
        kind, task_at = "listed", 0
        if claim is not None and claim.clause <= 12 and owner is None and claim.kind != "late":
            kind, task_at = claim.kind, claim.task
            owner = self._resolve(claim.owner, line) if claim.owner else None
        elif claim is not None and claim.kind == "late" and owner is None:
            owner = self.people.owner(claim.owner)
            words = before_owner(words, claim.owner)
        due = parts.due or find_due(words, line.reference, listed=True)
        task = clean(words[task_at:] if task_at else words, due, kind)
        if len(re.sub(r"\W", "", task)) < 2 or (not owner and not due and len(task) < 4):
            return None
        return _Found(task, owner, due, start, line.end, 0.95 if owner or line.box is Box.OPEN else 0.85)

    def _several(self, line: Line, begin: int, tag: str) -> list[_Found]:
        """Read a listed line that names more than one owner, each with a task of its own."""
        if tag:
            return []
        body = line.text[begin:]
        found = [
            c
            for c in claims_of(body[:_LONGEST_SENTENCE], self.people, listed=True)
            if c.owner and c.kind in {"owned", "first", "by", "duty"}
        ]
        if len(found) < 2 or found[0].clause > 12:
            return []
        return list(self._fromclaims_of(found, body[:_LONGEST_SENTENCE], line, line.start + begin, 0.9))

    def _field(self, line: Line) -> bool:
        """Give `Owner: …` or `Due: …` on a line of its own to the item above."""
        items = self.items.all()
        if not items or line.number - items[-1].start_line > 4:
            return False
        name = (line.speaker or "") + ": " + line.text if line.speaker_at >= 0 else line.text
        parts = listed.take_apart(name, People(), line.reference)
        if parts.rest.strip(EDGE) or not (parts.owner or parts.due):
            return False
        last = items[-1]
        due = parts.due
        self.items.drop(last.start)
        owner = (self.people.owner(parts.owner) or parts.owner) if parts.owner else last.owner
        self.items.add(
            ActionItem(
                last.task,
                owner,
                due.day if due else last.due,
                due.words if due else last.due_text,
                last.quote,
                last.start,
                last.end,
                last.start_line,
                last.confidence,
                last.internal,
            )
        )
        return True

    # --- tables

    def _row(self, line: Line) -> None:
        head = listed.columns(line.cells)
        if head is not None:
            self.columns = head
            return
        at = self.columns
        if at is None or at.task >= len(line.cells) or (at.plan and line.under is not Under.ACTIONS):
            return

        def cell(place: int) -> str:
            return line.cells[place][0] if 0 <= place < len(line.cells) else ""

        task = cell(at.task).strip(" *_")
        if not task or STATUS_CLOSED.fullmatch(cell(at.status)) or is_closed(task) or "~~" in task:
            return
        who = cell(at.owner)
        owner = self.people.owner(who) or (
            who.strip(" @*")
            if any(c.isalpha() for c in who) and not re.fullmatch(r"(?i)tb[dc]|n/a|none|待定|无|未定", who.strip())
            else None
        )
        due = read_due(cell(at.due), line.reference) if at.due >= 0 else find_due(task, line.reference, listed=True)
        inside = None if at.due >= 0 else due
        self._keep(_Found(clean(task, inside, "listed"), owner, due, line.start, line.end, 0.95), line)

    # --- running text

    def _running(self, line: Line) -> None:
        if line.speaker_at >= 0 and not self.chat and self._assigned(line):
            return
        if line.listed and self._ordered(line):
            return
        heard = False
        for span in split_sentences(line.text):
            sentence = span.text[:_LONGEST_SENTENCE]
            found = self._sentence(sentence, line, line.start + span.start)
            heard = heard or found
            if not found:
                self.items.remark(Remark(sentence, line.start + span.start, line.start + span.end, line.number))
        if not heard and line.speaker and self.asked is not None and self.asked[1] != line.speaker:
            self.asked = None

    def _assigned(self, line: Line) -> bool:
        """Read `Tom: send the contract by Friday` in notes that are no chat: the name before the colon is the owner."""
        owner = self.people.owner(line.speaker)
        first = line.text.split(maxsplit=1)[0].casefold().strip(",.") if line.text.strip() else ""
        orders = first in english.VERBS or (
            line.text[:1] > "\u2e7f" and bool(chinese.claims("请" + line.text, self.people, listed=True))
        )
        if not owner or not orders or is_closed(line.text) or is_supposed(line.text) or len(line.text) > 300:
            return False
        due = find_due(line.text, line.reference, listed=True)
        if due is None and not line.listed:
            return False
        self._keep(_Found(clean(line.text, due, "listed"), owner, due, line.speaker_at, line.end, 0.8), line)
        return True

    def _ordered(self, line: Line) -> bool:
        """Read a bullet outside an action list that begins with an order and names a due date."""
        first = line.text.split(maxsplit=1)[0].casefold().strip(",.:")
        if first not in english.VERBS or line.speaker or is_closed(line.text) or is_supposed(line.text):
            return False
        due = find_due(line.text, line.reference, listed=True)
        if due is None or due.sure < 3 or len(line.text) > 200:
            return False
        self._keep(_Found(clean(line.text, due, "listed"), line.group or None, due, line.start, line.end, 0.6), line)
        return True

    def _sentence(self, sentence: str, line: Line, place: int) -> bool:
        """Read one sentence of running text; true when it gave or changed an item."""
        if is_closed(sentence) and not re.search(r"(?i)\b(?:will|to|by|please)\b|请|前", sentence):
            return False
        claims = claims_of(sentence, self.people, listed=False)
        if not claims:
            return self._moved(sentence, line, place)
        if is_supposed(sentence) or REJECTED.search(sentence):
            return False
        found = list(self._fromclaims_of(claims, sentence, line, place, None))
        for one in found:
            self._keep(one, line, sentence=sentence)
        return bool(found)

    def _moved(self, sentence: str, line: Line, place: int) -> bool:
        """Let a sentence without a claim ("the price list moves to Friday") change an earlier item."""
        due = find_due(sentence, line.reference, listed=False)
        if due is None:
            return False
        shell = ActionItem(sentence, None, due.day, due.words, sentence, place, place + len(sentence), line.number, 0.6)
        return self.items.change(sentence, None, shell)

    def _fromclaims_of(
        self, claims: Sequence[english.Claim], sentence: str, line: Line, place: int, sure: float | None
    ) -> Iterator[_Found]:
        for number, claim in enumerate(claims):
            stop = claims[number + 1].clause if number + 1 < len(claims) else len(sentence)
            begin = claim.clause if len(claims) > 1 else 0
            clause = sentence[begin:stop].rstrip(" ,，;；、")
            clause = re.sub(
                r"(?i)[\s,;]+(?:and|then|but|so|while|also)$|[，,、；]?(?:然后|另外|同时|并且?)$", "", clause
            )
            if NEGATED.search(clause) or (PAST_ZH.search(clause) and claim.kind != "ask"):
                continue
            if QUESTION.search(clause) and claim.kind != "ask":
                continue
            due = find_due(clause, line.reference, listed=sure is not None)
            owner = self._resolve(claim.owner, line)
            confidence = sure if sure is not None else min(0.9, claim.sure + (0.1 if due else 0.0))
            if claim.kind in {"we", "must"} and due is None and sure is None and not self._says_action(sentence):
                continue
            words = sentence[claim.task : begin + len(clause)]
            if claim.kind == "late":
                words = before_owner(words, claim.owner)
            if (
                len(claims) == 1
                and claim.kind in {"first", "owned"}
                and len(words) <= 10
                and words[:1] > "\u2e7f"
                and claim.clause
            ):
                words = sentence[: claim.clause].rstrip("，,：: ").rpartition("：")[2] + words
            inside = due if due and due.words in words else None
            task = clean(words, inside, claim.kind)
            if len(re.sub(r"\W", "", task)) < (3 if task.isascii() else 2):
                continue
            yield _Found(task, owner, due, place + begin, place + begin + len(clause), confidence)
            if claim.kind == "ask" and owner is None and line.speaker:
                self.asked = (place + begin, line.speaker)

    @staticmethod
    def _says_action(sentence: str) -> bool:
        return re.search(r"(?i)\baction\b|\bneed to\b|\bmust\b|务必|必须", sentence) is not None

    def _resolve(self, words: str, line: Line) -> str | None:
        """Give the owner that words name: "I" and 我 are the speaker where there is one, else kept as said."""
        plain = words.strip(" @*,，")
        if not plain:
            return None
        if plain.casefold() in ME or plain == "我这边":
            if line.speaker:
                return self.people.owner(line.speaker) or line.speaker
            return line.group or plain
        if plain.casefold() in {"you", "we", "they", "it", "he", "she"}:
            return None
        return self.people.owner(plain) or plain

    # --- keeping

    def _keep(self, found: _Found, line: Line, sentence: str = "") -> None:
        item = ActionItem(
            task=found.task,
            owner=found.owner,
            due=found.due.day if found.due else None,
            due_text=found.due.words if found.due else "",
            quote=self.text[found.start : found.end],
            start=found.start,
            end=found.end,
            start_line=line.number + self.text.count("\n", line.start, max(line.start, found.start)),
            confidence=round(found.sure, 2),
            internal=line.internal,
        )
        if not (sentence and self.items.change(sentence, found.owner, item)):
            self.items.add(item)
