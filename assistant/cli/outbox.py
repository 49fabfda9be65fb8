"""`sincerely outbox`: what is approved and what became of it."""

from typing import TYPE_CHECKING

import click

from assistant.cli.session import open_session, print_json

if TYPE_CHECKING:
    from assistant.cli.session import Session
    from assistant.domain.outbox import OutboxEntry


@click.group("outbox", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def command(ctx: click.Context, /, *, as_json: bool) -> None:
    """List approved messages, newest first; `outbox deliver` takes out what is due."""
    if ctx.invoked_subcommand is not None:
        return
    from assistant import wire
    from assistant.bootstrap import open_outbox

    session = open_session(ctx)
    entries = open_outbox(session.folder, session.settings).entries()
    if as_json:
        print_json([wire.entry_json(entry) for entry in entries])
        return
    if not entries:
        session.say("cli.outbox.empty")
    _echo(session, entries)


@command.command("deliver")
@click.pass_context
def deliver(ctx: click.Context) -> None:
    """Deliver what a person approved and what is due; anything that changed since is not sent and goes back."""
    from assistant.bootstrap import open_outbox

    session = open_session(ctx)
    moved = open_outbox(session.folder, session.settings).deliver()
    if not moved:
        session.say("cli.outbox.nothing_due")
    _echo(session, moved)


@command.command("sent")
@click.argument("entry_id", metavar="ID")
@click.pass_context
def sent(ctx: click.Context, entry_id: str) -> None:
    """Record that you sent the exported message ID yourself."""
    from assistant.bootstrap import open_outbox

    session = open_session(ctx)
    _echo(session, (open_outbox(session.folder, session.settings).mark_sent(entry_id),))


def _echo(session: "Session", entries: "tuple[OutboxEntry, ...]") -> None:
    from assistant.cli.show import plain
    from assistant.i18n import text

    for entry in entries:
        state = text(f"cli.outbox.state.{entry.state.value}", session.language)
        who = ", ".join(r.email for r in entry.message.recipients)
        detail = f"  {plain(entry.detail)}" if entry.detail else ""
        click.echo(f"{entry.id}  {state}  {entry.project}  {who}  {plain(entry.message.subject)}{detail}")
