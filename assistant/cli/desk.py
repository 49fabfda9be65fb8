"""`sincerely desk`: the review desk in the terminal."""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.session import Session, open_session

if TYPE_CHECKING:
    from assistant.services import DeskServices


@click.command("desk")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Open the review desk: read, edit, settle findings, approve."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("The desk needs a terminal; use `sincerely draft`, `check` and `outbox` in a pipe.")
    session = open_session(ctx)
    run_desk(session.folder, session)


def run_desk(folder: Path, session: Session) -> None:
    """Run the desk on a workspace; its services are opened after the first paint."""
    from tui import collecting

    collecting.hold()
    from tui.app import Desk

    def services() -> "DeskServices":
        from assistant.bootstrap import open_desk

        return open_desk(folder, session.settings)

    from assistant.adapters.workspace import state_folder

    private = state_folder(folder, session.settings.state_dir)
    desk = Desk(
        services, language=session.language, private=private, exports=folder / "exports", keys=session.settings.keys
    )
    if hasattr(signal, "SIGHUP"):  # inherited as ignored, from nohup say, the desk would spin once its terminal is gone
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    desk.run()
