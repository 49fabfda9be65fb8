"""The language check: a message, or a part of it, that is not in the recipient's language."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from assistant.checks.claims import Role
from assistant.checks.input import CheckInput
from assistant.checks.reading import ReadSentence, anchor, read
from assistant.domain.finding import Finding, Severity
from assistant.domain.project import Language
from assistant.domain.project import RecipientRole as Place
from assistant.language.detect import Language as Detected
from assistant.language.detect import detect_language, has_cjk

CHECK = "language"
CODES = ("message_en", "message_zh", "part_en", "part_zh")

_QUOTED = re.compile(r"[「『“\"][^「」『』“”\"]{1,600}[」』”\"]|\[…[^\]]{0,600}\]|`[^`]{1,200}`")
_SKIPPED = frozenset({Role.GREETING, Role.CLOSING, Role.GAP})
_LEAST_WORDS = 6
_HEAD = 3_000  # characters that tell the language of a whole message
_WORD = re.compile(r"[A-Za-z]{2,}")
_HAN = re.compile("[\u4e00-\u9fff]")


def check(given: CheckInput) -> list[Finding]:
    """Report a message, else each paragraph, in another language than the recipients read; all warn.

    Quotations, gaps, greeting and closing are left out, and so is what is too short to tell.
    """
    wanted = recipient_languages(given)
    sentences = [s for s in read(given).sentences if s.role not in _SKIPPED]
    whole = _language_of(" ".join(s.text for s in sentences)[:_HEAD])
    if whole not in {"other", *wanted}:
        return [Finding(CHECK, f"message_{_first(wanted)}", Severity.WARN, _first(wanted))]
    return [found for part in _parts(sentences) for found in _of_part(part, wanted)]


def recipient_languages(given: CheckInput) -> tuple[Language, ...]:
    """Give the languages that the people written to read: from their cards, else the project's."""
    found: dict[Language, None] = {}
    for recipient in given.draft.recipients:
        contact = given.project.contact_by_email(recipient.email)
        if recipient.role is Place.TO and contact is not None:
            found[contact.language or given.project.language] = None
    return tuple(found) or (given.project.language,)


def _first(wanted: tuple[Language, ...]) -> Language:
    return wanted[0]


def _parts(sentences: list[ReadSentence]) -> Iterator[list[ReadSentence]]:
    """Give runs of neighbouring sentences of one language."""
    for _, run in groupby(sentences, key=lambda s: _language_of(s.text)):
        yield list(run)


def _of_part(part: list[ReadSentence], wanted: tuple[Language, ...]) -> Iterator[Finding]:
    if _language_of(part[0].text) in {"other", *wanted}:
        return
    first, last = part[0], part[-1]
    yield Finding(
        CHECK,
        f"part_{_first(wanted)}",
        Severity.WARN,
        anchor(" ".join(s.text for s in part)),
        first.place.start,
        last.place.end,
        first.place.sentence.id,
    )


@lru_cache(maxsize=8192)
def _language_of(text: str) -> Detected:
    """Tell the language of a text's own words; `other` also where they are too few, or of both languages."""
    own = _QUOTED.sub(" ", text)
    latin, han = len(_WORD.findall(own)), len(_HAN.findall(own))
    if max(latin, han / 2) < _LEAST_WORDS:
        return "other"
    found = detect_language(own)
    if found == "en" and has_cjk(own) and len(text) < 400 and han * 2 > latin:
        return "other"
    return found
