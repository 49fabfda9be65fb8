"""The injection check: orders to an assistant in what was read, and addresses that come only from there."""

from collections.abc import Iterator, Sequence

from assistant.checks.hidden_orders import find_orders
from assistant.checks.input import CheckInput
from assistant.checks.reading import read
from assistant.checks.statements import place_of
from assistant.domain.facts import FactKind
from assistant.domain.finding import Finding, Severity
from assistant.domain.note import Passage
from assistant.domain.project import Visibility
from assistant.language.normal import fold

CHECK = "injection"
CODES = ("in_mail", "in_note", "planted", "planted_recipient")

_ADDRESSES = frozenset({FactKind.LINK, FactKind.EMAIL})


def check(given: CheckInput) -> list[Finding]:
    """Report orders to an assistant in the client's message or a cited note (info), and what was planted by them.

    A link, an e-mail address or a recipient of the draft that stands in texts with such orders alone warns.
    """
    findings = list(_orders(given))
    findings.extend(_planted(given))
    return findings


def _orders(given: CheckInput) -> Iterator[Finding]:
    inbound = given.inbound
    if inbound is not None and (inbound.triage.injection or find_orders(inbound.mail.body)):
        yield Finding(CHECK, "in_mail", Severity.INFO, inbound.id)
    cited = {n for sentence in given.draft.sentences() for n in sentence.evidence}
    for n in sorted(cited & set(given.evidence)):
        passage = given.evidence[n].passage
        if passage.visibility is Visibility.CLIENT and find_orders(passage.text):
            yield Finding(
                CHECK, "in_note", Severity.INFO, passage.id, values={"where": place_of(passage)}, evidence=(n,)
            )


def _planted(given: CheckInput) -> Iterator[Finding]:
    tainted = [s.passage for s in given.sources if find_orders(s.passage.text)]
    inbound = given.inbound
    mail = f"{inbound.mail.subject}\n{inbound.mail.body}" if inbound else ""
    mail_tainted = bool(mail) and bool(find_orders(mail))
    if not tainted and not mail_tainted:
        return
    suspects = [p.text for p in tainted] + ([mail] if mail_tainted else [])
    trusted = _trusted(given, tainted, "" if mail_tainted else mail)
    for sentence in read(given).sentences:
        for fact in sentence.checked:
            if fact.kind in _ADDRESSES and _only_in(fact.value, suspects, trusted):
                values = {"said": fact.text, "where": _where(fact.value, tainted)}
                yield sentence.finding(CHECK, "planted", Severity.WARN, values, span=(fact.start, fact.end))
    for recipient in given.draft.recipients:
        if _only_in(recipient.email, suspects, trusted):
            values = {"email": recipient.email, "where": _where(recipient.email, tainted)}
            yield Finding(CHECK, "planted_recipient", Severity.WARN, recipient.email, values=values)


def _trusted(given: CheckInput, tainted: Sequence[Passage], mail: str) -> str:
    """Give what no orders stand in: the other notes, the client's message unless it holds some, and the card."""
    bad = {p.id for p in tainted}
    project = given.project
    texts = [s.passage.text for s in (*given.sources, *given.internal) if s.passage.id not in bad]
    card = [project.sender.email, *(c.email for c in project.contacts)]
    return fold("\n".join([*texts, mail, *card]))


def _only_in(value: str, suspects: Sequence[str], trusted: str) -> bool:
    needle = fold(value)
    return bool(needle) and needle not in trusted and any(needle in fold(text) for text in suspects)


def _where(value: str, tainted: Sequence[Passage]) -> str:
    """Give the note's place; a dash stands for the client's own message."""
    return next((place_of(p) for p in tainted if fold(value) in fold(p.text)), "-")
