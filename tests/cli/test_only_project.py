"""Where a workspace has one project, no command asks which; where it has several, the error names them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    ("search", "go-live", "--json"),
    ("draft", "status", "--json"),
    ("check", "-", "--json"),
)


def run(*arguments: str, cwd: Path, language: str = "en") -> tuple[int, str, str]:
    """Run a command; gives its code, output and complaints."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=cwd,
        input=b"The go-live date stands.\n",
        capture_output=True,
        check=False,
        timeout=180,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SINCERELY_LANGUAGE": language},
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def single(indexed: Path) -> Path:
    """A workspace with one project."""
    for folder in (indexed / "projects").iterdir():
        if folder.name != "trade-portal":
            shutil.rmtree(folder)
    return indexed


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_the_only_project_need_not_be_named(single: Path, command: tuple[str, ...]) -> None:
    code, found, complaint = run(*command, cwd=single)
    assert code in (0, 3), complaint
    answer = json.loads(found)
    assert answer.get("hits") or answer.get("findings") or answer["project"] == "trade-portal"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_of_several_projects_one_must_be_named(indexed: Path, command: tuple[str, ...]) -> None:
    code, found, complaint = run(*command, cwd=indexed)
    assert (code, found) == (2, "")
    assert "trade-portal" in complaint
    assert "name one with -p" in complaint
    assert "请用 -p 指明其中一个" in run(*command, cwd=indexed, language="zh")[2]


def test_without_any_project_the_error_says_how_to_make_one(single: Path) -> None:
    shutil.rmtree(single / "projects" / "trade-portal")
    assert "project.toml" in run("search", "go-live", cwd=single)[2]
    assert "还没有项目" in run("search", "go-live", cwd=single, language="zh")[2]
