"""Unsaved edits, kept so that a crash, a kill or a faster colleague costs nobody their words."""

import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import StorageError

_SAFE_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A text that was typed and not stored, with the revision it began from."""

    draft_id: str
    revision: int
    subject: str
    body: str


class Recovery:
    """Keeps unsaved texts in memory and, given a folder, in one small private file a draft."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._kept: dict[str, Unsaved] = {}

    def keep(self, unsaved: Unsaved) -> None:
        """Keep a text in place of an older one of the same draft. Raises StorageError."""
        self._kept[unsaved.draft_id] = unsaved
        path = self._path(unsaved.draft_id)
        if path is None:
            return
        content = json.dumps(asdict(unsaved), ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{os.getpid()}")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
                target.write(content)
            fresh.replace(path)
        except OSError as error:
            raise StorageError(f"The unsaved text of draft {unsaved.draft_id} cannot be kept on disk.") from error

    def find(self, draft_id: str) -> Unsaved | None:
        """Give the unsaved text of a draft; a broken file counts as none."""
        if draft_id in self._kept:
            return self._kept[draft_id]
        path = self._path(draft_id)
        if path is None or not path.is_file():
            return None
        try:
            data = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
            found = Unsaved(str(data["draft_id"]), int(data["revision"]), str(data["subject"]), str(data["body"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if found.draft_id == draft_id else None

    def drop(self, draft_id: str) -> None:
        """Forget the unsaved text of a draft. Raises StorageError."""
        self._kept.pop(draft_id, None)
        path = self._path(draft_id)
        if path is None:
            return
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(f"The kept text of draft {draft_id} cannot be removed from disk.") from error

    def _path(self, draft_id: str) -> Path | None:
        if self._folder is None or not _SAFE_ID.fullmatch(draft_id):
            return None
        return self._folder / f"{draft_id}.json"
