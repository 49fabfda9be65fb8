"""What a model is shown of a task: numbers and words, never ids, paths or addresses."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.checks.input import Source
from assistant.checks.told import promises
from assistant.domain.brief import WritingTask
from assistant.domain.draft import Draft, Evidence
from assistant.domain.inbound import Inbound
from assistant.domain.project import Language
from assistant.language.dates import format_date
from assistant.language.statements import classify_statement
from assistant.writing import frame, phrasing_history
from assistant.writing.dating import facts_of
from assistant.writing.lines import lines_of
from assistant.writing.markers import gap_marker
from assistant.writing.obeying import most_asked
from assistant.writing.values import histories

EVIDENCE_A_STEP = 8
LANGUAGE_NAMES: dict[Language, str] = {"en": "English", "zh": "Chinese (simplified)"}
_LENGTH: dict[Language, str] = {"en": "{most} words", "zh": "{most} characters"}
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,190}|(?:https?://|www\.)[^\s<>()]{1,500}", re.IGNORECASE)
_MOST_CHANGED = 6
_MOST_PROMISED = 6


def without_addresses(text: str) -> str:
    """Take e-mail addresses and links out of a text."""
    return _ADDRESS.sub("…", text)


def one_line(text: str) -> str:
    """Give a text on one line."""
    return " ".join(text.split())


def quoted_lines(text: str) -> str:
    """Put a bar before each line of somebody's text, so that none of it passes for a number or heading of ours."""
    return "\n".join(f"| {line}".rstrip() for line in text.splitlines())


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the message has to own, with the evidence it rests on."""

    text: str
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The evidence a prompt has room for, and what of it the message has to own."""

    evidence: tuple[Evidence, ...]
    changed: tuple[Remark, ...]
    promised: tuple[Remark, ...]
    a_step: int = EVIDENCE_A_STEP

    @classmethod
    def of(cls, task: WritingTask, a_step: int = EVIDENCE_A_STEP) -> "Shown":
        """Choose the best evidence of each step, and all that a changed value or a promise rests on."""
        changed = _changed(task)
        promised = _promised(task)
        wanted = {n for step in task.by_step for n in step.evidence[:a_step]}
        wanted |= {n for remark in (*changed, *promised) for n in remark.labels}
        # Whoever released a passage by name wants it used, whatever a search thinks of it.
        wanted |= {e.n for e in task.evidence if e.passage.id in task.brief.released}
        return cls(tuple(e for e in task.evidence if e.n in wanted), changed, promised, a_step)

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers that may be cited."""
        return frozenset(e.n for e in self.evidence)


def _changed(task: WritingTask) -> tuple[Remark, ...]:
    """Give the values that the notes change or dispute, said with old value and reason."""
    brief = task.brief
    found = [h for h in histories(line for e in task.evidence for line in lines_of(e)) if h.changed or h.conflict]
    remarks = []
    for history in sorted(found, key=lambda h: h.newest().line.dated or date.min, reverse=True):
        text, labels = phrasing_history.said(history, brief.language, brief.as_of)
        if text:
            remarks.append(Remark(text, labels))
    return tuple(remarks[:_MOST_CHANGED])


def _promised(task: WritingTask) -> tuple[Remark, ...]:
    """Give what sent messages promised for a day, newest first, and whether that day has come."""
    as_of, language = task.brief.as_of, task.brief.language
    remarks = []
    newest = sorted(task.evidence, key=lambda e: e.passage.dated or date.min, reverse=True)
    for evidence in newest:
        source = Source(evidence.passage, facts_of(evidence.passage.text, evidence.passage.dated))
        for promise in promises(source):
            state = "due, unless the evidence says it was kept" if promise.due <= as_of else "not yet due"
            day = format_date(promise.due.isoformat(), language)
            remarks.append(Remark(f"for {day} ({state}): {one_line(promise.statement.text)}", (evidence.n,)))
    return tuple(remarks[:_MOST_PROMISED])


def writing_variables(task: WritingTask, shown: Shown) -> dict[str, str]:
    """Fill the variables of the prompt `write`."""
    brief = task.brief
    contact = frame.addressee(brief)
    return {
        "language": LANGUAGE_NAMES[brief.language],
        "today": format_date(brief.as_of.isoformat(), brief.language),
        "sender": brief.project.sender.name,
        "recipient": (contact.salutation or contact.name) if contact else brief.project.client.name,
        "project": brief.project.name,
        "words": _LENGTH[brief.language].format(most=most_asked(brief)),
        "steps": _steps(task, shown),
        "changed": _remarks(shown.changed),
        "promised": _remarks(shown.promised),
        "evidence": evidence_text(shown.evidence, brief.language),
        "inbound": inbound_text(brief.inbound),
        "instruction": without_addresses(brief.instruction),
    }


def _steps(task: WritingTask, shown: Shown) -> str:
    gathered = {step.step: step for step in task.by_step}
    lines = []
    for step in task.brief.playbook.steps:
        found = gathered.get(step.id)
        numbers = [n for n in found.evidence[: shown.a_step] if n in shown.numbers] if found else []
        intent = step.intent.get(task.brief.language)
        lines.append(f"- {step.id}: {intent} At most {step.max_sentences} sentences.")
        lines.append(f"  Evidence: {', '.join(f'E{n}' for n in numbers) or 'none'}.")
        lines.append(f"  Gap marker if nothing fits: {gap_marker(step.gap.get(task.brief.language))}")
        lines += [f"  Advice: {point.text}" for point in (found.guidance if found else ())[:2]]
    return "\n".join(lines)


def _remarks(remarks: Sequence[Remark]) -> str:
    return without_addresses(
        "\n".join(f"- {one_line(r.text)} [{', '.join(f'E{n}' for n in r.labels)}]" for r in remarks)
    )


def evidence_text(evidence: Sequence[Evidence], language: Language) -> str:
    """Write evidence out by number, with day, kind and heading, and whether it says itself that it is not certain."""
    return "\n\n".join(_evidence(e, language) for e in evidence)


def _evidence(evidence: Evidence, language: Language) -> str:
    passage = evidence.passage
    day = format_date(passage.dated.isoformat(), language) if passage.dated else "undated"
    unsure = "not certain" if classify_statement(passage.text).hedged else ""
    about = ", ".join(part for part in (day, passage.kind.value, " / ".join(passage.headings), unsure) if part)
    return without_addresses(f"E{evidence.n} ({one_line(about)}):\n{quoted_lines(passage.text)}")


def inbound_text(inbound: Inbound | None) -> str:
    """Write a client's message out, with its Points numbered below."""
    if inbound is None:
        return ""
    points = [f"P{p.number} ({p.kind.value}): {one_line(p.text)}" for p in inbound.triage.points]
    return without_addresses("\n".join([quoted_lines(inbound.mail.body.strip()), "", *points]))


def message_text(draft: Draft, chosen: Collection[str], numbers: dict[str, int]) -> str:
    """Write a draft out, its sentences numbered by `numbers`, those that may change marked with *."""
    lines = []
    for section in draft.sections:
        lines.append(f"({section.step})")
        for sentence in section.sentences:
            mark = "*" if sentence.id in chosen else ""
            labels = f" [{', '.join(f'E{n}' for n in sentence.evidence)}]" if sentence.evidence else ""
            lines.append(f"{mark}{numbers[sentence.id]} {one_line(sentence.text)}{labels}")
    return without_addresses("\n".join(lines))
