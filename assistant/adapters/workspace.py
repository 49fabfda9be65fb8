"""The workspace on disk: where it is, its state folder, and its projects."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from assistant.domain.project import Project
from assistant.errors import InvalidInputError, ProjectNotFoundError, StorageError, WorkspaceNotFoundError
from assistant.settings import PROJECT_FILE, WORKSPACE_FILE, read_project

STATE_FOLDER = ".sincerely"


def find_workspace(start: Path) -> Path:
    """Find the nearest folder with `sincerely.toml`, from `start` upwards. Raises WorkspaceNotFoundError."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / WORKSPACE_FILE).is_file():
            return folder
    raise WorkspaceNotFoundError(
        f"There is no {WORKSPACE_FILE} in {start} or above it; make a workspace with `sincerely init`, "
        "or name one with `sincerely -C DIR`."
    )


def state_folder(workspace: Path, setting: str = "") -> Path:
    """Make and give the folder for databases (mode 0700, ignored by git). Raises StorageError."""
    folder = Path(setting).expanduser() if setting else workspace / STATE_FOLDER
    if not folder.is_absolute():
        folder = workspace / folder
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"The state folder {folder} cannot be written: {error.strerror}; "
            f"free it, or set state_dir in {WORKSPACE_FILE} to a folder that can."
        ) from error
    return folder


# Folder names by which synced and network places can be told; write-ahead logging breaks there.
_SYNCED = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud",
    "nextcloud",
    "坚果云",
    "百度网盘",
    "synology",
)


def warn_synced(folder: Path) -> bool:
    """Tell whether a folder looks like a synced or network place, where SQLite's log does not work."""
    return str(folder).startswith("\\\\") or any(mark in part.casefold() for part in folder.parts for mark in _SYNCED)


class ProjectCards:
    """The projects of a workspace, read from `projects/<slug>/project.toml` each time they are asked for."""

    def __init__(self, workspace: Path) -> None:
        self._folder = workspace / "projects"

    def all(self) -> tuple[Project, ...]:
        """Give every project, by slug. Raises SettingsError for a broken card."""
        if not self._folder.is_dir():
            return ()
        return tuple(
            read_project(folder) for folder in sorted(self._folder.iterdir()) if (folder / PROJECT_FILE).is_file()
        )

    def get(self, slug: str) -> Project:
        """Give one project. Raises ProjectNotFoundError, SettingsError."""
        names = self.slugs()
        if slug not in names:
            known = ", ".join(names) or "none yet"
            raise ProjectNotFoundError(f"There is no project named {slug}; the workspace has: {known}.")
        return read_project(self._folder / slug)

    def slugs(self) -> tuple[str, ...]:
        """Give the names of the projects."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(f.name for f in self._folder.iterdir() if (f / PROJECT_FILE).is_file()))


def require_free(folder: Path) -> None:
    """Raise InvalidInputError when no workspace can be made in the folder."""
    target = folder.resolve()
    if (target / WORKSPACE_FILE).exists():
        raise InvalidInputError(f"{folder} is a workspace already.")
    if target.exists() and (not target.is_dir() or (target / "projects").exists()):
        raise InvalidInputError(f"{folder} cannot become a workspace: it is a file or already has a projects folder.")


def create_workspace(folder: Path, files: dict[str, str]) -> Path:
    """Make a workspace with the given text files, whole or not at all. Raises InvalidInputError, StorageError."""
    return _place(folder, lambda staging: _write_files(staging, files))


def copy_workspace(source: Path, folder: Path) -> Path:
    """Copy a workspace, whole or not at all. Raises InvalidInputError, StorageError."""
    return _place(folder, lambda staging: _copy_files(source, staging))


def _write_files(staging: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _copy_files(source: Path, staging: Path) -> None:
    shutil.copytree(source, staging, dirs_exist_ok=True, copy_function=shutil.copyfile)


def _place(folder: Path, fill: Callable[[Path], None]) -> Path:
    """Fill a staging folder beside the target, then move its parts in; `sincerely.toml` comes last."""
    require_free(folder)
    target = folder.resolve()
    try:
        target.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".sincerely-new-", dir=target))
        try:
            fill(staging)
            for part in sorted(staging.iterdir(), key=lambda p: p.name == WORKSPACE_FILE):
                part.rename(target / part.name)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise StorageError(f"The workspace {folder} cannot be written: {os.strerror(error.errno or 0)}.") from error
    return target
