"""Small real documents of each kind, built in memory with the libraries or by the formats' own rules."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from email.message import EmailMessage
from typing import Any

from docx import Document
from openpyxl import Workbook  # type: ignore[import-untyped]  # it ships no types
from pptx import Presentation
from pptx.util import Inches


def word(paragraphs: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]] = (), comment: str = "") -> bytes:
    """A Word file of (style, text) paragraphs, then a table, with a comment on the first paragraph."""
    document = Document()
    made = [document.add_paragraph(text, style=style or None) for style, text in paragraphs]
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, words in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, words, strict=True):
                cell.text = text
    if comment:
        document.add_comment(made[0].runs, text=comment, author="Mira Holm", initials="MH")
    return _saved(document)


def slides(*pages: tuple[str, Sequence[str], str], rows: Sequence[Sequence[str]] = (), hide: int = 0) -> bytes:
    """A presentation of (title, bullet lines, speaker notes); a table on the last slide; slide number `hide` hidden."""
    deck = Presentation()
    for title, lines, notes in pages:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(lines)
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    if rows:
        place = (Inches(1), Inches(4), Inches(6), Inches(1))
        table = deck.slides[len(pages) - 1].shapes.add_table(len(rows), len(rows[0]), *place).table
        for i, row in enumerate(rows):
            for k, text in enumerate(row):
                table.cell(i, k).text = text
    if hide:
        deck.slides[hide - 1].element.set("show", "0")
    return _saved(deck)


def workbook(sheets: dict[str, Sequence[Sequence[object]]], hidden: str = "") -> bytes:
    """A workbook; dates, percentages (floats below 1) and pounds (floats above) get their number formats."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, float):
                cell.number_format = "0%" if cell.value < 1 else '"£"#,##0'
            elif isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    return _saved(book)


def _saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


# --- PDF ----------------------------------------------------------------------------------------------------


def pdf(*pages: str) -> bytes:
    """A PDF with a line of text for each line, in any script, by a font that names its characters."""
    letters = sorted({letter for page in pages for letter in page if letter != "\n"})
    names = "".join(f"<{ord(letter):04X}> <{ord(letter):04X}>\n" for letter in letters)
    chunks = [names[i : i + 1400] for i in range(0, len(names), 1400)]  # a hundred of a map's lines at most
    maps = "".join(f"{len(chunk) // 14} beginbfchar\n{chunk}endbfchar\n" for chunk in chunks)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{maps}endcmap end end"
    )
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    )
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /DW 600 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    objects.append(_stream(cmap.encode()))
    for page in pages:
        lines = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in page.split("\n"))
        box = f"/MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents {len(objects) + 2} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} >>".encode())
        objects.append(_stream(f"BT /F 11 Tf 14 TL 50 780 Td\n{lines}ET".encode()))
    return _numbered(objects)


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def _numbered(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + tail


# --- mail ---------------------------------------------------------------------------------------------------


def eml(body: str, **head: str) -> bytes:
    """A mail with the head fields given; underscores stand for hyphens."""
    message = EmailMessage()
    for name, value in head.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


def mbox(*mails: bytes) -> bytes:
    """A mailbox, with `From ` at the beginning of a line escaped as mailbox writers do."""
    escaped = (mail.replace(b"\nFrom ", b"\n>From ") for mail in mails)
    return b"\n".join(b"From - Wed May 27 09:33:50 2026\n" + mail.rstrip(b"\n") + b"\n" for mail in escaped)


def msg(texts: dict[int, str], *, sent: datetime | None, to: Sequence[tuple[str, str]] = ()) -> bytes:
    """An Outlook message with text properties by number, as a compound file."""
    filetime = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000) if sent else 0
    streams = {"__properties_version1.0": b"\0" * 32 + struct.pack("<HHIQ", 0x40, 0x39, 6, filetime)}
    for number, text in texts.items():
        streams[f"__substg1.0_{number:04X}001F"] = text.encode("utf-16-le")
    storages = {
        f"__recip_version1.0_#{n:08X}": {
            "__properties_version1.0": b"\0" * 8 + struct.pack("<HHIQ", 0x3, 0x0C15, 6, 1),
            "__substg1.0_3001001F": name.encode("utf-16-le"),
            "__substg1.0_39FE001F": address.encode("utf-16-le"),
        }
        for n, (name, address) in enumerate(to)
    }
    return compound(streams, storages)


_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: dict[str, bytes], storages: dict[str, dict[str, bytes]]) -> bytes:
    """A compound file: root streams, and storages with streams of their own; siblings hang as a list, not a tree."""
    entries: list[tuple[str, int, int, int, int, bytes]] = []  # name, type, left-free right, child, index, data

    def level(children: list[tuple[str, bytes | dict[str, bytes]]]) -> int:
        following = _FREE
        for name, content in reversed(children):
            inside = level(list(content.items())) if isinstance(content, dict) else _FREE
            data = b"" if isinstance(content, dict) else content
            entries.append((name, 1 if isinstance(content, dict) else 2, following, inside, 0, data))
            following = len(entries)  # the root comes first
        return following

    top = level([*sorted(streams.items()), *sorted(storages.items())])
    minifat: list[int] = []
    fat: list[int] = []
    small = body = b""

    def chain(table: list[int], count: int) -> int:
        first = len(table)
        table.extend([*range(first + 1, first + count), _END] if count else [])
        return first if count else _END

    starts = []
    for _, kind, _, _, _, data in entries:
        size = 64 if len(data) < 4096 else 512
        count = -(-len(data) // size)
        padded = data + b"\0" * (count * size - len(data))
        if kind != 2:
            starts.append(0)
        elif size == 64:
            starts.append(chain(minifat, count))
            small += padded
        else:
            starts.append(chain(fat, count))
            body += padded

    def put(data: bytes, fill: bytes) -> int:
        nonlocal body
        count = -(-len(data) // 512)
        body += data + fill * ((count * 512 - len(data)) // len(fill))
        return chain(fat, count)

    small_start = put(small, b"\0")
    mini_start = put(struct.pack(f"<{len(minifat)}I", *minifat), b"\xff")
    rows = [("Root Entry", 5, _FREE, top, small_start, len(small))]
    rows += [(e[0], e[1], e[2], e[3], start, len(e[5])) for e, start in zip(entries, starts, strict=True)]
    packed = b"".join(
        struct.pack(
            "<64sHBBIII16sIQQIII", name.encode("utf-16-le"), 2 * len(name) + 2, kind, 1, _FREE, right, child,
            b"", 0, 0, 0, start & 0xFFFFFFFF, size, 0,
        )
        for name, kind, right, child, start, size in rows
    )  # fmt: skip
    directory = put(packed, b"\0")
    sectors = -(-(len(fat) + 1) // 127)
    first = len(fat)
    fat += [_FAT] * sectors
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(sectors * 512, b"\xff")
    places = [*range(first, first + sectors)] + [_FREE] * (109 - sectors)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 62, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, sectors, directory, 0, 4096, mini_start, -(-len(minifat) // 128), _END, 0, 0)[
        :36
    ]
    return head + struct.pack("<109I", *places) + body + table


def with_part(package: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """An Office file with one of its parts changed, or with one more, made of nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in (*old.namelist(), *({name} - set(old.namelist()))):
            data = old.read(one) if one in old.namelist() else b""
            new.writestr(one, change(data) if one == name else data)
    return out.getvalue()
