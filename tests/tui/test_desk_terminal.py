"""The desk in a real terminal: real keys, Chinese typed, the person's editor, a kill in the middle of a sentence."""

import base64
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.bootstrap import open_desk
from assistant.domain.draft import DraftStatus
from assistant.domain.outbox import OutboxState
from tests.tui.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = str(Path(__file__).with_name("desk_process.py"))


@contextmanager
def running(folder: Path, language: str, columns: int = 120, lines: int = 40, **env: str) -> Iterator[Terminal]:
    around = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), **env}
    terminal = Terminal([sys.executable, PROGRAM, str(folder), language], env=around, columns=columns, lines=lines)
    try:
        yield terminal
    finally:
        terminal.close()


def test_a_draft_is_read_approved_and_waits_in_the_outbox(folder: Path) -> None:
    with running(folder, "en") as terminal:
        terminal.wait_for("to review", "Help")
        terminal.press("jjj\r")
        terminal.wait_for("your patience", "Nothing left to settle")
        terminal.press("a")
        terminal.wait_for("exactly what goes out", "h.aldous@ravensmoor.example")
        terminal.press("y")
        terminal.wait_for("takes it back", "approved")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert "waiting in the outbox" in terminal.text
    entry = open_desk(folder).entries()[0]
    assert (entry.draft_id, entry.state) == ("d-clean", OutboxState.QUEUED)


def test_chinese_is_typed_and_stored_at_eighty_columns_without_colour(folder: Path) -> None:
    with running(folder, "zh", 80, 24, NO_COLOR="1") as terminal:
        terminal.wait_for("待审阅", "帮助")
        terminal.press("jjjj\r")
        terminal.wait_for("耐心与配合", "[警告]")
        terminal.press("e")
        terminal.wait_for("正文")
        terminal.press("您辛苦了。")
        terminal.wait_for("您辛苦了。")
        terminal.press("\x13")
        terminal.wait_for("已保存为第 2 版")
        terminal.press("q")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    draft = open_desk(folder).view("d-chinese").draft
    assert (draft.revision, draft.body[:5]) == (2, "您辛苦了。")


def test_a_kill_in_the_middle_of_a_sentence_costs_nothing(folder: Path) -> None:
    with running(folder, "en") as terminal:
        terminal.wait_for("to review", "Help")
        terminal.press("jjj\r")
        terminal.wait_for("your patience")
        terminal.press("e")
        terminal.wait_for("Text, exactly as it goes out")
        terminal.press("Half a sentence ")
        terminal.wait_for("Half a sentence")
        kept = folder / ".sincerely" / "unsaved" / "d-clean.json"
        terminal.wait_until(kept.exists)
        terminal.kill()
    with running(folder, "en") as terminal:
        terminal.wait_for("to review", "Help")
        terminal.press("jjj\r")
        terminal.wait_for("your patience")
        terminal.press("e")
        terminal.wait_for("never saved")
        terminal.press("\r")
        terminal.wait_for("Half a sentence")
    assert open_desk(folder).view("d-clean").draft.revision == 1


def test_the_persons_own_editor_gets_the_terminal_and_its_text_is_stored(folder: Path, tmp_path: Path) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\np = Path(sys.argv[-1])\nprint('THE EDITOR IS HERE')\n"
        "p.write_text(p.read_text('utf-8').replace('your patience', 'your trust'), 'utf-8')\n"
    )
    with running(folder, "en", VISUAL=f"{sys.executable} {script}") as terminal:
        terminal.wait_for("to review", "Help")
        terminal.press("jjj\r")
        terminal.wait_for("your patience")
        terminal.press("E")
        terminal.wait_for("THE EDITOR IS HERE")
        terminal.wait_for("Saved as revision 2", "your trust")
        terminal.press("q")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    draft = open_desk(folder).view("d-clean").draft
    assert (draft.status, draft.revision) == (DraftStatus.OPEN, 2)
    assert "your trust" in draft.body


def test_an_editor_that_cannot_be_started_gives_the_terminal_back(folder: Path) -> None:
    with running(folder, "en", VISUAL="/no/such/editor") as terminal:
        terminal.wait_for("to review", "Help")
        terminal.press("jjj\r")
        terminal.wait_for("your patience")
        terminal.press("E")
        terminal.wait_for("cannot be started")
        terminal.forget()
        terminal.press("?")
        terminal.wait_for("Keys on this screen")
        terminal.press("\x11")
        assert terminal.wait_for_end() == 0


def test_a_terminal_that_goes_away_ends_the_desk_and_keeps_the_words(folder: Path) -> None:
    with running(folder, "en") as terminal:
        terminal.wait_for("to review", "Help")
        terminal.press("jjj\r")
        terminal.wait_for("your patience")
        terminal.press("e")
        terminal.wait_for("Text, exactly as it goes out")
        terminal.press("Half a thought ")
        terminal.wait_for("Half a thought")
        terminal.wait_until((folder / ".sincerely" / "unsaved" / "d-clean.json").exists)
        terminal.hang_up()
    with running(folder, "en") as terminal:
        terminal.wait_for("to review", "Help")
        terminal.press("jjj\r")
        terminal.wait_for("your patience")
        terminal.press("e")
        terminal.wait_for("never saved")


def test_the_clipboard_gets_a_sentence_through_the_terminal(folder: Path) -> None:
    with running(folder, "en") as terminal:
        terminal.wait_for("to review", "Help")
        terminal.press("jjj\r")
        terminal.wait_for("your patience")
        terminal.press("jy")
        words = base64.b64encode(b"Thank you for your patience with us.")
        terminal.wait_until(lambda: b"\x1b]52;c;" + words in terminal.raw)
        terminal.press("\x11")
        assert terminal.wait_for_end() == 0


def test_chinese_is_pasted_where_the_cursor_is_chosen_and_undone(folder: Path) -> None:
    with running(folder, "zh", 100, 30) as terminal:
        terminal.wait_for("待审阅", "帮助")
        terminal.press("jjjj\r")
        terminal.wait_for("耐心与配合")
        terminal.press("j")  # to the sentence that thanks
        terminal.press("e\x1b[C\x1b[C")  # in one go, two characters to the right: after 谢谢
        terminal.press("\x1b[200~再次（两次）\r\n\x1b[201~")
        terminal.wait_for("谢谢再次（两次）")
        terminal.forget()
        terminal.press("\x1b[1;2C\x1b[1;2C\x7f")  # two characters are chosen, 您一, and taken out
        terminal.wait_for("│ 直以来")
        terminal.press("\x1b[200~咱\x1b[201~")
        terminal.wait_for("│ 咱直以来")
        terminal.forget()
        terminal.press("\x1a")
        terminal.wait_for("│ 直以来")
        terminal.press("\x1a")
        terminal.wait_for("│ 您一直以来")
        terminal.press("\x13")
        terminal.wait_for("已保存为第 2 版")
        terminal.press("q")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    body = open_desk(folder).view("d-chinese").draft.body
    assert "谢谢再次（两次）\n您一直以来的耐心与配合。" in body


def test_escapes_and_markup_in_a_note_reach_no_terminal(folder: Path) -> None:
    note = folder / "projects" / "trade-portal" / "notes" / "hostile.md"
    note.write_text("# Log\n\nThe kiosk printer broke \u202e today. [bold]loud[/bold] [@click=app.quit]x[/]\n", "utf-8")
    mail = "Dear Orla,\r\n\x1b]52;c;b3duZWQ=\x07the printer \x1b[2J\x1b[31mbroke. [bold]loud[/bold] When?\r\n"
    open_desk(folder).index("trade-portal", wait_for_vectors=False)
    with running(folder, "en", 160, 50) as terminal:
        terminal.wait_for("to review", "Help")
        terminal.press("g")
        terminal.wait_for("Where to?")
        terminal.press("4")
        terminal.wait_for("Words or a question")
        terminal.press("kiosk printer broke")
        terminal.wait_for("hostile.md", "[bold]loud[/bold] [@click=app.quit]x[/]")
        assert "\u202e" not in terminal.text
        terminal.forget()
        terminal.press("\x1bOQ")  # f2: a letter would be typed
        terminal.wait_for("Where to?")
        terminal.press("2")
        terminal.wait_for("Paste the mail here")
        terminal.press(f"\x1b[200~{mail}\x1b[201~")
        terminal.wait_for("␛[2J␛[31mbroke. [bold]loud[/bold]")
        assert b"b3duZWQ=\x07" not in terminal.raw
        assert b"\x1b[2J\x1b[31m" not in terminal.raw
        terminal.press("\x11")
        assert terminal.wait_for_end() == 0
