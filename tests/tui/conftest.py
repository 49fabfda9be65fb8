"""A real workspace for the desk: the sample's notes indexed, drafts of every sort stored, real databases underneath.

Search goes by words only here, because the embedder has tests of its own and would cost each run half a minute.
"""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.bootstrap import open_desk, sample_folder
from assistant.domain.inbound import ReceivedMail
from assistant.domain.project import Language
from assistant.domain.view import DraftRequest
from assistant.services import DeskServices
from tests.tui.desk_tools import (
    CHINESE,
    ENGLISH,
    MAIL,
    DeskMaker,
    add_draft,
    chinese_sections,
    clean_sections,
    open_sections,
)
from tui.app import Desk


@pytest.fixture(scope="session")
def furnished_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace, built once for the run."""
    folder = tmp_path_factory.mktemp("furnished") / "workspace"
    shutil.copytree(sample_folder(), folder)
    with (folder / "sincerely.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[embedding]\nname = "none"\n')
    services = open_desk(folder)
    for slug in (ENGLISH, CHINESE):
        services.index(slug)
    contact = services.projects.get(ENGLISH).contacts[0]
    mail = ReceivedMail(MAIL, subject="Moved again", sender_name=contact.name, sender_email=contact.email)
    inbound = services.take_in(ENGLISH, mail)
    services.draft(DraftRequest(ENGLISH, "complaint", inbound_id=inbound.id))
    add_draft(services, "d-chinese", CHINESE, "zh", chinese_sections())
    add_draft(services, "d-clean", ENGLISH, "en", clean_sections())
    add_draft(services, "d-open", ENGLISH, "en", open_sections())
    return folder


@pytest.fixture
def folder(furnished_once: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    copy = tmp_path / "workspace"
    shutil.copytree(furnished_once, copy)
    return copy


@pytest.fixture
def services(folder: Path) -> DeskServices:
    """The desk's services on that copy; ten minutes to take an approval back."""
    return replace(open_desk(folder), undo=timedelta(minutes=10), reviewer="Orla")


@pytest.fixture
def desk(services: DeskServices, tmp_path: Path) -> DeskMaker:
    """Make a desk on the services, or on other ones."""

    def make(
        other: DeskServices | None = None,
        *,
        language: Language = "en",
        deliver: bool = False,
        keys: dict[str, str] | None = None,
    ) -> Desk:
        return Desk(
            lambda: other or services,
            language=language,
            deliver=deliver,
            private=tmp_path / "private",
            exports=tmp_path / "exports",
            keys=keys,
        )

    return make
