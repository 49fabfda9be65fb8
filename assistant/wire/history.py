"""How a draft came to be what it is: its revisions, and what each changed, sentence by sentence."""

from collections.abc import Collection, Sequence

from assistant.domain.draft import Draft, Sentence
from assistant.domain.project import Language
from assistant.domain.rewriting import EditClass, RevisionEdits, SentenceEdit
from assistant.domain.view import DraftView
from assistant.i18n import texts
from assistant.wire.covering import Cover, Json, covered


def history_json(
    revisions: Sequence[DraftView],
    edits: Sequence[RevisionEdits],
    language: Language,
    *,
    internal: bool = True,
    outside: bool = False,
) -> Json:
    """Give the revisions (oldest first) and their edits as one object, newest first.

    What a finding of any revision covers is covered in all of them: an earlier wording would tell it as well.
    """
    covers = (Cover.of(view, internal=internal, outside=outside) for view in revisions)
    hidden = frozenset(word for cover in covers for word in cover.words)
    changed = {one.revision: one for one in edits}
    shown = [_revision(view.draft, changed.get(view.draft.revision), language, hidden) for view in reversed(revisions)]
    return {"id": revisions[-1].draft.id, "project": revisions[-1].draft.project, "revisions": shown}


def _revision(draft: Draft, edits: RevisionEdits | None, language: Language, hidden: Collection[str]) -> Json:
    writer = draft.writer if edits is None else edits.rewriting.by if edits.rewriting else None
    wish = edits.rewriting if edits else None
    subject = edits.subject if edits else None
    return {
        "revision": draft.revision,
        "at": draft.created_at.isoformat(),
        "by": writer.name if writer else "person",
        "model": writer.model if writer else "",
        "why": covered(texts(writer.reasons, language), hidden) if writer else "",
        "wish": wish.wish if wish else "",
        "words": covered(wish.words, hidden) if wish else "",
        "subject": [covered(one, hidden) for one in subject] if subject else None,
        "recipients_changed": bool(edits and edits.recipients_changed),
        "sources_changed": list(edits.sources_changed) if edits else [],
        "edits": [_edit(one, hidden) for one in edits.edits] if edits else [],
    }


def _edit(edit: SentenceEdit, hidden: Collection[str]) -> Json:
    return {
        "step": edit.step,
        "before": _words(edit.before, hidden),
        "after": _words(edit.after, hidden),
        "classes": [sort.value for sort in EditClass if sort in edit.classes],
    }


def _words(sentence: Sentence | None, hidden: Collection[str]) -> str | None:
    return covered(sentence.text, hidden) if sentence else None
