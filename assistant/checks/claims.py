"""What a sentence does: states something that needs proof, or greets, thanks, asks, proposes, promises."""

import re
from enum import StrEnum
from functools import lru_cache

from assistant.checks.gap import gap_spans


class Role(StrEnum):
    """What a sentence is for. Only CLAIM needs a source; a PROMISE needs backing; the rest needs neither."""

    CLAIM = "claim"
    PROMISE = "promise"
    GREETING = "greeting"
    CLOSING = "closing"
    THANKS = "thanks"
    APOLOGY = "apology"
    EMPATHY = "empathy"
    QUESTION = "question"
    REQUEST = "request"
    PROPOSAL = "proposal"
    FRAME = "frame"
    GAP = "gap"


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


_GREETING = _any(
    r"\A(?:dear|hi|hello|hey)\b[^.!?]{0,80}[,:;!.]?\Z",
    r"\Agood (?:morning|afternoon|evening|day)\b[^.!?]{0,60}[,:!.]?\Z",
    r"\A[^。！？，,]{0,30}[，,]?\s?(?:您好|你好|大家好|各位好|上午好|下午好|早上好|晚上好)[，,:：。!！]?\Z",
    r"\A尊敬的[^。！？]{1,30}[:：,，]?\Z",
)
_CLOSING = _any(
    r"\A(?:with )?(?:kind|best|warm|many|my)?\s?(?:regards|wishes|thanks)[,.!]?\Z",
    r"\A(?:yours|sincerely|cheers|respectfully)\b.{0,20}\Z",
    r"\A(?:顺祝|顺颂|此致|敬礼|祝好|即颂|敬上|谨启|祝您?|敬祝)[^。]{0,16}[。!！]?\Z",
)
_THANKS = _any(
    r"\A(?:and |so |once again,? |again,? |first(?: of all)?,? )?(?:many |sincere )?(?:thank you|thanks)\b",
    r"\b(?:we|i) (?:really |very much |greatly |truly )?appreciate\b",
    r"\b(?:we are|we're|i am|i'm) (?:very |really |most )?grateful\b",
    r"\A(?:首先|再次|非常|衷心|真诚|十分|也)?[,，]?(?:非常|衷心|十分)?(?:感谢|谢谢|多谢)",
    r"[，,](?:我们?)?(?:非常|十分|深表)?感谢[。!！]?\Z",
)
_APOLOGY = _any(
    r"\bsorry\b",
    r"\bapolog(?:y|ies|ise|ises|ised|ize|izes|ized)\b",
    r"\b(?:we|i) (?:deeply |very much |sincerely |truly )?regret\b",
    r"抱歉|对不起|致歉|道歉|歉意|不好意思|过意不去",
)
_EMPATHY = _any(
    r"\A(?:we|i)(?: can| do| fully| completely| very well| quite){0,2} (?:understand|see|realise|realize|recognise"
    r"|recognize|hear|share|acknowledge|take (?:this|your|it|what))\b",
    r"\Ayou (?:are|were|'re) (?:quite |absolutely |completely )?right\b",
    r"\byou (?:should|ought to) (?:not )?(?:have|be)\b|\byou had every (?:right|reason)\b",
    r"\b(?:this|that|it) (?:should not|shouldn't|ought not to) have happened\b",
    r"\A(?:我们?|本人)?(?:能|很|也|都|完全|非常|十分|充分|深深)?(?:理解|明白|体谅|清楚|体会|知道|"
    r"重视)(?:到)?(?:您|你|贵|这|此)",
    r"您(?:说得|说的)?(?:很|完全)?(?:对|是对的|有道理)[。,，!！]|(?:不该|不应该?)(?:发生|让您|由您|出现)",
)
_QUESTION = _any(r"[?？]\s*[\"'”’)）]*\Z", r"(?:吗|呢)[。.]?\Z")
_REQUEST = _any(
    r"\A(?:so |and |to that end,? |in the meantime,? |finally,? |for this,? )?(?:please|kindly)\b",
    r"\b(?:could|would|can|will) you\b",
    r"\b(?:let (?:me|us) know|feel free)\b",
    r"\b(?:we|i)(?:'d| would)? (?:need|ask|kindly ask|would ask|require|would need)\b[^.]{0,40}\byou(?:r)?\b",
    r"\A(?:from|what we need from) you\b|\bwe would be grateful\b|\bplease (?:confirm|send|sign|tell|reply|let)\b",
    r"(?:\A|[，,;；:：、。])\s?(?:也|还|烦|恳|敬|特|并|所以|因此)?(?:请(?!假|示)|麻烦|劳烦|烦劳|盼|"
    r"望(?:您|贵)|恳请|敬请|烦请)",
    r"(?:需要|希望|期待)(?:您|贵方|贵司|你们?)|如有(?:任何|其他)?(?:疑问|问题|需要|意见)|(?:随时|"
    r"欢迎)(?:与|和|跟)?(?:我|联系)",
)
_PROPOSAL = _any(
    r"\A(?:so |therefore,? )?(?:we|i)(?:'d| would) (?:like|love|be (?:glad|happy|pleased)) to\b",
    r"\A(?:我们?|所以|因此)?(?:很|也)?(?:想|愿意?|希望)(?:能)?(?:和|与|跟|同)(?:您|贵方|你)",
    r"\b(?:we|i)(?:'d| would)?(?: therefore| also)? (?:propose|suggest|recommend|like to (?:propose|suggest|"
    r"offer))\b",
    r"\b(?:our|my) (?:proposal|recommendation|suggestion)\b|\A(?:one |the \w{1,10} )?option (?:[a-d1-9]\b|is|would)",
    r"\A(?:alternatively|how about|what about|if you (?:agree|prefer|like|wish|want))\b|"
    r"\bwould you (?:prefer|agree)\b",
    r"\A(?:we|i) (?:could|might) (?:also |either |instead )?\w",
    r"\A(?:因此|所以|为此|另外|同时)?[,，]?(?:我们?|我方)?(?:建议|提议|推荐|拟)|"
    r"(?:\A|[，。；：])方案[一二三四甲乙ABCab123](?:是|为|：|:|，|可|即)|(?:如果|若|如)您(?:同意|愿意|认为|觉得|希望)|是否(?:可以|可行|合适)",
)
PROMISE = _any(
    r"\b(?:we|i)(?:'ll| will| shall)(?: \w{2,12}ly| also| then| now| both)? (?!see\b|know more\b|"
    r"be (?:happy|glad|pleased))",
    r"\b(?:we|i)(?: hereby)? (?:promise|guarantee|commit to|undertake to|pledge)\b|\byou have (?:my|our) word\b",
    r"\byou(?:'ll| will| shall)(?: then| also)? (?:have|get|receive|hear|find)\b",
    r"\bwill be (?:sent to you|with you|in your)\b|\b(?:is|are) guaranteed\b",
    r"(?:我们?|我方|本人)(?:[^。！？，,]{0,16})?(?:会(?!议|上)|将(?!近)|一定|保证|承诺|负责)",
    r"我[们方]?[^。！？，,]{0,12}(?:给|向)(?:您|贵方|你)(?:发|提供|答复|回复|报|送)(?![^。，]{0,4}[了过])",
    r"(?:前|内)(?:会|将)?(?:给|向)(?:您|贵方|贵司|你们?)(?![^。，]{0,6}[了过])",
    r"(?:保证|承诺|确保)(?:在|于|您|按|会|不)|(?:发给|提供给|交给|答复|回复|通知)(?:您|贵方|你)(?!的)",
)
_FRAME = _any(
    r"\A(?:here (?:is|are)|below (?:is|are|you)|the following|this (?:mail|message|note|update) (?:is|"
    r"covers|says))\b",
    r"\A(?:以下|下面|现将|现就|兹将|谨就)|(?:如下|汇报如下|说明如下)[:：。]?\Z",
    r"\A[^.。!?！？]{1,60}[:：]\Z",
)

# Between the two who write to each other: what one hopes, reads, wants to talk about. Nothing of the work is stated.
_COURTESY = _any(
    r"\A(?:and |but |so |of course,? |above all,? )?(?:i|we)(?:['’]d| would| do| also| really| very much|"
    r" truly| just){0,2} "
    r"(?:hope|like|love|want(?:ed)?|wish|know(?= (?:this|how|that (?:you|this|it)|it|you))|"
    r"look(?:ing)? forward|value|appreciate|welcome|prefer|aim|try|trust|believe in|"
    r"care|feel|respect|enjoyed) ",
    r"\A(?:i|we)(?:['’]ve| have)(?: now| just| also| carefully){0,2} (?:read|gone through|looked (?:at|"
    r"through)|taken note|noted|"
    r"listened|received|thought about)\b[^.]{0,40}\b(?:message|mail|letter|note|questions?|points?|feedback|"
    r"words|comments?|"
    r"remarks|concerns?|complaint)\b",
    r"\A(?:i|we)(?:['’]m| am|['’]re| are) (?:very |always |quite |more than )?(?:happy|glad|pleased|"
    r"available|here|at your disposal|"
    r"delighted|aware how|confident that we can find)\b",
    r"\A(?:it (?:was|is|has been) (?:very |really |always )?(?:good|nice|great|a pleasure|kind|helpful|"
    r"important to (?:me|us))|"
    r"it (?:matters|means a lot|helps))\b",
    r"\A(?:that|this) (?:is|was) (?:a |an )?(?:very |quite |perfectly )?(?:fair|good|difficult|hard|"
    r"important|reasonable|valid|uneasy|"
    r"unwelcome|understandable|not (?:easy|what you))\b[^.]{0,12}(?:question|point|message|letter|mail|news|"
    r"request|remark|concern|"
    r"to (?:write|read|hear|say|ask))?\b",
    r"\A(?:let (?:us|me)|let['’]s|there is no need to|no need to|have a |enjoy |take your time|feel free)\b",
    r"\A(?:your (?:feedback|patience|trust|time|view|opinion|openness|directness|candour)|my (?:aim|wish|"
    r"hope|intention)|"
    r"a (?:short |quick |brief )?(?:call|chat|meeting|talk))\b(?! (?:on|at) [0-9])",
    r"\Ayou (?:can|may|could) (?:always |also |of course )?(?:reach|call|write to|ring|contact|ask)\b|"
    r"\Ayou (?:deserve|have every right)\b",
    r"\A(?:if|should) (?:anything|something|any of (?:this|it)|you)\b[^.]{0,60}\b(?:ask|call|write|tell me|"
    r"say so|let (?:me|us) know|"
    r"happy|glad|clear)\b",
    r"\A(?:我们?|本人)?(?:也|很|非常|十分|真心|由衷)?(?:希望|期待|盼望|愿意|乐意|珍惜|感恩|尊重|重视|相信|想)(?:能|与|和|在|第一时间|继续|把|"
    r"听|当面|贵|您|我们|亲自|同|一起)",
    r"\A(?:很|非常|十分)(?:想|愿意|乐意|高兴|荣幸|期待)|(?:通话|交谈|见面|沟通|合作)(?:得)?(?:很|非常)?(?:愉快|顺畅|高兴)",
    r"\A(?:这|此|本)(?:封|份|条|则)?(?:信|邮件|消息|来信)[^，。]{0,8}(?:长|短|不好写|难写|意外)|(?:这个|您的|这)问题(?:问得|提得)|"
    r"\A我(?:会)?尽量(?:简短|简单|说清)",
    r"(?:来信|来函|邮件|问题|意见|建议|想法|反馈|看法)(?:我们?|本人)?(?:都|已|已经|均|逐一|一一|仔细|认真){1,3}(?:阅读|看|读|拜读|记|收|了解|听)",
    r"\A您(?:的|提出的|提到的)[^，。]{0,8}(?:意见|建议|反馈|耐心|理解|信任|坦诚|问题|想法)[^，。]{0,8}(?:有帮助|很重要|很宝贵|记下|收到|"
    r"看过|明白)|\A您(?:理应|有权|完全可以)|\A您?(?:可以)?随时",
    r"(?:不必|无需|不用|不急着?)(?:马上|立即|急于|着急)?(?:回复|答复|回信|回电)|(?:打个|通个|约个)(?:电话|会)|"
    r"\A我们?一(?:步一步|起|同)[^，。]{0,10}(?:说|看|谈|聊|想|来)|"
    r"\A这件事[^，。]{0,16}(?:重要性|重要)[^，。]{0,8}|(?:讲|说|谈)清楚[。！]?\Z",
)
_MOST_COURTESY = 90

_ORDER: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.GREETING, _GREETING),
    (Role.CLOSING, _CLOSING),
    (Role.QUESTION, _QUESTION),
    (Role.APOLOGY, _APOLOGY),
    (Role.THANKS, _THANKS),
    (Role.EMPATHY, _EMPATHY),
    (Role.PROPOSAL, _PROPOSAL),
    (Role.REQUEST, _REQUEST),
    (Role.PROMISE, PROMISE),
    (Role.FRAME, _FRAME),
)
# A sentence longer than this is prose about something, whatever its first words are.
_LONGEST = 2_000


@lru_cache(maxsize=8192)
def sentence_role(text: str) -> Role:
    """Tell what a sentence does. English and Chinese; never raises."""
    words = text.strip()
    if gap_spans(words):
        return Role.GAP
    if not any(letter.isalnum() for letter in words):
        return Role.FRAME
    if len(words) > _LONGEST:
        return Role.CLAIM
    return next((role for role, pattern in _ORDER if pattern.search(words)), Role.CLAIM)


@lru_cache(maxsize=8192)
def is_courtesy(text: str) -> bool:
    """Tell whether a short sentence speaks only of the two who write to each other and states nothing of the work."""
    words = text.strip()
    return len(words) <= _MOST_COURTESY and _COURTESY.search(words) is not None
