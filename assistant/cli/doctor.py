"""`sincerely doctor`: what is configured, from where, and what is missing."""

import click

from assistant.cli.session import open_session, print_json


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def command(ctx: click.Context, /, *, as_json: bool) -> None:
    """Look at workspace, databases, embedder and model; exits 1 when something needed does not work."""
    from assistant.bootstrap import examine
    from assistant.i18n import text

    session = open_session(ctx)
    results = examine(session.folder, session.settings)
    if as_json:
        print_json([{"part": r.part, "state": r.state, "detail": r.detail} for r in results])
    else:
        for result in results:
            state = text(f"cli.doctor.{result.state}", session.language)
            click.echo(f"{state:<8} {text(f'cli.doctor.part.{result.part}', session.language)}: {result.detail}")
    if any(r.state == "bad" for r in results):
        ctx.exit(1)
