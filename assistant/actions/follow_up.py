"""The mail that follows a meeting: accepted items said in plain sentences, each with the passage it stands in."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.domain.actions import ActionItem, StoredItem
from assistant.domain.brief import WritingTask, Written
from assistant.domain.draft import CLOSING, GREETING, Origin, Section, Sentence
from assistant.domain.guidance import PlaybookStep
from assistant.domain.note import Passage
from assistant.domain.project import Language, Project
from assistant.domain.rewriting import Heard, unheard
from assistant.language.dates import format_date
from assistant.ports import Writer


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
    the client's contacts own; without such a step all stand together.
    """

    def __init__(self, inner: Writer, items: Sequence[StoredItem], project: Project) -> None:
        self._inner = inner
        self._items = items
        self._project = project

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
        sections = {section.step: section for section in written.sections}
        for step in steps:
            if step.id in given:
                sections[step.id] = self._section(step, given[step.id], task)
        order = [GREETING, *(s.id for s in steps), CLOSING]
        kept = sorted(sections.values(), key=lambda s: order.index(s.step) if s.step in order else len(steps))
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
                item_sentence(item.current(), language),
                (passages[places[item.id].id],) if item.id in places else (),
                Origin.OFFLINE,
            )
            for item in items
        )
        return Section(step.id, sentences, heading=step.heading.get(language), layout="list")


def item_sentence(item: ActionItem, language: Language) -> str:
    """Say an item in one sentence of that language: who, what, by when; only what is known."""
    task = item.task.rstrip(" .。;；")
    owner = (item.owner or "").split("; ")
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
