"""Excel and CSV: a line for each row, as the cells show their values; a section for each sheet.

openpyxl reads in its streaming mode: formulas give the value that was saved, macros and links to other workbooks are
never followed, and a far cell costs no more than a near one.
"""

import csv
import io
import re
import warnings
from datetime import date, datetime, time
from typing import Any, TypeAlias

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


def _sheet(out: FormWriter, sheet: Sheet, left: int) -> int:
    prefix = f"sheet {sheet.title}, row "
    heading = f"# {'Internal (hidden sheet): ' if sheet.sheet_state != 'visible' else ''}{sheet.title}"
    sheet.reset_dimensions()  # files state them wrongly, and a lie would cost time
    titled = False
    blank: object = None
    for n, row in enumerate(sheet.iter_rows(max_row=_MAX_ROW, max_col=_MAX_COLUMNS), 1):
        if row is blank:
            continue  # openpyxl fills a gap with one and the same row, up to a million times
        line = table_row(_shown(cell.value, cell.number_format or "") if cell.value is not None else "" for cell in row)
        if not line:
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
        out.add(line, prefix, str(n))
    return left


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
