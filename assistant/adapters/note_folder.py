"""The notes of a workspace on disk: `projects/<slug>/notes/**`, read without ever following a link out of it."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import InvalidInputError, StorageError, UnreadableNoteError
from assistant.ports import NoteFile

NOTES = "notes"
_ENTRIES = 100_000  # more files than a project has notes: a loop of mounts, or the wrong folder


class DiskNotes:
    """Reads and adds note files. Paths are relative to the project's folder: `notes/minutes.md`."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace.resolve()

    def scan(self, project: str) -> Iterator[NoteFile]:
        """Go through a project's note files by path; hidden files are left out, linked folders not entered.

        Raises StorageError when the notes folder is missing or cannot be read.
        """
        root = self._project(project)
        notes = root / NOTES
        if not notes.is_dir():
            raise StorageError(f"Project {project} has no folder {NOTES}; make {notes} and put its notes there.")
        if not _is_inside(notes, root):
            raise StorageError(f"The folder {notes} is a link out of its project; notes are not read from there.")
        found: list[NoteFile] = []
        self._walk(notes, root, found)
        yield from sorted(found, key=lambda file: file.path)

    def read(self, project: str, path: str) -> bytes:
        """Read one file. Raises UnreadableNoteError."""
        root = self._project(project)
        full = root / path
        if not _is_inside(full, root):
            raise UnreadableNoteError("The file lies behind a link out of its project and is not read.")
        try:
            return full.read_bytes()
        except OSError as error:
            raise UnreadableNoteError(f"The file cannot be read: {error.strerror}.") from error

    def present(self, project: str, path: str) -> bool:
        """Tell whether there is a file, or a link, of that path, in folders that are no links."""
        full = self._project(project) / path
        return os.path.lexists(full) and full.parent.resolve() == full.parent

    def add(self, project: str, name: str, text: str) -> str:
        """Write a new note whole or not at all and give its path; a taken name gets a number.

        Raises InvalidInputError for a name that is a path, StorageError.
        """
        if not name or Path(name).name != name or name.startswith("."):
            raise InvalidInputError("A note's name is a plain file name, without a folder.")
        notes = self._project(project) / NOTES
        if not _is_inside(notes, self._project(project)):
            raise StorageError(f"The folder {notes} is a link out of its project; notes are not written there.")
        try:
            notes.mkdir(parents=True, exist_ok=True)
            return f"{NOTES}/{_write_new(notes, name, text.encode('utf-8'))}"
        except OSError as error:
            raise StorageError(f"The note cannot be written to {notes}: {error.strerror}.") from error

    def file(self, project: str, path: str) -> str:
        """Give the full path of a note, for an editor."""
        return str(self._project(project) / path)

    def _project(self, project: str) -> Path:
        if project in {"", ".", ".."} or Path(project).name != project:
            raise InvalidInputError("A project's name is a plain folder name.")
        root = self._workspace / "projects" / project
        if root.resolve() != root:
            # A link to another project would show one client's notes under another's name.
            raise StorageError(f"The folder {root} is a link; a project is a folder of its own in the workspace.")
        return root

    def _walk(self, folder: Path, root: Path, found: list[NoteFile]) -> None:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    with contextlib.suppress(FileNotFoundError):
                        self._visit(entry, root, found)
        except FileNotFoundError:
            return  # renamed or removed while the folders are gone through
        except OSError as error:
            raise StorageError(f"The folder {folder} cannot be read: {error.strerror}.") from error

    def _visit(self, entry: os.DirEntry[str], root: Path, found: list[NoteFile]) -> None:
        if entry.name.startswith((".", "~$")) or entry.name.endswith("~"):
            return
        if entry.is_dir(follow_symlinks=False):
            self._walk(Path(entry.path), root, found)
            return
        if not entry.is_symlink() and not entry.is_file():
            return
        if len(found) >= _ENTRIES:
            raise StorageError(f"{root / NOTES} holds more than {_ENTRIES} files; is it the right folder?")
        # A link is listed as what it is, a link: whether it leads out is seen, and said, when it is read.
        status = entry.stat(follow_symlinks=not entry.is_symlink() or _is_inside(Path(entry.path), root))
        path = Path(entry.path).relative_to(root).as_posix().encode("utf-8", "replace").decode("utf-8")
        # A copy may bring an old modification time along; when it came here stands in the other one.
        found.append(NoteFile(path, status.st_size, max(status.st_mtime_ns, status.st_ctime_ns)))


def _is_inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _write_new(folder: Path, name: str, data: bytes) -> str:
    """Write under a name nobody has: a finished temporary file is given it."""
    handle, temporary = tempfile.mkstemp(prefix=".new-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        for number in range(1, 10_000):
            chosen = name if number == 1 else f"{Path(name).stem}-{number}{Path(name).suffix}"
            try:
                _place(Path(temporary), folder / chosen)
            except FileExistsError:
                continue
            _sync_folder(folder)
            return chosen
    finally:
        Path(temporary).unlink(missing_ok=True)
    raise StorageError(f"There are too many notes named {name} in {folder}.")


def _place(temporary: Path, target: Path) -> None:
    """Give a finished file its name. Raises FileExistsError when somebody has it."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: take the name first, then put the finished file in its place.
        target.touch(exist_ok=False)
        temporary.replace(target)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can do that for folders."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
