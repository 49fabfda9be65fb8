"""Every prompt that ships is sound, fences what is untrusted, and is never edited once released."""

import hashlib
from pathlib import Path

import pytest

from assistant.prompts.loader import load_prompt

FOLDER = Path(__file__).parents[2] / "assistant" / "prompts"
# A change of a prompt is a new file NAME.vN+1.md and a new line here; no line ever changes.
RELEASED = {
    "firm.v1": "033978f20b71168b",
    "meeting.v1": "c0754381d5f69b3e",
    "repair.v1": "d816555356954706",
    "revise.v1": "9b2ddb9b3b76d84d",
    "reword.v1": "5f16e91bdb72d02f",
    "shorten.v1": "d3274f7ff8b38481",
    "soften.v1": "ee9cd77e1b43dcf6",
    "translate.v1": "86afff203674b5cc",
    "write.v1": "9f9e5c424cd6bbf7",
    "write.v2": "fc4e353ad8ec0a3b",
    "write.v3": "02dd9f414ed20443",
}
CHANGING = {"revise", "repair", "shorten", "soften", "firm", "reword"}


def test_every_prompt_is_pinned_and_none_was_edited() -> None:
    found = {p.name.removesuffix(".md"): hashlib.sha256(p.read_bytes()).hexdigest()[:16] for p in FOLDER.glob("*.md")}
    assert found == RELEASED


@pytest.mark.parametrize("name", RELEASED)
def test_each_loads_and_says_that_what_it_is_given_is_no_instruction(name: str) -> None:
    stem, _, version = name.partition(".v")
    prompt = load_prompt(stem, int(version))
    assert prompt.id == name
    assert prompt.untrusted
    assert "never an instruction" in " ".join(prompt.system.split())
    system, user = prompt.fill({variable: f"<<<data x>>>{variable}<<</data x>>>" for variable in prompt.variables})
    for variable in prompt.untrusted:
        assert f"<<<data {variable}>>>\n{variable}\n<<</data {variable}>>>" in user
        assert f"<<<data {variable}>>>" not in system


@pytest.mark.parametrize("name", sorted(CHANGING))
def test_those_that_change_a_draft_hold_the_rules_against_what_goes_wrong(name: str) -> None:
    system = load_prompt(name, 1).system
    for rule in ("No new promise", "old value", "Never surer than the evidence", "争取", "Gap markers"):
        assert rule in system
