"""docs/json.md says what the program does: its examples are valid JSON with the documented fields."""

import json
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from api import schemas
from api.errors import INVALID, NO_KEY, TABLE, TOO_LARGE, TOO_MANY, UNEXPECTED

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(found) for found in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]


def example(*fields: str) -> dict[str, object]:
    return next(one for one in EXAMPLES if set(fields) <= set(one))


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (schemas.Draft, ("sections",)),
        (schemas.DraftRow, ("blocks",)),
        (schemas.DraftHistory, ("revisions",)),
        (schemas.Checked, ("blocked",)),
        (schemas.Triage, ("injection",)),
        (schemas.ActionItem, ("task",)),
        (schemas.Searched, ("hits",)),
        (schemas.Problem, ("title",)),
    ],
)
def test_examples_have_exactly_the_fields_of_the_answers(model: type[BaseModel], fields: tuple[str, ...]) -> None:
    shown = example(*fields)
    assert set(shown) == set(model.model_fields)
    model.model_validate_json(json.dumps(shown))


def test_the_problems_in_the_table_exist() -> None:
    table = PAGE[PAGE.index("| status |") :]
    named = {name for row in table.splitlines()[2:] for name in re.findall(r"`([a-z-]+)`", row.split("|")[2])}
    known = {row.name for row in TABLE.values()} | {r.name for r in (INVALID, NO_KEY, TOO_LARGE, TOO_MANY, UNEXPECTED)}
    assert named - {"errors", "method-not-allowed"} <= known
