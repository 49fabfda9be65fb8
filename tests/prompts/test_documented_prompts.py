"""docs/model.md names the prompts in use with their schemas, and every way in which a model fails."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from assistant.prompts.loader import load_prompt

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"<!-- ([a-z]+)\.v([0-9]+) -->\n```json\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("name", "version", "schema"), SHOWN, ids=[name for name, _, _ in SHOWN])
def test_the_schema_on_the_page_is_the_prompts(name: str, version: str, schema: str) -> None:
    assert json.loads(schema) == load_prompt(name, int(version)).schema


def test_all_prompts_that_change_a_draft_share_the_schema_that_is_shown() -> None:
    shown = load_prompt("repair", 2).schema
    named = {"revise.v2", "shorten.v1", "soften.v1", "firm.v1", "reword.v1"}
    for name in named:
        stem, _, version = name.partition(".v")
        assert load_prompt(stem, int(version)).schema == shown
    assert {name for name, _, _ in SHOWN} == {"write", "repair"}


def test_the_newest_version_of_every_prompt_is_on_the_page() -> None:
    newest: dict[str, int] = {}
    for file in (ROOT / "assistant" / "prompts").glob("*.md"):
        stem, _, version = file.stem.partition(".v")
        newest[stem] = max(newest.get(stem, 0), int(version))
    assert set(re.findall(r"`([a-z]+\.v[0-9]+)`", PAGE)) == {f"{name}.v{n}" for name, n in newest.items()}


def test_every_code_of_a_failure_is_on_the_page() -> None:
    path = ROOT / "assistant" / "locale" / "en" / "LC_MESSAGES" / "writer.po"
    with path.open("rb") as source:
        keys = {str(message.id).removeprefix("writer.") for message in read_po(source) if message.id}
    codes = {key for key in keys if key.startswith(("failed_", "ceiling_"))}
    assert codes == set(re.findall(r"`((?:failed|ceiling)_[a-z_]+)`", PAGE))
