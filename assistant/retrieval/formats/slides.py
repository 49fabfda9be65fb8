"""PowerPoint: a section for each slide, its title first; speaker notes, hidden slides and hidden boxes as internal.

python-pptx opens the package; its parser resolves no entities, and linked pictures and media are never opened.
"""

import io
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from pptx import Presentation

from assistant.retrieval.formats.form import FormWriter, TextForm, table_row
from assistant.retrieval.formats.office import check_package

Shape: TypeAlias = Any  # python-pptx types few of a slide's parts

_MAX_NESTING = 20


def read(data: bytes) -> TextForm:
    """Read a presentation. Raises UnreadableNoteError; other errors of a damaged file pass through."""
    check_package(data, "PowerPoint")
    out = FormWriter()
    for n, slide in enumerate(Presentation(io.BytesIO(data)).slides, 1):
        _slide(out, slide, n)
    return out.form(
        "powerpoint", empty="The PowerPoint file holds no text, only pictures: note down what matters in a text file."
    )


def _slide(out: FormWriter, slide: Shape, n: int) -> None:
    at = ("slide ", str(n))
    title = slide.shapes.title
    words = " ".join(title.text_frame.text.split()) if title is not None else ""
    hidden = slide.element.get("show") in {"0", "false"}
    boxes = [(shape, covered) for shape, covered in _shapes(slide.shapes, 0) if shape.shape_id != _id(title)]
    filled = [line for shape, covered in boxes if not covered for line in _lines(shape)]
    unseen = [line for shape, covered in boxes if covered for line in _lines(shape) if line]
    spoken = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    notes = spoken.text.strip() if spoken is not None else ""
    if not (words or any(filled) or notes or unseen):
        return
    out.gap()
    # What is not shown to the audience was not meant for it.
    out.add(f"# {'Internal (hidden slide): ' if hidden else ''}{words or f'Slide {n}'}", *at)
    out.gap()
    for line in filled:
        if line:
            out.add(line, *at)
        else:
            out.gap()
    for heading, lines in (("hidden boxes", unseen), ("speaker notes", [notes] if notes else [])):
        if lines:
            out.gap()
            out.add(f"## Internal: {heading}", *at)
            out.gap()
            out.add("\n".join(lines), *at)


def _id(shape: Shape) -> int | None:
    return None if shape is None else shape.shape_id


def _shapes(shapes: Iterable[Shape], depth: int, *, covered: bool = False) -> Iterator[tuple[Shape, bool]]:
    """Go through the shapes, those of groups too, each with whether it is hidden."""
    for shape in shapes:
        named = shape.element.find(".//{*}cNvPr")
        hidden = covered or (named is not None and named.get("hidden") in {"1", "true"})
        if hasattr(shape, "shapes") and depth < _MAX_NESTING:
            yield from _shapes(shape.shapes, depth + 1, covered=hidden)
        else:
            yield shape, hidden


def _lines(shape: Shape) -> Iterator[str]:
    """The lines of a shape; an empty one ends a paragraph."""
    if getattr(shape, "has_table", False):
        for row in shape.table.rows:
            yield table_row(cell.text_frame.text for cell in row.cells)
        yield ""
    elif getattr(shape, "has_text_frame", False):
        paragraphs = [(p.level, p.text.replace("\v", "\n").strip()) for p in shape.text_frame.paragraphs]
        several = sum(bool(words) for _, words in paragraphs) > 1
        for level, words in paragraphs:
            # A box with several paragraphs is a list on a slide, whatever bullets its layout draws.
            yield f"{'  ' * level}- {words}" if several and words else words
        yield ""
