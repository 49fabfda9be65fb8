"""`sincerely demo`: the whole path on invented projects, in a temporary folder."""

import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.session import Session
from assistant.errors import KnowledgeError

if TYPE_CHECKING:
    from assistant.domain.view import DraftView
    from assistant.services import ProposeServices


@click.command("demo")
@click.option("--headless", is_flag=True, help="Print drafts, sources and findings instead of opening the desk.")
def command(*, headless: bool) -> None:
    """Index two invented projects, draft, check a hasty text, and open the desk on the result."""
    from assistant.adapters.workspace import copy_workspace
    from assistant.bootstrap import open_propose, sample_folder
    from assistant.settings import read_settings

    with tempfile.TemporaryDirectory(prefix="sincerely-demo-") as parent:
        folder = copy_workspace(sample_folder(), Path(parent) / "workspace")
        session = Session(folder, read_settings(folder))
        services = open_propose(folder, session.settings)
        views = prepare(session, services)
        if headless or not (sys.stdin.isatty() and sys.stdout.isatty()):
            show(session, views)
            return
        from assistant.cli.desk import run_desk

        run_desk(folder, session)


def prepare(session: Session, services: "ProposeServices") -> "list[DraftView]":
    """Index every project and make the drafts that `demo.toml` names."""
    from assistant.cli.index import index_with_bar, session_line, show_skipped

    for project in services.projects.all():
        report = index_with_bar(session, services, project.slug)
        show_skipped(session, report)
        click.echo(session_line(session, report), err=True)
    return [make(session.folder, services, step) for step in _script(session.folder)]


def make(folder: Path, services: "ProposeServices", step: dict[str, str]) -> "DraftView":
    """Make one draft of the demo: written from notes, answering a mail, or a person's own text."""
    from assistant.cli.triage import mail_from
    from assistant.domain.view import DraftRequest

    slug, kind = step["project"], step["kind"]
    if "text" in step:
        words = (folder / step["text"]).read_text(encoding="utf-8")
        return services.adopt(slug, words, kind=kind)
    inbound = None
    if "inbound" in step:
        inbound = services.take_in(slug, mail_from(str(folder / step["inbound"]))).id
    return services.draft(DraftRequest(slug, kind, inbound_id=inbound))


def show(session: Session, views: "list[DraftView]") -> None:
    """Print each draft, and at the end which checks found something."""
    from assistant.cli.show import echo_view
    from assistant.i18n import text

    for view in views:
        click.echo("=" * 100)
        echo_view(view, session.language)
        click.echo()
    checks = sorted({finding.check for view in views for finding in view.findings})
    click.echo(text("cli.demo.checks", session.language, checks=", ".join(checks)))


def _script(folder: Path) -> list[dict[str, str]]:
    path = folder / "demo.toml"
    try:
        steps: list[dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))["draft"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise KnowledgeError(f"{path.name} of the sample workspace cannot be read.") from error
    return steps
