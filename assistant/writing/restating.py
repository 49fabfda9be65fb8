"""A client's Points said back in the client's own terms, before anything else is said."""

import re

from assistant.checks.hidden_orders import find_orders
from assistant.domain.inbound import Inbound, Point, PointKind
from assistant.domain.project import Language

_LEADS: dict[Language, dict[PointKind, str]] = {
    "en": {
        PointKind.GRIEVANCE: "You write: “{}”",
        PointKind.QUESTION: "You ask: “{}”",
        PointKind.REQUEST: "You ask for this: “{}”",
    },
    "zh": {
        PointKind.GRIEVANCE: "您提到：「{}」",
        PointKind.QUESTION: "您问：「{}」",
        PointKind.REQUEST: "您要求：「{}」",
    },
}
_LONGEST = {"en": 160, "zh": 60}
_CUT = re.compile(r"(?<=[,;])\s|(?<=[，；])")
_JOINING = re.compile(r"^(?:and|but|so|also|then)\s+", re.IGNORECASE)
_MOOD = re.compile(
    r"^(?:i am|i'm|we are|we're) (?:really |very )?(?:not happy|unhappy|disappointed|annoyed|frustrated|upset)[^,;]{0,40}[.!]?$"
    r"|^我(?:对.{0,12})?(?:很|非常|十分)?(?:不满意?|失望|生气)[^，]{0,6}[。！!]?$",
    re.IGNORECASE,
)


def restated(inbound: Inbound, language: Language) -> tuple[tuple[Point, str], ...]:
    """Give every Point with the sentence that names it, short and in quotation marks; orders to an assistant are left out."""
    made = []
    for point in inbound.triage.points:
        if not find_orders(point.text):
            made.append((point, _LEADS[language][point.kind].format(_short(point.text, language))))
    # A bare mood is heard through what it is about, when that was said as well.
    heard = [pair for pair in made if not _MOOD.match(pair[0].text.strip())]
    return tuple(heard or made)


def _short(text: str, language: Language) -> str:
    words = _JOINING.sub("", " ".join(text.split())).strip("“”\"「」")
    words = words.replace("“", "‘").replace("”", "’")
    limit = _LONGEST["zh" if any("\u4e00" <= c <= "\u9fff" for c in words) else language]
    if len(words) <= limit:
        return words
    kept = ""
    for part in _CUT.split(words):
        if kept and len(kept) + len(part) > limit:
            break
        kept = f"{kept} {part}".strip() if language == "en" else kept + part
    return (kept if len(kept) <= limit * 1.4 else kept[:limit]).rstrip(",;，； ") + " …"
