"""English: lines of notes into sentences that a project manager would send.

Each pattern recognises one shape of note-taking (owner and task, thing and participle, thing and date …) and gives a
full sentence with the same facts. What fits no pattern gives nothing here; it may still be quoted.
"""

# ruff: noqa: E501 - patterns and word lists stand together by meaning

import re
from datetime import date

from assistant.writing.dating import days_in
from assistant.writing.nouns_en import BASE_VERBS, DETERMINER, is_plural, lower_first, noun, upper_first
from assistant.writing.said import Clause

_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|shall|does|do|did|cannot|needs?|takes"
    r"|took|says?|said|starts|started|begins|began|comes|came|goes|went|shows|showed|agreed|asked|confirmed|reported"
    r"|arrived|finished|remains?|stays|stayed|moves|moved|waits|looks|works|worked|follows?|begin|arrives?|continues?|expects?|plans|wants|wanted"
    r"|decided|prefers|signed|sent|sends|received|changed|failed|passed|depends|means|gets|got|gives|gave|keeps|makes"
    r"|made|runs|ran|reaches|reached|covers|includes|costs|calls|called|picks?|thinks?|found|finds|brings|brought"
    r"|holds|held|met|aims|delivers|delivered|provides|provided|reports|ships|opens|opened|closes|closed|offers|offered|supports|uses|used|supplies|handles|writes|wrote|checks|promises|hopes|intends|became|becomes|requires?|prevents?|blocks|delays)\b|n['’]t\b",
    re.IGNORECASE,
)
_PARTICIPLES = (
    r"fixed|deployed|closed|enrolled|reconciled|fitted|sampled|drawn|retested|merged|ordered back|re-ordered|printed|cleared|extended|renewed|completed|installed|delivered|tested|released|updated|approved|signed|accepted"
    r"|rejected|resolved|moved|migrated|sent|ordered|booked|prepared|reviewed|cancelled|canceled|postponed|agreed"
    r"|confirmed|rolled out|handed over|set up|switched (?:on|off)|replaced|reproduced|trained|uploaded|verified"
    r"|documented|frozen|dropped|repaired|corrected|restored|blocked|delayed|merged|configured|implemented|shipped"
    r"|published|archived|scheduled|started up|signed off|found"
)
_STATES = frozenset({"frozen", "blocked", "delayed", "scheduled", "agreed", "confirmed", "booked"})
_INTRANSITIVE = r"finished|started|ended|began|arrived|failed|passed|slipped|went live|came back|went through|ran"
_ADJECTIVES = r"valid|in agreement|in order|on back order|done|back|ready|live|late|open|complete|available|out|over|down|stable|green|missing|overdue|right|wrong|correct|in place|on track"
_PASSIVE = re.compile(
    rf"(?P<np>[^,:;]{{3,80}}?) (?P<verb>(?:{_PARTICIPLES})(?: and (?:{_PARTICIPLES}))?)(?P<rest>\b.*)", re.IGNORECASE
)
_UNDONE = re.compile(
    rf"(?P<np>[^,:;]{{3,80}}?) (?:not|NOT) (?P<yet>yet )?(?P<verb>{_PARTICIPLES}|[a-z]{{3,}}ed|written|done|sent)(?P<rest>\b.*)"
)
_ACTING = re.compile(
    rf"(?P<np>[A-Z][^,:;]{{2,40}}?) (?P<verb>(?:{_PARTICIPLES}|[a-z]{{3,}}ed|found))(?P<rest> (?:the|a|an|all|both|their|our|his|her|some|two|three|[0-9][0-9,.]*) \S.*)"
)
_TAKES_OBJECT = re.compile(
    r" (?!(?:on|in|at|to|by|for|from|with|without|after|before|as|and|but|or|until|since|over|under|into|again|today|yesterday|twice"
    r"|once|fully|completely|successfully|early|late|same|except|via|per|of|off|out|up|down|this|last|next|ahead|now|so|because|too|not|only|when|within|during|through|across)\b)[a-z]+"
)
_ACTIVE = re.compile(rf"(?P<np>[^,:;]{{3,80}}?) (?P<verb>{_INTRANSITIVE})(?P<rest>\b.*)", re.IGNORECASE)
_BEING = re.compile(
    rf"(?P<np>[^,:;]{{3,80}}?) (?P<adj>(?:still |now |already )?(?:{_ADJECTIVES}))(?P<rest>(?:\b[ ,:;.].*)?)",
    re.IGNORECASE,
)
_ONGOING = re.compile(
    r"(?P<np>[^,:;]{3,60}?) (?P<rest>(?:still )?(?:waiting|running|working|ongoing|in progress|pending|in review|on hold|blocked)\b.*)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?P<np>[0-9][0-9,.]* (?:of [0-9]+ )?[a-z][a-z -]{2,30}?s) (?P<rest>(?:on|at|in|with|too|ready|without|now|still)\b.*)",
    re.IGNORECASE,
)
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?[0-9]{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: [0-9]{4})?"
_DATED = re.compile(
    rf"(?P<np>[^,:;]{{3,60}}?),? (?P<prep>on |from |by |until |is )?(?P<day>{_DAY})(?P<rest>(?: to (?:{_DAY}))?(?:[ ,(].*)?)"
)
_DUE = re.compile(
    rf"[,;–-]?\s*(?:(?:by|on|until|till|due|before|latest|no later than)\s+){{0,2}}(?P<day>{_DAY})(?:\s+(?:at the )?latest)?\s*$",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"[,;–-]?\s*from (?P<a>{_DAY})\s*$", re.IGNORECASE)
_SPAN = re.compile(
    rf"[,;–-]?\s*(?:from |start(?:s|ing)? (?:on )?)?(?P<a>{_DAY})(?: (?:to|until|-|–) |,? (?:done|finished|ready|end) by )(?P<b>{_DAY})\s*$",
    re.IGNORECASE,
)
_IDS = r"(?:[A-Z]{1,6}-?[0-9]{1,6})"
_ID_HEAD = re.compile(rf"^(?:{_IDS}(?:, | and | & |/)?){{1,6}}:?\s+")
_ID_BRACKETS = re.compile(rf"\s*\((?:{_IDS}(?:, | and | & |/)?){{1,8}}\)")
_ID_LIST = re.compile(rf":\s*(?:{_IDS}(?:, | and | & )?){{1,8}}(?=\)|$)")
_NAMED_POINT = re.compile(
    rf"^{_IDS} \((?P<what>[^()]{{3,80}})\) (?P<verb>closed|fixed|done|solved|resolved|open|reopened)\.?$", re.IGNORECASE
)
_SEE = re.compile(r"\s*\((?:see|cf\.?|siehe)\s[^()]{1,40}\)", re.IGNORECASE)
_SHORTHAND = (
    (r"\bw/o\b\s*", "without "), (r"\bw/\s*", "with "), (r"\bb/c\b", "because"), (r"\bre\b(?=\s[A-Za-z0-9])(?<=\s)", "regarding"),
    (r"\s\+\s", " and "), (r"\s&\s", " and "), (r"\bavg\b\.?", "average"), (r"\bapprox\b\.?", "approximately"),
    (r"\bca\.\s", "about "), (r"\bfw\b", "firmware"), (r"\bsev\s?([1-5])\b", r"severity \1"), (r"\bprio\s?([1-5])\b", r"priority \1"),
    (r"\bprod\b", "production"), (r"\benv\b", "environment"), (r"\bcert\b", "certificate"), (r"\bmtg\b", "meeting"),
    (r"\binfo\b", "information"), (r"\breqs\b", "requirements"), (r"\bdocs\b", "documents"), (r"\bpls\b", "please"),
    (r"\bthats\b", "that is"), (r"\bdont\b", "do not"), (r"\bdoesnt\b", "does not"), (r"\bcant\b", "cannot"), (r"\bwont\b", "will not"),
    (r"\bisnt\b", "is not"), (r"\bdidnt\b", "did not"), (r"\bill\b(?= (?:send|call|write|check))", "I will"), (r"(?<=[0-9])\s*(?:->|→)\s*(?=[0-9])", " to "), (r"\s*(?:->|→|=>)\s*", ", "), (r"\btil\b", "until"), (r"\bwks\b", "weeks"), (r"\bsched\b", "schedule"), (r"(?<=test )ok\b", "passed"), (r"\bok w/\s*", "in agreement with "), (r"(?<=written )ok\b|(?<=['’]s )ok\b", "approval"), (r"\brec'd\b", "received"), (r"\bthru\b", "through"), (r"\bETA\b", "expected on"), (r"\bok\b(?!\s+(?:with|w/))", "in order"), (r"\bdups?\b", "duplicates"), (r"\bavail\b\.?", "available"), (r"\bpress\b\.", "pressure"), (r"\bno\b\. (?=[0-9])", "no. "), (r"\bexcl?\b\.?(?= )", "excluding"), (r"\bincl\b\.?", "including"), (r"\bex VAT\b", "excluding VAT"), (r"\bexcluding VAT\b", "excluding VAT"), (r"(?<=[0-9]) hrs?\b", " hours"), (r"\bNOT\b", "not"), (r"\bnr\b\.?", "number"), (r"^rest\b", "the rest"), (r"\s--?\s", " – "),
    (r", third \(", ", the third ("),
)  # fmt: skip
_LABELS = {
    "effect": "effect", "effects": "effect", "impact": "effect", "consequence": "effect", "what we do": "remedy", "mitigation": "remedy",
    "response": "remedy", "countermeasure": "remedy", "workaround": "remedy", "action": "remedy", "cause": "cause", "reason": "cause",
    "root cause": "cause", "agreed": "decision", "decided": "decision", "decision": "decision", "out of scope": "limit", "not in scope": "limit",
    "scope": "feasibility", "assumption": "assumption", "option": "option", "option a": "option", "option b": "option", "option 1": "option",
    "option 2": "option", "proposal": "proposal", "lesson": "lesson", "lesson learned": "lesson", "lessons learned": "lesson", "risk": "risk", "open": "open", "open point": "open",
    "open question": "open", "undecided": "open", "to be decided": "open",
}  # fmt: skip
_LABEL = re.compile(r"^(?P<label>[A-Za-z][A-Za-z 0-9]{2,20}):\s+(?P<rest>\S.*)$", re.DOTALL)
_FRAMES = {
    "effect": "Effect: {}", "remedy": "What we do: {}", "cause": "The cause: {}", "limit": "Not included in the agreed scope: {}",
    "feasibility": "The agreed scope covers: {}", "option": "One option: {}", "proposal": "Our proposal: {}", "lesson": "What we have learned: {}",
    "risk": "A risk we are watching: {}", "open": "Still to be decided: {}",
}  # fmt: skip
risk_openings = ("A risk we are watching: ", "Another risk: ")
_TRIAL = re.compile(
    r"\b(?:run|runs|test|tests|trial|survey|check|rehearsal|measurement|audit|count|round|drill)\b", re.IGNORECASE
)
_BARE_PROMISE = re.compile(rf"(?:\w+ ){{1,3}}will [a-z]+ (?:by|until|on) {_DAY}", re.IGNORECASE)
_RESIDUE = re.compile(
    r"\?\?|!!|[@#~<>{}|\\]|\b(?:see mail|see above|see below|fyi|btw|tbd|tbc|asap|lol|hmm|pls|imo|eom|nvm)\b|[\U0001f300-\U0001faff\u2600-\u27bf]",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:You|We|They|Your|Our)\b")
_TOPICAL = re.compile(r"(?P<np>(?:[A-Za-z][\w’'/-]*)(?: [\w’'/()&,-]+){0,7}): (?P<rest>[^:]{6,200})")
_NO_SUBJECT = re.compile(
    r"^(?:and|but|or|so|then|yes|no|ok|okay|well|um|uh|asked|wants?|said|says|told|needs?|was|were|is|are|has|have|had|will|would|can|could|do|does|did|not"
    r"|again|also|maybe|perhaps|possible|feasible|likely|still|true|who|what|when|where|which|how|why|because|if|high|low|medium|likelihood|until|till)\b",
    re.IGNORECASE,
)


def tidy(text: str, known_ids: frozenset[str]) -> str:
    """Take shorthand, ticket numbers the client does not know, and stray marks out of a line; keep every fact."""
    text = _ID_HEAD.sub(lambda m: m[0] if _known(m[0], known_ids) else "", text)
    text = _ID_BRACKETS.sub(lambda m: m[0] if _known(m[0], known_ids) else "", text)
    text = _ID_LIST.sub(lambda m: m[0] if _known(m[0], known_ids) else "", text)
    for pattern, words in _SHORTHAND:
        text = re.sub(pattern, words, text)
    return " ".join(text.split()).strip(" -–;,")


def without_signature(text: str, initials: frozenset[str]) -> str:
    """Take the initials of whoever wrote an entry off its end."""
    if not initials:
        return text
    names = "|".join(sorted(map(re.escape, initials), reverse=True))
    return re.sub(rf"[\s.,;–-]+(?:{names})(?:\s*(?:\+|&|,|/)\s*(?:{names}))*\.?$", "", text)


def labelled(text: str) -> tuple[str, str] | None:
    """Read a label in front of a sentence: (role, rest)."""
    found = _LABEL.match(text)
    role = _LABELS.get(found["label"].casefold()) if found else None
    return (role, found["rest"]) if found and role else None


def framed(role: str, rest: str, clause: Clause) -> str:
    """Say a labelled part in a sentence of its own."""
    if role == "decision":
        day = clause.line.dated
        agreed = f"On {day.day} {day:%B} it was agreed" if day else "It was agreed"
        if is_sentence(rest):
            return finish(f"{agreed} that {lower_first(_with_subjects_article(rest))}")
        return finish(f"{agreed}: {lower_first(rest)}")
    if role == "assumption":
        return finish(
            f"The plan assumes that {lower_first(rest)}"
            if is_sentence(rest)
            else f"The plan assumes: {lower_first(rest)}"
        )
    return finish(_FRAMES[role].format(lower_first(_SEE.sub("", rest))))


def _with_subjects_article(text: str) -> str:
    """Give the subject of a sentence its article: "route goes over Mill Lane" becomes "the route goes …"."""
    verb = _FINITE.search(text)
    subject = text[: verb.start()].strip() if verb else ""
    if verb is None or not re.fullmatch(r"[A-Za-z][a-z-]*(?: [a-z-]+){0,2}", subject):
        return text
    return f"{noun(subject)} {text[verb.start() :]}"


def point_closed(text: str, day: date | None) -> str:
    """Say that a numbered point with a short name was closed."""
    found = _NAMED_POINT.match(text)
    if not found:
        return ""
    verb = found["verb"].casefold()
    when = f" on {day.day} {day:%B}" if day else ""
    if verb in ("open", "reopened"):
        return f"The point “{found['what']}” is open{'' if verb == 'open' else ' again'}."
    return f"The point “{found['what']}” was {'closed' if verb == 'done' else verb}{when}."


def sentence(clause: Clause, as_of: date) -> str:
    """Make one clause a full sentence, or give an empty string when no pattern fits."""
    text = clause.text.rstrip(".! ")
    if not text or _RESIDUE.search(text) or text.endswith("?") or text.count("(") != text.count(")"):
        return ""
    happened = clause.line.told_day
    if _BARE_PROMISE.fullmatch(text):
        return ""
    # A hope with a date keeps its own words: a pattern would make a plan of it.
    if clause.hedged or _PRONOUN.match(text):
        whole = is_sentence(text) or _topical(text) or re.match(r"(?:You|We|They) [a-z]+ed [a-z0-9]", text)
        return finish(text) if whole else ""
    for shape in (_result, _undone, _acting, _ongoing, _dated, _counted, _active, _passive, _being):
        made = shape(text, happened, as_of)
        if made:
            return finish(_as_of(made, clause, as_of) if shape in (_ongoing, _counted, _being) else made)
    return finish(text) if is_sentence(text) or _topical(text) else ""


def _topical(text: str) -> bool:
    """Whether a text names its matter and then tells of it: "Nurse call panels: 14 of 22 in"."""
    found = _TOPICAL.fullmatch(text)
    if not found or _unfit(found["np"]) or _FINITE.search(found["np"]):
        return False
    rest = found["rest"]
    return (
        is_sentence(rest)
        or bool(re.match(r"(?:[0-9]|[£$€¥]|about |approximately |quote |all |none |both )", rest))
        or len(rest.split()) >= 4
    )


def _as_of(made: str, clause: Clause, as_of: date) -> str:
    """A state is said with the day it was noted, since it may have changed."""
    day = clause.line.dated if clause.line.day_is_told else None
    if day is None or day >= as_of or made.startswith("As of") or " came back" in made:
        return made
    return f"As of {day.day} {day:%B}, {lower_first(made)}"


def starts_with_state(text: str) -> bool:
    """Whether a text begins with what became of something, and does not say of what: "fixed, retested"."""
    return (
        re.match(
            rf"(?:{_PARTICIPLES}|{_ADJECTIVES}|{_INTRANSITIVE}|in (?:test|review|progress))\b", text, re.IGNORECASE
        )
        is not None
    )


def is_sentence(text: str) -> bool:
    """Whether a text reads as a sentence with subject and verb."""
    first = text.split(" ", 1)[0].strip(",.:;").casefold()
    if _NO_SUBJECT.match(text) or first in BASE_VERBS or len(text.split()) < 3:
        return False
    clause = re.split(r"[;:]", text)[0]
    opening = clause.split(",", 1)[0]
    clause = opening if len(opening.split()) <= 8 else clause
    found = _FINITE.search(clause)
    return found is not None and found.start() > 0


def _on(happened: date | None, text: str) -> str:
    return f" on {happened.day} {happened:%B}" if happened and not re.search(_DAY, text) else ""


def _undone(text: str, _happened: date | None, _: date) -> str:
    """A thing and what has not happened to it: "closure order NOT published, …"."""
    found = _UNDONE.fullmatch(text)
    if not found or _unfit(found["np"]) or _FINITE.search(found["np"]):
        return ""
    have = "have" if is_plural(found["np"]) else "has"
    return f"{noun(found['np'])} {have} not {'yet ' if found['yet'] else ''}been {found['verb'].lower()}{found['rest']}"


def _acting(text: str, happened: date | None, _: date) -> str:
    """Somebody and what they did to a thing: "Red Cross confirmed 6 first aiders"."""
    found = _ACTING.fullmatch(text)
    if not found or _unfit(found["np"]) or _FINITE.search(found["np"]) or not found["np"][:1].isupper():
        return ""
    return f"{noun(found['np'])} {found['verb'].lower()}{_where(found['rest'], happened)}"


def _passive(text: str, happened: date | None, _: date) -> str:
    found = _PASSIVE.fullmatch(text)
    if not found or _unfit(found["np"]) or _FINITE.search(found["np"]) or not _closes_well(found["rest"]):
        return ""
    if _TAKES_OBJECT.match(found["rest"]):
        return f"{noun(found['np'])} {found['verb'].lower()}{_where(found['rest'], happened)}"
    if re.fullmatch(r"[0-9][0-9,.]*(?: of (?:the )?[0-9][0-9,.]*)?(?: [a-z]+)?", found["np"]) and happened:
        return f"As of {happened.day} {happened:%B}, {found['np']} {'were' if found['np'] != '1' else 'was'} {found['verb'].lower()}{found['rest']}"
    settled = happened is None and found["verb"].casefold() in _STATES
    be = ("are" if settled else "were") if is_plural(found["np"]) else ("is" if settled else "was")
    return f"{noun(found['np'])} {be} {found['verb'].lower()}{_where(found['rest'], happened)}"


def _active(text: str, happened: date | None, _: date) -> str:
    found = _ACTIVE.fullmatch(text)
    if not found or _unfit(found["np"]) or _FINITE.search(found["np"]) or not _closes_well(found["rest"]):
        return ""
    return f"{noun(found['np'])} {found['verb'].lower()}{_where(found['rest'], happened)}"


def _where(rest: str, happened: date | None) -> str:
    """Put the day before what follows a colon or a comma, else at the end."""
    day = _on(happened, rest)
    place = re.search(r"[:;,(]|\. ", rest)
    return (
        rest[: place.start()].rstrip() + day + (" " if rest[place.start()] == "(" else "") + rest[place.start() :]
        if place
        else rest + day
    )


def _closes_well(rest: str) -> bool:
    return not re.match(r"\s*(?:us|you|me|him|them|it)\b", rest)


def _being(text: str, happened: date | None, _: date) -> str:
    found = _BEING.fullmatch(text)
    if not found or _unfit(found["np"]) or _FINITE.search(found["np"]):
        return ""
    rest = _with_verbs(found["rest"])
    if found["adj"].casefold() == "back" and not rest.startswith(" to "):
        return f"{noun(found['np'])} came back{_on(happened, rest)}{rest}"
    be = "are" if is_plural(found["np"]) else "is"
    return f"{noun(found['np'])} {be} {found['adj'].lower()}{rest}"


def _ongoing(text: str, _happened: date | None, _: date) -> str:
    found = _ONGOING.fullmatch(text)
    state = re.match(r"(?:still )?\w+", found["rest"]) if found else None
    if found and state and state[0].casefold() == "blocked" and _TAKES_OBJECT.match(found["rest"][state.end() :]):
        return f"{noun(found['np'])} {found['rest']}"
    if not found or _unfit(found["np"]) or _FINITE.search(found["np"]):
        return ""
    return f"{noun(found['np'])} {'are' if is_plural(found['np']) else 'is'} {found['rest']}"


def _counted(text: str, _happened: date | None, _: date) -> str:
    found = _COUNTED.fullmatch(text)
    return "" if not found or _FINITE.search(text) else f"{found['np']} are {found['rest']}"


def _dated(text: str, _happened: date | None, as_of: date) -> str:
    found = _DATED.fullmatch(text)
    if (
        not found
        or _FINITE.search(found["rest"][:40])
        or _unfit(found["np"])
        or _FINITE.search(found["np"])
        or found["np"].split(" ", 1)[0].casefold() in BASE_VERBS
    ):
        return ""
    if re.search(
        rf"\b(?:{_PARTICIPLES}|{_INTRANSITIVE}|(?:{_ADJECTIVES})$)\b", found["np"], re.IGNORECASE
    ) or re.search(r"(?:\b(?:on|the|of|by|to|for|from|until|after|before|since|than)|[-–]|\b[0-9]+ -)$", found["np"]):
        return ""
    days = days_in(found["day"], as_of)
    past = bool(days) and days[-1] < as_of
    verb = {
        "from ": "ran from" if past else "is planned from",
        "by ": "was due by" if past else "is due by",
        "until ": "ran until" if past else "runs until",
    }.get(found["prep"] or "", "was planned for" if past else "is planned for")
    if is_plural(found["np"]):
        verb = verb.replace("is ", "are ").replace("was ", "were ")
    return f"{noun(found['np'])} {verb} {found['day']}{found['rest']}"


def _result(text: str, happened: date | None, _: date) -> str:
    """A bare thing with figures after a colon: "load run: 300 users, no errors"."""
    found = re.fullmatch(r"(?P<np>[A-Za-z][^,:;.()]{3,50}): (?P<rest>[^:]*[0-9][^:]*)", text)
    if (
        not found
        or not _TRIAL.search(found["np"])
        or _unfit(found["np"])
        or _FINITE.search(text)
        or starts_with_state(found["rest"])
        or re.search(rf"\b(?:{_PARTICIPLES}|{_INTRANSITIVE}|{_ADJECTIVES})\b", found["np"], re.IGNORECASE)
    ):
        return ""
    return f"{noun(found['np'])}{_on(happened, text)} gave these results: {found['rest']}" if happened else ""


def _with_verbs(rest: str) -> str:
    """Give what follows a colon its verb: "3 of 14 branches too weak" becomes "3 of 14 branches are too weak"."""
    return re.sub(r"(: [0-9][^,;:]{0,40}?s) (too|not|still|now|on|ready|without)\b", r"\1 are \2", rest)


def _unfit(np: str) -> bool:
    return (
        bool(_NO_SUBJECT.match(np))
        or ". " in np
        or np.startswith("(")
        or np.split(" ", 1)[0].casefold() in BASE_VERBS
        or len(np) < 3
    )


def action(task: str, *, who: str, due: str) -> str:
    """Say who does a task by when. `who` is a subject (We, I, a name) or empty for the addressee."""
    task = task.strip(" ,;.-–")
    when = f" by {due}" if due else ""
    topic = re.match(r"(?P<topic>[A-Z][\w -]{2,30}): (?P<task>(?P<verb>[a-z]+)\b.*)$", task)
    if topic and topic["verb"] in BASE_VERBS:
        task = f"{topic['task']} ({lower_first(topic['topic'])})"
    verb = task.split(" ", 1)[0].casefold()
    if verb in BASE_VERBS:
        words = _with_article(lower_first(task))
        if not who:
            return finish(f"Please {words}{when}")
        if who in ("We", "I"):
            return finish(f"{who} will {words}{when}")
        return finish(f"We need {who} to {words}{when}")
    if not who:
        return finish(f"We need from you{when}: {lower_first(task)}")
    if who in ("We", "I"):
        return finish(f"{noun(task)} {'are' if is_plural(task) else 'is'} due{when}") if due else ""
    return finish(f"We need from {who}{when}: {lower_first(task)}")


def _with_article(task: str) -> str:
    """Give the object of a verb its article: "send corrected price list" becomes "send the corrected price list"."""
    verb, _, rest = task.partition(" ")
    first = rest.split(" ", 1)[0]
    head = re.split(r",| (?:to|for|of|on|in|at|with|from|by|per|regarding)\b", rest)[0]
    bare = (
        not rest
        or DETERMINER.match(rest)
        or re.match(r"(?:us|me|him|them|you|to|for|on|in|at|with|up|out|it|names)\b", rest)
    )
    if bare or first[:1].isupper() or is_plural(head) or not re.fullmatch(r"[a-z-]+(?: [a-z-]+)*", head):
        return task
    return f"{verb} the {rest}"


def open_point(what: str, due: str) -> str:
    """Say by when a numbered point with a short name is to be closed."""
    return f"The open point “{what}” is due by {due}." if due else ""


def spanned(task: str, first: str, last: str) -> str:
    """Say from when to when something is planned."""
    until = f" to {last}" if last else ""
    return finish(f"{noun(task)} {'are' if is_plural(re.split('[,;]', task)[0]) else 'is'} planned from {first}{until}")


def cut_due(task: str) -> tuple[str, str, tuple[str, str] | None]:
    """Part a task from its due day at the end: (task, day, span)."""
    span = _SPAN.search(task)
    if span:
        return task[: span.start()], "", (span["a"], span["b"])
    since = _SINCE.search(task)
    if since:
        return task[: since.start()], "", (since["a"], "")
    due = _DUE.search(task)
    return (task[: due.start()], due["day"], None) if due else (task, "", None)


def finish(text: str) -> str:
    """Give a sentence its capital and its full stop."""
    text = re.sub(r"(?<=[a-z0-9]{2}\. )[a-z]", lambda m: m[0].upper(), upper_first(text.strip(" ,;")))
    return text if text.endswith((".", "!", "?", ".”")) else text + "."


def _known(text: str, known_ids: frozenset[str]) -> bool:
    return any(found.casefold() in known_ids for found in re.findall(_IDS, text))
