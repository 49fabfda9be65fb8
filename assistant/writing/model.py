"""The model writer: a prompt, a chat model, and code that believes only what it can verify."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from assistant.domain.brief import WritingTask, Written
from assistant.domain.draft import WrittenBy
from assistant.domain.guidance import Playbook
from assistant.domain.project import Visibility
from assistant.domain.rewriting import Heard, WritingEvent, WritingStage, unheard
from assistant.model_ports import ChatModel, Question
from assistant.prompts.loader import load_prompt
from assistant.writing import frame
from assistant.writing.answers import Labels, MessageReading, SentenceStream
from assistant.writing.markers import gaps_in
from assistant.writing.showing import Shown, one_line, writing_variables

PROMPT, PROMPT_VERSION = "write", 2
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
        shown = Shown.of(task)
        system, user = prompt.fill(writing_variables(task, shown))
        schema = _with_steps(prompt.schema, brief.playbook)
        heard(WritingEvent(WritingStage.WRITING, writer=self.name))
        answer = self.chat.answer(
            Question(brief.project, "write", prompt.id, task.draft_id, system, user, schema),
            heard=told_to(heard),
            cancelled=cancelled,
        )
        read = MessageReading(brief, Labels(shown.numbers))
        sections = read.sections(answer.data)
        subject = answer.data.get("subject")
        return Written(
            subject=one_line(subject) if isinstance(subject, str) and subject.strip() else frame.subject(brief),
            sections=(frame.greeting(brief), *sections, frame.closing(brief)),
            gaps=gaps_in(sentence.text for section in sections for sentence in section.sentences),
            writer=WrittenBy(self.name, answer.model, prompt.id, read.report()),
        )


def told_to(heard: Heard) -> SentenceStream:
    """Give what turns the pieces of an answer into events for whoever listens."""
    return SentenceStream(
        tell=lambda step, text: heard(WritingEvent(WritingStage.SENTENCE, step, text)),
        anew=lambda: heard(WritingEvent(WritingStage.DISCARDED)),
    )


def _with_steps(schema: Mapping[str, object], playbook: Playbook) -> Mapping[str, object]:
    """Narrow the schema's step names to the playbook's, for endpoints that enforce schemas while decoding."""
    narrowed = json.loads(json.dumps(schema))
    narrowed["properties"]["sections"]["items"]["properties"]["step"]["enum"] = [step.id for step in playbook.steps]
    return cast("Mapping[str, object]", narrowed)
