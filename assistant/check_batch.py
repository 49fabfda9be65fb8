"""Use case: check texts against evidence given beside them, without a workspace (`sincerely check --jsonl`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from assistant.checking import mark_passage, text_as_draft
from assistant.checks.claims import Role, sentence_role
from assistant.checks.fingerprints import client_marks
from assistant.checks.input import CheckInput, Source
from assistant.checks.run import run_checks
from assistant.checks.words import subject_words
from assistant.domain.draft import Draft, Evidence, text_digest
from assistant.domain.finding import Finding
from assistant.domain.guidance import Playbook
from assistant.domain.inbound import Inbound, ReceivedMail
from assistant.domain.note import Certainty, NoteKind, Passage
from assistant.domain.project import Authority, Client, Contact, Language, Project, Recipient, Sender, Visibility
from assistant.errors import InvalidInputError
from assistant.ports import GuidanceLibrary
from assistant.triage import triage_mail

_SLUG = "batch"
_CONTRADICTING = ("_differs", "negation", "state", "weekday_wrong")
# What each verdict is worth: a claim whose facts all stand is then scored by the share of its words in the evidence.
_CONTRADICTED, _UNSUPPORTED, _LEAST_SUPPORTED = 0.05, 0.25, 0.5
_NO_CLAIM = frozenset({Role.GREETING, Role.CLOSING, Role.THANKS, Role.QUESTION, Role.PROPOSAL, Role.FRAME, Role.GAP})


@dataclass(frozen=True, slots=True)
class SentenceVerdict:
    """What the checks say of one sentence; `score` 1 means surely supported."""

    text: str
    start: int
    end: int
    verdict: str
    score: float


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """The answer to one row: findings and a verdict a sentence, over the draft that the text was read as."""

    draft: Draft
    sentences: tuple[SentenceVerdict, ...]
    findings: tuple[Finding, ...]

    @property
    def supported(self) -> bool:
        """Tell whether no sentence is contradicted or unsupported."""
        return all(s.verdict in {"supported", "no_claim"} for s in self.sentences)

    @property
    def score(self) -> float:
        """Give the lowest score of a claim, 1 without claims."""
        return min((s.score for s in self.sentences if s.verdict != "no_claim"), default=1.0)


def check_row(row: Mapping[str, Any], *, library: GuidanceLibrary) -> CheckedRow:
    """Check one row as docs/json.md gives it. Raises KeyError, TypeError, ValueError for missing or wrong fields."""
    as_of = date.fromisoformat(row["as_of"]) if row.get("as_of") else datetime.now(UTC).date()
    project = _project(row)
    evidence = [_source(text, f"evidence/{i}", as_of, project) for i, text in enumerate(_texts(row, "evidence"))]
    told = [_source(t, f"told/{i}", as_of, project, NoteKind.SENT) for i, t in enumerate(_texts(row, "told"))]
    internal = [
        _source(t, f"internal/{i}", as_of, project, visibility=Visibility.INTERNAL)
        for i, t in enumerate(_texts(row, "internal"))
    ]
    kind = str(row.get("kind") or "")
    playbook = library.playbook(kind) if kind in library.kinds() else None
    draft = _draft(row, project, as_of, playbook, evidence)
    project = replace(project, language=draft.language)  # nobody is named who would read another one
    inbound = _inbound(row, as_of)
    given = CheckInput(
        draft=draft,
        project=project,
        playbook=playbook,
        evidence=dict(enumerate(evidence, 1)),
        sources=(*evidence, *told),
        internal=tuple(internal),
        foreign=_foreign(row, as_of, project),
        inbound=inbound,
    )
    findings = tuple(f for f in run_checks(given) if "recipients" in row or not _about_recipients(f))
    return CheckedRow(draft, _verdicts(draft, findings, evidence), findings)


def _texts(row: Mapping[str, Any], field: str) -> list[str]:
    texts = row.get(field, ()) if field != "evidence" else row[field]
    if not isinstance(texts, list | tuple) or not all(isinstance(t, str) for t in texts):
        raise TypeError(field)
    return list(texts)


def _project(row: Mapping[str, Any]) -> Project:
    limits = row.get("authority") or {}
    return Project(
        slug=_SLUG,
        name="",
        client=Client(_SLUG, ""),
        sender=Sender("", ""),
        contacts=tuple(Contact(r.name, r.email) for r in _recipients(row)),
        authority=Authority(
            limits.get("max_date_shift_days"),
            bool(limits.get("may_offer_money", False)),
            bool(limits.get("may_add_scope", False)),
        ),
    )


def _recipients(row: Mapping[str, Any]) -> tuple[Recipient, ...]:
    found = []
    for given in row.get("recipients") or ():
        if isinstance(given, str):
            found.append(Recipient(given, given))
        else:
            found.append(Recipient(str(given.get("name", "")), str(given["email"])))
    return tuple(found)


def _source(
    text: str,
    path: str,
    as_of: date,
    project: Project,
    kind: NoteKind = NoteKind.OTHER,
    visibility: Visibility = Visibility.CLIENT,
) -> Source:
    passage = Passage(
        id=f"{_SLUG}:{path}",
        project=_SLUG,
        path=path,
        start_line=1,
        end_line=text.count("\n") + 1,
        start=0,
        end=len(text),
        text=text,
        digest=text_digest(text),
        dated=as_of,
        date_certainty=Certainty.INFERRED,
        kind=kind,
        visibility=visibility,
    )
    return Source(passage, mark_passage(passage, project).facts)


def _draft(
    row: Mapping[str, Any], project: Project, as_of: date, playbook: Playbook | None, evidence: Sequence[Source]
) -> Draft:
    chosen = row.get("language")
    language: Language | None = "zh" if chosen == "zh" else "en" if chosen == "en" else None
    text = row["text"]
    if not isinstance(text, str):
        raise TypeError("text")

    def read(words: str) -> Draft:
        return text_as_draft(
            words,
            project=project,
            playbook=playbook,
            language=language,
            as_of=as_of,
            recipients=_recipients(row),
            at=datetime.now(UTC),
            new_id=lambda prefix: f"{prefix}-{_SLUG}",
        )

    try:
        draft = read(text)
    except InvalidInputError:  # an empty text claims nothing
        draft = replace(read("-"), sections=())
    labels = tuple(range(1, len(evidence) + 1))
    return replace(
        draft,
        evidence=tuple(Evidence(n, source.passage) for n, source in enumerate(evidence, 1)),
        sections=tuple(
            replace(section, sentences=tuple(replace(s, evidence=labels) for s in section.sentences))
            for section in draft.sections
        ),
    )


def _inbound(row: Mapping[str, Any], as_of: date) -> Inbound | None:
    if not row.get("inbound"):
        return None
    mail = ReceivedMail(str(row["inbound"]), received=as_of)
    return Inbound(f"in-{_SLUG}", _SLUG, mail, triage_mail(mail), datetime.now(UTC))


def _foreign(row: Mapping[str, Any], as_of: date, project: Project) -> frozenset[int]:
    marks: frozenset[int] = frozenset()
    for other in row.get("others") or ():
        marks |= client_marks([str(other["name"])])
        for text in other.get("facts", ()):
            passage = _source(str(text), "others", as_of, project).passage
            marks |= mark_passage(passage, project).fingerprints
    return marks


def _about_recipients(finding: Finding) -> bool:
    return finding.check == "audience" and finding.code.startswith(("no_recipient", "recipient"))


def _verdicts(draft: Draft, findings: Sequence[Finding], evidence: Sequence[Source]) -> tuple[SentenceVerdict, ...]:
    known = subject_words("\n".join(s.passage.text for s in evidence))
    verdicts = []
    for place in draft.places():
        own = [f for f in findings if f.check == "support" and f.sentence_id == place.sentence.id]
        words = subject_words(place.sentence.text)
        share = len(words & known) / len(words) if words else 1.0
        if any(f.code.endswith(_CONTRADICTING) for f in own):
            verdict, score = "contradicted", _CONTRADICTED
        elif own:
            verdict, score = "unsupported", _UNSUPPORTED
        elif sentence_role(place.sentence.text) in _NO_CLAIM:
            verdict, score = "no_claim", 1.0
        else:
            verdict, score = "supported", _LEAST_SUPPORTED + (1 - _LEAST_SUPPORTED) * share
        verdicts.append(SentenceVerdict(place.sentence.text, place.start, place.end, verdict, round(score, 4)))
    return tuple(verdicts)
