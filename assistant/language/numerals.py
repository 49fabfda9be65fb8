"""Where the numbers of a text stand: digits, Chinese numerals and English number words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.language.numbers import (
    MULTIPLIERS,
    TENS,
    WORD_VALUES,
    ZH_NUMERALS,
    chinese_factor,
    parse_chinese_numeral,
    parse_digits,
    parse_english_words,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: its place, its value, how it was written, and the factor of a scale word inside it.

    ``form`` is ``digits``, ``zh`` or ``en``; ``raw`` holds the digits alone, for readings that depend on what
    stands around them.
    """

    start: int
    end: int
    value: Decimal
    form: str
    raw: str
    scale: int = 1


_DIGITS = re.compile(
    r"(?<![A-Za-z0-9_])(?<![0-9]\.)(?P<sign>(?<![^\s(（:：])[-−])?(?P<n>"
    r"[0-9]{1,3}(?:,[0-9]{3}){1,6}(?:\.[0-9]{1,9})?(?![0-9])"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){1,6},[0-9]{1,9}(?![0-9])"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,6}(?![0-9])"
    r"|[0-9]{1,3}(?:[ '\u00a0\u2009\u202f’][0-9]{3}){1,5}(?:[.,][0-9]{1,2})?(?![0-9])"
    r"|[0-9]{1,15}\.[0-9]{1,9}(?![0-9])"
    r"|[0-9]{1,15},[0-9]{1,2}(?![0-9,])"
    r"|[0-9]{1,15}(?![0-9]))"
    r"(?P<half>½)?"
    r"(?: ?(?P<scale>thousand|million|billion|mn|bn|mio\.?)(?![A-Za-z])|(?P<k>[kK])(?![A-Za-z0-9])"
    r"| ?(?P<zh>(?:[十百万亿]|千(?![瓦米克卡赫帕伏])){1,2})(?![一二三四五六七八九十]?[分]))?",
    re.IGNORECASE,
)
_SCALES = {"thousand": 10**3, "k": 10**3, "million": 10**6, "mn": 10**6, "mio": 10**6, "billion": 10**9, "bn": 10**9}
_CHINESE = re.compile(
    rf"(?<![0-9{ZH_NUMERALS}])(?<![0-9] )[{ZH_NUMERALS}]{{1,16}}"
    rf"(?:点[零〇一二三四五六七八九]{{1,6}}(?![{ZH_NUMERALS}]))?(?![{ZH_NUMERALS}])"
)
_SMALL = (
    rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(list(WORD_VALUES)[:9])}))?"
    rf"|(?:{'|'.join(sorted(WORD_VALUES, key=len, reverse=True))}))"
)
_ENGLISH = re.compile(
    rf"(?<![A-Za-z'’-])(?:(?:(?P<a>an?)"
    rf"|{_SMALL})(?P<big>[ -](?:{'|'.join(MULTIPLIERS)}))(?:(?: and)? {_SMALL}(?![A-Za-z]))?"
    rf"|{_SMALL})(?![A-Za-z])",
    re.IGNORECASE,
)


def find_numerals(text: str) -> Iterator[Numeral]:
    """The numbers of ``text`` (full-width digits already folded), in no particular order and without overlap.

    A digit that is glued to letters ("5G", "B2B") is a name, not a number, unless the letters are a unit; that is
    for the caller to see.
    """
    for found in _DIGITS.finditer(text):
        value = parse_digits(found["n"])
        if value is None:
            continue
        scale = _scale(found)
        value = (value + Decimal("0.5") if found["half"] else value) * scale
        yield Numeral(found.start(), found.end(), -value if found["sign"] else value, "digits", found["n"], scale)
    for found in _CHINESE.finditer(text):
        numeral = parse_chinese_numeral(found[0])
        if numeral is not None:
            yield Numeral(found.start(), found.end(), numeral, "zh", found[0])
    for found in _ENGLISH.finditer(text):
        words = parse_english_words(found[0])
        if words is not None:
            yield Numeral(found.start(), found.end(), words, "en", found[0])


def _scale(found: re.Match[str]) -> int:
    if found["zh"]:
        return chinese_factor(found["zh"]) or 1
    word = found["scale"] or found["k"]
    return _SCALES[word.casefold().rstrip(".")] if word else 1
