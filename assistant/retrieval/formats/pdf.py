"""PDF: the text of each page in order, with its page number; running heads and page numbers are left out.

pypdf is pure Python and fetches nothing. A PDF that is only pictures is refused, for it would be an empty note.
"""

import io
import logging
import re
from collections import Counter

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from assistant.errors import UnreadableNoteError
from assistant.retrieval.formats.form import FormWriter, TextForm

_MAX_PAGES = 2_000
MAX_STEPS = 4_000_000
"""Drawing steps in all; a page of text takes one to two thousand, and shared forms can multiply them without end."""

_DIGITS = re.compile(r"[0-9]+")
_PAGE_NUMBER = re.compile(
    r"(?:page |第 ?|[-–—] ?)?[0-9]{1,4}(?: ?[/／] ?[0-9]{1,4}| of [0-9]{1,4}| ?页.{0,12}| ?[-–—])?", re.IGNORECASE
)
_SENTENCE_END = (".", "。", "!", "！", "?", "？", ":", "：", ";", "；")
_LOCKED = "The PDF is encrypted (locked) and cannot be read: save a copy that is not, e.g. by printing it to a PDF."
_NO_TEXT = (
    "The PDF holds no text, only pictures of pages: run text recognition on it, or note down what matters in a text "
    "file."
)


def read(data: bytes) -> TextForm:
    """Read a PDF. Raises UnreadableNoteError; other errors of a damaged file pass through."""
    # pypdf says much about small faults of a file, with pieces of it; none of that belongs on a screen or in a log.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages = _pages(data)
    except (DependencyError, FileNotDecryptedError) as error:
        raise UnreadableNoteError(_LOCKED) from error
    out = FormWriter()
    for n, lines in _without_running_lines(pages):
        if out.last_line().endswith(_SENTENCE_END):
            out.gap()
        words = "\n".join(lines).strip("\n")
        if words.strip():
            out.add(words, "page ", str(n))
    return out.form("pdf", empty=_NO_TEXT)


def _pages(data: bytes) -> list[list[str]]:
    reader = PdfReader(io.BytesIO(data), strict=False)
    count = len(reader.pages)
    if count > _MAX_PAGES:
        raise UnreadableNoteError(f"The PDF has {count:,} pages, and {_MAX_PAGES:,} are read: split it.")
    steps = 0

    def step(*_: object) -> None:
        nonlocal steps
        steps += 1
        if steps > MAX_STEPS:
            raise UnreadableNoteError("The PDF draws without end: print it to a new PDF, or note down what matters.")

    texts = (page.extract_text(visitor_operand_before=step) for page in reader.pages)
    return [[line.rstrip() for line in text.split("\n")] for text in texts]


def _without_running_lines(pages: list[list[str]]) -> list[tuple[int, list[str]]]:
    """Number the pages from 1 and leave out first and last lines that come back, digits aside, on most pages."""
    filled = [[line for line in page if line.strip()] for page in pages]
    edges = Counter(key for lines in filled if lines for key in {("top", _alike(lines[0])), ("end", _alike(lines[-1]))})
    often = max(3, len(pages) // 2 + 1)
    kept = []
    for n, (page, lines) in enumerate(zip(pages, filled, strict=True), 1):
        left = list(page)
        if lines and (edges["top", _alike(lines[0])] >= often or _PAGE_NUMBER.fullmatch(lines[0].strip())):
            left.remove(lines[0])
        rest = [line for line in left if line.strip()]
        if rest and (edges["end", _alike(rest[-1])] >= often or _PAGE_NUMBER.fullmatch(rest[-1].strip())):
            del left[len(left) - 1 - left[::-1].index(rest[-1])]
        kept.append((n, left))
    return kept


def _alike(line: str) -> str:
    return _DIGITS.sub("0", " ".join(line.split()))
