"""Encodings as people save them, and files that are no text."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UnreadableNoteError
from assistant.retrieval.readers import MAX_BYTES, check_suffix, decode

ENGLISH = "Go-live moves to 22 April 2026.\nThe budget stays at 40,000.\n"
WESTERN = "The “café” budget is £500 – ok?\nNext line, naïve as it is.\n"
CHINESE = "顾主任，您好：本周进展如下。盘点模块已于5月13日部署到测试环境，仍按原计划上线。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
@pytest.mark.parametrize("text", [ENGLISH, WESTERN, CHINESE, CHINESE + ENGLISH])
def test_everyday_encodings_are_read_right(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_windows_and_traditional_chinese_are_read_right() -> None:
    big5 = "繁體中文的會議紀錄，專案將於下週上線，請確認時程與預算是否沒有問題。"
    assert decode(WESTERN.encode("cp1252")) == (WESTERN, "cp1252")
    assert decode(big5.encode("big5"))[0] == big5


def test_line_ends_become_line_feeds() -> None:
    assert decode(b"a\r\nb\rc\n")[0] == "a\nb\nc\n"


def test_a_few_broken_bytes_do_not_cost_the_note() -> None:
    text, encoding = decode(CHINESE.encode() * 20 + b"\xff\xfe\x80 end")
    assert text.startswith(CHINESE)
    assert encoding == "utf-8 (damaged)"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (random.Random(7).randbytes(4000), "binary"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04rest", "Office"),
        (b"x" * (MAX_BYTES + 1), "20 MB"),
        (b"text\x00\x00\x00\x01\x02\x03\x04 and more", "binary"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableNoteError, match=says) as caught:
        decode(data)
    assert "\n" not in str(caught.value)


def test_only_note_files_are_read() -> None:
    assert check_suffix("notes/A.MD") == ".md"
    with pytest.raises(UnreadableNoteError, match=r"\.doc are not read: save it as \.docx"):
        check_suffix("notes/minutes.doc")
    with pytest.raises(UnreadableNoteError, match=r"\.png"):
        check_suffix("notes/plan.png")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except UnreadableNoteError:
        return
    assert "\r" not in text
    text.encode("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_what_was_recorded_in_a_terminal_is_read_as_it_stands(encoding: str) -> None:
    screen = "\x1b]0;log\x07\x1b[31mUAT slipped\x1b[0m to 4 May\x08\n"
    screen += "\x1b[2J测试推迟到\x1b[1m五月四日\x1b[m。\x7f\x9b1m\x0e\n"
    assert decode(screen.encode(encoding))[0] == screen
    assert decode((CHINESE + screen).encode(encoding))[0] == CHINESE + screen
    with pytest.raises(UnreadableNoteError):
        decode("\x01\x02\x03 \x1b\x1b\x07 no\x05\x06\x07 \x10\x11\x12".encode(encoding))
