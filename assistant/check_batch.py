"""Use case: check texts against evidence given beside them, without a workspace (`sincerely check --jsonl`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from assistant.checking import mark_passage, text_as_draft
from assistant.checks.claims import Role
from assistant.checks.doubtful import CODE as WORDS
from assistant.checks.doubtful import STATES_NOTHING, Doubted, about, examined_claims
from assistant.checks.fingerprints import client_marks
from assistant.checks.input import CheckInput, Source
from assistant.checks.reading import read
from assistant.checks.run import run_checks
from assistant.checks.support import CHECK
from assistant.checks.word_model import doubt, share_found
from assistant.domain.draft import Draft, Evidence, text_digest
from assistant.domain.finding import Finding, in_order
from assistant.domain.guidance import Playbook
from assistant.domain.inbound import Inbound, ReceivedMail
from assistant.domain.note import Certainty, NoteKind, Passage
from assistant.domain.project import Authority, Client, Contact, Language, Project, Recipient, Sender, Visibility
from assistant.errors import InvalidInputError
from assistant.ports import GuidanceLibrary
from assistant.triage import triage_mail

_SLUG = "batch"
_CONTRADICTING = ("_differs", "negation", "state", "weekday_wrong")
# What the rules find is among what the model judges by. A text is never more than half sure, whatever the model makes
# of it, where a source holds another value for the same thing, where a name, mark, share or length of time is in no
# source, or where hardly a word of it is (the model learned from texts changed in a few words); the other findings
# come up too often by chance.
MOST_IF_FIRM = 0.45
FIRM = ("_differs", "weekday_wrong", "name_missing", "identifier_missing", "percent_missing", "duration_missing")
LEAST_FOUND = 0.35
_HALF, _NO_CLAIM = 0.5, "no_claim"
_UNREAD = 0.6  # what a claim is worth that the rules pass and the model cannot read (another language than its sources)
_TOGETHER = 6  # sentences that the model reads as one text; longer texts are as doubtful as their worst part


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
    """The answer to one row: findings and a verdict a sentence, over the draft that the text was read as.

    `score` 1 means surely supported; at a half, both kinds of error weigh the same.
    """

    draft: Draft
    sentences: tuple[SentenceVerdict, ...]
    findings: tuple[Finding, ...]
    score: float

    @property
    def supported(self) -> bool:
        """Tell whether the text is more likely supported than not."""
        return self.score >= _HALF


def check_row(row: Mapping[str, Any], *, library: GuidanceLibrary) -> CheckedRow:
    """Check one row as docs/json.md gives it. Raises KeyError, TypeError, ValueError for missing or wrong fields."""
    given = read_row(row, library=library)
    findings = [f for f in run_checks(given) if "recipients" in row or not _about_recipients(f)]
    return _judged(given, findings)


def read_row(row: Mapping[str, Any], *, library: GuidanceLibrary) -> CheckInput:
    """Read one row as what the checks see; raises as `check_row` does."""
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
    return CheckInput(
        draft=draft,
        project=project,
        playbook=playbook,
        evidence=dict(enumerate(evidence, 1)),
        sources=(*evidence, *told),
        internal=tuple(internal),
        foreign=_foreign(row, as_of, project),
        inbound=_inbound(row, as_of),
    )


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


def _judged(given: CheckInput, findings: Sequence[Finding]) -> CheckedRow:
    """Give each sentence and the whole text their scores, and say which words made a sentence doubtful."""
    reading = read(given)
    claims = {c.sentence.place.sentence.id: c for c in examined_claims(reading, findings, CHECK)}
    verdicts: list[SentenceVerdict] = []
    more: list[Finding] = []
    for sentence in reading.sentences:
        own = [f for f in findings if f.check == CHECK and f.sentence_id == sentence.place.sentence.id]
        claim = claims.get(sentence.place.sentence.id)
        score = _score([claim] if claim else [], [f.code for f in own if f.code != WORDS])
        verdict = _verdict(sentence.role, own, score)
        if claim and verdict == "unsupported" and not own:
            more.extend(about(reading, claim, CHECK))
        place = sentence.place
        verdicts.append(
            SentenceVerdict(sentence.text, place.start, place.end, verdict, 1.0 if verdict == _NO_CLAIM else score)
        )
    codes = [f.code for f in findings if f.check == CHECK and f.code != WORDS]
    stating = any(v.verdict != _NO_CLAIM for v in verdicts)
    score = _score(list(claims.values()), codes) if stating else 1.0
    return CheckedRow(given.draft, tuple(verdicts), in_order([*findings, *more]), score)


def _score(claims: Sequence[Doubted], codes: Sequence[str]) -> float:
    firm = any(code.endswith(FIRM) for code in codes)
    if claims:
        parts = [claims[i : i + _TOGETHER] for i in range(0, len(claims), _TOGETHER)]
        doubts = [doubt([c.examined for c in part], [code for c in part for code in c.codes]) for part in parts]
        score = 1 - max(doubts)
        firm = firm or any(share_found([c.examined for c in part]) < LEAST_FOUND for part in parts)
    else:
        score = _UNREAD
    return round(min(score, MOST_IF_FIRM) if firm else score, 4)


def _verdict(role: Role, own: Sequence[Finding], score: float) -> str:
    codes = [f.code for f in own if f.code != WORDS]
    if any(code.endswith(_CONTRADICTING) for code in codes):
        return "contradicted"
    if codes:
        return "unsupported"
    if role in STATES_NOTHING:
        return _NO_CLAIM
    return "supported" if score >= _HALF else "unsupported"
