"""Words a person typed are not lost: recovery files, and the way through the person's own editor."""

import stat
import sys
from pathlib import Path

import pytest

from assistant.errors import StorageError
from tui.editor import at_line, edit_outside, editor_command
from tui.recovery import Recovery, Unsaved

TEXT = Unsaved("d-1", 3, "上线日期", "第一行\nDear Helen \udcff")


def test_an_unsaved_text_outlives_the_process_that_kept_it(tmp_path: Path) -> None:
    Recovery(tmp_path / "unsaved").keep(TEXT)
    assert Recovery(tmp_path / "unsaved").find("d-1") == TEXT
    file = tmp_path / "unsaved" / "d-1.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_stored_text_is_dropped_everywhere(tmp_path: Path) -> None:
    kept = Recovery(tmp_path)
    kept.keep(TEXT)
    kept.drop("d-1")
    assert kept.find("d-1") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"draft_id": "d-2"}', b"\xff\xfe"])
def test_a_broken_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "d-1.json").write_bytes(content)
    assert Recovery(tmp_path).find("d-1") is None


def test_another_drafts_text_is_never_offered(tmp_path: Path) -> None:
    Recovery(tmp_path).keep(TEXT)
    (tmp_path / "d-1.json").rename(tmp_path / "d-9.json")
    assert Recovery(tmp_path).find("d-9") is None


def test_an_id_that_is_a_path_stays_in_memory(tmp_path: Path) -> None:
    Recovery(tmp_path / "unsaved").keep(Unsaved("../d-1", 1, "", "x"))
    assert list(tmp_path.rglob("*.json")) == []


def test_a_full_or_forbidden_disk_is_told(tmp_path: Path) -> None:
    (tmp_path / "unsaved").write_text("a file where the folder should be")
    kept = Recovery(tmp_path / "unsaved")
    with pytest.raises(StorageError, match="d-1"):
        kept.keep(TEXT)
    assert kept.find("d-1") == TEXT


def editor(tmp_path: Path, code: str) -> list[str]:
    script = tmp_path / "editor.py"
    script.write_text("import sys\nfrom pathlib import Path\np = Path(sys.argv[-1])\n" + code, "utf-8")
    return [sys.executable, str(script)]


def test_an_edited_file_is_read_back(tmp_path: Path) -> None:
    command = editor(tmp_path, "p.write_text(p.read_text('utf-8').replace('twelve', 'thirteen'), 'utf-8')")
    edited = edit_outside("Subject", "On the twelve.", "en", command)
    assert (edited.subject, edited.body, edited.problem) == ("Subject", "On the thirteen.", "")


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("p.write_text('')", "desk.editor.empty"),
        ("p.write_text('Subject: x\\n\\n  \\n')", "desk.editor.empty"),
        ("p.write_text('something else'); sys.exit(1)", "desk.editor.failed"),
        ("p.unlink()", "desk.editor.failed"),
        ("pass", "desk.editor.unchanged"),
    ],
)
def test_an_editor_that_fails_or_empties_the_file_changes_nothing(tmp_path: Path, code: str, problem: str) -> None:
    edited = edit_outside("Subject", "Body", "en", editor(tmp_path, code))
    assert (edited.subject, edited.body, edited.problem) == ("Subject", "Body", problem)


def test_an_editor_that_is_not_there_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        edit_outside("Subject", "Body", "en", ["/no/such/editor"])


def test_the_editor_is_the_persons_and_opens_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "nano -w")
    assert editor_command() == ["nano", "-w"]
    monkeypatch.setenv("VISUAL", "code --wait")
    assert editor_command() == ["code", "--wait"]
    assert at_line(["nano", "-w"], "a.md", 7) == ["nano", "-w", "+7", "a.md"]
    assert at_line(["code", "--wait"], "a.md", 7) == ["code", "--wait", "--goto", "a.md:7"]
    assert at_line(["/usr/bin/hx"], "a.md", 7) == ["/usr/bin/hx", "a.md:7"]
