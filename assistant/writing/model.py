"""The model writer: a prompt, a chat model, and code that believes only what it can verify."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from assistant.domain.brief import Brief, WritingTask, Written
from assistant.domain.draft import WriterReason, WrittenBy
from assistant.domain.guidance import Playbook
from assistant.domain.project import Visibility
from assistant.domain.rewriting import Heard, WritingEvent, WritingStage, unheard
from assistant.errors import ModelAnswerError
from assistant.language.detect import detect_language
from assistant.model_ports import ChatAnswer, ChatModel, Question
from assistant.prompts.loader import Prompt, load_prompt
from assistant.writing import frame
from assistant.writing.answers import Labels, MessageReading, SentenceStream, promises_named, texts_in
from assistant.writing.markers import gaps_in
from assistant.writing.obeying import in_order_asked, shortfalls
from assistant.writing.showing import EVIDENCE_A_STEP, Shown, one_line, writing_variables

PROMPT, PROMPT_VERSION = "write", 4
# Passages of a step that are shown: as many as help, and how many where the model cannot take so long a request.
ROOM, LITTLE_ROOM = EVIDENCE_A_STEP, 2
_LONGEST_SUBJECT = 100
MODEL = "model"
"""What a model is called as a writer; which one it is stands in `WrittenBy.model`."""


@dataclass(frozen=True, slots=True)
class ModelWriter:
    """Implements `ports.Writer` over a chat model. It sees E1 … En, never ids, paths or addresses."""

    chat: ChatModel
    name: str = field(default=MODEL, init=False)

    def write(
        self, task: WritingTask, *, heard: Heard = unheard, cancelled: Callable[[], bool] = lambda: False
    ) -> Written:
        """Write with the model. Raises ModelError, and ForbiddenError when the card does not allow this model."""
        brief = task.brief
        assert all(e.passage.visibility is Visibility.CLIENT or e.passage.id in brief.released for e in task.evidence)
        prompt = load_prompt(PROMPT, PROMPT_VERSION)
        heard(WritingEvent(WritingStage.WRITING, writer=self.name))
        notes: tuple[WriterReason, ...] = ()
        try:
            shown, answer = self._asked(prompt, task, ROOM, heard, cancelled)
        except ModelAnswerError as error:
            if error.code != "failed_too_long" or Shown.of(task, LITTLE_ROOM).numbers == Shown.of(task, ROOM).numbers:
                raise
            shown, answer = self._asked(prompt, task, LITTLE_ROOM, heard, cancelled)
            notes = (WriterReason("shown_less", {"count": str(LITTLE_ROOM)}),)
        read = MessageReading(brief, Labels(shown.numbers))
        sections = in_order_asked(read.sections(answer.data), brief)
        return Written(
            subject=_subject(answer.data.get("subject"), brief),
            sections=(frame.greeting(brief), *sections, frame.closing(brief)),
            gaps=gaps_in(sentence.text for section in sections for sentence in section.sentences),
            writer=WrittenBy(
                self.name,
                answer.model,
                prompt.id,
                (*notes, *read.report(), *promises_named(answer.data, sections), *shortfalls(brief, sections)),
            ),
            unused_instruction=texts_in(answer.data.get("not_done")) if brief.instruction.strip() else (),
        )

    def _asked(
        self, prompt: Prompt, task: WritingTask, room: int, heard: Heard, cancelled: Callable[[], bool]
    ) -> tuple[Shown, ChatAnswer]:
        """Ask the model, shown so many passages of each step."""
        shown = Shown.of(task, room)
        system, user = prompt.fill(writing_variables(task, shown))
        schema = _with_steps(prompt.schema, task.brief.playbook)
        question = Question(task.brief.project, "write", prompt.id, task.draft_id, system, user, schema)
        return shown, self.chat.answer(question, heard=told_to(heard), cancelled=cancelled)


def told_to(heard: Heard) -> SentenceStream:
    """Give what turns the pieces of an answer into events for whoever listens."""
    return SentenceStream(
        tell=lambda step, text: heard(WritingEvent(WritingStage.SENTENCE, step, text)),
        anew=lambda: heard(WritingEvent(WritingStage.DISCARDED)),
    )


def _subject(given: object, brief: Brief) -> str:
    """Take a model's subject line only where it can state nothing wrong: no check reads it against evidence."""
    words = one_line(given) if isinstance(given, str) else ""
    unproved = any(c.isdigit() for c in words) or len(words) > _LONGEST_SUBJECT
    right = detect_language(words) == brief.language
    return words if words and right and not unproved and brief.inbound is None else frame.subject(brief)


def _with_steps(schema: Mapping[str, object], playbook: Playbook) -> Mapping[str, object]:
    """Narrow the schema's step names to the playbook's, for endpoints that enforce schemas while decoding."""
    narrowed = json.loads(json.dumps(schema))
    narrowed["properties"]["sections"]["items"]["properties"]["step"]["enum"] = [step.id for step in playbook.steps]
    return cast("Mapping[str, object]", narrowed)
