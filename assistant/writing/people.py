"""Who is who among the names in the notes: the client's people, the addressee, and our own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.brief import Brief
from assistant.domain.note import Passage
from assistant.domain.project import Contact
from assistant.writing.frame import addressee

_PRESENT = re.compile(
    r"^\W{0,4}(?:present|attendees?|attending|participants?|apologies|参会(?:人员?)?|出席(?:人员?)?|与会(?:人员?)?|请假|缺席)\s*[:\uff1a](.{1,600})$",
    re.IGNORECASE | re.MULTILINE,
)
_GROUPS = re.compile(r"[;\uff1b]")
_NAME = re.compile(
    r"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,2}|[\u4e00-\u9fff]{2,4})\s*(?:[(\uff08]([^)\uff09]{1,60})[)\uff09])?"
)


class Side(StrEnum):
    """Whose person somebody is, seen from the message."""

    ADDRESSEE = "addressee"
    CLIENT = "client"
    SENDER = "sender"
    OURS = "ours"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class People:
    """Everyone the notes may name, by every form in which notes name them."""

    forms: dict[str, Side]
    addressee_forms: tuple[str, ...]

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


_OURS = (Side.OURS, Side.SENDER)


def people_of(brief: Brief, passages: Iterable[Passage]) -> People:
    """Learn the people from the project card and from the attendance lines of the notes."""
    forms: dict[str, Side] = {"me": Side.SENDER, "i": Side.SENDER, "we": Side.OURS, "us": Side.OURS}
    forms |= {"我": Side.SENDER, "我们": Side.OURS, "我方": Side.OURS}
    written_to = addressee(brief)
    for name, is_client in _present(passages, (brief.project.client.name, *brief.project.client.aliases)):
        for form in _forms_of(name):
            forms.setdefault(form, Side.CLIENT if is_client else Side.OURS)
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
    return People(forms, own)


def _present(passages: Iterable[Passage], client: tuple[str, ...]) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for passage in passages:
        for line in _PRESENT.finditer(passage.text):
            for group in _GROUPS.split(line[1]):
                names = [(name[1], name[2] or "") for name in _NAME.finditer(group)]
                # In a Chinese list the company in brackets after the last name holds for the whole group.
                closing = names[-1][1] if names and not names[-1][0].isascii() else ""
                found += [(name, _mentions(mark or closing, client)) for name, mark in names]
    return found


def _mentions(mark: str, client: tuple[str, ...]) -> bool:
    return any(alias.casefold() in mark.casefold() or (mark and mark in alias) for alias in client)


def _forms_of(name: str) -> list[str]:
    parts = name.split()
    forms = [name.casefold()]
    if len(parts) > 1:
        forms += [parts[0].casefold(), "".join(part[0] for part in parts).casefold()]
    elif not name.isascii() and len(name) in (2, 3):
        forms.append(name[0])
    return forms


def _contact_forms(contact: Contact) -> list[str]:
    forms = _forms_of(contact.name)
    if contact.salutation:
        forms.append(contact.salutation.casefold())
    return [form for form in forms if form != contact.name[0] or form.isascii()]


def stands(form: str, text: str) -> bool:
    """Whether a name stands in a text as a word of its own."""
    if not form.isascii():
        return form in text
    return re.search(rf"\b{re.escape(form)}\b", text, re.IGNORECASE) is not None
