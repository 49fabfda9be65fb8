"""A thing named in place of the one that the sources name: Tobias for Tomasz, the bar for the cloakroom.

Paraphrases bring new words too, so a word is only held against a short sentence that otherwise keeps close to one
statement of its sources, and tells most of it: it is a noun or a name that no cited source holds in any form, and the
statement has a thing or a name of its own, left over, where the word stands. Only sentences in the language of their
sources are read.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.checks.figure_relations import Relation as Said
from assistant.checks.input import Source
from assistant.checks.lexicon import chinese, english
from assistant.checks.lexicon.english import Relation
from assistant.checks.lexicon.files import listed
from assistant.checks.lexicon.tokens import Token, class_of, figure_of, joined, tokens
from assistant.checks.lexicon.vectors import vector
from assistant.checks.source_words import SourceWords, source_words
from assistant.checks.statements import Statement, statements
from assistant.checks.word_model import language_of
from assistant.checks.words import stem

_HELD = frozenset({Relation.SAME, Relation.SYNONYM, Relation.DERIVED, Relation.WIDER, Relation.NARROWER})
# Measured on public texts: longer sentences, and those that tell less of the statement, are as often true as not.
_CLOSE = 0.75  # of the other full words of a sentence that the statement holds
_TOLD = 0.55  # of the full words of the statement, or of its clause, that the sentence takes up
_MOST_WORDS = 10  # other full words of the sentence
_MOST_NEW = 2  # new words in a row that may stand for one thing: a sentence with more says something of its own
_LIKE = 0.45  # of two words' vectors: above it they may well say the same
# Words that tie the parts of a sentence together; the lists of small words do not hold them.
_LINKING = frozenset(word for line in listed("linking.txt") for word in line.split())
_PRONOUN = re.compile(r"\b(?:he|him|she|her|they|them)\b|[他她]", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;](?![0-9])|[:：，；。]")
# One of these stands before a noun; a word that is also a verb needs one (`and alert his friends`).
_BEFORE_NOUN = frozenset(
    ("the", "a", "an", "our", "your", "their", "its", "his", "her", "this", "that", "these", "those", "no", "of", "for")
) | {"in", "at", "on", "by", "with", "from", "per"}
_NOUN = 0.4  # of the senses of a word, that are a noun's: reader and shop are verbs as well
_NAME_ZH = 3  # characters of a name that no list knows
_LONGEST = 240  # characters of a sentence, and of the statement it is held against
# Words that notes leave out and that letters add; they name nothing that could be another thing.
_FILLING = frozenset(word for line in listed("filling.txt") for word in line.split())


def replaced(text: str, cited: Sequence[Source], known: frozenset[str]) -> Iterator[Said]:
    """Give the first thing of a sentence that stands where its nearest statement has another; `known` are proved."""
    found = joined(tokens(text))
    if len(text) > _LONGEST or not found or not _same_language(found, cited):
        return
    index = source_words(tuple(s.passage.text for s in cited))
    held = [_held(token, index) for token in found]
    full = [i for i, token in enumerate(found) if _full(token)]
    nearest = _nearest(found, full, held, cited)
    if nearest is None or len(nearest.text) > _LONGEST:
        return
    near = source_words((nearest.text,))
    for first, last in _runs(found, held):
        rest = [found[i] for i in full if not first <= i <= last]
        if len(rest) > _MOST_WORDS or _share(rest, near) < _CLOSE:
            continue
        if _is_name(found, first) and _PRONOUN.search(nearest.text):
            continue  # the name may well be his
        if any(found[i].word in known or stem(found[i].word) in known for i in range(first, last + 1)):
            continue
        other = _in_place(found, held, first, last, nearest)
        if other is not None and _told(nearest.text, other, text) >= _TOLD:
            start, end = found[first].start, found[last].end
            yield Said("thing_replaced", (start, end), text[start:end], nearest, nearest.text[other.start : other.end])
            return


def _share(words: Sequence[Token], index: SourceWords) -> float:
    return sum(_held(word, index) for word in words) / max(1, len(words))


def _told(statement: str, other: Token, text: str) -> float:
    """Tell how much of a statement, or of the clause that holds a word of it, a sentence takes up."""
    begin = max((m.end() for m in _CLAUSE_END.finditer(statement, 0, other.start)), default=0)
    after = _CLAUSE_END.search(statement, other.end)
    clause = statement[begin : after.start() if after else len(statement)]
    mine = source_words((text,))
    return max(_share([t for t in joined(tokens(part)) if _full(t)], mine) for part in (clause, statement))


def _same_language(found: Sequence[Token], cited: Sequence[Source]) -> bool:
    return any(language_of(found) == language_of(tokens(s.passage.text)) for s in cited)


def _full(token: Token) -> bool:
    return not token.little and token.word not in _LINKING and (not token.han or len(token.word) > 1 or token.number)


def _held(token: Token, index: SourceWords) -> bool:
    """Tell whether the sources hold a word in some form."""
    if token.number or figure_of(token.word):
        return True  # figures are proved one by one elsewhere
    if token.han:
        known = sum(c in index.characters for c in token.word)
        return 2 * known >= len(token.word) + (not any(chinese.part_of_speech(token.word))) or _like_any(token, index)
    if any(kind in _HELD for kind in index.related(token).values()):
        return True
    root = stem(token.word)
    return any(root == stem(word) or _same_start(token.word, word) for word in index.words) or _like_any(token, index)


def _same_start(one: str, other: str) -> bool:
    """Abbreviations and compounds: `insp.` and inspection, webshop and shop."""
    if not (one.isascii() and other.isascii()) or other.isdigit():
        return False
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= 3 and (longer.startswith(shorter) or (len(shorter) >= 4 and longer.endswith(shorter)))


def _like_any(token: Token, index: SourceWords) -> bool:
    if token.capital and (token.start > 0 or not english.commonness(token.word)):
        return False  # a name or what is named after a place: nothing is like it
    return bool(len(index.words)) and float((index.matrix @ vector(token.word)).max()) >= _LIKE


def _nearest(
    found: Sequence[Token], full: Sequence[int], held: Sequence[bool], cited: Sequence[Source]
) -> Statement | None:
    """Give the statement that holds most of the sentence's full words, at least two."""
    mine = {_root(found[i]) for i in full if held[i]}
    best: tuple[int, Statement] | None = None
    for source in cited:
        for statement in statements(source):
            shared = len(mine & _roots(statement.text))
            if shared >= 2 and (best is None or shared > best[0]):
                best = (shared, statement)
    return best[1] if best else None


def _root(token: Token) -> str:
    return token.word if token.han or token.number else stem(token.word)


@lru_cache(maxsize=16_384)
def _roots(text: str) -> frozenset[str]:
    return frozenset(_root(t) for t in joined(tokens(text)) if _full(t))


def _runs(found: Sequence[Token], held: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Go through the runs of one or two new words that name a thing or a person."""
    i = 0
    while i < len(found):
        if held[i] or not _full(found[i]):
            i += 1
            continue
        last = i
        while (
            last + 1 < len(found)
            and not held[last + 1]
            and _full(found[last + 1])
            and _one(found[last], found[last + 1])
        ):
            last += 1
        if last - i < _MOST_NEW and _names_thing(found, i, last) and not _is_heading(found, last):
            yield i, last
        i = last + 1


def _is_heading(found: Sequence[Token], last: int) -> bool:
    """Tell whether a word only says what kind of thing the name or mark after it is: `ticket HP-231`."""
    after = found[last + 1] if last + 1 < len(found) else None
    return after is not None and not found[last].han and (after.capital or after.number)


def _one(before: Token, after: Token) -> bool:
    return before.han == after.han and (not before.han or before.end == after.start)


def _names_thing(found: Sequence[Token], first: int, last: int) -> bool:
    head = found[last]
    if head.word in _FILLING or class_of(head.word) >= 0:
        return False
    if _is_name(found, first):
        return len(found[first].word) > 1
    if head.han:
        return _noun_zh(head)
    if head.word.endswith(("ing", "ed", "ly")):
        return False
    noun, verb, _, _ = english.parts_of_speech(head.word)
    before = found[first - 1].word if first else ""
    return noun >= _NOUN and (not verb or before in _BEFORE_NOUN)


def _noun_zh(token: Token) -> bool:
    parts = chinese.part_of_speech(token.word)
    if not any(parts):
        return 1 < len(token.word) <= _NAME_ZH and figure_of(token.word[0]) == ""
    return len(token.word) > 1 and parts[0] > 0 and figure_of(token.word[0]) == ""


def _is_name(found: Sequence[Token], i: int) -> bool:
    token = found[i]
    return token.capital and (i > 0 or not english.commonness(token.word)) and not token.han


def _in_place(found: Sequence[Token], held: Sequence[bool], first: int, last: int, nearest: Statement) -> Token | None:
    """Give the thing of the statement that no word of the sentence takes up, beside what the new words stand beside."""
    theirs = joined(tokens(nearest.text))
    mine = source_words((" ".join(t.word for t in found),))
    sides = {(step, _root(found[j])) for step, j in _beside(found, first, last) if held[j]}
    free = [not _held(t, mine) and _full(t) and not t.number for t in theirs]
    name = _is_name(found, first)
    for j, token in enumerate(theirs):
        if not free[j] or not _stands_for(theirs, j, name=name, han=found[last].han):
            continue
        other = {(step, _root(theirs[k])) for step, k in _beside(theirs, j, j, free)}
        # A name may stand anywhere in its clause; a plain noun is held against what stands on the same side.
        if sides & other or (name and {word for _, word in sides} & {word for _, word in other}):
            return token
    return None


def _beside(
    found: Sequence[Token], first: int, last: int, through: Sequence[bool] | None = None
) -> Iterator[tuple[int, int]]:
    """Give the side and the place of the full words next to a run; further words of what is left over are passed by."""
    for step, start in ((-1, first - 1), (1, last + 1)):
        at, seen = start, 0
        while 0 <= at < len(found) and seen < 2:
            if (_full(found[at]) or found[at].number) and (through is None or not through[at]):
                yield step, at
                seen += 1
            at += step


def _stands_for(found: Sequence[Token], j: int, *, name: bool, han: bool) -> bool:
    token = found[j]
    if token.han != han or token.word in _FILLING:
        return False
    if token.han:
        return _noun_zh(token)
    if len(token.word) < 3:
        return False
    if token.capital and not english.commonness(token.word):
        return name
    if token.capital and name:
        return True
    return not name and english.parts_of_speech(token.word)[0] >= _NOUN
