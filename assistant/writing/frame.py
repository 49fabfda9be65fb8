"""What stands around a message's content, from the project card: greeting, closing and subject."""

from assistant.domain.brief import Brief
from assistant.domain.draft import CLOSING, GREETING, Origin, Section, Sentence
from assistant.domain.project import Contact, RecipientRole
from assistant.language.dates import format_date

_GREETING = {"en": "Dear {salutation},", "zh": "{salutation}，您好："}
_NOBODY = {"en": "Dear all,", "zh": "各位好："}
_CLOSING = {"en": "Kind regards,\n{sender}", "zh": "顺祝商祺\n{sender}"}


def addressee(brief: Brief) -> Contact | None:
    """Find the contact the message speaks to: the first `to` recipient that the card knows."""
    for recipient in sorted(brief.recipients, key=lambda r: r.role is not RecipientRole.TO):
        contact = brief.project.contact_by_email(recipient.email)
        if contact is not None:
            return contact
    return None


def greeting(brief: Brief) -> Section:
    """Greet the addressee in the card's words; everyone when there are no recipients yet.

    The card's words are in the project's language; a message in the other language has the usual ones.
    """
    contact = addressee(brief)
    if contact is None:
        line = _NOBODY[brief.language]
    else:
        own = brief.project.greeting if brief.language == brief.project.language else ""
        line = (own or _GREETING[brief.language]).replace("{salutation}", contact.salutation or contact.name)
    return _lines(GREETING, line)


def closing(brief: Brief) -> Section:
    """Close in the card's words, line by line."""
    own = brief.project.closing if brief.language == brief.project.language else ""
    return _lines(CLOSING, (own or _CLOSING[brief.language]).replace("{sender}", brief.project.sender.name))


def subject(brief: Brief) -> str:
    """Give the subject line that the playbook lays down; a reply keeps the client's own subject."""
    mail = brief.inbound.mail if brief.inbound else None
    words = brief.playbook.reply_subject if mail and mail.subject else brief.playbook.subject
    values = {
        "project": brief.project.name,
        "client": brief.project.client.name,
        "date": format_date(brief.as_of.isoformat(), brief.language),
        "subject": _bare_subject(mail.subject) if mail else "",
    }
    line = words.get(brief.language)
    for name, value in values.items():
        line = line.replace("{" + name + "}", value)
    return " ".join(line.split())


def _bare_subject(words: str) -> str:
    """Take the answering marks off a subject: Re:, AW:, 回复：, 答复：."""
    bare = " ".join(words.split())
    while True:
        head, colon, rest = bare.replace("：", ":", 1).partition(":")
        if not colon or head.strip().casefold() not in {"re", "aw", "sv", "fw", "fwd", "回复", "答复", "转发"}:
            return bare
        bare = rest.strip()


def _lines(step: str, text: str) -> Section:
    lines = [line for line in text.split("\n") if line.strip()]
    sentences = tuple(Sentence(f"{step}-{i}", line, (), Origin.OFFLINE) for i, line in enumerate(lines, start=1))
    return Section(step, sentences, "", "lines")
