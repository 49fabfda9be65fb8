"""From a file's bytes to text: which files are read, how their encoding is found, what is refused."""

import codecs
import importlib
import re

from assistant.errors import UnreadableNoteError
from assistant.retrieval.formats.form import TextForm

_MB = 1024 * 1024
MAX_BYTES = 20 * _MB
MAIL_SUFFIXES = frozenset({".eml", ".mbox", ".msg"})
TEXT_SUFFIXES = frozenset({".md", ".markdown", ".txt", ".text"})
# Module and callable of assistant.retrieval.formats: imported by name when a file needs them, for every command would
# pay for the libraries behind them otherwise (half a second for Excel's alone).
_DOCUMENTS = {
    ".pdf": ("PDF", "pdf", "read"),
    ".docx": ("Word", "word", "read"),
    ".pptx": ("PowerPoint", "slides", "read"),
    ".xlsx": ("Excel", "tables", "read"),
}
_DECODED = {
    ".html": ("HTML", "web", "read_page"),
    ".htm": ("HTML", "web", "read_page"),
    ".csv": ("CSV", "tables", "read_csv"),
    ".tsv": ("CSV", "tables", "read_csv"),
    ".vtt": ("WebVTT", "transcript", "read_transcript"),
    ".srt": ("SubRip", "transcript", "read_transcript"),
}
SUFFIXES = MAIL_SUFFIXES | TEXT_SUFFIXES | _DOCUMENTS.keys() | _DECODED.keys()
_OLD = {".doc": ".docx", ".ppt": ".pptx", ".xls": ".xlsx", ".docm": ".docx", ".pptm": ".pptx", ".xlsm": ".xlsx"}
_ADVICE = "save it as Markdown, text, HTML, PDF, .docx, .pptx, .xlsx, .csv or .eml"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "an Office or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Office or Outlook file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)
_EVERYDAY = (("À", "ÿ"), ("\u3000", "\u3011"), ("\uff01", "\uff5e"))
_SAMPLE = 64 * 1024
_OTHERS = ("big5", "big5hkscs", "cp932", "euc_jp", "cp949", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "koi8_r")
_LEAST_TO_GUESS = 16
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_NEVER_WRITTEN = re.compile(r"[\x00\ufffe\uffff]")
"""What no terminal writes. The other control characters stand in what was copied from one, or recorded there: bells,
backspaces, escapes. They stay in a note's text, where they are, and whoever prints it makes them visible."""
_OF_TERMINALS = dict.fromkeys(map(ord, "\x07\x08\x0e\x0f\x1b\x7f"))  # they say nothing of the encoding
_SURE = frozenset({"utf-8", "utf-8-sig", "gb18030"})  # bytes that are no text seldom pass for one of them
_MOST_CONTROL = 0.3  # of the characters; a screen in colours and with a moving cursor has less
_LATIN_EXTRA = frozenset("€£¥§©®°±²³·½¼×ß–—‘’‚“”„•…™«»¿¡")


def check_size(size: int) -> None:
    """Refuse a file of more than 20 MB. Raises UnreadableNoteError."""
    if size > MAX_BYTES:
        raise UnreadableNoteError(
            f"The file has {size // _MB} MB, and notes are read up to {MAX_BYTES // _MB} MB: split it."
        )


def check_suffix(path: str) -> str:
    """Give the file's suffix in lower case. Raises UnreadableNoteError for a kind of file that is not read."""
    name = path.rpartition("/")[2]
    suffix = f".{name.rpartition('.')[2].casefold()}" if "." in name else ""
    if suffix not in SUFFIXES:
        advice = f"save it as {_OLD[suffix]}" if suffix in _OLD else _ADVICE
        raise UnreadableNoteError(f"Files named {suffix or 'without a suffix'} are not read: {advice}.")
    return suffix


def text_form(path: str, data: bytes) -> TextForm:
    """Give the text form of a file that is no mail. Raises UnreadableNoteError, and nothing else, whatever the bytes.

    The libraries for documents raise errors of many kinds on damaged files; each means the same to a person.
    """
    suffix = check_suffix(path)
    check_size(len(data))
    if suffix in TEXT_SUFFIXES:
        return TextForm(*decode(data))
    what, module, name = (_DOCUMENTS | _DECODED)[suffix]
    given = (data,) if suffix in _DOCUMENTS else decode(data)
    reader = importlib.import_module(f"assistant.retrieval.formats.{module}")
    try:
        form: TextForm = getattr(reader, name)(*given)
    except UnreadableNoteError:
        raise
    except Exception as error:
        raise UnreadableNoteError(
            f"The {what} file is damaged: open it in the program it comes from and save it again."
        ) from error
    return form


def decode(data: bytes) -> tuple[str, str]:
    """Give the text of a file and the name of its encoding, with line feeds at line ends and no byte order mark.

    UTF-8, UTF-16 (with and without a mark), UTF-32, GB18030 and Windows-1252 are recognised by rules; whatever else is
    left to charset-normalizer. Raises UnreadableNoteError for a file that is too large or holds no text.
    """
    check_size(len(data))
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableNoteError(f"The file is {what}, not text: save it as Markdown, text or .eml.")
    text, encoding = _decoded(data)
    damaged = sum(1 for _ in _CONTROL.finditer(text))
    strange = sum(1 for _ in _NEVER_WRITTEN.finditer(text)) if encoding in _SURE else damaged
    if strange > len(text) // 1000 + (len(text) > 200) or damaged > _MOST_CONTROL * len(text):
        raise _no_text()
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"), encoding


def _no_text() -> UnreadableNoteError:
    return UnreadableNoteError("The file holds binary data or an unknown encoding: save it as UTF-8 text.")


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _strict(data, encoding)
            if text is None:
                raise _no_text()
            return text, encoding
    if b"\x00" not in data:
        text = _strict(data, "utf-8")
        if text is not None:
            return text, "utf-8"
    return _guessed(data)


def _guessed(data: bytes) -> tuple[str, str]:
    best = max((_likeness(data, encoding), encoding) for encoding in ("utf-16-be", "utf-16-le", "gb18030"))
    if best[0] >= 0.85:
        text = _strict(data, best[1])
        if text is not None:
            return text, best[1]
    if b"\x00" in data:
        raise _no_text()
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    if broken * 200 <= len(mended) and sum(letter > "\x7f" for letter in mended) > 3 * broken:
        return mended, "utf-8 (damaged)"
    latin = _strict(data, "cp1252")
    if latin is not None and _is_western(latin):
        return latin, "cp1252"
    return _by_statistics(data)


def _by_statistics(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few files need it, and every start would pay for it

    found = from_bytes(data[:_SAMPLE], threshold=0.2, chunk_size=4096, cp_isolation=list(_OTHERS)).best()
    text = _strict(data, found.encoding) if found is not None else None
    if found is None or text is None or len(text) < _LEAST_TO_GUESS:
        raise _no_text()
    if sum(letter.isalnum() or letter.isspace() for letter in text) < 0.75 * len(text):
        raise _no_text()
    return text, found.encoding.replace("_", "-")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _likeness(data: bytes, encoding: str) -> float:
    """How much the bytes look like English or Chinese text in that encoding: the share of everyday characters."""
    cut = data[:_SAMPLE]
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(cut, final=len(cut) == len(data))
    except UnicodeDecodeError:
        return 0.0
    text = text.translate(_OF_TERMINALS)
    wide = [letter for letter in text if letter > "\x7f"]
    if not wide:
        # Latin text in UTF-16 is told by its zero bytes; without them the bytes would have been UTF-8.
        return 1.0 if text and _CONTROL.search(text) is None else 0.0
    everyday = sum(_is_everyday(letter) for letter in wide)
    printable = sum(letter.isprintable() or letter in "\t\r\n\f" for letter in text)
    return min(everyday / len(wide), printable / len(text))


def _is_everyday(letter: str) -> bool:
    """Tell whether a character is Chinese punctuation or one of the 3,755 hanzi of GB 2312's first level."""
    if (
        letter in _LATIN_EXTRA
        or "À" <= letter <= "ÿ"
        or "\u3000" <= letter <= "\u3011"
        or "\uff01" <= letter <= "\uff5e"
    ):
        return True
    if letter < "\u4e00" or letter > "\u9fff":
        return False
    try:
        return 0xB0 <= letter.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def _is_western(text: str) -> bool:
    wide = [letter for letter in text if letter > "\x7f"]
    known = sum(letter in _LATIN_EXTRA or "À" <= letter <= "ÿ" for letter in wide)
    return len(wide) * 5 <= len(text) and known == len(wide)
