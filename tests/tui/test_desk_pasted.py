"""A pasted mail's head is read in both languages, and nothing else is taken for one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.pasted import as_pasted, read_day, read_pasted

ENGLISH = (
    "From: Helen Aldous <h.aldous@ravensmoor.example>\nSent: Wednesday, March 18, 2026 9:12 AM\n"
    "To: Orla Fennell\nSubject: Prices: again\n\nOrla,\n\nthis is wrong: see below."
)
CHINESE = (
    "发件人：顾敏 <gumin@lanting.example>\n发送时间：2026年5月27日 10:22\n主题：上线时间\n\n沈经理：\n请给个准话。"
)


def test_an_english_head_is_taken_off_and_read() -> None:
    mail = read_pasted(ENGLISH).mail
    assert (mail.sender_name, mail.sender_email) == ("Helen Aldous", "h.aldous@ravensmoor.example")
    assert (mail.subject, mail.received) == ("Prices: again", date(2026, 3, 18))
    assert mail.body == "Orla,\n\nthis is wrong: see below."


def test_a_chinese_head_is_taken_off_and_read() -> None:
    mail = read_pasted(CHINESE).mail
    assert (mail.sender_name, mail.sender_email) == ("顾敏", "gumin@lanting.example")
    assert (mail.subject, mail.received) == ("上线时间", date(2026, 5, 27))
    assert mail.body == "沈经理：\n请给个准话。"


@pytest.mark.parametrize(
    "words",
    [
        "Dear Orla,\nFrom: now on this is our answer.\nSubject: to change",
        "From: Helen\n\nHello",
        "Note: all\nTo: do\n\nx",
    ],
)
def test_a_body_that_only_looks_like_a_head_stays_a_body(words: str) -> None:
    pasted = read_pasted(words)
    assert not pasted.had_head
    assert pasted.mail.body == words


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-03-27", date(2026, 3, 27)),
        ("2026年3月27日 星期五", date(2026, 3, 27)),
        ("27 March 2026", date(2026, 3, 27)),
        ("Mar 27th, 2026", date(2026, 3, 27)),
        ("Fri, 27 Mar 2026 08:00:00 +0800", date(2026, 3, 27)),
        ("2026-02-30", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days_are_read_as_mail_programs_write_them(words: str, day: date | None) -> None:
    assert read_day(words) == day


@given(st.text())
def test_no_text_breaks_the_reading(words: str) -> None:
    pasted = read_pasted(words)
    assert pasted.had_head or pasted.mail.body == words.strip()


def test_a_mail_written_as_pasted_is_read_again() -> None:
    for words in (ENGLISH, CHINESE):
        mail = read_pasted(words).mail
        assert read_pasted(as_pasted(mail)).mail == mail
