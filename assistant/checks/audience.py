"""The audience check: nothing internal, nothing of another client, no secret, and nobody outside the contacts."""

import re
from collections.abc import Iterator

from assistant.checks.claims import Role
from assistant.checks.disclosure import Disclosure, disclosure
from assistant.checks.fingerprints import client_mentions, code_names, fact_marks, identifying, shingles
from assistant.checks.input import CheckInput
from assistant.checks.matching import carries
from assistant.checks.reading import Reading, ReadSentence, anchor, read, remembered
from assistant.checks.secrets import find_secrets
from assistant.checks.statements import Statement, place_of, statements
from assistant.checks.words import subject_words
from assistant.domain.facts import Fact, FactKind
from assistant.domain.finding import Finding, Severity
from assistant.domain.note import Passage
from assistant.language.normal import fold

CHECK = "audience"
CODES = (
    "internal_text",
    "internal_value",
    "internal_name",
    "internal_likeness",
    "other_client_text",
    "other_client_value",
    "other_client_name",
    "foreign_name",
    "secret_key",
    "secret_password",
    "secret_token",
    "no_recipients",
    "unknown_recipient",
)
# A run of this many marks in one sentence is a copied passage and no turn of phrase.
_FOREIGN_RUN = 4
_NUMERIC = frozenset({FactKind.PERCENT, FactKind.DURATION, FactKind.QUANTITY, FactKind.NUMBER, FactKind.DATE})
_FORMAL = frozenset({Role.GREETING, Role.CLOSING, Role.THANKS, Role.FRAME})
# Turns of phrase that one person writes to every client.
_COMMONPLACE = _FORMAL | {Role.REQUEST, Role.QUESTION, Role.EMPATHY, Role.APOLOGY}
_WORD_NAME = re.compile(r"[A-Z][A-Za-z]{2,24}")


def check(given: CheckInput) -> list[Finding]:
    """Report leaks of internal or foreign text, secrets, and recipients that are missing or unknown.

    Exact runs, values and names block; likeness alone, and a person's name alone, warn. What a client-visible or
    released passage also carries is no leak. Nothing is said about whose foreign text it is.
    """
    reading = read(given)
    findings = list(_recipients(given))
    known = disclosure(given)
    for sentence in reading.sentences:
        findings.extend(remembered(reading, CHECK, sentence, _in_sentence))
    findings.extend(_secrets(given.draft.subject, None))
    findings.extend(_foreign(given, given.draft.subject, reading.subject_facts, None, known))
    findings.extend(_internal_subject(given, reading, known))
    return findings


def _in_sentence(reading: Reading, sentence: ReadSentence) -> Iterator[Finding]:
    given, known = reading.given, disclosure(reading.given)
    yield from _secrets(sentence.text, sentence)
    yield from _internal(given, sentence, known)
    yield from _foreign(given, sentence.text, sentence.facts, sentence, known)


def _recipients(given: CheckInput) -> Iterator[Finding]:
    recipients = given.draft.recipients
    if not recipients:
        yield Finding(CHECK, "no_recipients", Severity.BLOCK)
    for recipient in recipients:
        if given.project.contact_by_email(recipient.email) is None:
            yield Finding(
                CHECK, "unknown_recipient", Severity.BLOCK, recipient.email, values={"email": recipient.email}
            )


def _internal(given: CheckInput, sentence: ReadSentence, known: Disclosure) -> Iterator[Finding]:
    text = sentence.text
    copied = [(s, e, known.internal_marks[m]) for m, s, e in shingles(text) if m in known.internal_marks]
    if copied:
        span = (min(s for s, _, _ in copied), max(e for _, e, _ in copied))
        yield _leak(sentence, "internal_text", Severity.BLOCK, text[span[0] : span[1]], copied[0][2], span)
    found = bool(copied)
    taken = (min(s for s, _, _ in copied), max(e for _, e, _ in copied)) if copied else (0, 0)
    for fact, passage in _internal_facts(sentence, known):
        if taken[0] <= fact.start and fact.end <= taken[1]:
            continue  # said already, by the words around it
        found = True
        yield _leak(sentence, "internal_value", Severity.BLOCK, fact.text, passage, (fact.start, fact.end))
    for name, passage in known.internal_names.items():
        place = _find_name(text, name)
        if place is not None:
            found = True
            yield _leak(sentence, "internal_name", Severity.BLOCK, name, passage, (place, place + len(name)))
    if not found and sentence.role not in _FORMAL:
        like = _like_internal(given, sentence, known)
        if like:
            yield _leak(sentence, "internal_likeness", Severity.WARN, "", like, (0, len(text)))


def _leak(
    sentence: ReadSentence,
    code: str,
    severity: Severity,
    words: str,
    passage: Passage,
    span: tuple[int, int],
) -> Finding:
    values = {"where": place_of(passage), "passage": passage.id}
    if words:
        values["text"] = words
    return sentence.finding(CHECK, code, severity, values, span=span)


def _internal_facts(sentence: ReadSentence, known: Disclosure) -> Iterator[tuple[Fact, Passage]]:
    """Values that only internal notes hold: those that identify, and other figures where the words agree too."""
    for fact in sentence.facts:
        value = identifying(fact)
        if value and fact.kind is not FactKind.NAME:
            passage = known.internal_values.get((fact.kind, value))
            if passage:
                yield fact, passage
        elif fact.kind in _NUMERIC and not _single_digit(fact):
            statement = _same_figure(sentence, fact, known)
            if statement:
                yield fact, statement.passage


def _single_digit(fact: Fact) -> bool:
    return fact.kind in {FactKind.NUMBER, FactKind.QUANTITY} and len(fact.amount) < 2


def _same_figure(sentence: ReadSentence, fact: Fact, known: Disclosure) -> Statement | None:
    for source in known.held_back:
        if not any(f.kind is fact.kind and f.value == fact.value for f in source.facts):
            continue
        for statement in statements(source):
            if any(f.kind is fact.kind and carries(f, fact, sentence.text) for f in statement.facts):
                shared = sentence.words & statement.words
                if shared & known.internal_words or len(shared) >= 3:
                    return None if _told_elsewhere(fact, known) else statement
    return None


def _told_elsewhere(fact: Fact, known: Disclosure) -> bool:
    """Tell whether the figure stands in what may be told too."""
    return fold(fact.text) in known.text


def _find_name(text: str, name: str) -> int | None:
    start = text.find(name)
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(name) : start + len(name) + 1]
        if not name.isascii() or not (before.isalnum() or after.isalnum()):
            return start
        start = text.find(name, start + 1)
    return None


def _like_internal(given: CheckInput, sentence: ReadSentence, known: Disclosure) -> Passage | None:
    """Find the internal passage that says nearly the same in other words, unless one that may be told does."""
    words = sentence.words
    hidden = words & known.internal_words
    if not hidden or len(words) < 3:
        return None
    for source in known.held_back:
        shared = words & subject_words(source.passage.text)
        only = len(shared & hidden)
        if only >= 1 and len(shared) + only >= 5 and len(shared) >= 0.4 * len(words):
            told = max((len(words & subject_words(t.passage.text)) for t in given.sources), default=0)
            if told < len(shared):
                return source.passage
    return None


def _foreign(
    given: CheckInput, text: str, facts: tuple[Fact, ...], sentence: ReadSentence | None, known: Disclosure
) -> Iterator[Finding]:
    """What only another client's notes carry. Says what matched in this draft, never where it comes from."""
    if not given.foreign:
        return
    runs = [(s, e) for m, s, e in shingles(text) if m in given.foreign and m not in known.marks]
    commonplace = sentence is not None and sentence.role in _COMMONPLACE and not facts
    if len(runs) >= _FOREIGN_RUN and not commonplace:
        yield _elses(given, sentence, "other_client_text", (runs[0][0], runs[-1][1]), text)
    own = {fold(n) for n in (given.project.client.name, *given.project.client.aliases)}
    named = [(s, e) for m, s, e in client_mentions(text) if m in given.foreign and fold(text[s:e]) not in own]
    for span in named:
        yield _elses(given, sentence, "other_client_name", span, text)
    for span, code in _foreign_values(given, text, facts, known):
        if not any(start < span[1] and span[0] < end for start, end in named):
            yield _elses(given, sentence, code, span, text)


def _foreign_values(
    given: CheckInput, text: str, facts: tuple[Fact, ...], known: Disclosure
) -> Iterator[tuple[tuple[int, int], str]]:
    for mark, fact in fact_marks(facts):
        told = mark in known.marks or fold(fact.text) in known.text or _of_own_house(given, fact)
        if mark in given.foreign and not told:
            name = fact.kind is FactKind.NAME
            yield (fact.start, fact.end), "foreign_name" if name else "other_client_value"
    for mark, start, end in code_names(text):
        if mark in given.foreign and mark not in known.marks and fold(text[start:end]) not in known.text:
            yield (start, end), "other_client_value"


def _of_own_house(given: CheckInput, fact: Fact) -> bool:
    """An address at the sender's own company belongs to no client."""
    house = given.project.sender.email.casefold().rpartition("@")[2]
    return fact.kind is FactKind.EMAIL and bool(house) and fact.value.casefold().endswith("@" + house)


def _elses(given: CheckInput, sentence: ReadSentence | None, code: str, span: tuple[int, int], text: str) -> Finding:
    severity = Severity.WARN if code == "foreign_name" else Severity.BLOCK
    values = {"text": text[span[0] : span[1]]}
    if sentence is None:
        return Finding(CHECK, code, severity, anchor(given.draft.subject), values=values)
    return sentence.finding(CHECK, code, severity, values, span=span)


def _secrets(text: str, sentence: ReadSentence | None) -> Iterator[Finding]:
    """Report secrets by their sort; the value is never put into a finding, because findings are stored and shown."""
    for secret in find_secrets(text):
        code = f"secret_{secret.sort}"
        if sentence is None:
            yield Finding(CHECK, code, Severity.BLOCK, "subject")
        else:
            yield sentence.finding(CHECK, code, Severity.BLOCK, span=(secret.start, secret.end))


def _internal_subject(given: CheckInput, reading: Reading, known: Disclosure) -> Iterator[Finding]:
    subject = given.draft.subject
    for fact in reading.subject_facts:
        passage = known.internal_values.get((fact.kind, identifying(fact))) if identifying(fact) else None
        if passage:
            values = {"where": place_of(passage), "passage": passage.id, "text": fact.text}
            yield Finding(CHECK, "internal_value", Severity.BLOCK, anchor(subject), values=values)
    for name, passage in known.internal_names.items():
        if _find_name(subject, name) is not None:
            values = {"where": place_of(passage), "passage": passage.id, "text": name}
            yield Finding(CHECK, "internal_name", Severity.BLOCK, anchor(subject), values=values)
    for mark, start, end in shingles(subject):
        if mark in known.internal_marks:
            passage = known.internal_marks[mark]
            values = {"where": place_of(passage), "passage": passage.id, "text": subject[start:end]}
            yield Finding(CHECK, "internal_text", Severity.BLOCK, anchor(subject), values=values)
            break
