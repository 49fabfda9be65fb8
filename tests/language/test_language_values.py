"""Numbers, dates, language and folding, read and written alone."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.language.dates import format_date, parse_iso_prefix, resolve_date
from assistant.language.detect import detect_language
from assistant.language.facts import extract_facts
from assistant.language.normal import bigrams, fold, tokens
from assistant.language.numbers import format_number, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,000", "12000"),
        ("12.5", "12.5"),
        ("1.234,56", "1234.56"),
        ("12 000", "12000"),
        ("-0.5", "-0.5"),
        ("1.2万", "12000"),
        ("3百万", "3000000"),
        ("三千五百", "3500"),
        ("三千五", "3500"),
        ("两万三", "23000"),
        ("一百零五", "105"),
        ("十五", "15"),
        ("一亿两千万", "120000000"),
        ("二〇二六", "2026"),
        ("三点五", "3.5"),
        ("１２", "12"),
        ("twenty-five", "25"),
        ("two hundred and five", "205"),
    ],
)
def test_parse_number(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "-", "abc", "三五百", "万", "1..2", "and", "9" * 500, "12a"])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_format_number() -> None:
    assert format_number("12000", "en") == "12,000"
    assert format_number(Decimal("-1234.50"), "en") == "-1,234.5"
    assert format_number(12000, "zh") == "12000"
    assert format_number(350_000, "zh") == "35万"
    with pytest.raises(ValueError, match="not a number"):
        format_number("soon", "en")


def test_resolve_date() -> None:
    assert resolve_date("by Friday", date(2026, 3, 10)) == ("2026-03-13", "relative:weekday")
    assert resolve_date("3/4", date(2026, 3, 10), "zh") == ("2026-03-04", "partial:year-inferred")
    assert resolve_date("on 3/4", date(2026, 3, 10), "en") == ("2026-04-03", "partial:year-inferred")
    assert resolve_date("nothing here", date(2026, 3, 10)) is None


def test_the_nearest_year_is_taken() -> None:
    assert resolve_date("28 December", date(2026, 1, 5)) == ("2025-12-28", "partial:year-inferred")
    assert resolve_date("1月3日", date(2026, 12, 30)) == ("2027-01-03", "partial:year-inferred")
    assert resolve_date("29 February", date(2027, 6, 1)) == ("2028-02-29", "partial:year-inferred")


@pytest.mark.parametrize(
    ("iso", "language", "written"),
    [
        ("2026-03-19", "en", "19 March 2026"),
        ("2026-03-19", "zh", "2026年3月19日"),
        ("2026-03", "en", "March 2026"),
        ("--03-19", "zh", "3月19日"),
        ("2026-Q1", "en", "2026-Q1"),
        ("2026-13-01", "en", "2026-13-01"),
    ],
)
def test_format_date(iso: str, language: str, written: str) -> None:
    assert format_date(iso, language) == written


def test_format_date_leaves_out_the_year_that_goes_without_saying() -> None:
    assert format_date("2026-03-19", "en", same_year_as=date(2026, 1, 1)) == "19 March"
    assert format_date("2026-03-19", "zh", same_year_as=date(2025, 1, 1)) == "2026年3月19日"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2026-03-10-minutes.md", date(2026, 3, 10)),
        ("20260310 kickoff.txt", date(2026, 3, 10)),
        ("2026.03.10", date(2026, 3, 10)),
        ("2026年3月10日", date(2026, 3, 10)),
        ("minutes_2026_3_1.md", date(2026, 3, 1)),
        ("20261310", None),
        ("minutes.md", None),
        ("120260310", None),
    ],
)
def test_parse_iso_prefix(name: str, found: date | None) -> None:
    assert parse_iso_prefix(name) == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The API is done", "en"),
        ("OK", "en"),
        ("接口完成", "zh"),
        ("今天 deploy 到 staging 环境", "zh"),
        ("Please call 王磊 about the test data", "en"),
        ("der Bericht ist nicht fertig", "other"),
        ("これはテストです", "other"),
        ("Это тест", "other"),
        ("12345", "other"),
        ("", "other"),
    ],
)
def test_detect_language(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_fold() -> None:
    assert fold("  Ｂudget\u200b  Re\u00adport ") == "budget report"
    assert fold("pаssword") == "password"  # the second letter is Cyrillic
    assert fold("Это") == "это"


def test_tokens_and_bigrams() -> None:
    assert tokens("接口联调 done: HP-231") == ["接口", "口联", "联调", "done", "hp-231"]
    assert bigrams("好 接口联") == ["好", "接口", "口联"]


@pytest.mark.parametrize(
    ("text", "number"), [("功率42千瓦", "42"), ("3万千瓦", "30000"), ("5千米", "5"), ("3千元", "3000")]
)
def test_a_thousand_watts_are_a_unit_and_no_number(text: str, number: str) -> None:
    assert [f.amount for f in extract_facts(text)] == [number]
