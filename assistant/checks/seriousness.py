"""How serious a client's message is, whether it is a complaint, and which sign says so first."""

import re
from dataclasses import dataclass

from assistant.checks.grievances import is_effect, is_mood, is_threat, names_fault
from assistant.domain.inbound import Point, PointKind
from assistant.language.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign of seriousness: its reason code, what it adds, and how it is recognised."""

    reason: str
    weight: float
    pattern: re.Pattern[str]


def _sign(reason: str, weight: float, *parts: str) -> _Sign:
    return _Sign(reason, weight, re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE | re.MULTILINE))


# In the order in which they name the reason.
_SIGNS = (
    _sign(
        "threat",
        0.45,
        r"\b(?:terminat(?:e|ing|ion)|cancel(?:ling|ing)? (?:the|our|this) (?:contract"
        r"|project|agreement|order)|lawyers?|solicitors?|attorneys?|legal(?:ly)? (?:action"
        r"|steps|team|department|proceedings)|sue\b|court\b|breach of contract|penalt(?:y"
        r"|ies)|compensation|refund|damages|liquidated"
        r"|withhold (?:the |all )?payments?|stop (?:the |all )?payments?|(?:another"
        r"|different|new|other|alternative) (?:suppliers?|vendors?|providers?|agency)"
        r"|take our business elsewhere|walk away|reserve (?:all|the|our) rights?"
        r"|all rights reserved by us|further steps|clause [0-9.]+|ombudsman|authorities"
        r"|insurers?|inspectors?|watchdog|regulator"
        r"|trading standards|switch providers?)\b",
        r"律师|法务|起诉|诉讼|仲裁|解约|解除合同|终止(?:合同|合作)|取消(?:合同|合作"
        r"|项目)|违约|索赔|赔(?:偿|钱)?(?!率)|退款|扣款|罚款|拒付|停止付款|暂停付款"
        r"|换(?:一?家)?供应商|换人做|另找|追究|法律责任|上报|曝光|12315|主管部门|市场监管|消协|媒体"
        r"|监管",
    ),
    _sign(
        "harm",
        0.4,
        r"\b(?:data (?:loss|leak|breach)|(?:lost|lose|losing|missing) (?:\w+ ){0,3}(?:data"
        r"|orders|customers|records|revenue|sales|money)|lose about|records are missing"
        r"|safety|scald\w{0,3}|hospital\w{0,4}|hurt|poison\w{0,3}|burn(?:t|ed|s)"
        r"|injur\w{1,4}|security (?:incident|hole|breach)|production (?:is"
        r"|has been|was) (?:down|stopped)|(?:site|system|shop|line|portal|service"
        r"|store|server|network|warehouse) (?:is|has been|was|went) (?:\w{2,9} )?(?:down"
        r"|offline|stopped)"
        r"|(?:stopped|halted|shut down|brought down|blocked) (?:our|the) (?:\w+ ){0,2}(?:line"
        r"|production|shop|warehouse|business|operations?|dispatch|sales|factory"
        r"|plant)|outage|cannot (?:work|trade|ship|operate|sell|invoice|deliver)"
        r"|can't (?:work|trade|ship|operate|sell|invoice|deliver)|(?:[£$€][0-9][0-9.,]*[km]?"
        r"|[0-9.,]+ ?(?:euros?|pounds|dollars)) (?:an?|per|every) (?:hour|day|minute)"
        r"|standstill|charged (?:\w+ ){1,3}customers (?:twice|double)|whether we are still in business)\b",
        r"数据(?:丢失|泄露|泄漏|被删|损坏)|(?:订单|记录|数据|资料)[^，。]{0,4}(?:丢失"
        r"|被删|没了)|泄(?:密|露|漏)|安全事故|送医|受伤|腹痛|中毒|住院|触电|报警"
        r"|伤亡|事故|停产|停工|停摆|停业|停诊|停线"
        r"|瘫痪|全面中断|系统(?:全部|整个)?(?:崩溃|宕机|中断)|业务(?:中断|停)|无法(?:营业"
        r"|发货|出库|生产|工作|收款|开单|接诊|办公)|外部(?:微信)?群|删除语句|一分钱都收不"
        r"|损失(?:惨重|[0-9一二三四五六七八九十几]|一分)",
    ),
    _sign(
        "escalation",
        0.2,
        r"\b(?:board|ceo|cfo|coo|cto|managing director|general counsel|senior management"
        r"|steering committee|escalat\w{1,5}|your (?:boss|manager|superior|management"
        r"|director)|my (?:boss|director|management|ceo)|finance director|formal(?:ly)? (?:complaint"
        r"|complain|notice|writing)|writing formally|complain(?:t|ing)?)\b",
        r"董事(?:会|长)?|总经理|总裁|副总|集团(?:领导|要听|汇报|纪检)?|纪检|领导"
        r"|上级|高层|升级(?:处理|投诉)|投诉|正式(?:投诉|函)|郑重(?:要求|声明)|CTO"
        r"|CEO",
    ),
    _sign(
        "repeated",
        0.2,
        r"\b(?:(?<!thanks )again(?! for)|once more|yet another|another (?:week|friday"
        r"|monday|month|day|delay|outage)|(?:second|third|fourth|fifth|umpteenth"
        r"|2nd|3rd|4th|last two|last three) (?:time|outage|failure|deliveries|releases"
        r"|attempt|reminder|delay|request)|twice|repeated(?:ly)?|keeps? (?:happening"
        r"|failing)|every (?:single )?(?:week|time)|each time|still (?:no|not|nothing"
        r"|waiting|sees?|wrong|broken|happening|haven|hasn|isn)|several times|many times"
        r"|three times|three requests|already (?:told|asked|reported|raised)|i asked .{1,80} and again"
        r"|zero answers)\b",
        r"再次(?!感谢|确认)|又(?:一次|是|出|没|改|从头|不|来)|多次|一再|反复|屡次"
        r"|第[二三四五六2-6](?:次|个了)|每次|总是|一直(?:没|不|在拖|拖)|天天催|(?:两"
        r"|三|四|五|几|多|2|3|4|5|几十|十)(?:次|遍|回)|说过(?:很多|多少|几)|还是没"
        r"|仍未|仍然没|老样子|照旧|问了",
    ),
    _sign(
        "displeasure",
        0.3,
        r"\b(?:(?:not|n't|un|less than) ?(?:very |at all |really |exactly )?(?:happy"
        r"|satisfied|pleased|impressed|acceptable|good enough|amused|funny)|below what"
        r"|dissatisf\w{3,5}|disappoint\w{2,4}|frustrat\w{2,5}|annoy\w{2,4}|angry"
        r"|furious|upset|outrag\w{2,5}|appall\w{2,4}|terrible|awful|ridiculous|embarrass\w{2,5}"
        r"|(?:boss|ceo|director|managers?|board|client|customers?) (?:is|are)(?:n't"
        r"| not) (?:happy|amused|pleased)|afraid (?:it|that|this) (?:wasn't|was not"
        r"|isn't|is not)|nobody can use|at your expense|supposed to (?:show|tell)"
        r"|fed up|shambles|speechless|disgrace\w{0,3}"
        r"|losing (?:patience|trust|confidence|faith)|lost (?:all )?(?:patience|trust"
        r"|confidence|faith)|(?:no longer|do not|don't) trust|let (?:us|me) down"
        r"|had enough|unprofessional|how can (?:this|it|that|you)|how on earth|why on earth"
        r"|what on earth|are you (?:serious|kidding)|should not (?:have to|learn)"
        r"|first i(?:'ve| have)? heard|(?:cannot|can't|won't|will not) accept|bothers me"
        r"|find it (?:remarkable|astonishing|hard to believe|surprising|strange|odd"
        r"|disappointing|unacceptable)|look(?:ed)? (?:foolish|stupid|ridiculous|like fools)"
        r"|waste(?:d)? (?:\w+ ){0,3}(?:time|days?|hours|weeks?|money)|let me be (?:blunt"
        r"|frank|clear)|to be blunt|i(?:'ve| have) been (?:very |extremely )?patient"
        r"|simply not|not how|must not happen|no excuse|sick (?:and tired )?of|tired of)\b",
        r"不满|失望|生气|气愤|愤怒|恼火|不高兴|(?:无法|不能|难以?|很难|不可)接受"
        r"|太(?:离谱|差|慢|过分|不像话|让人)|离谱|过分|糟糕|差劲|不专业|敷衍|推诿"
        r"|糊弄|失去(?:了)?(?:信任|耐心|信心)|信得过|忍无可忍|(?:给|要)(?:个|一个)?说法"
        r"|怎么回事|没(?:有)?(?:一个)?人(?:主动)?告(?:诉|知)|让我们怎么|不负责|像话"
        r"|寒心|被动|每次都要我|从头讲|都不好意思|(?:boss|老板|领导)[^，。]{0,4}(?:不高兴"
        r"|发火)|没法(?:跟|向|和)[^，。]{0,6}交代|没法交代|下不来台|丢(?:人|脸)"
        r"|不是我说|有没有搞错|开什么玩笑|一直这么拖|别(?:这么|再)(?:一直)?拖|毫不知情"
        r"|一点都不知情|事先(?:没有|没|毫无)|实在让人|公道话|两码事",
    ),
    _sign(
        "sarcasm",
        0.25,
        r"^[^\n]{0,40}?\b(?:wonderful|brilliant|great|fantastic|marvell?ous|lovely"
        r"|bravo|congratulations|well done|how nice|what a surprise|excellent|amazing"
        r"|superb)[.!,…]\s{0,3}(?:another|yet|again|so |the \"|the “|now |and again"
        r"|that makes|only|just)",
        r"\b(?:i do admire|i admire the|thanks for nothing|different ideas? of|apparently"
        r"|so much for|as if by magic|surprise,? surprise|silly me|i must have missed"
        r"|remarkable that|quite an achievement|what (?:a )?service|after all, we"
        r"|paying for|no \"soon\"|no “soon”|says a lot|nice touch|\"?five[- ]minute\"?)\b",
        r"呵呵|大开眼界|服气|佩服|厉害了|真行|好一个|可真|真是[“\"「]?(?:感谢|谢谢"
        r"|辛苦|厉害|优秀|高效|及时)[”\"」]|[“\"「](?:加急|高效|专业|已经?处理|没问题"
        r"|快了|尽快|流转|马上|感谢|通过|优化|升级|用户至上|客户第一)[^”\"」]{0,8}[”\"」]"
        r"|要不我们自己|笑话|神速|开眼|叹为观止|领教",
    ),
    _sign(
        "blame",
        0.15,
        r"\b(?:(?:you|your (?:team|people|engineers?|colleagues?|developers?|support"
        r"|hotline|office|side|company)) (?:\w+ ){0,2}(?:did not|didn't|never|failed"
        r"|fail|ignored?|forgot|don't|do not|have not|haven't|has not|hasn't|refuse[sd]?"
        r"|broke|lost|deleted|wiped|stopped|had known|knew|seem to)|(?:nobody|no one"
        r"|not one person) (?:\w+ ){0,3}(?:called|answered|told|informed|picked|replied"
        r"|knows?|knew|came|reacted|responded|apologised|apologized)"
        r"|you (?:should|could) have|(?:one|i|we) (?:would|had|might) (?:have )?expect(?:ed)?"
        r"|we are paying|without (?:asking|telling|informing|warning|consulting)"
        r"|behind our back|explain (?:our|my|the|everything) (?:\w+ ){0,2}from scratch"
        r"|did not even|didn't even|not even|no acknowledg\w+|left (?:three|several"
        r"|many) messages|cost us|from your newsletter|upside down|leaving out)\b",
        r"(?:你们|您们|贵司|贵方|贵公司|你|您|客服|对方|工程师|外包|实施)[^，。！？]{0,14}(?:没(?!问题"
        r"|关系)|不(?!错|客气|用)|未(?!来)|从不|从来|擅自|私自|未经|忘|漏|拖|骗|忽悠)"
        r"|没人(?:接|管|告诉|理|回|跟)|无人|不知情|白(?:等|跑|忙)|擅自|未经(?:允许"
        r"|同意|授权)|到底|连[^，。]{1,12}都(?:不|没)|谁(?:审核|负责|授权|批准)的"
        r"|提前(?:打|跟|和)?[^，。]{0,4}(?:招呼|通气)|不见(?:了)?|没(?:再)?见过|没动静"
        r"|卡在谁",
    ),
    _sign(
        "deadline",
        0.1,
        r"\b(?:immediately|at once|right now|today|tomorrow|within (?:24|48) hours"
        r"|urgent(?:ly)?|asap|by (?:end of day|eod|tonight|noon))\b",
        r"立即|立刻|马上|今天(?:之)?内|今天[^，。]{0,6}前|明[天日][^，。]{0,8}前|紧急|24\s?小时|火急|一个小时",
    ),
    _sign(
        "broken_promise",
        0.15,
        r"\b(?:you|your team|they|we were) (?:\w{1,10} ){0,2}promised\b|\bas promised\b"
        r"|\bpromised (?:me|us|for|by)\b|\bagreed (?:date|deadline)\b|\bwhat we agreed\b"
        r"|\byou (?:said|assured|told (?:me|us)|announced|confirmed)\b|\bi was told\b.{0,60}\b(?:on track"
        r"|fine|ready|done)\b",
        r"(?:你|您|你们|贵方|贵司)(?:们)?(?:之前|上次|当时|明明|自己|还|曾)?(?:明确)?(?:说"
        r"|答应|承诺|保证|约定|表示)|说好(?:的)?|承诺(?:的|过)|答应(?:的|过)|合同(?:里"
        r"|中)?(?:写明|约定|规定)|明明(?:说|约)",
    ),
)
_CALM = re.compile(
    r"\b(?:no rush|no hurry|not urgent|nothing (?:urgent|dramatic|serious)|small one"
    r"|minor|heads up|no panic|whenever you|when you (?:get|have) a (?:chance|moment"
    r"|minute)|these things happen(?!\.? what)|no worries|no problem)\b|不(?:着)?急"
    r"|小问题|有空(?:的话)?|方便(?:的话|时)|不影响使用|没什么大碍",
    re.IGNORECASE,
)
_EXCLAIMED = re.compile(r"[!！]{2,}|(?:[!！][^!！]{0,400}){3}|\b[A-Z]{4,}(?: [A-Z]{2,}){2,}")
_ABOUT_TROUBLE = frozenset({"repeated", "escalation", "blame", "sarcasm"})
_ALONE = frozenset({"displeasure", "sarcasm"})
_WITH_FAULT = frozenset({"threat", "harm"})
_REPROACH = frozenset({"repeated", "broken_promise", "escalation", "blame"})
_NEAR_PROBLEM = 0.15  # a word of trouble, and nothing that was taken for a grievance
_NOTHING, _ASKS, _EACH_ASK, _PROBLEM, _COMPLAINT = 0.02, 0.05, 0.01, 0.2, 0.3


def speaks_of_trouble(text: str) -> bool:
    """Tell whether a newly written text shows displeasure, harm, a threat or sarcasm as a whole."""
    return any(s.reason in _ALONE | _WITH_FAULT and s.pattern.search(text) for s in _SIGNS)


def weigh(text: str, points: tuple[Point, ...]) -> tuple[bool, float, str]:
    """Tell whether a newly written text is a complaint, how serious it is from 0 to 1, and its first sign.

    A complaint needs displeasure or sarcasm; or a fault together with a threat or harm; or a fault held against us; or
    many faults. A fault told calmly is a problem. The words decide: the trained model's ear for tone, tried here, took
    calm reports of a fault for complaints.
    """
    sentences = [s.text for s in split_sentences(text)]
    troubled = [s for s in sentences if names_fault(s) or is_mood(s)]
    grievances = sum(p.kind is PointKind.GRIEVANCE for p in points)
    told = "\n".join(troubled)
    # Signs that are ordinary words elsewhere count only where trouble is told.
    signs = [s for s in _SIGNS if s.pattern.search(told if s.reason in _ABOUT_TROUBLE - {"sarcasm"} else text)]
    reasons = [s.reason for s in signs]
    calm = _CALM.search(text) is not None
    # Beside a reproach a known word of trouble is enough, even where the model takes the statement for no Point.
    faulty = max(
        grievances, sum(names_fault(s) and not (is_effect(s) or is_threat(s) or is_mood(s)) for s in sentences)
    )
    if not _is_complaint(set(reasons), faulty, faults=bool(troubled), calm=calm):
        asks = len(points) - grievances
        if grievances:
            return False, round(_PROBLEM + 0.02 * min(grievances, 4), 2), "problem"
        if faulty:
            return False, _NEAR_PROBLEM, "problem"
        urgent = 0.02 * ("deadline" in reasons)
        return False, round(_ASKS + _EACH_ASK * min(asks, 4) + urgent if asks else _NOTHING, 2), "calm"
    # Each sign takes its part of what is left to the top, so that more signs always weigh more.
    left = 1 - _COMPLAINT
    for sign in signs:
        left *= 1 - sign.weight
    left *= 0.97 ** min(grievances, 4)
    if _EXCLAIMED.search(text):
        left *= 0.95
    return True, round(1 - left, 2), reasons[0] if reasons else "problem"


def _is_complaint(reasons: set[str], grievances: int, *, faults: bool, calm: bool) -> bool:
    if reasons & _ALONE and (faults or grievances or "displeasure" in reasons):
        return not (calm and reasons & _ALONE == {"sarcasm"} and grievances < 2)
    if reasons & _WITH_FAULT and faults:
        return True
    if calm:
        return grievances >= 4
    against_us = reasons & _REPROACH
    return (grievances > 0 and (len(against_us) >= 2 or bool(against_us - {"escalation"}))) or grievances >= 4
