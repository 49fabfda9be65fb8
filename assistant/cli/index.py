"""`sincerely index`: bring the index up to date."""

from typing import TYPE_CHECKING

import click

from assistant.cli.session import Session, open_session

if TYPE_CHECKING:
    from assistant.domain.note import IndexReport
    from assistant.indexing import IndexProgress
    from assistant.services import ProposeServices


@click.command("index")
@click.option("-p", "--project", help="Only this project.")
@click.pass_context
def command(ctx: click.Context, /, project: str | None) -> None:
    """Bring the index up to date; only what changed is read and embedded. Safe to interrupt."""
    from assistant.bootstrap import open_propose

    session = open_session(ctx)
    services = open_propose(session.folder, session.settings)
    slugs = [services.projects.get(project).slug] if project else [p.slug for p in services.projects.all()]
    if not slugs:
        session.say("cli.no_projects")
    for slug in slugs:
        report = index_with_bar(session, services, slug)
        show_skipped(session, report)
        click.echo(session_line(session, report), err=True)
    services.index_guidance()


def session_line(session: Session, report: "IndexReport") -> str:
    """Render what an indexing run did in one line."""
    from assistant.i18n import text

    line = text(
        "cli.index.done",
        session.language,
        project=report.project,
        added=report.added,
        changed=report.changed,
        removed=report.removed,
        unchanged=report.unchanged,
        passages=report.passages,
    )
    if report.lexical_only:
        line += " " + text("cli.lexical_only", session.language, why=report.notice)
    return line


def index_with_bar(session: Session, services: "ProposeServices", slug: str) -> "IndexReport":
    """Index one project with a progress bar (rate and time left) on standard error, none when it is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from assistant.i18n import text

    console = Console(stderr=True)
    if not console.is_terminal:
        return services.index(slug)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(slug, total=None, rate="")

        def show(now: "IndexProgress") -> None:
            bar.update(
                task,
                description=f"{slug} {text(f'cli.index.phase.{now.phase}', session.language)}",
                completed=now.done,
                total=now.total or None,
                rate=f"{now.rate:.0f}/s" if now.rate else "",
            )

        return services.index(slug, progress=show)


def show_skipped(session: Session, report: "IndexReport") -> None:
    """Say which files were not indexed, and why."""
    for note in report.skipped:
        session.say("cli.index.skipped", path=note.path, reason=note.reason)
