"""Documents that are damaged, locked, empty or built to hurt: one sentence each, and never another error."""

import io
import random
import zipfile

import pytest

from assistant.domain.project import Project
from assistant.errors import UnreadableNoteError
from assistant.retrieval.formats import pdf
from assistant.retrieval.formats.form import MAX_ROWS
from assistant.retrieval.formats.office import MAX_MEMBERS, MAX_UNPACKED, MAX_XML_PART
from assistant.retrieval.notes import note_text, read_note
from tests.retrieval import documents
from tests.retrieval.test_formats import EN, ZH, Make, made

KINDS = ("docx", "pptx", "xlsx", "csv", "pdf", "html", "vtt", "srt", "mbox", "msg", "eml")


def refused(name: str, data: bytes) -> str:
    with pytest.raises(UnreadableNoteError) as caught:
        note_text(f"notes/{name}", data)
    said = str(caught.value)
    assert said.endswith(".")
    assert "\n" not in said
    return said


@pytest.mark.parametrize("kind", KINDS)
def test_truncated_and_bit_flipped_documents_are_read_or_refused(project: Make, kind: str) -> None:
    own = project()
    for words in (EN, ZH):
        data = made(kind, "Plan", words)
        chance = random.Random(len(data))
        for _ in range(8):
            _try(own, kind, data[: chance.randrange(len(data))])
        for _ in range(24):
            broken = bytearray(data)
            for _ in range(chance.choice((1, 3, 20))):
                broken[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            _try(own, kind, bytes(broken))


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_damage_inside_an_office_package_is_read_or_refused(project: Make, kind: str) -> None:
    own = project()
    data = made(kind, "Plan", EN)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
    chance = random.Random(3)
    for part in parts:
        _try(own, kind, documents.with_part(data, part, lambda xml: xml[: chance.randrange(len(xml))]))
        _try(own, kind, documents.with_part(data, part, lambda _: b"<a/>"))
        _try(own, kind, documents.with_part(data, part, lambda xml: xml.replace(b'="', b'="9', 3)))


def _try(project: Project, kind: str, data: bytes) -> None:
    try:
        note = read_note(project, f"notes/a.{kind}", data)
    except UnreadableNoteError:
        return
    note.text.encode()
    assert all(note.text[p.start : p.end] == p.text for p in note.passages)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<", b"\n\n"]
)
def test_a_stub_is_refused(kind: str, data: bytes) -> None:
    if kind == "html" and data == b"<":
        return  # a page may begin with a bare bracket; it still holds no words, which is tested below
    refused(f"a.{kind}", data)


def test_a_scanned_pdf_says_that_it_holds_no_text() -> None:
    assert "no text" in refused("scan.pdf", documents.pdf("", ""))
    assert "no text" in refused("a.html", b"<")
    assert "no text" in refused("a.pptx", documents.slides(("", [], "")))
    assert "no text" in refused("a.xlsx", documents.workbook({"Plan": []}))


def test_a_pdf_that_draws_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "line 39" in note_text("a.pdf", documents.pdf("\n".join(f"line {n}" for n in range(40))))
    monkeypatch.setattr(pdf, "MAX_STEPS", 50)
    assert "without end" in refused("a.pdf", documents.pdf("\n".join(f"line {n}" for n in range(40))))


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
def test_a_locked_pdf_is_refused_and_one_that_only_forbids_changes_is_read(algorithm: str) -> None:
    from pypdf import PdfReader, PdfWriter

    def locked(password: str) -> bytes:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(documents.pdf(EN))))
        writer.encrypt(password, "owner", algorithm=algorithm)
        file = io.BytesIO()
        writer.write(file)
        return file.getvalue()

    assert "locked" in refused("a.pdf", locked("secret"))
    assert EN in note_text("a.pdf", locked(""))


def test_a_pdf_locked_by_a_newer_method_says_so() -> None:
    data = documents.pdf(EN).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>]")
    aes = (
        b"/Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O <" + b"00" * 48 + b"> /U <" + b"00" * 48 + b"> /OE <"
        + b"00" * 32 + b"> /UE <" + b"00" * 32 + b"> /Perms <" + b"00" * 16 + b"> /StmF /StdCF /StrF /StdCF "
        b"/CF << /StdCF << /CFM /AESV3 /Length 32 /AuthEvent /DocOpen >> >>"
    )  # fmt: skip
    assert "locked" in refused("a.pdf", data.replace(b"/CIDSystemInfo", aes + b" /CIDSystemInfo"))


@pytest.mark.parametrize(("kind", "what"), [("docx", "Word"), ("pptx", "PowerPoint"), ("xlsx", "Excel")])
def test_packages_that_would_unpack_to_too_much_are_refused_unopened(kind: str, what: str) -> None:
    def package(parts: dict[str, int]) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made_:
            for name, size in parts.items():
                with made_.open(name, "w") as part:
                    for _ in range(size // 65536 + 1):
                        part.write(b" " * min(size, 65536))
        return file.getvalue()

    assert f"{what} file has a part" in refused(f"a.{kind}", package({"word/document.xml": MAX_XML_PART + 1}))
    assert "repeats" in refused(f"a.{kind}", package({"word/document.xml": 5 * 1024 * 1024}))
    assert "unpacks" in refused(f"a.{kind}", package({f"{n}.bin": MAX_UNPACKED // 4 for n in range(4)} | {"x.bin": 99}))
    assert "unpacks" in refused(f"a.{kind}", package({f"{n}.bin": 0 for n in range(MAX_MEMBERS + 1)}))
    assert "password" in refused(f"a.{kind}", documents.compound({"EncryptedPackage": b"x" * 99}, {}))


_BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("docx", "word/document.xml"),
        ("docx", "word/styles.xml"),
        ("pptx", "ppt/slides/slide1.xml"),
        ("xlsx", "xl/workbook.xml"),
        ("xlsx", "xl/worksheets/sheet1.xml"),
    ],
)
def test_entities_are_refused(kind: str, part: str) -> None:
    def with_entities(xml: bytes) -> bytes:
        head, mark, rest = xml.partition(b"?>")
        return head + mark + _BOMB + rest if mark else _BOMB + xml

    assert "entities" in refused(f"a.{kind}", documents.with_part(made(kind, "Plan", EN), part, with_entities))


def test_entities_of_a_page_are_not_resolved() -> None:
    text = note_text("a.html", _BOMB + b"<html><body><p>Seen &f; &c;</p></body></html>")
    assert "Seen" in text
    assert "bbb" not in text


@pytest.mark.parametrize("kind", ["docx", "html", "xlsx", "eml"])
def test_absurd_nesting_is_bounded(project: Make, kind: str) -> None:
    deep = 50_000
    if kind == "html":
        data = b"<div>" * deep + EN.encode() + b"</div>" * deep + b"<blockquote><ul><li>" * 2000 + b"x"
    elif kind == "eml":
        data = b"From: a@b.example\n" + b"".join(
            b"Content-Type: multipart/mixed; boundary=B%d\n\n--B%d\n" % (n, n) for n in range(3000)
        )
    else:
        part, tag = ("word/document.xml", b"w:p") if kind == "docx" else ("xl/worksheets/sheet1.xml", b"x")
        end = b"<w:body>" if kind == "docx" else b"<sheetData>"
        nested = b"<" + tag + b">"
        closed = b"</" + tag + b">"
        data = documents.with_part(
            made(kind, "Plan", EN), part, lambda xml: xml.replace(end, nested * deep + closed * deep + end)
        )
    _try(project(), kind, data)


def test_far_cells_and_endless_tables_cost_little() -> None:
    def with_far_cells(xml: bytes) -> bytes:
        rows = b"".join(
            b'<row r="%d"><c r="XFD%d" t="inlineStr"><is><t>far</t></is></c></row>' % (n, n) for n in range(3, 3000)
        )
        return xml.replace(b"</sheetData>", rows + b"</sheetData>")

    book = documents.with_part(made("xlsx", "Plan", EN), "xl/worksheets/sheet1.xml", with_far_cells)
    assert EN in note_text("a.xlsx", book)

    def with_the_last_row(xml: bytes) -> bytes:
        last = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>last</t></is></c></row><row r="99999999999"/>'
        return xml.replace(b"</sheetData>", last + b"</sheetData>")

    book = documents.with_part(made("xlsx", "Plan", EN), "xl/worksheets/sheet1.xml", with_the_last_row)
    assert "last" in note_text("a.xlsx", book)
    assert f"{MAX_ROWS:,} rows" in refused("a.csv", b"a,b\n" * (MAX_ROWS + 1))


def test_links_to_elsewhere_are_left_alone() -> None:
    relation = (
        b'<Relationship Id="rId99" TargetMode="External" Target="http://192.0.2.1/x.dotm" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/></Relationships>'
    )
    for kind, part, sort in (
        ("docx", "word/_rels/document.xml.rels", b"attachedTemplate"),
        ("docx", "word/_rels/document.xml.rels", b"footnotes"),
        ("pptx", "ppt/_rels/presentation.xml.rels", b"image"),
        ("xlsx", "xl/_rels/workbook.xml.rels", b"externalLink"),
    ):
        link = relation.replace(b"{}", sort)

        def linking(xml: bytes, link: bytes = link) -> bytes:
            return xml.replace(b"</Relationships>", link)

        assert EN in note_text(f"a.{kind}", documents.with_part(made(kind, "Plan", EN), part, linking))


def test_notes_of_ten_thousand_lines_are_read_whole(project: Make) -> None:
    lines = [f"- {n}. The task number {n} is done. 任务{n}已完成。" for n in range(10_000)]
    for name, data in (
        ("a.md", "\n".join(lines).encode()),
        ("a.html", ("<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>").encode()),
        ("a.vtt", ("WEBVTT\n\n" + "\n".join(f"00:00:01.000 --> 00:00:02.000\n{line}\n" for line in lines)).encode()),
        ("a.csv", "\n".join(f"{n},{line}" for n, line in enumerate(lines)).encode()),
        ("a.docx", documents.word([("", line) for line in lines[:2000]])),
    ):
        note = read_note(project(), f"notes/{name}", data)
        assert "The task number 1999 is done" in note.passages[-1].text or name != "a.docx"
        assert name == "a.docx" or "任务9999已完成" in note.passages[-1].text
