"""`sincerely history`: what each revision of a draft changed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from assistant.cli.session import open_session, print_json

if TYPE_CHECKING:
    from assistant.domain.draft import Draft
    from assistant.domain.project import Language
    from assistant.domain.rewriting import RevisionEdits, SentenceEdit


@click.command("history")
@click.argument("draft_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def command(ctx: click.Context, /, draft_id: str, *, as_json: bool) -> None:
    """Show the revisions of the draft ID, newest first: who made each, and every changed sentence with its sort."""
    from assistant import wire
    from assistant.bootstrap import open_propose

    session = open_session(ctx)
    services = open_propose(session.folder, session.settings)
    revisions, edits = services.revisions(draft_id), services.revision_edits(draft_id)
    if as_json:
        print_json(wire.history_json(revisions, edits, session.language))
        return
    changed = {one.revision: one for one in edits}
    for view in reversed(revisions):
        for line in _revision_lines(view.draft, changed.get(view.draft.revision), session.language):
            click.echo(line)


def _revision_lines(draft: "Draft", edits: "RevisionEdits | None", language: "Language") -> Iterator[str]:
    from assistant.cli.show import plain
    from assistant.i18n import text, texts

    when = draft.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
    writer = draft.writer if edits is None else edits.rewriting.by if edits.rewriting else None
    who = text("cli.history.person", language)
    if writer is not None:
        why = f" ({plain(texts(writer.reasons, language))})" if writer.reasons else ""
        who = text(f"cli.writer.{writer.name}", language, model=writer.model).strip() + why
    yield text("cli.history.revision", language, n=draft.revision, when=when, who=who)
    if edits is None:
        return
    if edits.rewriting is not None:
        asked = [text(f"cli.history.wish.{edits.rewriting.wish}", language)] if edits.rewriting.wish else []
        asked += [plain(edits.rewriting.words)] if edits.rewriting.words.strip() else []
        yield "  " + text("cli.history.asked", language, words="; ".join(asked))
    if edits.subject is not None:
        yield from (f"  - {plain(edits.subject[0])}", f"  + {plain(edits.subject[1])}")
    if edits.recipients_changed:
        people = ", ".join(r.email for r in draft.recipients)
        yield "  " + text("cli.draft.to", language, recipients=people or text("cli.draft.nobody", language))
    for one in edits.edits:
        yield from _edit_lines(one, language)
    if edits.sources_changed:
        yield "  " + text("cli.history.sources", language, count=len(edits.sources_changed))


def _edit_lines(edit: "SentenceEdit", language: "Language") -> Iterator[str]:
    from assistant.cli.show import plain
    from assistant.domain.rewriting import EditClass
    from assistant.i18n import text

    joint = "、" if language == "zh" else ", "
    sorts = joint.join(text(f"cli.history.class.{c.value}", language) for c in EditClass if c in edit.classes)
    if edit.before is not None and (edit.after is None or edit.before.text != edit.after.text):
        yield f"  - {plain(edit.before.text)}" + (f"  [{sorts}]" if edit.after is None else "")
    if edit.after is not None:
        yield f"  + {plain(edit.after.text)}  [{sorts}]"
