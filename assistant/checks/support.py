"""The support check: every fact of a claim must stand in the sources that the sentence cites."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher

from assistant.checks.bare_states import unknown_states
from assistant.checks.belonging import misplaced
from assistant.checks.claims import Role, is_courtesy
from assistant.checks.clause_states import turned_clauses
from assistant.checks.client_words import FROM_CLIENT, repeats_client
from assistant.checks.contradiction import contradictions, names_state
from assistant.checks.doubtful import CODE as WORDS
from assistant.checks.doubtful import doubtful_words
from assistant.checks.figure_relations import Relation, wrong_relations
from assistant.checks.figure_words import wrong_words
from assistant.checks.input import CheckInput, Source
from assistant.checks.matching import COUNTS, carried, carries, carries_date, span_of
from assistant.checks.near_names import near_names
from assistant.checks.parties import wrong_parties
from assistant.checks.planned import only_planned
from assistant.checks.reading import Reading, ReadSentence, anchor, own_names, read, remembered
from assistant.checks.replaced import replaced
from assistant.checks.statements import Statement, statements
from assistant.checks.subjects import same_subject, subject_of
from assistant.checks.swapped import swapped
from assistant.checks.word_order import exchanged
from assistant.checks.words import stem, subject_words
from assistant.domain.facts import Fact, FactKind
from assistant.domain.finding import Finding, Severity
from assistant.language.normal import fold

CHECK = "support"

# What a kind of fact is called in the codes: `date_differs`, `date_missing`.
SORTS: dict[FactKind, str] = {
    FactKind.NUMBER: "number",
    FactKind.QUANTITY: "number",
    FactKind.PERCENT: "percent",
    FactKind.MONEY: "amount",
    FactKind.DURATION: "duration",
    FactKind.DATE: "date",
    FactKind.TIME: "time",
    FactKind.VERSION: "version",
    FactKind.IDENTIFIER: "identifier",
    FactKind.LINK: "link",
    FactKind.EMAIL: "email",
    FactKind.NAME: "name",
}
_SORT_NAMES = tuple(dict.fromkeys(SORTS.values()))
CODES = (
    *(f"{sort}_{ending}" for sort in _SORT_NAMES for ending in ("missing", "differs", "elsewhere")),
    "unit_differs",
    "weekday_wrong",
    "no_source",
    "label_unknown",
    "negation",
    "state",
    "state_missing",
    "party_differs",
    "order_exchanged",
    "thing_replaced",
    WORDS,
)
_OF_THE_NOTE = frozenset({FactKind.IDENTIFIER, FactKind.NAME})
_UNPROVED = frozenset({Role.GREETING, Role.CLOSING, Role.PROPOSAL, Role.GAP})
_STATING = frozenset({Role.CLAIM, Role.PROMISE, Role.APOLOGY})
_ONLY_IF_CITED = frozenset({Role.QUESTION, Role.REQUEST, Role.FRAME, Role.PROMISE})
_NOW = re.compile(
    r"\b(?:today|this (?:week|month|morning|afternoon)|now)\b|今天|今日|本周|本月|这周|当前|现在|目前", re.IGNORECASE
)
_AGAINST = re.compile(
    r"(?:\b(?:than|over|on|against|versus|compared (?:to|with))\s(?:the )?|[比较同]|相比)\Z", re.IGNORECASE
)
_EDGES = " \t\n.。!！-*•|"
_SMALL_WORDS = re.compile(r"\A(?:one|two|three|a|an|一|两|二|三|几)\b|\A[一两二三几][\u4e00-\u9fff]?\Z", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,.\uff0c(\uff08]{0,6}(?:the)?\s{0,2}", re.IGNORECASE)
_WEEKDAYS = {
    d: i
    for i, names in enumerate(
        (
            "mon|monday|一",
            "tue|tues|tuesday|二",
            "wed|weds|wednesday|三",
            "thu|thur|thurs|thursday|四",
            "fri|friday|五",
            "sat|saturday|六",
            "sun|sunday|日|天",
        )
    )
    for d in names.split("|")
}
_WEEKDAY = re.compile(
    r"\b(mon(?:day)?|tue(?:s(?:day)?)?|weds?|wednesday|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?)\b|(?:周|星期|礼拜)([一二三四五六日天])",
    re.IGNORECASE,
)


def check(given: CheckInput) -> list[Finding]:
    """Report facts that no cited source carries, contradictions of state and negation, and claims without a source.

    All of them warn: the person may know more than the notes. Words that the trained model doubts are an info.
    """
    found = rule_findings(given)
    return [*found, *doubtful_words(read(given), found, CHECK)]


def rule_findings(given: CheckInput) -> list[Finding]:
    """Report what the rules alone find."""
    reading = read(given)
    findings: list[Finding] = []
    for sentence in reading.sentences:
        findings.extend(remembered(reading, CHECK, sentence, _in_sentence))
    findings.extend(_of_subject(reading))
    return findings


def _in_sentence(reading: Reading, sentence: ReadSentence) -> Iterator[Finding]:
    yield from _weekdays(reading, sentence)
    yield from _of_sentence(reading, sentence)


def _of_sentence(reading: Reading, sentence: ReadSentence) -> Iterator[Finding]:
    if sentence.role in _UNPROVED or is_fixed(reading.given, sentence.text):
        return
    if repeats_client(reading, sentence):
        return
    labels = sentence.place.sentence.evidence
    cited = reading.cited(sentence)
    unknown = [n for n in labels if n not in reading.given.evidence]
    if unknown:
        values = {"labels": ", ".join(f"E{n}" for n in unknown)}
        yield sentence.finding(CHECK, "label_unknown", Severity.WARN, values)
    if not cited:
        if sentence.role not in _ONLY_IF_CITED:
            yield from _without_source(reading, sentence)
        return
    to_prove = facts_to_prove(reading, sentence)
    missing = [f for f in to_prove if not _proved(reading, sentence, f, cited)]
    for fact in missing:
        yield _unproved(reading, sentence, fact, cited)
    if not missing and _said_so(sentence.text, cited):
        return
    yield from _swapped_units(sentence, cited, missing)
    wrong = [] if missing else [*_wrong(reading, sentence, cited)]
    if not wrong and (sentence.role in _STATING or sentence.role is Role.PROMISE):
        wrong = [*misplaced(sentence.text, sentence.facts, [f for f in to_prove if f not in missing], cited)]
    for relation in wrong:
        values = {"said": relation.said, "source": relation.source, "where": relation.statement.where}
        yield sentence.finding(CHECK, relation.code, Severity.WARN, values, span=relation.span)
    if not missing and not wrong and sentence.role in _STATING:
        yield from _turned(sentence, cited)


def _turned(sentence: ReadSentence, cited: Sequence[Source]) -> Iterator[Finding]:
    """States and denials that the cited sources tell otherwise, or weighty states that they do not tell."""
    turned = [*contradictions(sentence.text, sentence.facts, cited)] or [*turned_clauses(sentence.text, cited)]
    for code, span, values in turned:
        yield sentence.finding(CHECK, code, Severity.WARN, values, span=span)
    for said, span in () if turned else unknown_states(sentence.text, cited):
        yield sentence.finding(CHECK, "state_missing", Severity.WARN, {"said": said}, span=span)


def _said_so(text: str, cited: Sequence[Source]) -> bool:
    """Tell whether a cited source has a sentence word for word, so that no rule may object to how it is said."""
    said = fold(text).strip(_EDGES)
    return any(fold(statement.text).strip(_EDGES) == said for source in cited for statement in statements(source))


def _wrong(reading: Reading, sentence: ReadSentence, cited: Sequence[Source]) -> list[Relation]:
    """Give what is wrong with how the values of a sentence stand to each other; the first kind that finds anything."""
    text = sentence.text
    figures = [*wrong_relations(text, sentence.facts, cited)] or [*wrong_words(text, cited)]
    figures = figures or [*swapped(text, sentence.facts, cited)]
    if figures or sentence.role not in _STATING:
        return figures
    for look in (wrong_parties, exchanged, only_planned, near_names):
        if found := [*look(text, cited)]:
            return found
    return [*replaced(text, cited, reading.known_words())]


def _without_source(reading: Reading, sentence: ReadSentence) -> Iterator[Finding]:
    """A claim without labels: its words as a whole; thanks and apologies only for facts nobody ever stated."""
    to_prove = facts_to_prove(reading, sentence)
    if sentence.role is Role.CLAIM:
        if to_prove or not is_courtesy(sentence.text) or names_state(sentence.text):
            yield sentence.finding(CHECK, "no_source", Severity.WARN)
        return
    known = (*reading.inbound_facts(), *(f for s in reading.given.sources for f in s.facts))
    for fact in to_prove:
        if not carried(known, fact, sentence.text):
            code = f"{SORTS[fact.kind]}_missing"
            yield sentence.finding(CHECK, code, Severity.WARN, {"said": fact.text}, span=(fact.start, fact.end))


def facts_to_prove(reading: Reading, sentence: ReadSentence) -> list[Fact]:
    """Give the facts of a sentence that need a source: all but the card's names, the present day and `one`."""
    as_of = reading.given.draft.as_of
    own = " ".join(own_names(reading.given.project)).casefold()
    kept: list[Fact] = []
    for fact in sentence.checked:
        if fact.kind in {FactKind.NAME, FactKind.EMAIL} and _is_own(reading, fact, own):
            continue
        if fact.kind is FactKind.DATE and (_is_now(fact, as_of) or _is_yardstick(sentence.text, fact)):
            continue
        if fact.kind in COUNTS and _SMALL_WORDS.match(fact.text) and not fact.text[0].isdigit():
            continue
        kept.append(fact)
    return kept


def _is_own(reading: Reading, fact: Fact, own: str) -> bool:
    project = reading.given.project
    if fact.kind is FactKind.EMAIL:
        return fact.value.casefold() in {
            project.sender.email.casefold(),
            *(c.email.casefold() for c in project.contacts),
        }
    return fact.value.casefold() in own


def _is_now(fact: Fact, as_of: date) -> bool:
    span = span_of(fact.value, as_of.year)
    if span is None or not span[0] <= as_of <= span[1]:
        return False
    return span[0] == span[1] or _NOW.search(fact.text) is not None


def _is_yardstick(text: str, fact: Fact) -> bool:
    """`7 % more than last year`: the period that a change is measured against, which notes leave unsaid (同比)."""
    return fact.vague and _AGAINST.search(text[max(0, fact.start - 12) : fact.start]) is not None


def _proved(reading: Reading, sentence: ReadSentence, fact: Fact, cited: Sequence[Source]) -> bool:
    for source in cited:
        if carried(source.facts, fact, sentence.text) or _stands_in(source.passage.text, fact):
            return True
        if fact.kind is FactKind.DATE and _dates_the_source(sentence, fact, source):
            return True
    if fact.kind in _OF_THE_NOTE and _in_same_note(reading, fact, cited):
        return True
    if FROM_CLIENT.search(sentence.text) and carried(reading.inbound_facts(), fact, sentence.text):
        return True
    return fact.kind is FactKind.NAME and _other_script(fact, cited)


def _in_same_note(reading: Reading, fact: Fact, cited: Sequence[Source]) -> bool:
    """A note names its people and its ticket once, at the top or in its file name, and then speaks of them."""
    paths = {s.passage.path for s in cited}
    if any(fold(fact.value) in fold(path) for path in paths):
        return True
    return any(s.passage.path in paths and _stands_in(s.passage.text, fact) for s in reading.given.sources)


def _dates_the_source(sentence: ReadSentence, fact: Fact, source: Source) -> bool:
    """A sentence may name the day its source was written on, "as agreed on 11 March", unless that says otherwise."""
    dated = source.passage.dated
    if dated is None or fact.vague or not carries_date(dated.isoformat(), fact.value):
        return False
    subject = subject_of(sentence.text, fact, sentence.facts)
    return not any(
        f.kind is FactKind.DATE and same_subject(subject, subject_of(s.text, f, s.facts, s.start))
        for s in statements(source)
        for f in s.current()
    )


def _stands_in(text: str, fact: Fact) -> bool:
    """Tell whether a name or mark stands in the text as written, not inside a longer one."""
    if fact.kind not in {FactKind.NAME, FactKind.IDENTIFIER, FactKind.VERSION, FactKind.LINK, FactKind.EMAIL}:
        return False
    needle, hay = fold(fact.value), fold(text)
    place = hay.find(needle)
    while needle and place >= 0:
        before, after = hay[place - 1 : place], hay[place + len(needle) : place + len(needle) + 1]
        if not needle.isascii() or not (before[:1].isalnum() or after[:1].isalnum()):
            return True
        place = hay.find(needle, place + 1)
    return False


def _other_script(fact: Fact, cited: Sequence[Source]) -> bool:
    """A Latin name cannot be looked for in a source that is all Chinese, nor the other way round."""
    if fact.value.isascii():
        return not any(re.search(r"[A-Za-z]{3}", s.passage.text) for s in cited)
    return all(s.passage.text.isascii() for s in cited)


def _unproved(reading: Reading, sentence: ReadSentence, fact: Fact, cited: Sequence[Source]) -> Finding:
    """Say what the source has instead, else where the value does stand, else that it stands nowhere cited."""
    sort = SORTS[fact.kind]
    span = (fact.start, fact.end)
    other = nearest_value(sentence, fact, cited)
    if other:
        statement, value = other
        values = {"said": fact.text, "source": value.text, "where": statement.where}
        return sentence.finding(CHECK, f"{sort}_differs", Severity.WARN, values, span=span)
    elsewhere = reading.ledger().holder(sentence.text, sentence.words, fact)
    if elsewhere:
        values = {"said": fact.text, "where": elsewhere.where}
        return sentence.finding(CHECK, f"{sort}_elsewhere", Severity.WARN, values, span=span)
    return sentence.finding(CHECK, f"{sort}_missing", Severity.WARN, {"said": fact.text}, span=span)


def nearest_value(sentence: ReadSentence, fact: Fact, cited: Sequence[Source]) -> tuple[Statement, Fact] | None:
    """Find the value of the same kind that the cited sources hold among the most of the sentence's words."""
    best: tuple[float, Statement, Fact] | None = None
    others = [f for f in sentence.facts if f is not fact]
    for source in cited:
        for statement in statements(source):
            shared = len(sentence.words & statement.words)
            for candidate in statement.current():
                if not _same_sort(candidate, fact) or carried(others, candidate, sentence.text):
                    continue
                local = len(sentence.words & _words_near(source.passage.text, candidate))
                alike = SequenceMatcher(None, candidate.value, fact.value).ratio()
                unit = bool(candidate.unit) and stem(candidate.unit) == stem(fact.unit)
                score = shared + local + alike + 0.5 * unit if shared else 0.0
                if score >= 1 and (best is None or score > best[0]):
                    best = (score, statement, candidate)
    return (best[1], best[2]) if best else None


def _words_near(text: str, fact: Fact) -> frozenset[str]:
    return subject_words(text[max(0, fact.start - 24) : fact.end + 24])


def _same_sort(candidate: Fact, fact: Fact) -> bool:
    if fact.kind in COUNTS:
        return candidate.kind in COUNTS
    return candidate.kind is fact.kind


def _swapped_units(sentence: ReadSentence, cited: Sequence[Source], missing: Sequence[Fact]) -> Iterator[Finding]:
    """A count whose noun the source gives to another number: `340 branches` where it says 340 accounts, 14 branches."""
    for fact in sentence.checked:
        if fact.kind is not FactKind.QUANTITY or fact in missing:
            continue
        counts = [(f, s) for s in cited for st in statements(s) for f in st.facts if f.kind is FactKind.QUANTITY]
        unit = stem(fact.unit.casefold())
        same_noun = [f for f, _ in counts if stem(f.unit.casefold()) == unit]
        same_count = [(f, s) for f, s in counts if f.amount == fact.amount]
        if same_noun and same_count and not any(carries(f, fact, sentence.text) for f in same_noun):
            other, source = same_count[0]
            values = {"said": fact.text, "source": other.text, "where": source.passage.cite}
            yield sentence.finding(CHECK, "unit_differs", Severity.WARN, values, span=(fact.start, fact.end))


def _in_other_year(reading: Reading, sentence: ReadSentence, fact: Fact, weekday: int) -> bool:
    """A day written without its year is first read as the next one to come; a cited source may mean another year."""
    if re.search(r"[0-9]{4}", fact.text):
        return False
    day = fact.value[-6:]
    meant = [
        (source, f)
        for source in reading.cited(sentence)
        for f in source.facts
        if f.kind is FactKind.DATE and f.value.endswith(day)
    ]
    for source, held in meant:
        span = span_of(held.value)
        if span is not None and span[0].weekday() == weekday:
            return True
        beside = source.passage.text[max(0, held.start - 12) : held.end + 8]
        if any(_WEEKDAYS.get((found[1] or found[2]).casefold()) == weekday for found in _WEEKDAY.finditer(beside)):
            return True
    return False


def _weekdays(reading: Reading, sentence: ReadSentence) -> Iterator[Finding]:
    """A weekday written beside a date that falls on another one."""
    for fact in sentence.checked:
        span = span_of(fact.value) if fact.kind is FactKind.DATE and not fact.value.startswith("-") else None
        if not span or span[0] != span[1] or not any(c.isdigit() for c in fact.text):
            continue
        around = (max(0, fact.start - 12), min(len(sentence.text), fact.end + 8))
        for found in _WEEKDAY.finditer(sentence.text, *around):
            if not _touches(sentence.text, found.span(), fact):
                continue
            named = _WEEKDAYS.get((found[1] or found[2]).casefold())
            if named is not None and named != span[0].weekday() and not _in_other_year(reading, sentence, fact, named):
                right = _nearest_day(span[0], named)
                values = {
                    "said": sentence.text[min(found.start(), fact.start) : max(found.end(), fact.end)],
                    "date": span[0].isoformat(),
                    "other": right.isoformat(),
                }
                yield sentence.finding(
                    CHECK,
                    "weekday_wrong",
                    Severity.WARN,
                    values,
                    span=(min(found.start(), fact.start), max(found.end(), fact.end)),
                )


def _touches(text: str, weekday: tuple[int, int], fact: Fact) -> bool:
    if weekday[0] < fact.end and fact.start < weekday[1]:
        return True
    between = text[weekday[1] : fact.start] if weekday[1] <= fact.start else text[fact.end : weekday[0]]
    return _BETWEEN.fullmatch(between) is not None


def _nearest_day(day: date, weekday: int) -> date:
    return min((day + timedelta(days=n) for n in range(-3, 4)), key=lambda d: d.weekday() != weekday)


def _of_subject(reading: Reading) -> Iterator[Finding]:
    """Facts of the subject line must stand somewhere in the cited sources, the client's message or the body."""
    given = reading.given
    known = [f for s in given.evidence.values() for f in s.facts]
    known += [f for s in reading.sentences for f in s.facts]
    known += reading.inbound_facts()
    own = " ".join(own_names(given.project)).casefold()
    for fact in reading.subject_facts:
        if (
            fact.kind is FactKind.NAME
            or fact.value.casefold() in own
            or (fact.kind is FactKind.DATE and _is_now(fact, given.draft.as_of))
        ):
            continue
        if not carried(known, fact, given.draft.subject) and not any(
            _stands_in(s.passage.text, fact) for s in given.evidence.values()
        ):
            values = {"said": fact.text}
            yield Finding(
                CHECK, f"{SORTS[fact.kind]}_missing", Severity.WARN, anchor(given.draft.subject), values=values
            )


def is_fixed(given: CheckInput, text: str) -> bool:
    """Tell whether a sentence is one that the playbook itself supplies."""
    return given.playbook is not None and fold(text) in _fixed_sentences(given)


def _fixed_sentences(given: CheckInput) -> frozenset[str]:
    steps = given.playbook.steps if given.playbook else ()
    return frozenset(fold(line) for s in steps for line in (*s.fixed.en, *s.fixed.zh))
