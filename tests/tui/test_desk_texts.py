"""Every interface text exists in both languages, is used, and names the same parts; every key is named and unique."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from textual.binding import Binding
from textual.dom import DOMNode

import tui
from assistant import errors
from assistant.domain.project import Language
from assistant.domain.voiding import MESSAGE_PARTS, VoidCode, VoidReason
from assistant.errors import AssistantError, DraftNotFoundError, StaleRevisionError
from assistant.i18n import LOCALE_FOLDER, text
from tui.errors import NOTICES, notice_for
from tui.keys import NAME, TIP, is_ours
from tui.wording import reason_words

SOURCES = sorted(Path(tui.__file__).parent.rglob("*.py"))
QUOTED = re.compile(r"""["'](desk\.[a-z0-9_.]*[a-z0-9])["']""")
PART = re.compile(r"\{[a-z_]+\}")
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def catalogue(language: str) -> dict[str, str]:
    path = LOCALE_FOLDER / language / "LC_MESSAGES" / "desk.po"
    with path.open("rb") as source:
        return {str(m.id): str(m.string) for m in read_po(source, abort_invalid=True) if m.id}


def own_bindings() -> dict[str, list[Binding]]:
    """The desk's bindings by the class that declares them."""
    found: dict[str, list[Binding]] = {}
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        for name, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(kind, DOMNode) and kind.__module__ == module.name:
                declared = [b for b in kind.__dict__.get("BINDINGS", ()) if isinstance(b, Binding)]
                if declared:
                    found[f"{module.name}.{name}"] = declared
    return found


def used_keys() -> set[str]:
    keys = {key for source in SOURCES for key in QUOTED.findall(source.read_text("utf-8"))}
    for bindings in own_bindings().values():
        for binding in bindings:
            keys |= {binding.description, binding.tooltip}
    return keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing_and_none_is_left_over(language: str) -> None:
    there, used = set(catalogue(language)), used_keys()
    assert sorted(used - there) == []
    assert sorted(there - used) == []


def test_both_languages_say_the_same_things_with_the_same_parts() -> None:
    english, chinese = catalogue("en"), catalogue("zh")
    assert english.keys() == chinese.keys()
    for key, words in english.items():
        assert words.strip(), key
        assert chinese[key].strip(), key
        assert sorted(PART.findall(words)) == sorted(PART.findall(chinese[key])), key


def test_chinese_texts_are_chinese() -> None:
    english, chinese = catalogue("en"), catalogue("zh")
    same = {k for k, words in chinese.items() if words == english[k] and re.search(r"[a-z]{3}", PART.sub("", words))}
    assert same == set()


def test_every_key_has_an_id_with_a_name_and_a_tip() -> None:
    bindings = own_bindings()
    assert len(bindings) > 8
    for owner, declared in bindings.items():
        for binding in declared:
            assert binding.id, (owner, binding)
            assert is_ours(binding), (owner, binding)
            assert (binding.description, binding.tooltip) == (NAME + binding.id, TIP + binding.id)
            for language in LANGUAGES:
                assert text(binding.description, language)
                assert text(binding.tooltip, language)


def test_ids_of_keys_are_used_once_save_for_the_shared_ones() -> None:
    seen: dict[str, str] = {}
    shared = {"queue.open", "dialog.accept", "choice.pick"}  # the same thing on several screens
    for owner, declared in own_bindings().items():
        for binding in declared:
            name = str(binding.id)
            assert name in shared or seen.setdefault(name, owner) == owner, (name, owner, seen[name])


def test_every_error_has_a_notice_in_both_languages() -> None:
    classes = {kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, AssistantError)}
    assert classes == set(NOTICES)
    for language in LANGUAGES:
        for notice in NOTICES.values():
            assert text(notice.heading, language)


def test_a_subclass_is_shown_as_its_nearest_relative_with_its_own_sentence() -> None:
    class RareError(StaleRevisionError):
        pass

    shown = notice_for(RareError("Draft d-1 is now at revision 3."), "en")
    assert shown.heading == text("desk.error.stale", "en")
    assert shown.sentence == "Draft d-1 is now at revision 3."
    assert notice_for(DraftNotFoundError("x"), "zh").heading == text("desk.error.not_found", "zh")


def test_a_fault_names_its_class_and_never_its_text() -> None:
    shown = notice_for(ValueError("Dear Helen, the go-live moves to 19 March"), "en")
    assert "ValueError" in shown.sentence
    assert "Helen" not in shown.sentence


def test_every_way_an_approval_ends_has_words_in_both_languages() -> None:
    values = {"email": "h@x.example", "path": "notes/a.md", "inbound": "in-1", "project": "p"}
    for code in VoidCode:
        stored = VoidReason(code, values | {"parts": ", ".join(MESSAGE_PARTS)}).as_text()
        english, chinese = (reason_words(stored, language) for language in LANGUAGES)
        assert english != chinese
        assert "{" not in english + chinese
    assert reason_words("Sent by phone", "zh") == "Sent by phone"
