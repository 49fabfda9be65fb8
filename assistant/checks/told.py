"""What the client was told and promised before: from sent messages and minutes of meetings the client attended."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.checks.claims import PROMISE, Role, sentence_role
from assistant.checks.input import CheckInput, Source
from assistant.checks.matching import span_of
from assistant.checks.reading import Sources
from assistant.checks.statements import Statement, statements
from assistant.checks.subjects import Ledger
from assistant.checks.words import ordered_words
from assistant.domain.facts import FactKind
from assistant.domain.note import NoteKind
from assistant.domain.project import Project
from assistant.language.normal import fold

_PRESENT = re.compile(
    r"^\W*(?:present|attendees|participants|attending|参会|出席|与会)\w{0,3}\W{0,4}[:：](.{0,600})$",
    re.IGNORECASE | re.MULTILINE,
)
# Words of sending and doing, which tell nothing of what was promised.
_DOING = frozenset(
    ordered_words(
        "send sending give get have let call write tell come provide deliver share prepare finish complete"
        " do make keep inform update know able sure confirm back promise commit guarantee"
    )
) | frozenset(
    [
        "发给",
        "发送",
        "发出",
        "提交",
        "提供",
        "完成",
        "给到",
        "交给",
        "答复",
        "回复",
        "通知",
        "告知",
        "保证",
        "承诺",
        "负责",
        "一定",
        "确保",
        "尽快",
        "最晚",
        "会在",
    ]
)
_OBJECT_ENDS = re.compile(r"\s(?:by|before|on|until|for|of|to|with|in|at|as|from|so|and)\s|[,;.:(]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised to the client for a day.

    `words` tell what was promised, `head` is the one that names it; `made` is the day it was told, `due` the last day
    of the time named.
    """

    statement: Statement
    due_text: str
    due: date
    made: date
    words: frozenset[str]
    head: str


def told_sources(given: CheckInput) -> tuple[Source, ...]:
    """Give the passages that the client got or heard: sent messages, and minutes of meetings it attended."""
    return _told(Sources(given.sources), given.project)[0]


def told_ledger(given: CheckInput) -> Ledger:
    """Give what those passages state."""
    return _told(Sources(given.sources), given.project)[1]


@lru_cache(maxsize=8)
def _told(sources: Sources, project: Project) -> tuple[tuple[Source, ...], Ledger]:
    people = [fold(c.name) for c in project.contacts if c.name]
    people += [fold(n) for n in (project.client.name, *project.client.aliases) if n]
    attended = {
        s.passage.path
        for s in sources.all
        if s.passage.kind is NoteKind.MINUTES
        and any(name in fold(line[1]) for line in _PRESENT.finditer(s.passage.text) for name in people)
    }
    told = tuple(
        s
        for s in sources.all
        if not s.passage.quoted
        and (s.passage.kind is NoteKind.SENT or (s.passage.kind is NoteKind.MINUTES and s.passage.path in attended))
    )
    return told, Ledger(statement for source in told for statement in statements(source))


def promises(source: Source) -> tuple[Promise, ...]:
    """Give the dated promises of a message that was sent to the client; nothing for other passages."""
    if source.passage.kind is not NoteKind.SENT or source.passage.quoted:
        return ()
    found: list[Promise] = []
    for statement in statements(source):
        made = statement.dated
        if made is None or sentence_role(statement.text) is not Role.PROMISE:
            continue
        for fact in statement.current():
            span = span_of(fact.value, made.year) if fact.kind is FactKind.DATE else None
            if span is not None and span[1] >= made:
                words, head = promised_thing(statement.text)
                if head:
                    found.append(Promise(statement, fact.text, span[1], made, words, head))
                break
    return tuple(found)


@lru_cache(maxsize=4096)
def promised_thing(text: str) -> tuple[frozenset[str], str]:
    """Give the words for what a promise is about, and the one that names it; empty where it names nothing."""
    cue = PROMISE.search(text)
    if cue is None:
        return frozenset(), ""
    ordered = [word for word in ordered_words(text) if word not in _DOING]
    after = text[cue.end() :]
    cut = _OBJECT_ENDS.search(after)
    for phrase in (after[: cut.start()] if cut else after, text[: cue.start()], text):
        named = [word for word in ordered_words(phrase) if word not in _DOING]
        if named and (phrase.isascii() or phrase != after):
            return frozenset(ordered), named[-1]
    return frozenset(ordered), ordered[-1] if ordered else ""


def promise_clause(text: str) -> tuple[int, int]:
    """Give the characters of the part of a sentence that holds its promise."""
    cue = PROMISE.search(text)
    if cue is None:
        return 0, len(text)
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, cue.start() + 1)), default=0)
    following = _CLAUSE.search(text, cue.end())
    end = following.start() if following else len(text)
    return begin, begin + len(text[begin:end].rstrip(" .。!！"))


_CLAUSE = re.compile(r"[,;，；]\s?(?:and |but |so |并且|并|且)?")
