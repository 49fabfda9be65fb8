"""Which language a text is in: English, Chinese or another one."""

# ruff: noqa: SIM905 - lists of words, read more easily as running text

import re
from typing import Literal

Language = Literal["en", "zh", "other"]

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK = re.compile(f"[{CJK}]")
_KANA_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7af\u1100-\u11ff]")
_WORD = re.compile(r"[^\W\d_]+")
_NOISE = re.compile(r"https?://[!-~]{1,500}|[\w.+-]{1,64}@[\w.-]{1,100}|```[^`]{0,4000}```")

# Frequent little words of other languages in Latin script, and English ones to weigh against them.
_ENGLISH = frozenset(
    "the of and to in is are was were be been we you i it this that for on with as at by from have has had not"
    " will would can our your they he she or an a if but so do does did there their what when which please".split()
)
_FOREIGN = frozenset(
    "der die das und ist nicht wir sie ein eine mit auf für den dem zu von im wird haben sind auch bitte"
    " le la les des et est une un que qui pour dans pas nous vous sur avec au aux du ce sont merci"
    " el los las y es una por con para no se del lo como pero gracias il di che per non sono della"
    " de het een van niet zijn wij met voor op ook som och att det inte på".split()
)


def detect_language(text: str) -> Language:
    """The dominant language of ``text``: ``en``, ``zh`` or ``other``.

    One CJK character weighs as much as half a Latin word, because a Chinese word has about two of them.
    Japanese and Korean, other scripts and other languages in Latin script are ``other``; so is a text
    without letters.
    """
    sample = _NOISE.sub(" ", text[:20_000])
    cjk = len(_CJK.findall(sample))
    kana = len(_KANA_HANGUL.findall(sample))
    if kana > max(2, cjk // 10):
        return "other"
    words = [word for word in _WORD.findall(_CJK.sub(" ", sample)) if not _KANA_HANGUL.search(word)]
    latin = [word.casefold() for word in words if _is_latin(word)]
    if cjk / 2 > len(latin) or (cjk and cjk >= len(latin)):
        return "zh"
    if len(words) - len(latin) > len(latin):
        return "other"
    if not latin:
        return "other"
    return "other" if _looks_foreign(latin) else "en"


def _is_latin(word: str) -> bool:
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) <= 0x1EFF for letter in word)


def _looks_foreign(words: list[str]) -> bool:
    foreign = sum(word in _FOREIGN for word in words)
    english = sum(word in _ENGLISH for word in words)
    return foreign >= 2 and foreign > english


def has_cjk(text: str) -> bool:
    """Whether any Chinese character stands in ``text``."""
    return _CJK.search(text) is not None
