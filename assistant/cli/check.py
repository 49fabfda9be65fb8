"""`sincerely check`: check any text a person wrote."""

from typing import Any

import click

from assistant.cli.exits import BLOCKED
from assistant.cli.session import DAY, batch, open_session, print_json, project_slug, read_text, refresh


@click.command("check")
@click.argument("file", required=False, metavar="FILE")
@click.option("-p", "--project", help="The project whose notes are the evidence; not needed where there is one.")
@click.option("--kind", default="", help="Check the steps of this kind of message too.")
@click.option("--to", multiple=True, help="A contact the text is for; the card's default contacts if not given.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="The language it should be in.")
@click.option("--as-of", type=DAY, help="Check as of this day: later notes are not seen.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--jsonl", metavar="FILE", help="Check {id, text, evidence, …} a line; - is standard input.")
@click.pass_context
def command(ctx: click.Context, /, file: str | None, project: str | None, jsonl: str | None, **options: Any) -> None:  # noqa: ANN401
    """Check a text (- is standard input) against a project's notes; exits 3 when something blocks."""
    if jsonl:
        from assistant import wire
        from assistant.bootstrap import open_library
        from assistant.check_batch import check_row
        from assistant.i18n import interface_language

        library = open_library()
        batch(jsonl, lambda row: wire.checked_row_json(check_row(row, library=library), interface_language()))
        return
    if not file:
        raise click.UsageError("Give a file, - for standard input, or --jsonl FILE.")
    from assistant import wire
    from assistant.bootstrap import open_propose
    from assistant.cli.show import echo_findings, echo_head

    session = open_session(ctx)
    services = open_propose(session.folder, session.settings)
    slug = project_slug(session, services, project)
    words = read_text(file)
    refresh(session, services, slug)
    view = services.check_text(
        slug, words, kind=options["kind"], language=options["lang"], as_of=options["as_of"], to=options["to"]
    )
    if options["as_json"]:
        print_json(wire.check_json(view, session.language))
    else:
        echo_head(view.draft, session.language)
        echo_findings(view, session.language)
    if view.blocked:
        ctx.exit(BLOCKED)
