"""A Chinese name with one character changed: 韩斌 where the sources speak of 韩冰, 梅花厅 where they have 兰花厅."""

import re
from collections.abc import Iterator, Sequence

from assistant.checks.figure_relations import Relation
from assistant.checks.input import Source
from assistant.checks.lexicon import chinese
from assistant.checks.lexicon.tokens import Token, joined, tokens
from assistant.checks.statements import Statement, statements
from assistant.language.name_words import NOT_PEOPLE_ZH, SURNAMES

_HAN = re.compile("[\u4e00-\u9fff]")
_KIND_AFTER = re.compile("[\u4e00-\u9fff]?[厅楼店馆栋座庄园]")
_COUNTS = frozenset("一二两三四五六七八九十几这那哪某本该每各另同上下前后新旧大小多首主副")
# What a name stands between: without these, two words that begin alike are no more than that.
_BEFORE, _AFTER = (
    frozenset("由与和跟给向让请是为：，。、；（(“「 　\n"),
    frozenset("已将于在说负会把对和与及、，。：；（）()”」 　\n主的任要需也"),
)
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


def _is_name(token: Token, text: str) -> bool:
    if not token.han or token.little or len(token.word) not in _NAME or any(chinese.part_of_speech(token.word)):
        return False
    if token.word[0] not in SURNAMES or token.word in NOT_PEOPLE_ZH or token.word[:2] in NOT_PEOPLE_ZH:
        return False
    before, after = text[token.start - 1 : token.start] if token.start else "", text[token.end : token.end + 1]
    return (not before or before in _BEFORE or before.isdigit() or before in "日号") and (
        not after or after in _AFTER or not _HAN.match(after)
    )


def _changed(token: Token, theirs: Sequence[Statement], text: str) -> Relation | None:
    if not _is_name(token, text):
        return None
    for statement in theirs:
        for other in joined(tokens(statement.text)):
            alike = len(other.word) == len(token.word) and token.word[0] == other.word[0]
            if alike and other.word not in text and _opens_like_name(other):
                span = (token.start, token.end)
                return Relation("name_differs", span, token.word, statement, other.word)
    return None


def _opens_like_name(token: Token) -> bool:
    """Tell whether a word of a note may be a person: notes run names and verbs together, so only the word is asked."""
    return token.han and token.word not in NOT_PEOPLE_ZH and not any(chinese.part_of_speech(token.word))


def _before_its_kind(token: Token, theirs: Sequence[Statement], text: str) -> Relation | None:
    """One character before what names its kind, and another one there in the source."""
    kind = _KIND_AFTER.match(text, token.end)
    if len(token.word) != 1 or token.word in _COUNTS or kind is None:
        return None
    for statement in theirs:
        place = statement.text.find(kind[0])
        before = statement.text[place - 1 : place] if place > 0 else ""
        if _HAN.match(before) and before not in _COUNTS and len(kind[0]) > 1 and before + kind[0] not in text:
            span = (token.start, kind.end())
            return Relation("name_differs", span, text[slice(*span)], statement, before + kind[0])
    return None
