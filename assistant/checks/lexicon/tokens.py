"""Words and numbers of a text with their places, and the small words that turn a statement round."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.lexicon import chinese
from assistant.checks.lexicon.files import listed
from assistant.checks.words import STOP_WORDS

_TOKEN = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[0-9]+(?:[.,][0-9]+)*|"
    "(?:(?![\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])[^\\W\\d_])+(?:['’][A-Za-z]+)*"
)
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
DAY_ZH = frozenset("年月日号点时分")
# Never part of a name: what dates are written with, and verbs of one character that notes are full of.
_APART_ZH = DAY_ZH | frozenset(
    "加发到给有做改换开停等交付用让使成过进出来去说看要能会可未没无把被由在已从至把各每张条个台套件份人搬迁移寄送运调升降转退修装拆签租借买卖付收"
)
MOST_TOKENS = 12_000
NEGATION = 0  # the place of the negations among the classes
_IN_CLASS = 6  # of the first six classes any word may stand for another: not and never, may and might


def _lists() -> dict[str, frozenset[str]]:
    lines = (line.partition(": ") for line in listed("classes.txt"))
    return {name: frozenset(words.split()) for name, _, words in lines}


_LISTS = _lists()
CLASSES = tuple(_LISTS[name] for name in ("negation", "whole", "only", "part", "maybe", "certain", "bounds"))
_FIGURES = {name.removeprefix("figure "): words for name, words in _LISTS.items() if name.startswith("figure ")}
_DIGITS = {word: figure for figure, words in _FIGURES.items() for word in words}
_CLASS_OF = {word: i for i, words in reversed(list(enumerate(CLASSES))) for word in words}


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number of a text: small letters, its characters, and what it looks like."""

    word: str
    start: int
    end: int
    han: bool = False
    number: bool = False
    capital: bool = False
    little: bool = False


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[Token, ...]:
    """Cut a text into words and numbers; Chinese into its most likely words."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        run = match[0]
        if HAN.match(run):
            at = match.start()
            for word in chinese.cut(run[:MOST_TOKENS]):
                found.append(Token(word, at, at + len(word), han=True, little=word in _LISTS["chinese_little"]))
                at += len(word)
            continue
        number = run[0].isdigit()
        word = run.replace(",", "") if number else run.casefold().replace("’", "'").removesuffix("'s")
        found.append(Token(word, *match.span(), number=number, capital=run[0].isupper(), little=word in STOP_WORDS))
        if len(found) > MOST_TOKENS:
            break
    return tuple(found)


def joined(found: Sequence[Token]) -> list[Token]:
    """Put single Chinese characters that stand side by side together: names are seldom in a list of words."""
    made: list[Token] = []
    for i, token in enumerate(found):
        if i > 0 and _lone(token) and _lone(found[i - 1]) and found[i - 1].end == token.start:
            last = made.pop()
            token = Token(last.word + token.word, last.start, token.end, han=True)  # noqa: PLW2901 - the two as one
        made.append(token)
    return made


def _lone(token: Token) -> bool:
    return token.han and len(token.word) == 1 and not token.little and token.word not in _APART_ZH


def class_of(word: str) -> int:
    """Tell which of CLASSES a small-letter word belongs to; -1 for none."""
    return _CLASS_OF.get(word, -1)


def figure_of(word: str) -> str:
    """Give the figure that a small-letter number word writes (`nine` is 9); nothing for any other word."""
    return _DIGITS.get(word, "")


def other_spellings(word: str) -> frozenset[str]:
    """Give the words that may stand for a small word (not, never) and the same number in words or in figures."""
    kind = class_of(word)
    figure = _DIGITS.get(word, word)
    same = CLASSES[kind] if 0 <= kind < _IN_CLASS else frozenset()
    return (same | _FIGURES.get(figure, frozenset()) | {figure}) - {word}
