"""Word: paragraphs, headings, lists, tables and footnotes in the document's order; comments as internal text.

python-docx opens the package and knows the styles; the words are collected from the elements themselves, because its
`Paragraph.text` leaves out what was inserted with tracked changes. Deleted text, fields' code and the table of contents
are left out, and hidden text is internal. Nothing is fetched: the parser resolves no entities, and linked parts are
never opened.
"""

import io
from collections.abc import Iterator
from typing import Any, TypeAlias

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from assistant.retrieval.formats.form import FormWriter, TextForm, table_row
from assistant.retrieval.formats.office import check_package

Element: TypeAlias = Any  # lxml ships no types

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({f"{_W}{name}" for name in ("moveFrom", "pPr", "rPr", "instrText", "txbxContent")})
_WRAPPERS = frozenset({f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")})
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read(data: bytes) -> TextForm:
    """Read a Word document. Raises UnreadableNoteError; other errors of a damaged file pass through."""
    check_package(data, "Word")
    document = Document(io.BytesIO(data))
    return _Reader(document).form()


class _Reader:
    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._out = FormWriter()
        self._levels, self._lists, self._contents = _styles(document)
        self._footnotes = _footnotes(document)
        self._paragraphs = 0
        self._tables = 0
        self._hidden: list[tuple[str, int]] = []

    def form(self) -> TextForm:
        self._blocks(self._document.element.body)
        comments = [(n, comment.text) for n, comment in enumerate(self._document.comments, 1) if comment.text.strip()]
        if comments:
            # Remarks between the authors were not meant for whoever gets the document.
            self._out.gap()
            self._out.add("# Internal: comments", "comment ", "1")
            for n, words in comments:
                self._out.gap()
                self._out.add(words, "comment ", str(n))
        if self._hidden:
            self._out.gap()
            self._out.add("# Internal: hidden text", "paragraph ", str(self._hidden[0][1]))
            for words, n in self._hidden:
                self._out.gap()
                self._out.add(words, "paragraph ", str(n))
        return self._out.form("word", empty="The Word file holds no text: note down what matters in a text file.")

    def _blocks(self, parent: Element) -> None:
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag in _WRAPPERS:
                self._blocks(child)

    def _paragraph(self, element: Element) -> None:
        self._paragraphs += 1
        style = _value(element.find(f"{_W}pPr/{_W}pStyle"))
        if style in self._contents:
            return
        words = _words(element).strip()
        self._hide(element)
        if words:
            level = self._level(element, style)
            depth = self._list_depth(element, style)
            if level:
                self._out.gap()
                words = f"{'#' * level} {' '.join(words.split())}"
            elif depth is not None:
                words = f"{'  ' * depth}- {words}"
            else:
                self._out.gap()
            self._out.add(words, "paragraph ", str(self._paragraphs))
            if level:
                self._out.gap()
        self._notes_of(element)
        for box in element.iter(f"{_W}txbxContent"):
            if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                self._boxed(box)

    def _hide(self, element: Element) -> None:
        if element.find(f".//{_W}vanish") is not None and (unseen := _words(element, hidden=True).strip()):
            self._hidden.append((unseen, self._paragraphs))

    def _boxed(self, box: Element) -> None:
        for inner in box.iter(f"{_W}p"):
            if next(inner.iterancestors(f"{_W}txbxContent"), None) is box and (words := _words(inner).strip()):
                self._out.gap()
                self._out.add(words, "paragraph ", str(self._paragraphs))

    def _notes_of(self, element: Element) -> None:
        for reference in element.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"):
            kind = reference.tag.removeprefix(_W).removesuffix("Reference")
            number = reference.get(f"{_W}id", "")
            if words := self._footnotes.get((kind, number)):
                self._out.gap()
                self._out.add(words, f"{kind} ", number)

    def _level(self, element: Element, style: str) -> int:
        outline = _value(element.find(f"{_W}pPr/{_W}outlineLvl"))
        if outline.isdigit() and int(outline) < 9:
            return min(6, int(outline) + 1)
        return self._levels.get(style, 0)

    def _list_depth(self, element: Element, style: str) -> int | None:
        numbering = element.find(f"{_W}pPr/{_W}numPr")
        if numbering is None:
            return 0 if style in self._lists else None
        if _value(numbering.find(f"{_W}numId")) == "0":
            return None
        depth = _value(numbering.find(f"{_W}ilvl"))
        return min(8, int(depth)) if depth.isdigit() else 0

    def _table(self, table: Element) -> None:
        self._tables += 1
        prefix = f"table {self._tables}, row "
        self._out.gap()
        rows = (row for row in table.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tbl")) is table)
        for n, row in enumerate(rows, 1):
            cells = (cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row)
            if line := table_row(" ".join(_words(p) for p in cell.iter(f"{_W}p")) for cell in cells):
                self._out.add(line, prefix, str(n))
            for paragraph in row.iter(f"{_W}p"):
                self._hide(paragraph)
                self._notes_of(paragraph)
        self._out.gap()


def _words(paragraph: Element, *, hidden: bool = False) -> str:
    """The words of a paragraph that are shown, or those that are not."""
    return "".join(_pieces(paragraph, hidden=hidden))


def _is_hidden(run: Element) -> bool:
    sign = run.find(f"{_W}rPr/{_W}vanish")
    return sign is not None and str(sign.get(f"{_W}val", "1")) not in {"0", "false", "off"}


def _pieces(paragraph: Element, *, hidden: bool) -> Iterator[str]:
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}r" and _is_hidden(element) != hidden:
            continue
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in _BREAKS:
            yield _BREAKS[element.tag]
        elif element.tag not in _SKIPPED and element.tag != _FALLBACK:
            waiting.extend(reversed(element))


def _value(element: Element) -> str:
    return "" if element is None else str(element.get(f"{_W}val", ""))


def _styles(document: WordDocument) -> tuple[dict[str, int], frozenset[str], frozenset[str]]:
    """Give by style id: the level of headings, and which are lists and which belong to a table of contents.

    The names of built-in styles are English in every language of Word; only their ids differ.
    """
    levels: dict[str, int] = {}
    lists: set[str] = set()
    contents: set[str] = set()
    for style in document.styles.element.iter(f"{_W}style"):
        identity = str(style.get(f"{_W}styleId", ""))
        name = _value(style.find(f"{_W}name")).casefold()
        outline = _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
        if name == "title":
            levels[identity] = 1
        elif name.startswith("heading ") and name[8:].isdigit():
            levels[identity] = min(6, max(1, int(name[8:])))
        elif outline.isdigit() and int(outline) < 9:
            levels[identity] = min(6, int(outline) + 1)
        elif name.startswith("list ") and name != "list paragraph":
            lists.add(identity)
        elif name.startswith("toc "):
            contents.add(identity)
    return levels, frozenset(lists), frozenset(contents)


def _footnotes(document: WordDocument) -> dict[tuple[str, str], str]:
    """Give the footnotes and endnotes by kind and id."""
    found: dict[tuple[str, str], str] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2].removesuffix("s")
        if relation.is_external or kind not in {"footnote", "endnote"}:
            continue
        for note in parse_xml(relation.target_part.blob).iter(f"{_W}{kind}"):
            words = " ".join(_words(p).strip() for p in note.iter(f"{_W}p")).strip()
            found[kind, str(note.get(f"{_W}id", ""))] = words
    return found
