"""Mails among the notes: in them, asking the reader for something is a task, also when nobody is named."""

import re
from collections.abc import Sequence

from assistant.actions.outline import Line, Under
from assistant.actions.states import is_supposed
from assistant.language.asks import asks_for_something, find_ask
from assistant.language.sentences import split_sentences

ALONE, MAIL = "alone", "mail"
_ABOUT_SOMEBODY = re.compile(r"(?:Will|Did|Does|Has|Is|Was|Can|Could|Would|Should) (?!I\b)[A-Z][a-z]+ (?!you\b)")
_TO_KNOW = re.compile(
    r"(?i)\b(?:please|kindly|do) (?:bear|keep|have) (?:in mind|note|aware)|\bplease (?:note|be aware)\b"
    r"|请(?:注意|知悉|悉知|谅解)"
)
_GREETED = re.compile(
    r"(?i)^(?:hi|hello|dear|hey|good (?:morning|afternoon))\b[^,!.\n]{0,30}[,!.]\s*|^(?:您好|你好|各位好?)[，,！!。]\s*"
)
MAIL_HEADER = re.compile(
    r"(?:From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|发件人|收件人|抄送|密送|主题|发送时间)[ ]?[:：]", re.IGNORECASE
)
_MAIL_HEAD = re.compile(
    r"(?:\A|\n)(?:(?:hi|hello|dear|hey|good (?:morning|afternoon))\b[^\n]{0,40}[,!:]?\s*(?:\n|$)|(?:from|subject"
    r"|发件人|主题)[ ]?[:：]|(?:尊敬的)?[^\n，,]{0,12}(?:您好|你好|好)[，,！!：:]\s*(?:\n|$))",
    re.IGNORECASE,
)


def letter_of(text: str, lines: Sequence[Line]) -> str | None:
    """Tell a mail, and a text of one sentence, from notes: in those, asking the reader for something is a task."""
    if any(line.speaker or line.cells or line.under is not Under.OTHER for line in lines):
        return None
    if len(lines) == 1 and not lines[0].listed and len(split_sentences(lines[0].text)) == 1:
        return ALONE
    return MAIL if _MAIL_HEAD.search(text[:600]) else None


def asks_reader(words: str, letter: str) -> bool:
    """Tell whether a sentence of a mail, or one that is a text of its own, asks its reader for something."""
    if _ABOUT_SOMEBODY.match(words) or _TO_KNOW.search(words):
        return False
    return asks_for_something(words) if letter == ALONE else find_ask(words) == "request" and not is_supposed(words)


def without_greeting(words: str) -> str:
    """Leave out "Hi Tom," at the head of a sentence."""
    return _GREETED.sub("", words)
