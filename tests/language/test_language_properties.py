"""What holds for any text at all."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.facts import Fact
from assistant.language.dates import format_date, parse_iso_prefix, resolve_date
from assistant.language.detect import detect_language
from assistant.language.facts import extract_facts
from assistant.language.normal import bigrams, fold, fold_lookalikes, tokens, visible
from assistant.language.numbers import parse_number
from assistant.language.sentences import split_sentences
from assistant.language.statements import classify_statement

_PIECES = (
    "12 19 3 2026 0 99 三 两 十 百 万 半 月 日 号 周 周三 下 上 个 年 底 点 March Friday next by in end of two weeks"
    " EUR € ¥ % 成 元 v2.4.1 HP-231 # @ a@b.de http://x.cn / - – : . , ， 。 ； ? [… ] > | * \u200b \u00ad Mr. No. e.g."
    " 王 总 工 Anna Ms done not 未 已 完成 将 ( ) “ ” … 13:45 pm Q1 T Z +08:00 ½ ＡＢ１２ 👍🏽 עברית а \ud800 \x00"
)
PIECES = st.sampled_from([*_PIECES.split(" "), "\x85", "\u2028", " ", "\n", "\r\n", "\t", "\n\n", "\n> "])
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=30).map(" ".join)
)
DATES = st.one_of(st.none(), st.just(date.min), st.just(date.max), st.dates())


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_sentences_are_exact_ordered_and_trimmed(text: str) -> None:
    spans = split_sentences(text)
    position = 0
    for span in spans:
        assert position <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text == span.text.strip()
        position = span.end


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["plan", "test", "data", "report", "interface", "module"]), min_size=1, max_size=30))
def test_plain_words_are_all_kept(words: list[str]) -> None:
    text = " ".join(words) + ". " + " ".join(words)
    assert "".join(" ".join(span.text for span in split_sentences(text)).split()) == "".join(text.split())


@settings(max_examples=400, deadline=None)
@given(TEXTS, DATES)
def test_facts_are_exact_sorted_and_apart(text: str, reference: date | None) -> None:
    found = extract_facts(text, reference=reference, names=["Anna", "王总"])
    position = 0
    for fact in found:
        assert isinstance(fact, Fact)
        assert position <= fact.start < fact.end <= len(text)
        assert text[fact.start : fact.end] == fact.text
        assert fact.value
        position = fact.end
    assert found == extract_facts(text, reference=reference, names=["Anna", "王总"])


@settings(max_examples=300, deadline=None)
@given(TEXTS, DATES)
def test_nothing_raises(text: str, reference: date | None) -> None:
    detect_language(text)
    parse_number(text)
    parse_iso_prefix(text)
    resolve_date(text, reference)
    format_date(text, "en")
    statement = classify_statement(text, reference=reference)
    assert statement.text == text
    assert bool(statement.hedge) is statement.hedged
    bigrams(text)
    assert all(token == token.casefold() for token in tokens(text))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_folding(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())
    assert len(fold_lookalikes(text)) == len(text)
    shown, places = visible(text)
    if places is not None:
        assert "".join(text[place] for place in places[:-1]) == shown


@settings(max_examples=200, deadline=None)
@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)), st.dates())
def test_a_written_date_is_read_back(day: date, reference: date) -> None:
    for language in ("en", "zh"):
        assert resolve_date(format_date(day.isoformat(), language), reference, language) == (
            day.isoformat(),
            "absolute",
        )


@pytest.mark.parametrize(
    "unit",
    ["a", "1", "1,", "1.", "A-", "Aa ", "Aa. ", "一", "王", "-", "19 ", "@", "https://", "#1", "1/", "€1", "(", ">",
     "[…", "月", "one ", "two to ", "小王", "1:00 ",
     "www.", "\u200b", "Α", "3月", "未", "完成", "not ", "|", "周三", " "],
)  # fmt: skip
def test_one_very_long_line(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    assert all(fact.text for fact in extract_facts(text, reference=date(2026, 3, 10)))
    assert all(span.text for span in split_sentences(text))
    classify_statement(text)
    tokens(text)
