"""Mails as mail programs write them."""

import contextlib
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import UnreadableNoteError
from assistant.retrieval.mail import open_mail, quoted_lines, read_mail, strip_html


def _mail(body: str, **head: str) -> bytes:
    message = EmailMessage()
    for name, value in ({"From": "Jonas Berg <jonas@client.example>", "Subject": "Plan"} | head).items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


def test_head_fields_are_decoded_and_the_body_follows_them() -> None:
    data = _mail(
        "您好：\n上线时间定了吗？\n",
        From="顾敏 <Gu@Client.example>",
        To="Mira Holm <mira@ourfirm.example>",
        Subject="回复：周报",
        Date="Wed, 27 May 2026 09:33:50 +0800",
        Message_ID="<m1@client.example>",
        References="<m0@ourfirm.example>",
    )
    mail = open_mail(data)
    assert mail.sender == ("顾敏", "gu@client.example")
    assert mail.sent == date(2026, 5, 27)
    assert mail.text.startswith("From: 顾敏 <Gu@Client.example>\nTo: ")
    assert mail.text[mail.body_start :] == "您好：\n上线时间定了吗？"
    received = read_mail(data)
    assert (received.subject, received.message_id, received.references) == (
        "回复：周报",
        "<m1@client.example>",
        ("<m0@ourfirm.example>",),
    )


def test_gb2312_with_letters_beyond_it_and_a_raw_8_bit_subject() -> None:
    body = "陈䶮今天到仓库。".encode("gb18030")
    data = (
        b"From: a@b.example\r\nSubject: \xe8\xbf\x9b\xe5\xba\xa6\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n"
        + body
    )
    mail = open_mail(data)
    assert mail.subject == "进度"
    assert mail.body == "陈䶮今天到仓库。"


def test_the_plain_alternative_is_taken_and_html_is_stripped_where_there_is_no_other() -> None:
    both = EmailMessage()
    both["From"] = "a@b.example"
    both.set_content("plain words")
    both.add_alternative("<p>html words</p>", subtype="html")
    both.add_attachment(b"secret,1", maintype="text", subtype="csv", filename="a.csv")
    assert open_mail(both.as_bytes()).body.strip() == "plain words"
    html = EmailMessage()
    html["From"] = "a@b.example"
    html.set_content("<style>x{}</style><p>One</p><ul><li>two</ul><blockquote>old</blockquote>", subtype="html")
    assert open_mail(html.as_bytes()).body == "One\n\n- two\n\n> old"


def test_a_forwarded_message_is_quoted() -> None:
    inner = EmailMessage()
    inner["From"] = "partner@third.example"
    inner.set_content("Certified by 10 April.")
    outer = EmailMessage()
    outer["From"] = "a@b.example"
    outer.set_content("fyi")
    outer.add_attachment(inner)
    body = open_mail(outer.as_bytes()).body
    assert "> Certified by 10 April." in body
    assert quoted_lines(body.split("\n"))[body.split("\n").index("> Certified by 10 April.")]


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        ("new\n> old\nnew", [False, True, False]),
        ("new\n\nOn Fri, 6 Mar 2026 at 16:42,\nMira <mira@x.example> wrote:\n> old\n\nnew", [0, 0, 1, 1, 1, 0, 0]),
        ("新的\n在 2026年5月15日，沈屹 写道：\n旧的\n更旧的", [0, 1, 1, 1]),
        ("new\n-----Original Message-----\nold", [0, 1, 1]),
        ("新的\n------------------ 原始邮件 ------------------\n旧的", [0, 1, 1]),
        ("new\nFrom: Jonas\nSent: 12 March 2026\nTo: Mira\n\nold", [0, 1, 1, 1, 1, 1]),
        ("From now on we test on Fridays.\nOn time as ever.", [0, 0]),
    ],
)
def test_quoted_history_is_told_from_new_text(body: str, quoted: list[int]) -> None:
    assert quoted_lines(body.split("\n")) == [bool(one) for one in quoted]


def test_a_file_without_a_mail_head_is_refused() -> None:
    with pytest.raises(UnreadableNoteError, match="mail head"):
        open_mail(b"just words\n")


@settings(max_examples=60)
@given(st.binary(max_size=300), st.integers(0, 200))
def test_any_bytes_are_read_or_refused(noise: bytes, place: int) -> None:
    data = _mail("Hello\n\nOn Monday X wrote:\n> y", Date="Wed, 27 May 2026 09:33:50 +0800")
    for mangled in (noise, data[:place] + noise + data[place:]):
        with contextlib.suppress(UnreadableNoteError):
            open_mail(mangled).text.encode("utf-8")


@given(st.text(alphabet="<>/pabr&;\"' \n!-=", max_size=200))
def test_any_html_is_stripped(html: str) -> None:
    strip_html(html)
