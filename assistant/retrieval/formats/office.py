"""What is asked of an Office file before a library opens it: a sound ZIP of bounded size without entities."""

import io
import zipfile

from assistant.errors import UnreadableNoteError

_MB = 1024 * 1024
MAX_MEMBERS = 5_000
MAX_UNPACKED = 200 * _MB
MAX_XML_PART = 25 * _MB
MAX_RATIO = 150
"""Text that Office writes packs to a fifth up to a sixtieth; only what repeats without end packs to less."""

_OLE = b"\xd0\xcf\x11\xe0"
_HEAD = 64 * 1024


def check_package(data: bytes, what: str) -> None:
    """Refuse a file that would unpack to too much, holds entities, is locked, or is no Office file at all.

    `what` names the program, "Word". zipfile never gives more bytes of a member than its head declares, so the
    declared sizes are a true bound. Raises UnreadableNoteError, and what zipfile raises on a damaged archive.
    """
    if data.startswith(_OLE):
        raise UnreadableNoteError(
            f"The {what} file is locked with a password or of an old kind: save a copy without a password as a "
            f"new {what} file."
        )
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        _check_members(package, what)


def _check_members(package: zipfile.ZipFile, what: str) -> None:
    members = package.infolist()
    if len(members) > MAX_MEMBERS or sum(one.file_size for one in members) > MAX_UNPACKED:
        raise UnreadableNoteError(
            f"The {what} file unpacks to more than {MAX_UNPACKED // _MB} MB or {MAX_MEMBERS:,} parts and is not read."
        )
    for one in members:
        if not one.filename.casefold().endswith((".xml", ".rels", ".vml")):
            continue
        if one.file_size > MAX_XML_PART:
            raise UnreadableNoteError(
                f"The {what} file has a part of more than {MAX_XML_PART // _MB} MB of text: split it."
            )
        if one.file_size > max(4 * _MB, one.compress_size * MAX_RATIO):
            raise UnreadableNoteError(
                f"The {what} file repeats itself without end in one part, which no Office program writes: refused."
            )
        with package.open(one) as part:
            head = part.read(_HEAD)
        # Office writes no document types; they are only good for entities that grow or point elsewhere.
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<\x00!\x00D\x00O\x00C" in head:
            raise UnreadableNoteError(f"The {what} file declares entities, which no Office program writes: refused.")
