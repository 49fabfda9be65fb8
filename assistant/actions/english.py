"""English sentences in which somebody takes on or is given a task."""

# ruff: noqa: SIM905 - word lists are read and kept as lines of words
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.actions.people import People

VERBS = frozenset(
    "send prepare draft write review check confirm update fix schedule book arrange organise organize set share"
    " circulate finalise finalize finish complete deliver"
    " provide submit create build design test deploy install configure contact call email mail ring phone ask chase"
    " follow investigate look research find get collect"
    " gather compile document order buy purchase pay invoice bill sign approve escalate raise report present invite"
    " inform notify tell remind speak talk discuss meet"
    " agree plan estimate calculate analyse analyze compare evaluate assess revise edit correct adjust change amend"
    " add remove delete move migrate import export upload"
    " download publish release post print ship return replace repair clean close open log record track monitor"
    " measure verify validate audit train teach show demo"
    " explain clarify resolve solve handle manage coordinate lead own take bring make give hand pass forward copy put"
    " draw sketch map list define specify identify"
    " propose suggest recommend negotiate renew cancel postpone reschedule extend assign allocate hire recruit"
    " interview onboard sort work run perform conduct carry"
    " implement develop code refactor rewrite integrate connect enable disable switch upgrade downgrade patch restore"
    " back reset request apply obtain secure source"
    " quote price translate summarise summarize summarize read study learn sync align reconcile distribute hold host"
    " attend join visit inspect label archive store"
    " scan register unlock escalate reach respond reply answer consult refresh produce supply start rerun re-run"
    " double-check recheck re-check resend re-send liaise"
    " investigate model simulate benchmark profile survey poll consider decide choose select pick narrow cost scope"
    " nominate feed flag push pull merge rebase clear brief"
    " remake redo retest re-test regenerate rework circulate type key enter fill issue support cover tidy mock"
    " figure loop ping dig flesh kick wrap place erect appoint commission draught rewrite re-write"
    " hand-over collate obtain pursue seek rectify relocate paint demonstrate ensure mind keep talk see up pair catch"
    " let help go come use try rehearse practise practice bump".split()
)
# These are tasks only where a list, a name or a date says so: in talk they are idioms.
_TALK_VERBS = frozenset(
    "see let help go come use try look keep mind get make take put give show tell say talk start think be have say"
    " guess just do work call read mean add move hold bring ask explain open run".split()
)
_NOT_VERBS = frozenset(
    "the a an be is are was were not no have has been him her them it us me you this that these those".split()
)

_NAME = (
    r"(?:(?:[Tt]he |[Oo]ur )?[A-Z][\w'’.-]{0,24}(?: [A-Z][\w'’.-]{0,24}){0,3}"
    r"|[\u4e00-\u9fff]{2,4}|[Tt]he [a-z]{2,16}(?: [a-z]{2,16}){0,2}?|@[\w.-]{1,30}|[a-z]{2,12} team"
    r"|[A-Z][a-z]{1,14} (?:managers|leads|owners|teams|heads|coordinators|designers|developers))"
)
_NAMES = rf"(?P<owner>{_NAME}(?:(?:, (?!and )|,? and | & | ?/ ?| ?\+ ?){_NAME}){{0,3}})"
_ADVERB = (
    r"(?:(?:also|then|now|please|kindly|just|first|still|again|urgently|immediately|probably|definitely|both"
    r"|each|all|soon|quickly) ){0,2}"
)
_TASK = rf"{_ADVERB}(?P<task>[a-z][\w'’-]{{1,24}}\b)"
_START = (
    r"(?:(?<=[,;:–—(-] )|(?<=\bis )|(?<=\bsay )|(?<=\bor )"
    r"|(?<=\band )|(?<=\bthen )|(?<=\bbut )|(?<=\bso )|(?<=\bthat )|(?<=\A))"
)

_OWNED = re.compile(
    rf"{_START}{_NAMES}(?: \([^)]{{1,30}}\))?,?(?: still| also| now)?"
    rf"(?P<modal>'ll| will(?: need to| have to)?| shall| is going to"
    rf"| are going to| is to| are to| needs? to| has to| have to| must| should| would| to"
    r"| agreed to| agrees to| promised to| promises to| offered to| offers to| volunteered to| volunteers to"
    r"| undertook to| committed to| commits to| took (?:an action|the action|it on \w{3,7}) to| was asked to"
    r"| is asked to| were asked to| has been asked to| is tasked to| will be asked to)"
    rf" {_TASK}"
)
_DUTY = re.compile(
    rf"{_START}{_NAMES}(?P<modal> (?:is|are|will be) (?:responsible for|in charge of|taking care of|working on"
    rf"|sending|preparing|drafting|handling|taking|writing)| takes care of| will take care of| owns| takes over"
    rf"| (?:took|takes) on)"
    r" (?P<task>[A-Za-z][\w'’-]{0,24}\b)"
)
_FIRST = re.compile(
    rf"{_START}(?:(?:ok(?:ay)?|yes|yeah|sure|right|so|well|and|fine|great|alright|yep|yup|good|perfect|no problem"
    rf"|thanks)[,.!]? ){{0,2}}(?P<owner>I)(?P<modal>'ll|’ll| will| shall|'m going to|’m going to| am going to"
    rf"| need to| have to| must| can| promise to| promised to| agreed to| volunteer to| want to) {_TASK}",
    re.IGNORECASE,
)
_WE = re.compile(
    rf"{_START}(?:(?:ok(?:ay)?|yes|so|well|and|then)[,.]? ){{0,2}}(?P<owner>[Ww]e)(?P<modal> need to| have to| must"
    rf"| should| will|'ll|’ll| are going to| agreed to| still need to| also need to) {_TASK}",
)
_ASK = re.compile(
    rf"{_START}(?:(?P<owner>[Ee]very(?:body|one)|@?[A-Z][\w.'’-]{{0,24}}(?: [A-Z][\w'’-]{{0,24}}){{0,2}})(?:,| -"
    rf"| –)? )?(?P<modal>(?:can"
    rf"|could|would|will) you(?: all| both)?(?: please| kindly| also)?|please(?: can you| could you)?|pls|kindly"
    rf"|make sure(?: that)?(?: you| to)|(?:i|we) need you to|you need to|you should|you(?:'ll| will) need to"
    rf"|would you mind) {_TASK}",
    re.IGNORECASE,
)
# "Tessa, hand over the template to him please": called by name and told to.
_CALLED = re.compile(
    r"(?:\A|(?<=[.!?] ))(?:(?:and|so|then|ok(?:ay)?|right|now|well|great|good|perfect)[, ]+){0,2}"
    rf"(?P<owner>[A-Z][\w.'’-]{{0,24}}(?: [A-Z][\w'’-]{{0,24}})?), (?P<modal>){_TASK}(?P<rest>[^?\n]*)",
)
_ASK_NAMED = re.compile(
    rf"{_START}(?P<modal>(?:[Cc]an|[Cc]ould|[Ll]et|[Hh]ave|[Pp]lease have|[Aa]sk|[Gg]et"
    rf"|[Rr]emind)) {_NAMES}(?: please)?(?: to)? {_TASK}"
)
_TOLD = re.compile(
    rf"(?P<modal>\b(?:asked|requested|instructed|invited|told|tasked|assigned|urged)) {_NAMES} to {_TASK}"
)
_MENTION = re.compile(
    rf"@(?P<owner>[A-Za-z][\w.-]{{0,30}}|[\u4e00-\u9fff]{{2,4}})(?P<modal>[,:]?)(?: (?:please|pls|can you|could you"
    rf"|will|to|needs to))? {_TASK}"
)
_ACTION_ON = re.compile(
    rf"(?P<modal>\b(?:[Aa]ction|AP|AI|[Tt]ask)s? (?:on|for|to|with)) {_NAMES}(?:: | to | - |, ){_TASK}"
)
# "He will circulate …" in minutes: who that is, the sentence before tells.
_HE = re.compile(
    rf"\A(?P<owner>[Hh]e|[Ss]he)(?P<modal> will(?: also)?| is to| agreed to| undertook to| promised to"
    rf"| offered to) {_TASK}"
)
# "and Petey, the rota needs to be with them by the 28th": called by name, and told what must be.
_CALLED_MUST = re.compile(
    r"(?:\A|(?<=[.!?;,] ))(?:(?:and|so|then|also)[, ]+)?(?P<owner>[A-Z][\w'’-]{1,24}), (?P<task>(?:the|our|that|those"
    r"|your)"
    r" [a-z][^,.;!?]{2,40}? (?:needs?|has|have) to (?:be|go|get) [^.;!?]{3,60})"
)
_AND_I = re.compile(r"(?:,|\band|&) I$")
_CARRIED = re.compile(
    rf"{_START}{_NAMES} (?:is|are|has|have|was|were) [^,.;]{{4,90}}?,? and(?: then)?(?P<modal> will| is to"
    rf"| needs to|'ll) {_TASK}"
)
# The chair gives out work: "I'd like you to work on …", "you're going to look at …", "you'll be looking at …".
_GIVEN = re.compile(
    rf"(?:(?P<owner>[A-Z][\w'’-]{{1,24}}),? ?)?(?:(?P<named>(?<=[a-z], )you(?:'ll"
    rf"| will)) (?P<do>[a-z][\w'’-]{{1,24}})\b|(?P<some>\b(?:[Ss]omeone|[Ss]omebody) (?:needs? to|has to|should"
    rf"|must|will have to|ought to)) (?:probably )?(?P<else>[a-z][\w'’-]{{1,24}})\b|(?P<modal>\b[Ii](?:'d"
    rf"| would) like|\b[Ii] want|\b[Ii] need"
    rf"|\b[Ww]e need) (?:you|you guys|you two|both of you)(?: guys| two| both)? to {_TASK}"
    r"|(?P<going>\b[Yy]ou(?:'re| are| two are| guys are)(?: both)? (?:going to|gonna)(?: be)? |\b[Yy]ou(?:'ll"
    r"| will)(?: both)? (?:be )?)(?P<verb>look(?:ing)? (?:at|into)|work(?:ing)? (?:on|out)|prepar(?:e|ing)"
    r"|investigat(?:e|ing)|design(?:ing)?|writ(?:e|ing)|research(?:ing)?)\b"
    r"|(?P<now>\b[Yy]ou(?:'re| are) )(?P<ing>looking (?:at|into)|working on|preparing|watching|investigating"
    r"|designing|doing) (?=the |a |an |trends|our )"
    r"|\b(?P<maybe>if (?:the two of )?you (?:can|could)|[Mm]aybe you (?:can|could)) (?P<then>[a-z][\w'’-]{1,24})\b)"
)
_TO_SAY = re.compile(
    r"(?:see|say|tell (?:me|us)|think|look at (?:this|that|the screen)|go (?:on|ahead)|talk|remember|imagine"
    r"|understand|hear|explain|give me|show me|just"
    r"|start|comment|keep|let|come|use|try|read (?:out|it))\b",
    re.IGNORECASE,
)
_GOING = re.compile(
    rf"{_START}{_NAMES}(?: over here)?(?P<modal> is gonna| are gonna|'s gonna|'s going to| is going to"
    rf"| are going to) {_TASK}"
)
_GONNA = re.compile(
    rf"{_START}(?:(?:ok(?:ay)?|yes|yeah|sure|right|so|well|and|then|now"
    rf"|also)[,.!]? ){{0,3}}(?P<owner>I)(?P<modal>'m gonna|’m gonna| am gonna|'m just gonna) {_TASK}"
)
_PRESENT = re.compile(rf"{_START}{_NAMES}(?P<modal>) (?P<task>[a-z]{{2,20}}s)\b")

_RESOLVED = re.compile(
    rf"\b(?:[Rr]esolved|RESOLVED|[Aa]greed|AGREED|[Dd]ecided|[Rr]equested"
    rf"|[Pp]roposed and agreed) that(?P<modal>) {_NAMES} {_TASK}"
)
_AGREED = re.compile(r"\b(?:agreed|decided|promised|confirmed|undertook)(?: that)? $")
_AGREED_BEFORE = re.compile(r"\b(?:agreed|decided|resolved)\b")
_STATIVE = frozenset(
    "be have need know want like see feel seem remain stay become happen take_place exist cost contain include mean"
    " belong depend hear find_out lose miss leave benefit join".split()
)
_IDIOM = re.compile(
    r"(?:say|tell you|be|have|see|let you|go ahead|get (?:back|to)\b(?! to)|come back|think|guess|start (?:with|by"
    r"|off)|show you|give you (?:a|an|some)\b|just|admit|mention|take that|take it that|keep|remember|move on"
    r"|talk about|talk you|read (?:it|this) out|try|pass|put it|call it|leave it|hand (?:it )?over|open (?:it )?up"
    r"|ask you|bring up|add (?:that|to that)|explain|understand|hear|imagine|believe|hope|do that|do it|make (?:a"
    r"|one) (?:point|comment)|use|look at|look like|need|want|like|love|know|stop|wait|stay|feel|agree|like to|go|see"
    r"|take (?:every|this|the opportunity|a (?:minute|moment|second|look))|ask (?:one|a|these|the|another"
    r"|my) (?:\w+ )?questions?|make it|remind|come back|do\b(?! the [a-z]{3,})|reach|start|begin|turn to|return to"
    r"|note|point out"
    r"|stress|emphasi[sz]e|highlight|conclude|finish (?:by|with)|close (?:by|with)|respond|answer (?:that|this)"
    r"|speak (?:to that|about)|work (?:with|hard|together|on)|continue)\b",
    re.IGNORECASE,
)


# "I'll have the draft with you by Thursday", "I can have it ready tomorrow".
_DELIVERS = re.compile(
    r"have [^,.;?!]{2,40}? (?:ready|done|finished|with you|to you|for you|over to you|back|sorted)\b"
    r"|do the (?!same\b|talking\b|honou?rs\b)[a-z]{3,}",
    re.IGNORECASE,
)

# Said of the talk itself: "I will repeat that …", "I'll make an example", "I'll show you".
_OF_THE_TALK = re.compile(
    r"(?:\w+ly )?(?:say|repeat|report (?:that|on)|remind|answer|ask (?:\w+ ){0,3}questions?|think|remember|read"
    r"|finish (?:up|off|with|by)|start|begin|close|conclude"
    r"|talk|tell (?:you|us|everyone)|show|give (?:you|a|an|it|that|my)|make (?:(?:a|an)(?! [^.,]{0,24}\b(?:version"
    r"|draft|copy|list|plan|sketch|table|sheet)\b)|one|my|this|it|sure|note"
    r"|special)|note|add|mention|thank|go|leave|stop|move|turn|come"
    r"|try|look (?:on|at)|put (?:it|this|that) (?:here|there|on|up)|draw|explain|speak|share my|open|keep|let"
    r"|take (?:a|this|that|it|my)|use|hold|pass (?:it|this|that|the"
    r"|over)|run through|do(?! the [a-z]{3,})|get (?:to|into|on|a|the|my|it|back to)|have|bring (?:up|you)|see|end"
    r"|raise|address"
    r"|play|sign|sort of|basic)\b",
    re.IGNORECASE,
)


def is_of_the_talk(words: str) -> bool:
    """Whether a speaker only announces what they do in the talk itself, or what nobody could check later."""
    return _OF_THE_TALK.match(words) is not None


@dataclass(frozen=True, slots=True)
class Claim:
    """Words by which a task is taken on or given, at characters of the sentence.

    `clause` begins the words that belong to it, `task` the task itself; `owner` are words, not yet resolved.
    """

    clause: int
    task: int
    owner: str
    sure: float
    kind: str  # "owned", "first", "we", "must", "ask", "duty", "present", "by" or "late"
    end: int = 0  # where a claim ends whose task stands before its owner


def claims(sentence: str, people: People, *, listed: bool) -> list[Claim]:
    """Find the places of an English sentence where a task is taken on or given, in order and without overlap."""
    found = sorted(_all(sentence, people, listed=listed), key=lambda c: (c.clause, -c.sure))
    kept: list[Claim] = []
    for claim in found:
        if not kept or claim.clause >= max(kept[-1].task, kept[-1].end):
            kept.append(claim)
    return kept


def _all(sentence: str, people: People, *, listed: bool) -> Iterator[Claim]:
    for match in _OWNED.finditer(sentence):
        claim = _owned(match, people, listed=listed)
        if claim:
            yield claim
    for match in _DUTY.finditer(sentence):
        owner = people.owner(match["owner"])
        if owner and (people.is_surely(match["owner"]) or listed):
            yield Claim(match.start("owner"), match.start("task"), match["owner"], 0.7, "duty")
    for match in (
        *_CARRIED.finditer(sentence),
        *_GOING.finditer(sentence),
        *_TOLD.finditer(sentence),
        *_RESOLVED.finditer(sentence),
    ):
        claim = _owned(match, people, listed=listed)
        if claim:
            yield Claim(claim.clause, claim.task, claim.owner, claim.sure, claim.kind)
    for match in (*_FIRST.finditer(sentence), *_GONNA.finditer(sentence)):
        verb = match["task"].casefold()
        promised = verb in VERBS and not _IDIOM.match(sentence, match.start("task"))
        if promised or listed or _DELIVERS.match(sentence, match.start("task")):
            weak = match["modal"].strip() in {"can", "want to", "need to", "have to", "must"}
            yield Claim(match.start("owner"), match.start("task"), match["owner"], 0.55 if weak else 0.7, "first")
    for match in _WE.finditer(sentence):
        if (
            match["task"] in VERBS
            and match["task"] not in _TALK_VERBS
            and not _IDIOM.match(sentence, match.start("task"))
        ):
            yield Claim(match.start("owner"), match.start("task"), "", 0.5, "we")
    he = _HE.match(sentence)
    if he and he["task"].casefold() in VERBS:
        yield Claim(he.start("owner"), he.start("task"), he["owner"], 0.7, "he")
    yield from _asked(sentence, people, listed=listed)
    yield from _given(sentence, people)


def _owned(match: re.Match[str], people: People, *, listed: bool) -> Claim | None:
    owner, verb, modal = match["owner"], match["task"].casefold(), match["modal"].strip()
    if owner == "I" or people.owner(owner) is None or verb in _NOT_VERBS or verb in _STATIVE:
        return None  # what "I" takes on has a pattern of its own
    if _AND_I.search(owner) and not people.is_surely(re.split(r"[,&]| and ", owner)[0].strip()):
        return None  # "Fine, I will …" names nobody but the speaker
    settled = _AGREED.search(match.string[: match.start()]) or (
        match.string[: match.start()].endswith("that ") and _AGREED_BEFORE.search(match.string, 0, match.start())
    )
    only_said = modal == "would" and not settled
    if only_said or (people.is_thin(owner) and not listed):
        return None
    sure = people.is_surely(re.split(r",| and | & |/|\+", owner)[0])
    if verb not in VERBS and not (listed and modal == "to") and (not sure or modal == "to"):
        return None
    confidence = 0.6 if modal == "should" and not listed else 0.85 if sure else 0.7
    return Claim(match.start("owner"), match.start("task"), owner, confidence, "owned")


def _given(sentence: str, people: People) -> Iterator[Claim]:
    """The chair's words by which somebody who is spoken to gets a task; who that is, only a name tells."""
    for match in _GIVEN.finditer(sentence):
        verb = match["task"] or match["then"] or match["do"] or match["else"] or ""
        if verb and (verb.casefold() not in VERBS or _TO_SAY.match(sentence, sentence.index(verb, match.start()))):
            continue
        owner = match["owner"] or ""
        if owner and not people.is_surely(owner) and people.owner(owner) is None:
            owner = ""
        task = next(match.start(name) for name in ("task", "verb", "ing", "then", "do", "else") if match[name])
        begin = match.start("owner") if owner else task
        kind = "ask" if match["some"] or match["named"] else "given"
        yield Claim(begin, task, owner, 0.6 if owner or match["modal"] else 0.55, kind)


def _asked(sentence: str, people: People, *, listed: bool) -> Iterator[Claim]:
    for match in _ASK.finditer(sentence):
        owner = match["owner"] or ""
        if owner and people.owner(owner) is None:
            owner = ""
        begin = match.start("owner") if owner else match.start("modal")
        polite = match["modal"].casefold().startswith(("please", "pls", "kindly", "make"))
        verb = match["task"].casefold()
        if (
            verb in VERBS
            and not (not owner and verb in _TALK_VERBS and not polite)
            and not re.match(
                r"(?:let (?:me|us) know|find|note|do not|see (?:the|below|attached)|feel free|call me|contact me)\b",
                sentence[match.start("task") :],
                re.IGNORECASE,
            )
        ):
            yield Claim(begin, match.start("task"), owner, 0.7 if polite or owner else 0.6, "ask")
    yield from _named(sentence, people)
    for match in _PRESENT.finditer(sentence):
        verb = match["task"].casefold()
        base = verb[:-1] if verb[:-1] in VERBS else verb[:-2]
        if (
            base in VERBS
            and base not in _TALK_VERBS
            and (
                people.is_known(re.split(r",| and | & ", match["owner"])[0])
                or (listed and match.start("owner") == 0 and people.owner(match["owner"]))
            )
        ):
            yield Claim(match.start("owner"), match.start("task"), match["owner"], 0.55, "present")


def _named(sentence: str, people: People) -> Iterator[Claim]:
    """Somebody is called, asked or marked by name."""
    for match in _CALLED_MUST.finditer(sentence):
        if people.is_surely(match["owner"]):
            yield Claim(match.start("owner"), match.start("task"), match["owner"], 0.75, "ask")
    for match in _CALLED.finditer(sentence):
        verb = match["task"].casefold()
        begged = re.search(r"(?i)\b(?:please|pls)\W*\Z", match["rest"]) is not None
        if people.is_surely(match["owner"]) and verb in VERBS and (begged or verb not in _TALK_VERBS):
            yield Claim(match.start("owner"), match.start("task"), match["owner"], 0.75, "ask")
    for match in _ASK_NAMED.finditer(sentence):
        verb = match["task"].casefold()
        if people.owner(match["owner"]) and match["owner"].casefold() not in {"i", "we", "you"} and verb in VERBS:
            yield Claim(match.start("modal"), match.start("task"), match["owner"], 0.65, "ask")
    for match in _MENTION.finditer(sentence):
        if match["task"].casefold() in VERBS | {"have"}:
            yield Claim(match.start(), match.start("task"), match["owner"], 0.8, "ask")
    for match in _ACTION_ON.finditer(sentence):
        if people.owner(match["owner"]):
            yield Claim(match.start(), match.start("task"), match["owner"], 0.9, "owned")


_POLITE = re.compile(r"(?:(?:please|pls|kindly|also|then|just|now|to|still|urgently)[, ]\s?)+", re.IGNORECASE)
_GERUND = {
    "looking": "look",
    "watching": "watch",
    "investigating": "investigate",
    "researching": "research",
    "designing": "design",
    "doing": "do",
    "sending": "send",
    "preparing": "prepare",
    "writing": "write",
    "drafting": "draft",
    "handling": "handle",
    "taking": "take",
    "working": "work",
}


def imperative(words: str, kind: str) -> str:
    """Make the words of a task an imperative: no politeness, no third-person ending, a capital first."""
    plain = _POLITE.sub("", words, count=1) if _POLITE.match(words) else words
    first, blank, rest = plain.partition(" ")
    lowered = first.casefold()
    if kind == "present" and lowered.endswith("s"):
        base = lowered[:-2] if lowered[:-1] not in VERBS and lowered[:-2] in VERBS else lowered[:-1]
        plain = base + blank + rest
    elif lowered in _GERUND and kind != "listed":
        plain = _GERUND[lowered] + blank + rest
    return plain[:1].upper() + plain[1:]


_WILL_DO = re.compile(
    r"(?:(?:will|to|needs? to|must|should|has to|is going to|going to|plans? to|next:?"
    r"|still to) )?(?P<verb>[a-z][\w-]{1,20})\b",
    re.IGNORECASE,
)


def will_do(words: str) -> int | None:
    """Give where the task begins in a bullet that says what somebody will do: "will send", "fix login"; else None."""
    found = _WILL_DO.match(words)
    if found is None or found["verb"].casefold() not in VERBS:
        return None
    bare = found.start("verb") == 0
    return None if bare and len(words.split()) < 2 else found.start("verb")
