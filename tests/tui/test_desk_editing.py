"""Editing in place: checked while typing, stored as a revision, never lost, never overwriting."""

import threading
from pathlib import Path

from textual.pilot import Pilot

from assistant.bootstrap import open_desk
from assistant.domain.draft import Origin
from assistant.domain.view import DraftView
from assistant.services import DeskServices
from tests.tui.desk_tools import DeskMaker, open_draft, picture, running, see, until
from tui.app import Desk
from tui.screens.dialogs import ChoiceDialog
from tui.screens.editing import PAUSE
from tui.screens.review import ReviewScreen
from tui.widgets.paper import Paper


def review(app: Desk) -> ReviewScreen:
    assert isinstance(app.screen, ReviewScreen)
    return app.screen


async def type_at_gap(pilot: Pilot[None], app: Desk, words: str) -> None:
    """Go to the gap of d-open, edit, and replace it."""
    await open_draft(pilot, "d-open")
    await pilot.press("n", "n", "e")
    await until(pilot, lambda: isinstance(app.focused, Paper), "the editor")
    await pilot.press("shift+end", "delete")
    paper = app.focused
    assert isinstance(paper, Paper)
    paper.insert(words)


async def test_an_edit_becomes_a_revision_and_leaves_the_other_sentences_alone(
    desk: DeskMaker, services: DeskServices
) -> None:
    app = desk()
    async with running(app) as pilot:
        await type_at_gap(pilot, app, "Please tell us who signs the plan.")
        await pilot.press("ctrl+s")
        await see(pilot, "Saved as revision 2", "Please tell us who signs the plan.")
        draft = services.view("d-open").draft
        kept = {s.id: s for s in draft.sentences()}
        assert kept["s3"].evidence == (1,)
        assert kept["s3"].origin is Origin.OFFLINE
        changed = next(s for s in draft.sentences() if "who signs" in s.text)
        assert changed.origin is Origin.HUMAN
        await see(pilot, "1 to look at [warn]")


async def test_the_checks_speak_while_a_person_types(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await type_at_gap(pilot, app, "It will be ready on 7 May 2027, TBD.")
        await see(pilot, "7 May 2027", "TBD", "Editing (ctrl+s saves)")
        assert services.view("d-open").draft.revision == 1
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "7 May 2027" not in picture(app), "undone and checked again")


async def test_an_answer_that_comes_late_is_checked_again_and_never_shown_as_the_newest(
    desk: DeskMaker, services: DeskServices
) -> None:
    asked: list[str] = []
    go_on = threading.Event()

    class Slow(DeskServices):
        def preview(self, draft_id: str, *, subject: str, body: str) -> DraftView:
            asked.append(body)
            if len(asked) == 1:
                go_on.wait(30)
            return super().preview(draft_id, subject=subject, body=body)

    app = desk(Slow(**{name: getattr(services, name) for name in services.__dataclass_fields__}))
    async with running(app) as pilot:
        await type_at_gap(pilot, app, "TBD one.")
        await until(pilot, lambda: asked, "the first question")
        paper = app.focused
        assert isinstance(paper, Paper)
        paper.insert(" It is done.")
        await pilot.pause(2 * PAUSE)
        assert len(asked) == 1
        go_on.set()
        await until(pilot, lambda: asked[-1].count("It is done.") == 1, "asked again about the newest text")
        await until(pilot, lambda: review(app)._checked == review(app)._text, "its answer is shown")


async def test_chinese_lands_where_the_cursor_is(desk: DeskMaker, services: DeskServices) -> None:
    app = desk(language="zh")
    async with running(app, 80, 24) as pilot:
        await open_draft(pilot, "d-chinese")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.focused, Paper), "the editor")
        paper = app.focused
        assert isinstance(paper, Paper)
        paper.move_cursor((0, 3))
        await pilot.press("上", "午", "right", "left", "backspace")
        assert paper.text.startswith("顾主任上，您好：")
        await pilot.press("ctrl+z", "ctrl+z")
        assert paper.text.startswith("顾主任，您好：")
        await pilot.press("下", "ctrl+s")
        await until(pilot, lambda: services.view("d-chinese").draft.revision == 2, "stored")
        assert services.view("d-chinese").draft.body.startswith("顾主任下，您好：")


async def test_pasted_escapes_become_pictures_and_a_megabyte_is_taken(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await type_at_gap(pilot, app, "a\x1b[31mb\r\nc\x00")
        paper = app.focused
        assert isinstance(paper, Paper)
        assert "a␛[31mb\nc␀" in paper.text
        paper.insert("word " * 200_000)
        assert len(paper.text) > 1_000_000
        paper.undo()
        await pilot.press("x")
        assert len(paper.text) < 1_000


async def test_somebody_faster_is_told_and_nothing_is_overwritten(
    desk: DeskMaker, services: DeskServices, folder: Path
) -> None:
    app = desk()
    async with running(app) as pilot:
        await type_at_gap(pilot, app, "Mine.")
        other = open_desk(folder)
        body = other.view("d-open").draft.body.replace("your patience", "your great patience")
        other.edit("d-open", 1, subject="Theirs", body=body)
        await see(pilot, "Somebody stored revision 2")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ChoiceDialog), "the question")
        assert services.view("d-open").draft.subject == "Theirs"
        await pilot.press("enter")
        await see(pilot, "Theirs", "great patience", "e brings it back")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, ChoiceDialog), "the kept text is offered")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.focused, Paper), "the editor")
        paper = app.focused
        assert isinstance(paper, Paper)
        assert "Mine." in paper.text
        await pilot.press("ctrl+s")
        await until(pilot, lambda: services.view("d-open").draft.revision == 3, "stored on top")


async def test_going_on_writing_after_somebody_was_faster_keeps_the_text(
    desk: DeskMaker, services: DeskServices, folder: Path
) -> None:
    app = desk()
    async with running(app) as pilot:
        await type_at_gap(pilot, app, "Mine.")
        open_desk(folder).edit("d-open", 1, subject="Theirs", body="Dear Ms Aldous,\n\nHello.")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ChoiceDialog), "the question")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.focused, Paper), "the editor")
        paper = app.focused
        assert isinstance(paper, Paper)
        assert "Mine." in paper.text


async def test_a_change_by_another_process_shows_up_in_the_open_draft(
    desk: DeskMaker, services: DeskServices, folder: Path
) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-clean")
        open_desk(folder).edit("d-clean", 1, subject="Theirs", body=services.view("d-clean").draft.body)
        await see(pilot, "Theirs", "The draft was changed elsewhere; this is revision 2.")


async def test_leaving_with_unsaved_words_asks_and_can_keep_them(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await type_at_gap(pilot, app, "Mine.")
        await pilot.press("escape")
        await see(pilot, "You have changed the text")
        await pilot.press("down", "enter")
        await see(pilot, "e brings it back")
        assert services.view("d-open").draft.revision == 1
        assert not review(app).editing
        await pilot.press("e")
        await see(pilot, "never saved")
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.recovery.find("d-open") is None, "thrown away")


async def test_leaving_an_unchanged_text_asks_nothing(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.focused, Paper), "the editor")
        await pilot.press("escape")
        await until(pilot, lambda: not review(app).editing, "reading again")
        await pilot.press("escape")
        await see(pilot, "4 to review")


async def test_words_typed_before_a_crash_are_offered_again(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await type_at_gap(pilot, app, "Typed before the crash.")
        await until(pilot, lambda: app.recovery.find("d-open"), "kept on disk")
    again = desk()
    async with running(again) as pilot:
        await open_draft(pilot, "d-open")
        await pilot.press("e")
        await see(pilot, "never saved")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(again.focused, Paper), "the editor")
        paper = again.focused
        assert isinstance(paper, Paper)
        assert "Typed before the crash." in paper.text
        await pilot.press("ctrl+s")
        await until(pilot, lambda: services.view("d-open").draft.revision == 2, "stored")
        await until(pilot, lambda: again.recovery.find("d-open") is None, "no longer kept")
