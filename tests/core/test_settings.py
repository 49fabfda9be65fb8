"""Settings and cards: what they accept, what they refuse, and that the refusal says what to do."""

from pathlib import Path

import pytest

from assistant.domain.project import ModelLimit, RecipientRole
from assistant.errors import SettingsError, StorageError
from assistant.settings import read_project, read_settings

CARD = """
name = "Portal"
[client]
id = "acme"
name = "Acme"
[sender]
name = "Ana"
email = "ana@us.example"
[[contacts]]
name = "Ben"
email = "ben@acme.example"
salutation = "Mr B"
default = "to"
"""


def card(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "portal"
    folder.mkdir()
    (folder / "project.toml").write_text(text, encoding="utf-8")
    return folder


def workspace(tmp_path: Path, text: str = "") -> Path:
    (tmp_path / "sincerely.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_card_is_read_with_careful_defaults(tmp_path: Path) -> None:
    project = read_project(card(tmp_path, CARD))
    assert (project.slug, project.client.id, project.model) == ("portal", "acme", ModelLimit.NONE)
    assert not project.authority.may_offer_money
    assert [(r.email, r.role) for r in project.default_recipients()] == [("ben@acme.example", RecipientRole.TO)]
    assert project.contact_named("mr b") == project.contact_by_email("BEN@acme.example") == project.contacts[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CARD.replace('name = "Portal"', 'nmae = "Portal"'), "nam"),
        (CARD + "[authority]\nmay_offer_monney = true\n", "authority.may_offer_monney"),
        (CARD.replace("ben@acme.example", "ben at acme"), "contacts.0.email"),
        (CARD.replace("ben@acme.example", "ben@acme.example\\nBcc: eve@evil.example"), "contacts.0.email"),
        ('timezone = "Mars/Olympus"\n' + CARD, "timezone"),
        ('model = "cloud"\n' + CARD, "model"),
        ('update_every = "sometimes"\n' + CARD, "update_every"),
        ("name = ", "not valid TOML"),
    ],
)
def test_a_wrong_card_names_the_key(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SettingsError, match="portal") as caught:
        read_project(card(tmp_path, text))
    assert words in str(caught.value)


def test_a_card_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    folder = card(tmp_path, CARD)
    (folder / "project.toml").write_bytes(CARD.replace("Portal", "门户").encode("gb18030"))
    with pytest.raises(SettingsError, match="UTF-8"):
        read_project(folder)


def test_a_missing_card_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"project\.toml"):
        read_project(tmp_path)


def test_the_environment_wins_and_alone_holds_keys(tmp_path: Path) -> None:
    folder = workspace(tmp_path, '[model]\nname = "openai:file"\n')
    settings = read_settings(folder, {"SINCERELY_MODEL": "openai:shell", "OPENAI_API_KEY": "k" * 20})
    assert settings.model.name == "openai:shell"
    assert settings.model_key is not None
    assert "k" * 20 not in repr(settings)


@pytest.mark.parametrize("key", ["api_key", "model_key"])
def test_a_key_in_the_file_is_refused_without_being_repeated(tmp_path: Path, key: str) -> None:
    with pytest.raises(SettingsError, match="environment") as caught:
        read_settings(workspace(tmp_path, f'{key} = "hush-hush"\n'), {})
    assert "hush" not in str(caught.value)


def test_an_unknown_setting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"interface\.colour: is not a known setting"):
        read_settings(workspace(tmp_path, '[interface]\ncolour = "red"\n'), {})
