"""The superseded check: a value that a later note changes, or on which the notes disagree."""

from collections.abc import Iterator
from datetime import date

from assistant.checks.claims import Role
from assistant.checks.client_words import repeats_client
from assistant.checks.input import CheckInput
from assistant.checks.matching import carries
from assistant.checks.reading import Reading, ReadSentence, read, remembered
from assistant.checks.statements import is_old
from assistant.checks.subjects import COMPARED, Rival
from assistant.domain.facts import Fact
from assistant.domain.finding import Finding, Severity
from assistant.domain.note import Passage

CHECK = "superseded"
CODES = ("superseded", "conflict", "later_guess")

_SILENT = frozenset({Role.GREETING, Role.CLOSING, Role.THANKS, Role.GAP, Role.PROPOSAL})


def check(given: CheckInput) -> list[Finding]:
    """Report values that a later client-visible note changes, and values on which current notes disagree; all warn.

    A later guess does not change a decided value: it is reported as a conflict of its own code.
    """
    reading = read(given)
    return [f for sentence in reading.sentences for f in remembered(reading, CHECK, sentence, _in_sentence)]


def _in_sentence(reading: Reading, sentence: ReadSentence) -> Iterator[Finding]:
    if sentence.role in _SILENT or repeats_client(reading, sentence):
        return
    for fact in sentence.checked:
        if fact.kind in COMPARED and not is_old(sentence.text, fact):
            yield from _of_fact(reading, sentence, fact)


def _of_fact(reading: Reading, sentence: ReadSentence, fact: Fact) -> Iterator[Finding]:
    backing = [s.passage for s in reading.cited(sentence) if any(carries(f, fact, sentence.text) for f in s.facts)]
    rivals = reading.ledger().rivals(sentence.text, fact, sentence.facts)
    backers = [r for r in rivals if r.agrees]
    if not backing and not backers:
        return
    against = [r for r in rivals if not r.agrees and not _said_too(sentence, r)]
    if not against:
        return
    firm_date, firm = _newest_backing(backing, backers)
    later = [r for r in against if _after(r.statement.dated, firm_date, level=r.replaces)]
    decided = [r for r in later if not r.statement.hedged]
    if decided:
        yield _report(sentence, fact, "superseded", _newest(decided), backing, backers)
        return
    guesses = [r for r in later if r.statement.hedged]
    if guesses:
        yield _report(sentence, fact, "later_guess" if firm else "superseded", _newest(guesses), backing, backers)
        return
    # A note that lists the history of a value is in no conflict with itself.
    agreeing = {p.path for p in backing} | {r.statement.passage.path for r in backers}
    level = [
        r
        for r in against
        if not r.statement.hedged and _level(r.statement.dated, firm_date) and r.statement.passage.path not in agreeing
    ]
    if level:
        yield _report(sentence, fact, "conflict", level[0], backing, backers)


def _said_too(sentence: ReadSentence, rival: Rival) -> bool:
    """A sentence that also tells the other value hides nothing."""
    return any(carries(rival.fact, f) for f in sentence.facts)


def _newest_backing(backing: list[Passage], backers: list[Rival]) -> tuple[date | None, bool]:
    """Give the newest date on which the value was stated firmly, and whether it ever was."""
    firm = [r.statement.dated for r in backers if not r.statement.hedged]
    dates = [d for d in firm or [p.dated for p in backing] or [r.statement.dated for r in backers] if d]
    return (max(dates) if dates else None), bool(firm)


def _after(dated: date | None, other: date | None, *, level: bool) -> bool:
    """A note that calls the value old replaces it on the same day too."""
    return dated is not None and other is not None and (dated > other or (level and dated == other))


def _level(dated: date | None, other: date | None) -> bool:
    return dated is None or other is None or dated == other


def _newest(rivals: list[Rival]) -> Rival:
    return max(rivals, key=lambda r: (r.statement.dated or date.min, r.statement.passage.path, -r.statement.start))


def _report(
    sentence: ReadSentence, fact: Fact, code: str, rival: Rival, backing: list[Passage], backers: list[Rival]
) -> Finding:
    here = next((r.statement.where for r in backers if any(r.statement.passage.id == p.id for p in backing)), "")
    here = here or (backers[0].statement.where if backers else "")
    if not here and backing:
        here = backing[0].cite + (f" ({backing[0].dated})" if backing[0].dated else "")
    values = {"said": fact.text, "where": here, "source": rival.fact.text, "other_where": rival.statement.where}
    return sentence.finding(CHECK, code, Severity.WARN, values, span=(fact.start, fact.end))
