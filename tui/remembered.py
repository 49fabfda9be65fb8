"""What the desk remembers from one day to the next: where one was, and how one likes it."""

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last choices of the person at the desk; empty where none was made.

    `language` is what they switched to and `instead_of` what the settings said then, so that a changed setting wins.
    """

    language: str = ""
    instead_of: str = ""
    theme: str = ""
    project: str = ""
    words: str = ""
    order: str = ""
    item: str = ""


class Memory:
    """One small private file. A broken or unwritable one costs the memory, never the desk."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def load(self) -> Remembered:
        """Give what was remembered; nothing where the file is missing or broken."""
        if self._path is None:
            return Remembered()
        try:
            data = json.loads(self._path.read_text("utf-8"))
            known = {f.name: data.get(f.name, "") for f in fields(Remembered)}
        except (OSError, ValueError, AttributeError):
            return Remembered()
        return Remembered(**{name: value[:LONGEST] for name, value in known.items() if isinstance(value, str)})

    def keep(self, remembered: Remembered) -> None:
        """Write the file whole or not at all; a disk that takes nothing is borne in silence."""
        if self._path is None:
            return
        content = json.dumps(asdict(remembered), ensure_ascii=False).encode("utf-8", "replace")
        fresh = self._path.with_suffix(f".{os.getpid()}")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
                target.write(content)
            fresh.replace(self._path)
        except OSError:
            return
