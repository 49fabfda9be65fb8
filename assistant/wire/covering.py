"""What a reader may see of a draft: internal words and other clients' material are covered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assistant.domain.draft import Draft
from assistant.domain.finding import Finding
from assistant.domain.project import Visibility
from assistant.domain.view import DraftView

Json = dict[str, object]
# What the audience check says about other clients' material; a test fails when the check learns another code.
OTHER_CLIENT_CODES = frozenset({"other_client_text", "other_client_value", "other_client_name", "foreign_name"})
INTERNAL_CODES = frozenset({"internal_text", "internal_value", "internal_name", "internal_likeness"})
_COVER = "█"


def covered_subject(subject: str, findings: Iterable[Finding], *, internal: bool, outside: bool) -> str:
    """Give a subject with the words covered that withheld findings name."""
    hidden = (f for f in findings if (outside and is_others(f)) or (not internal and f.code in INTERNAL_CODES))
    return covered(subject, frozenset(f.values.get("text", "") for f in hidden))


@dataclass(frozen=True, slots=True)
class Cover:
    """A draft's subject and body as the reader may see them, and the words that stay hidden wherever they stand."""

    subject: str
    body: str
    words: frozenset[str]

    @classmethod
    def of(cls, view: DraftView, *, internal: bool, outside: bool) -> "Cover":
        """Cover what this reader may not see: internal words, or, outside, other clients' material."""
        draft = view.draft
        body = draft.body
        words: set[str] = set()
        for finding in view.findings:
            if not ((outside and is_others(finding)) or (not internal and is_internal(finding, draft))):
                continue
            words.add(finding.values.get("text", ""))
            if finding.start is not None and finding.end is not None:
                start, end = max(0, finding.start), min(len(body), finding.end)
                words.add(draft.body[start:end])
                body = body[:start] + _COVER * (end - start) + body[end:]
        # A check reports a value once; the same words elsewhere in the message tell as much.
        return cls(covered(draft.subject, words), covered(body, words), frozenset(words))


def covered(words: str, hidden: Collection[str]) -> str:
    """Cover each of the hidden texts wherever it stands in the words."""
    for one in sorted(hidden, key=len, reverse=True):
        if len(one.strip()) > 1:
            words = words.replace(one, _COVER * len(one))
    return words


def is_others(finding: Finding) -> bool:
    """Whether a finding quotes or names another client's material."""
    return finding.check == "audience" and finding.code in OTHER_CLIENT_CODES


def is_internal(finding: Finding, draft: Draft) -> bool:
    """Whether a finding quotes or names an internal passage."""
    if finding.check == "audience" and finding.code in INTERNAL_CODES:
        return True
    if finding.check == "watermelon" and finding.code == "internal":
        return True
    inside = {e.n for e in draft.evidence if e.passage.visibility is Visibility.INTERNAL}
    return bool(inside & set(finding.evidence))


def visible_evidence(draft: Draft, *, internal: bool) -> frozenset[int]:
    """Numbers of the evidence that the reader may see."""
    return frozenset(e.n for e in draft.evidence if internal or e.passage.visibility is Visibility.CLIENT)
