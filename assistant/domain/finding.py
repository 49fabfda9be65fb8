"""What a check says about a draft."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """Block: cannot be approved. Warn: must be settled. Info: asks nothing."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found.

    `code` names the message in the catalogues (`finding.<check>.<code>`), `values` are its named parts. `start` and
    `end` are characters of the draft's body, or None for a finding about the whole message. `evidence` are evidence
    numbers. `anchor` is what the finding hangs on (the sentence's text, a step, an address): the id is made of
    check, code, anchor and values, so a waiver survives an edit elsewhere.
    """

    check: str
    code: str
    severity: Severity
    anchor: str = ""
    start: int | None = None
    end: int | None = None
    sentence_id: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """Give an id that stays the same while the words it is about stay the same."""
        parts = [self.check, self.code, self.anchor, *(f"{k}={v}" for k, v in sorted(self.values.items()))]
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @property
    def message_key(self) -> str:
        """Give the key of its message in the catalogues."""
        return f"finding.{self.check}.{self.code}"


SEVERITY_ORDER = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.INFO: 2}


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Sort findings by severity, place, check and code, and drop repeated ids."""
    unique = {f.id: f for f in reversed(findings)}
    whole = -1
    return tuple(
        sorted(
            unique.values(),
            key=lambda f: (
                SEVERITY_ORDER[f.severity],
                whole if f.start is None else f.start,
                f.check,
                f.code,
                f.id,
            ),
        )
    )
