"""A draft as a reviewer walks it: which findings belong to which sentence, and which comes next."""

from dataclasses import dataclass
from functools import cached_property

from assistant.domain.draft import Sentence, SentencePlace
from assistant.domain.finding import SEVERITY_ORDER, Finding, Severity
from assistant.domain.view import DraftView

RECIPIENTS = "@recipients"
SUBJECT = "@subject"
WHOLE = "@whole"


@dataclass(frozen=True)
class Reading:
    """One view, with the places a cursor can stand on: sentence ids and the three above."""

    view: DraftView

    @cached_property
    def places(self) -> tuple[SentencePlace, ...]:
        """The sentences with their characters in the body."""
        return self.view.draft.places()

    @cached_property
    def _by_place(self) -> dict[str, tuple[Finding, ...]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.view.findings:
            found.setdefault(self.place_of(finding), []).append(finding)
        return {place: tuple(findings) for place, findings in found.items()}

    def place_of(self, finding: Finding) -> str:
        """Give where the cursor goes for a finding."""
        if finding.start is not None:
            for place in self.places:
                if place.start <= finding.start < max(place.end, place.start + 1):
                    return place.sentence.id
        return finding.sentence_id if finding.sentence_id and self.place(finding.sentence_id) else WHOLE

    def place(self, key: str) -> SentencePlace | None:
        """Give the sentence a cursor stands on, with its characters in the body."""
        return next((p for p in self.places if p.sentence.id == key), None)

    def sentence(self, key: str) -> Sentence | None:
        """Give the sentence with that id."""
        place = self.place(key)
        return place.sentence if place else None

    def findings_at(self, key: str) -> tuple[Finding, ...]:
        """Give the findings of a sentence, or those about the whole message."""
        return self._by_place.get(key, ())

    def finding(self, finding_id: str) -> Finding | None:
        """Find a finding by its id."""
        return next((f for f in self.view.findings if f.id == finding_id), None)

    def is_open(self, finding: Finding) -> bool:
        """Tell whether a finding still has to be settled."""
        return any(f.id == finding.id for f in self.view.open)

    def worst(self, key: str) -> Severity | None:
        """Give the most severe open finding's severity at a place; info counts when nothing is open."""
        findings = self.findings_at(key)
        left = [f.severity for f in findings if self.is_open(f) or f.severity is Severity.INFO]
        return min(left, key=SEVERITY_ORDER.__getitem__, default=None)

    def settled(self, key: str) -> bool:
        """Tell whether a place has findings and none is left to settle."""
        findings = [f for f in self.findings_at(key) if f.severity is not Severity.INFO]
        return bool(findings) and not any(self.is_open(f) for f in findings)

    @cached_property
    def walk(self) -> tuple[Finding, ...]:
        """The findings in reading order, the ones about the whole message first; only open ones while there are any."""
        chosen = self.view.open or self.view.findings
        return tuple(
            sorted(chosen, key=lambda f: (self._order(self.place_of(f)), f.start or 0, SEVERITY_ORDER[f.severity]))
        )

    def _order(self, key: str) -> int:
        return next((i for i, p in enumerate(self.places) if p.sentence.id == key), -1)

    def next_finding(self, current: str, key: str, step: int) -> Finding | None:
        """Give the next finding to look at from the current one, else from where the cursor stands; goes round."""
        if not self.walk:
            return None
        ids = [f.id for f in self.walk]
        if current in ids:
            return self.walk[(ids.index(current) + step) % len(ids)]
        here = self._order(key)
        ahead = [f for f in self.walk if self._order(self.place_of(f)) >= here]
        behind = [f for f in self.walk if self._order(self.place_of(f)) <= here]
        if step > 0:
            return ahead[0] if ahead else self.walk[0]
        return behind[-1] if behind else self.walk[-1]

    def first_at(self, key: str) -> Finding | None:
        """Give the finding that keys act on at a place: an open one before a settled one."""
        findings = self.findings_at(key)
        return next((f for f in findings if self.is_open(f)), findings[0] if findings else None)
