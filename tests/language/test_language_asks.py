import zlib
from importlib import resources

import pytest

from assistant.language.asks import Ask, asks_for_something, find_ask, rule_ask
from assistant.language.asks_model import BITS, FILE, HEAD, MAGIC, ask_log_odds, features


@pytest.mark.parametrize(
    ("sentence", "ask"),
    [
        ("Please send the list.", "request"),
        ("Could you call me before noon?", "request"),
        ("We need the drawings by Friday.", "request"),
        ("I would appreciate a short summary.", "request"),
        ("Would you mind splitting the costs?", "request"),
        ("Replace the logo on page two.", "request"),
        ("Could you tell me when we go live?", "question"),
        ("Please let me know whether the date holds.", "question"),
        ("When can we log in", "question"),
        ("I'd like to understand how this was calculated.", "question"),
        ("Is it in the contract?", "question"),
        ("麻烦把材料发我一份。", "request"),
        ("能不能安排个人跟一下？", "request"),
        ("务必提前通知我们。", "request"),
        ("请问什么时候上线？", "question"),
        ("想了解一下报价里是否包含维保", "question"),
        ("可否告知预计完成时间？", "question"),
        ("贵司的系统能否与我们的平台对接？", "question"),
        ("Please find the form attached.", None),
        ("Let me know if you have any questions.", None),
        ("The training went well.", None),
        ("Call on Monday went fine.", None),
        ("请查收附件。", None),
        ("如有疑问请随时联系我。", None),
        ("周报收到了，谢谢。", None),
        ("", None),
    ],
)
def test_rules_tell_a_request_from_a_question(sentence: str, ask: Ask | None) -> None:
    assert rule_ask(sentence) == ask


def test_what_the_writer_will_do_is_an_ask_only_where_it_is_the_whole_text() -> None:
    sentence = "I can meet around 10:00."

    assert rule_ask(sentence) is None
    assert find_ask(sentence) is None
    assert asks_for_something(sentence)


def test_the_model_takes_back_what_advertisements_ask() -> None:
    sentence = "To ensure that you receive our emails, please add offers@shop.example to your address book."

    assert rule_ask(sentence) == "request"
    assert not asks_for_something(sentence)


def test_the_model_prefers_asks() -> None:
    assert ask_log_odds("Please give me your comments by Friday.") > 1
    assert ask_log_odds("The meeting was on Monday.") < 0
    assert all(0 <= place < 1 << BITS for place in features("Please call 020 555 or write to a@b.example"))


def test_the_model_file_holds_one_byte_a_feature_and_no_text() -> None:
    data = resources.files("assistant.language").joinpath(FILE).read_bytes()
    weights = zlib.decompress(data[len(MAGIC) + HEAD.size :])

    assert data.startswith(MAGIC)
    assert len(weights) == 1 << BITS
    assert len(data) < 100_000
