"""Facts: the checkable values that stand in a text, each with its place and a normal form."""

from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What sort of value a fact is."""

    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    DURATION = "duration"
    QUANTITY = "quantity"
    DATE = "date"
    TIME = "time"
    VERSION = "version"
    IDENTIFIER = "identifier"
    LINK = "link"
    EMAIL = "email"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Fact:
    """One value in a text: ``source[start:end] == text``, and ``value`` is its normal form.

    Two facts of one kind say the same when their values are equal, whatever language they were written in:

    - NUMBER ``12000``, ``3.5``, a fraction ``2/3``; PERCENT ``85``
    - MONEY ``EUR 12000``, ``? 12000`` where no currency is given
    - DURATION ``P2W``, ``P3D``, ``PT4H``, ``P5BD`` (working days); whole weeks, hours and years are folded
      (14 days are ``P2W``, 90 minutes ``PT90M``, 120 minutes ``PT2H``, 12 months ``P1Y``)
    - QUANTITY ``250 user``: the count and the singular noun or unit
    - DATE ``2026-03-19``; ``2026-03``, ``2026``, ``2026-W12``, ``2026-Q1``, ``2026-H1``; an interval
      ``2026-03-01/2026-03-10`` (early March); ``--03-19``, ``--03``, ``--Q1`` where the year is not known;
      a value that begins with ``?`` is relative to a reference date that was not given (``?+1d``, ``?w+1.3``)
    - TIME ``14:30``, ``14:30+08:00``, ``14:30 Europe/Berlin``; VERSION ``2.4.1``; IDENTIFIER ``HP-231``
    - LINK and EMAIL in lower case; NAME as written

    ``vague`` marks a time that is not one named day (end of March, next week, Q1). ``rule`` tells how a date
    was read: ``absolute``, ``relative:…`` or ``partial:…``; it is empty for the other kinds.
    """

    kind: FactKind
    start: int
    end: int
    text: str
    value: str
    vague: bool = False
    rule: str = ""

    @property
    def amount(self) -> str:
        """The number inside the value of a NUMBER, PERCENT, MONEY or QUANTITY, else an empty string."""
        if self.kind is FactKind.MONEY:
            return self.value.rpartition(" ")[2]
        if self.kind is FactKind.QUANTITY:
            return self.value.partition(" ")[0]
        return self.value if self.kind in {FactKind.NUMBER, FactKind.PERCENT} else ""

    @property
    def unit(self) -> str:
        """The currency of a MONEY (``?`` when unknown) or the noun of a QUANTITY, else an empty string."""
        if self.kind is FactKind.MONEY:
            return self.value.rpartition(" ")[0]
        return self.value.partition(" ")[2] if self.kind is FactKind.QUANTITY else ""
