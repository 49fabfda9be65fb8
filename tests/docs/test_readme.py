"""The README's commands give the output that stands in the README.

`README_WRITE=1 python -m pytest tests/docs/test_readme.py` writes the present output into it.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def commands(block: str) -> list[tuple[str, str]]:
    """Give each command line with the output under it."""
    found: list[tuple[str, str]] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:].strip(), ""))
        else:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def run(command: str, folder: Path) -> tuple[str, Path]:
    """Run one line of the README as a shell would, in its own environment."""
    words = shlex.split(command)
    if words[0] == "cd":
        return "", folder / words[1]
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *words[1:]],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
    )
    shown = done.stdout.replace(f"{folder.resolve()}/", "").replace(f"{folder}/", "")
    return shown, folder


def test_every_command_of_the_readme_prints_what_the_readme_shows(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    folder = tmp_path
    actual = text
    for block in BLOCK.findall(text):
        written = ""
        for command, _ in commands(block):
            shown, folder = run(command, folder)
            written += f"$ {command}\n{shown}"
        actual = actual.replace(block, written)
    if os.environ.get("README_WRITE"):
        README.write_text(actual, encoding="utf-8")
    assert actual == text
