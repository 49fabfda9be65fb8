"""Answering one Point of a client's message in a standing draft, without a model: by evidence, or not at all."""

from collections.abc import Sequence

from assistant.domain.brief import Brief, WritingTask
from assistant.domain.rewriting import NewSentence, Rewrite, RewritingTask
from assistant.writing.answering import Answers
from assistant.writing.composing import reader_of
from assistant.writing.said import Fit, Said

_HOMES = (frozenset({"remedy"}), frozenset({"feasibility"}), frozenset({"proposal", "next", "done"}))
_MOST = 2


def answered(task: RewritingTask, numbers: Sequence[int]) -> tuple[Rewrite, ...]:
    """Give the place and the sentences that answer those Points; empty where the evidence holds no answer to one.

    An answer is a sentence of the notes whose matter is the Point's, said as any draft says it, and not yet in the
    draft. It stands behind the last sentence of the step where a reply says what is done or possible.
    """
    if task.inbound is None or task.playbook is None:
        return ()
    points = {point.number: point.text for point in task.inbound.triage.points}
    brief = Brief(
        task.project, task.playbook, task.draft.language, task.draft.as_of, task.draft.recipients, task.inbound
    )
    reader = reader_of(WritingTask(brief, task.evidence, ()))
    said = [one for line in reader.usable_lines() for one in reader.said(line)]
    answers = Answers.of(said, brief)
    standing = {sentence.text for sentence in task.draft.sentences()}
    found: list[Said] = []
    for number in numbers:
        fitting = [s for s in answers.to(points.get(number, "")) if s.fit is Fit.PATTERN and s.text not in standing]
        new = [s for s in fitting if s.text not in {one.text for one in found}][:_MOST]
        if not new:
            return ()
        found += new
    home = _home(task)
    if home is None or not found:
        return ()
    anchor, text, labels = home
    news = (NewSentence(one.text, (one.line.evidence.n,)) for one in found)
    return (Rewrite(anchor, (NewSentence(text, labels), *news)),)


def _home(task: RewritingTask) -> tuple[str, str, tuple[int, ...]] | None:
    """Find the sentence behind which an answer stands: the last of the answering step that may change."""
    chosen = set(task.chosen)
    for roles in _HOMES:
        for section in task.draft.sections:
            step = task.playbook.step(section.step) if task.playbook else None
            inside = [s for s in section.sentences if s.id in chosen]
            if step is not None and roles & set(step.roles) and inside and section.layout != "lines":
                return inside[-1].id, inside[-1].text, inside[-1].evidence
    return None
