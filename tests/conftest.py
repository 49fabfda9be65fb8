"""What all tests share: no keys, no real home folder, no network but loopback, and a sample workspace to copy."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KEEP = {"PATH", "TMPDIR", "TERM", "SSL_CERT_FILE", "VIRTUAL_ENV", "README_WRITE"}


@pytest.fixture(scope="session", autouse=True)
def _plain_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hide the developer's keys, settings, language and home folder from every test."""
    before = dict(os.environ)
    for name in set(os.environ) - KEEP:
        if not name.startswith(("PYTEST", "COV", "HYPOTHESIS", "TEXTUAL_SNAPSHOT")):
            del os.environ[name]
    os.environ.update(HOME=str(tmp_path_factory.mktemp("home")), LANG="C.UTF-8")
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A fresh copy of the sample workspace."""
    folder = tmp_path / "workspace"
    shutil.copytree(ROOT / "knowledge" / "sample", folder)
    return folder


@pytest.fixture(scope="session")
def indexed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, indexed once for the whole run; copy it (`indexed`) before changing anything."""
    from assistant.bootstrap import open_propose

    folder = tmp_path_factory.mktemp("indexed") / "workspace"
    shutil.copytree(ROOT / "knowledge" / "sample", folder)
    services = open_propose(folder)
    for project in services.projects.all():
        services.index(project.slug)
    return folder


@pytest.fixture
def indexed(indexed_once: Path, tmp_path: Path) -> Path:
    """A copy of the indexed sample workspace that a test may change."""
    folder = tmp_path / "indexed"
    shutil.copytree(indexed_once, folder, ignore=shutil.ignore_patterns("*-shm", "*.lock"))
    return folder
