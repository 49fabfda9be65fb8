"""The `sincerely` command. Start-up is lazy: a command's module is imported when that command runs."""

import importlib
import os
import sys

import click

COMMANDS = {
    "demo": "A sample workspace in a temporary folder: index, draft, open the desk.",
    "init": "Make a new workspace, or copy the sample projects.",
    "index": "Bring the index up to date; only what changed.",
    "search": "Find passages with their places.",
    "triage": "Read a client's mail: language, complaint or not, Points.",
    "draft": "Draft a message, check it and put it into the queue.",
    "history": "What each revision of a draft changed, and what sort of change it was.",
    "check": "Check any text a person wrote against the notes.",
    "actions": "Turn meeting notes into action items.",
    "desk": "Open the review desk (also `sincerely` alone).",
    "outbox": "What is approved and what became of it; deliver what is due.",
    "serve": "Serve the HTTP API on this machine.",
    "doctor": "Show what is configured, from where, and what is missing.",
}


class _Commands(click.Group):
    """Knows the commands' names and one-line helps; imports a command only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"assistant.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "folder", metavar="DIR", default=".", help="Work in this workspace instead of the nearest one.")
@click.version_option(package_name="sincerely")
@click.pass_context
def sincerely(ctx: click.Context, folder: str) -> None:
    """Write to clients: every statement has its source, and nothing leaves unapproved."""
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        desk = importlib.import_module("assistant.cli.desk").command
        ctx.invoke(desk)


def main() -> None:
    """Run the command line: errors become one sentence on standard error and a documented exit code."""
    try:
        code = sincerely(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; nothing is half done.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone (`sincerely search … | head`); Python would complain again while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        from assistant.cli.exits import exit_code, sentence  # noqa: PLC0415 (only a failing run needs it)
        from assistant.errors import AssistantError  # noqa: PLC0415

        if not isinstance(error, AssistantError):
            raise
        click.echo(f"sincerely: {sentence(error)}", err=True)
        sys.exit(exit_code(error))


if __name__ == "__main__":
    main()
