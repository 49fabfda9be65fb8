"""Use case: draft one message. Gathers evidence, lets a writer write and mend once, and makes the first revision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.domain.brief import Brief, WritingTask, Written
from assistant.domain.draft import Draft, Evidence, Section, WriterReason
from assistant.domain.finding import Finding
from assistant.domain.note import Passage
from assistant.domain.rewriting import Heard, WritingEvent, WritingStage, unheard
from assistant.errors import ForbiddenError, ModelError, ModelUnavailableError
from assistant.ports import Clock, GuidanceLibrary, NewId, Writers
from assistant.writing.applying import applied
from assistant.writing.evidence import NoteSearch, gather, usable, with_last_update
from assistant.writing.instruction import with_copies
from assistant.writing.model import MODEL
from assistant.writing.repairing import mendable, repair_task, weight


def draft_message(
    brief: Brief,
    *,
    search: NoteSearch,
    passages: Sequence[Passage],
    library: GuidanceLibrary,
    writers: Writers,
    clock: Clock,
    new_id: NewId,
    check: Callable[[Draft], Sequence[Finding]],
    heard: Heard = unheard,
    cancelled: Callable[[], bool] = lambda: False,
) -> Draft:
    """Write a message's first revision; stores nothing.

    `search` and `passages` give client-visible passages up to the brief's as-of date; anything else among them is
    left out here again. When the model gives no usable answer, or the project's card does not allow it, the fallback
    writes and the draft says why; without a fallback the error goes on. What a model wrote is checked with `check` and
    handed back once with what it should mend; a mending that leaves more to settle than before is not used.
    Raises ModelError, ForbiddenError, and ModelUnavailableError when the call was cancelled.
    """
    visible = usable(passages, brief)
    brief = with_last_update(brief, visible)
    task = replace(gather(brief, search=search, passages=visible, library=library), draft_id=new_id("d"))
    written = _write(task, writers, heard, cancelled)
    sections, evidence = _numbered_by_reading(written.sections, task.evidence)
    draft = Draft(
        id=task.draft_id,
        revision=1,
        project=brief.project.slug,
        kind=brief.playbook.kind,
        language=brief.language,
        as_of=brief.as_of,
        subject=written.subject,
        sections=sections,
        evidence=evidence,
        recipients=with_copies(brief),
        writer=written.writer,
        created_at=clock(),
        inbound_id=brief.inbound.id if brief.inbound else None,
        instruction=brief.instruction,
        gaps=written.gaps,
        left_out=written.left_out,
        leads=task.leads,
    )
    return _mended(draft, task, writers, check=check, heard=heard, cancelled=cancelled)


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


def _mended(
    draft: Draft,
    task: WritingTask,
    writers: Writers,
    *,
    check: Callable[[Draft], Sequence[Finding]],
    heard: Heard,
    cancelled: Callable[[], bool],
) -> Draft:
    """Hand a model's draft back once with its findings. What it does not mend stays, marked, for the person."""
    if draft.writer.name != MODEL:
        return draft
    heard(WritingEvent(WritingStage.CHECKING))
    before = check(draft)
    wanting = mendable(draft, before)
    if not wanting:
        return draft
    asked = repair_task(task, draft, wanting)
    heard(WritingEvent(WritingStage.REPAIRING, count=len(asked.chosen)))
    try:
        revised = applied(asked, writers.rewriter.rewrite(asked, cancelled=cancelled), at=draft.created_at)
    except (ModelError, ForbiddenError):
        if cancelled():
            raise
        return _noting(draft, WriterReason("repair_failed"))
    if revised.draft is None:
        return _noting(draft, WriterReason("repair_useless"))
    # It is the same first revision: nobody has seen the text before the mending.
    mended = replace(revised.draft, revision=draft.revision, rewriting=None)
    if weight(check(mended)) >= weight(before):
        return _noting(draft, WriterReason("repair_useless"))
    return _noting(mended, WriterReason("repaired", {"count": str(len(revised.changed))}))


def _noting(draft: Draft, reason: WriterReason) -> Draft:
    return replace(draft, writer=replace(draft.writer, reasons=(*draft.writer.reasons, reason)))


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
