"""Items written out: safe for spreadsheets, terminals and Markdown."""

import csv
import io
import json
from datetime import date

import icalendar
import pytest

from assistant.actions.exports import render_items, render_rows
from assistant.actions.rows import ExportRow
from assistant.domain.actions import ActionItem, ItemState
from assistant.errors import InvalidInputError


def item(task: str = "Send it", owner: str | None = "Tom", quote: str = "Tom: send it by Friday") -> ActionItem:
    return ActionItem(task, owner, date(2026, 3, 13), "by Friday", quote, 0, len(quote), 1, 0.9)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "  ="])
def test_no_cell_of_a_csv_is_a_formula(start: str) -> None:
    evil = f'{start}HYPERLINK("http://evil")'
    text = render_items([item(evil, evil, evil)], "csv")
    for row in list(csv.reader(io.StringIO(text, newline="")))[1:]:
        assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for cell in row)
        assert row[0] == "'" + evil


def test_csv_reads_back() -> None:
    given = item('a, "b"\nc', None, "x")
    head, row = csv.reader(io.StringIO(render_items([given], "csv"), newline=""))
    assert dict(zip(head, row, strict=True)) == {
        "task": 'a, "b"\nc',
        "owner": "",
        "due": "2026-03-13",
        "due_text": "by Friday",
        "quote": "x",
        "line": "1",
        "confidence": "0.90",
    }


def test_json_has_the_documented_fields() -> None:
    assert json.loads(render_items([item()], "json")) == {
        "items": [
            {
                "task": "Send it",
                "owner": "Tom",
                "due": "2026-03-13",
                "due_text": "by Friday",
                "quote": "Tom: send it by Friday",
                "start": 0,
                "end": 22,
                "confidence": 0.9,
            }
        ]
    }


def test_markdown_lets_no_mark_of_a_note_take_effect() -> None:
    text = render_items([item("a | b <img src=x> [l](http://e) `c`\nd")], "md")
    assert text.splitlines()[2].count(" | ") - text.splitlines()[2].count("\\|") <= 4
    assert "\\<img src=x\\>" in text
    assert "\\[l\\](http://e)" in text
    assert len(text.splitlines()) == 3


def test_table_lines_up_chinese_and_shows_no_control_characters() -> None:
    text = render_items([item("发方案\x1b[31m", "张工"), item()], "table")
    first, second = text.splitlines()
    assert "\x1b" not in text
    assert first.index("2026") == second.index("2026") - 2  # 张工 takes four columns in two characters
    assert render_items([], "table") == ""


def test_another_form_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="table, json, csv, md, ics, jira, feishu"):
        render_items([], "xml")


def test_the_calendar_is_one_that_icalendar_reads_back_whole() -> None:
    words = "买，卖; a\\b\nnew line " + "长" * 90
    rows = [
        ExportRow(item(words, "Tom; 张工", words), "a-1", ItemState.ACCEPTED, "notes/m.md"),
        ExportRow(item("Second", None), "a-2", ItemState.DONE),
    ]
    text = render_rows(rows, "ics")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.replace("\r\n", "").count("\n") == 0
    first, second = icalendar.Calendar.from_ical(text).walk("VTODO")
    assert first["SUMMARY"] == words
    assert first["CONTACT"] == "Tom; 张工"
    assert first.decoded("DUE") == date(2026, 3, 13)
    assert "notes/m.md:1" in str(first["DESCRIPTION"])
    assert (first["STATUS"], second["STATUS"]) == ("NEEDS-ACTION", "COMPLETED")
    assert first["UID"] == "a-1@sincerely"
    assert not first.errors
    assert render_rows(rows, "ics") == text


def table(form: str, *rows: ExportRow) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render_rows(rows, form), newline="")))


def test_jira_takes_one_assignee_and_a_summary_that_fits() -> None:
    row = table("jira", ExportRow(item("x" * 300, "Tom; Ana"), "a-1", ItemState.DONE, "notes/m.md"))[0]
    assert len(row["Summary"]) == 255
    assert (row["Assignee"], row["Due Date"], row["Status"]) == ("Tom", "2026-03-13", "Done")
    assert "Owners: Tom; Ana" in row["Description"]
    assert "x" * 300 in row["Description"]


def test_feishu_has_its_own_columns() -> None:
    row = table("feishu", ExportRow(item("提交方案", "张工; 李工")))[0]
    assert (row["任务标题"], row["负责人"], row["截止时间"], row["任务状态"]) == (
        "提交方案",
        "张工、李工",
        "2026/03/13",
        "未完成",
    )


@pytest.mark.parametrize("form", ["jira", "feishu"])
def test_no_cell_of_an_import_is_a_formula(form: str) -> None:
    for cell in table(form, ExportRow(item("=cmd()", "@SUM(1)", "-2+3")))[0].values():
        assert not cell.startswith(("=", "+", "-", "@"))
