"""The one repair round: which findings go back to the writer, and whether what comes back is better."""

from collections.abc import Sequence

from assistant.domain.brief import WritingTask
from assistant.domain.draft import Draft
from assistant.domain.finding import Finding, Severity
from assistant.domain.rewriting import RewritingTask, Wish
from assistant.writing.applying import changeable

# Their findings are about one sentence, and rest on what the client may be told. Leaks and gaps are for the person.
MENDABLE = frozenset({"support", "superseded", "told_before", "commitments", "overcertain", "vague_time", "tone"})
_WEIGHT = {Severity.BLOCK: 10, Severity.WARN: 3, Severity.INFO: 0}


def mendable(draft: Draft, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give the findings that a writer may settle by rewriting a sentence of its own."""
    own = set(changeable(draft))
    return tuple(
        f for f in findings if f.check in MENDABLE and f.severity is not Severity.INFO and f.sentence_id in own
    )


def repair_task(task: WritingTask, draft: Draft, findings: Sequence[Finding]) -> RewritingTask:
    """Ask for the sentences that findings are about; nothing else may change and nothing may be taken away."""
    ids = {f.sentence_id for f in findings if f.sentence_id is not None}
    return RewritingTask(
        draft=draft,
        project=task.brief.project,
        playbook=task.brief.playbook,
        inbound=task.brief.inbound,
        wish=Wish(),
        chosen=changeable(draft, ids),
        evidence=draft.evidence,
        findings=tuple(findings),
        released=task.brief.released,
    )


def weight(findings: Sequence[Finding]) -> int:
    """Say how much findings ask of a person, so that a repair that made things worse is not used.

    A gap counts for nothing: it is what an invented statement should have been.
    """
    return sum(_WEIGHT[f.severity] for f in findings if f.check != "gap")
