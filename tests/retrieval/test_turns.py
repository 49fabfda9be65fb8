"""Chats and transcripts as programs paste and export them: who speaks, when, on which day; and what is neither."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.note import NoteKind
from assistant.domain.project import Project
from assistant.retrieval.notes import read_note
from assistant.retrieval.turns import find_turns
from tests.retrieval.test_passages import _check_spans, _read

Make = Callable[..., Project]

WECHAT = "顾敏 2026/3/11 22:23:45\n上线时间能不能提前？\n\n沈屹 2026/3/12 9:25:02\n我们内部对一下。\n\n周五前答复。\n"
FEISHU = (
    "项目周会\n2026年3月11日 10:00\n\n说话人 1 00:00:05\n大家好。\n"
    "\n沈屹 00:00:12\n好的，开始吧。\n说话人 1 00:01:00\n第一项。\n"
)
TENCENT = (
    "会议主题：周会\n会议时间：2026/03/11 10:00-11:00\n\n顾敏(00:00:12):\n"
    "大家好\n\n沈屹(00:00:20):\n你好\n顾敏(00:01:12):\n继续\n"
)
TEAMS = (
    "[10:22 AM] Jonas Berg\nCan we go live earlier?\n[10:25 AM] Mira Holm\nLet me check.\n[10:30 AM] Jonas Berg\nOK\n"
)
TRANSCRIPT = "Jonas Berg   0:05\nHello all.\nMira Holm   0:12\nHi.\nJonas Berg   1:15\nFirst point.\n"
WHATSAPP = "[11/03/2026, 10:23:45] Jonas: Hello there.\n[11/03/2026, 10:24:45] Mira: Hi.\n"
ZOOM = (
    "10:23:45 From Jonas Berg to Everyone:\n\tHello.\n10:24:10 From Mira Holm to Everyone:\n"
    "\tHi.\n10:25:10 From Mira Holm to Everyone:\n\tOK.\n"
)
QQ = "2026-03-11 10:23:45 顾敏(12345)\n上线\n2026-03-12 10:25:45 沈屹(123)\n好\n"
SLACK = "Jonas Berg  10:23 AM\ntext here\nMira  10:24 AM\nsure\nJonas Berg  10:25 AM\nok\n"


@pytest.mark.parametrize(
    ("text", "speakers", "days"),
    [
        (WECHAT, ["顾敏", "沈屹"], [11, 12]),
        (FEISHU, ["说话人 1", "沈屹", "说话人 1"], []),
        (TENCENT, ["顾敏", "沈屹", "顾敏"], []),
        (TEAMS, ["Jonas Berg", "Mira Holm", "Jonas Berg"], []),
        (TRANSCRIPT, ["Jonas Berg", "Mira Holm", "Jonas Berg"], []),
        (WHATSAPP, ["Jonas", "Mira"], [11, 11]),
        (ZOOM, ["Jonas Berg", "Mira Holm", "Mira Holm"], []),
        (QQ, ["顾敏", "沈屹"], [11, 12]),
        (SLACK, ["Jonas Berg", "Mira", "Jonas Berg"], []),
        ("王经理 下午 3:20\n可以。\n顾敏 下午 3:25\n好的\n王经理 下午 3:26\n行\n", ["王经理", "顾敏", "王经理"], []),
        ("09:00 Welcome\nJonas opens\n09:30 Demo\nWe show it\n10:00 Lunch\n", [], []),
        ("Meeting at 10:30 in room 4\nDemo at 11:00\n- go-live: 22 April\n", [], []),
        ("# Plan\n\nThe call with Jonas Berg 10:30\n", [], []),
    ],
)
def test_turns_are_found_and_agendas_are_none(text: str, speakers: list[str], days: list[int]) -> None:
    found = find_turns(text.split("\n"), 0, None)
    assert [turn.speaker for turn in found] == speakers
    assert [turn.day.day for turn in found if turn.day] == days


def test_a_pasted_chat_has_its_days_its_speakers_and_its_times(project: Make) -> None:
    note = read_note(project(), "notes/群里说的.txt", WECHAT.encode())
    assert (note.kind, note.dated) == (NoteKind.CHAT, date(2026, 3, 12))
    first, second = note.passages
    assert (first.dated, first.place, "提前" in first.text) == (date(2026, 3, 11), "22:23:45", True)
    assert (second.dated, second.place) == (date(2026, 3, 12), "9:25:02")
    assert "沈屹" in second.text
    assert second.text.endswith("周五前答复。")


def test_a_long_turn_keeps_its_speaker_in_every_passage(project: Make) -> None:
    said = "\n\n".join(
        f"The export of batch {n} was tested by the team and one defect was found in it." for n in range(40)
    )
    note = read_note(project(), "notes/call.txt", f"{TRANSCRIPT}Mira Holm   2:00\n{said}\n".encode())
    held = [p for p in note.passages if "batch" in p.text]
    assert len(held) > 3
    assert all("Mira Holm" in p.headings or "Mira Holm" in p.text for p in held)
    assert held[-1].place == "2:00"
    assert note.kind is not NoteKind.CHAT, "a meeting written down is no chat"


def test_meeting_exports_are_dated_by_their_head(project: Make) -> None:
    for text in (FEISHU, TENCENT):
        note = read_note(project(), "notes/周会.txt", text.encode())
        assert {p.dated for p in note.passages if "00:00" in p.text} == {date(2026, 3, 11)}


def test_quotations_pasted_into_any_note_are_marked(project: Make) -> None:
    text = "# Call\n\nWe answer on Friday.\n\n> The portal was down on 9 March.\n> It cost us a day.\n\nThen we met.\n"
    note = read_note(project(), "notes/a.md", text.encode())
    assert [p.quoted for p in note.passages] == [False, True, False]


def test_a_script_without_spaces_is_cut_into_passages_too(project: Make) -> None:
    text = "\n\n".join("ระบบส่งออกราคาได้รับการทดสอบแล้วและพบข้อบกพร่องหนึ่งรายการ" * 3 for _ in range(60))
    note = read_note(project(), "notes/a.md", text.encode())
    assert len(note.passages) > 10
    assert max(len(p.text) for p in note.passages) < 2_000


PIECES = st.sampled_from(
    [
        "顾敏 2026/3/11 10:23:45", "沈屹 2026/3/12 10:23:45", "Jonas Berg 10:23", "[10:22 AM] Mira Holm",
        "说话人 1 00:05", "Some words were said.", "好的，没问题。", "> quoted", "- item", "## Internal", "# Head", "",
        "2026-03-11", "[11/03/2026, 10:23:45] Jonas: hello", "| a | b |", "10:23:45 From A B to Everyone:",
        "Date: 3 May 2026",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_spans_rebuild_any_chat(lines: list[str]) -> None:
    _check_spans(_read("\n".join(lines), "notes/chat.txt"))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_no_line_breaks_the_reading(lines: list[str]) -> None:
    for turn in find_turns(lines, 0, None):
        assert turn.speaker
