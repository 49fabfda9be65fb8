"""Use case: draft one message. Gathers evidence, lets a writer write, and makes the draft's first revision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.domain.brief import Brief, WritingTask, Written
from assistant.domain.draft import Draft, Evidence, Section, WriterReason
from assistant.domain.note import Passage
from assistant.domain.rewriting import Heard, WritingEvent, WritingStage, unheard
from assistant.errors import ForbiddenError, ModelError, ModelUnavailableError
from assistant.ports import Clock, GuidanceLibrary, NewId, Writers
from assistant.writing.evidence import NoteSearch, gather, usable, with_last_update


def draft_message(
    brief: Brief,
    *,
    search: NoteSearch,
    passages: Sequence[Passage],
    library: GuidanceLibrary,
    writers: Writers,
    clock: Clock,
    new_id: NewId,
    heard: Heard = unheard,
    cancelled: Callable[[], bool] = lambda: False,
) -> Draft:
    """Write a message's first revision; stores nothing.

    `search` and `passages` give client-visible passages up to the brief's as-of date; anything else among them is
    left out here again. When the model gives no usable answer, or the project's card does not allow it, the fallback
    writes and the draft says why; without a fallback the error goes on.
    Raises ModelError, ForbiddenError, and ModelUnavailableError when the call was cancelled.
    """
    visible = usable(passages, brief)
    brief = with_last_update(brief, visible)
    task = gather(brief, search=search, passages=visible, library=library)
    written = _write(task, writers, heard, cancelled)
    sections, evidence = _numbered_by_reading(written.sections, task.evidence)
    return Draft(
        id=new_id("d"),
        revision=1,
        project=brief.project.slug,
        kind=brief.playbook.kind,
        language=brief.language,
        as_of=brief.as_of,
        subject=written.subject,
        sections=sections,
        evidence=evidence,
        recipients=brief.recipients,
        writer=written.writer,
        created_at=clock(),
        inbound_id=brief.inbound.id if brief.inbound else None,
        instruction=brief.instruction,
        gaps=written.gaps,
        left_out=written.left_out,
    )


def _write(task: WritingTask, writers: Writers, heard: Heard, cancelled: Callable[[], bool]) -> Written:
    reasons = writers.reasons
    try:
        written = writers.writer.write(task, heard=heard, cancelled=cancelled)
    except (ModelError, ForbiddenError) as error:
        # A person who cancels wants no other draft in its place.
        if writers.fallback is None or cancelled():
            raise
        heard(WritingEvent(WritingStage.DISCARDED))
        written = writers.fallback.write(task, heard=heard, cancelled=cancelled)
        reasons = (WriterReason(error.code, error.values),)
    if cancelled():
        raise ModelUnavailableError("Drafting was cancelled; nothing was kept.", code="cancelled")
    unused = tuple(WriterReason("not_followed", {"words": words}) for words in written.unused_instruction)
    writer = replace(written.writer, reasons=(*reasons, *written.writer.reasons, *unused))
    return replace(written, writer=writer)


@dataclass(frozen=True, slots=True)
class _Numbering:
    """Old evidence numbers to new ones, in the order in which the message cites them."""

    new: dict[int, int]

    def of(self, labels: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted(self.new[n] for n in labels))


def _numbered_by_reading(
    sections: tuple[Section, ...], evidence: tuple[Evidence, ...]
) -> tuple[tuple[Section, ...], tuple[Evidence, ...]]:
    """Keep the evidence that is cited and number it as the reader meets it."""
    order = list(dict.fromkeys(n for section in sections for s in section.sentences for n in s.evidence))
    numbering = _Numbering({old: new for new, old in enumerate(order, start=1)})
    by_number = {e.n: e for e in evidence}
    renumbered = tuple(
        replace(section, sentences=tuple(replace(s, evidence=numbering.of(s.evidence)) for s in section.sentences))
        for section in sections
    )
    return renumbered, tuple(Evidence(numbering.new[old], by_number[old].passage) for old in order)
