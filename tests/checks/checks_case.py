"""A small project of its own for the checks: notes in, a draft with labels in, findings out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from assistant.checks.fingerprints import client_marks, fingerprints
from assistant.checks.input import CheckInput, Source
from assistant.checks.run import CHECKS
from assistant.domain.draft import Draft, Evidence, Section, Sentence, WrittenBy, text_digest
from assistant.domain.finding import Finding
from assistant.domain.guidance import Playbook
from assistant.domain.inbound import Inbound, ReceivedMail
from assistant.domain.note import NoteKind, Passage
from assistant.domain.project import Client, Contact, Language, Project, Recipient, Sender, Visibility
from assistant.language.facts import extract_facts
from assistant.triage import triage_mail

PROJECT = Project(
    "harbour",
    "Harbour portal",
    Client("kestrel", "Kestrel Ferries", ("Kestrel",)),
    Sender("Ruth Amadi", "ruth.amadi@fieldgate.example"),
    (
        Contact("Piet Vos", "piet.vos@kestrel.example", "Operations", "Mr Vos"),
        Contact("林晓", "lin.xiao@kestrel.example", "运营", "林主任"),
    ),
)
AS_OF = date(2026, 11, 20)


def source(
    text: str,
    *,
    path: str = "notes/minutes.md",
    dated: date | None = date(2026, 11, 17),
    kind: NoteKind = NoteKind.MINUTES,
    visibility: Visibility = Visibility.CLIENT,
    line: int = 1,
    quoted: bool = False,
) -> Source:
    last = line + text.count("\n")
    passage = Passage(
        f"{path}:{line}",
        PROJECT.slug,
        path,
        line,
        last,
        0,
        len(text),
        text,
        text_digest(text),
        dated=dated,
        kind=kind,
        visibility=visibility,
        quoted=quoted,
    )
    return Source(passage, extract_facts(text, reference=dated, names=PROJECT.people()))


def inbound(body: str, subject: str = "", received: date | None = date(2026, 11, 18)) -> Inbound:
    mail = ReceivedMail(body, subject, "Piet Vos", "piet.vos@kestrel.example", received=received)
    return Inbound("in-1", PROJECT.slug, mail, triage_mail(mail), datetime(2026, 11, 18, tzinfo=UTC))


def foreign(*texts: str, names: Sequence[str] = ()) -> frozenset[int]:
    marks = client_marks(names)
    for text in texts:
        marks |= fingerprints(text, extract_facts(text, reference=AS_OF))
    return marks


@dataclass(frozen=True, slots=True)
class Case:
    """One message: sentences (text, cited source numbers from 1), with everything a check may know."""

    sentences: Sequence[tuple[str, tuple[int, ...]]]
    sources: Sequence[Source] = ()
    internal: Sequence[Source] = ()
    language: Language = "en"
    subject: str = "Where we stand"
    steps: Sequence[str] = ()
    recipients: tuple[Recipient, ...] = (Recipient("Piet Vos", "piet.vos@kestrel.example"),)
    playbook: Playbook | None = None
    inbound: Inbound | None = None
    released: frozenset[str] = frozenset()
    foreign: frozenset[int] = frozenset()
    as_of: date = AS_OF
    uncited: Sequence[Source] = ()

    def input(self) -> CheckInput:
        made = [Sentence(f"s{i}", text, labels) for i, (text, labels) in enumerate(self.sentences, start=1)]
        steps = self.steps or ["body"] * len(made)
        sections = tuple(Section(step, (sentence,)) for step, sentence in zip(steps, made, strict=True))
        evidence = tuple(Evidence(n, s.passage) for n, s in enumerate(self.sources, start=1))
        draft = Draft(
            "d-1",
            1,
            PROJECT.slug,
            "status",
            self.language,
            self.as_of,
            self.subject,
            sections,
            evidence,
            self.recipients,
            WrittenBy("test"),
            datetime(2026, 11, 20, tzinfo=UTC),
        )
        return CheckInput(
            draft,
            PROJECT,
            self.playbook,
            dict(enumerate(self.sources, start=1)),
            (*self.sources, *self.uncited),
            tuple(self.internal),
            self.released,
            self.foreign,
            self.inbound,
        )

    def run(self, check: str) -> list[Finding]:
        return CHECKS[check](self.input())

    def codes(self, check: str) -> list[str]:
        return [f.code for f in self.run(check)]


def one(sentence: str, note: str, *more_notes: str, dated: date | None = date(2026, 11, 17)) -> Case:
    """A sentence that cites all the notes given."""
    sources = [source(text, path=f"notes/n{i}.md", dated=dated) for i, text in enumerate((note, *more_notes), start=1)]
    language: Language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in sentence) else "en"
    return Case([(sentence, tuple(range(1, len(sources) + 1)))], sources, language=language)
