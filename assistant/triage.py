"""Triage: a first reading of a client's message, with no model."""

import re
from dataclasses import dataclass

from assistant.checks.hidden_orders import find_orders, hidden_text
from assistant.checks.mail_text import new_text
from assistant.checks.points import find_points, is_grievance
from assistant.domain.inbound import Point, PointKind, ReceivedMail, Triage
from assistant.language.detect import detect_language
from assistant.language.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class _Factor:
    """A sign of seriousness: its reason code, what it adds, and how it is recognised."""

    reason: str
    weight: float
    pattern: re.Pattern[str]


def _factor(reason: str, weight: float, *parts: str) -> _Factor:
    return _Factor(reason, weight, re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE))


# In the order in which they name the reason. `displeasure` and stronger make a complaint by themselves.
_FACTORS = (
    _factor(
        "threat",
        0.45,
        r"\b(?:terminat(?:e|ing|ion)|cancel(?:ling|ing)? (?:the|our|this) (?:contract|project|agreement|"
        r"order)|lawyers?|solicitors?|legal(?:ly)? (?:action|steps|team|department)|sue\b|"
        r"breach of contract|penalt(?:y|ies)|compensation|refund|damages|withhold (?:the )?payment|"
        r"stop (?:the )?payment|(?:another|different|new) (?:supplier|vendor|provider)|"
        r"take our business elsewhere|walk away)\b",
        r"律师|法务|起诉|解约|解除合同|终止(?:合同|合作)|取消(?:合同|合作|项目)|违约|索赔|赔偿|退款|扣款|"
        r"罚款|拒付|停止付款|暂停付款|换(?:一家)?供应商|换人做|另找",
    ),
    _factor(
        "harm",
        0.4,
        r"\b(?:data (?:loss|leak|breach)|lost (?:data|orders|customers)|safety|injur\w{1,4}|"
        r"security (?:incident|hole|breach)|production (?:is|has been|was) (?:down|stopped)|(?:site|"
        r"system|shop|line|portal|service) (?:is|has been|was) (?:\w{2,9} )?down|outage|cannot (?:work|"
        r"trade|ship|operate)|can't (?:work|trade|ship|operate))\b",
        r"数据(?:丢失|泄露|泄漏)|泄密|安全事故|停产|停工|停摆|瘫痪|系统(?:全部)?(?:崩溃|宕机|中断)|"
        r"业务(?:中断|停)|无法(?:营业|发货|出库|生产|工作)",
    ),
    _factor(
        "escalation",
        0.2,
        r"\b(?:board|ceo|cfo|managing director|senior management|steering committee|escalat\w{1,5}|"
        r"your (?:boss|manager|superior|management|director)|my (?:boss|director|management)|"
        r"formal complaint|complain(?:t|ing)?)\b",
        r"董事(?:会|长)?|总经理|总裁|集团(?:领导|要听|汇报)?|领导|上级|高层|升级(?:处理|投诉)|投诉|正式(?:投诉|函)",
    ),
    _factor(
        "repeated",
        0.2,
        r"\b(?:again|once more|yet another|(?:second|third|fourth|fifth|umpteenth|2nd|3rd|4th) time|twice|"
        r"repeated(?:ly)?|keeps? (?:happening|failing)|every (?:week|time)|still (?:no|not|nothing|"
        r"waiting|sees?|wrong|broken|happening)|several times|many times|already (?:told|asked|reported|"
        r"raised))\b",
        r"再次|又(?:一次|是|出|没|改)|多次|一再|反复|屡次|第[二三四五六2-6]次|每次|总是|一直(?:没|不|"
        r"在拖)|(?:两|三|四|2|3|4)次|说过(?:很多|多少|几)|还是没|仍未|仍然没",
    ),
    _factor(
        "displeasure",
        0.3,
        r"\b(?:(?:not|n't|un|less than) ?(?:happy|satisfied|pleased|impressed|acceptable|good enough)|"
        r"dissatisf\w{3,5}|disappoint\w{2,4}|frustrat\w{2,5}|annoy\w{2,4}|angry|furious|upset|"
        r"outrag\w{2,5}|appall\w{2,4}|terrible|awful|ridiculous|embarrass\w{2,5}|fed up|shambles|"
        r"losing (?:patience|trust|confidence|faith)|lost (?:patience|trust|confidence|faith)|let (?:us|"
        r"me) down|had enough|unprofessional|how can (?:this|it|that)|should not (?:have to|learn)|"
        r"first i(?:'ve| have)? heard)\b",
        r"不满|失望|生气|气愤|愤怒|恼火|不高兴|无法接受|不能接受|不可接受|太(?:离谱|差|慢|过分|不像话)|"
        r"离谱|过分|糟糕|差劲|不专业|敷衍|推诿|失去(?:信任|耐心|信心)|忍无可忍|说法|怎么回事|"
        r"没(?:有)?人告诉|让我们怎么|不负责|像话",
    ),
    _factor(
        "deadline",
        0.1,
        r"\b(?:immediately|at once|right now|today|tomorrow|within 24 hours|urgent(?:ly)?|asap|"
        r"by (?:end of day|eod|tonight))\b",
        r"立即|立刻|马上|今天(?:之)?内|明天(?:之)?前|紧急|24\s?小时|火急|尽快",
    ),
    _factor(
        "broken_promise",
        0.15,
        r"\b(?:you|your team|they|we were) (?:\w{1,10} ){0,2}promised\b|\bas promised\b|\bpromised (?:me|"
        r"us|for|by)\b|\bagreed (?:date|deadline)\b|\byou (?:said|assured|told (?:me|us))\b",
        r"(?:你|您|你们|贵方|贵司)(?:们)?(?:之前|上次|当时|明明|自己)?(?:说|答应|承诺|保证|约定)|"
        r"说好(?:的)?|承诺(?:的|过)|答应(?:的|过)",
    ),
)
_EXCLAIMED = re.compile(r"[!！]{2,}|(?:[!！][^!！]{0,400}){3}|\b[A-Z]{4,}(?: [A-Z]{2,}){2,}")
_ALONE_A_COMPLAINT = frozenset({"threat", "displeasure", "harm"})
_CALM, _PROBLEM, _COMPLAINT = 0.05, 0.2, 0.3


def triage_mail(mail: ReceivedMail) -> Triage:
    """Read a client's message: language, complaint or not, how serious and why, its Points, and signs of injection.

    Quoted history and signatures count for nothing but injection. Spans are characters of `mail.body`; `reason` is
    one of calm, problem, threat, harm, escalation, repeated, displeasure, deadline, broken_promise. Never raises.
    """
    text = new_text(mail.body, mail.sender_name)
    points = find_points(text)
    complaint, severity, reason = _weigh(text, points)
    orders = find_orders(mail.body)
    hidden = hidden_text(mail.body) if orders else ()
    spans = tuple(sorted({(o.start, o.end) for o in orders} | set(hidden)))
    return Triage(detect_language(text), complaint, severity, reason, points, bool(orders), spans)


def _weigh(text: str, points: tuple[Point, ...]) -> tuple[bool, float, str]:
    troubled = [s.text for s in split_sentences(text) if is_grievance(s.text)]
    grievances = sum(p.kind is PointKind.GRIEVANCE for p in points)
    told = "\n".join(troubled)
    signs = [f for f in _FACTORS if f.pattern.search(told if f.reason in {"repeated", "escalation"} else text)]
    reasons = [f.reason for f in signs]
    alone = any(r in _ALONE_A_COMPLAINT for r in reasons) and bool(troubled or "displeasure" in reasons)
    reproach = bool({"repeated", "broken_promise", "escalation"} & set(reasons)) and grievances > 0
    complaint = alone or reproach or grievances >= 3
    if not complaint:
        return False, _PROBLEM if grievances else _CALM, "problem" if grievances else "calm"
    # Each sign takes its part of what is left to the top, so that more signs always weigh more.
    calm = 1 - _COMPLAINT
    for sign in signs:
        calm *= 1 - sign.weight
    calm *= 0.97 ** min(grievances, 4)
    if _EXCLAIMED.search(text):
        calm *= 0.95
    return True, round(1 - calm, 2), reasons[0] if reasons else "problem"
