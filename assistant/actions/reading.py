"""Reading a note from top to bottom: each line by its layout, each sentence by its words, into items."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.actions import changes, chinese, english, headings, listed, tasks
from assistant.actions.attendance import lists_people
from assistant.actions.changes import Items, Remark
from assistant.actions.claimed import Claimed
from assistant.actions.clauses import sentences
from assistant.actions.dues import find_due
from assistant.actions.exchange import Exchange
from assistant.actions.found import Found, Sentence, without_pronouns
from assistant.actions.letters import MAIL_HEADER, asks_reader, without_greeting
from assistant.actions.outline import Box, Line, Under
from assistant.actions.people import People
from assistant.actions.spoken import Words, without_sounds
from assistant.actions.standups import planned
from assistant.actions.statements import asks_openly
from assistant.actions.states import NEGATED, QUESTION, REJECTED, is_closed, is_supposed
from assistant.actions.table_rows import TableRows
from assistant.actions.tasks import EDGE, before_owner, claims_of, clean
from assistant.domain.actions import ActionItem

_LONGEST_SENTENCE = 700
_NEAR_LINES = 3
_ASKED_SURE = 0.5
_LEAST_TASK = 4
_AT_ONCE = 12  # characters before which the words that give a listed task begin
_PLANNED = 0.7
_ABOUT = re.compile(r"(?P<name>(?:The |Mr |Mrs |Ms |Dr )?[A-Z][\w'’-]{0,24}(?: [A-Z][\w'’-]{1,24}){0,2}) [a-z]")
_HEAD_LINES = 12  # a list of who takes part stands above them
_OPEN_QUESTION = re.compile(
    r"^(?P<who>who(?:'s| is| will| can| could)?(?: going to)?|谁(?:去|来|能)?|哪位(?:去"
    r"|来)?) ?(?P<rest>.{3,120}?)[?？\s]*$",
    re.IGNORECASE,
)
_ASKED_FIRST = re.compile(r"[^?？\n]{3,120}[?？][ ]?(?=\S)")
_WE = re.compile(r"^we (?:also )?", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?:→|->|=>|⇒)\s*")
_WHO_INSIDE = re.compile(r"谁(?:去|来|能)?")


def _aside(words: str, claim: english.Claim) -> int:
    """Give where a listed line that first tells something comes to who does what; 0 when it begins with the task."""
    if claim.clause <= _AT_ONCE or not claim.owner or claim.kind not in {"owned", "present", "by", "first"}:
        return 0
    before = words[: claim.clause].rstrip()
    first = before.split(maxsplit=1)[0].casefold() if before.split() else ""
    begins = first in english.VERBS or (before[:1] > "\u2e7f" and chinese.is_doing(before))
    return claim.clause if before[-1:] in ",;，；→—–" and not begins else 0


class Reader:
    """Goes through the lines of one note."""

    def __init__(
        self, text: str, people: People, *, chat: bool, orders: Sequence[tuple[int, int]], letter: str | None = None
    ) -> None:
        self.text = text
        self.letter = letter
        self.people = people
        self.chat = chat
        self.orders = orders
        self.next_order = 0
        self.skip_after = -1
        self.items = Items()
        self.rows = TableRows(people)
        self.claimed = Claimed(people, chat=chat)
        self.last: Line | None = None
        self.exchange = Exchange(people, self.items)
        self.parent = -1  # indent of the last item, for fields on lines of their own

    def read(self, line: Line) -> None:
        """Take one line in."""
        previous, self.last = self.last, line
        if self._speaks_to_assistant(line, previous):
            return
        if line.cells:
            row = self.rows.read(line)
            if row is not None:
                self._keep(row, line)
            return
        self.rows.leave()
        if line.quoted or not any(c.isalnum() for c in line.text) or self._lists_people(line):
            return
        taken = self.exchange.taken_up(line)
        if taken is not None:
            self._keep(*taken)
        if self.exchange.answers(line) or self._field(line) or self._corrects(line):
            return
        inside = listed.label_inside(line.text)
        if inside is not None:
            self._read_words(replace(line, end=line.start + inside, text=line.text[:inside].rstrip()))
            line = replace(line, start=line.start + inside, text=line.text[inside:], speaker="", speaker_at=-1)
        self._read_words(line)

    def _lists_people(self, line: Line) -> bool:
        """Whether a line at the head says who takes part, or is a header of a mail."""
        begin = self.text.rfind("\n", 0, line.start) + 1
        whole = self.text[begin : line.end]
        return line.number <= _HEAD_LINES and (
            bool(MAIL_HEADER.match(whole)) or (not self.chat and lists_people(whole))
        )

    def _read_words(self, line: Line) -> None:
        marked = listed.label_end(line.text, self.people)
        tagged_label = bool(line.speaker) and listed.LABEL.fullmatch(line.speaker + ":") is not None
        if line.box is Box.TICKED or line.under is Under.CLOSED:
            self.items.remark(Remark(line.text, line.start, line.end, line.number))
        elif (
            marked is not None
            or tagged_label
            or line.box is Box.OPEN
            or (line.under is Under.ACTIONS and self._is_task_line(line))
        ):
            self._listed(line, marked or 0, label=tagged_label)
        elif (
            line.listed
            and not self.chat
            and listed.says_whose(line.text, self.people, line.reference)
            and not is_supposed(line.text)
        ):
            self._shared(line)
        elif line.under is Under.DUTIES and line.listed and self._is_duty(line):
            self._listed(line, 0, label=False)
        elif not (line.group and line.listed and self._grouped(line)):
            self._running(line)

    def _is_duty(self, line: Line) -> bool:
        """Whether a bullet of what one side will do says who does it: "Verena sends us the contract"."""
        if line.speaker_at >= 0:
            return self.people.owner(line.speaker) is not None
        first = next(iter(claims_of(line.text, self.people, listed=True)), None)
        return first is not None and first.clause == 0 and not is_supposed(line.text) and not QUESTION.search(line.text)

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

    def finish(self) -> None:
        """Let what was asked last, and nobody took on, go."""
        self.exchange.lapse()

    # --- lists and labels

    def _listed(self, line: Line, begin: int, *, label: bool) -> None:
        body = line.text[begin:]
        if not label and headings.QUESTIONS.fullmatch(line.heading) and asks_openly(body):
            return  # under 遗留问题 stand tasks and questions
        words = body.replace("~~", "  ") if line.struck else body
        if line.struck or is_closed(body) or (NEGATED.match(body)):
            self.items.remark(Remark(body, line.start, line.end, line.number))
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

    def _shared(self, line: Line) -> None:
        """Read a bullet that gives itself to somebody; arrows cut it where each part names an owner of its own."""
        parts = [
            m
            for m in _ARROW.finditer(line.text)
            if listed.says_whose(line.text[m.end() :], self.people, line.reference)
        ]
        first = line.text[: parts[0].start()] if parts else ""
        begin = 0 if parts else listed.told_behind_arrow(line.text, self.people)
        if begin:  # "logo too small → Tom enlarges it": what comes first is why
            line = replace(line, start=line.start + begin, text=line.text[begin:])
        if not parts or not listed.says_whose(first, self.people, line.reference):
            self._listed(replace(line, text=listed.without_state(line.text)), 0, label=False)
            return
        edges = [0, *(m.end() for m in parts)], [*(m.start() for m in parts), len(line.text)]
        for begin, end in zip(*edges, strict=True):
            self._listed(
                replace(line, start=line.start + begin, end=line.start + end, text=line.text[begin:end]), 0, label=False
            )

    def _from_words(self, parts: listed.Parts, owner: str | None, line: Line, start: int) -> Found | None:
        """Make an item of a listed task: the claim in its words, if any, gives owner and task."""
        words = parts.rest
        answered = _ASKED_FIRST.match(words)
        if answered and claims_of(words[answered.end() :], self.people, listed=True):
            words = words[answered.end() :]  # "move the date? Cathy to ask": what was asked is what the task is about
        question = _OPEN_QUESTION.match(words)
        if question and owner is None:
            words = english.imperative(question["rest"], "present")
        elif owner is None and _WHO_INSIDE.search(words) and len(words) < 80:
            words = _WHO_INSIDE.sub("", words, count=1)
        claim = next(iter(claims_of(words, self.people, listed=True)), None)
        aside = _aside(words, claim) if claim is not None and owner is None else 0
        if claim is not None and aside:
            # "logo too small, Tom enlarges it": what comes first is why; its days are not when the task is due
            words, claim = (
                words[aside:],
                replace(claim, clause=0, task=claim.task - aside, end=max(0, claim.end - aside)),
            )
        kind, task_at = "listed", 0
        if claim is not None and claim.clause <= _AT_ONCE and owner is None and claim.kind != "late":
            kind, task_at = claim.kind, claim.task
            owner = self.claimed.resolve(claim.owner, line) if claim.owner else None
        elif claim is not None and claim.kind == "late" and owner is None:
            owner = self.people.owner(claim.owner)
            words = before_owner(words, claim.owner)
        spans = sentences(words)
        case = next((s.start for s in spans[1:] if is_supposed(s.text)), len(words))  # "If not, Tom calls on Friday"
        due = parts.due or find_due(words[:case], line.reference, listed=True)
        task = clean(words[task_at:case].rstrip() if task_at or case < len(words) else words, due, kind)
        if len(re.sub(r"\W", "", task)) < 2 or (not owner and not due and len(task) < 4):
            return None
        return Found(task, owner, due, start, line.end, 0.95 if owner or line.box is Box.OPEN else 0.85)

    def _several(self, line: Line, begin: int, tag: str) -> list[Found]:
        """Read a listed line that names more than one owner, each with a task of its own."""
        if tag:
            return []
        body = line.text[begin:]
        found = [
            c
            for c in claims_of(body[:_LONGEST_SENTENCE], self.people, listed=True)
            if c.owner and c.kind in {"owned", "first", "by", "duty"}
        ]
        if len(found) < 2 or found[0].clause > _AT_ONCE:
            return []
        sentence = Sentence(body[:_LONGEST_SENTENCE], Words(line.text), begin, line.start)
        tasks_found = list(self.claimed.tasks(found, sentence, line, 0.9))
        for claim, one in tasks_found:
            self.exchange.ask(claim, one, sentence, line)
        return [one for _, one in tasks_found]

    def _corrects(self, line: Line) -> bool:
        """Read a line that says it corrects an earlier one, wherever it stands."""
        if not changes.is_correction(line.text):
            return False
        sentence = Sentence(line.text[:_LONGEST_SENTENCE], Words(line.text), 0, line.start)
        return self._moved(sentence, line)

    def _grouped(self, line: Line) -> bool:
        """Read a bullet under somebody's name, outside an action list: what they will do, not what they did."""
        begin = english.will_do(line.text)
        if begin is None:
            begin = chinese.will_do(line.text)
        if begin is None or is_closed(line.text) or is_supposed(line.text) or QUESTION.search(line.text):
            return False
        self._listed(line, begin, label=False)
        return True

    def _field(self, line: Line) -> bool:
        """Give `Owner: …` or `Due: …` on a line of its own to the item above."""
        items = self.items.all()
        if not items or line.number - items[-1].start_line > 4:
            return False
        name = (line.speaker or "") + ": " + line.text if line.speaker_at >= 0 else line.text
        if not re.search(r"[:：=]", name) or line.start == line.heading_at:
            return False  # a name in brackets on a line of its own heads what follows
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
                due.rule if due else last.due_rule,
            )
        )
        return True

    # --- running text

    def _running(self, line: Line) -> None:
        if line.speaker_at >= 0 and not self.chat and self._assigned(line):
            return
        if (line.listed and self._ordered(line)) or self._planned(line):
            return
        said = line.text.replace("\n", " ")  # a wrapped line is one line; no place moves
        words = without_sounds(said) if self.chat else Words(said)
        self.claimed.before = None
        for span in sentences(words.text):
            sentence = Sentence(span.text[:_LONGEST_SENTENCE], words, span.start, line.start)
            if not self._sentence(sentence, line):
                if self.chat:
                    self.exchange.offer(sentence, line)
                    self.exchange.propose_day(sentence, line)
                start, end = sentence.place(0, len(sentence.text))
                self.items.remark(Remark(sentence.text, start, end, line.number))
            self.claimed.before = self._about(sentence.text)

    def _about(self, words: str) -> str | None:
        """Give whom a sentence of minutes is about, for the "he" of the next one."""
        named = None if self.chat else _ABOUT.match(words)
        if named is None or not self.people.is_surely(named["name"]):
            return self.claimed.before  # a sentence about a thing: "Income is below budget"
        return self.people.owner(named["name"])

    def _planned(self, line: Line) -> bool:
        """Read what somebody reports to do next, in a stand-up: "Today: fix the export; call Ana"."""
        if line.group not in self.people.reporting or not line.group:
            return False
        said = False
        for begin, end, label in planned(line.text):
            words = line.text[begin:end]
            if is_closed(words) or is_supposed(words) or NEGATED.search(words):
                continue
            due = find_due(words, line.reference, listed=True) or find_due(label, line.reference, listed=True)
            task = clean(words, due if due and due.words in words else None, "listed")
            self._keep(Found(task, line.group, due, line.start + begin, line.start + end, _PLANNED), line)
            said = True
        return said

    def _assigned(self, line: Line) -> bool:
        """Read `Tom: send the contract by Friday` in notes that are no chat: the name before the colon is the owner."""
        owner = self.people.owner(line.speaker)
        first = line.text.split(maxsplit=1)[0].casefold().strip(",.") if line.text.strip() else ""
        orders = first in english.VERBS or (
            line.text[:1] > "\u2e7f" and bool(chinese.claims("请" + line.text, self.people, listed=True))
        )
        thing = not orders and line.listed and self.people.is_known(line.speaker)  # "Ewa: nav mockups (Thu)"
        if not owner or not (orders or thing) or is_closed(line.text) or is_supposed(line.text) or len(line.text) > 300:
            return False
        due = find_due(line.text, line.reference, listed=True)
        if due is None and (not line.listed or thing):
            return False
        self._keep(Found(clean(line.text, due, "listed"), owner, due, line.speaker_at, line.end, 0.8), line)
        return True

    def _ordered(self, line: Line) -> bool:
        """Read a bullet outside an action list that begins with an order and names a due date."""
        words = _WE.sub("", line.text)
        first = words.split(maxsplit=1)[0].casefold().strip(",.:") if words.strip() else ""
        if first not in english.VERBS or line.speaker or is_closed(line.text) or is_supposed(line.text):
            return False
        due = find_due(line.text, line.reference, listed=True)
        if due is None or due.sure < 3 or len(line.text) > 200:
            return False
        self._keep(Found(clean(words, due, "listed"), line.group or None, due, line.start, line.end, 0.6), line)
        return True

    def _sentence(self, sentence: Sentence, line: Line) -> bool:
        """Read one sentence of running text; true when it gave or changed an item."""
        words = sentence.text
        if is_closed(words) and not re.search(r"(?i)\b(?:will|to|by|please)\b|请|前", words):
            return False
        noted = line.listed and not self.chat and words[:1] > "\u2e7f"  # 林姐补，周五前给我
        claims = claims_of(words, self.people, listed=noted)
        if noted and not all(self.people.is_surely(c.owner.split("、")[0]) for c in claims if c.owner):
            claims = claims_of(words, self.people, listed=False)  # 培训 6月22日改到会议室: the training does nothing
        if self.letter is not None and not any(c.owner for c in claims):
            return self._asked_by_letter(sentence, line) or self._moved(sentence, line)
        if not claims:
            return self._moved(sentence, line)
        if REJECTED.search(words):
            return False
        tasks_found = list(self.claimed.tasks(claims, sentence, line, None))
        for claim, one in tasks_found:
            self.exchange.ask(claim, one, sentence, line)
        found = without_pronouns([one for _, one in tasks_found])
        found = [f for f in found if not self._same_again(f, line)]
        for one in found:
            self._keep(one, line, sentence=words)
        return bool(found)

    def _asked_by_letter(self, sentence: Sentence, line: Line) -> bool:
        """Read a sentence of a mail that asks its reader for something; nobody is named, so nobody owns it."""
        words = sentence.text
        if not asks_reader(words, self.letter or ""):
            return False
        due = find_due(words, line.reference, listed=False)
        task = clean(without_greeting(words), due if due and due.words in words else None, "ask")
        if len(re.sub(r"\W", "", task)) < _LEAST_TASK:
            return False
        start, end = sentence.place(0, len(words))
        self._keep(Found(task, None, due, start, end, _ASKED_SURE), line, sentence=words)
        return True

    def _same_again(self, found: Found, line: Line) -> bool:
        """Give the owner and day of "I'll do that on Friday" to the task it speaks of; it is no task itself."""
        if not tasks.is_pronoun(found.task):
            return False
        items = self.items.all()
        if items and line.number - items[-1].start_line <= _NEAR_LINES:
            last = items[-1]
            if last.owner is None and found.owner:
                self.items.give(last.start, found.owner, found.due)
            elif found.due and not last.due_text and last.owner == found.owner:
                self.items.give(last.start, last.owner or "", found.due)
        return True

    def _moved(self, sentence: Sentence, line: Line) -> bool:
        """Let a sentence without a claim ("the price list moves to Friday") change an earlier item."""
        due = find_due(sentence.text, line.reference, listed=False)
        owner = changes.new_owner(sentence.text, self.people)
        if due is None and owner is None:
            return False
        start, end = sentence.place(0, len(sentence.text))
        shell = ActionItem(
            sentence.text,
            owner,
            due.day if due else None,
            due.words if due else "",
            self.text[start:end],
            start,
            end,
            line.number,
            0.6,
            due_rule=due.rule if due else "",
        )
        return self.items.change(sentence.text, owner, shell)

    # --- keeping

    def _keep(self, found: Found, line: Line, sentence: str = "") -> None:
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
            due_rule=found.due.rule if found.due else "",
        )
        if not (sentence and self.items.change(sentence, found.owner, item)):
            self.items.add(item)
