"""The model writer through the real client stack, on traffic recorded from a real server (see record.py)."""

import pytest
from vcr.errors import (  # type: ignore[import-untyped] # the package ships no types
    CannotOverwriteExistingCassetteException,
)

from assistant.errors import ModelAnswerError
from assistant.writing.model import ModelWriter
from tests.writing.record import SCENARIOS, Scenario, cassette_for, chat_for, task

SAYS = {
    "english": "cut off at 900 tokens",
    "chinese": "not in the recipient's language",
    "cut-off": "cut off at 25 tokens",
    "no-schema": "cut off at 300 tokens",
}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_the_nonsense_of_a_tiny_model_is_refused_with_its_reason(scenario: Scenario) -> None:
    with cassette_for("none").use_cassette(f"{scenario.name}.yaml") as cassette:
        with pytest.raises(ModelAnswerError, match=SAYS[scenario.name]):
            ModelWriter(chat_for(scenario, "http://127.0.0.1:1/v1")).write(task(scenario.language))
        assert cassette.all_played


def test_another_question_than_the_recorded_one_fails() -> None:
    with (
        cassette_for("none").use_cassette("english.yaml"),
        pytest.raises(CannotOverwriteExistingCassetteException),
    ):
        ModelWriter(chat_for(SCENARIOS[0], "http://127.0.0.1:1/v1")).write(task("zh"))
