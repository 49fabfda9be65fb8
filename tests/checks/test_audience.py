import pytest

from assistant.domain.note import NoteKind
from assistant.domain.project import Recipient, Visibility
from tests.checks.checks_case import Case, foreign, source

INTERNAL = source(
    "Margin on OSPREY drops from 31 % to about 22 %, our cost for CR-0412 is £4,150.\n"
    "Ilse Brandt moved Tom to another job, they shouted louder. The file is only half of the delay.",
    path="notes/internal/margin.md",
    visibility=Visibility.INTERNAL,
    line=3,
)
INTERNAL_ZH = source(
    "工时一律记“雪雁”。毛利从 34% 掉到 25% 左右，成本 22,400 元。真正拖的是接口没人接，人已经离职。",
    path="notes/内部/成本.md",
    visibility=Visibility.INTERNAL,
)
OPEN = source("Tom fixes the price file of 340 accounts by Friday. The quote is £6,480.", path="notes/minutes.md")


def case(sentence: str, **more: object) -> Case:
    return Case([(sentence, ())], [OPEN], internal=[INTERNAL, INTERNAL_ZH], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("As you know, the file is only half of the delay.", "internal_text"),
        ("The change costs us £4,150.", "internal_value"),
        ("We are at a margin of 22 % now.", "internal_value"),
        ("Ilse Brandt decided it.", "internal_name"),
        ("OSPREY is on its way.", "internal_name"),
        ("See CR-0412 for this.", "internal_value"),
        ("雪雁按计划推进。", "internal_name"),
        ("这一项的成本是 22,400 元。", "internal_value"),
        ("毛利现在是 25%。", "internal_value"),
        ("说到底，真正拖的是接口没人接。", "internal_text"),
    ],
)
def test_what_only_internal_notes_hold_blocks(sentence: str, code: str) -> None:
    found = case(sentence).run("audience")

    assert [f.code for f in found] == [code]
    assert found[0].severity == "block"
    assert found[0].values["passage"].startswith(("notes/internal/", "notes/内部/"))


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("They shouted louder, so Tom went to another job.", "internal_likeness"),
        ("接口人员已经离职，暂时没人接手。", "internal_likeness"),
    ],
)
def test_likeness_alone_warns(sentence: str, code: str) -> None:
    found = case(sentence).run("audience")

    assert [(f.code, f.severity) for f in found] == [(code, "warn")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Tom fixes the price file by Friday.",
        "The quote is £6,480.",
        "22 terminals are ready.",
        "Thank you for your patience.",
        "We have moved the meeting to another room.",
        "The file is ready.",
        "About half of the cases passed.",
        "接口联调按新协议进行。",
        "共有 25 个码头。",
    ],
)
def test_what_may_be_told_does_not(sentence: str) -> None:
    assert case(sentence).codes("audience") == []


def test_text_that_the_client_also_has_is_no_leak() -> None:
    told = source("Our cost for CR-0412 is £4,150, as you asked.", path="notes/sent.md", kind=NoteKind.SENT)

    assert Case([("CR-0412 costs us £4,150.", ())], [told], internal=[INTERNAL]).codes("audience") == []


def test_a_released_passage_is_no_leak() -> None:
    assert case("The change costs us £4,150.", released=frozenset({INTERNAL.passage.id})).codes("audience") == []


def test_the_subject_line_is_checked() -> None:
    assert case("All is well with the file.", subject="OSPREY: where we stand").codes("audience") == ["internal_name"]


OTHERS = (
    "The Blackfriars Bank migration loses 412 nightly batches because the vault key was never rotated in Leeds.",
    "Contract value £88,500; contact is m.pryce@blackfriars.example, ticket BFB-20931. Code name WAGTAIL.",
    "客户数据库夜间批处理共失败四百一十二次，原因是金库密钥从未轮换。",
)


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("It loses 412 nightly batches because the vault key was never rotated in Leeds.", "other_client_text"),
        ("The contract is worth £88,500.", "other_client_value"),
        ("Ask m.pryce@blackfriars.example about it.", "other_client_value"),
        ("BFB-20931 is the same problem.", "other_client_value"),
        ("WAGTAIL has the same problem.", "other_client_value"),
        ("We did the same for Blackfriars Bank plc.", "other_client_name"),
        ("夜间批处理共失败四百一十二次，原因是金库密钥从未轮换。", "other_client_text"),
        ("银桥物流也是这样做的。", "other_client_name"),
    ],
)
def test_other_clients_material_blocks_and_says_nothing_about_them(sentence: str, code: str) -> None:
    marks = foreign(*OTHERS, names=["Blackfriars Bank", "银桥物流"])
    found = Case([(sentence, ())], [OPEN], foreign=marks).run("audience")

    assert [f.code for f in found] == [code]
    assert found[0].severity == "block"
    assert set(found[0].values) == {"text"}
    assert found[0].values["text"] in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "The nightly batches are slow.",
        "The key was rotated.",
        "We have 412 cases.",
        "The contract is worth £500.",
        "Please let me know if anything here looks different from your side.",
        "The quote is £6,480.",
        "Ruth Amadi will be there.",
        "夜间批处理有点慢。",
    ],
)
def test_what_anybody_could_write_is_not_another_clients(sentence: str) -> None:
    more = (
        "Please let me know if anything here looks different from your side. Quote £6,480, Ruth Amadi. Price £500.",
    )
    marks = foreign(*OTHERS, *more, names=["Blackfriars Bank", "Target"])

    assert Case([(sentence, ())], [OPEN], foreign=marks).codes("audience") == []


def test_a_client_named_like_a_word_is_found_only_as_a_name() -> None:
    marks = foreign(names=["Target"])

    assert Case([("Our target is Friday.", ())], foreign=marks).codes("audience") == []
    assert Case([("We did it at Target too.", ())], foreign=marks).codes("audience") == ["other_client_name"]


def test_a_persons_name_alone_only_warns() -> None:
    found = Case([("Maud Pryce is on leave.", ())], foreign=foreign("Maud Pryce runs it.")).run("audience")

    assert [(f.code, f.severity) for f in found] == [("foreign_name", "warn")]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("The password is Hunter2!x for now.", "secret_password"),
        ("密码：Fieldgate#2026", "secret_password"),
        ("Use postgres://portal:s3cr3tpw@db.example/portal for it.", "secret_password"),
        ("Key: AKIAIOSFODNN7EXAMPLE", "secret_key"),
        ("-----BEGIN RSA PRIVATE KEY-----", "secret_key"),
        ("Token ghp_" + "a1B2" * 9, "secret_token"),
        ("api_key=9f86d081884c7d659a2feaa0", "secret_password"),
    ],
)
def test_secrets_block_and_are_not_repeated(sentence: str, code: str) -> None:
    found = Case([(sentence, ())]).run("audience")

    assert [f.code for f in found] == [code]
    assert not any("s3cr3t" in v or "Hunter2" in v or "AKIA" in v for v in found[0].values.values())


@pytest.mark.parametrize(
    "sentence",
    [
        "The password is reset every month.",
        "Your password must be changed by Friday.",
        "密码请通过电话告知。",
        "The secret is good testing.",
        "The API key is with Mr Vos.",
        "Passwords are sent by post.",
        "See https://portal.example/login for the form.",
    ],
)
def test_talk_about_secrets_does_not(sentence: str) -> None:
    assert Case([(sentence, ())]).codes("audience") == []


def test_recipients_are_needed_and_come_from_the_contacts() -> None:
    nobody = Case([("All is well.", ())], recipients=())
    stranger = Case([("All is well.", ())], recipients=(Recipient("Eve", "eve@elsewhere.example"),))

    assert nobody.codes("audience") == ["no_recipients"]
    assert stranger.codes("audience") == ["unknown_recipient"]
    assert {f.severity for f in (*nobody.run("audience"), *stranger.run("audience"))} == {"block"}
