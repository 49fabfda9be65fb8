"""Use case: let a writer change a standing draft at a person's wish, or put it into the reviewer's language."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.domain.draft import Draft, Evidence, WriterReason
from assistant.domain.guidance import Playbook
from assistant.domain.inbound import Inbound
from assistant.domain.note import Passage
from assistant.domain.project import Language, Project, Visibility
from assistant.domain.rewriting import (
    Heard,
    ReviewTranslation,
    RewritingTask,
    Rewritten,
    Wish,
    WritingEvent,
    WritingStage,
    unheard,
)
from assistant.domain.view import DraftView
from assistant.errors import ForbiddenError, InvalidInputError, ModelError, ModelUnavailableError
from assistant.ports import Clock, Rewriter, Translator, Writers
from assistant.writing.applying import Revised, applied, changeable
from assistant.writing.comparing import aligned
from assistant.writing.evidence import NoteSearch
from assistant.writing.instruction import read_instruction

_MOST_FOUND = 6


def revise_draft(
    view: DraftView,
    wish: Wish,
    *,
    project: Project,
    playbook: Playbook | None,
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
    draft = view.draft
    released = frozenset(release.passage_id for release in view.releases)
    task = RewritingTask(
        draft=draft,
        project=project,
        playbook=playbook,
        inbound=view.inbound,
        wish=wish,
        chosen=_chosen(draft, wish),
        evidence=_evidence(draft, wish, view.inbound, search, released),
        released=released,
    )
    rewritten = _rewritten(task, writers, heard, cancelled)
    if cancelled():
        raise ModelUnavailableError("The revision was cancelled; nothing was kept.", code="cancelled")
    return applied(task, rewritten, at=clock())


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
            values=values,
        )
    target: Language = language or ("en" if draft.language == "zh" else "zh")
    sentences = tuple(draft.sentences())
    texts, writer = translator.translate(draft, project, target, cancelled=cancelled)
    compared = tuple(
        aligned(sentence, text, as_of=draft.as_of, names=project.people())
        for sentence, text in zip(sentences, texts, strict=True)
    )
    return ReviewTranslation(draft.id, draft.revision, target, compared, writer)


# --- before the writer --------------------------------------------------------------------------------------


def _chosen(draft: Draft, wish: Wish) -> tuple[str, ...]:
    if wish.preset is None and not wish.words.strip():
        raise InvalidInputError("Say what should change: give a few words, or choose shorter, softer or firmer.")
    if wish.sentence_ids is None:
        return changeable(draft)
    known = {s.id for s in draft.sentences()}
    unknown = [one for one in wish.sentence_ids if one not in known]
    if unknown:
        raise InvalidInputError(f"Draft {draft.id} has no sentence {unknown[0]}.")
    chosen = changeable(draft, wish.sentence_ids)
    if not chosen:
        raise InvalidInputError("Greeting and closing come from the project's card; choose another sentence.")
    return chosen


def _queries(wish: Wish, inbound: Inbound | None) -> list[str]:
    """Give what is searched for: the wish, and the client's words where it names a Point by its number."""
    points = inbound.triage.points if inbound else ()
    named = read_instruction(wish.words).points
    return [wish.words, *(point.text for point in points if point.number in named)]


def _evidence(
    draft: Draft, wish: Wish, inbound: Inbound | None, search: NoteSearch, released: frozenset[str]
) -> tuple[Evidence, ...]:
    """Give what a writer may see of the draft's evidence, and what the notes say to the wish's words besides."""
    # A note may have become internal since it was cited.
    evidence = [e for e in draft.evidence if e.passage.visibility is Visibility.CLIENT or e.passage.id in released]
    if wish.words.strip():
        known = {e.passage.id for e in draft.evidence}
        number = max((e.n for e in draft.evidence), default=0)
        for hit in (hit for words in _queries(wish, inbound) for hit in search(words, _MOST_FOUND).hits):
            if hit.passage.id not in known and _usable(hit.passage, draft):
                number += 1
                known.add(hit.passage.id)
                evidence.append(Evidence(number, hit.passage))
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
