"""People in a line of a note as the message speaks of them: the addressee is "you", ours are "we", others have names."""

# ruff: noqa: E501, SIM905 - patterns stand together by meaning

import re
from dataclasses import dataclass

from assistant.domain.brief import Brief
from assistant.domain.project import Contact, Language
from assistant.writing.frame import addressee
from assistant.writing.people import People, Side, bare_name

_AUX = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "isn't": "aren't",
    "hasn't": "haven't",
    "doesn't": "don't",
}
_THIRD = re.compile(r"^(?P<stem>[a-z]{2,}?(?P<e>(?:sh|ch|ss|x|o)es|[^s]s))$")
_STAYS = frozenset({"always", "perhaps", "as", "this", "thus", "plus"})
_BEFORE_OBJECT = re.compile(
    r"(?:\b(?:to|from|with|by|for|of|at|and|tell|told|ask|asked|give|gave|send|sent|show|showed|need|needs|via|on)\s)$",
    re.IGNORECASE,
)
_ALSO = re.compile(r"(, (?:and |but )?)((?:needs|wants|asks|has|prefers|expects|confirms|decides|sends|gives)\b)")
_BY_SOMEBODY = re.compile(r" by [A-Z]{2}(?= (?:until|by|on|from|today)\b|[.,]|$)")
_PERSONS_DO = re.compile(
    r"(?:found|looked|asked|tested|checked|wrote|sent|fixed|spoke|met|visited|drew|works|is working|called)\b"
)
_NO_PERSONS = frozenset("QA IT HR DB UI UX EU UK US PC AI CI OS PO PR TV GP OP PM VP ID".split())
_INITIALS = re.compile(r"\b[A-Z]{2,3}\b")


@dataclass(frozen=True, slots=True)
class Address:
    """How names are said to this message's addressee."""

    language: Language
    people: People
    yours: tuple[str, ...]
    others: tuple[tuple[str, str], ...]

    def said(self, text: str) -> str:
        """Say a line to the addressee. Empty when a name is left that no pattern turns."""
        if self.language == "zh":
            return self._said_zh(text)
        for form in self.yours:
            text = _to_you(text, form)
        for form, name in self.others:
            text = re.sub(rf"\b{re.escape(form)}\b(?!\.)", name, text)
        return self._ours_as_we(text)

    def _ours_as_we(self, text: str) -> str:
        """A sentence that begins with our own people's initials is about us; elsewhere initials stay and tell."""
        text = _BY_SOMEBODY.sub("", text)
        found = re.match(
            r"(?P<who>[A-Z]{2,3}(?:(?:/|,| and | & | ?\+ ?)[A-Z]{2,3}){0,3})(?P<colon>:)?\s+(?P<rest>\S.*)$",
            text,
            re.DOTALL,
        )
        if not found:
            return text
        known = all(self.people.side(one) in (Side.OURS, Side.SENDER) for one in _INITIALS.findall(found["who"]))
        acts = (
            bool(found["colon"] or _PERSONS_DO.match(found["rest"]))
            and not set(_INITIALS.findall(found["who"])) & _NO_PERSONS
        )
        if not known and not (
            acts
            and all(self.people.side(one) is Side.UNKNOWN and len(one) == 2 for one in _INITIALS.findall(found["who"]))
        ):
            return text
        return found["rest"] if found["colon"] else f"We {_agreeing(found['rest'])}"

    def _said_zh(self, text: str) -> str:
        for form in self.yours:
            text = re.sub(rf"(?:贵方)?{re.escape(form)}", "您", text)
        return text


def address_of(brief: Brief, people: People) -> Address:
    """Learn from the card how everybody is said."""
    written_to = addressee(brief)
    others = [c for c in brief.project.contacts if c != written_to and brief.language == "en"]
    named = [(form, contact.salutation or contact.name) for contact in others for form in _short_forms(contact)]
    known = {form for form, _ in named}
    named += [
        (form, name)
        for form, name in people.initials.items()
        if brief.language == "en" and form not in known and people.side(form) is Side.CLIENT
    ]
    forms = [f for f in people.addressee_forms if f] if written_to else []
    yours = sorted({*forms, *(_short_forms(written_to) if written_to else [])}, key=len, reverse=True)
    return Address(brief.language, people, tuple(yours), tuple(named))


def _short_forms(contact: Contact) -> list[str]:
    """Give the initials and the initial-and-surname forms of an English name."""
    parts = bare_name(contact.name).split()
    if len(parts) < 2 or not contact.name.isascii():
        return []
    return ["".join(p[0] for p in parts if p[0].isupper()), f"{parts[0][0]}. {parts[-1]}"]


def _to_you(text: str, form: str) -> str:
    # Initials only in capitals; names as they are written.
    sign = form.upper() if len(form) <= 3 and form.isascii() else form.title() if form.islower() else form
    flags = 0 if len(form) <= 3 else re.IGNORECASE
    mine = rf"(?:(?:Mr|Mrs|Ms|Dr|Prof|Professor)\.? )?{re.escape(sign)}"
    text = re.sub(rf"^{mine}['’]s\b", "Your", text, flags=flags)
    text = re.sub(rf"(?<=[.!?] ){mine}['’]s\b", "Your", text, flags=flags)
    text = re.sub(rf"\b{mine}['’]s\b", "your", text, flags=flags)
    opening = re.match(rf"{mine}(?P<comma>,)?\s+(?P<rest>[a-z].*)$", text, flags | re.DOTALL)
    if opening and not opening["comma"] and not opening["rest"].startswith("to "):
        return _ALSO.sub(lambda m: m[1] + _agreeing(m[2]), f"You {_agreeing(opening['rest'])}")
    parts: list[str] = []
    at = 0
    for found in re.finditer(rf"\b{mine}\b", text, flags):
        before = text[: found.start()]
        parts += [text[at : found.start()], "you" if _BEFORE_OBJECT.search(before) else found[0]]
        at = found.end()
    return "".join(parts) + text[at:]


def _agreeing(rest: str) -> str:
    """Give a predicate of he or she its form for you and we: "confirms the date" becomes "confirm the date"."""
    verb, space, more = rest.partition(" ")
    if verb in _AUX:
        return f"{_AUX[verb]}{space}{more}"
    found = _THIRD.match(verb)
    if not found or verb in _STAYS:
        return rest
    bare = (
        verb[:-3] + "y" if verb.endswith("ies") else verb[:-2] if re.search(r"(?:sh|ch|ss|x|o)es$", verb) else verb[:-1]
    )
    return f"{bare}{space}{more}"
