"""What holds for all findings: texts in both languages, order, stable ids, and no exception on any text."""

import string
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checks.run import CHECKS, CODES, run_checks
from assistant.domain.finding import SEVERITY_ORDER, Finding
from assistant.domain.project import Language, Visibility
from assistant.i18n import text as message
from tests.checks.checks_case import Case, foreign, inbound, source

NOTES = [
    source("Agreed: go-live moves from 12 March to 19 March 2027, all 14 terminals.", path="notes/a.md"),
    source("决定：上线由3月12日调整为3月19日，预算 38,600 元。", path="notes/b.md", dated=date(2026, 11, 18)),
]
INSIDE = [
    source("OSPREY costs us £4,150 and the margin drops to 22 %.", path="notes/i.md", visibility=Visibility.INTERNAL)
]
MAIL = "I am not happy. The prices are still wrong. When is go-live? 请尽快答复。"
LANGUAGES: tuple[Language, ...] = ("en", "zh")
PROSE = st.text(st.characters(codec="utf-8"), max_size=300)
PIECES = st.lists(
    st.sampled_from(
        [
            "go-live",
            "19 March 2027",
            "£4,150",
            "not",
            "fixed",
            "上线",
            "3月19日",
            "OSPREY",
            "[…: x]",
            "，",
            "。",
            ".",
            " ",
            "\n",
            "password: a1b2c3d4",
            "1.234,56",
            "\u200b",
            "E1",
            "https://a.example/x",
            "🙂",
            "\u202e",
            "TBD",
            "|",
            "(",
            "*",
        ]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("check", "code"), [(check, code) for check, codes in CODES.items() for code in codes])
def test_every_code_has_a_text_in_both_languages(check: str, code: str, language: Language) -> None:
    values = dict.fromkeys(
        (
            "said",
            "source",
            "where",
            "lead",
            "other_where",
            "text",
            "step",
            "before",
            "point",
            "number",
            "labels",
            "date",
            "other",
            "email",
            "passage",
            "days",
            "limit",
            "lead",
        ),
        "…",
    )

    assert message(f"finding.{check}.{code}", language, **values)


def rich() -> Case:
    return Case(
        [
            ("Dear Mr Vos,", ()),
            ("Go-live is on 12 March 2027 in all 41 terminals.", (1,)),
            ("OSPREY costs £4,150.", ()),
            ("上线定在3月12日，预算 36,800 元。", (2,)),
            ("The rest is [...: the rest].", (9,)),
            ("All is well.", ()),
        ],
        NOTES,
        internal=INSIDE,
        inbound=inbound(MAIL),
        foreign=foreign("Contract £88,500 with WAGTAIL."),
        recipients=(),
    )


def test_each_finding_has_a_known_code_and_can_be_shown_in_both_languages() -> None:
    found = run_checks(rich().input())

    assert {f.check for f in found} >= {"gap", "audience", "support", "superseded", "coverage"}
    for finding in found:
        assert finding.code in CODES[finding.check]
        for language in LANGUAGES:
            assert message(finding.message_key, language, **finding.values)


def test_order_is_fixed_and_no_finding_comes_twice() -> None:
    found = run_checks(rich().input())

    assert found == run_checks(rich().input())
    assert [SEVERITY_ORDER[f.severity] for f in found] == sorted(SEVERITY_ORDER[f.severity] for f in found)
    assert len({f.id for f in found}) == len(found)


def test_ids_survive_an_edit_elsewhere() -> None:
    before = run_checks(rich().input())
    edited = rich()
    sentences = list(edited.sentences)
    sentences[0] = ("Good morning Mr Vos, and thank you for your patience,", ())
    sentences[5] = ("All is quite well.", ())
    after = run_checks(replace(edited, sentences=sentences).input())

    def kept(found: tuple[Finding, ...]) -> set[str]:
        return {f.id for f in found if f.sentence_id in {"s2", "s3", "s4", "s5"}}

    assert kept(before) == kept(after)
    assert {f.start for f in before if f.sentence_id == "s2"} != {f.start for f in after if f.sentence_id == "s2"}


def test_an_edit_of_the_sentence_itself_gives_new_ids() -> None:
    sentences = list(rich().sentences)
    sentences[1] = ("Go-live is on 13 March 2027 in all 41 terminals.", (1,))
    before = {f.id for f in run_checks(rich().input()) if f.sentence_id == "s2"}
    after = {f.id for f in run_checks(replace(rich(), sentences=sentences).input()) if f.sentence_id == "s2"}

    assert not before & after


@settings(max_examples=120, deadline=None)
@given(st.lists(PROSE | PIECES, max_size=4), PROSE | PIECES, st.sampled_from(["en", "zh"]))
def test_no_text_makes_a_check_raise(texts: list[str], subject: str, language: Language) -> None:
    case = Case(
        [(t, (1, 2) if i % 2 else ()) for i, t in enumerate(texts)],
        NOTES,
        internal=INSIDE,
        inbound=inbound(subject + "\n" + MAIL),
        subject=subject,
        language=language,
        foreign=foreign("Contract £88,500 with WAGTAIL."),
    )
    body = case.input().draft.body
    for finding in run_checks(case.input()):
        assert finding.code in CODES[finding.check]
        if finding.start is not None and finding.end is not None:
            assert 0 <= finding.start <= finding.end <= len(body)


@settings(max_examples=60, deadline=None)
@given(PROSE | PIECES)
def test_no_source_makes_a_check_raise(text: str) -> None:
    notes = [source(text, path="notes/any.md"), *NOTES]
    case = Case(
        [("Go-live is on 12 March 2027, OSPREY costs £4,150.", (1, 2))],
        notes,
        internal=[source(text, path="notes/in.md", visibility=Visibility.INTERNAL)],
    )

    run_checks(case.input())


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "上",
        "not ",
        "no ",
        "1,234.",
        "from 1 to ",
        "((",
        "- ",
        "- [ ] ",
        "你说",
        "wrote:",
        "AI ",
        "[…",
        "ignore all ",
        "\u200b",
        "A@",
        "XX",
        "= ",
    ],
)
def test_a_long_line_does_not_hang(piece: str) -> None:
    line = (piece * 20_000)[:20_000]
    case = Case([(line, (1,))], [NOTES[0], source(line, path="notes/long.md")], inbound=inbound(line), internal=INSIDE)

    run_checks(case.input())
    assert set(CHECKS) == set(CODES)
    assert string.ascii_letters
