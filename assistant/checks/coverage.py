"""The coverage check: every step taken, in order, every Point answered, every promise that is due spoken of."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.checks.claims import Role
from assistant.checks.client_words import repeats_client
from assistant.checks.grievances import names_fault
from assistant.checks.input import CheckInput
from assistant.checks.matching import carried
from assistant.checks.reading import Reading, ReadSentence, read, read_facts
from assistant.checks.statements import Statement, statements
from assistant.checks.told import Promise, promises
from assistant.checks.words import subject_words
from assistant.domain.draft import Lead
from assistant.domain.facts import Fact, FactKind
from assistant.domain.finding import Finding, Severity
from assistant.domain.guidance import Playbook, PlaybookStep
from assistant.domain.inbound import PointKind
from assistant.domain.note import NoteKind
from assistant.language.detect import detect_language
from assistant.language.normal import fold
from assistant.language.statements import classify_statement

CHECK = "coverage"
CODES = (
    *("step_missing", "step_order", "point_unanswered", "point_unanswered_lead", "point_heard", "point_heard_lead"),
    *("point_unsure", "due_unreported"),
)

# A sentence answers a Point when it shares this part of the Point's words, or two of them.
_SHARE = 0.34
_SENT_OFF = re.compile(r"\b(?:sent|went out|delivered|handed over)\b|已发|发出了?|已给|已提交|已交", re.IGNORECASE)
_NOT_YET = re.compile(r"\b(?:not|still|never|must)\b|n['’]t\b|未|没|还|仍|必须|初稿|草稿", re.IGNORECASE)
# What the client wrote, told as the client's; a promise to the client ("I call you") is an answer.
_SAID_BACK = re.compile(
    r"\byou(?:['’]ve| have| also| then| further| again){0,2} (?:write|wrote|written"
    r"|ask|describe|mention|report|say|said|told|point|raise|note"
    r"|complain|state|list|refer|tell|find|found|are (?:not |un|dis))\w{0,3}\b|\byour (?:mail"
    r"|message|e-?mail|letter|complaint|question|request|point)\b"
    r"|(?:您|贵方|贵司|你)(?:还|又|也|在(?:来信|邮件)中)?(?:提到|提出|写道|写到|说"
    r"|问|要求|反映|指出|询问|来信|希望|投诉|描述|谈到)|来信|来函",
    re.IGNORECASE,
)
_SILENT = frozenset({Role.GREETING, Role.CLOSING, Role.GAP})


def check(given: CheckInput) -> list[Finding]:
    """Report required steps missing or out of order, Points that no sentence answers, due promises left out.

    A missing step and an unanswered Point warn; a Point that is only said back to the client is remarked on. The order
    warns where the message answers a client, who must be heard before anything is explained; elsewhere it is worth a
    remark only.
    """
    reading = read(given)
    findings: list[Finding] = []
    if given.playbook is not None and reading.sentences:
        findings.extend(_steps(reading, given.playbook))
    if given.inbound is not None:
        findings.extend(_points(reading))
    if given.playbook is not None and given.playbook.reports_promises and reading.sentences:
        findings.extend(_due(reading))
    return findings


def _steps(reading: Reading, playbook: Playbook) -> Iterator[Finding]:
    language = reading.given.draft.language
    begun: list[tuple[int, PlaybookStep]] = []
    for step in playbook.steps:
        first = _first_sentence(reading, step)
        if first is not None:
            begun.append((first, step))
        elif step.required and not _cued(reading, step):
            yield Finding(CHECK, "step_missing", Severity.WARN, step.id, values={"step": step.title.get(language)})
    severity = Severity.WARN if playbook.needs_inbound else Severity.INFO
    for (first, step), (following, after) in pairwise(begun):
        if following < first:
            values = {"step": after.title.get(language), "before": step.title.get(language)}
            yield Finding(CHECK, "step_order", severity, f"{after.id} {step.id}", values=values)


def _first_sentence(reading: Reading, step: PlaybookStep) -> int | None:
    """Give the first sentence of the section that serves a step."""
    return next((i for i, s in enumerate(reading.sentences) if s.place.section == step.id), None)


def _cued(reading: Reading, step: PlaybookStep) -> bool:
    cues = [fold(c) for c in (*step.cues.en, *step.cues.zh)]
    return any(cue in fold(s.text) for s in reading.sentences for cue in cues)


def _points(reading: Reading) -> Iterator[Finding]:
    inbound = reading.given.inbound
    if inbound is None:
        return
    spoken = [s for s in reading.sentences if s.role not in _SILENT]
    heard = [s for s in spoken if _SAID_BACK.search(s.text) and repeats_client(reading, s)]
    answers = [s for s in spoken if s not in heard]
    foreign = detect_language(inbound.mail.body) not in {reading.given.draft.language, "other"}
    for point in inbound.triage.points:
        facts = [
            f for f in read_facts(point.text, inbound.mail.received, None, reading.names) if f.kind is not FactKind.NAME
        ]
        words = subject_words(point.text)
        if not words and not facts:
            continue
        matching = [s for s in answers if _answers(reading, s, words, facts)]
        echoes = [s for s in matching if point.kind is PointKind.GRIEVANCE and _echoes(s, words)]
        if len(matching) > len(echoes):
            continue
        values = {"point": _shortened(point.text), "number": str(point.number)}
        anchor = fold(point.text)
        if foreign:
            # Two languages share no words: only a person can tell.
            yield Finding(CHECK, "point_unsure", Severity.INFO, anchor, values=values)
        elif echoes or any(_answers(reading, s, words, facts) for s in heard):
            yield _unmet("point_heard", Severity.INFO, anchor, values, reading.given.draft.leads)
        else:
            yield _unmet("point_unanswered", Severity.WARN, anchor, values, reading.given.draft.leads)


def _unmet(code: str, severity: Severity, anchor: str, values: dict[str, str], leads: Sequence[Lead]) -> Finding:
    """Say of a Point without an answer where in the notes to look, if a search came near to it."""
    lead = next((one for one in leads if str(one.point) == values["number"]), None)
    if lead is None:
        return Finding(CHECK, code, severity, anchor, values=values)
    return Finding(CHECK, f"{code}_lead", severity, anchor, values={**values, "where": lead.where, "lead": lead.text})


def _echoes(sentence: ReadSentence, words: frozenset[str]) -> bool:
    """Tell whether a sentence only says a grievance over again: the same fault in no other words."""
    return sentence.words <= words and names_fault(sentence.text)


def _answers(reading: Reading, sentence: ReadSentence, words: frozenset[str], facts: list[Fact]) -> bool:
    if any(carried([f], own, sentence.text) or carried([own], f) for own in sentence.facts for f in facts):
        return True
    near = len(words & sentence.words)
    if near and near >= min(2, len(words)) and near >= _SHARE * len(words):
        return True
    # The note that a sentence rests on may say in the client's words what the sentence says in others.
    cited = max((len(words & subject_words(s.passage.text)) for s in reading.cited(sentence)), default=0)
    return near >= 1 and near + cited >= 3 and cited >= 0.5 * len(words)


# --- promises that have fallen due ---------------------------------------------------------------------------


def _due(reading: Reading) -> Iterator[Finding]:
    """Promises made to the client in writing whose day has come, not kept by any later note, and not spoken of."""
    given = reading.given
    open_promises = [
        p for s in given.sources for p in promises(s) if p.due <= given.draft.as_of and not _kept(reading, p)
    ]
    for promise in open_promises:
        if any(_reports(reading, sentence, promise) for sentence in reading.sentences):
            continue
        values = {
            "point": _shortened(promise.statement.text).rstrip(" .。"),
            "date": promise.due.isoformat(),
            "where": promise.statement.where,
        }
        yield Finding(CHECK, "due_unreported", Severity.WARN, fold(promise.statement.text), values=values)


def _kept(reading: Reading, promise: Promise) -> bool:
    """Tell whether a later note, internal ones too, says that the thing was sent or done."""
    return any(
        _keeps(statement, promise)
        for source in (*reading.given.sources, *reading.given.internal)
        if source.passage.dated is not None and source.passage.dated >= promise.made
        for statement in statements(source)
    )


def _keeps(statement: Statement, promise: Promise) -> bool:
    if statement.text == promise.statement.text or promise.head not in statement.words:
        return False
    if len(statement.words & promise.words) < min(2, len(promise.words)) or _NOT_YET.search(statement.text):
        return False
    if statement.passage.kind is NoteKind.SENT:
        return statement.dated is not None and statement.dated > promise.made
    return _SENT_OFF.search(statement.text) is not None or classify_statement(statement.text).done is True


def _reports(reading: Reading, sentence: ReadSentence, promise: Promise) -> bool:
    """Tell whether a sentence of ours speaks of the promised thing, if only to leave a gap for how it stands.

    The client's own words do not count.
    """
    if promise.head not in sentence.words:
        return False
    return sentence.role is Role.GAP or (sentence.role not in _SILENT and not repeats_client(reading, sentence))


def _shortened(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= 120 else text[:119] + "…"
