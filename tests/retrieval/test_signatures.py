"""Signatures in mail are told from what the mail says; a source in a document is shown in its text form."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from assistant import reviewing
from assistant.domain.draft import Evidence
from assistant.domain.project import Project
from assistant.ports import NoteFile
from assistant.retrieval.mail import quoted_lines, signature_lines
from assistant.retrieval.notes import read_note
from tests.retrieval import documents
from tests.storage import desk_builders as build

Make = Callable[..., Project]


def signed(body: str) -> list[str]:
    lines = body.split("\n")
    return [line for line, is_one in zip(lines, signature_lines(lines, quoted_lines(lines)), strict=True) if is_one]


@pytest.mark.parametrize(
    ("body", "block"),
    [
        ("Yes.\n-- \nJonas Berg\nWe ship on time.", ["-- ", "Jonas Berg", "We ship on time."]),
        (
            "Yes.\n\nBest regards,\nJonas Berg\nHead of IT, Acme Ltd\nT: +44 20 7946 0000\nwww.acme.example",
            ["Jonas Berg", "Head of IT, Acme Ltd", "T: +44 20 7946 0000", "www.acme.example"],
        ),
        ("可以。\n\n祝好！\n沈屹\n项目经理\n电话：138 0000 0000", ["沈屹", "项目经理", "电话：138 0000 0000"]),
        ("可以。\n此致\n敬礼\n顾敏\n信息中心", ["敬礼", "顾敏", "信息中心"]),
        ("Yes.\n-- \nJonas\n> old\nnew", ["-- ", "Jonas"]),
        ("Thanks,\nJonas\n\nThe server moves on Friday.", []),
        ("Thanks!\nThe budget is £40,000.\nThe project manager is Tom.", []),
        ("谢谢。\n上线时间改到六月。\n项目经理是沈屹。", []),
        ("Regards\nMira\nProject manager\n\nPS. The demo moves to 3 May.", ["Mira", "Project manager", ""]),
        ("a -- b\n--- \nc", []),
        ("Kind regards\nMira", []),
    ],
)
def test_signatures_are_told_from_statements(body: str, block: list[str]) -> None:
    assert signed(body) == block


def test_a_signature_is_no_statement_and_the_passages_still_rebuild_the_mail(project: Make) -> None:
    body = "The demo moves to 3 May.\n\nKind regards,\nJonas Berg\nHead of 4 May projects\nMobile: +44 20 7946 0000\n"
    note = read_note(project(), "notes/a.eml", documents.eml(body, From="jonas@client.example"))
    assert [(passage.quoted, "3 May" in passage.text) for passage in note.passages] == [(False, True), (True, False)]
    kept = "".join("".join(passage.text.split()) for passage in note.passages)
    assert kept == "".join(body.split())


class Folder:
    """One note's bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def present(self, project: str, path: str) -> bool:
        return True

    def scan(self, project: str) -> Iterator[NoteFile]:
        raise AssertionError(project)

    def read(self, project: str, path: str) -> bytes:
        assert (project, path) == ("harbour", "notes/plan.docx")
        return self.data


def test_the_lines_around_a_source_are_those_of_the_text_form() -> None:
    data = documents.word([("Heading 1", "进度"), ("", "上线改到6月2日。"), ("List Bullet", "培训不变")])
    words = "上线改到6月2日。"
    start = len("# 进度\n\n")
    source = replace(build.passage(words), path="notes/plan.docx", start=start, end=start + len(words))
    draft = build.draft(evidence=(Evidence(1, replace(source, start_line=3, end_line=3)),))
    found = reviewing.excerpt(draft, 1, folder=Folder(data), around=2)
    assert (found.lines, found.start_line, found.changed) == (("# 进度", "", words, "- 培训不变", ""), 3, False)
    gone = reviewing.excerpt(draft, 1, folder=Folder(b"PK\x03\x04"), around=2)
    assert (gone.lines, gone.changed) == ((words,), True)
