"""What every command needs: the workspace, its language, and text from a file or standard input."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.domain.project import Language
from assistant.errors import InvalidInputError, LockTimeoutError, StorageError
from assistant.i18n import interface_language, text
from assistant.settings import Settings, read_settings

if TYPE_CHECKING:  # services import the use cases, which a command that only reads a file does not need
    from assistant.services import ProposeServices


_PATIENCE = 5.0
_ESCAPED = {code: f"\\u{code:04x}" for code in range(127, 160)}


@dataclass(frozen=True, slots=True)
class Session:
    """A workspace opened by one command."""

    folder: Path
    settings: Settings

    @property
    def language(self) -> Language:
        """Give the language that messages are printed in."""
        return interface_language(self.settings.interface.language)

    def say(self, key: str, **values: object) -> None:
        """Print a message to standard error, so that standard output stays for results."""
        click.echo(text(key, self.language, **values), err=True)


def open_session(ctx: click.Context) -> Session:
    """Find the workspace named by `-C` or the nearest one. Raises WorkspaceNotFoundError, SettingsError."""
    from assistant.adapters.workspace import find_workspace

    folder = find_workspace(Path(ctx.obj or "."))
    return Session(folder, read_settings(folder))


def project_slug(session: Session, services: "ProposeServices", named: str | None) -> str:
    """Give the slug of the project that was named with -p, or of the only one in the workspace.

    Raises click.UsageError where there are several or none, ProjectNotFoundError, SettingsError.
    """
    if named is not None:
        return services.projects.get(named).slug
    slugs = [project.slug for project in services.projects.all()]
    if len(slugs) == 1:
        return slugs[0]
    if not slugs:
        raise click.UsageError(text("cli.no_projects", session.language))
    raise click.UsageError(text("cli.which_project", session.language, projects=", ".join(slugs)))


def refresh(session: Session, services: "ProposeServices", slug: str) -> None:
    """Bring a project's index up to date before it is read; goes on with the old one while another process writes.

    Words are all there afterwards. Vectors are waited for a few seconds, for what a person changed since; the many of
    a new folder are left to `sincerely index`, which shows how long it takes.
    """
    from assistant.cli.index import show_skipped

    try:
        report = services.index(slug, patience=_PATIENCE)
    except LockTimeoutError:
        session.say("cli.index.busy", project=slug)
        return
    show_skipped(session, report)
    if report.lexical_only:
        session.say("cli.lexical_only", why=report.notice)
    elif report.waiting:
        session.say("cli.index.waiting", project=slug, count=report.waiting)


def read_bytes(path: str) -> bytes:
    """Read a file or, for `-`, standard input. Raises StorageError."""
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}.") from error


def read_text(path: str) -> str:
    """Read a file of any note format as text, or text from standard input for `-`.

    A file whose ending is no note format is read as text. Raises StorageError, UnreadableNoteError.
    """
    from assistant.retrieval.notes import note_text
    from assistant.retrieval.readers import SUFFIXES, decode

    data = read_bytes(path)
    known = path != "-" and path.casefold().endswith(tuple(SUFFIXES))
    return note_text(path, data) if known else decode(data)[0]


def json_lines(path: str) -> Iterator[dict[str, Any]]:
    """Go through the JSON objects of a `--jsonl` file, or of standard input for `-`, one a line, in order.

    Raises InvalidInputError naming the line. Blank lines are passed over.
    """
    try:
        source = sys.stdin.buffer if path == "-" else Path(path).open("rb")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}.") from error
    with source:
        for number, line in enumerate(source, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
                raise InvalidInputError(f"Line {number} of {path} is not valid JSON.") from error
            if not isinstance(row, dict):
                raise InvalidInputError(f"Line {number} of {path} is not a JSON object.")
            yield row


_FIELDS = ("text", "evidence", "query", "passages")


def batch(path: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer each line of a `--jsonl` file with one line on standard output, in the same order."""
    for number, row in enumerate(json_lines(path), 1):
        try:
            result = answer(row)
        except (KeyError, TypeError, ValueError) as error:
            lacking = next((name for name in _FIELDS if isinstance(error, KeyError) and error.args == (name,)), "")
            wrong = f'lacks the field "{lacking}"' if lacking and lacking not in row else "has a field of another shape"
            raise InvalidInputError(
                f"Row {number} of {path} {wrong}; docs/json.md says what this command reads. "
                f"Rows answered before it: {number - 1}."
            ) from error
        click.echo(_json({"id": row.get("id"), **result}))


def print_json(value: object) -> None:
    """Print one JSON document."""
    click.echo(_json(value, indent=2))


def _json(value: object, indent: int | None = None) -> str:
    """Write JSON that no terminal obeys: it may hold the characters from 7F to 9F as they are, so they are escaped."""
    return json.dumps(value, ensure_ascii=False, indent=indent).translate(_ESCAPED)


class DayType(click.ParamType[date]):
    """A day as `2026-03-19`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """Parse, or fail with what is expected."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} is not a day; write it as 2026-03-19.", param, ctx)


DAY = DayType()
