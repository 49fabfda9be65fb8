"""The model writer: a prompt, a chat model, and code that believes only what it can verify."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from assistant.domain.brief import Brief, WritingTask, Written
from assistant.domain.draft import Evidence, Origin, Section, Sentence, WriterReason, WrittenBy
from assistant.domain.guidance import Playbook
from assistant.domain.project import Project, Visibility
from assistant.domain.rewriting import Heard, WritingEvent, WritingStage, unheard
from assistant.errors import ForbiddenError, ModelAnswerError
from assistant.language.dates import format_date
from assistant.language.detect import detect_language
from assistant.ports import ChatModel
from assistant.prompts.loader import load_prompt
from assistant.writing import frame
from assistant.writing.markers import gap_marker, gaps_in

PROMPT, PROMPT_VERSION = "write", 1
EVIDENCE_A_STEP = 8
_NAMES = {"en": "English", "zh": "Chinese (simplified)"}
_LENGTH = {"en": "250 words", "zh": "450 characters"}
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,190}|(?:https?://|www\.)[^\s<>()]{1,500}", re.IGNORECASE)
_MOST_REPEATS = 2
_LONGEST_SENTENCE = 1500


def refused(project: Project, chat: ChatModel) -> WriterReason | None:
    """Say why the project's card does not let this model see its text; None when it does."""
    code = project.model_refusal(local=chat.local)
    return WriterReason(code, {"project": project.slug}) if code else None


@dataclass(frozen=True, slots=True)
class ModelWriter:
    """Implements `ports.Writer` over a chat model. It sees E1 … En, never ids, paths or addresses."""

    chat: ChatModel
    name: str = field(default="model", init=False)

    def write(
        self, task: WritingTask, *, heard: Heard = unheard, cancelled: Callable[[], bool] = lambda: False
    ) -> Written:
        """Write with the model. Raises ModelError, and ForbiddenError when the card does not allow this model."""
        refusal = refused(task.brief.project, self.chat)
        if refusal:
            raise ForbiddenError(
                f"The card of project {task.brief.project.slug} does not allow this model.",
                code=refusal.code,
                **refusal.values,
            )
        heard(WritingEvent(WritingStage.WRITING, writer=self.name))
        assert all(e.passage.visibility is Visibility.CLIENT for e in task.evidence)
        prompt = load_prompt(PROMPT, PROMPT_VERSION)
        shown = _shown(task)
        system, user = prompt.fill(_variables(task, shown))
        schema = _with_steps(prompt.schema, task.brief.playbook)
        answer = self.chat.answer(system=system, user=user, schema=schema, cancelled=cancelled)
        read = _Reading(task.brief, frozenset(e.n for e in shown))
        sections = read.sections(answer.data)
        _refuse_nonsense(sections, task.brief)
        subject = answer.data.get("subject")
        return Written(
            subject=_one_line(subject) if isinstance(subject, str) and subject.strip() else frame.subject(task.brief),
            sections=(frame.greeting(task.brief), *sections, frame.closing(task.brief)),
            gaps=gaps_in(sentence.text for section in sections for sentence in section.sentences),
            writer=WrittenBy(self.name, answer.model, prompt.id, read.report()),
        )


def _with_steps(schema: Mapping[str, object], playbook: Playbook) -> Mapping[str, object]:
    """Narrow the schema's step names to the playbook's, for endpoints that enforce schemas while decoding."""
    narrowed = json.loads(json.dumps(schema))
    narrowed["properties"]["sections"]["items"]["properties"]["step"]["enum"] = [step.id for step in playbook.steps]
    return cast("Mapping[str, object]", narrowed)


@dataclass(slots=True)
class _Reading:
    """Reads the model's answer and counts what had to be dropped or added."""

    brief: Brief
    supplied: frozenset[int]
    dropped: int = 0
    misplaced: int = 0

    def sections(self, data: Mapping[str, object]) -> tuple[Section, ...]:
        """Give the answer's sections in the playbook's order; a required step that it skipped gets its gap."""
        by_step: dict[str, list[Sentence]] = {step.id: [] for step in self.brief.playbook.steps}
        given = data.get("sections")
        if not isinstance(given, list):
            raise ModelAnswerError("The model's answer has no list of sections.")
        number = 0
        for part in given:
            step = part.get("step") if isinstance(part, dict) else None
            sentences = part.get("sentences") if isinstance(part, dict) else None
            if step not in by_step or not isinstance(sentences, list):
                self.misplaced += 1
                continue
            for item in sentences:
                text = _text_of(item)
                if text:
                    number += 1
                    by_step[step].append(Sentence(f"s{number}", text, self._labels(item), Origin.MODEL))
        sections = []
        for step in self.brief.playbook.steps:
            sentences_of = by_step[step.id]
            if not sentences_of and step.required:
                number += 1
                gap = gap_marker(step.gap.get(self.brief.language))
                sentences_of = [Sentence(f"s{number}", gap, (), Origin.OFFLINE)]
            if sentences_of:
                heading = step.heading.get(self.brief.language)
                sections.append(Section(step.id, tuple(sentences_of), heading, step.layout))
        return tuple(sections)

    def _labels(self, item: Mapping[str, object]) -> tuple[int, ...]:
        given = item.get("evidence")
        numbers = [_number(label) for label in given] if isinstance(given, list) else []
        kept = [n for n in numbers if n is not None and n in self.supplied]
        self.dropped += len(numbers) - len(kept)
        return tuple(dict.fromkeys(kept))

    def report(self) -> tuple[WriterReason, ...]:
        """Say what of the answer could not be used."""
        counts = {"citations_dropped": self.dropped, "sections_dropped": self.misplaced}
        return tuple(WriterReason(code, {"count": str(n)}) for code, n in counts.items() if n)


def _text_of(item: object) -> str:
    """One sentence's text on one line; greeting and closing markup is not expected here."""
    text = item.get("text") if isinstance(item, dict) else None
    return _one_line(text) if isinstance(text, str) else ""


def _number(label: object) -> int | None:
    """Read a citation given as 3, "3" or "E3"."""
    if isinstance(label, bool):
        return None
    if isinstance(label, int):
        return label
    match = re.fullmatch(r"\[?E?([0-9]{1,4})\]?", label.strip(), re.IGNORECASE) if isinstance(label, str) else None
    return int(match[1]) if match else None


def _refuse_nonsense(sections: tuple[Section, ...], brief: Brief) -> None:
    """Raise ModelAnswerError for an empty answer, one in another language, or endless repetition."""
    texts = [s.text for section in sections for s in section.sentences if s.origin is Origin.MODEL]
    if not texts:
        raise ModelAnswerError("The model's answer has no sentence that belongs to a step of the playbook.")
    if Counter(texts).most_common(1)[0][1] > _MOST_REPEATS or max(map(len, texts)) > _LONGEST_SENTENCE:
        raise ModelAnswerError("The model's answer repeats itself without end.")
    language = detect_language("\n".join(texts))
    if language not in (brief.language, "other") or (language == "other" and brief.language == "zh"):
        raise ModelAnswerError(f"The model's answer is not in the recipient's language, {_NAMES[brief.language]}.")


def _shown(task: WritingTask) -> tuple[Evidence, ...]:
    """Choose the evidence a prompt has room for: the best of each step."""
    wanted = {n for step in task.by_step for n in step.evidence[:EVIDENCE_A_STEP]}
    return tuple(e for e in task.evidence if e.n in wanted)


def _variables(task: WritingTask, shown: tuple[Evidence, ...]) -> dict[str, str]:
    brief = task.brief
    contact = frame.addressee(brief)
    return {
        "language": _NAMES[brief.language],
        "today": format_date(brief.as_of.isoformat(), brief.language),
        "sender": brief.project.sender.name,
        "recipient": (contact.salutation or contact.name) if contact else brief.project.client.name,
        "project": brief.project.name,
        "words": _LENGTH[brief.language],
        "steps": _steps(task, {e.n for e in shown}),
        "evidence": "\n\n".join(_evidence(e, brief) for e in shown),
        "inbound": _inbound(brief),
        "instruction": without_addresses(brief.instruction),
    }


def _steps(task: WritingTask, shown: set[int]) -> str:
    gathered = {step.step: step for step in task.by_step}
    lines = []
    for step in task.brief.playbook.steps:
        found = gathered.get(step.id)
        numbers = [n for n in found.evidence[:EVIDENCE_A_STEP] if n in shown] if found else []
        intent = step.intent.get(task.brief.language)
        lines.append(f"- {step.id}: {intent} At most {step.max_sentences} sentences.")
        lines.append(f"  Evidence: {', '.join(f'E{n}' for n in numbers) or 'none'}.")
        lines.append(f"  Gap marker if nothing fits: {gap_marker(step.gap.get(task.brief.language))}")
        lines += [f"  Advice: {point.text}" for point in (found.guidance if found else ())[:2]]
    return "\n".join(lines)


def _evidence(evidence: Evidence, brief: Brief) -> str:
    passage = evidence.passage
    day = format_date(passage.dated.isoformat(), brief.language) if passage.dated else "undated"
    head = " / ".join(passage.headings)
    about = ", ".join(part for part in (day, passage.kind.value, head) if part)
    return without_addresses(f"E{evidence.n} ({about}):\n{passage.text}")


def _inbound(brief: Brief) -> str:
    if brief.inbound is None:
        return ""
    points = [f"P{p.number} ({p.kind.value}): {p.text}" for p in brief.inbound.triage.points]
    return without_addresses("\n".join([brief.inbound.mail.body.strip(), "", *points]))


def without_addresses(text: str) -> str:
    """Take e-mail addresses and links out of a text."""
    return _ADDRESS.sub("…", text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
