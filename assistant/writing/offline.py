"""The offline writer: no model, no network. Chooses what the playbook asks for and says it in sentences of its own."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.checks.hidden_orders import find_orders
from assistant.checks.words import subject_words
from assistant.domain.brief import Brief, WritingTask, Written
from assistant.domain.draft import Evidence, Origin, Section, Sentence, WrittenBy
from assistant.domain.facts import FactKind
from assistant.domain.guidance import PlaybookStep, Window
from assistant.domain.note import NoteKind
from assistant.domain.project import Language, Visibility
from assistant.domain.rewriting import Heard, WritingEvent, WritingStage, unheard
from assistant.language.sentences import split_sentences
from assistant.writing import frame, phrasing_history
from assistant.writing.answering import Answers, open_points
from assistant.writing.dating import days_in
from assistant.writing.fidelity import is_faithful
from assistant.writing.fitting import Item, Part, measure, varied, within
from assistant.writing.instruction import Instruction, read_instruction
from assistant.writing.lines import Line
from assistant.writing.markers import gap_marker, gaps_in
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
from assistant.writing.values import History, contradicts, histories, restates, topics_of

LIMIT: dict[Language, int] = {"en": 250, "zh": 450}
_IDS = re.compile(r"\b[A-Z]{1,6}-?[0-9]{1,6}\b")
_MOST_FOREIGN = 2
_MOST_FOREIGN_A_STEP = 3
_MOST_SPOKEN_A_STEP = 3
_NEAR = 0.85
_MOST_POINTS = 8
_MOST_DEBTS = 2
_MOST_ANSWERS = 4
_HOME_OF_ANSWERS = frozenset({"remedy", "feasibility"})
_STEPS_AHEAD = frozenset({"next", "need"})
_OF_DAYS = re.compile("[月日前]")  # in Chinese, pairs such as 日前 stand beside any day
_ANSWERING = 2.0  # what a sentence weighs more that says who does what by when about the client's matter


@dataclass(frozen=True, slots=True)
class OfflineWriter:
    """Implements `ports.Writer`. Deterministic: the same task gives the same message."""

    name: str = field(default="offline", init=False)

    def write(
        self, task: WritingTask, *, heard: Heard = unheard, cancelled: Callable[[], bool] = lambda: False
    ) -> Written:
        """Write from the evidence alone. Never raises ModelError; a cancelled call still gives its answer at once."""
        del cancelled  # a fraction of a second is not worth breaking off
        heard(WritingEvent(WritingStage.WRITING, writer=self.name))
        assert all(
            e.passage.visibility is Visibility.CLIENT or e.passage.id in task.brief.released for e in task.evidence
        )
        asked = read_instruction(task.brief.instruction, task.brief)
        task = _answering_only(task, asked)
        parts = _Composer.of(task, asked).parts()
        parts.sort(key=lambda part: not asked.begins_with(part.step))
        limit = asked.limit(LIMIT[task.brief.language])
        before, after = (frame.greeting(task.brief), *_opening(task.brief)), frame.closing(task.brief)
        around = sum(
            measure(words, task.brief.language)
            for words in (
                *(sentence.text for section in (*before, after) for sentence in section.sentences),
                *(part.step.heading.get(task.brief.language) for part in parts),
            )
        )
        kept, left_out = within(parts, limit - around, task.brief)
        for part in kept:
            part.items = varied(part.items, task.brief.language)
        sections = (
            *before,
            *(part.section(task.brief.language, i) for i, part in enumerate(kept, start=1)),
            after,
        )
        texts = [sentence.text for section in sections for sentence in section.sentences]
        for section in sections:
            for sentence in section.sentences:
                heard(WritingEvent(WritingStage.SENTENCE, section.step, sentence.text))
        writer = WrittenBy(self.name)
        return Written(
            frame.subject(task.brief),
            sections,
            gaps_in(texts),
            writer,
            (*left_out, *_orders_left_out(task)),
            asked.unused,
        )


def _answering_only(task: WritingTask, asked: Instruction) -> WritingTask:
    """Keep of the client's points those that the person wants answered."""
    inbound = task.brief.inbound
    if inbound is None or not asked.points:
        return task
    points = tuple(point for point in inbound.triage.points if point.number in asked.points)
    kept = replace(inbound, triage=replace(inbound.triage, points=points))
    return replace(task, brief=replace(task.brief, inbound=kept))


def _orders_left_out(task: WritingTask) -> list[str]:
    """Tell, by note, that lines which give orders to an assistant were left out; their words are not repeated."""
    paths = dict.fromkeys(e.passage.path for e in task.evidence if find_orders(e.passage.text))
    words = (
        "A line of {} is left out: it gives orders to an assistant."
        if task.brief.language == "en"
        else "{}中有一行是给助手下指令的，没有采用。"
    )
    return [words.format(path) for path in paths]


def _opening(brief: Brief) -> tuple[Section, ...]:
    words = brief.playbook.opening.get(brief.language)
    first = brief.playbook.steps[0].id
    return (Section(first, (Sentence("opening", words, (), Origin.OFFLINE),)),) if words else ()


@dataclass(slots=True)
class _Composer:
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
    unanswered: list[str] = field(default_factory=list)
    mostly_foreign: bool = False

    @classmethod
    def of(cls, task: WritingTask, asked: Instruction) -> "_Composer":
        passages = [e.passage for e in task.evidence]
        known = {
            i.casefold() for p in passages if p.kind in (NoteKind.SENT, NoteKind.RECEIVED) for i in _IDS.findall(p.text)
        }
        reader = Reader(
            task, people_of(task.brief, passages), frozenset(known), _letters_of_client(task), transcripts(passages)
        )
        lines = reader.usable_lines()
        found = histories(lines)
        said = [s for line in lines for s in reader.said(line)]
        said = still_open(said, _reports(lines))
        inbound = task.brief.inbound
        raised = restated(inbound, task.brief.language) if inbound else ()
        points = tuple(subject_words(text) for text in raised)
        topics = frozenset().union(*(topics_of(text) for text in raised))
        composer = cls(task, reader, said, found, _ranks(task), points, topics, asked)
        due = owed(task.evidence, lines, task.brief.language, task.brief.as_of)
        composer.debts = [d for d in due if asked.allows(d.text) and composer._is_raised(d.words)]
        composer.beside = _beside(lines, points)
        told = (s for s in said if asked.allows(s.raw) and asked.allows(s.text))
        composer.said = [s for s in told if not composer._is_stale(s) and composer._is_faithful(s)]
        composer.said = _without_moved_dates(_without_overtaken_plans(composer.said, found))
        composer.mostly_foreign = sum(map(composer._is_foreign, composer.said)) * 2 > len(composer.said)
        return composer

    @property
    def wanted(self) -> frozenset[str]:
        """All words of what the client brings up."""
        return frozenset().union(*self.points)

    def parts(self) -> list[Part]:
        """Give every step's sentences, gaps where a required step has nothing to say."""
        parts = []
        for step in self.task.brief.playbook.steps:
            items = self._items(step)
            if items:
                parts.append(Part(step, items))
        return parts

    def _items(self, step: PlaybookStep) -> list[Item]:
        language = self.task.brief.language
        items = self._points(step) if "point" in step.roles else []
        items += self._owned(step)
        items += self._changes(step)
        items += self._answers_beside(step, items)
        # A step that says the client's words back says nothing of ours beside them.
        room = 0 if items and "point" in step.roles else step.max_sentences - len(items)
        items += [self._item(said, step) for said in self._chosen(step, room)]
        items += self._open_points(step)
        gap = step.gap.get(language)
        if not items and step.required and gap:
            items = [Item(gap_marker(gap))]
        fixed = [Item(text) for text in step.fixed.get(language)]
        if not items and not step.required:
            return fixed or []
        return [*fixed[:1], *items, *fixed[1:]] if len(fixed) > 1 else [*items, *fixed]

    def _points(self, step: PlaybookStep) -> list[Item]:
        inbound = self.task.brief.inbound
        if inbound is None:
            return []
        return [
            Item(text)
            for text in restated(inbound, self.task.brief.language, only_points=bool(self.asked.points))[
                : max(step.max_sentences, _MOST_POINTS)
            ]
        ]

    def _answers_beside(self, step: PlaybookStep, items: Sequence[Item]) -> list[Item]:
        """Where a reply says what is possible or being done: for each thing the client brings up, what is known of it.

        What the notes hold nothing on is remembered, for one gap that names it in the client's words.
        """
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
            found = next((s for s in answers.to(point) if not any(alike(s, used) for used in self.used)), None)
            if found is None or len(made) >= _MOST_ANSWERS:
                self.unanswered.append(point)
                continue
            self.used.append(found)
            told.append(found.raw)
            made.append(self._item(found, step, beside=_ANSWERING))
        return made

    def _open_points(self, step: PlaybookStep) -> list[Item]:
        if "point" in step.roles or not _HOME_OF_ANSWERS & set(step.roles) or not self.unanswered:
            return []
        left, self.unanswered = self.unanswered, []
        return [Item(gap_marker(open_points(left, self.task.brief.language)))]

    # --- promises that are due

    def _is_raised(self, words: frozenset[str]) -> bool:
        """Whether the client's message, if there is one, speaks of those words' matter."""
        return not self.points or len(words & self.wanted) >= min(2, len(words))

    def _owned(self, step: PlaybookStep) -> list[Item]:
        if "remedy" not in step.roles:
            return []
        debts, self.debts = self.debts[:_MOST_DEBTS], []
        return [Item(debt.text, debt.labels) for debt in debts]

    # --- values that changed or are disputed

    def _changes(self, step: PlaybookStep) -> list[Item]:
        roles = set(step.roles)
        wanted = [h for h in self.histories if h not in self.told]
        if "state" in roles:
            wanted = [h for h in wanted if h.changed and h.kind is FactKind.DATE and _ahead(h, self.task.brief.as_of)]
            wanted = sorted(wanted, key=lambda h: -len(h.values))[:1]
        elif roles & {"change", "cause"} and "point" not in roles:
            if step.window is Window.LAST_MEETING:
                wanted = [h for h in wanted if h.changed and h.newest().line.dated == self.task.brief.last_meeting]
            # Where decisions are told, what was decided comes before what is disputed.
            settled_first = "decision" in roles
            wanted = sorted(wanted, key=lambda h: (h.conflict is settled_first, -len(h.values)))
            wanted = [h for h in wanted if h.conflict or _ahead(h, self.task.brief.as_of)][
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
                and (h.conflict or (h.changed and not h.reason() and _is_day_ahead(h, self.task)))
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
        for said in unlike(self.used, fitting):
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
        words = subject_words(said.raw)
        shared = max((len(words & point) for point in self.points), default=0)
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


def _beside(lines: Sequence[Line], points: Sequence[frozenset[str]]) -> dict[tuple[int, date | None], frozenset[str]]:
    """Give the words of the lines that speak of a Point, by note and day: what stands beside them may answer it."""
    found: dict[tuple[int, date | None], frozenset[str]] = {}
    for line in lines:
        words = subject_words(line.text)
        own = line.passage.kind not in (NoteKind.SENT, NoteKind.RECEIVED, NoteKind.CHAT)
        if own and any(len(words & point) >= 2 for point in points):
            key = (line.evidence.n, line.dated)
            found[key] = found.get(key, frozenset()) | words
    return found


def _is_day_ahead(history: History, task: WritingTask) -> bool:
    return history.kind is FactKind.DATE and _ahead(history, task.brief.as_of)


def _ahead(history: History, as_of: date) -> bool:
    return history.kind is not FactKind.DATE or history.newest().key >= as_of.isoformat()


def _letters_of_client(task: WritingTask) -> frozenset[str]:
    """Find the received notes that somebody of the client wrote: they name a contact or the client."""
    project = task.brief.project
    names = {project.client.name, *project.client.aliases, *(c.name for c in project.contacts)}
    received = [e.passage for e in task.evidence if e.passage.kind is NoteKind.RECEIVED]
    return frozenset(p.path for p in received if any(name in p.text for name in names))


def _reports(lines: Sequence[Line]) -> list[tuple[date | None, str]]:
    """Give the dated sentences that may report something as done; letters and chats do not."""
    letters = (NoteKind.SENT, NoteKind.RECEIVED, NoteKind.CHAT)
    return [
        (line.dated, span.text)
        for line in lines
        if line.passage.kind not in letters
        for span in split_sentences(line.text)
    ]


def _without_overtaken_plans(said: list[Said], found: list[History]) -> list[Said]:
    """Leave out the dates of a plan once one of its dates has been changed: nobody vouches for the others."""
    overtaken = {v.line.passage.path for h in found if h.changed or h.conflict for v in h.former}
    return [
        s
        for s in said
        if s.line.passage.kind is not NoteKind.PLAN or s.due is None or s.line.passage.path not in overtaken
    ]


def _without_moved_dates(said: list[Said]) -> list[Said]:
    """Leave out what still names a day as it was before a sentence of the same matter told that it moved."""
    moves = [(s, days[:-1]) for s in said if "change" in s.roles and len(days := days_in(s.raw, s.line.dated)) > 1]

    def is_former(one: Said) -> bool:
        return one.due is not None and any(
            one is not move
            and one.due in former
            and (one.line.dated or date.min) <= (move.line.dated or date.min)
            and subject_words(one.raw) & subject_words(move.raw) - _plain(one.due)
            for move, former in moves
        )

    return [s for s in said if not is_former(s)]


def _plain(day: date) -> frozenset[str]:
    return subject_words(f"{day.month}月{day.day}日 {day:%B} {day.day} {day.year}")


def _ranks(task: WritingTask) -> Ranks:
    return Ranks({s.step: {n: 1 - i / (len(s.evidence) or 1) for i, n in enumerate(s.evidence)} for s in task.by_step})
