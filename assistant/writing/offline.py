"""The offline writer: no model, no network. Chooses what the playbook asks for and says it in sentences of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from assistant.checks.hidden_orders import find_orders
from assistant.domain.brief import Brief, WritingTask, Written
from assistant.domain.draft import Origin, Section, Sentence, WrittenBy
from assistant.domain.project import Language, Visibility
from assistant.domain.rewriting import Heard, WritingEvent, WritingStage, unheard
from assistant.writing import frame
from assistant.writing.composing import Composer
from assistant.writing.fitting import measure, varied, within
from assistant.writing.instruction import Instruction, read_instruction
from assistant.writing.markers import gaps_in

LIMIT: dict[Language, int] = {"en": 250, "zh": 450}


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
        parts = Composer.of(task, asked).parts()
        parts.sort(key=lambda part: not asked.begins_with(part.step))
        limit = asked.limit(LIMIT[task.brief.language])
        language = task.brief.language
        before, after = (frame.greeting(task.brief), *_opening(task.brief)), frame.closing(task.brief)
        around = sum(
            measure(words, language)
            for words in (
                *(sentence.text for section in (*before, after) for sentence in section.sentences),
                *(words for part in parts for words in part.words_around(language)),
            )
        )
        kept, left_out = within(parts, limit - around, task.brief)
        for part in kept:
            part.items = varied(part.items, language)
        made = (section for i, part in enumerate(kept, start=1) for section in part.sections(language, i))
        sections = (*before, *made, after)
        length = sum(measure(sentence.text, language) for section in sections for sentence in section.sentences)
        length += sum(measure(section.heading, language) for section in sections)
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
            (*left_out, *_too_long(length, limit, language), *_orders_left_out(task)),
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


def _too_long(length: int, limit: float, language: Language) -> list[str]:
    """Say that a message is longer than it should be, which only words that may not be cut can make it."""
    if length <= limit:
        return []
    if language == "zh":
        return [f"篇幅为 {length} 字，超过 {limit:g} 字：客户提到的各点和需要填写的空缺不能再删。"]
    return [f"The message has {length} words, more than {limit:g}: what the client wrote and the gaps were not cut."]


def _opening(brief: Brief) -> tuple[Section, ...]:
    words = brief.playbook.opening.get(brief.language)
    first = brief.playbook.steps[0].id
    return (Section(first, (Sentence("opening", words, (), Origin.OFFLINE),)),) if words else ()
