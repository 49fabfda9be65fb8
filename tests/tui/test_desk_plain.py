"""Text from outside is shown as text, and fits."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.plain import fit, shown, typed, wrap

WORDS = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("上线日期由三月，。（）[]… ab1月日\n\t\x1b\x9b\u202e")),
    max_size=200,
)


@given(WORDS)
def test_nothing_a_terminal_obeys_is_left_and_every_character_keeps_its_place(words: str) -> None:
    safe = shown(words)
    assert len(safe) == len(words)
    assert not any(ord(c) < 0x20 and c != "\n" for c in safe)
    assert not any(0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in safe)
    assert not any(c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068" for c in safe)


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    assert shown("\x1b]0;title\x07 \x1b[31mred") == "␛]0;title␇ ␛[31mred"
    assert "\ufffd" in shown("\x9b31m")
    assert shown("[bold]x[/bold]") == "[bold]x[/bold]"


def test_pasted_text_has_one_kind_of_line_end() -> None:
    assert typed("a\r\nb\rc\td") == "a\nb\nc    d"


@given(WORDS, st.integers(0, 60))
def test_a_cell_has_exactly_its_width(words: str, cells: int) -> None:
    line = fit(words, cells)
    assert cell_len(line) == cells
    assert "\n" not in line


@given(st.text(alphabet="上线日期由三月，。（）[]…abc 12月日-\n", max_size=300), st.integers(2, 60))
def test_wrapping_loses_nothing_but_spaces_and_keeps_to_the_width(words: str, cells: int) -> None:
    lines = wrap(words, cells)
    end = 0
    for begin, stop in lines:
        assert words[end:begin].strip(" \n") == ""
        assert cell_len(words[begin:stop]) <= cells
        end = stop
    assert words[end:].strip(" ") == ""


def test_a_chinese_line_begins_with_no_closing_mark_and_dates_stay_whole() -> None:
    words = "承运商接口的上线日期由3月12日改为3月19日，因为对方的沙箱尚未开通（详见纪要），我们会尽快。"
    for cells in range(12, 40):
        lines = [words[a:b] for a, b in wrap(words, cells)]
        assert not any(line[0] in "，。）" for line in lines)
        assert not any(line[-1] == "（" for line in lines)
        assert any("3月19日" in line for line in lines)


def test_english_breaks_at_spaces_and_cuts_only_what_is_too_long() -> None:
    words = "The run moves to 19 March abcdefghijklmnopqrstuvwxyz"
    assert [words[a:b] for a, b in wrap(words, 12)] == [
        "The run",
        "moves to 19",
        "March",
        "abcdefghijkl",
        "mnopqrstuvwx",
        "yz",
    ]
