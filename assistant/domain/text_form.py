"""A draft as plain text for an editor: a subject line, a blank line, the body. Reading it back gives the same parts."""

from assistant.domain.project import Language

_SUBJECT: dict[Language, str] = {"en": "Subject: ", "zh": "主题："}
_SIGNS = ("subject:", "subject：", "主题:", "主题：")


def to_text(subject: str, body: str, language: Language) -> str:
    """Write subject and body as one text."""
    return f"{_SUBJECT[language]}{subject}\n\n{body}\n"


def from_text(text: str) -> tuple[str | None, str]:
    """Read subject and body back; the subject is None when the first line is no subject line."""
    content = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    first, _, rest = content.partition("\n")
    for sign in _SIGNS:
        if first.casefold().startswith(sign):
            return first[len(sign) :].strip(), rest.strip("\n")
    return None, content.strip("\n")
