"""Putting a rewriter's sentences into a draft: what it did not name stays as it was, word for word."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.domain.draft import CLOSING, GREETING, Draft, Origin, Rewriting, Sentence, WrittenBy
from assistant.domain.rewriting import Rewrite, RewritingTask, Rewritten
from assistant.writing.markers import gaps_in


@dataclass(frozen=True, slots=True)
class Revised:
    """What came of a wish or of a repair. `draft` is None where nothing of it changed a word."""

    draft: Draft | None
    changed: tuple[str, ...]
    left_out: tuple[str, ...]
    not_followed: tuple[str, ...]
    writer: WrittenBy


def changeable(draft: Draft, only: Collection[str] | None = None) -> tuple[str, ...]:
    """Give the ids of the sentences that may change, in reading order: greeting and closing never do."""
    return tuple(
        sentence.id
        for section in draft.sections
        if section.step not in (GREETING, CLOSING)
        for sentence in section.sentences
        if only is None or sentence.id in only
    )


def applied(task: RewritingTask, rewritten: Rewritten, *, at: datetime) -> Revised:
    """Make the next revision. Sentences that were not chosen, or not changed, keep id, labels and origin."""
    draft = task.draft
    pen = _Pen(draft, rewritten, {r.sentence_id: r for r in rewritten.rewrites if r.sentence_id in task.chosen})
    sections = tuple(
        replace(section, sentences=tuple(s for old in section.sentences for s in pen.instead_of(old)))
        for section in draft.sections
    )
    if not pen.changed and not pen.left_out:
        return Revised(None, (), (), rewritten.not_followed, rewritten.writer)
    cited = {n for section in sections for s in section.sentences for n in s.evidence}
    known = {e.n for e in draft.evidence}
    found = (e for e in task.evidence if e.n not in known and e.n in cited)
    revision = draft.revised(
        at=at,
        sections=sections,
        evidence=(*draft.evidence, *found),
        gaps=gaps_in(sentence.text for section in sections for sentence in section.sentences),
        left_out=(*draft.left_out, *pen.left_out),
        rewriting=Rewriting(rewritten.writer, task.wish.preset or "", task.wish.words.strip()),
    )
    return Revised(revision, tuple(pen.changed), tuple(pen.left_out), rewritten.not_followed, rewritten.writer)


class _Pen:
    """Hands out what stands in the place of each old sentence, and remembers what it did."""

    def __init__(self, draft: Draft, rewritten: Rewritten, rewrites: dict[str, Rewrite]) -> None:
        self.changed: list[str] = []
        self.left_out: list[str] = []
        self._rewrites = rewrites
        self._origin = Origin.MODEL if rewritten.writer.name != "offline" else Origin.OFFLINE
        self._revision = draft.revision + 1
        self._ids = {sentence.id for sentence in draft.sentences()}

    def instead_of(self, old: Sentence) -> tuple[Sentence, ...]:
        """Give the sentences for one old one: itself, its rewriting, or nothing where it was left out."""
        rewrite = self._rewrites.get(old.id)
        if rewrite is None:
            return (old,)
        if not rewrite.now:
            self.left_out.append(old.text)
            return ()
        made = []
        for new in rewrite.now:
            if (new.text, new.evidence) == (old.text, old.evidence):
                made.append(old)
            else:
                made.append(Sentence(self._fresh(), new.text, new.evidence, self._origin))
                self.changed.append(made[-1].id)
        return tuple(made)

    def _fresh(self) -> str:
        n = 1
        while f"r{self._revision}-{n}" in self._ids:
            n += 1
        self._ids.add(f"r{self._revision}-{n}")
        return f"r{self._revision}-{n}"
