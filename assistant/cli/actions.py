"""`sincerely actions`: what a meeting leaves behind, with its action items in the forms that other programs take."""

from typing import Any

import click

from assistant.cli.session import DAY, batch, open_session, print_json, read_text

_FORMS = ("table", "json", "csv", "ics", "md", "jira", "feishu")


@click.command("actions")
@click.argument("file", required=False, metavar="FILE")
@click.option("-p", "--project", help="Know the names of this project's people.")
@click.option("--date", "dated", type=DAY, help="The day of the meeting, for words such as 'Friday'.")
@click.option("--format", "shape", type=click.Choice(_FORMS), default="table", show_default=True)
@click.option("--for-client", is_flag=True, help="Leave out what stands in internal parts of the note.")
@click.option(
    "--jsonl", metavar="FILE", help="Read {id, text, date} a line and answer a line each; - is standard input."
)
@click.pass_context
def command(ctx: click.Context, /, file: str | None, project: str | None, jsonl: str | None, **options: Any) -> None:  # noqa: ANN401
    """Turn meeting notes (- is standard input) into action items, each with its exact quote.

    json and md also give topics, decisions, open questions and risks. Columns and fields: docs/actions.md.
    """
    from assistant import wire
    from assistant.action_items import extract_action_items

    if jsonl:
        from datetime import date

        def answer(row: dict[str, Any]) -> dict[str, Any]:
            day = date.fromisoformat(row["date"]) if row.get("date") else None
            return {"items": wire.actions_json(extract_action_items(str(row["text"]), dated=day))}

        batch(jsonl, answer)
        return
    if not file:
        raise click.UsageError("Give a file, - for standard input, or --jsonl FILE.")
    _one(ctx, file, project, options)


def _one(ctx: click.Context, file: str, project: str | None, options: dict[str, Any]) -> None:
    from pathlib import PurePath

    from assistant import wire
    from assistant.action_items import read_meeting
    from assistant.actions.exports import render_items
    from assistant.actions.minutes import notice_texts, render_meeting
    from assistant.i18n import interface_language, text

    names: tuple[str, ...] = ()
    language = interface_language("")
    if project:
        from assistant.adapters.workspace import ProjectCards

        session = open_session(ctx)
        names, language = ProjectCards(session.folder).get(project).people(), session.language
    path = "" if file == "-" else PurePath(file).name
    summary = read_meeting(read_text(file), project=project or "", path=path, dated=options["dated"], names=names)
    if options["for_client"]:
        summary = summary.for_client()
    if options["shape"] != "md":  # Markdown says it itself
        for said in notice_texts(summary, language):
            click.echo(said, err=True)
    if options["shape"] == "json":
        print_json(wire.meeting_json(summary))
    elif options["shape"] == "md":
        click.echo(render_meeting(summary, language))
    elif options["shape"] == "table" and not summary.items:
        click.echo(text("actions.none", language))
    else:
        # A calendar ends with its own line end, and one more would be an empty line that RFC 5545 does not know.
        click.echo(render_items(summary.items, options["shape"]), nl=options["shape"] != "ics")
