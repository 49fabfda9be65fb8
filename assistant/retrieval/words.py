"""The search words of a text, as the lexical index keeps them and as a query asks for them, their BM25 and language."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from assistant.domain.project import Language
from assistant.language.detect import CJK
from assistant.language.normal import tokens

_BEGINNING = 160
_HAN = re.compile(f"[{CJK}]")
_PARTS = re.compile(r"[-._']")
_LONGEST = 64
_STOP = frozenset(
    re.findall(
        r"\w+",
        "a an the and or of to in on for with by from at as is are was were be been it its this that these those we you"
        " they he she i me my our your their us them do does did will would can could should have has had not no so if"
        " then than there here what when where which who whom how why about into over just also please any some",
    )
)


def search_words(text: str) -> list[str]:
    """Give the words of a passage: Chinese character pairs, stems of Latin words, and parts of joined ones."""
    found: list[str] = []
    for token in tokens(text):
        word = token[:_LONGEST]
        parts = [part for part in _PARTS.split(word) if part]
        found.append(_stem(word) if len(parts) == 1 else word)
        if len(parts) > 1:
            found.extend(_stem(part) for part in parts)
    return found


def query_words(text: str) -> list[str]:
    """Give the words to search for, each once: without the commonest English ones, unless there are no others."""
    every = list(dict.fromkeys(search_words(text)))
    stems = {_stem(word) for word in _STOP} | _STOP
    return [word for word in every if word not in stems] or every


def language_of(text: str) -> Language:
    """Give the language that fills most of a text's beginning; a Chinese character counts as 2.4 Latin letters."""
    if text.isascii():
        return "en"
    begun = text[:_BEGINNING]
    hanzi = len(_HAN.findall(begun))
    return "zh" if hanzi * 2.4 > len(begun) - hanzi else "en"


def _stem(word: str) -> str:
    """Cut the endings of English plurals, past and progressive forms; other words stay as they are."""
    if not word.isascii() or not word.isalpha() or len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and any(vowel in rest for vowel in "aeiouy"):
            word = rest[:-1] if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "ls" else rest
            break
    return word.removesuffix("e") if len(word) > 4 else word


def bm25(words: Sequence[str], texts: Sequence[Sequence[str]]) -> list[float]:
    """Score texts for a query as SQLite's FTS5 does (k1 = 1.2, b = 0.75); 0 where no word is found."""
    if not texts:
        return []
    wanted = set(words)
    counts = [Counter(word for word in text if word in wanted) for text in texts]
    average = sum(len(text) for text in texts) / len(texts) or 1.0
    scores = [0.0] * len(texts)
    for word in words:
        holding = sum(word in count for count in counts)
        weight = max(math.log((len(texts) - holding + 0.5) / (holding + 0.5)), 1e-6)
        for i, count in enumerate(counts):
            often = count[word]
            if often:
                scores[i] += weight * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * len(texts[i]) / average))
    return scores
