"""The knowledge folder: what ships is sound, and what is broken is named by file and key."""

import re
import shutil
from pathlib import Path

import pytest

from assistant.domain.guidance import Window
from assistant.errors import GuidanceNotFoundError, KnowledgeError
from assistant.retrieval.library import KnowledgeLibrary

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
SHIPPED = ("change", "checkin", "complaint", "delivery", "expectation", "followup", "status")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("guidance", "playbooks"):
        shutil.copytree(KNOWLEDGE / name, tmp_path / name)
    return tmp_path


def test_what_ships_is_sound() -> None:
    library = KnowledgeLibrary(KNOWLEDGE)
    assert {p.id for p in library.points("en")} == {p.id for p in library.points("zh")}
    assert library.kinds() == SHIPPED
    steps = library.playbook("complaint").steps
    assert [step.id for step in steps][-1] == "learn"
    assert all(isinstance(step.window, Window) for step in steps)
    assert library.playbook("complaint").needs_inbound
    assert library.playbook("status").opening.zh
    assert library.point("expectations.educate-client", "zh").language == "zh"


def test_unknown_names_are_errors_that_list_what_there_is() -> None:
    library = KnowledgeLibrary(KNOWLEDGE)
    with pytest.raises(GuidanceNotFoundError, match=", ".join(SHIPPED)):
        library.playbook("poem")
    with pytest.raises(GuidanceNotFoundError, match=r"no\.such"):
        library.point("no.such", "en")


@pytest.mark.parametrize(
    ("file", "pattern", "put", "says"),
    [
        ("guidance/complaints.en.toml", r'(?m)^title = ".*"$', "", "complaints.en.toml.*title"),
        (
            "guidance/complaints.en.toml",
            r'id = "complaints\.listen"',
            'id = "complaints.hear"',
            "both languages.*complaints.hear",
        ),
        ("guidance/complaints.en.toml", r'topic = "complaints"', 'topic = "other"', "complaints.en.toml"),
        ("guidance/complaints.zh.toml", r"\Z", '\nmood = "x"\n', "unknown key mood"),
        ("guidance/complaints.zh.toml", r"\A", "x = = 1\n", "not valid TOML"),
        (
            "playbooks/status.toml",
            r'"pillars\.four-together"',
            '"pillars.five-together"',
            "status.toml.*guidance.*five",
        ),
        ("playbooks/status.toml", r'window = "current"', 'window = "soon"', "status.toml.*window"),
        ("playbooks/status.toml", r"max_sentences = 3", "max_sentences = 0", "status.toml.*max_sentences"),
        ("playbooks/status.toml", r'roles = \["state"\]', 'roles = ["mood"]', "mood is no role"),
        ("playbooks/status.toml", r'title.zh = "目前状态"', "", "status.toml.*title"),
        ("playbooks/status.toml", r'kind = "status"', 'kind = "news"', "status.toml.*kind"),
        ("playbooks/complaint.toml", r'answers = "complaint"', 'answers = "all"', "complaint.toml.*answers"),
        (
            "playbooks/status.toml",
            r"reports_promises = true",
            'reports_promises = "yes"',
            "status.toml.*reports_promises",
        ),
    ],
)
def test_a_broken_file_is_named_with_its_key(copy: Path, file: str, pattern: str, put: str, says: str) -> None:
    path = copy / file
    before = path.read_text(encoding="utf-8")
    after = re.sub(pattern, put, before, count=1)
    assert after != before
    path.write_text(after, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=says):
        KnowledgeLibrary(copy).kinds()


def test_a_workspace_may_bring_its_own_playbooks(copy: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = (copy / "playbooks" / "status.toml").read_text(encoding="utf-8")
    (own / "handover.toml").write_text(text.replace('kind = "status"', 'kind = "handover"'), encoding="utf-8")
    library = KnowledgeLibrary(copy, extra_playbooks=own)
    assert "handover" in library.kinds()
    assert KnowledgeLibrary(copy, extra_playbooks=tmp_path / "none").kinds() == SHIPPED


def test_a_kind_is_called_as_a_command_and_an_address_can_name_it(copy: Path) -> None:
    text = (copy / "playbooks" / "status.toml").read_text(encoding="utf-8")
    (copy / "playbooks" / "Status Two.toml").write_text(text.replace("status", "Status Two", 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="small letters"):
        KnowledgeLibrary(copy).kinds()
