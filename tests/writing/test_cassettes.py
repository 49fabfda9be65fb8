"""The model writer through the real client stack, on traffic recorded from a real server (see record.py)."""

from collections.abc import Callable

import pytest
from vcr.errors import (
    CannotOverwriteExistingCassetteException,
)

from assistant.errors import ModelAnswerError
from assistant.writing.model import ModelWriter
from tests.writing.record import (
    MODEL,
    SCENARIOS,
    Scenario,
    ask_meeting,
    ask_shorter,
    ask_small,
    ask_translation,
    cassette_for,
    chat_for,
    task,
)

SAYS = {
    "english": "cut off at 160 tokens",
    "chinese": "cut off at 400 tokens",
    "cut-off": "cut off at 25 tokens",
    "no-schema": "cut off at 120 tokens",
}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_the_nonsense_of_a_tiny_model_is_refused_with_its_reason(scenario: Scenario) -> None:
    with cassette_for("none").use_cassette(f"{scenario.name}.yaml") as cassette:
        with pytest.raises(ModelAnswerError, match=SAYS[scenario.name]):
            ModelWriter(chat_for(scenario, "http://127.0.0.1:1/v1")).write(task(scenario.language))
        assert cassette.all_played


@pytest.mark.parametrize(("name", "ask"), [("shorten", ask_shorter), ("translate", ask_translation)])
def test_rewriter_and_translator_go_through_the_real_client_too(name: str, ask: Callable[[str], object]) -> None:
    with cassette_for("none").use_cassette(f"{name}.yaml") as cassette:
        with pytest.raises(ModelAnswerError, match="cut off at 120 tokens"):
            ask("http://127.0.0.1:1/v1")
        assert cassette.all_played


def test_a_whole_answer_is_read_with_its_model_and_tokens() -> None:
    with cassette_for("none").use_cassette("complete.yaml") as cassette:
        answer = ask_small("http://127.0.0.1:1/v1")
        assert cassette.all_played
    assert set(answer.data) == {"text"}
    assert answer.model == MODEL
    assert (answer.input_tokens or 0) > 0
    assert (answer.output_tokens or 0) > 0


def test_what_the_tiny_model_invents_of_a_meeting_is_believed_in_nothing() -> None:
    """It gave two items, "Ada Ray" and "Bo Lind", each with a quote that the minutes do not hold."""
    with cassette_for("none").use_cassette("meeting.yaml") as cassette:
        assert ask_meeting("http://127.0.0.1:1/v1") == ()
        assert cassette.all_played


def test_another_question_than_the_recorded_one_fails() -> None:
    with (
        cassette_for("none").use_cassette("english.yaml"),
        pytest.raises(CannotOverwriteExistingCassetteException),
    ):
        ModelWriter(chat_for(SCENARIOS[0], "http://127.0.0.1:1/v1")).write(task("zh"))
