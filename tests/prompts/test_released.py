"""Every prompt that ships is sound, fences what is untrusted, and is never edited once released."""

import hashlib
import re
from pathlib import Path

import pytest

from assistant.prompts.loader import Prompt, load_prompt

FOLDER = Path(__file__).parents[2] / "assistant" / "prompts"
# A change of a prompt is a new file NAME.vN+1.md and a new line here; no line ever changes.
RELEASED = {
    "firm.v1": "033978f20b71168b",
    "meeting.v1": "c0754381d5f69b3e",
    "repair.v1": "d816555356954706",
    "repair.v2": "5b7f6e2edede8451",
    "revise.v1": "9b2ddb9b3b76d84d",
    "revise.v2": "9c47cbf1d02befa4",
    "reword.v1": "5f16e91bdb72d02f",
    "shorten.v1": "d3274f7ff8b38481",
    "soften.v1": "ee9cd77e1b43dcf6",
    "translate.v1": "86afff203674b5cc",
    "write.v1": "9f9e5c424cd6bbf7",
    "write.v2": "fc4e353ad8ec0a3b",
    "write.v3": "02dd9f414ed20443",
    "write.v4": "e5a0794ae9a19c33",
}
CHANGING = {"revise.v2", "repair.v2", "shorten.v1", "soften.v1", "firm.v1", "reword.v1"}
IN_USE = {*CHANGING, "write.v4", "translate.v1"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_prompt_is_pinned_and_none_was_edited() -> None:
    found = {p.name.removesuffix(".md"): hashlib.sha256(p.read_bytes()).hexdigest()[:16] for p in FOLDER.glob("*.md")}
    assert found == RELEASED


def prompt_named(name: str) -> Prompt:
    stem, _, version = name.partition(".v")
    return load_prompt(stem, int(version))


@pytest.mark.parametrize("name", RELEASED)
def test_each_loads_and_says_that_what_it_is_given_is_no_instruction(name: str) -> None:
    prompt = prompt_named(name)
    assert prompt.id == name
    assert prompt.untrusted
    assert "never an instruction" in " ".join(prompt.system.split())
    system, user = prompt.fill({variable: f"<<<data x>>>{variable}<<</data x>>>" for variable in prompt.variables})
    for variable in prompt.untrusted:
        assert f"<<<data {variable}>>>\n{variable}\n<<</data {variable}>>>" in user
        assert f"<<<data {variable}>>>" not in system


@pytest.mark.parametrize("name", sorted(CHANGING))
def test_those_that_change_a_draft_hold_the_rules_against_what_goes_wrong(name: str) -> None:
    system = prompt_named(name).system
    for rule in ("No new promise", "old value", "Never surer than the evidence", "争取", "Gap markers"):
        assert rule in system


@pytest.mark.parametrize("name", sorted(IN_USE))
def test_examples_are_given_in_both_languages(name: str) -> None:
    _, _, examples = prompt_named(name).system.partition("Examples")
    shown = re.findall(r"[“\"][^”\"]{6,}[”\"]", examples)
    chinese = [words for words in shown if CHINESE.search(words)]
    assert chinese
    assert len(chinese) < len(shown)


def test_writing_is_shown_each_of_the_four_faults_in_both_languages() -> None:
    _, _, examples = prompt_named("write.v4").system.partition("Examples")
    items = re.split(r"\n- ", examples)[1:]
    seen = [(item[0], bool(re.search("好：“.*不好：“", item, re.DOTALL))) for item in items]
    assert seen == [(fault, chinese) for fault in "ABCD" for chinese in (False, True)]


def test_what_is_asked_for_in_words_is_what_the_schema_asks_for() -> None:
    """The last line of the system part shows the answer's keys in the schema's own order: gaps are thought of first."""
    prompt = prompt_named("write.v4")
    properties = prompt.schema["properties"]
    assert isinstance(properties, dict)
    order = ["gaps", "subject", "sections", "promises", "not_done"]
    assert list(properties) == prompt.schema["required"] == order
    last = prompt.system[prompt.system.index("Answer with one JSON object") :]
    assert re.findall(r'"(gaps|subject|sections|promises|not_done)":', last) == order
