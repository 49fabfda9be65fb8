"""Use case: let a writer change a standing draft at a person's wish, or put it into the reviewer's language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.domain.draft import (
    CLOSING,
    GREETING,
    Draft,
    Evidence,
    Origin,
    Rewriting,
    Section,
    Sentence,
    WriterReason,
    WrittenBy,
)
from assistant.domain.guidance import Playbook
from assistant.domain.inbound import Inbound
from assistant.domain.note import Passage
from assistant.domain.project import Language, Project, Visibility
from assistant.domain.rewriting import (
    Heard,
    NewSentence,
    ReviewTranslation,
    RewritingTask,
    Rewritten,
    Wish,
    WritingEvent,
    WritingStage,
    unheard,
)
from assistant.errors import ForbiddenError, InvalidInputError, ModelError, ModelUnavailableError
from assistant.ports import Clock, Rewriter, Translator, Writers
from assistant.writing.comparing import aligned
from assistant.writing.evidence import NoteSearch
from assistant.writing.markers import gaps_in

_FRAME = frozenset({GREETING, CLOSING})
_MOST_FOUND = 6


@dataclass(frozen=True, slots=True)
class Revised:
    """What came of a wish. `draft` is None where nothing of it could be followed."""

    draft: Draft | None
    changed: tuple[str, ...]
    left_out: tuple[str, ...]
    not_followed: tuple[str, ...]
    writer: WrittenBy


def revise_draft(
    draft: Draft,
    wish: Wish,
    *,
    project: Project,
    playbook: Playbook | None,
    inbound: Inbound | None,
    writers: Writers,
    search: NoteSearch,
    clock: Clock,
    heard: Heard = unheard,
    cancelled: Callable[[], bool] = lambda: False,
) -> Revised:
    """Make a draft's next revision as a person wishes; stores nothing.

    The wish is searched for among the client-visible notes, so that a writer may cite what the draft does not yet
    hold. Where the model fails, the offline rules try. Raises StateError unless the draft is open, InvalidInputError
    for a wish about nothing, ModelError and ForbiddenError without a fallback, and ModelUnavailableError when the
    call was cancelled.
    """
    task = RewritingTask(
        draft=draft,
        project=project,
        playbook=playbook,
        inbound=inbound,
        wish=wish,
        chosen=_chosen(draft, wish),
        evidence=_with_found(draft, wish, search),
    )
    rewritten = _rewritten(task, writers, heard, cancelled)
    if cancelled():
        raise ModelUnavailableError("The revision was cancelled; nothing was kept.", code="cancelled")
    return _applied(task, rewritten, clock)


def translate_draft(
    draft: Draft,
    language: Language | None,
    *,
    project: Project,
    translator: Translator | None,
    reasons: Sequence[WriterReason],
    cancelled: Callable[[], bool] = lambda: False,
) -> ReviewTranslation:
    """Put every sentence into `language`, by default the other one, and compare numbers, dates and names.

    Raises ModelUnavailableError where no model may write, ForbiddenError, ModelError.
    """
    if translator is None:
        code = reasons[0].code if reasons else "no_model"
        values = dict(reasons[0].values) if reasons else {}
        raise ModelUnavailableError(
            "A translation needs a language model: name one in sincerely.toml and allow it on the project's card.",
            code=code,
            **values,
        )
    target: Language = language or ("en" if draft.language == "zh" else "zh")
    sentences = tuple(draft.sentences())
    texts, writer = translator.translate(project, [s.text for s in sentences], target, cancelled=cancelled)
    compared = tuple(
        aligned(sentence, text, as_of=draft.as_of, names=project.people())
        for sentence, text in zip(sentences, texts, strict=True)
    )
    return ReviewTranslation(draft.id, draft.revision, target, compared, writer)


# --- before the writer --------------------------------------------------------------------------------------


def _chosen(draft: Draft, wish: Wish) -> tuple[str, ...]:
    if wish.preset is None and not wish.words.strip():
        raise InvalidInputError("Say what should change: give a few words, or choose shorter, softer or firmer.")
    own = [s.id for section in draft.sections if section.step not in _FRAME for s in section.sentences]
    if wish.sentence_ids is None:
        return tuple(own)
    known = {s.id for s in draft.sentences()}
    unknown = [one for one in wish.sentence_ids if one not in known]
    if unknown:
        raise InvalidInputError(f"Draft {draft.id} has no sentence {unknown[0]}.")
    chosen = tuple(one for one in own if one in wish.sentence_ids)
    if not chosen:
        raise InvalidInputError("Greeting and closing come from the project's card; choose another sentence.")
    return chosen


def _with_found(draft: Draft, wish: Wish, search: NoteSearch) -> tuple[Evidence, ...]:
    """Add what the notes say to the wish's words, numbered after the draft's own evidence."""
    evidence = list(draft.evidence)
    if wish.words.strip():
        known = {e.passage.id for e in evidence}
        for hit in search(wish.words, _MOST_FOUND).hits:
            if hit.passage.id not in known and _usable(hit.passage, draft):
                evidence.append(Evidence(max((e.n for e in evidence), default=0) + 1, hit.passage))
    return tuple(evidence)


def _usable(passage: Passage, draft: Draft) -> bool:
    visible = passage.project == draft.project and passage.visibility is Visibility.CLIENT
    return visible and (passage.dated is None or passage.dated <= draft.as_of)


def _rewritten(task: RewritingTask, writers: Writers, heard: Heard, cancelled: Callable[[], bool]) -> Rewritten:
    def ask(rewriter: Rewriter) -> Rewritten:
        return rewriter.rewrite(task, heard=heard, cancelled=cancelled)

    reasons = writers.reasons
    try:
        rewritten = ask(writers.rewriter)
    except (ModelError, ForbiddenError) as error:
        if writers.rewriter_fallback is None or cancelled():
            raise
        heard(WritingEvent(WritingStage.DISCARDED))
        rewritten = ask(writers.rewriter_fallback)
        reasons = (WriterReason(error.code, error.values),)
    writer = rewritten.writer
    return replace(rewritten, writer=replace(writer, reasons=(*reasons, *writer.reasons)))


# --- after the writer ---------------------------------------------------------------------------------------


def _applied(task: RewritingTask, rewritten: Rewritten, clock: Clock) -> Revised:
    draft = task.draft
    origin = Origin.MODEL if rewritten.writer.name == "model" else Origin.OFFLINE
    rewrites = {r.sentence_id: r for r in rewritten.rewrites if r.sentence_id in task.chosen}
    changed: list[str] = []
    left_out: list[str] = []
    taken = {s.id for s in draft.sentences()}

    def fresh() -> str:
        n = 1
        while f"r{draft.revision + 1}-{n}" in taken:
            n += 1
        taken.add(f"r{draft.revision + 1}-{n}")
        return f"r{draft.revision + 1}-{n}"

    def sentences_for(old: Sentence) -> tuple[Sentence, ...]:
        rewrite = rewrites.get(old.id)
        if rewrite is None or _says_the_same(old, rewrite.now):
            return (old,)
        if not rewrite.now:
            left_out.append(old.text)
            return ()
        made = []
        for new in rewrite.now:
            if new.text == old.text and new.evidence == old.evidence:
                made.append(old)
                continue
            made.append(Sentence(fresh(), new.text, new.evidence, origin))
            changed.append(made[-1].id)
        return tuple(made)

    sections = tuple(
        replace(section, sentences=tuple(s for old in section.sentences for s in sentences_for(old)))
        for section in draft.sections
    )
    if not changed and not left_out:
        return Revised(None, (), (), rewritten.not_followed, rewritten.writer)
    cited = {n for section in sections for s in section.sentences for n in s.evidence}
    known = {e.n for e in draft.evidence}
    revision = draft.revised(
        at=clock(),
        sections=sections,
        evidence=tuple(e for e in task.evidence if e.n in known or e.n in cited),
        gaps=_gaps(sections),
        left_out=(*draft.left_out, *left_out),
        rewriting=Rewriting(rewritten.writer, task.wish.preset or "", task.wish.words.strip()),
    )
    return Revised(revision, tuple(changed), tuple(left_out), rewritten.not_followed, rewritten.writer)


def _says_the_same(old: Sentence, now: tuple[NewSentence, ...]) -> bool:
    return len(now) == 1 and now[0].text == old.text and now[0].evidence == old.evidence


def _gaps(sections: Sequence[Section]) -> tuple[str, ...]:
    return gaps_in(sentence.text for section in sections for sentence in section.sentences)
