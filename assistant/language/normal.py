"""Text in the form in which it is compared: folded letters, nothing hidden, and its words for lexical search."""

import re
import unicodedata

from assistant.language.detect import CJK

# Zero-width and direction marks, soft hyphens, variation selectors and tag characters: they show nothing.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_LOOKALIKES = dict(
    zip(
        "аеорсухіјѕһԁԛԝьАВЕКМНОРСТУХІЈЅԌαεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijshdqwbABEKMHOPCTYXIJSGaeikvoptuxABEZHIKMNOPTYX",
        strict=True,
    )
)
# What a program writes to move a terminal's cursor, colour its words or name its window (ECMA-48): CSI, OSC, others.
_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9d\n]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]"
    r"|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")  # looked for alone it is found far sooner
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(rf"[{CJK}]+|(?:(?![{CJK}])[^\W_])+(?:[-.'_](?:(?![{CJK}])[^\W_])+)*")


def visible(text: str) -> tuple[str, list[int] | None]:
    """``text`` without its hidden characters, and for each place in it (the end included) the place in ``text``.

    The second value is None when nothing was hidden, and the places are the same.
    """
    if _HIDDEN.search(text) is None:
        return text, None
    places = [place for place, letter in enumerate(text) if _HIDDEN.match(letter) is None]
    return "".join(text[place] for place in places), [*places, len(text)]


def without_terminal(text: str) -> str:
    """``text`` without terminal sequences and control characters, but with its white space."""
    return text if _CONTROL.search(text) is None else _SEQUENCE.sub("", text)


def fold_lookalikes(text: str) -> str:
    """``text`` with Cyrillic and Greek look-alikes turned into Latin letters where they stand in a Latin word.

    The length does not change, and words wholly in another script are left as they are.
    """
    if text.isascii():
        return text
    return _WORD.sub(_fold_word, text)


def _fold_word(found: re.Match[str]) -> str:
    word = found[0]
    if word.isascii() or not any(letter.isascii() for letter in word):
        return word
    return "".join(_LOOKALIKES.get(letter, letter) for letter in word)


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, nothing hidden, look-alikes Latin, single blanks, case folded."""
    shown = unicodedata.normalize("NFKC", _HIDDEN.sub("", without_terminal(text)))
    return " ".join(fold_lookalikes(shown).casefold().split())


def bigrams(text: str) -> list[str]:
    """The Chinese character pairs of ``text`` in order; a character that stands alone comes as it is."""
    pairs: list[str] = []
    for found in re.finditer(rf"[{CJK}]+", fold(text)):
        run = found[0]
        pairs.extend([run] if len(run) == 1 else [run[place : place + 2] for place in range(len(run) - 1)])
    return pairs


def tokens(text: str) -> list[str]:
    """The search words of ``text`` in order: Chinese character pairs, and other words whole and in lower case."""
    found: list[str] = []
    for match in _TOKEN.finditer(fold(text)):
        run = match[0]
        if len(run) > 1 and re.match(rf"[{CJK}]", run):
            found.extend(run[place : place + 2] for place in range(len(run) - 1))
        else:
            found.append(run)
    return found
