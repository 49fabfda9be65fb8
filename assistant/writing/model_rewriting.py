"""The model as rewriter and translator of a standing draft."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.domain.draft import CLOSING, GREETING, Draft, Evidence, WrittenBy
from assistant.domain.finding import Finding
from assistant.domain.project import Language, Project, Visibility
from assistant.domain.rewriting import (
    Heard,
    NewSentence,
    Preset,
    Rewrite,
    RewritingTask,
    Rewritten,
    WritingEvent,
    WritingStage,
    unfollowed,
    unheard,
)
from assistant.errors import ModelAnswerError
from assistant.i18n import text as words_of
from assistant.language.dates import format_date
from assistant.model_ports import ChatModel, Question
from assistant.prompts.loader import Prompt, load_prompt
from assistant.writing.answers import Labels, read_number, refuse_nonsense, text_of, texts_in
from assistant.writing.model import MODEL, told_to
from assistant.writing.showing import (
    LANGUAGE_NAMES,
    evidence_text,
    inbound_text,
    message_text,
    one_line,
    without_addresses,
)

_PROMPTS: dict[Preset, tuple[str, int]] = {
    Preset.SHORTER: ("shorten", 1),
    Preset.SOFTER: ("soften", 1),
    Preset.FIRMER: ("firm", 1),
    Preset.OWN_WORDS: ("reword", 1),
}
_AS_WORDS = {
    Preset.SHORTER: "Make it shorter.",
    Preset.SOFTER: "Make it gentler in tone.",
    Preset.FIRMER: "Make it firmer in tone.",
    Preset.OWN_WORDS: "Say it in plainer words.",
}


@dataclass(frozen=True, slots=True)
class ModelRewriter:
    """Implements `ports.Rewriter` over a chat model."""

    chat: ChatModel
    name: str = field(default=MODEL, init=False)

    def rewrite(
        self, task: RewritingTask, *, heard: Heard = unheard, cancelled: Callable[[], bool] = lambda: False
    ) -> Rewritten:
        """Rewrite with the model. Raises ModelError, ForbiddenError."""
        assert all(e.passage.visibility is Visibility.CLIENT or e.passage.id in task.released for e in task.evidence)
        prompt = _prompt(task)
        numbers = _numbers(task.draft)
        system, user = prompt.fill(_variables(task, prompt, numbers))
        heard(WritingEvent(WritingStage.WRITING, writer=self.name))
        purpose = "repair" if task.findings else "revise"
        answer = self.chat.answer(
            Question(task.project, purpose, prompt.id, task.draft.id, system, user, prompt.schema),
            heard=told_to(heard),
            cancelled=cancelled,
        )
        labels = Labels({e.n for e in task.evidence})
        rewrites = _rewrites(task, answer.data, labels, numbers)
        new = [sentence.text for rewrite in rewrites for sentence in rewrite.now]
        if new:
            refuse_nonsense(new, task.draft.language)
        not_followed = () if task.findings else texts_in(answer.data.get("not_done"))
        if task.wish.preset and not rewrites and not not_followed:
            not_followed = (task.wish.preset.value,)
        reasons = (*labels.report(), *(unfollowed(part) for part in not_followed))
        return Rewritten(rewrites, WrittenBy(self.name, answer.model, prompt.id, reasons), not_followed)


@dataclass(frozen=True, slots=True)
class ModelTranslator:
    """Implements `ports.Translator` over a chat model."""

    chat: ChatModel
    name: str = field(default=MODEL, init=False)

    def translate(
        self,
        draft: Draft,
        project: Project,
        language: Language,
        *,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[tuple[str, ...], WrittenBy]:
        """Translate sentence by sentence. Raises ModelError, ForbiddenError."""
        prompt = load_prompt("translate", 1)
        numbers = _numbers(draft)
        names = (*project.people(), project.client.name, *project.client.aliases, project.name)
        system, user = prompt.fill(
            {
                "language": LANGUAGE_NAMES[language],
                "names": "\n".join(names),
                "message": message_text(draft, (), numbers),
            }
        )
        answer = self.chat.answer(
            Question(project, "translate", prompt.id, draft.id, system, user, prompt.schema), cancelled=cancelled
        )
        given = answer.data.get("sentences")
        found: dict[int, str] = {}
        for item in given if isinstance(given, list) else ():
            number = read_number(item.get("sentence")) if isinstance(item, dict) else None
            if number is not None:
                found.setdefault(number, text_of(item))
        texts = tuple(found.get(numbers[s.id], "") for s in draft.sentences())
        frame = {s.id for section in draft.sections if section.step in (GREETING, CLOSING) for s in section.sentences}
        told = [text for s, text in zip(draft.sentences(), texts, strict=True) if text and s.id not in frame]
        refuse_nonsense(told, language)
        return texts, WrittenBy(self.name, answer.model, prompt.id)


# --- the question -------------------------------------------------------------------------------------------


def _prompt(task: RewritingTask) -> Prompt:
    if task.findings:
        return load_prompt("repair", 2)
    preset = task.wish.preset
    return load_prompt("revise", 2) if preset is None or task.wish.words.strip() else load_prompt(*_PROMPTS[preset])


def _numbers(draft: Draft) -> dict[str, int]:
    """Number the sentences from 1 in reading order: a model never sees ids."""
    return {sentence.id: n for n, sentence in enumerate(draft.sentences(), start=1)}


def _variables(task: RewritingTask, prompt: Prompt, numbers: dict[str, int]) -> dict[str, str]:
    draft = task.draft
    preset = task.wish.preset
    wish = f"{_AS_WORDS[preset]} {task.wish.words}" if preset else task.wish.words
    values = {
        "language": LANGUAGE_NAMES[draft.language],
        "today": format_date(draft.as_of.isoformat(), draft.language),
        "sender": task.project.sender.name,
        "project": task.project.name,
        "message": message_text(draft, task.chosen, numbers),
        "evidence": evidence_text(_wanted(task), draft.language),
        "inbound": inbound_text(task.inbound),
        "instruction": without_addresses(wish),
        "findings": _findings(task.findings, numbers),
    }
    return {name: values[name] for name in prompt.variables}


def _wanted(task: RewritingTask) -> Sequence[Evidence]:
    """Give the evidence that the changing sentences cite, that the findings name, and what was found besides."""
    cited = {n for s in task.draft.sentences() if s.id in task.chosen for n in s.evidence}
    named = {n for finding in task.findings for n in finding.evidence}
    own = {e.n for e in task.draft.evidence}
    return [e for e in task.evidence if e.n in cited | named or e.n not in own]


def _findings(findings: Sequence[Finding], numbers: Mapping[str, int]) -> str:
    lines = []
    for finding in findings:
        words = words_of(finding.message_key, "en", **finding.values)
        sources = f" [{', '.join(f'E{n}' for n in finding.evidence)}]" if finding.evidence else ""
        lines.append(f"*{numbers.get(finding.sentence_id or '', 0)} {one_line(words)}{sources}")
    return without_addresses("\n".join(lines))


# --- the answer ---------------------------------------------------------------------------------------------


def _rewrites(
    task: RewritingTask, data: Mapping[str, object], labels: Labels, numbers: Mapping[str, int]
) -> tuple[Rewrite, ...]:
    """Believe the changes of sentences that may change; in the repair round none of them may go away."""
    changes = data.get("changes")
    if not isinstance(changes, list):
        raise ModelAnswerError("The model's answer has no list of changes.", code="failed_no_sections")
    by_number = {numbers[one]: one for one in task.chosen}
    old = {s.id: s for s in task.draft.sentences()}
    found: dict[str, Rewrite] = {}
    for change in changes:
        number = read_number(change.get("sentence")) if isinstance(change, dict) else None
        items = change.get("now") if isinstance(change, dict) else None
        sentence_id = by_number.get(number) if number is not None else None
        if sentence_id is None or sentence_id in found or not isinstance(items, list):
            continue
        now = tuple(
            # A sentence that was cited and is only worded anew keeps its sources; the checks look at them again.
            NewSentence(text_of(item), labels.of(item) or old[sentence_id].evidence)
            for item in items
            if text_of(item)
        )
        if now or (not task.findings and not items):
            found[sentence_id] = Rewrite(sentence_id, now)
    return tuple(found.values())
