"""Clients and their projects, as the project card states them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Language = Literal["en", "zh"]


class Visibility(StrEnum):
    """Whether a passage may be told to the client."""

    CLIENT = "client"
    INTERNAL = "internal"


class ModelLimit(StrEnum):
    """Which models may see this client's text."""

    NONE = "none"
    LOCAL = "local"
    ANY = "any"


class RecipientRole(StrEnum):
    """Where an address stands in the message's head."""

    TO = "to"
    CC = "cc"


@dataclass(frozen=True, slots=True)
class Client:
    """Who the project is for. Told-before, commitments and lessons are per client."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """The project manager in whose name messages go out."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address of one message."""

    name: str
    email: str
    role: RecipientRole = RecipientRole.TO


@dataclass(frozen=True, slots=True)
class Contact:
    """A person on the client's side. Recipients come only from these."""

    name: str
    email: str
    role: str = ""
    salutation: str = ""
    language: Language | None = None
    default: RecipientRole | None = None

    def as_recipient(self, role: RecipientRole = RecipientRole.TO) -> Recipient:
        """Give the address this contact is written to."""
        return Recipient(self.name, self.email, role)


@dataclass(frozen=True, slots=True)
class Authority:
    """How far the sender may commit without asking somebody else."""

    max_date_shift_days: int | None = None
    may_offer_money: bool = False
    may_add_scope: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """One engagement for one client: everything the card says, with defaults filled in."""

    slug: str
    name: str
    client: Client
    sender: Sender
    contacts: tuple[Contact, ...] = ()
    language: Language = "en"
    greeting: str = ""
    closing: str = ""
    timezone: str = "UTC"
    authority: Authority = Authority()
    model: ModelLimit = ModelLimit.NONE
    update_every: str = ""
    default_visibility: Visibility = Visibility.CLIENT
    internal_globs: tuple[str, ...] = ()
    as_of: date | None = None

    def model_refusal(self, *, local: bool) -> str:
        """Say by which limit of the card a model may not see this client's text: `card_none`, `card_local` or ""."""
        if self.model is ModelLimit.NONE:
            return "card_none"
        return "card_local" if self.model is ModelLimit.LOCAL and not local else ""

    def contact_by_email(self, email: str) -> Contact | None:
        """Find the contact with that address, letter case aside."""
        wanted = email.strip().casefold()
        return next((c for c in self.contacts if c.email.casefold() == wanted), None)

    def contact_named(self, words: str) -> Contact | None:
        """Find the contact by address, full name or salutation, letter case aside."""
        wanted = words.strip().casefold()
        if not wanted:
            return None
        return self.contact_by_email(words) or next(
            (c for c in self.contacts if wanted in (c.name.casefold(), c.salutation.casefold())), None
        )

    def default_recipients(self) -> tuple[Recipient, ...]:
        """Give the contacts marked `default` on the card, `to` before `cc`."""
        chosen = [c.as_recipient(c.default) for c in self.contacts if c.default is not None]
        return tuple(sorted(chosen, key=lambda r: r.role is not RecipientRole.TO))

    def people(self) -> tuple[str, ...]:
        """Give the names of everyone on the card, for name recognition."""
        return (self.sender.name, *(c.name for c in self.contacts))
