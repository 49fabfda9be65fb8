"""Use case: check a draft, or any text a person wrote, against the project's notes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from assistant.checks.claims import Role, sentence_role
from assistant.checks.fingerprints import client_marks, fingerprints
from assistant.checks.input import CheckInput, Source
from assistant.checks.matching import carried
from assistant.checks.reading import read_facts
from assistant.checks.run import run_checks
from assistant.checks.subjects import matter_words
from assistant.checks.words import subject_words
from assistant.domain.draft import CLOSING, GREETING, Draft, Evidence, Origin, Section, Sentence, WrittenBy
from assistant.domain.facts import Fact, FactKind
from assistant.domain.finding import Finding
from assistant.domain.guidance import Playbook
from assistant.domain.inbound import Inbound
from assistant.domain.note import Hit, Passage
from assistant.domain.project import Language, Project, Recipient, Visibility
from assistant.domain.review import Release
from assistant.domain.text_form import from_text
from assistant.errors import InvalidInputError
from assistant.language.detect import detect_language
from assistant.language.normal import fold
from assistant.ports import NewId, PassageMarks, PassageStore, Projects
from assistant.writing.editing import parse

_MOST_SOURCES = 2
_NEED_NO_SOURCE = frozenset(
    {Role.GREETING, Role.CLOSING, Role.THANKS, Role.EMPATHY, Role.QUESTION, Role.PROPOSAL, Role.FRAME, Role.GAP}
)


# Raise it when facts or fingerprints are worked out in another way: every note is then marked again.
MARK_RULES = "3"


def mark_passage(passage: Passage, project: Project) -> PassageMarks:
    """Work out once, at indexing, what the checks need of a passage: its facts and its one-way fingerprints."""
    facts = read_facts(passage.text, passage.dated, None, project.people())
    return PassageMarks(facts, fingerprints(passage.text, facts))


def check_draft(
    draft: Draft,
    *,
    project: Project,
    playbook: Playbook | None,
    inbound: Inbound | None,
    releases: Sequence[Release],
    store: PassageStore,
    projects: Projects,
) -> tuple[Finding, ...]:
    """Run every check over one revision; stores nothing. Raises StorageError.

    Sources are the project's passages up to the draft's as-of date. Of other clients only fingerprints are read.
    """
    return run_checks(
        check_input(
            draft,
            project=project,
            playbook=playbook,
            inbound=inbound,
            releases=releases,
            store=store,
            projects=projects,
        )
    )


def check_input(
    draft: Draft,
    *,
    project: Project,
    playbook: Playbook | None,
    inbound: Inbound | None,
    releases: Sequence[Release],
    store: PassageStore,
    projects: Projects,
) -> CheckInput:
    """Gather what the checks may know of one revision. Raises StorageError."""
    facts = store.facts(project.slug)
    found = store.passages(project.slug, as_of=draft.as_of)
    sources = tuple(Source(p, facts.get(p.id, ())) for p in found)
    by_id = {s.passage.id: s for s in sources}
    others = [p for p in projects.all() if p.client.id != project.client.id]
    names = [name for p in others for name in (p.client.name, *p.client.aliases)]
    return CheckInput(
        draft=draft,
        project=project,
        playbook=playbook,
        evidence={e.n: _source_of(e, by_id, project) for e in draft.evidence},
        sources=tuple(s for s in sources if s.passage.visibility is Visibility.CLIENT),
        internal=tuple(s for s in sources if s.passage.visibility is Visibility.INTERNAL),
        released=frozenset(r.passage_id for r in releases),
        foreign=store.fingerprints([p.slug for p in others]) | client_marks(names) if others else frozenset(),
        inbound=inbound,
    )


def _source_of(evidence: Evidence, by_id: dict[str, Source], project: Project) -> Source:
    """Take the facts from the index where the cited text still stands there, else read them anew."""
    passage = evidence.passage
    known = by_id.get(passage.id)
    if known is not None and known.passage.text == passage.text:
        return Source(passage, known.facts)
    return Source(passage, read_facts(passage.text, passage.dated, None, project.people()))


# --- sources for a person's own sentences --------------------------------------------------------------------


def attach_sources(draft: Draft, *, search: Callable[[str], Sequence[Hit]], project: Project) -> Draft:
    """Give a person's sentences without labels their best client-visible passages as new numbered evidence.

    `search` finds passages for words. A passage is taken when it carries one of the sentence's facts or enough of
    its words, even if it says something else: then the checks can say what. Of a short sentence that is all its words
    and a fact of the same kind. The revision stays the same.
    """
    numbers = {e.passage.id: e.n for e in draft.evidence}
    evidence = list(draft.evidence)

    def label(passage: Passage) -> int:
        if passage.id not in numbers:
            numbers[passage.id] = max(numbers.values(), default=0) + 1
            evidence.append(Evidence(numbers[passage.id], passage))
        return numbers[passage.id]

    sections = tuple(
        replace(
            section,
            sentences=tuple(
                replace(s, evidence=tuple(sorted(label(p) for p in _best(s.text, draft, search, project))))
                if _wants_source(s, section.step)
                else s
                for s in section.sentences
            ),
        )
        for section in draft.sections
    )
    return replace(draft, sections=sections, evidence=tuple(evidence))


def _wants_source(sentence: Sentence, step: str) -> bool:
    if sentence.evidence or sentence.origin is not Origin.HUMAN or step in {GREETING, CLOSING}:
        return False
    return sentence_role(sentence.text) not in _NEED_NO_SOURCE


def _best(text: str, draft: Draft, search: Callable[[str], Sequence[Hit]], project: Project) -> list[Passage]:
    names = project.people()
    hard = [
        f
        for f in read_facts(text, draft.as_of, draft.language, names)
        if f.kind not in {FactKind.NAME, FactKind.NUMBER}
    ]
    words, matter = subject_words(text), matter_words(text)
    ranked: list[tuple[int, int, int, Passage]] = []
    for place, hit in enumerate(search(text)):
        passage = hit.passage
        if passage.visibility is not Visibility.CLIENT or passage.project != project.slug:
            continue
        facts = read_facts(passage.text, passage.dated, None, names)
        held = sum(carried(facts, f, text) for f in hard)
        shared = len(words & subject_words(passage.text))
        told = matter_words(passage.text)
        rival = bool(matter) and matter <= told and any(f.kind in {h.kind for h in hard} for f in facts)
        if rival or _fits(held, shared, len(words), hard):
            ranked.append((-held, -shared, place, passage))
    ranked.sort(key=lambda r: r[:3])
    chosen = [r[3] for r in ranked[:1]]
    # A second source only where it carries what the first does not.
    if chosen and hard:
        first = read_facts(chosen[0].text, chosen[0].dated, None, names)
        rest = [f for f in hard if not carried(first, f, text)]
        for *_, passage in ranked[1:]:
            facts = read_facts(passage.text, passage.dated, None, names)
            if len(chosen) < _MOST_SOURCES and any(carried(facts, f, text) for f in rest):
                chosen.append(passage)
    return chosen


def _fits(held: int, shared: int, words: int, hard: list[Fact]) -> bool:
    if held:
        return shared >= 1 or words == 0
    return shared >= 2 and shared >= (0.4 if hard else 0.5) * words


# --- any text as a draft -------------------------------------------------------------------------------------


def text_as_draft(
    text: str,
    *,
    project: Project,
    playbook: Playbook | None,
    language: Language | None,
    as_of: date,
    recipients: tuple[Recipient, ...],
    at: datetime,
    new_id: NewId,
) -> Draft:
    """Make a draft of any text a person wrote, so that the checks can read it; its body renders to the same text.

    Paragraphs become sections; with a playbook each is given the step whose cues it shows. A first line `Subject:`
    or `主题:` is the subject. `language` None: found out from the text. Raises InvalidInputError for an empty text.
    """
    subject, body = from_text(text)
    if not body.strip():
        raise InvalidInputError("There is no text to check; give at least one sentence.")
    found = language or ("zh" if detect_language(body) == "zh" else "en")
    sections: list[Section] = []
    count = 0
    parsed = parse(body, found)
    for place, section in enumerate(parsed):
        sentences = []
        for sentence in section.sentences:
            count += 1
            sentences.append(replace(sentence, id=f"s{count}", origin=Origin.HUMAN))
        step = _step_of(section, playbook, first=place == 0, last=place >= len(parsed) - 2)
        sections.append(replace(section, step=step, sentences=tuple(sentences)))
    return Draft(
        id=new_id("d"),
        revision=1,
        project=project.slug,
        kind=playbook.kind if playbook else "",
        language=found,
        as_of=as_of,
        subject=subject or "",
        sections=tuple(sections),
        evidence=(),
        recipients=recipients,
        writer=WrittenBy("person"),
        created_at=at,
    )


def _step_of(section: Section, playbook: Playbook | None, *, first: bool, last: bool) -> str:
    """Guess which step a paragraph serves: most cues wins, the earlier step on a tie; none when it shows no cue."""
    roles = [sentence_role(s.text) for s in section.sentences]
    if first and roles and roles[0] is Role.GREETING and len(roles) == 1:
        return GREETING
    if last and roles and roles[0] is Role.CLOSING:
        return CLOSING
    if playbook is None:
        return ""
    words = fold("\n".join([section.heading, *(s.text for s in section.sentences)]))
    best, most = "", 0
    for step in playbook.steps:
        cues = sum(fold(cue) in words for cue in (*step.cues.en, *step.cues.zh))
        heading = section.heading and fold(section.heading) in {fold(step.heading.en), fold(step.heading.zh)}
        shown = cues + (10 if heading else 0)
        if shown > most:
            best, most = step.id, shown
    return best
