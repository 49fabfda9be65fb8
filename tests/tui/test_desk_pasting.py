"""A paste is text: escapes inside it are shown and never become keys, however the bytes are cut."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events

from tui.pasting import BEGIN, END, GuardedParser, PasteGuard

HOSTILE = "Hi \x1b]52;c;b3duZWQ=\x07the \x1b[2J printer\x13 a y \x9b31m 打印\r\nHelen\t!"
SHOWN = "Hi ␛]52;c;b3duZWQ=␇the ␛[2J printer␓ a y �31m 打印\r\nHelen\t!"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 1000])
def test_escapes_in_a_paste_become_pictures_and_no_keys(size: int) -> None:
    parser = GuardedParser()
    sent = f"a{BEGIN}{HOSTILE}{END}b\x1b[C"
    found = [event for i in range(0, len(sent), size) for event in parser.feed(sent[i : i + size])]
    pasted = [event.text for event in found if isinstance(event, events.Paste)]
    assert pasted == [SHOWN]
    assert [event.key for event in found if isinstance(event, events.Key)] == ["a", "b", "right"]


@given(
    st.text(alphabet="a\x1b[20~1\r\n打", max_size=40).filter(lambda t: END not in t),
    st.lists(st.integers(0, 60), max_size=5),
)
@example(BEGIN, [])
def test_what_is_cut_anywhere_reads_the_same(words: str, cuts: list[int]) -> None:
    sent = f"x{BEGIN}{words}{END}y{BEGIN}z"
    guard = PasteGuard()
    places = [0, *sorted(min(c, len(sent)) for c in cuts), len(sent)]
    pieces = [sent[a:b] for a, b in pairwise(places)]
    assert "".join(map(guard.clean, pieces)) == PasteGuard().clean(sent)
    assert PasteGuard().clean(sent).count("\x1b") == 3  # two begins and one end: a begin inside a paste is its text


def test_keys_outside_a_paste_pass_untouched() -> None:
    assert PasteGuard().clean("\x1b[A\x13\x1b") == "\x1b[A\x13\x1b"
