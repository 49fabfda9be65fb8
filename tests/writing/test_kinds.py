"""Kinds of message are data: a playbook file makes one, in both languages, everywhere that kinds are offered."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from assistant.bootstrap import open_desk, sample_folder
from assistant.domain.brief import Brief
from assistant.domain.draft import Draft
from assistant.domain.finding import Finding
from assistant.domain.note import NoteKind
from assistant.domain.project import Language
from assistant.domain.view import DraftRequest
from assistant.drafting import draft_message
from assistant.errors import KnowledgeError
from assistant.language.detect import detect_language
from assistant.ports import Writers
from assistant.writing.offline import OfflineWriter
from assistant.writing.rewording import OfflineRewriter
from tests.writing.writing_builders import NOW, brief, library, note, searcher

ROOT = Path(__file__).parents[2]
NEW = ("change", "checkin", "delivery", "followup")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    shutil.copytree(sample_folder(), folder)
    (folder / "playbooks").mkdir()
    shutil.copy(Path(__file__).with_name("handover.toml"), folder / "playbooks")
    return folder


@pytest.mark.parametrize(("slug", "ours"), [("trade-portal", "Finished"), ("lanting-wms", "已完成")])
def test_a_playbook_file_in_the_workspace_makes_a_new_kind_without_code(workspace: Path, slug: str, ours: str) -> None:
    desk = open_desk(workspace)
    desk.index(slug, wait_for_vectors=False)
    assert "handover" in [book.kind for book in desk.kinds()]
    view = desk.draft(DraftRequest(slug, "handover"))
    draft = view.draft
    assert draft.kind == "handover"
    assert ours in draft.body
    assert {s.step for s in draft.sections} >= {"finished", "keys"}
    finished = next(s for s in draft.sections if s.step == "finished")
    assert 1 <= len(finished.sentences) <= 3
    assert all(sentence.evidence for sentence in finished.sentences)
    assert detect_language(draft.body) == draft.language
    assert [f for f in view.findings if f.check == "coverage"] == []


def test_the_command_line_takes_it_too(workspace: Path) -> None:
    command = [sys.executable, "-m", "assistant", "draft", "handover", "-p", "trade-portal", "--json"]
    done = subprocess.run(
        command, cwd=workspace, capture_output=True, check=False, timeout=180, env={"PYTHONPATH": str(ROOT), "PATH": ""}
    )
    assert json.loads(done.stdout)["kind"] == "handover"
    unknown = subprocess.run(
        [*command[:4], "poem", *command[5:]],
        cwd=workspace,
        capture_output=True,
        check=False,
        timeout=180,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )
    assert b"handover" in unknown.stderr


def drafted(its_brief: Brief, *passages: tuple[str, date, NoteKind]) -> Draft:
    notes = [note(text, day, kind) for text, day, kind in passages]

    def no_findings(_: Draft) -> tuple[Finding, ...]:
        return ()

    return draft_message(
        its_brief,
        search=searcher(notes),
        passages=notes,
        library=library(),
        writers=Writers(OfflineWriter(), OfflineRewriter()),
        clock=lambda: NOW,
        new_id=lambda prefix: f"{prefix}-1",
        check=no_findings,
    )


@pytest.mark.parametrize("kind", NEW)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_kind_that_ships_has_every_step_tied_to_guidance_in_both_languages(kind: str, language: Language) -> None:
    book = library().playbook(kind)
    assert book.title.get(language)
    for step in book.steps:
        assert step.guidance
        assert all(library().point(one, language).text for one in step.guidance)
        assert step.roles or step.fixed.get(language), "a step says something or asks something"


@pytest.mark.parametrize("kind", NEW)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_notes_a_kind_says_what_is_missing_and_nothing_else(kind: str, language: Language) -> None:
    draft = drafted(brief(kind, language))
    assert detect_language(draft.body) == language
    assert draft.evidence == ()
    book = library().playbook(kind)
    assert list(draft.gaps) == [step.gap.get(language) for step in book.steps if step.required]


def section(draft: Draft, step: str) -> str:
    return "\n".join(s.text for part in draft.sections if part.step == step for s in part.sentences)


def test_a_change_notice_owns_the_old_value_with_its_reason() -> None:
    draft = drafted(
        brief("change"),
        ("Go-live planned 30 March 2026.", date(2026, 2, 2), NoteKind.MINUTES),
        (
            "Agreed: go-live now 22 April 2026 (was 30 March) because the interface arrived late.",
            date(2026, 3, 11),
            NoteKind.MINUTES,
        ),
    )
    first = section(draft, "what-changes")
    assert "22 April" in first
    assert "30 March" in first
    assert "because the interface arrived late" in first


def test_a_follow_up_tells_the_last_meeting_alone() -> None:
    draft = drafted(
        brief("followup"),
        ("Decided: invoices go out monthly.", date(2026, 2, 3), NoteKind.MINUTES),
        ("Decided: the training is held in Teme.", date(2026, 3, 17), NoteKind.MINUTES),
        ("Decided in a hurry: no second test.", date(2026, 3, 18), NoteKind.LOG),
    )
    decisions = section(draft, "decisions")
    assert "training" in decisions
    assert "invoices" not in draft.body
    assert "second test" not in draft.body


def test_a_delivery_note_keeps_what_was_checked_apart_from_what_is_delivered() -> None:
    draft = drafted(
        brief("delivery"),
        ("18/3\n regression finished: 40 cases, 38 passed, 2 failed", date(2026, 3, 18), NoteKind.LOG),
        ("17/3\n invoice module deployed to staging", date(2026, 3, 17), NoteKind.LOG),
    )
    assert "nvoice module" in section(draft, "what-is-delivered")
    assert "egression" in section(draft, "how-checked")
    assert "egression" not in section(draft, "what-is-delivered")


def test_a_check_in_asks_and_promises_nothing() -> None:
    for language, mark in (("en", "?"), ("zh", "？")):
        draft = drafted(brief("checkin", "zh" if language == "zh" else "en"))
        assert section(draft, "questions").count(mark) == 3


def test_the_kind_that_is_the_rhythms_update_says_so_itself() -> None:
    books = [library().playbook(kind) for kind in library().kinds()]
    assert [book.kind for book in books if book.is_update] == ["status"]


@pytest.mark.parametrize(
    ("line", "named"),
    [('gap_in = "nowhere"', "nowhere"), ('gap_sentence.en = "Tell: {gap}"\ngap_sentence.zh = "说明"', "gap_sentence")],
)
def test_a_playbook_whose_gap_leads_nowhere_is_refused(workspace: Path, line: str, named: str) -> None:
    book = workspace / "playbooks" / "handover.toml"
    text = book.read_text(encoding="utf-8").replace("[[step]]", f"[[step]]\n{line}", 1)
    book.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named):
        open_desk(workspace).kinds()
