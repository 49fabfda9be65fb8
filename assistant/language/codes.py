"""Values that are written one way only: links, addresses, versions, identifiers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain.facts import FactKind

_LINK = re.compile(
    r"(?<![A-Za-z0-9@])(?:(?:https?|ftp|file)://|www\.)[!-;=?-_a-z~]{1,2000}"
    r"|(?<![A-Za-z0-9@./-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,4}(?:com|org|net|io|cn|de|eu|dev|app|info|example"
    r"|test|uk|fr|ch|at|hk|sg)"
    r"(?![A-Za-z0-9@])(?:/[!-;=?-_a-z~]{0,1000})?",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
_VERSION = re.compile(
    r"(?<![A-Za-z0-9_.,/-])(?:"
    r"[vV](?P<v>[0-9]{1,5}(?:\.[0-9]{1,6}){0,4}(?:-?(?:rc|alpha|beta|preview|hotfix)\.?[0-9]{0,4})?)"
    r"|(?:(?:version|release|ver\.|版本|版) ?[vV]?)(?P<w>[0-9]{1,5}(?:\.[0-9]{1,6}){1,4}(?:-?(?:rc|alpha"
    r"|beta)\.?[0-9]{0,4})?)"
    r"|(?P<n>[0-9]{1,5}(?:\.[0-9]{1,6}){2,4}(?:-(?:rc|alpha|beta|preview|hotfix)\.?[0-9]{0,4})?)"
    r")(?![A-Za-z0-9_]|\.[0-9])",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(
    r"(?<![A-Za-z0-9_@/.-])(?:"
    r"(?P<code>[A-Z][A-Z0-9]{0,9}(?:[-_/][A-Z0-9]{1,12}){1,4})"
    r"|(?P<packed>[A-Z]{2,6}[0-9]{2,10})"
    r"|(?P<spaced>(?:CR|HP|PO|RFC|ISO|DIN|SOW|TKT|INC|REQ|BUG|WO) [0-9]{1,8})"
    r")(?![A-Za-z0-9_])"
)
_HASH = re.compile(r"(?<![A-Za-z0-9&#/])#(?P<n>[0-9]{1,9})(?![A-Za-z0-9])")
_PHONE = re.compile(
    r"(?<![0-9A-Za-z+])\+[0-9]{1,3}(?:[ ()/-]{1,2}[0-9]{1,10}){1,6}(?![0-9])|(?<![0-9A-Za-z+])\+[0-9]{9,14}(?![0-9])"
)
_LABELLED_PHONE = re.compile(
    r"(?:(?<![A-Za-z])(?:tel|phone|mobile|fax)|电话|手机|传真|座机)[.:： ]{0,3}"
    r"(?P<n>\(?[0-9]{2,5}\)?(?:[ /-]?[0-9]{2,8}){1,5})(?![0-9])",
    re.IGNORECASE,
)
_NO_IDENTIFIER = re.compile(r"(?:UTF|Q[1-4]|H[12]|FY|CW|KW|W|COVID|A|B)[-_/]?[0-9]{1,4}\Z|[0-9A-Z]+/[A-Z]+\Z")
_TRAILING = ".,;:!?)]}'\"*_>"


@dataclass(frozen=True, slots=True)
class Code:
    """A value written one way only, its kind and its place."""

    kind: FactKind
    start: int
    end: int
    value: str


def find_links(text: str) -> Iterator[Code]:
    """Links and e-mail addresses, closing punctuation left outside."""
    if "@" in text:
        for found in _EMAIL.finditer(text):
            yield Code(FactKind.EMAIL, found.start(), found.end(), found[0].casefold())
    if "." in text or "://" in text:
        for found in _LINK.finditer(text):
            link = found[0].rstrip(_TRAILING)
            if "(" in link and found[0][len(link) : len(link) + 1] == ")":
                link += ")"
            yield Code(FactKind.LINK, found.start(), found.start() + len(link), link.casefold())


def find_versions(text: str) -> Iterator[Code]:
    """Versions of two or more parts, and single numbers that are marked as one (``v3``)."""
    for found in _VERSION.finditer(text):
        value = found["v"] or found["w"] or found["n"]
        yield Code(FactKind.VERSION, found.start(), found.end(), value.casefold())


def find_identifiers(text: str) -> Iterator[Code]:
    """Ticket, order and change-request numbers, ``#482`` and international telephone numbers."""
    for found in _PHONE.finditer(text):
        yield Code(FactKind.IDENTIFIER, found.start(), found.end(), "+" + re.sub(r"[^0-9]", "", found[0]))
    for found in _LABELLED_PHONE.finditer(text):
        yield Code(FactKind.IDENTIFIER, found.start("n"), found.end("n"), re.sub(r"[^0-9]", "", found["n"]))
    for found in _IDENTIFIER.finditer(text):
        code = found[0]
        if any(letter.isdigit() for letter in code) and _NO_IDENTIFIER.fullmatch(code) is None:
            yield Code(FactKind.IDENTIFIER, found.start(), found.end(), code.upper().replace(" ", "-"))
    for found in _HASH.finditer(text):
        yield Code(FactKind.IDENTIFIER, found.start(), found.end(), f"#{found['n']}")
