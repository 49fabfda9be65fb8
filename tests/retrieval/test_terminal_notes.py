"""Notes copied from a terminal: their escapes are kept where they stand, and nothing that is printed obeys them."""

import re
from pathlib import Path

import pytest

from assistant.language.normal import fold, without_terminal
from tests.retrieval.index_workspace import make_workspace, run

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
NOTE = (
    "# Weekly \x1b[31mmeeting\x07\n\nThe export module was \x1b[1mdelivered\x1b[0m on 12 March 2026.\x1b]0;mine\x07\n\n"
    "The go-live moved from 2 April to 9 April 2026 because the \x1b[2Jdata load was late\x9b1m.\n\n## Actions\n\n"
    "- Jonas to \x1b[31msend the test data\x1b[0m by 25 March 2026\n- Mira to fix the \x08\x7flogin error by 27 March\n"
    "- 顾敏 3月28日前确认\x1b[7m验收清单\x1b[27m\n"
)
COMMANDS = (
    ("search", "-p", "harbour", "export delivered"),
    ("search", "-p", "harbour", "--json", "go-live data load 验收"),
    ("draft", "-p", "harbour", "status", "--as-of", "2026-03-20"),
    ("check", "-p", "harbour", "NOTE"),
    ("check", "-p", "harbour", "--json", "NOTE"),
    *(("actions", "-p", "harbour", "--format", f, "NOTE") for f in ("table", "json", "csv", "md", "jira", "feishu")),
)


def printed(workspace: Path, *command: str) -> str:
    """All that a command prints."""
    _, out, err = run(workspace, *command)
    return out + err


@pytest.fixture
def note(tmp_path: Path) -> Path:
    workspace = make_workspace(tmp_path / "w", "harbour")
    path = workspace / "projects" / "harbour" / "notes" / "2026-03-18 minutes.md"
    path.write_text(NOTE, encoding="utf-8")
    assert "1 new" in printed(workspace, "index")
    return path


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_lets_a_note_speak_to_the_terminal(note: Path, command: tuple[str, ...]) -> None:
    said = printed(note.parents[3], *(str(note) if word == "NOTE" else word for word in command))
    assert "12 March" in said or "25" in said
    assert OBEYED.findall(said.replace("\r\n", "\n")) == []


def test_a_search_shows_escapes_as_they_stand(note: Path) -> None:
    said = printed(note.parents[3], "search", "-p", "harbour", "export delivered")
    assert "was \\x1b[1mdelivered\\x1b[0m on 12 March" in said


def test_a_draft_tells_what_the_note_says_without_its_colours(note: Path) -> None:
    drafted = printed(note.parents[3], "draft", "-p", "harbour", "status", "--as-of", "2026-03-20")
    said = drafted.partition("\nSources\n")[0]
    assert "The export module was delivered on " in said
    assert "because the data load was late." in said
    assert "\\x" not in said


def test_words_are_compared_without_terminal_sequences() -> None:
    assert fold("\x1b[1;31mUAT\x1b[0m \x1b]0;title\x1b\\is\x9b1m d\x08one\x1b(B") == "uat is done"
    assert without_terminal("a\tb\nc\r\n测试\x1b[7m上线") == "a\tb\nc\r\n测试上线"
