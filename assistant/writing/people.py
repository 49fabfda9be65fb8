"""Who is who among the names in the notes: the client's people, the addressee, and our own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.domain.brief import Brief
from assistant.domain.note import Passage
from assistant.domain.project import Contact
from assistant.writing.frame import addressee

_PRESENT = re.compile(
    r"(?:^\W{0,4}|[.;] )(?:present|attendees?|attending|participants?|apologies"
    r"|参会(?:人员?)?|出席(?:人员?)?|与会(?:人员?)?|请假|缺席)\s*[:\uff1a](.{1,600})$",
    re.IGNORECASE | re.MULTILINE,
)
_GROUPS = re.compile(r"[;\uff1b]")
_NAME = re.compile(
    r"((?:[A-Z]\.\s?|[A-Z][\w'’-]+ )(?:[A-Z]\. ?)?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?|[\u4e00-\u9fff]{2,4})"
    r"\s*(?:[(\uff08]([^)\uff09]{1,60})[)\uff09])?"
)
_ROLE = re.compile(r"[,;、，/]|经理|主任|总监|manager|lead", re.IGNORECASE)
_COMPANY = re.compile(r"(?:公司|集团|有限|股份|科技)+$")


class Side(StrEnum):
    """Whose person somebody is, seen from the message."""

    ADDRESSEE = "addressee"
    CLIENT = "client"
    SENDER = "sender"
    OURS = "ours"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class People:
    """Everyone the notes may name, by every form in which notes name them; whose initials stand for which name."""

    forms: dict[str, Side]
    addressee_forms: tuple[str, ...]
    initials: dict[str, str] = field(default_factory=dict)

    def side(self, words: str) -> Side:
        """Tell whose person a name, first name, salutation or pair of initials is."""
        bare = words.strip(" .,:*").casefold()
        return self.forms.get(bare, Side.UNKNOWN)

    def initials_of_ours(self) -> frozenset[str]:
        """Give the initials that stand for our own people."""
        return frozenset(
            form.upper()
            for form, side in self.forms.items()
            if len(form) in (2, 3) and form.isascii() and side in _OURS
        )

    def names_addressee(self, text: str) -> bool:
        """Whether a text speaks of the addressee by name."""
        return any(stands(form, text) for form in self.addressee_forms)


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "councillor", "sir"})
_OURS = (Side.OURS, Side.SENDER)


def people_of(brief: Brief, passages: Iterable[Passage]) -> People:
    """Learn the people from the project card and from the attendance lines of the notes."""
    forms: dict[str, Side] = {"me": Side.SENDER, "i": Side.SENDER, "we": Side.OURS, "us": Side.OURS}
    forms |= {"我": Side.SENDER, "我们": Side.OURS, "我方": Side.OURS}
    written_to = addressee(brief)
    initials: dict[str, str] = {}
    own_client = (brief.project.client.name, *brief.project.client.aliases)
    for name, mark, is_client in _present(passages, own_client):
        for form in (*_forms_of(name), *_company_forms(mark)):
            forms.setdefault(form, Side.CLIENT if is_client else Side.OURS)
        if name.isascii():
            initials["".join(part[0] for part in name.replace(".", ". ").split()).upper()] = name
    for alias in own_client:
        forms[alias.casefold()] = forms[alias.casefold().removeprefix("the ")] = Side.CLIENT
    for contact in brief.project.contacts:
        side = Side.ADDRESSEE if contact == written_to else Side.CLIENT
        for form in _contact_forms(contact):
            forms[form] = side
    for form in _forms_of(brief.project.sender.name):
        forms[form] = Side.SENDER
    surnames = {contact.name[0] for contact in brief.project.contacts if not contact.name.isascii()}
    forms = {form: side for form, side in forms.items() if form not in surnames}
    own = (
        tuple(form for form in _contact_forms(written_to) if len(form) > 2 or not form.isascii()) if written_to else ()
    )
    return People(forms, own, initials)


def _present(passages: Iterable[Passage], client: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    """Give the names of the attendance lists, the company that stands in brackets, and whether that is the client."""
    found: list[tuple[str, str, bool]] = []
    for passage in passages:
        for line in _PRESENT.finditer(passage.text):
            for group in _GROUPS.split(line[1]):
                names = [(name[1], name[2] or "") for name in _NAME.finditer(group)]
                # The company in brackets after the last name holds for the whole group, unless each has brackets.
                marked = sum(bool(mark) for _, mark in names)
                shared = names[-1][1] if names and (marked == 1 or not names[-1][0].isascii()) else ""
                found += [(name, mark or shared, _mentions(mark or shared, client)) for name, mark in names]
    return found


def _company_forms(mark: str) -> list[str]:
    """Give the forms in which notes name a company: its name, and that name without what it ends in."""
    bare = mark.strip()
    is_name = bare[:1].isupper() or not bare.isascii()
    if not is_name or len(bare) < 2 or len(bare.split()) > 3 or _ROLE.search(bare):
        return []
    short = _COMPANY.sub("", bare)
    return [bare.casefold(), *([short, f"{short}公司"] if not bare.isascii() and len(short) > 1 else [])]


def _mentions(mark: str, client: tuple[str, ...]) -> bool:
    return any(alias.casefold() in mark.casefold() or (mark and mark in alias) for alias in client)


def _forms_of(name: str) -> list[str]:
    parts = name.replace(".", ". ").split()
    forms = [name.casefold()]
    if len(parts) > 1:
        titled = parts[0].casefold().rstrip(".") in _TITLES
        forms += [] if len(parts[0].rstrip(".")) == 1 or titled else [parts[0].casefold()]
        forms += [parts[-1].casefold(), "".join(part[0] for part in (parts[1:] if titled else parts)).casefold()]
    elif not name.isascii() and len(name) in (2, 3):
        forms.append(name[0])
    return forms


def bare_name(name: str) -> str:
    """Give a name without the titles in front of it."""
    parts = name.split()
    while len(parts) > 2 and parts[0].rstrip(".").casefold() in _TITLES:
        parts = parts[1:]
    return " ".join(parts)


def _contact_forms(contact: Contact) -> list[str]:
    forms = [*_forms_of(contact.name), *(form for form in _forms_of(bare_name(contact.name)))]
    if contact.salutation:
        forms.append(contact.salutation.casefold())
    return [form for form in forms if form != contact.name[0] or form.isascii()]


def stands(form: str, text: str) -> bool:
    """Whether a name stands in a text as a word of its own."""
    if not form.isascii():
        return form in text
    return re.search(rf"\b{re.escape(form)}\b", text, re.IGNORECASE) is not None
