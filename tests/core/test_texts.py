"""Every text stands in both catalogues, says the same named parts, and every key in the code has a text."""

import re
import string

import pytest
from babel.messages.pofile import read_po

from assistant.errors import KnowledgeError
from assistant.i18n import LOCALE_FOLDER, interface_language, text

ROOT = LOCALE_FOLDER.parent.parent
DOMAINS = sorted(p.stem for p in (LOCALE_FOLDER / "en" / "LC_MESSAGES").glob("*.po"))
KEY = re.compile(r'["\'](cli\.[a-z_.]+[a-z_])["\']')


def catalogue(language: str, domain: str) -> dict[str, str]:
    path = LOCALE_FOLDER / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as source:
        return {str(m.id): str(m.string) for m in read_po(source) if m.id}


def parts(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_hold_the_same_keys_and_parts(domain: str) -> None:
    english, chinese = catalogue("en", domain), catalogue("zh", domain)
    assert english.keys() == chinese.keys()
    for key in english:
        assert english[key].strip(), key
        assert chinese[key].strip(), key
        assert parts(english[key]) == parts(chinese[key]), key


def test_no_domain_exists_in_one_language_only() -> None:
    assert sorted(p.stem for p in (LOCALE_FOLDER / "zh" / "LC_MESSAGES").glob("*.po")) == DOMAINS


def test_every_key_of_the_command_line_has_a_text_and_every_text_a_user() -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "assistant" / "cli").glob("*.py"))
    used = set(KEY.findall(code))
    families = set(re.findall(r'f["\'](cli\.[a-z_.]+\.)\{', code))
    known = set(catalogue("en", "cli"))
    assert used <= known
    unused = {k for k in known - used if not any(k.startswith(f) for f in families)}
    assert not unused


def test_values_are_put_in_as_plain_text() -> None:
    assert text("cli.draft.subject", "en", subject="{0.__class__} {x}") == "Subject: {0.__class__} {x}"


def test_a_missing_text_or_part_is_an_error() -> None:
    with pytest.raises(KnowledgeError, match=r"cli\.nothing"):
        text("cli.nothing", "en")
    with pytest.raises(KnowledgeError, match="subject"):
        text("cli.draft.subject", "en")


@pytest.mark.parametrize(
    ("setting", "environment", "expected"),
    [
        ("zh", {}, "zh"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        ("auto", {"LANG": "zh_CN.UTF-8"}, "zh"),
        ("auto", {"LANG": "de_DE.UTF-8"}, "en"),
        ("auto", {"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_interface_language_follows_setting_then_environment(
    monkeypatch: pytest.MonkeyPatch, setting: str, environment: dict[str, str], expected: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert interface_language(setting) == expected


def test_no_source_file_names_a_machine_path() -> None:
    for path in [*ROOT.glob("docs/**/*.md"), ROOT / "README.md"]:
        assert not re.search(r"/(work|root|home)/\w", path.read_text(encoding="utf-8")), path
