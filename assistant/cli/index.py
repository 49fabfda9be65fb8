"""`sincerely index`: bring the index up to date, once or as long as a person lets it watch."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from assistant.cli.session import Session, open_session
from assistant.errors import AssistantError, LockTimeoutError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.domain.note import IndexReport
    from assistant.indexing import IndexProgress
    from assistant.services import ProposeServices


@click.command("index")
@click.option("-p", "--project", help="Only this project.")
@click.option("--watch", is_flag=True, help="Keep up with the notes until Ctrl-C.")
@click.pass_context
def command(ctx: click.Context, /, project: str | None, *, watch: bool) -> None:
    """Bring the index up to date; only what changed is read and embedded. Safe to interrupt.

    An index that is damaged, or that another embedder built, is made anew.
    """
    from assistant.bootstrap import open_propose

    session = open_session(ctx)
    services = open_propose(session.folder, session.settings)
    slugs = [services.projects.get(project).slug] if project else [p.slug for p in services.projects.all()]
    if not slugs:
        session.say("cli.no_projects")
    try:
        _index_once(session, services, slugs)
        if watch:
            _watch(session, services, project)
    except KeyboardInterrupt:
        if not watch:
            raise
        _say_kept(session, services, slugs)  # Ctrl-C is how a watch is ended, also while it is still at its first run


def _index_once(session: Session, services: "ProposeServices", slugs: list[str]) -> None:
    for slug in slugs:
        report = _mended(session, services, slug)
        show_skipped(session, report)
        click.echo(session_line(session, report), err=True)
    if slugs:
        services.index_guidance()


def _say_kept(session: Session, services: "ProposeServices", slugs: list[str]) -> None:
    for slug in slugs:
        count, passages = services.coverage(slug)
        if count < passages:
            session.say("cli.index.kept", project=slug, count=count, passages=passages)
    session.say("cli.index.watched")


def _mended(session: Session, services: "ProposeServices", slug: str) -> "IndexReport":
    """Index a project; where the index turns out to be damaged, put it aside and begin anew."""
    try:
        return index_with_bar(session, services, slug)
    except LockTimeoutError:
        raise
    except StorageError:
        name = services.mend_index()
        if not name:
            raise
        session.say("cli.index.mended", name=name)
        return index_with_bar(session, services, slug)


# --- watching -------------------------------------------------------------------------------------------------


def _watch(session: Session, services: "ProposeServices", project: str | None) -> None:
    """Index what changes until the person ends it. What goes wrong is said, and watching goes on."""
    from assistant.adapters.note_watch import watch_projects

    session.say("cli.index.watching")
    told: dict[str, frozenset[tuple[str, str]]] = {}
    for changed in watch_projects(session.folder):
        for slug in _to_index(session, services, project, changed):
            _keep_up(session, services, slug, told)


def _to_index(
    session: Session, services: "ProposeServices", project: str | None, changed: frozenset[str] | None
) -> list[str]:
    try:
        present = [p.slug for p in services.projects.all()]
    except AssistantError as error:
        session.say("cli.index.problem", what=error)
        return []
    return [slug for slug in present if project in (None, slug) and (changed is None or slug in changed)]


def _keep_up(
    session: Session, services: "ProposeServices", slug: str, told: dict[str, frozenset[tuple[str, str]]]
) -> None:
    try:
        report = _mended(session, services, slug)
    except AssistantError as error:
        session.say("cli.index.problem", what=error)
        return
    skipped = frozenset((note.path, note.reason) for note in report.skipped)
    for path, reason in sorted(skipped - told.get(slug, frozenset())):
        session.say("cli.index.skipped", path=path, reason=reason)
    told[slug] = skipped
    if report.added or report.changed or report.removed or report.embedded:
        click.echo(session_line(session, report), err=True)


# --- shown ----------------------------------------------------------------------------------------------------


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
    """Index one project, with a progress bar (rate and time left) on standard error where that is a terminal.

    An index that another embedder built is rebuilt.
    """
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        return services.index(slug, rebuild=True)
    with _bar(session, slug) as show:
        return services.index(slug, progress=show, rebuild=True)


@contextmanager
def _bar(session: Session, slug: str) -> "Iterator[Callable[[IndexProgress], None]]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    from assistant.i18n import text

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:

        def show(now: "IndexProgress") -> None:
            # A task for each phase: what reading took says nothing about the time that embedding will take.
            if now.phase not in tasks:
                for done in tasks.values():
                    bar.remove_task(done)
                tasks.clear()
                words = f"{slug} {text(f'cli.index.phase.{now.phase}', session.language)}"
                tasks[now.phase] = bar.add_task(words, total=now.total, rate="")
            rate = f"{now.rate:.0f}/s" if now.rate else ""
            bar.update(tasks[now.phase], completed=now.done, total=now.total, rate=rate)

        yield show


def show_skipped(session: Session, report: "IndexReport") -> None:
    """Say which files were not indexed, and why."""
    for note in report.skipped:
        session.say("cli.index.skipped", path=note.path, reason=note.reason)
