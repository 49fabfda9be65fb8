"""The draft as the checks read it: each sentence with its role, its facts and its sources."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

from assistant.checks.claims import Role, sentence_role
from assistant.checks.input import CheckInput, Source
from assistant.checks.lexicon.tokens import tokens
from assistant.checks.statements import Statement, statements
from assistant.checks.subjects import Ledger
from assistant.checks.words import subject_words
from assistant.domain.draft import SentencePlace
from assistant.domain.facts import Fact, FactKind
from assistant.domain.finding import Finding, Severity
from assistant.domain.project import Project
from assistant.language.facts import extract_facts
from assistant.language.normal import fold

_MOST_FACTS = 40
_MOST_KEPT = 20_000  # findings of sentences, a few a check
T = TypeVar("T")


@lru_cache(maxsize=8192)
def anchor(text: str) -> str:
    """Give what a finding about a sentence hangs on: its words, whatever their case, width and spacing."""
    return fold(text)


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence of the draft. `facts` have their places in `text`."""

    place: SentencePlace
    role: Role
    facts: tuple[Fact, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return self.place.sentence.text

    @property
    def checked(self) -> tuple[Fact, ...]:
        """The facts that are held against sources one by one; a sentence with more is a list of figures, not prose."""
        return self.facts[:_MOST_FACTS]

    @property
    def words(self) -> frozenset[str]:
        """The words that tell what it is about."""
        return subject_words(self.text)

    def finding(
        self,
        check: str,
        code: str,
        severity: Severity,
        values: dict[str, str] | None = None,
        *,
        span: tuple[int, int] | None = None,
        evidence: tuple[int, ...] | None = None,
    ) -> Finding:
        """Make a finding about this sentence, or about characters `span` of it."""
        start, end = span or (0, len(self.text))
        return Finding(
            check,
            code,
            severity,
            anchor(self.text),
            self.place.start + start,
            self.place.start + end,
            self.place.sentence.id,
            values or {},
            self.place.sentence.evidence if evidence is None else evidence,
        )


class Reading:
    """A CheckInput read once: sentences, what the sources state, and what needs no proof."""

    def __init__(self, given: CheckInput) -> None:
        self.given = given
        draft = given.draft
        self.names = known_names(given)
        self.sentences = tuple(
            ReadSentence(
                place,
                _role(place, signatures(given.project)),
                read_facts(place.sentence.text, draft.as_of, draft.language, self.names),
            )
            for place in draft.places()
        )
        self.subject_facts = read_facts(draft.subject, draft.as_of, draft.language, self.names)
        self._ledger: Ledger | None = None
        self._known_words: frozenset[str] | None = None
        self._kept: dict[tuple[str, str, tuple[int, ...]], _Kept] | None = None

    def kept(self) -> dict[tuple[str, str, tuple[int, ...]], "_Kept"]:
        """Give what was found in single sentences while all around them was as it is now."""
        if self._kept is None:
            self._kept = _findings_kept(_Around(self))
        return self._kept

    def cited(self, sentence: ReadSentence) -> tuple[Source, ...]:
        """Give the sources that a sentence cites; labels without a source are left out."""
        evidence = self.given.evidence
        return tuple(evidence[n] for n in sentence.place.sentence.evidence if n in evidence)

    def inbound_facts(self) -> tuple[Fact, ...]:
        """Give the facts of the client's own message."""
        inbound = self.given.inbound
        if inbound is None:
            return ()
        text = f"{inbound.mail.subject}\n{inbound.mail.body}"
        return read_facts(text, inbound.mail.received, None, self.names)

    def known_words(self) -> frozenset[str]:
        """Give the words of the names on the card and of the client's own message, in small letters."""
        if self._known_words is None:
            inbound = self.given.inbound
            texts = (*own_names(self.given.project), inbound.mail.body if inbound is not None else "")
            self._known_words = frozenset(t.word for text in texts for t in tokens(text))
        return self._known_words

    def ledger(self) -> Ledger:
        """Give all that the project's client-visible sources state."""
        if self._ledger is None:
            self._ledger = _ledger(Sources(self.given.sources))
        return self._ledger


def signatures(project: Project) -> frozenset[str]:
    """Give the lines that stand under every message of the project: its closing, and the sender's name."""
    return frozenset(line.strip() for line in (*project.closing.splitlines(), project.sender.name))


def _role(place: SentencePlace, signed: frozenset[str]) -> Role:
    return Role.CLOSING if place.sentence.text.strip() in signed else sentence_role(place.sentence.text)


class Sources:
    """Sources recognised by their passages' places and texts, so that what is worked out of them is kept."""

    __slots__ = ("_hash", "_key", "all")

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.all = sources
        passages = [s.passage for s in sources]
        self._key = tuple((p.id, p.digest, p.dated, p.kind, p.quoted, p.path) for p in passages)
        self._hash = hash(self._key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sources) and self._key == other._key


@lru_cache(maxsize=8)
def _ledger(sources: Sources) -> Ledger:
    found: list[Statement] = []
    for source in sources.all:
        found.extend(s for s in statements(source) if not s.reported)
    return Ledger(found)


class _ByIdentity(Generic[T]):
    """Something recognised as itself; holds it, so that its identity is not given to another one meanwhile."""

    __slots__ = ("given",)

    def __init__(self, given: T) -> None:
        self.given = given

    def __hash__(self) -> int:
        return id(self.given)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.given is self.given


def read(given: CheckInput) -> Reading:
    """Read a CheckInput; all checks of one run share the reading."""
    return _read(_ByIdentity(given))


@lru_cache(maxsize=2)
def _read(key: _ByIdentity[CheckInput]) -> Reading:
    return Reading(key.given)


class _Around:
    """All that a finding about one sentence may hang on besides that sentence."""

    __slots__ = ("_hash", "_key")

    def __init__(self, reading: Reading) -> None:
        given, draft = reading.given, reading.given.draft
        mail = given.inbound.mail if given.inbound is not None else None
        evidence = sorted(given.evidence.items())
        self._key = (
            (draft.as_of, draft.language, reading.names, given.project, given.released),
            (mail.subject, mail.body, mail.received) if mail is not None else None,
            tuple(n for n, _ in evidence),
            Sources(tuple(s for _, s in evidence)),
            Sources(given.sources),
            Sources(given.internal),
            (given.playbook, given.foreign),
        )
        self._hash = hash(self._key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Around) and self._key == other._key


_Kept = tuple[int, str, tuple[Finding, ...]]


@lru_cache(maxsize=4)
def _findings_kept(_around: _Around) -> dict[tuple[str, str, tuple[int, ...]], _Kept]:
    return {}


def remembered(
    reading: Reading, check: str, sentence: ReadSentence, find: Callable[[Reading, ReadSentence], Iterable[Finding]]
) -> tuple[Finding, ...]:
    """Give what a check finds in one sentence, found once for as long as nothing around that sentence changes.

    While a person types, all sentences but one are asked about again. `find` must look at no other sentence.
    """
    place = sentence.place
    kept = reading.kept()
    key = (check, place.sentence.text, place.sentence.evidence)
    found = kept.get(key)
    if found is None:
        if len(kept) > _MOST_KEPT:
            kept.clear()
        found = kept[key] = (place.start, place.sentence.id, tuple(find(reading, sentence)))
    start, named, findings = found
    if start == place.start and named == place.sentence.id:
        return findings
    return tuple(_moved(f, place.start - start, place.sentence.id) for f in findings)


def _moved(finding: Finding, by: int, sentence_id: str) -> Finding:
    start = None if finding.start is None else finding.start + by
    end = None if finding.end is None else finding.end + by
    return replace(finding, start=start, end=end, sentence_id=sentence_id)


@lru_cache(maxsize=8192)
def read_facts(text: str, reference: date | None, language: str | None, names: tuple[str, ...]) -> tuple[Fact, ...]:
    """Extract the facts of a text once, however often it is checked."""
    return extract_facts(text, reference=reference, language=language, names=names)


def own_names(project: Project) -> tuple[str, ...]:
    """Give the names that need no proof: everyone on the card, the client, the project."""
    contacts = [part for c in project.contacts for part in (c.name, c.salutation, c.role) if part]
    client = project.client
    return (project.sender.name, *contacts, client.name, *client.aliases, project.name)


def known_names(given: CheckInput) -> tuple[str, ...]:
    """Give the names by which people are recognised: those of the card and of the cited sources."""
    found = {f.value: None for s in given.evidence.values() for f in s.facts if f.kind is FactKind.NAME}
    return tuple(dict.fromkeys((*given.project.people(), *found)))
