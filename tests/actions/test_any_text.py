"""Whatever the text: nothing is raised, quotes are exact, and nobody and no day is invented."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.action_items import extract_action_items

PIECES = [
    "Tom",
    "I",
    "张工",
    "我",
    "由",
    "请",
    "负责",
    " will ",
    " to ",
    "send",
    "提交",
    "方案",
    "the report",
    " by ",
    "Friday",
    "周五前",
    "3/4",
    "2026-02-30",
    "31 February",
    "# Actions",
    "待办：",
    "\n",
    "\n\n",
    "- ",
    "- [ ] ",
    "| ",
    "|---|---|",
    "Owner: ",
    "Due:",
    "@",
    ":",
    "：",
    "(",
    "）",
    "~~",
    "**",
    "?",
    "。",
    ".",
    "done",
    "已完成",
    "update",
    "改由",
    "\u2028",
    "\x00",
    "\ud800",
    "🙂",
    "\t",
    ">",
]
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


@given(TEXTS, st.one_of(st.none(), st.dates()))
@settings(max_examples=400, deadline=None)
def test_quotes_are_exact_and_owners_and_days_are_in_the_text(text: str, day: date | None) -> None:
    for item in extract_action_items(text, dated=day):
        assert text[item.start : item.end] == item.quote
        assert item.task.strip()
        assert item.due is None or item.due_text
        for owner in (item.owner or "").split("; "):
            assert owner in text
        assert not item.due_text or item.due_text in text.replace("*", "")


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "A: ",
        "由张",
        "- ",
        "|a",
        "Tom and ",
        "Tom will send ",
        "(",
        "1/2 ",
        "# ",
        "~~",
        "[",
        "张三负责把",
        "@a ",
    ],
)
def test_long_runs_of_anything_are_read(piece: str) -> None:
    assert extract_action_items(piece * (200_000 // len(piece)), dated=date(2026, 3, 11)) is not None


def test_time_grows_with_the_text_not_with_its_square() -> None:
    """Counted in calls of the date reader instead of seconds, so that a busy machine changes nothing."""
    from unittest.mock import patch

    from assistant.actions import dues
    from assistant.language.dates import find_dates

    def calls(lines: int) -> int:
        count = 0

        def counted(*args: object, **more: object) -> object:
            nonlocal count
            count += 1
            return find_dates(*args, **more)  # type: ignore[arg-type]

        with patch.object(dues, "find_dates", counted):
            extract_action_items("- [ ] Tom: send report {n} by Friday\n" * lines, dated=date(2026, 3, 11))
        return count

    assert calls(400) <= 2.2 * calls(200)
