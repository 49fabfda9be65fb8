"""A person's own editor: the text form of a draft, which program to run, and how to open a note at a line."""

import os
import shlex
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.project import Language
from assistant.domain.text_form import from_text, to_text

_GOTO = {"code": "--goto", "code-insiders": "--goto", "codium": "--goto", "cursor": "--goto"}
_COLON = frozenset({"subl", "zed", "hx", "helix"})
_FALLBACKS = ("sensible-editor", "nano", "vim", "vi")


@dataclass(frozen=True, slots=True)
class Edited:
    """What came back from the editor. `problem` is a catalogue key when nothing may be taken over."""

    subject: str
    body: str
    problem: str = ""


def editor_command() -> list[str]:
    """Give the person's editor as an argument list, empty when there is none."""
    for name in ("VISUAL", "EDITOR"):
        words = shlex.split(os.environ.get(name, ""))
        if words:
            return words
    return next(([found] for name in _FALLBACKS if (found := shutil.which(name))), [])


def at_line(command: list[str], path: str, line: int) -> list[str]:
    """Give the command that opens a file at a line, in the editor's own way of saying so."""
    name = Path(command[0]).name
    if name in _GOTO:
        return [*command, _GOTO[name], f"{path}:{line}"]
    if name in _COLON:
        return [*command, f"{path}:{line}"]
    return [*command, f"+{line}", path]


def edit_outside(subject: str, body: str, language: Language, command: list[str]) -> Edited:
    """Hand a draft to the editor and read it back. An error exit or an empty file changes nothing.

    Raises OSError when the editor cannot be started.
    """
    with tempfile.TemporaryDirectory(prefix="sincerely-") as folder:
        path = Path(folder) / "message.txt"
        path.write_bytes(to_text(subject, body, language).encode("utf-8", "replace"))
        code = run([*command, str(path)])
        if code != 0 or not path.is_file():
            return Edited(subject, body, "desk.editor.failed")
        content = path.read_bytes().decode("utf-8", "replace")
    if not content.strip():
        return Edited(subject, body, "desk.editor.empty")
    new_subject, new_body = from_text(content)
    if not new_body.strip():
        return Edited(subject, body, "desk.editor.empty")
    kept = subject if new_subject is None else new_subject
    if (kept, new_body) == (subject, body):
        return Edited(subject, body, "desk.editor.unchanged")
    return Edited(kept, new_body)


def run(command: list[str]) -> int:
    """Run an editor in the foreground and give its exit code."""
    return subprocess.run(command, check=False).returncode  # noqa: S603 (the person's own editor, no shell)
