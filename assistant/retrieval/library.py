"""Guidance and playbooks from the knowledge folder, checked when they are read. The formats: docs/guidance.md."""

import re
import threading
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain.guidance import (
    Answers,
    Bilingual,
    BilingualList,
    GuidancePoint,
    Playbook,
    PlaybookStep,
    Window,
)
from assistant.domain.project import Language
from assistant.errors import GuidanceNotFoundError, KnowledgeError

ROLES = frozenset(
    ("state", "done", "problem", "change", "effect", "remedy", "next", "need", "cause", "feasibility", "limit")
) | {"option", "proposal", "decision", "commitment", "lesson", "risk", "point", "delivered", "checked", "question"}
_LAYOUTS = frozenset({"paragraph", "list", "lines"})
_WINDOWS = frozenset(window.value for window in Window)
_ANSWERS = frozenset(one.value for one in Answers)
_LANGUAGES: tuple[Language, ...] = ("en", "zh")
_FILE_KEYS = frozenset({"topic", "language", "point"})
_POINT_KEYS = frozenset({"id", "title", "text", "situations"})
_KIND_KEYS = frozenset(
    ("kind", "needs_inbound", "client_facing", "title", "subject", "reply_subject", "opening", "step")
) | {"answers", "reports_promises", "is_update"}
_KIND = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_STEP_KEYS = frozenset(
    ("id", "title", "intent", "guidance", "required", "roles", "window", "max_sentences", "layout", "heading")
) | {"query", "cues", "gap", "gap_sentence", "gap_in", "fixed"}


@dataclass(frozen=True, slots=True)
class _Knowledge:
    points: Mapping[Language, Mapping[str, GuidancePoint]]
    playbooks: Mapping[str, Playbook]


class KnowledgeLibrary:
    """The knowledge folder, and a workspace's own playbooks, which may replace one of the same kind.

    Files are read once, at first use. Every question raises KnowledgeError, naming file and key, while one is broken.
    """

    def __init__(self, folder: Path, *, extra_playbooks: Path | None = None) -> None:
        self._folder = folder
        self._extra = extra_playbooks
        self._reading = threading.Lock()
        self._known: _Knowledge | None = None

    def points(self, language: Language) -> tuple[GuidancePoint, ...]:
        """Give every point in that language, by file and place."""
        return tuple(self._knowledge().points[language].values())

    def point(self, point_id: str, language: Language) -> GuidancePoint:
        """Give one point. Raises GuidanceNotFoundError."""
        found = self._knowledge().points[language].get(point_id)
        if found is None:
            raise GuidanceNotFoundError(f"There is no guidance point {point_id}.")
        return found

    def kinds(self) -> tuple[str, ...]:
        """Give the kinds of message there is a playbook for, by name."""
        return tuple(sorted(self._knowledge().playbooks))

    def playbook(self, kind: str) -> Playbook:
        """Give the playbook of a kind. Raises GuidanceNotFoundError."""
        books = self._knowledge().playbooks
        if kind not in books:
            raise GuidanceNotFoundError(f"There is no playbook for {kind}; there is: {', '.join(sorted(books))}.")
        return books[kind]

    def _knowledge(self) -> _Knowledge:
        with self._reading:
            if self._known is None:
                points = _read_points(self._folder / "guidance")
                known = frozenset(points["en"])
                books = _read_playbooks(self._folder / "playbooks", known)
                if self._extra is not None and self._extra.is_dir():
                    books |= _read_playbooks(self._extra, known)
                self._known = _Knowledge(points, books)
            return self._known


# --- guidance -----------------------------------------------------------------------------------------------


def _read_points(folder: Path) -> dict[Language, dict[str, GuidancePoint]]:
    found: dict[Language, dict[str, GuidancePoint]] = {"en": {}, "zh": {}}
    for path in sorted(folder.glob("*.toml")):
        table = _Table.read(path)
        table.only(_FILE_KEYS)
        language = table.one_of("language", _LANGUAGES)
        topic = table.text("topic")
        if path.name != f"{topic}.{language}.toml":
            raise KnowledgeError(f"{path.name}: the name must be {topic}.{language}.toml, as topic and language say.")
        for entry in table.tables("point"):
            point = _point(entry, topic, "zh" if language == "zh" else "en")
            if point.id in found[point.language]:
                raise KnowledgeError(f"{path.name}: the point {point.id} stands there twice, or in another file too.")
            found[point.language][point.id] = point
    lonely = sorted(found["en"].keys() ^ found["zh"].keys())
    if lonely:
        raise KnowledgeError(f"{folder.name}: these points do not stand in both languages: {', '.join(lonely)}.")
    if not found["en"]:
        raise KnowledgeError(f"{folder} holds no guidance; install the program again.")
    return found


def _point(entry: "_Table", topic: str, language: Language) -> GuidancePoint:
    entry.only(_POINT_KEYS)
    point = GuidancePoint(
        id=entry.text("id"),
        topic=topic,
        language=language,
        title=entry.text("title"),
        text=entry.text("text"),
        situations=entry.texts("situations"),
    )
    if not point.id.startswith(f"{topic}."):
        raise KnowledgeError(f"{entry.place}: the id {point.id} must begin with {topic}.")
    return point


# --- playbooks ----------------------------------------------------------------------------------------------


def _read_playbooks(folder: Path, points: frozenset[str]) -> dict[str, Playbook]:
    books = [_playbook(_Table.read(path), path.stem, points) for path in sorted(folder.glob("*.toml"))]
    return {book.kind: book for book in books}


def _playbook(table: "_Table", stem: str, points: frozenset[str]) -> Playbook:
    table.only(_KIND_KEYS)
    if not _KIND.fullmatch(stem):
        raise KnowledgeError(
            f"{table.place}: the name must be up to 40 small letters, digits, - and _, a letter first."
        )
    if table.text("kind") != stem:
        raise KnowledgeError(f"{table.place}: kind must be {stem}, as the file is called.")
    steps = tuple(_step(entry, points) for entry in table.tables("step"))
    ids = [step.id for step in steps]
    if len(set(ids)) != len(ids):
        raise KnowledgeError(f"{table.place}: two steps have the same id.")
    for unknown in (step.gap_in for step in steps if step.gap_in and step.gap_in not in ids):
        raise KnowledgeError(f"{table.place}: gap_in names {unknown}, which is no step of this kind.")
    return Playbook(
        kind=stem,
        title=table.both("title"),
        subject=table.both("subject"),
        reply_subject=table.both("reply_subject"),
        needs_inbound=table.truth("needs_inbound"),
        steps=steps,
        opening=table.both("opening", empty=True),
        client_facing=table.truth("client_facing"),
        answers=Answers(table.one_of("answers", _ANSWERS)) if "answers" in table.values else None,
        reports_promises=table.truth("reports_promises") if "reports_promises" in table.values else False,
        is_update=table.truth("is_update") if "is_update" in table.values else False,
    )


def _step(entry: "_Table", points: frozenset[str]) -> PlaybookStep:
    entry.only(_STEP_KEYS)
    required = entry.truth("required")
    guidance = entry.texts("guidance")
    for unknown in (one for one in guidance if one not in points):
        raise KnowledgeError(f"{entry.place}: guidance names {unknown}, which no guidance file holds.")
    roles = entry.texts("roles")
    for unknown in (one for one in roles if one not in ROLES):
        raise KnowledgeError(f"{entry.place}: {unknown} is no role; there is: {', '.join(sorted(ROLES))}.")
    gap_sentence = entry.both("gap_sentence") if "gap_sentence" in entry.values else Bilingual("", "")
    if any(words.count("{gap}") != 1 for words in (gap_sentence.en, gap_sentence.zh) if words):
        raise KnowledgeError(f"{entry.place}: gap_sentence must hold {{gap}} once.")
    return PlaybookStep(
        id=entry.text("id"),
        title=entry.both("title"),
        intent=entry.both("intent"),
        guidance=guidance,
        required=required,
        roles=roles,
        window=Window(entry.one_of("window", _WINDOWS)),
        max_sentences=entry.count("max_sentences"),
        layout=entry.one_of("layout", _LAYOUTS),
        heading=entry.both("heading", empty=True),
        query=entry.both("query"),
        cues=entry.both_lists("cues"),
        gap=entry.both("gap", empty=not required),
        fixed=entry.both_lists("fixed") if "fixed" in entry.values else BilingualList(),
        gap_sentence=gap_sentence,
        gap_in=entry.text("gap_in") if "gap_in" in entry.values else "",
    )


# --- reading values -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    """A TOML table and where it stands; each question raises KnowledgeError that names the place and the key."""

    place: str
    values: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path) -> "_Table":
        try:
            return cls(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise KnowledgeError(f"{path.name} is not valid TOML: {error}.") from error
        except OSError as error:
            raise KnowledgeError(f"{path.name} cannot be read: {error.strerror}.") from error

    def only(self, allowed: Iterable[str]) -> None:
        unknown = sorted(set(self.values) - set(allowed))
        if unknown:
            raise KnowledgeError(f"{self.place}: unknown key {unknown[0]}; known are: {', '.join(sorted(allowed))}.")

    def text(self, key: str, *, empty: bool = False) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not (value.strip() or empty):
            raise self._wrong(key, "a text")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key)
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self._wrong(key, "a list of texts")
        return tuple(value)

    def truth(self, key: str) -> bool:
        value = self.values.get(key)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def count(self, key: str) -> int:
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self._wrong(key, "a whole number from 1 on")
        return value

    def one_of(self, key: str, allowed: Iterable[str]) -> str:
        value = self.values.get(key)
        if value not in set(allowed):
            raise self._wrong(key, f"one of {', '.join(sorted(allowed))}")
        return str(value)

    def tables(self, key: str) -> list["_Table"]:
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
            raise self._wrong(key, f"at least one [[{key}]]")
        return [_Table(f"{self.place}, {key} {one.get('id', n)}", one) for n, one in enumerate(value, 1)]

    def both(self, key: str, *, empty: bool = False) -> Bilingual:
        pair = self._pair(key)
        return Bilingual(pair.text("en", empty=empty), pair.text("zh", empty=empty))

    def both_lists(self, key: str) -> BilingualList:
        pair = self._pair(key)
        return BilingualList(pair.texts("en"), pair.texts("zh"))

    def _pair(self, key: str) -> "_Table":
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self._wrong(key, f"given as {key}.en and {key}.zh")
        pair = _Table(f"{self.place}: {key}", value)
        pair.only(_LANGUAGES)
        return pair

    def _wrong(self, key: str, what: str) -> KnowledgeError:
        return KnowledgeError(f"{self.place}: {key} must be {what}.")
