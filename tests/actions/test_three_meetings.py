"""Three meetings in a row: what became of the items of the one before, with the words that say it."""

from pathlib import Path

from assistant.actions.minutes import render_meeting
from assistant.services import DeskServices

THIRD = """# Weekly call, 25 March 2026
Present: Priya Nair, Tom Becker, Lena Voss

The supplier import has been completed. Lena confirmed the scanner delivery date: 2 April.
Priya still has to book the pilot room, now by 27 March.
"""


def test_what_was_told_done_is_told_once_and_a_moved_item_stays_one(services: DeskServices, tmp_path: Path) -> None:
    (tmp_path / "projects" / "labels" / "notes" / "2026-03-25 minutes.md").write_text(THIRD, encoding="utf-8")
    services.index("labels")
    for day in ("2026-03-11", "2026-03-18"):
        summary = services.meetings.read("labels", path=f"notes/{day} minutes.md")
        for item in services.meetings.propose(summary):
            services.meetings.accept(item.id, item.version)
    last = services.meetings.read("labels", path="notes/2026-03-25 minutes.md")
    told = {one.item.task: one.outcome.value for one in last.carried if not one.item.internal}
    assert told == {
        "Confirm the scanner delivery date": "done",
        "Re-run the supplier import": "done",
        "Book the pilot room": "changed",
    }
    assert '- Re-run the supplier import: done, "The supplier import has been completed." (line 4)' in render_meeting(
        last, "en"
    )
    services.meetings.propose(last)
    rooms = [i for i in services.meetings.items("labels") if "pilot room" in i.task]
    assert len(rooms) == 1


def test_a_follow_up_leaves_out_what_a_later_meeting_called_done(services: DeskServices) -> None:
    for day in ("2026-03-11", "2026-03-18"):
        summary = services.meetings.read("labels", path=f"notes/{day} minutes.md")
        for item in services.meetings.propose(summary):
            services.meetings.accept(item.id, item.version)
    drafted = services.meetings.draft_follow_up("labels", [i.id for i in services.meetings.items("labels")])
    assert "re-run the supplier import" in drafted.draft.body
    assert "send the revised test plan" not in drafted.draft.body
