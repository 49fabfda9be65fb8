"""`sincerely actions`: action items from meeting notes."""

from typing import Any

import click

from assistant.cli.session import DAY, batch, open_session, print_json, read_text


@click.command("actions")
@click.argument("file", required=False, metavar="FILE")
@click.option("-p", "--project", help="Know the names of this project's people.")
@click.option("--date", "dated", type=DAY, help="The day of the meeting, for words such as 'Friday'.")
@click.option(
    "--format", "shape", type=click.Choice(["table", "json", "csv", "md"]), default="table", show_default=True
)
@click.option(
    "--jsonl", metavar="FILE", help="Read {id, text, date} a line and answer a line each; - is standard input."
)
@click.pass_context
def command(ctx: click.Context, /, file: str | None, project: str | None, jsonl: str | None, **options: Any) -> None:  # noqa: ANN401
    """Turn meeting notes (- is standard input) into action items, each with its exact quote."""
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
    from pathlib import PurePath

    from assistant.actions.exports import render_items
    from assistant.language.dates import parse_iso_prefix

    names: tuple[str, ...] = ()
    if project:
        from assistant.adapters.workspace import ProjectCards

        names = ProjectCards(open_session(ctx).folder).get(project).people()
    words = read_text(file)
    day = options["dated"] or parse_iso_prefix(PurePath(file).name)
    items = extract_action_items(words, dated=day, names=names)
    if options["shape"] == "json":
        print_json({"items": wire.actions_json(items)})
    else:
        click.echo(render_items(items, options["shape"]))
