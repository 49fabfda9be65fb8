"""The coverage check: every required playbook step taken, in order, and every Point of the client answered."""

from collections.abc import Iterator
from itertools import pairwise

from assistant.checks.claims import Role
from assistant.checks.input import CheckInput
from assistant.checks.matching import carried
from assistant.checks.reading import Reading, ReadSentence, read, read_facts
from assistant.checks.words import subject_words
from assistant.domain.facts import Fact, FactKind
from assistant.domain.finding import Finding, Severity
from assistant.domain.guidance import Playbook, PlaybookStep
from assistant.domain.inbound import Point
from assistant.language.detect import detect_language
from assistant.language.normal import fold

CHECK = "coverage"
CODES = ("step_missing", "step_order", "point_unanswered", "point_unsure")

# A sentence answers a Point when it shares this part of the Point's words, or two of them.
_SHARE = 0.34
_SILENT = frozenset({Role.GREETING, Role.CLOSING, Role.GAP})


def check(given: CheckInput) -> list[Finding]:
    """Report required steps that are missing or out of order, and Points that no sentence answers.

    A missing step and an unanswered Point warn. The order warns where the message answers a client, who must be
    heard before anything is explained; elsewhere it is worth a remark only.
    """
    reading = read(given)
    findings: list[Finding] = []
    if given.playbook is not None and reading.sentences:
        findings.extend(_steps(reading, given.playbook))
    if given.inbound is not None:
        findings.extend(_points(reading))
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
    answers = [s for s in reading.sentences if s.role not in _SILENT]
    foreign = detect_language(inbound.mail.body) not in {reading.given.draft.language, "other"}
    for point in inbound.triage.points:
        facts = [
            f for f in read_facts(point.text, inbound.mail.received, None, reading.names) if f.kind is not FactKind.NAME
        ]
        words = subject_words(point.text)
        if not words and not facts:
            continue
        if any(_answers(reading, s, words, facts) for s in answers):
            continue
        values = {"point": _shortened(point), "number": str(point.number)}
        anchor = fold(point.text)
        if foreign:
            # Two languages share no words: only a person can tell.
            yield Finding(CHECK, "point_unsure", Severity.INFO, anchor, values=values)
        else:
            yield Finding(CHECK, "point_unanswered", Severity.WARN, anchor, values=values)


def _answers(reading: Reading, sentence: ReadSentence, words: frozenset[str], facts: list[Fact]) -> bool:
    if any(carried([f], own, sentence.text) or carried([own], f) for own in sentence.facts for f in facts):
        return True
    near = len(words & sentence.words)
    if near and near >= min(2, len(words)) and near >= _SHARE * len(words):
        return True
    # The note that a sentence rests on may say in the client's words what the sentence says in others.
    cited = max((len(words & subject_words(s.passage.text)) for s in reading.cited(sentence)), default=0)
    return near >= 1 and near + cited >= 3 and cited >= 0.5 * len(words)


def _shortened(point: Point) -> str:
    text = " ".join(point.text.split())
    return text if len(text) <= 120 else text[:119] + "…"
