"""The use case over real cards, a real index and the shipped playbooks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.adapters.database.passage_store import SqlitePassageStore
from assistant.adapters.workspace import ProjectCards
from assistant.checking import attach_sources, check_draft, mark_passage, text_as_draft
from assistant.domain.draft import CLOSING, GREETING, Draft, Evidence
from assistant.domain.finding import Finding
from assistant.domain.guidance import Playbook
from assistant.domain.note import Hit
from assistant.domain.project import Language, Visibility
from assistant.domain.review import Release
from assistant.errors import InvalidInputError
from assistant.indexing import index_project
from assistant.ports import NoteFile
from assistant.retrieval.library import KnowledgeLibrary
from assistant.searching import search_notes

CARD = """
name = "{name}"
language = "{language}"
default_visibility = "client"
internal = ["internal/**"]
greeting = "Dear {{salutation}},"
closing = "Kind regards"
timezone = "UTC"
model = "none"

[client]
id = "{client}"
name = "{client_name}"

[sender]
name = "Ruth Amadi"
email = "ruth.amadi@fieldgate.example"

[[contacts]]
name = "{contact}"
email = "{mail}"
salutation = "{contact}"
default = "to"
"""
NOTES = {
    "harbour": {
        "2026-11-02 plan.md": "# Plan\n\nGo-live in all 14 terminals: 12 March 2027.\n",
        "2026-11-17 minutes.md": "# Steering call\n\nAgreed: go-live moves from 12 March to 19 March 2027.\n\n"
        "Piet sends the price list for 340 accounts.\n",
        "internal/margin.md": "The margin on OSPREY drops to 22 %, our cost is £4,150.\n",
        "2026-12-01 later.md": "Agreed: go-live moves to 30 April 2027.\n",
    },
    "bank": {"2026-11-10 log.md": "Contract value £88,500; ticket BFB-20931 is about the vault key in Leeds.\n"},
}
AT = datetime(2026, 11, 20, tzinfo=UTC)


class Folder:
    """Notes on disk, read as they are."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def present(self, project: str, path: str) -> bool:
        return True

    def scan(self, project: str) -> Iterator[NoteFile]:
        base = self.root / "projects" / project / "notes"
        for path in sorted(p for p in base.rglob("*") if p.is_file()):
            stat = path.stat()
            yield NoteFile(f"notes/{path.relative_to(base).as_posix()}", stat.st_size, stat.st_mtime_ns)

    def read(self, project: str, path: str) -> bytes:
        return (self.root / "projects" / project / path).read_bytes()

    def add(self, project: str, name: str, text: str) -> str:
        raise AssertionError((project, name, text))


class NoVectors:
    """The vector index of a search by words only: nobody may ask it anything."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(name)


class Desk:
    def __init__(self, root: Path) -> None:
        for slug, name, client, client_name, contact, mail in (
            ("harbour", "Harbour portal", "kestrel", "Kestrel Ferries", "Piet Vos", "piet.vos@kestrel.example"),
            ("bank", "Vault", "blackfriars", "Blackfriars Bank", "Maud Pryce", "m.pryce@blackfriars.example"),
        ):
            folder = root / "projects" / slug
            card = CARD.format(
                name=name, language="en", client=client, client_name=client_name, contact=contact, mail=mail
            )
            for note, text in NOTES[slug].items():
                path = folder / "notes" / note
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            (folder / "project.toml").write_text(card, encoding="utf-8")
        self.projects = ProjectCards(root)
        self.store = SqlitePassageStore(root / "state")
        for project in self.projects.all():
            index_project(
                project,
                folder=Folder(root),
                store=self.store,
                vectors=NoVectors(),  # type: ignore[arg-type]
                embedder=None,
                mark=mark_passage,
            )
        self.project = self.projects.get("harbour")
        self.library = KnowledgeLibrary(Path(__file__).parents[2] / "knowledge")

    def search(self, words: str) -> tuple[Hit, ...]:
        return search_notes(
            "harbour",
            words,
            store=self.store,
            vectors=NoVectors(),  # type: ignore[arg-type]
            embedder=None,
            n=5,
            visibilities=(Visibility.CLIENT,),
            as_of=date(2026, 11, 20),
        ).hits

    def text(self, text: str, *, playbook: Playbook | None = None, language: Language | None = None) -> Draft:
        return text_as_draft(
            text,
            project=self.project,
            playbook=playbook,
            language=language,
            as_of=date(2026, 11, 20),
            recipients=self.project.default_recipients(),
            at=AT,
            new_id=lambda prefix: f"{prefix}-1",
        )

    def check(self, draft: Draft, *released: str) -> tuple[Finding, ...]:
        releases = [Release(draft.id, passage, "Ruth", AT, "asked") for passage in released]
        return check_draft(
            draft,
            project=self.project,
            playbook=None,
            inbound=None,
            releases=releases,
            store=self.store,
            projects=self.projects,
        )

    def codes(self, text: str) -> list[tuple[str, str]]:
        draft = attach_sources(self.text(text), search=self.search, project=self.project)
        return [(f.check, f.code) for f in self.check(draft)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "state").mkdir()
    return Desk(tmp_path)


def test_a_text_is_held_against_the_projects_own_notes(desk: Desk) -> None:
    assert desk.codes("Go-live is on 19 March 2027.") == []
    assert desk.codes("Go-live is on 26 March 2027.") == [("support", "date_differs")]
    assert desk.codes("Go-live in all 14 terminals is on 12 March 2027.") == [("superseded", "superseded")]
    assert desk.codes("Piet sends the price list for 430 accounts.") == [("support", "number_differs")]
    assert desk.codes("The cafeteria was painted green.") == [("support", "no_source")]


def test_notes_after_the_as_of_date_are_not_seen(desk: Desk) -> None:
    later = replace(desk.text("Go-live is on 19 March 2027."), as_of=date(2026, 12, 2))

    assert desk.codes("Go-live is on 19 March 2027.") == []
    assert "superseded" in {f.code for f in desk.check(attach_sources(later, search=desk.search, project=desk.project))}


def test_internal_text_blocks_until_it_is_released(desk: Desk) -> None:
    draft = desk.text("Our cost is £4,150.")
    (leak,) = [f for f in desk.check(draft) if f.check == "audience"]

    assert (leak.code, leak.severity) == ("internal_text", "block")
    assert [f for f in desk.check(draft, leak.values["passage"]) if f.check == "audience"] == []


def test_another_clients_notes_are_known_by_marks_only(desk: Desk) -> None:
    found = desk.check(desk.text("As for Blackfriars Bank, BFB-20931 costs £88,500."))
    others = [f for f in found if f.check == "audience"]

    assert {f.code for f in others} == {"other_client_name", "other_client_value"}
    assert all(set(f.values) == {"text"} for f in others)


def test_sources_are_numbered_on_from_those_there_are_and_labels_are_kept(desk: Desk) -> None:
    draft = desk.text("Go-live is on 19 March 2027. Thank you for your patience.")
    first = next(p for p in desk.store.passages("harbour") if "plan" in p.path)
    draft = replace(draft, evidence=(Evidence(4, first),))
    sourced = attach_sources(draft, search=desk.search, project=desk.project)
    labels = [s.evidence for s in sourced.sentences()]

    assert labels == [(5,), ()]
    assert [e.n for e in sourced.evidence] == [4, 5]
    assert attach_sources(sourced, search=lambda _: (), project=desk.project) == sourced
    assert sourced.body == draft.body


@pytest.mark.parametrize(
    ("note", "text", "codes"),
    [
        ("Commissioning moved to 9 November.", "Commissioning is on 7 November.", ["date_differs"]),
        ("Commissioning moved to 9 November.", "Commissioning remains on 7 November as planned.", ["date_differs"]),
        ("Commissioning went well.", "Commissioning is on 7 November.", ["no_source"]),
        ("Die Kantine schliesst am 9 November.", "Commissioning is on 7 November.", ["no_source"]),
    ],
)
def test_a_short_sentence_is_held_against_the_note_with_all_its_words_and_another_day(
    desk: Desk, note: str, text: str, codes: list[str]
) -> None:
    first = next(p for p in desk.store.passages("harbour") if "plan" in p.path)
    near = replace(first, id="near", text=note)
    sourced = attach_sources(desk.text(text), search=lambda _: [Hit(near, 1.0)], project=desk.project)

    assert [f.code for f in desk.check(sourced) if f.check == "support"] == codes


def test_internal_hits_are_never_attached(desk: Desk) -> None:
    inside = list(desk.store.passages("harbour", visibility=Visibility.INTERNAL))
    sourced = attach_sources(
        desk.text("The margin drops to 22 %."), search=lambda _: [Hit(p, 1.0) for p in inside], project=desk.project
    )

    assert inside
    assert sourced.evidence == ()


@pytest.mark.parametrize(
    "text",
    [
        "Dear Piet,\n\nGo-live is on 19 March 2027. All is well.\n\n- one\n- two\n\nKind regards\nRuth",
        "林主任，您好：\n\n上线定在3月19日。培训已完成。\n\n顺祝商祺\n沈",
        "just a line",
        "Heading\n- first item\n- second item\n\nA paragraph\nover two lines",
    ],
)
def test_the_body_of_a_text_is_the_text(desk: Desk, text: str) -> None:
    assert desk.text(text).body == text


def test_subject_greeting_and_closing_are_recognised(desk: Desk) -> None:
    draft = desk.text("Subject: Status\nDear Piet,\n\nAll is well.\n\nKind regards\nRuth")

    assert draft.subject == "Status"
    assert [s.step for s in draft.sections] == [GREETING, "", CLOSING]
    assert draft.language == "en"
    assert desk.text("主题：进展\n一切正常。").subject == "进展"


def test_steps_are_guessed_by_the_shipped_cues(desk: Desk) -> None:
    text = "You wrote that the prices are wrong.\n\nThe cause was a changed layout."
    steps = [s.step for s in desk.text(text, playbook=desk.library.playbook("complaint")).sections]
    chinese = "您提到价格不对。\n\n原因是版式变了。"

    assert steps == ["listen", "explain"]
    assert [s.step for s in desk.text(chinese, playbook=desk.library.playbook("complaint")).sections] == steps


@pytest.mark.parametrize("text", ["", "  \n ", "Subject: only this\n"])
def test_an_empty_text_is_refused(desk: Desk, text: str) -> None:
    with pytest.raises(InvalidInputError, match="no text"):
        desk.text(text)
