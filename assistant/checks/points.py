"""The Points of a client's message: each grievance, question or request, the smallest span answerable by itself."""

import re
from dataclasses import dataclass

from assistant.domain.facts import FactKind
from assistant.domain.inbound import Point, PointKind
from assistant.language.facts import extract_facts
from assistant.language.sentences import split_sentences


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


_REQUEST = _any(
    r"\bplease\b(?! (?:find|see|note)\b)|\bpls\b|\bkindly\b",
    r"\b(?:can|could|would|will) (?:you|your team|someone|somebody)\b(?! (?:tell|explain|say|clarify)\b)",
    r"\bi(?:'d| would) (?:like|want|ask|appreciate|expect)(?! to (?:know|understand|see why))\b|"
    r"\b(?:i|we) (?:need|want|expect|require|insist on|ask for|demand)\b(?! to (?:know|understand)\b)",
    r"\b(?:let (?:me|us) (?:have|know)|make sure|get back to (?:me|us)|call me|send (?:me|us)|call us)\b",
    r"\A(?:and |then |also )?(?:send|call|fix|confirm|provide|tell|give|check|add|change|update|"
    r"arrange|let|make|share|put|reply|come|take|keep|review|move|stop)\b(?! (?:you|it is))",
    r"(?:\A|[，,;；:：、。\s])(?:也|还|烦|恳|敬|务必|务|另外|所以|因此)?请(?!假|示|问|教)|麻烦(?:您|"
    r"你|贵|帮|把|尽快|你们|给)|烦请|劳烦|望(?:贵|您|你|尽快|能)|希望(?:您|你|贵|能|可以|尽快)|务必|"
    r"要求(?:贵|你|您|在|提供|立即)|需要(?:贵|你|您)|能不能|能否|可否|可不可以|帮(?:我|我们|忙)",
)
_QUESTION_WORD = _any(
    r"\A(?:and |so |but |also,? )?(?:what|when|why|who|where|how|which|is|are|was|were|do|does|did|"
    r"have|has|will|would|can|could|should|shall)\b.{0,400}\?",
    r"\b(?:i(?:'d| would) like to|we(?:'d| would) like to|i want to|we want to|i need to|"
    r"we need to) (?:know|understand|hear)\b",
    r"\b(?:tell (?:me|us)|explain(?: to (?:me|us))?|clarify|let (?:me|us) know) (?:what|when|why|who|"
    r"where|how|which|whether|if)\b",
    r"\bwonder(?:ing)? (?:what|when|why|who|where|how|which|whether|if)\b",
    r"吗|请问|为什么|为何|为啥|怎么(?:回事|办|还|会|没|样|解决)?|什么时候|何时|哪(?:天|一天|个|些|里|"
    r"位)|谁(?:负责|来|在|跟|定)|多少|多久|几(?:天|号|个|月|点)|如何|是否|是不是|有没有(?!人告诉)|"
    r"还是.{1,20}[?？]|啥",
)
_ASKS = re.compile(r"[?？]\s{0,3}[\"'”’)）]{0,3}\Z")
_TROUBLE = _any(
    r"\b(?:not|n't|never|no longer|cannot|can't|nothing|nobody|no one|none|without any|no (?:update|"
    r"answer|reply|response|news|word|reason|explanation|warning|notice|progress))\b",
    r"\bstill\b|\bagain\b|\bonce more\b|\byet another\b",
    r"\b(?:wrong|broken|fail(?:s|ed|ing|ure|ures)?|errors?|crash(?:es|ed|ing)?|bugs?|defects?|faulty|"
    r"incorrect|missing|lost|stuck|slow|down|unusable|useless|incomplete|empty|duplicate[sd]?|mess|"
    r"problems?|issues?)\b",
    r"\b(?:late|delay(?:s|ed)?|overdue|slip(?:s|ped)?|missed|overrun|behind schedule|postponed|pushed back)\b",
    r"\b(?:unacceptable|disappoint\w{2,4}|frustrat\w{2,5}|annoy\w{2,4}|unhappy|dissatisf\w{3,5}|angry|"
    r"upset|concerned|worried|fed up|tired of|poor|terrible|awful|appalling|ridiculous|"
    r"embarrass\w{2,5})\b",
    r"\b(?:first i(?:'ve| have)? heard|had to (?:learn|find out|hear)|should (?:not )?have|"
    r"overcharged|charged twice|promised|chas(?:e|ed|ing))\b",
    r"没(?!问题|关系|事)|未|不(?:对|行|好|能|满|见|到|清|稳|通|准|符|一致|可接受|可用|合格|够|是说|"
    r"及时)|无法|无人|错(?:位|误|了|的)?|坏|失败|报错|故障|崩溃|卡(?:死|顿)|丢失|丢了|漏|拖|延(?:期|"
    r"误|迟)|晚了|迟(?:到|迟|了)|超(?:期|时|支)|逾期|失望|不满|生气|恼火|着急|糟|差(?!异|额|旅|距)|慢|"
    r"混乱|重复|又(?:是|出|一次|没|改|不)|再次|一再|多次|反复|仍(?:然|未|旧)|还(?:没|是错|是不|不)|"
    r"白(?:等|跑)|投诉|问题(?!是否|吗)",
)
_RELIEF = _any(
    r"\b(?:no problem|not a problem|no rush|no hurry|no worries|not urgent|nothing urgent|no issues?|"
    r"without (?:any )?(?:problems?|issues?)|not bad|can't wait|cannot wait|don't worry|"
    r"no complaints?|problem solved|don't hesitate|do not hesitate|not only|thanks|thank you|great|"
    r"happy with|well done|(?:all|now) (?:fixed|resolved|working))\b",
    r"没问题|没关系|没事|不着急|不急|不用担心|不错|别担心|辛苦|已(?:经)?(?:解决|修复|恢复)|很(?:好|"
    r"满意|顺利)|感谢|谢谢|不客气",
)
_MOOD_ONLY = _any(
    r"\A(?:i am|i'm|we are|we're|i must say i am|to be honest,? i am|frankly,? (?:i am|i'm|"
    r"we are)) (?:\w{2,12} ){0,2}(?:not happy|unhappy|disappointed|frustrated|annoyed|upset|angry|"
    r"dissatisfied|not satisfied|concerned|worried|fed up)[.!]?\Z",
    r"\A(?:this|that|it) is (?:simply |just |really |totally )?(?:not acceptable|unacceptable|"
    r"not good enough|ridiculous|a joke)[.!]?\Z",
    r"\A(?:我|我们)?(?:对此|对这|真的|实在|感到|表示|非常|十分|很|深表|都|也)*(?:不满|失望|生气|气愤|"
    r"恼火|不高兴|着急|无法接受|不能接受)(?:意)?[。!！]?\Z",
)
_LEANING = re.compile(r"\A(?:that|this|it|which|so|and that|these|those)\b|\A(?:这|那|此|结果|为此)", re.IGNORECASE)
_SPLIT = re.compile(
    r",?\s(?:and|then|but)\s(?=(?:also |please |then )?(?:please|could you|can you|would you|when|why|"
    r"what|who|how|send|call|fix|confirm|tell|give|let me|let us|make sure|provide|check|explain|"
    r"share|i need|we need|i want|i expect)\b)"
    r"|[;；]\s{0,2}|[，,。]\s?(?=(?:也|还|并|另外|同时|再)?(?:请(?!假|示|教)|麻烦(?:您|你|贵|帮)|烦请|"
    r"为什么|什么时候|能否|能不能|谁|何时|是否|怎么))",
    re.IGNORECASE,
)
_GREETING = _any(
    r"\A(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))\b[^.?]{0,40}[,:!.]?\Z",
    r"\A[^。！？，,]{0,16}(?:您好|你好|经理|老师|各位)[,，:：。!！]{0,2}\Z",
    r"\A[A-Z][a-z]{1,20},?\Z",
)
_DUE_EN = re.compile(
    r"\b(?:by|before|until|no later than|not later than|latest by|within|in|on|for)\s{1,3}(?:the )?\Z", re.IGNORECASE
)
_DUE_ZH = re.compile(r"\s{0,2}(?:之前|以前|前|以内|之内|内|中午前|下班前|为止)")
_AT_ONCE = re.compile(
    r"\b(?:asap|as soon as possible|immediately|at once|right away|urgently|today)\b|立即|立刻|马上|"
    r"尽快|今天(?:之内|内)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    text: str


def find_points(text: str) -> tuple[Point, ...]:
    """Find the Points of a newly written text, in order; spans are characters of `text`. Never raises."""
    found: list[tuple[PointKind, int, int]] = []
    last_kind: PointKind | None = None
    last_end = -10
    for piece in _pieces(text):
        kind = point_kind(piece.text)
        if kind is None or (kind is PointKind.GRIEVANCE and _MOOD_ONLY.search(piece.text)):
            last_kind = None
            continue
        leans = kind is PointKind.GRIEVANCE and last_kind is PointKind.GRIEVANCE and _LEANING.match(piece.text)
        if leans and "\n\n" not in text[last_end : piece.start] and found:
            found[-1] = (kind, found[-1][1], piece.end)
        else:
            found.append((kind, piece.start, piece.end))
        last_kind, last_end = kind, piece.end
    return tuple(
        Point(number, kind, text[start:end], start, end, _due(text[start:end]))
        for number, (kind, start, end) in enumerate(found, start=1)
    )


def point_kind(sentence: str) -> PointKind | None:
    """Tell what a client's sentence wants: a question, a request, a grievance, or nothing that must be answered."""
    words = sentence.strip()
    if len(words) < 3 or words[-1] in ":\uff1a" or _GREETING.search(words) or len(words) > 3_000:
        return None
    asks = _ASKS.search(words) is not None
    if _REQUEST.search(words) and not (asks and _QUESTION_WORD.match(words) and not _polite(words)):
        return PointKind.REQUEST
    if asks or _QUESTION_WORD.search(words):
        return PointKind.QUESTION
    if is_grievance(words):
        return PointKind.GRIEVANCE
    return None


def is_grievance(sentence: str) -> bool:
    """Tell whether a statement tells of trouble, and not of its absence."""
    return _TROUBLE.search(_RELIEF.sub(" ", sentence)) is not None


def _polite(words: str) -> bool:
    return re.match(
        r"(?:and |so |but |also,? )?(?:can|could|would|will) (?:you|your|someone|somebody)\b", words, re.IGNORECASE
    ) is not None or (
        "please" in words.casefold() or re.search(r"能否|能不能|可否|可不可以|请(?!问)", words) is not None
    )


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    for sentence in split_sentences(text):
        begin = 0
        for cut in [*_SPLIT.finditer(sentence.text), None]:
            end = cut.start() if cut else len(sentence.text)
            part = sentence.text[begin:end]
            if part.strip():
                lead = len(part) - len(part.lstrip())
                start = sentence.start + begin + lead
                pieces.append(_Piece(start, start + len(part.strip()), part.strip()))
            begin = cut.end() if cut else end
    return pieces


def _due(text: str) -> str:
    """Give the words that say by when, as written; an empty string when none do."""
    for fact in extract_facts(text):
        if fact.kind not in {FactKind.DATE, FactKind.DURATION, FactKind.TIME}:
            continue
        before = _DUE_EN.search(text[: fact.start])
        after = _DUE_ZH.match(text, fact.end)
        if before or after:
            start = before.start() if before else fact.start
            return text[start : after.end() if after else fact.end]
    at_once = _AT_ONCE.search(text)
    return at_once[0] if at_once else ""
