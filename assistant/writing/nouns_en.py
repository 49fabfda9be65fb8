"""English nouns in a sentence: their article, their number, and the capital or small letter they begin with."""

# ruff: noqa: E501, SIM905 - word lists stand together by meaning

import re

from assistant.language.name_words import NEUTRAL_WORDS

BASE_VERBS = frozenset(
    "add adjust agree align analyse analyze answer approve arrange ask assign attend book build bring call change check"
    " clarify clean close collect complete confirm contact continue correct create deliver deploy design discuss"
    " distribute document draft escalate estimate evaluate extend finalise finalize find finish fix follow get give"
    " hold implement import inform install integrate investigate invite issue join keep make map meet migrate monitor"
    " move name open order organise organize plan prepare present print propose provide publish push put repair replace"
    " report request reset resolve rerun restore retest return review revise rewrite run schedule send set share ship"
    " show sign start stop submit supply support switch take test track train transfer translate try update upgrade"
    " upload verify visit work write decide nominate notify tell say pay chase let choose select sort settle order draw draft"
    " permit release appoint define determine list measure re-measure reserve set-up start-up swap sample commission hand".split()
)
DETERMINER = re.compile(
    r"(?:the|a|an|our|your|their|his|her|its|this|that|these|those|all|both|each|every|no|some|any|we|you|they|it|i|there|one|two|three|[0-9])\b",
    re.IGNORECASE,
)
_MASS_OR_PLURAL = re.compile(
    r"(?:s|data|software|hardware|training|work|testing|equipment|firmware|regression|documentation|information|access|support|scope)$",
    re.IGNORECASE,
)
_COMMON = frozenset(
    "corrected new old additional first second third regular monthly weekly daily staff staffing branches branch prices"
    " price card payment payments account accounts names name results result likelihood effect impact one two three nothing"
    " nobody everything anyone someone there go-live e-mail email phone mobile screen data server network".split()
)


def is_plural(np: str) -> bool:
    """Whether a noun phrase speaks of several things."""
    if re.match(r"[0-9]+ of (?:the )?[0-9]+\b", np) or (re.fullmatch(r"[0-9][0-9,.]*", np) and np != "1"):
        return True
    np = re.sub(r"\s[0-9]+\s?[-–]\s?[0-9]+$", "", np)
    if re.search(r"\b(?:men|women|people|children|staff|crew)$", np):
        return True
    head = re.split(r"\s(?:of|for|on|in|at|with|from|to)\s", np)[0]
    if re.match(r"(?:1|one|a|an|this|that|each|every)\b", head, re.IGNORECASE):
        return False
    return (
        bool(re.search(r"\band\b", head))
        or bool(re.search(r"(?<![suia])s$", head))
        or bool(re.search(r"[a-z]{3}(?:ies|es)$", head))
    )


def noun(np: str) -> str:
    """Give a bare noun phrase its article where English asks for one, and a capital at its beginning."""
    bare = np.strip()
    first = bare.split(" ", 1)[0]
    named = (first[:1].isupper() and not first.isupper() and len(first) > 2 and _is_name(bare)) or re.search(
        r"\b[0-9]+$", bare
    )
    if (
        DETERMINER.match(bare)
        or named
        or bare.casefold() in ("go-live", "uat")
        or "’s " in bare
        or "'s " in bare
        or is_plural(bare)
        or _MASS_OR_PLURAL.search(bare)
    ):
        return upper_first(bare)
    if first[:1].isupper() and not first.isupper() and not _common(first):
        return bare
    return f"The {bare if first[:1].isupper() and (first.isupper() or '-' in first) else lower_first(bare)}"


def _is_name(np: str) -> bool:
    words = np.split()
    return len(words) >= 1 and all(word[:1].isupper() for word in words[:2])


def upper_first(text: str) -> str:
    """Write the first letter as a capital."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Write the first letter small, unless the word is a name, a code or the word I."""
    first = re.split(r"[\s,:;.]", text, maxsplit=1)[0]
    keeps = (
        first.isupper() or any(c.isupper() for c in first[1:]) or any(c.isdigit() for c in first) or not _common(first)
    )
    return text if keeps else text[:1].lower() + text[1:]


def _common(word: str) -> bool:
    bare = word.casefold()
    return bare in NEUTRAL_WORDS or bare in BASE_VERBS or bare in _COMMON or DETERMINER.match(bare) is not None
