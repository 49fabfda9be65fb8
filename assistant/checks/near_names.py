"""A Chinese name with one character changed: 韩斌 where the sources speak of 韩冰, 梅花厅 where they have 兰花厅."""

import re
from collections.abc import Iterator, Sequence

from assistant.checks.figure_relations import Relation
from assistant.checks.input import Source
from assistant.checks.lexicon import chinese
from assistant.checks.lexicon.tokens import Token, joined, tokens
from assistant.checks.statements import Statement, statements

_KIND_AFTER = re.compile("[\u4e00-\u9fff]?[厅楼店馆栋座仓庄园村镇路桥湖号院校]")
_NAME = (2, 3)


def near_names(text: str, cited: Sequence[Source]) -> Iterator[Relation]:
    """Give the first name of a sentence that no source holds and that one of theirs equals but for a character."""
    if not any("\u4e00" <= c <= "\u9fff" for c in text):
        return
    theirs = [s for source in cited for s in statements(source)]
    whole = "\n".join(s.text for s in theirs)
    for token in joined(tokens(text)):
        if not token.han or token.little or token.word in whole:
            continue
        found = _changed(token, theirs, text) or _before_its_kind(token, theirs, text)
        if found is not None:
            yield found
            return


def _is_name(token: Token) -> bool:
    return token.han and not token.little and len(token.word) in _NAME and not any(chinese.part_of_speech(token.word))


def _changed(token: Token, theirs: Sequence[Statement], text: str) -> Relation | None:
    if not _is_name(token):
        return None
    for statement in theirs:
        for other in joined(tokens(statement.text)):
            alike = len(other.word) == len(token.word) and token.word[0] == other.word[0]
            if alike and _is_name(other) and other.word not in text:
                span = (token.start, token.end)
                return Relation("name_differs", span, token.word, statement, other.word)
    return None


def _before_its_kind(token: Token, theirs: Sequence[Statement], text: str) -> Relation | None:
    """One character before what names its kind, and another one there in the source."""
    kind = _KIND_AFTER.match(text, token.end)
    if len(token.word) != 1 or kind is None:
        return None
    for statement in theirs:
        place = statement.text.find(kind[0])
        before = statement.text[place - 1 : place] if place > 0 else ""
        if "\u4e00" <= before <= "\u9fff" and len(kind[0]) > 1 and before + kind[0] not in text:
            span = (token.start, kind.end())
            return Relation("name_differs", span, text[slice(*span)], statement, before + kind[0])
    return None
