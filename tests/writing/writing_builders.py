"""Invented projects and notes for the writers' tests, in both languages."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from assistant.checks.words import subject_words
from assistant.domain.brief import Brief, WritingTask
from assistant.domain.draft import text_digest
from assistant.domain.inbound import Inbound, ReceivedMail
from assistant.domain.note import Hit, NoteKind, Passage, SearchResult
from assistant.domain.project import Client, Contact, Language, ModelLimit, Project, RecipientRole, Sender, Visibility
from assistant.retrieval.library import KnowledgeLibrary
from assistant.triage import triage_mail
from assistant.writing.evidence import gather, usable, with_last_update

TODAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)


@cache
def library() -> KnowledgeLibrary:
    return KnowledgeLibrary(Path(__file__).parents[2] / "knowledge")


def project(language: Language = "en", *, model: ModelLimit = ModelLimit.NONE) -> Project:
    if language == "zh":
        contacts = (
            Contact("林岚", "lin@mill.example", "运营总监", "林总监", "zh", RecipientRole.TO),
            Contact("钱程", "qian@mill.example", "信息主管", "钱主管", "zh"),
        )
        sender, client = Sender("沈屹", "shen@us.example"), Client("mill", "远山造纸", ("远山",))
        return Project(
            "mill", "造纸厂系统", client, sender, contacts, "zh", "{salutation}，您好：", "顺祝商祺\n沈屹", model=model
        )
    contacts = (
        Contact("Ruth Osei", "ruth@mill.example", "Director", "Ms Osei", "en", RecipientRole.TO),
        Contact("Tim Vance", "tim@mill.example", "IT", "Mr Vance", "en"),
    )
    sender, client = Sender("Ada Ray", "ada@us.example"), Client("mill", "Farhill Mill", ("Farhill",))
    return Project(
        "mill",
        "Mill portal",
        client,
        sender,
        contacts,
        "en",
        "Dear {salutation},",
        "Best wishes,\nAda Ray",
        model=model,
    )


def note(
    text: str,
    day: date | None = TODAY,
    kind: NoteKind = NoteKind.MINUTES,
    *,
    path: str = "",
    headings: tuple[str, ...] = (),
    visibility: Visibility = Visibility.CLIENT,
    slug: str = "mill",
) -> Passage:
    name = path or f"notes/{kind.value}-{day}-{text_digest(text)[:6]}.md"
    end = text.count("\n") + 1
    identity = text_digest(name + text)[:12]
    return Passage(
        identity,
        slug,
        name,
        1,
        end,
        0,
        len(text),
        text,
        text_digest(text),
        headings,
        day,
        kind=kind,
        visibility=visibility,
    )


def brief(
    kind: str,
    language: Language = "en",
    *,
    as_of: date = TODAY,
    mail: str = "",
    instruction: str = "",
    of: Project | None = None,
) -> Brief:
    its_project = of or project(language)
    inbound = None
    if mail:
        contact = its_project.contacts[0]
        received = ReceivedMail(mail, "Your project", contact.name, contact.email)
        inbound = Inbound("i-1", its_project.slug, received, triage_mail(received), NOW)
    recipients = (its_project.contacts[0].as_recipient(),)
    return Brief(its_project, library().playbook(kind), language, as_of, recipients, inbound, instruction)


def searcher(passages: Sequence[Passage]) -> "WordSearch":
    return WordSearch(passages)


class WordSearch:
    """A small real search: passages by shared words."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages

    def __call__(self, query: str, n: int) -> SearchResult:
        words = subject_words(query)
        hits = [Hit(p, float(len(words & subject_words(p.text)))) for p in self.passages]
        return SearchResult(tuple(sorted(hits, key=lambda hit: -hit.score)[:n]))


def task(its_brief: Brief, passages: Sequence[Passage]) -> WritingTask:
    visible = usable(passages, its_brief)
    return gather(with_last_update(its_brief, visible), search=searcher(passages), passages=visible, library=library())
