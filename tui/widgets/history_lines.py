"""How a draft came to be what it is: each revision with what it changed, sentence by sentence and by sort."""

from collections.abc import Sequence

from textual.content import Content

from assistant.domain.draft import Draft, Rewriting
from assistant.domain.project import Language
from assistant.domain.rewriting import EditClass, RevisionEdits, SentenceEdit
from assistant.i18n import text, texts
from tui import wording
from tui.widgets.cursor_list import Block, content

CLASSES = {
    EditClass.FACT: "desk.edit_class.fact",
    EditClass.PROMISE: "desk.edit_class.promise",
    EditClass.TONE: "desk.edit_class.tone",
    EditClass.LENGTH: "desk.edit_class.length",
    EditClass.LANGUAGE: "desk.edit_class.language",
    EditClass.STRUCTURE: "desk.edit_class.structure",
}


def history_blocks(revisions: Sequence[Draft], edits: Sequence[RevisionEdits], language: Language) -> tuple[Block, ...]:
    """Give the revisions, newest first, each with the sentences that came, went and changed, and what sort it was."""
    by_revision = {e.revision: e for e in edits}
    blocks: list[Block] = []
    for draft in reversed(revisions):
        when = draft.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
        title = text("desk.history.revision", language, n=draft.revision, when=when)
        blocks.append(Block(content(title, "bold"), space=1 if blocks else 0))
        edit = by_revision.get(draft.revision)
        if edit is None:
            writer = draft.writer
            words = text("desk.history.written", language, name=wording.writer_words(writer, language))
            words = f"{words} ({texts(writer.reasons, language)})" if writer.reasons else words
            blocks.append(Block(content(words, "$muted")))
        else:
            blocks += _changes(edit, draft, language)
    return tuple(blocks)


def _changes(edit: RevisionEdits, draft: Draft, language: Language) -> list[Block]:
    gone, come = Content.styled("-", "$error bold"), Content.styled("+", "$success bold")
    blocks = [Block(content(_who(edit.rewriting, language), "$muted"))]
    if edit.subject is not None:
        old, new = edit.subject
        blocks += [Block(content(old, "$muted strike"), gone), Block(content(new), come)]
    if edit.recipients_changed:
        people = ", ".join(r.email for r in draft.recipients) or text("desk.review.no_recipients", language)
        blocks.append(Block(content(text("desk.history.recipients", language, people=people)), come))
    for one in edit.edits:
        blocks += _sentence(one, gone, come, language)
    if edit.sources_changed:
        blocks.append(Block(content(text("desk.history.sources", language, n=len(edit.sources_changed)), "$muted")))
    if len(blocks) == 1:
        blocks.append(Block(content(text("desk.history.same", language), "$muted")))
    return blocks


def _sentence(edit: SentenceEdit, gone: Content, come: Content, language: Language) -> list[Block]:
    joint = "、" if language == "zh" else ", "
    sorts = joint.join(text(CLASSES[c], language) for c in EditClass if c in edit.classes)
    blocks = []
    if edit.before is not None and (edit.after is None or edit.before.text != edit.after.text):
        blocks.append(Block(content(edit.before.text, "$muted strike"), gone))
    if edit.after is not None:
        tail = (f"  [{sorts}]", "$accent") if sorts else ("", "")
        blocks.append(Block(Content.assemble(content(edit.after.text), tail), come))
    elif sorts:
        blocks[-1] = Block(Content.assemble(blocks[-1].body, (f"  [{sorts}]", "$accent")), gone)
    return blocks


def _who(rewriting: Rewriting | None, language: Language) -> str:
    if rewriting is None:
        return text("desk.history.by_person", language)
    name = wording.writer_words(rewriting.by, language)
    wish = text(f"desk.wish.{rewriting.wish}", language) if rewriting.wish else rewriting.words
    return text("desk.history.rewritten", language, name=name, wish=wish)
