"""What is pasted is text, whatever it contains.

A terminal says where a paste begins and ends. Textual's parser still reads an escape inside it as the end of the paste,
and the rest as keys: a client's mail with escapes in it could press keys of the desk. Most terminals take escapes out
of a paste; some hand them on. So controls inside a paste become visible before the parser sees them.
"""

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from textual._xterm_parser import XTermParser
from textual.message import Message

BEGIN, END = "\x1b[200~", "\x1b[201~"
_KEPT = frozenset("\t\n\r")
_VISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in _KEPT},
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}"),
}


class PasteGuard:
    """Reads what comes from the terminal, in pieces of any size, and makes controls inside a paste visible."""

    def __init__(self) -> None:
        self._inside = False
        self._tail = ""  # the last characters before a paste, in case its mark comes in two pieces
        self._held = ""  # the last characters of a paste that may begin its end mark

    def clean(self, data: str) -> str:
        """Give the next piece as the parser may read it."""
        out: list[str] = []
        left, self._held = self._held + data, ""
        while left:
            left = self._within(left, out) if self._inside else self._before(left, out)
        return "".join(out)

    def _before(self, left: str, out: list[str]) -> str:
        joined = self._tail + left
        found = joined.find(BEGIN)
        if found < 0:
            out.append(left)
            self._tail = joined[1 - len(BEGIN) :]
            return ""
        cut = found + len(BEGIN) - len(self._tail)
        out.append(left[:cut])
        self._inside, self._tail = True, ""
        return left[cut:]

    def _within(self, left: str, out: list[str]) -> str:
        found = left.find(END)
        if found >= 0:
            out += [left[:found].translate(_VISIBLE), END]
            self._inside = False
            return left[found + len(END) :]
        held = next(n for n in range(len(END) - 1, -1, -1) if left.endswith(END[:n]))
        out.append(left[: len(left) - held].translate(_VISIBLE))
        self._held = left[len(left) - held :]
        return ""


class GuardedParser(XTermParser):
    """Textual's parser of what a terminal sends, behind the guard."""

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 (as the driver calls it)
        super().__init__(debug)
        self._guard = PasteGuard()

    def feed(self, data: str) -> Iterable[Message]:
        """Read a piece; an empty one ends the input."""
        clean = self._guard.clean(data)
        return () if data and not clean else super().feed(clean)  # nothing yet is not the end


@cache
def guard(driver_module: str) -> None:
    """Have the driver of that module use the guarded parser; drivers without a parser are left alone."""
    module = import_module(driver_module)
    if getattr(module, "XTermParser", None) is XTermParser:
        module.XTermParser = GuardedParser  # type: ignore[attr-defined]  # the driver takes no parser of ours
