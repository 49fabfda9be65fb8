"""Excel and CSV: a line for each row, as the cells show their values; a section for each sheet.

openpyxl reads in its streaming mode: formulas give the value that was saved, macros and links to other workbooks are
never followed, and a far cell costs no more than a near one. What a person hid is internal: hidden sheets, and rows,
columns and cells that are hidden or filtered out, which come in a section of their own after their sheet. So are the
remarks on cells (notes and threaded comments), each with the name of its cell.
"""

import csv
import io
import posixpath
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]  # it ships no types
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types

from assistant.errors import UnreadableNoteError
from assistant.retrieval.formats.form import MAX_ROWS, FormWriter, TextForm, table_row
from assistant.retrieval.formats.office import check_package

Sheet: TypeAlias = Any  # openpyxl ships no types

_MAX_COLUMNS = 256
_MAX_ROW = 1_048_576  # the last row that Excel has
_CURRENCY = re.compile(r"[£$€¥￥]")
_LOCALE = re.compile(r"\[\$([^\]-]*)[^\]]*\]")  # "[$£-809]" is a pound sign, "[$-409]" only a language
_EMPTY = "The table holds no text."
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_NEVER_SHOWN = re.compile(r"\s*;\s*;\s*;?\s*")  # a number format without a form for any number


def read(data: bytes) -> TextForm:
    """Read a workbook. Raises UnreadableNoteError; other errors of a damaged file pass through."""
    check_package(data, "Excel")
    out = FormWriter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of drawings and extensions, which hold no text
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            left = MAX_ROWS
            for sheet in book.worksheets:
                left = _sheet(out, sheet, left)
        finally:
            book.close()
    return out.form("excel", empty=_EMPTY)


@dataclass(frozen=True, slots=True)
class _Hidden:
    """What a sheet does not show: numbers of rows and of columns, from 1."""

    rows: frozenset[int]
    columns: frozenset[int]


def _sheet(out: FormWriter, sheet: Sheet, left: int) -> int:
    prefix = f"sheet {sheet.title}, row "
    heading = f"# {'Internal (hidden sheet): ' if sheet.sheet_state != 'visible' else ''}{sheet.title}"
    hidden = _hidden(sheet)
    unseen: list[tuple[str, int]] = []
    sheet.reset_dimensions()  # files state them wrongly, and a lie would cost time
    titled = False
    blank: object = None
    for n, row in enumerate(sheet.iter_rows(max_row=_MAX_ROW, max_col=_MAX_COLUMNS), 1):
        if row is blank:
            continue  # openpyxl fills a gap with one and the same row, up to a million times
        seen, covered = _cells(row, n, hidden)
        line = table_row(seen)
        if words := table_row(covered):
            unseen.append((words, n))
        if not (line or words):
            blank = row
            out.gap()
            continue
        left -= 1
        if left < 0:
            raise _too_long()
        if not titled:
            out.gap()
            out.add(heading, prefix, str(n))
            out.gap()
            titled = True
        if line:
            out.add(line, prefix, str(n))
    if unseen:
        _section(out, "## Internal: hidden rows and columns", prefix, unseen)
    if remarks := _remarks(sheet):
        left -= len(remarks)
        if left < 0:
            raise _too_long()
        if not titled:
            out.gap()
            out.add(heading, prefix, str(remarks[0][1]))
        _section(out, "## Internal: comments on cells", prefix, remarks)
    return left


def _section(out: FormWriter, heading: str, prefix: str, lines: list[tuple[str, int]]) -> None:
    """Add a section of lines, each with the number of its row."""
    out.gap()
    out.add(heading, prefix, str(lines[0][1]))
    out.gap()
    for words, n in lines:
        out.add(words, prefix, str(n))


def _remarks(sheet: Sheet) -> list[tuple[str, int]]:
    """Give the remarks on a sheet's cells as "B3: words", by row; the streaming mode of openpyxl tells nothing of them.

    Excel keeps a copy of a threaded comment, headed by a notice, for programs that know only notes: it is left out.
    """
    package, path = sheet.parent._archive, sheet._worksheet_path  # noqa: SLF001 - as above, there is no public way
    folder, name = posixpath.split(path)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package.namelist():
        return []
    found: dict[str, list[str]] = {}
    for tag, is_threaded in (("threadedComment", True), ("comment", False)):
        threaded = set() if is_threaded else set(found)
        for part in _related(package.read(relations), folder, f"/{tag}{'s' * (not is_threaded)}"):
            for remark in _tree(package.read(part)).iter(f"{{*}}{tag}"):
                cell = remark.get("ref", "")
                words = " ".join("".join(remark.xpath(".//*[local-name()='t' or local-name()='text']/text()")).split())
                if words and _CELL.fullmatch(cell) and cell not in threaded:
                    found.setdefault(cell, []).append(f"{cell}: {words}")
    by_row = sorted(found, key=lambda cell: (_row_of(cell), len(cell), cell))
    return [(words, _row_of(cell)) for cell in by_row for words in found[cell]]


def _related(relations: bytes, folder: str, kind: str) -> list[str]:
    """Give the parts of the package itself that a sheet's relations of that kind name."""
    return [
        posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
        for one in _tree(relations)
        if one.get("Type", "").endswith(kind) and one.get("TargetMode") != "External"
    ]


def _tree(xml: bytes) -> Any:  # noqa: ANN401 - lxml ships no types
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _row_of(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _cells(row: Iterable[Any], n: int, hidden: _Hidden) -> tuple[list[str], list[str]]:
    """Give the cells of a row that are shown, and those that are not."""
    seen: list[str] = []
    covered: list[str] = []
    for column, cell in enumerate(row, 1):
        form = cell.number_format or "" if cell.value is not None else ""
        words = _shown(cell.value, form) if cell.value is not None else ""
        if n in hidden.rows or column in hidden.columns:
            covered.append(words)
        elif words and _NEVER_SHOWN.fullmatch(form):
            seen.append("")
            covered.append(words)
        else:
            seen.append(words)
    return seen, covered


def _hidden(sheet: Sheet) -> _Hidden:
    """Find hidden rows and columns in the sheet's own XML, of which the streaming mode tells nothing."""
    rows: set[int] = set()
    columns: set[int] = set()
    at = 0
    with sheet._get_source() as source:  # noqa: SLF001 - the sheet's part of the package; there is no public way
        parts = etree.iterparse(source, tag=("{*}row", "{*}col"), resolve_entities=False, no_network=True)
        for _, element in parts:
            if element.tag.endswith("}col"):
                if _is_on(element, "hidden") or _is_flat(element, "width"):
                    first = _number(element, "min")
                    columns.update(range(first, min(_MAX_COLUMNS, _number(element, "max")) + 1))
            else:
                at = _number(element, "r") or at + 1
                if _is_on(element, "hidden") or _is_flat(element, "ht"):
                    rows.add(at)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return _Hidden(frozenset(rows), frozenset(columns))


def _is_on(element: Any, name: str) -> bool:  # noqa: ANN401 - lxml ships no types
    return element.get(name, "") in {"1", "true"}


def _is_flat(element: Any, name: str) -> bool:  # noqa: ANN401 - the same
    return re.fullmatch(r"0(?:\.0*)?", element.get(name, "")) is not None


def _number(element: Any, name: str) -> int:  # noqa: ANN401 - the same
    value = element.get(name, "")
    return int(value) if value.isdigit() and len(value) < 9 else 0


def _too_long() -> UnreadableNoteError:
    return UnreadableNoteError(f"The table has more than {MAX_ROWS:,} rows: save the part that is a note on its own.")


def _shown(value: object, number_format: str) -> str:
    """Give a cell's value as its format shows it: dates as ISO, percentages and currencies with their signs."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if "%" in number_format:
        return f"{round(value * 100, 4):g}%"
    number = f"{value:,}" if "," in number_format else f"{value}"
    number = number.removesuffix(".0")
    sign = _CURRENCY.search(_LOCALE.sub(r"\1", number_format))
    return f"{sign[0]}{number}" if sign else number


def read_csv(text: str, encoding: str) -> TextForm:
    """Read comma, semicolon or tab separated rows. Raises UnreadableNoteError."""
    out = FormWriter()
    head = text[:20_000].splitlines()[:20]
    counts = {mark: sum(line.count(mark) for line in head) for mark in ("\t", ";", ",")}
    delimiter = max(counts, key=lambda mark: counts[mark]) if any(counts.values()) else ","
    try:
        for n, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1):
            if n > MAX_ROWS:
                raise _too_long()
            if line := table_row(row):
                out.add(line, "row ", str(n))
            else:
                out.gap()
    except csv.Error as error:
        raise UnreadableNoteError("The table's quotation marks do not close: save it as CSV again.") from error
    return out.form(encoding, empty=_EMPTY)
