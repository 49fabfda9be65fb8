"""The words of a text that carry its subject: Latin words without endings, Chinese characters in pairs."""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_PARTICLES = re.compile("[的了和与及是在于已将由被把并且或但也都就而我们您你他她它这那请很还又吗呢吧啊其]")
_SMALL_WORDS = (
    "a an the and or but nor so if then than that this these those there here it its he him his she her they"
    " them their we us our i me my you your who whom whose which what when where why how is are was were be"
    " been being am do does did done have has had having will would shall should can could may might must not"
    " no yes of to in on at by for from with without into onto over under about after before until till since"
    " during between per as up down out off again also just only very too more most less least much many some"
    " any each every all both few other another same such own now new still already soon yet etc via said says"
    " say get gets got let lets make makes made take takes took go goes went come comes came see seen need"
    " needs need please thanks thank dear hello hi ok okay re fw one two three first second next last week"
    " weeks day days month months year years today tomorrow yesterday monday tuesday wednesday thursday friday"
    " saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march april may june july"
    " august september october november december jan feb mar apr jun jul aug sep sept oct nov dec s t ll ve re"
    " d m am pm well like way bit able"
)
STOP_WORDS = frozenset(_SMALL_WORDS.split())
_ENDINGS = (
    "ational",
    "ations",
    "ation",
    "ings",
    "ing",
    "ments",
    "ment",
    "ied",
    "ies",
    "edly",
    "ers",
    "er",
    "ed",
    "es",
    "ly",
    "s",
    "e",
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Take the ending off an English word: dated, dates and dating become one."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            bare = word[: -len(ending)]
            if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "ls":
                return bare[:-1]
            return bare[:-1] + "y" if ending in {"ied", "ies"} else bare
    return word


@lru_cache(maxsize=32768)
def subject_words(text: str) -> frozenset[str]:
    """Give the words that tell what a text is about; numbers, dates' words and little words are left out."""
    return frozenset(ordered_words(text))


def ordered_words(text: str) -> list[str]:
    """Give the same words in the order of the text, with repetitions."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        token = match[0]
        if _HAN.search(token):
            found.extend(_pairs_and_words(token))
        else:
            found.extend(_latin(token))
    return found


def _latin(token: str) -> list[str]:
    word = token.casefold().replace("’", "'")
    word = word.removesuffix("'s")
    if word in STOP_WORDS or word.isdigit() or len(word) < 2:
        return []
    if "-" in word:
        parts = [p for p in word.split("-") if p]
        joined = "".join(parts)
        # `go-live` is one subject and is also written `go live`; numbers in it keep an identifier whole.
        return (
            [joined] if any(c.isdigit() for c in joined) else [joined, *(stem(p) for p in parts if p not in STOP_WORDS)]
        )
    return [stem(word.replace("'", ""))]


def _pairs_and_words(token: str) -> list[str]:
    found: list[str] = []
    position = 0
    for run in _HAN.finditer(token):
        outside = token[position : run.start()].strip("'’-")
        if outside:
            found.extend(_latin(outside))
        for part in _PARTICLES.split(run[0]):
            found.extend(part[i : i + 2] for i in range(len(part) - 1))
        position = run.end()
    outside = token[position:].strip("'’-")
    if outside:
        found.extend(_latin(outside))
    return found
