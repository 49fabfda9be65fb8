"""A real workspace with one project, two meetings and an internal note; search goes by words only."""

from pathlib import Path

import pytest

from assistant.bootstrap import open_desk
from assistant.services import DeskServices

CARD = """
name = "Harbour labels"
language = "en"
default_visibility = "client"
internal = ["notes/internal/*"]
as_of = 2026-03-20

[client]
id = "quay"
name = "Quay Logistics"

[sender]
name = "Priya Nair"
email = "priya@studio.example"

[[contacts]]
name = "Lena Voss"
email = "lena@quay.example"
default = "to"
"""
FIRST = """# Weekly call, 11 March 2026
Present: Priya Nair, Tom Becker, Lena Voss

## Rollout
We agreed to keep the pilot at one site.
Lena is worried that the scanners may be delayed.
Who signs off the label layout?

## Actions
- Priya: send the revised test plan to Lena by Friday
- Tom: re-run the supplier import (17 March)
- Lena to confirm the scanner delivery date by 19 March

## Internal
- Tom: work out the margin by Friday
"""
SECOND = """# Weekly call, 18 March 2026
Present: Priya Nair, Tom Becker, Lena Voss

- The revised test plan was sent to Lena on Friday.

## Actions
- Tom: re-run the supplier import (24 March)
- Priya: book the pilot room by Monday
"""


@pytest.fixture
def services(tmp_path: Path) -> DeskServices:
    """The desk's services over that workspace, indexed."""
    (tmp_path / "sincerely.toml").write_text('[embedding]\nname = "none"\n', encoding="utf-8")
    folder = tmp_path / "projects" / "labels"
    (folder / "notes" / "internal").mkdir(parents=True)
    (folder / "project.toml").write_text(CARD, encoding="utf-8")
    (folder / "notes" / "2026-03-11 minutes.md").write_text(FIRST, encoding="utf-8")
    (folder / "notes" / "2026-03-18 minutes.md").write_text(SECOND, encoding="utf-8")
    (folder / "notes" / "internal" / "2026-03-12 minutes.md").write_text(
        "# Costs, 12 March 2026\n## Actions\n- Tom: raise the day rate by Friday\n", encoding="utf-8"
    )
    opened = open_desk(tmp_path)
    opened.index("labels")
    return opened
