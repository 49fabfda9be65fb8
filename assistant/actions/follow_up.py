"""The mail that follows a meeting: accepted items said in plain sentences, each with the passage it stands in."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.actions.changes import words_of
from assistant.actions.chinese import will_do
from assistant.actions.english import VERBS
from assistant.actions.outline import outline
from assistant.actions.people import People
from assistant.actions.statements import announces_decisions, find_statements
from assistant.domain.actions import ActionItem, StatementKind, StoredItem
from assistant.domain.brief import WritingTask, Written
from assistant.domain.draft import CLOSING, GREETING, Origin, Section, Sentence
from assistant.domain.guidance import PlaybookStep
from assistant.domain.note import Passage
from assistant.domain.project import Language, Project
from assistant.domain.rewriting import Heard, unheard
from assistant.language.dates import format_date
from assistant.ports import Writer

_SAME = 0.5  # share of the shorter one's words by which a written sentence tells a decision of the notes


def needed_passages(items: Sequence[StoredItem], passages: Sequence[Passage]) -> dict[str, Passage]:
    """Give, by item id, the passage of the notes that holds the item's quote; items of pasted text have none."""
    by_path: dict[str, list[Passage]] = {}
    for passage in passages:
        by_path.setdefault(passage.path, []).append(passage)
    found: dict[str, Passage] = {}
    for item in items:
        inside = [
            p for p in by_path.get(item.meeting.path, ()) if p.start < item.found.end and item.found.start < p.end
        ]
        holding = [p for p in inside if item.found.quote in p.text] or inside
        if holding:
            found[item.id] = holding[0]
    return found


class FollowUpWriter:
    """Writes with another writer and puts the accepted items, word for word, where the playbook tells what comes next.

    The steps with the roles `next` and `commitment` get the items of our side, a step with the role `need` those that
    the client's contacts own; without such a step all stand together. Items of the one person the mail goes to ask that
    person. What the rules wrote under decisions stays only where the notes tell it as a decision.
    """

    def __init__(self, inner: Writer, items: Sequence[StoredItem], project: Project, to: Sequence[str] = ()) -> None:
        self._inner = inner
        self._items = items
        self._project = project
        self._reader = _reader(project, to)

    def write(
        self, task: WritingTask, *, heard: Heard = unheard, cancelled: Callable[[], bool] = lambda: False
    ) -> Written:
        """Write. Raises what the other writer raises."""
        written = self._inner.write(task, heard=heard, cancelled=cancelled)
        steps = task.brief.playbook.steps
        ours = next((s for s in steps if {"next", "commitment"} & set(s.roles)), None)
        theirs = next((s for s in steps if "need" in s.roles and s is not ours), None)
        given: dict[str, list[StoredItem]] = {}
        for item in self._items:
            step = theirs if theirs is not None and self._of_client(item.owner) else ours or theirs
            if step is not None:
                given.setdefault(step.id, []).append(item)
        decided = [step.id for step in steps if "decision" in step.roles]
        told = [_decisions_only(s, task) if s.step in decided else s for s in written.sections if s.step not in given]
        made = [self._section(step, given[step.id], task) for step in steps if step.id in given]
        order = [GREETING, *(s.id for s in steps), CLOSING]
        kept = sorted(
            (s for s in (*told, *made) if s.sentences),  # a step may have more than one section
            key=lambda s: order.index(s.step) if s.step in order else len(order),
        )
        gaps = tuple(
            g for g in written.gaps if not any(g in s.gap.get(task.brief.language) for s in steps if s.id in given)
        )
        return replace(written, sections=tuple(kept), gaps=gaps)

    def _of_client(self, owner: str | None) -> bool:
        names = {n.casefold() for c in self._project.contacts for n in (c.name, c.salutation, c.name.split()[0]) if n}
        names |= {self._project.client.name.casefold(), "client", "customer", "客户", "甲方"}
        return any(part.strip().casefold() in names for part in (owner or "").split(";"))

    def _section(self, step: PlaybookStep, items: Sequence[StoredItem], task: WritingTask) -> Section:
        language = task.brief.language
        passages = {e.passage.id: e.n for e in task.evidence}
        places = needed_passages(items, [e.passage for e in task.evidence])
        sentences = tuple(
            Sentence(
                f"item-{item.id}",
                item_sentence(item.current(), language, to=self._reader),
                (passages[places[item.id].id],) if item.id in places else (),
                Origin.OFFLINE,
            )
            for item in items
        )
        return Section(step.id, sentences, heading=step.heading.get(language), layout="list")


def _reader(project: Project, to: Sequence[str]) -> frozenset[str]:
    """Give the names of the one person a mail goes to, lower case; none where several get it."""
    asked = {address.casefold() for address in to}
    reached = [c for c in project.contacts if (c.email.casefold() in asked if asked else c.default == "to")]
    if len(reached) != 1 or len(asked) > 1:
        return frozenset()
    one = reached[0]
    return frozenset(n.casefold() for n in (one.name, one.salutation, one.name.split()[0]) if n)


def _decisions_only(section: Section, task: WritingTask) -> Section:
    """Leave out what the rules took for a decision and the notes tell as something else: a task, what was done."""
    decided = [words_of(text) for e in task.evidence for text in _decisions(e.passage)]

    def tells_one(sentence: Sentence) -> bool:
        words = words_of(sentence.text)
        return any(len(words & said) >= _SAME * max(1, min(len(words), len(said))) for said in decided)

    kept = tuple(s for s in section.sentences if s.origin is not Origin.OFFLINE or not s.evidence or tells_one(s))
    return replace(section, sentences=kept)


def _decisions(passage: Passage) -> list[str]:
    people = People((), passage.text)
    lines = outline(passage.text, dated=passage.dated, people=people)
    found = find_statements(passage.text, lines, (), speech=False, orders=())
    if passage.headings and announces_decisions(passage.headings[-1]):
        return [line.text for line in lines]
    return [one.text for one in found if one.kind is StatementKind.DECISION]


def item_sentence(item: ActionItem, language: Language, *, to: frozenset[str] = frozenset()) -> str:
    """Say an item in one sentence of that language: who, what, by when; only what is known.

    `to` are the names, lower case, of the one person the sentence is said to: what that person owns is asked of them.
    """
    task = item.task.rstrip(" .。;；")
    owner = (item.owner or "").split("; ")
    if len(owner) == 1 and owner[0].casefold() in to:
        return _asked(task, item, language)
    task = _to_the_reader(task, to, language)
    if language == "zh":
        who = "、".join(owner) + "：" if item.owner else ""
        when = (
            f"，{format_date(item.due.isoformat(), 'zh')}前"
            if item.due
            else f"（{item.due_text}）"
            if item.due_text
            else ""
        )
        return f"{who}{task}{when}。"
    who = " and ".join([", ".join(owner[:-1]), owner[-1]] if len(owner) > 1 else owner) + ": " if item.owner else ""
    when = (
        f", by {format_date(item.due.isoformat(), 'en')}"
        if item.due
        else f" ({item.due_text})"
        if item.due_text
        else ""
    )
    return f"{who}{task[:1].lower() + task[1:] if who and task[1:2].islower() else task}{when}."


def _to_the_reader(task: str, names: frozenset[str], language: Language) -> str:
    """Say "you" where a task is done for the one who reads it: "send the plan to Lena"."""
    if not names:
        return task
    said = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    if language == "zh":
        return re.sub(
            rf"(?i)([给向跟和与])(?:{said})(?:女士|先生|老师|总|经理)?(?![\u4e00-\u9fff]?[的之])", r"\1您", task
        )
    return re.sub(rf"(?i)\b(to|with|for|from|by) (?:{said})\b(?!['’]s| [A-Z])", r"\1 you", task)


def _asked(task: str, item: ActionItem, language: Language) -> str:
    """Ask the reader for what they took on."""
    if language == "zh":
        day = f"在{format_date(item.due.isoformat(), 'zh')}前" if item.due else ""
        words = f"（{item.due_text}）" if item.due_text and not item.due else ""
        return f"请您{day}{task if will_do(task) is not None else f'处理：{task}'}{words}。"
    when = (
        f" by {format_date(item.due.isoformat(), 'en')}" if item.due else f" ({item.due_text})" if item.due_text else ""
    )
    first = task.split(maxsplit=1)[0].casefold() if task.split() else ""
    if first not in VERBS:
        return f"Please see to this: {task}{when}."
    return f"Please {task[:1].lower() + task[1:]}{when}."
