"""HTML pages: headings, lists, tables and paragraphs as a reader sees them; what is hidden is left out.

lxml parses without a network and without entities of its own. The place is the line of the page's source.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from assistant.retrieval.formats.form import FormWriter, TextForm, table_row

Element: TypeAlias = Any  # lxml ships no types

_SILENT = frozenset(
    {"script", "style", "head", "template", "noscript", "svg", "iframe", "object", "select", "textarea"}
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = frozenset(
    ("address", "article", "aside", "body", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption")
) | {"figure", "footer", "form", "header", "hr", "html", "main", "nav", "p", "pre", "section", "summary", "td", "th"}
_PARAGRAPHS = _HEADINGS.keys() | {"p", "pre", "blockquote", "ul", "ol", "table", "section", "article", "hr"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.0-9]*[1-9])", re.IGNORECASE)
_EMPTY = "The page holds no text."


def read_page(text: str, encoding: str) -> TextForm:
    """Read an HTML page. Raises UnreadableNoteError; other errors of a damaged page pass through."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True
    )
    root = etree.fromstring(text.encode("utf-8", "replace") or b" ", parser)
    reader = _Reader()
    if root is not None:
        reader.read(root)
    return reader.out.form(encoding, empty=_EMPTY)


class _Reader:
    """Goes through the elements and collects a line for each block."""

    def __init__(self) -> None:
        self.out = FormWriter()
        self._line = ""
        self._lead = ""
        self._source = 1
        self._quotes = 0
        self._lists = 0
        self._pre = 0
        self._cells: list[str] | None = None

    def read(self, root: Element) -> None:
        for entering, element in _steps(root):
            if entering:
                self._source = element.sourceline or self._source
                self._enter(element)
                self._say(element.text)
            else:
                self._leave(element)
                self._say(element.tail)
        self._break()

    def _enter(self, element: Element) -> None:
        tag = element.tag
        if tag == "tr" and _is_data(element):
            self._break()
            self._cells = []
        elif self._cells is not None:
            self._line += "" if tag not in _BLOCKS or not self._line else " "
        elif tag in _BLOCKS or tag in _PARAGRAPHS or tag in {"li", "tr"}:
            self._break(paragraph=tag in _PARAGRAPHS and not (tag in {"ul", "ol"} and self._lists))
        if tag in _HEADINGS:
            self._lead = f"{'#' * _HEADINGS[tag]} "
        elif tag == "li":
            self._lead = f"{'  ' * max(0, self._lists - 1)}- "
        self._lists += tag in {"ul", "ol"}
        self._quotes += tag == "blockquote"
        self._pre += tag == "pre"

    def _leave(self, element: Element) -> None:
        tag = element.tag
        if self._cells is not None:
            if tag in {"td", "th"}:
                self._cells.append(self._line)
                self._line = ""
            elif tag == "tr":
                self._line, self._cells = table_row(self._cells), None
                self._break()
        elif tag in _BLOCKS or tag in _PARAGRAPHS or tag in {"li", "tr"}:
            self._break(paragraph=tag in _PARAGRAPHS and not (tag in {"ul", "ol"} and self._lists > 1))
        if tag in {"li", *_HEADINGS}:
            self._lead = ""
        self._lists -= tag in {"ul", "ol"}
        self._quotes -= tag == "blockquote"
        self._pre -= tag == "pre"

    def _say(self, words: str | None) -> None:
        if not words:
            return
        if self._pre and self._cells is None:
            first, *others = words.split("\n")
            self._line += first
            for line in others:
                self._break()
                self._line = line
            return
        spaced = re.sub(r"\s+", " ", words)
        self._line += spaced if self._line else spaced.lstrip()

    def _break(self, *, paragraph: bool = False) -> None:
        if self._line.strip():
            words = f"{'> ' * self._quotes}{self._lead}{self._line}"
            self.out.add(words, "source line ", str(self._source))
            self._lead = ""
        self._line = ""
        if paragraph:
            self.out.gap()


def _steps(root: Element) -> Iterator[tuple[bool, Element]]:
    """Enter and leave each element that a reader sees, without recursion: pages may be nested absurdly deep."""
    waiting: list[tuple[bool, Element]] = [(True, root)]
    while waiting:
        entering, element = waiting.pop()
        if entering and (element.tag in _SILENT or _is_hidden(element)):
            # What follows a hidden element is seen; what is in it is not.
            hollow = etree.Element("span")
            hollow.tail = element.tail
            yield False, hollow
            continue
        yield entering, element
        if entering:
            waiting.append((False, element))
            waiting.extend((True, child) for child in reversed(element) if isinstance(child.tag, str))


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")[:2000]) is not None


def _is_data(row: Element) -> bool:
    """Tell a row of data from one that only lays a page out, whose cells hold blocks of their own."""
    return next(row.iter("table", "ul", "ol", *_HEADINGS), None) is None
