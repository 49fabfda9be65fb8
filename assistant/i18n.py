"""Interface text and messages in English and Chinese, from gettext catalogues.

Catalogues are `locale/<language>/LC_MESSAGES/<domain>.po`. Their msgids are keys (`finding.support.date`), both
languages are complete, and texts have named parts in braces: `{found}`. The `.po` files are read as they are, so
there is no compiled copy that could be out of date.
"""

import gettext
import io
import locale
import os
import string
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

from assistant.domain.project import Language
from assistant.errors import KnowledgeError

LOCALE_FOLDER = Path(__file__).with_name("locale")


@cache
def _catalogue(domain: str, language: Language) -> gettext.NullTranslations:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 (babel is loaded when the first text is needed)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    path = LOCALE_FOLDER / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language, domain=domain)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class _Shown(string.Formatter):
    """Fills `{name}` with plain text only: values never reach attributes or indices."""

    def get_field(self, field_name: str, args: object, kwargs: Mapping[str, object]) -> tuple[object, str]:  # noqa: ARG002 (string.Formatter's signature)
        return kwargs[field_name], field_name


_FORMATTER = _Shown()


def text(key: str, language: Language, /, **values: object) -> str:
    """Give the text of a key, `domain.rest.of.key`, in that language with its named parts filled in.

    The domain is the part of the key before the first dot: `finding.*` stands in `findings.po`, all else in
    `<domain>.po`. Raises KnowledgeError for a key without a text.
    """
    prefix = key.partition(".")[0]
    domain = "findings" if prefix == "finding" else prefix
    message = _catalogue(domain, language).gettext(key)
    if message == key:
        raise KnowledgeError(f"The {language} catalogue {domain}.po has no text for {key}.")
    try:
        return _FORMATTER.vformat(message, (), values)
    except KeyError as missing:
        raise KnowledgeError(f"The text of {key} names {missing}, which was not given.") from missing


class Keyed(Protocol):
    """A code with named values, whose words stand in the catalogues."""

    @property
    def message_key(self) -> str:
        """The key of its message."""
        ...

    @property
    def values(self) -> Mapping[str, str]:
        """The named parts of its message."""
        ...


def texts(items: Iterable[Keyed], language: Language) -> str:
    """Give the messages of several codes one after another, as a reader of that language expects them."""
    return ("" if language == "zh" else " ").join(text(item.message_key, language, **item.values) for item in items)


def interface_language(setting: str = "auto") -> Language:
    """Choose the interface's language: the setting, else the environment's, else English."""
    if setting in ("en", "zh"):
        return "zh" if setting == "zh" else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
