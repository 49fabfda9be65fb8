"""What a person asked of a message, looked up in what a model made of it: the model's own word is not enough."""

from collections.abc import Iterator, Sequence

from assistant.domain.brief import Brief
from assistant.domain.draft import Section, WriterReason
from assistant.domain.project import Language
from assistant.writing.fitting import measure
from assistant.writing.instruction import Instruction, read_instruction
from assistant.writing.markers import without_gaps

USUAL_LENGTH: dict[Language, int] = {"en": 250, "zh": 450}
"""Words of English, characters of Chinese."""


def most_asked(brief: Brief) -> int:
    """Give the greatest length that the message may have: what the instruction says, else the usual one."""
    return int(read_instruction(brief.instruction, brief).limit(USUAL_LENGTH[brief.language]))


def in_order_asked(sections: Sequence[Section], brief: Brief) -> tuple[Section, ...]:
    """Put first what the person wants to read first; the rest keeps the playbook's order."""
    asked = read_instruction(brief.instruction, brief)
    first = {step.id for step in brief.playbook.steps if asked.begins_with(step)}
    return tuple(sorted(sections, key=lambda section: section.step not in first))


def shortfalls(brief: Brief, sections: Sequence[Section]) -> tuple[WriterReason, ...]:
    """Say which parts of an instruction a model's message does not keep, as far as code can tell."""
    asked = read_instruction(brief.instruction, brief)
    return (*_spoken_of(asked, sections), *_too_long(asked, brief, sections))


def _spoken_of(asked: Instruction, sections: Sequence[Section]) -> Iterator[WriterReason]:
    said = " ".join(without_gaps(s.text) for section in sections for s in section.sentences).casefold()
    for words in asked.silent_about:
        if words in said:
            yield WriterReason("not_silent", {"words": words})


def _too_long(asked: Instruction, brief: Brief, sections: Sequence[Section]) -> Iterator[WriterReason]:
    limit = most_asked(brief)
    length = sum(measure(without_gaps(s.text), brief.language) for section in sections for s in section.sentences)
    if (asked.most or asked.short) and length > limit:
        yield WriterReason("longer_than_asked", {"length": str(length), "limit": str(limit)})
