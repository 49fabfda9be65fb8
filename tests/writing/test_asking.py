"""The questions of a check-in belong to this project; where nothing raises one, open questions stand in their place."""

from datetime import date

from assistant.domain.draft import render
from assistant.domain.note import NoteKind, Passage
from assistant.domain.project import Language
from assistant.writing.offline import OfflineWriter
from tests.writing.writing_builders import brief, library, note, task

LETTER = note(
    "Ada,\n\nthat was the first I heard of it. The label printer prints every third label askew.\n\nRuth Osei",
    date(2026, 3, 16),
    NoteKind.RECEIVED,
)


def asked(*passages: Passage, language: Language = "en") -> str:
    written = OfflineWriter().write(task(brief("checkin", language), passages))
    return render(tuple(s for s in written.sections if s.step == "questions"), language)[0]


def test_a_fault_that_the_client_wrote_of_is_asked_about_in_its_words() -> None:
    text = asked(LETTER)
    assert "On 16 March you wrote: “The label printer prints every third label askew.”" in text
    assert "the first I heard" not in text


def test_a_moved_day_and_a_thing_put_into_use_are_asked_about() -> None:
    text = asked(
        note("Go-live planned 30 March 2026.", date(2026, 2, 2)),
        note("Agreed: go-live now 22 April 2026 (was 30 March) because the interface was late.", date(2026, 3, 11)),
        note("17/3\n ramp sensors of hall two replaced", date(2026, 3, 17), NoteKind.LOG),
    )
    assert "Wednesday 22 April, fit your own planning?" in text
    assert text.count("?") == 3


def test_a_chinese_letter_is_asked_about() -> None:
    letter = note("沈经理：\n\n标签打印十张有三张错位，夜班没法用。\n\n林岚", date(2026, 3, 16), NoteKind.RECEIVED)
    assert "您3月16日来信提到：「标签打印十张有三张错位" in asked(letter, language="zh")


def test_without_notes_the_playbooks_open_questions_are_asked() -> None:
    step = library().playbook("checkin").step("questions")
    assert step is not None
    assert all(question in asked() for question in step.fixed.en)
