"""Filling the steps of a playbook from what the notes say: what each step says, what it leaves open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.checks.words import subject_words
from assistant.domain.brief import WritingTask
from assistant.domain.draft import Evidence
from assistant.domain.facts import FactKind
from assistant.domain.guidance import PlaybookStep, Window
from assistant.domain.note import NoteKind
from assistant.writing import phrasing_history
from assistant.writing.answering import Answers, open_points, wants_an_answer
from assistant.writing.asking import questions
from assistant.writing.current import (
    ahead,
    beside,
    is_day_ahead,
    letters_of_client,
    reports,
    without_moved_dates,
    without_overtaken_plans,
)
from assistant.writing.fidelity import is_faithful
from assistant.writing.fitting import Item, Part
from assistant.writing.instruction import Instruction
from assistant.writing.markers import gaps_in, without_gaps
from assistant.writing.owed import Owed, owed
from assistant.writing.people import people_of
from assistant.writing.reading import Reader
from assistant.writing.restating import matters, restated
from assistant.writing.said import Fit, Said
from assistant.writing.selection import (
    Ranks,
    alike,
    eligible,
    in_order,
    is_about_scope,
    lies_ahead,
    score,
    still_open,
    unlike,
)
from assistant.writing.speech import transcripts
from assistant.writing.step_gaps import asked_once, gap_item
from assistant.writing.values import History, contradicts, histories, restates, topics_of

_IDS = re.compile(r"\b[A-Z]{1,6}-?[0-9]{1,6}\b")
_MOST_FOREIGN = 2
_MOST_FOREIGN_A_STEP = 3
_MOST_SPOKEN_A_STEP = 3
_NEAR = 0.85
_MOST_DEBTS = 2
_MOST_ANSWERS = 4
_HOME_OF_ANSWERS = frozenset({"remedy", "feasibility"})
_HOME_OF_OPEN_POINTS = frozenset({"remedy", "proposal"})
_STEPS_AHEAD = frozenset({"next", "need"})
_OF_DAYS = re.compile("[月日前]")  # in Chinese, pairs such as 日前 stand beside any day
_ANSWERING = 2.0  # what a sentence weighs more that says who does what by when about the client's matter


def reader_of(task: WritingTask) -> Reader:
    """Give the reader of a task's evidence, which knows its people, its known numbers and its transcripts."""
    passages = [e.passage for e in task.evidence]
    known = {
        i.casefold() for p in passages if p.kind in (NoteKind.SENT, NoteKind.RECEIVED) for i in _IDS.findall(p.text)
    }
    people = people_of(task.brief, passages)
    return Reader(task, people, frozenset(known), letters_of_client(task), transcripts(passages))


@dataclass(slots=True)
class Composer:
    """Fills the steps one after another; what one step has said, no later one repeats."""

    task: WritingTask
    reader: Reader
    said: list[Said]
    histories: list[History]
    ranks: Ranks
    points: tuple[frozenset[str], ...]
    topics: frozenset[str]
    asked: Instruction
    debts: list[Owed] = field(default_factory=list)
    beside: dict[tuple[int, date | None], frozenset[str]] = field(default_factory=dict)
    used: list[Said] = field(default_factory=list)
    told: list[History] = field(default_factory=list)
    foreign: int = 0
    answered: bool = False
    owned: list[Owed] = field(default_factory=list)
    mostly_foreign: bool = False

    @classmethod
    def of(cls, task: WritingTask, asked: Instruction) -> "Composer":
        """Read a task's evidence, and keep what may be told as of its day."""
        reader = reader_of(task)
        lines = reader.usable_lines()
        found = histories(lines)
        said = [s for line in lines for s in reader.said(line)]
        said = still_open(said, reports(lines))
        inbound = task.brief.inbound
        raised = restated(inbound, task.brief.language) if inbound else ()
        points = tuple(subject_words(text) for text in raised)
        topics = frozenset().union(*(topics_of(text) for text in raised))
        composer = cls(task, reader, said, found, _ranks(task), points, topics, asked)
        due = owed(task.evidence, lines, task.brief.language, task.brief.as_of)
        composer.debts = [d for d in due if asked.allows(d.text) and composer._is_raised(d.words)]
        composer.beside = beside(lines, points)
        told = (s for s in said if asked.allows(s.raw) and asked.allows(s.text))
        composer.said = [s for s in told if not composer._is_stale(s) and composer._is_faithful(s)]
        composer.said = without_moved_dates(without_overtaken_plans(composer.said, found))
        composer.mostly_foreign = sum(map(composer._is_foreign, composer.said)) * 2 > len(composer.said)
        return composer

    @property
    def wanted(self) -> frozenset[str]:
        """All words of what the client brings up."""
        return frozenset().union(*self.points)

    def parts(self) -> list[Part]:
        """Give every step's sentences, gaps where a required step has nothing to say."""
        language = self.task.brief.language
        parts = asked_once([part for step in self.task.brief.playbook.steps if (part := self._part(step))], language)
        self._say_what_waits(parts)
        return parts

    def _part(self, step: PlaybookStep) -> Part | None:
        language = self.task.brief.language
        items = self._items(step)
        fixed = step.fixed.get(language)
        if "question" in step.roles:
            # What may be asked of any project fills the room that questions about this one leave.
            return Part(step, [*items, *map(Item, fixed[: max(0, step.max_sentences - len(items))])])
        if not items and step.required and step.gap.get(language):
            items = [gap_item(step, language)]
        if not items and not fixed:
            return None
        return Part(step, items, fixed[:1] if len(fixed) > 1 else (), fixed[1:] if len(fixed) > 1 else fixed)

    def _items(self, step: PlaybookStep) -> list[Item]:
        if "question" in step.roles:
            return questions(self.task, self.reader, self.histories, self.said)[: max(1, step.max_sentences - 1)]
        items = self._points() if "point" in step.roles else []
        items += self._owned(step)
        items += self._changes(step)
        items += self._answers_beside(step, items)
        # A step that says the client's words back says nothing of ours beside them.
        room = 0 if items and "point" in step.roles else step.max_sentences - len(items)
        return items + [self._item(said, step) for said in self._chosen(step, room)]

    def _points(self) -> list[Item]:
        inbound = self.task.brief.inbound
        if inbound is None:
            return []
        told = restated(inbound, self.task.brief.language, only_points=bool(self.asked.points))
        return [Item(text) for text in told]

    def _answers_beside(self, step: PlaybookStep, items: Sequence[Item]) -> list[Item]:
        """Where a reply says what is possible or done: for each thing the client brings up, what is known of it."""
        inbound = self.task.brief.inbound
        if inbound is None or "point" in step.roles or not _HOME_OF_ANSWERS & set(step.roles) or self.answered:
            return []
        self.answered = True
        told = [item.text for item in items]
        answers = Answers.of(self.said, self.task.brief)
        made: list[Item] = []
        for point in matters(inbound, only_points=bool(self.asked.points)):
            if answers.covered(point, told):
                continue
            found = next((s for s in answers.to(point) if self._is_new(s)), None)
            if found is None or len(made) >= _MOST_ANSWERS:
                continue
            self.used.append(found)
            told.append(found.raw)
            made.append(self._item(found, step, beside=_ANSWERING))
        return made

    def _is_new(self, said: Said) -> bool:
        """Whether nothing of the message says it yet, a promise that is owned included."""
        reply = self.task.brief.inbound is not None
        owned = reply and any(debt.tells(said.raw, said.due) for debt in self.owned)
        return not owned and not any(alike(said, used) for used in self.used)

    def _say_what_waits(self, parts: list[Part]) -> None:
        """Name, in one gap, each thing the client brings up that nothing in the whole message speaks of."""
        inbound, language = self.task.brief.inbound, self.task.brief.language
        home = next((p for p in reversed(parts) if _HOME_OF_OPEN_POINTS & set(p.step.roles)), None)
        if inbound is None or home is None:
            return
        told = [without_gaps(item.text) for part in parts if "point" not in part.step.roles for item in part.items]
        answers = Answers.of(self.said, self.task.brief)
        asked = matters(inbound, only_points=bool(self.asked.points))
        waiting = [point for point in asked if wants_an_answer(point) and not answers.covered(point, told)]
        if not waiting:
            return
        # A gap alone, asked for by several steps or by this one, becomes the gap of those points.
        if len(home.items) == 1 and not home.items[0].labels and gaps_in([home.items[0].text]):
            home.items = [Item(open_points(waiting, language, gaps_in([home.items[0].text])))]
        else:
            home.items.append(Item(open_points(waiting, language)))

    # --- promises that are due

    def _is_raised(self, words: frozenset[str]) -> bool:
        """Whether a promise of those words is owned here: the client speaks of it, or this kind owns every promise."""
        if not self.points or self.task.brief.playbook.reports_promises:
            return True
        return len(words & self.wanted) >= min(2, len(words))

    def _owned(self, step: PlaybookStep) -> list[Item]:
        if "remedy" not in step.roles:
            return []
        debts, self.debts = self.debts[:_MOST_DEBTS], []
        self.owned += debts
        return [Item(debt.text, debt.labels) for debt in debts]

    # --- values that changed or are disputed

    def _changes(self, step: PlaybookStep) -> list[Item]:
        roles = set(step.roles)
        wanted = [h for h in self.histories if h not in self.told]
        if "state" in roles:
            wanted = [h for h in wanted if h.changed and h.kind is FactKind.DATE and ahead(h, self.task.brief.as_of)]
            wanted = sorted(wanted, key=lambda h: -len(h.values))[:1]
        elif roles & {"change", "cause"} and "point" not in roles:
            if step.window is Window.LAST_MEETING:
                wanted = [h for h in wanted if h.changed and h.newest().line.dated == self.task.brief.last_meeting]
            # Where decisions are told, what was decided comes before what is disputed.
            settled_first = "decision" in roles
            wanted = sorted(wanted, key=lambda h: (h.conflict is settled_first, -len(h.values)))
            wanted = [h for h in wanted if h.conflict or ahead(h, self.task.brief.as_of)][
                : max(1, step.max_sentences // 2)
            ]
            if "change" not in roles:
                wanted = [h for h in wanted if h.reason()]
            if self.wanted:
                wanted = [h for h in wanted if self._asked_about(h)]
        elif "next" in roles and self.points:
            # A change without a known reason explains nothing, but the client must hear the day that holds now.
            wanted = [
                h
                for h in wanted
                if self._asked_about(h)
                and (h.conflict or (h.changed and not h.reason() and is_day_ahead(h, self.task.brief.as_of)))
            ]
        else:
            return []
        items = []
        for history in wanted:
            text, labels = phrasing_history.said(history, self.task.brief.language, self.task.brief.as_of)
            if text and self.asked.allows(text) and self._stands(text, labels, history):
                items.append(Item(text, labels))
                self.told.append(history)
        return items

    def _asked_about(self, history: History) -> bool:
        """Whether the client's message speaks of the same milestone."""
        topics = frozenset().union(*(v.subject.milestones for v in history.values))
        return bool(topics & self.topics)

    def _stands(self, text: str, labels: tuple[int, ...], history: History) -> bool:
        days = [v.line.dated for v in history.values if v.line.dated]
        return is_faithful(text, self._evidence(labels), days, self.task.brief.as_of)

    def _is_stale(self, said: Said) -> bool:
        """Whether a sentence rests on a value that was changed or is disputed; the history says it instead."""
        return any(contradicts(history, said.raw, said.line) for history in self.histories)

    # --- what the notes say

    def _chosen(self, step: PlaybookStep, room: int) -> list[Said]:
        if room <= 0:
            return []
        brief = self.task.brief
        fitting = [
            s
            for s in self.said
            if (eligible(s, step, brief) and self._concerns(s, step)) or ("remedy" in step.roles and self._answers(s))
        ]
        fitting = [s for s in fitting if not self._fits_better_elsewhere(s, step)]
        fitting.sort(key=lambda s: -score(s, step, self.ranks, brief, self.wanted))
        chosen: list[Said] = []
        fitting = [s for s in fitting if not any(restates(h, s.raw, s.line) for h in self.told)]
        for said in unlike(self.used, (s for s in fitting if self._is_new(s))):
            if len(chosen) == room:
                break
            if said.fit is Fit.SPOKEN and sum(s.fit is Fit.SPOKEN for s in chosen) >= _MOST_SPOKEN_A_STEP:
                continue
            if self._is_foreign(said):
                if sum(map(self._is_foreign, chosen)) >= _MOST_FOREIGN_A_STEP:
                    continue
                if not self.mostly_foreign and (self.foreign >= _MOST_FOREIGN or self._told_elsewhere(said)):
                    continue
                self.foreign += 1
            chosen.append(said)
        self.used += chosen
        return in_order(step, chosen)

    def _fits_better_elsewhere(self, said: Said, step: PlaybookStep) -> bool:
        """Whether another step that draws on the same sort of statement shows more of its cues in this one."""
        language = self.task.brief.language

        def cues(one: PlaybookStep) -> int:
            text = said.text.casefold()
            return sum(cue in text for cue in one.cues.get(language))

        rivals = [
            s for s in self.task.brief.playbook.steps if s is not step and set(s.roles) & set(step.roles) & said.roles
        ]
        return any(cues(rival) > cues(step) and eligible(said, rival, self.task.brief) for rival in rivals)

    def _answers(self, said: Said) -> bool:
        """Whether it tells who does what by when about a matter that the client brings up."""
        if not said.roles & _STEPS_AHEAD or not lies_ahead(said, self.task.brief):
            return False
        words = frozenset(word for word in subject_words(said.raw) if not _OF_DAYS.search(word))
        shared = max((len(words & point) for point in self.points), default=0)
        beside = self.beside.get((said.line.evidence.n, said.line.dated), frozenset())
        near = "next" in said.roles and len(words & beside) >= (1 if said.line.own_day else 2)
        return shared >= 2 or near or self._promised_since(said)

    def _promised_since(self, said: Said) -> bool:
        """Whether the sender took it on, by name, after the client's message."""
        received = self.task.brief.inbound.mail.received if self.task.brief.inbound else None
        dated = said.line.dated
        return "promised" in said.roles and bool(received and dated and dated > received)

    def _concerns(self, said: Said, step: PlaybookStep) -> bool:
        """Whether a reply has reason to say this: it shares words with the client's message, or draws the scope."""
        if not self.wanted or is_about_scope(said):
            return True
        # Of a risk only what it is counts, not what might follow from it and who looks after it.
        words = subject_words(next((w for _, w in said.line.cells[:1]), said.raw) if "risk" in said.roles else said.raw)
        shared = max((len(words & point) for point in self.points), default=0)
        if said.roles >= {"lesson"} and shared == 0:
            # A lesson says what to do from now on; what it was drawn from stands in the heading above it.
            above = subject_words(" ".join((*said.line.passage.headings, said.line.lead)))
            return bool(above & self.wanted)
        return shared >= 2 or (shared == 1 and self.ranks.of(step.id, said.line.evidence.n) >= _NEAR)

    def _item(self, said: Said, step: PlaybookStep, *, beside: float = 0.0) -> Item:
        text = said.text
        if self._is_foreign(said):
            text = phrasing_history.untranslated(said.raw, self.reader.day(said.line), self.task.brief.language)
        weight = score(said, step, self.ranks, self.task.brief, self.wanted)
        weight += beside or (_ANSWERING if self.points and self._answers(said) else 0.0)
        return Item(text, (said.line.evidence.n,), min(8.9, weight))

    def _is_foreign(self, said: Said) -> bool:
        return said.fit is Fit.QUOTED and not self.reader.is_own_language(said.raw)

    def _told_elsewhere(self, said: Said) -> bool:
        """Whether own-language notes carry the same days and numbers."""
        own = [s.line.evidence for s in self.said if not self._is_foreign(s)]
        return is_faithful(said.raw, own, [], said.line.dated or self.task.brief.as_of)

    def _is_faithful(self, said: Said) -> bool:
        if self._is_foreign(said):
            return True
        days = [day for day in (said.line.dated, said.line.passage.dated) if day]
        return is_faithful(said.text, [said.line.evidence], days, self.task.brief.as_of)

    def _evidence(self, labels: Sequence[int]) -> list[Evidence]:
        return [e for e in self.task.evidence if e.n in labels]


def _ranks(task: WritingTask) -> Ranks:
    return Ranks({s.step: {n: 1 - i / (len(s.evidence) or 1) for i, n in enumerate(s.evidence)} for s in task.by_step})
