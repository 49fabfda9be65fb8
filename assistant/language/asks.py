"""Whether a sentence asks its reader to do something or to tell something, in English and Chinese.

Rules decide; where they see nothing in an English sentence, a small trained model may (`asks_model`). The model may
also take back what the rules saw, in the phrases of advertisements and automatic mail ("to unsubscribe, click here").
"""

import re
from functools import lru_cache
from typing import Literal

from assistant.language.asks_model import ask_log_odds
from assistant.language.detect import has_cjk

Ask = Literal["request", "question"]

# Log-odds of the trained model. By itself it says yes above EVEN; where the rules are silent, above LIKELY, and above
# ALONE in a text of one sentence, which was hardly written to ask for nothing. It takes back what the rules saw below
# ADVERTISED in the words of advertisements, below UNLIKELY elsewhere: it learned from old office mail and newsletters.
EVEN = -0.3
LIKELY = 0.8
ALONE = -0.2
ADVERTISED = -1.0
UNLIKELY = -3.5

_LONGEST = 3_000

# Verbs that give an order at the head of a sentence whatever follows, and those that are as often nouns there.
_ORDERS = (
    "send|resend|provide|give|tell|let|make|ensure|arrange|confirm|add|remove|forward|explain|clarify|remember|bring|keep"
    "|put|take|replace|correct|restore|roll|get|find|join|attend|include|delete|submit|prepare|finish|complete|install"
    "|come|stop|set|share|upload|download|attach|adjust|amend|cancel|choose|collect|compare|consider|contact|create"
    "|deliver|describe|discuss|disable|enable|ensure|escalate|extend|fill|follow|go|have|hold|inform|insert|investigate"
    "|involve|leave|look|merge|notify|organi[sz]e|pay|pick|postpone|publish|push|reach|read|rename|reply|reset|resolve"
    "|respond|revert|rewrite|schedule|shorten|show|sort|speak|split|start|swap|switch|talk|translate|try|turn|use|verify"
    "|wait|write|fix|call|update|check|review|move|change|reduce|reverse|repair|refund|raise|lower|drop|spell|sign"
)
_NOUNS_TOO = (
    "answer|book|document|email|e-mail|invite|list|mail|order|phone|plan|print|report|request|return|ring|ship|test|track"
    "|charge|copy|credit|call|update|check|review|move|change|start|stop|fix|sign|drop|look|set|show|read|use|switch|push"
)
_OBJECT = (
    "the|a|an|my|our|your|their|his|her|its|this|these|those|that|it|them|him|us|me|all|any|every|each|both|back|off|up|down"
    "|out|over|to|in|into|with|at|for|on|everything|everyone|somebody|someone|whether|if|how|what|which|when|page|section"
    "|[0-9\"“']"
)
_NOT_AN_ORDER = (
    r"(?:let(?:'s| us see| me (?:be|say|put|just|start|begin|know if (?:you|anything|there)))\b|take care|have (?:a|an)"
    r" (?:\w+ )?(?:good|great|nice|lovely|safe|wonderful|day|weekend|week|evening"
    r"|break|trip)|keep up|get well|come on\b"
    r"|make no mistake|find (?:attached|enclosed|below)|see (?:attached|below|you)"
    r"|feel free|say so|look(?:s|ing) |go figure"
    r"|call me old|have (?:you|i|we|they)\b|read on|leave aside|set aside|start(?:ing"
    r"|ed)|turn(?:s|ed) out|get in touch if"
    r"|contact (?:me|us) (?:if|with any|for any)|try as)"
)
_LEAD = (
    r"(?:(?:and|then|so|but|also|next|first|second|third|finally|lastly|otherwise"
    r"|now|again|therefore|in addition|additionally"
    r"|one more thing|ok|okay|yes|no|well|hi|hello|just|ps|p\.s\.)[,:.]? ){0,2}"
)
_NAME_LEAD = r"(?:@?[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{1,20})?[,:] ){0,1}"


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


_IMPERATIVE = re.compile(
    rf"(?:{_NAME_LEAD})(?i:{_LEAD}(?:do (?!you|we|they|i\b)(?:not )?|don['’]t |never "
    rf"|always |just |also |immediately |kindly )?"
    rf"(?!{_NOT_AN_ORDER})(?:(?:{_ORDERS})(?![\w'’-])(?! (?:is|was|are|were|has|went|of|and)\b|[,:;.!?]? *\Z|,)"
    rf"|(?:{_NOUNS_TOO}) (?:{_OBJECT})(?![\w'’-])|(?:call|ring|phone|roll it back|come back|reply|respond)[.!]?\Z))"
)
_BARE_NOUN = re.compile(
    r"(?:and |so |but )?(?:call|check|review|move|change|start|update|stop|set|show"
    r"|look|order|test|report|plan|list|fix|use|read"
    r"|sign|drop|push|switch|turn|share|return|charge|start) (?:on|for|with|at|in"
    r"|to|of) (?!(?:me|us|it|this|that|the)\b)",
    re.IGNORECASE,
)
_COURTESY = _any(
    r"\bplease (?:do )?(?:find|see|note|accept|excuse|forgive|pardon|enjoy|bear with"
    r"|be (?:aware|advised|informed|assured)"
    r"|don['’]t (?:hesitate|worry|mind)|not hesitate|pass (?:on )?(?:my|our) (?:thanks|regards)|feel free|rest assured"
    r"|give (?:my|our) (?:regards|love|best))\b",
    r"\b(?:do not|don['’]t|never) hesitate\b|\bfeel free\b|\bplease do\b[.!]?\Z",
    r"\b(?:let (?:me|us) know|contact (?:me|us)|get in touch|reach out|call me|give me a (?:call"
    r"|ring)|drop me a line|ask)\b"
    r".{0,30}?\b(?:if|should|with|for) (?:you (?:have|need|require)|there (?:are|is)|any(?:thing)?)\b.{0,30}"
    r"\b(?:questions?|queries|concerns?|help|assistance|clarification|details|unclear"
    r"|else|doubts?|information|problems?|issues?)\b",
    r"\bif (?:you have|there are|anything|something) .{0,60}(?:questions?|queries|unclear|concerns?)\b",
    r"\b(?:hope|trust) (?:this|that|you|the|all)\b(?!.{0,40}\b(?:can|could|will) (?:you|send|provide|give))",
    r"\blook(?:ing)? forward to (?:seeing|meeting|working|the|our|it|next)\b|\bsee you\b|\btalk soon\b",
    r"\bthank(?:s| you) (?:so much |very much |again )?(?:for|in advance)\b(?!.{0,200}[,.;] )",
    r"\A(?:early |late |any |either )?(?:\w+day|tomorrow|next week|time|day|one)(?: \w+){0,3}? (?:would|will|is) "
    r"(?:be |also )?(?:perfect|fine|great|ideal|ok|okay|good|best|suit|do)\b",
    r"\b(?:if you are not the intended recipient|delete (?:it|this (?:e-?mail|message)) and notify)\b",
    r"请(?:您)?(?:查收|知悉|知晓|悉知|放心|稍等|见谅|谅解|原谅|包涵|多包涵|笑纳|留意查收"
    r"|随时联系|体谅|理解|海涵|多指教|多关照|勿(?:回复|怪))"
    r"|(?:如有|有)(?:任何|什么|其他)?(?:问题|疑问|需要|不明)[^。！？]{0,12}(?:请"
    r"|可|欢迎)?(?:随时|及时|直接)?(?:联系|告知|沟通|找我|来电)"
    r"|如需[^。！？]{0,14}(?:请|可)(?:随时|直接)?(?:联系|找|告知)|不好意思|打扰(?:您"
    r"|你|一下|了)|抱歉打扰|见附件|请(?:见|看|参见|查看)附件",
)
_REQUEST_EN = _any(
    r"\bplease\b|\bpls\b|\bplz\b|\bkindly\b",
    r"\b(?:can|could|would|will|won['’]t|can['’]t|couldn['’]t) (?:you|your (?:team"
    r"|people|side|colleagues?)|someone|somebody"
    r"|any(?:one|body)(?: on your side)?|one of you)\b(?! be\b)",
    r"\b(?:can|could|may|might) (?:we|i) (?:please |also |perhaps |maybe )?(?:have"
    r"|get|see|ask you to|request|trouble you|borrow"
    r"|schedule|arrange|set up|move|meet|speak|talk|receive|book|change|postpone|agree|count on)\b",
    r"\b(?:i(?:['’]d| would)|we(?:['’]d| would)) (?:also |really |very much |therefore "
    r"|still |much )?(?:like|want|ask|appreciate"
    r"|expect|prefer|love|need(?! to (?!have|get|see|receive))|be (?:very |most "
    r"|really )?(?:grateful|glad|thankful|happy|pleased|obliged) (?:if|for))\b"
    r"(?! to (?:know|understand|hear (?:why|how|when|what)|learn|see why|thank|say"
    r"|express|congratulate|apologi|point out|add that"
    r"|stress|confirm that|tell|inform|let you|help|share|invite))",
    r"\b(?:i|we) (?:also |really |urgently |still |now |do |must |will |just |only "
    r"|therefore |hereby |kindly |would )?(?:need|want|expect|require|request"
    r"|insist(?: on)?|ask(?! (?:myself|ourselves|why|how|whether))|demand|ask for|suggest|propose|beg)\b"
    r"(?! to (?:know|understand|say|apologi|thank|admit|hear why)| (?:is|was)\b)",
    r"\b(?:i|we) (?:was|were|am|are|['’]m|['’]re)? ?(?:just |really |rather )?(?:hoping"
    r"|counting on you|expecting you|waiting for you to|relying on you)\b"
    r"|\b(?:i|we) hope (?:that )?(?:you|your team|this|it|we) (?:can|could|will)\b",
    r"\b(?:it|that|this)(?:['’]d| would| will) (?:also |really |be )*(?:help|great"
    r"|good|nice|helpful|useful|ideal|perfect|wonderful"
    r"|appreciated|kind|lovely|super|fantastic|best)\b(?! to (?:know|understand|hear (?:why"
    r"|how|when|what|if|whether)))",
    r"\bwould be (?:really |very |much |most )?(?:great|good|nice|helpful|useful"
    r"|ideal|perfect|wonderful|appreciated|lovely)\b"
    r"(?! to (?:know|understand))",
    r"\A(?:also |and )?(?:need|want) (?:the|an?|two|three|your|some|more|[0-9])\b",
    r"\b(?:would|do) you mind\b|\bwould it be (?:possible|ok|okay|alright)\b|\bany chance (?:you"
    r"|of|we|to|that)\b|\bis there any (?:chance|way) (?:you|we|to)\b"
    r"|\b(?:are|would) you (?:be )?(?:able|willing|available|free|so kind)\b(?! to say)"
    r"|\bmight i ask you\b|\bi ask that\b|\bi must ask you\b",
    r"\b(?:make sure|see to it|be sure to|get back to (?:me|us)|give (?:me|us) a (?:call"
    r"|ring)|keep (?:me|us) (?:posted|informed|updated|in the loop)"
    r"|don['’]t forget|do not forget|let (?:me|us) have|send (?:me|us|it|them) (?:back"
    r"|over|the|a|an|your|to)|call me|call us)\b",
    r"\byou (?:should|must|need to|have to|['’]ll need to|will need to|ought to|might want to"
    r"|may want to|could|['’]d)\b(?! (?:have|be (?:aware|proud|pleased|happy)|know)\b"
    r"| see\b)",
    r"\b(?:should|needs? to|has to|have to|must|ought to) (?:not |also |then |all "
    r"|now )?(?:be|have|bring|contain|include|say|read|show|list|mention|use|go|come"
    r"|state)\b"
    r"(?! (?:fine|ok|okay|good|great|able|possible|easy|easier|enough|interesting"
    r"|aware|said|honest|clear that|a pleasure|there|happy|proud|been|had|to)\b)",
    r"\b(?:let['’]s|shall we|why don['’]t (?:we|you)|how about|what about (?:a|meeting|having|we))\b",
    r"\b(?:awaiting|await|look(?:ing)? forward to (?:receiving|your|hearing)) (?:your |from you|a |the )?",
)
_REQUEST_ZH = _any(
    r"(?:\A|[，,;；:：、。\s“\"（(]|也|还|并|再|烦|恳|敬|务必|务|另外?|所以|因此"
    r"|故|特|现|就|需|及时|届时|今后|以后|之后|的话|后|前|内|上|里|中|处|边|，您|，你|贵方|贵司"
    r"|你们|您)"
    r"请(?!假|示|问|教|客|款|求|愿|帖|您知|见附件)",
    r"麻烦(?!很|了|事|多|的|大|不|重重|死|在于|太|更|就)|烦请|劳烦|劳驾|有劳|拜托|恳请|敬请|盼(?:复|回复|尽快)",
    r"(?:还|也|尚|亟|切)?(?:盼|望)(?:贵|您|你|尽快|能|予以|及时|早日|给予)|希望(?:您"
    r"|你|贵|能|可以|尽快|尽早|下次|以后|今后|在|本周|各位|这次|早)|期待(?:贵|您"
    r"|你)(?:方|司|们)?(?:尽快|能|的?回复|给)",
    r"务必|(?:我方|我司|我们|现|特|郑重|强烈|再次)?要求(?:贵|你|您|在|提供|立即|尽快"
    r"|你们|对|给|派|各)|需要(?:贵|你|您|各)(?:方|司|们|位)?|(?:得|要)(?:请|麻烦"
    r"|辛苦)(?:您|你|贵)|辛苦(?:您|你|各位)?(?:把|发|帮|看|确认|提供|安排|给|尽快"
    r"|跟进|更新|补|改|协调|处理)",
    r"(?:能不能|能否|可否|可不可以|是否可以|是否能|能|可以|方便)(?:请|麻烦|让|给"
    r"|帮|把|尽快|先|再|安排|派|发|提供|提前|补|改|加|换|约|协助|协调|一起|抽|写"
    r"|出|开|做|去|来|调|更新|修|处理|支持一下|看|共享|推|延|宽限|降|减|退|换|跟"
    r"|赠|送|优惠|增加|缩短|拉|建|将)",
    r"(?:\A|[，,；;。\s])(?:还|也|再|顺便|另外|先|请|快|赶紧|赶快|尽快|抓紧|立即"
    r"|立刻|马上|麻烦|并|同时|然后|最好|直接|统一|重新|尽早|及时|今后|以后|下次|往后)*"
    r"(?:帮忙|帮我|帮我们|帮着|催|催促|催问|速(?!度)|抓紧|安排(?:个|人|一|专)|把(?!关"
    r"|握)|将(?!来|于|会|在|要)[^，,。]{1,20}(?:发|加|改|换|移|放|删|调|更新|提|给"
    r"|补|转|设|列)|给(?:我|我们|个|一个|出)(?!们?的印象)|发(?:我|给|一份|一下|过来)"
    r"|告诉(?:我|我们)|告知(?:我|我们)?|别再|不要再)",
    r"(?<!已)(?<!了)(?<!会)(?:换成|改成|改为|调成|调到|挪到|换到|去掉|删掉|加粗|标红"
    r"|放到)(?!了)|再[大小高低亮暗粗细长短快慢多少深浅早晚](?:一)?(?:点|些|号|级)",
    r"(?:\A|[，,；;。\s])(?:还|也|再|顺便|另外|先|并|同时|然后|最好|以后|今后)?(?:最好"
    r"|建议|应当|应该|应|须|需|必须|不得|严禁|禁止)(?:能|由|在|按|对|把|将|给|先"
    r"|尽|提|补|改|增|安|立|每|统|明|附|写|注|加|有|是|换|让|你|您|贵)",
    r"(?:挪到|改到|换到|推到|延到|提到)[^，,。？?了]{1,10}(?:哈|吧|呗|哦|噢)?[。~]?\Z|(?<![不需只重主就])要(?!是)[^，,。？?]{1,10}的[。~]?\Z"
    r"|(?:也|还|都|得)要[^，,。？?]{1,12}给我|(?<![了过])(?:给我|寄来|发来|送来|带上|加上|留着)(?:吧|呗|哈)[。~]?\Z",
    r"(?:要|给|讨)(?:一?个|个)?(?:说法|交代|准话|答复|解释|结果|时间表|明确)|拿(?:出"
    r"|个)(?:方案|办法|说法|计划|解决|整改|一个|返工)|我(?:们)?(?:要|想要|需要)(?:看到"
    r"|的是|一[份个]|你|书面|尽快|一个)",
)
# What the writer's own people ask of the writer is no ask of ours.
_OTHERS_ASK = re.compile(
    r"\b(?!you\b)[a-z]{2,20} (?:is|are|was|were|keeps?|kept|has been|have been) (?:all |now |still )?"
    r"asking (?:me|us)\b[^.!?]{0,200}"
    r"|\b(?:rings?|rang|calls?|called|phones?|phoned|writes?|wrote)(?: (?:us|me|in))? to ask\b[^.!?]{0,200}"
    r"|打电话来?问[^。！？，,]{0,60}"
    r"|(?:不(?:要|想|求|在乎|介意|关心|追究)|不管|无论)[^，,。！？?]{0,8}(?:谁|什么|哪|怎么|多少)[^，,。！？?]{0,12}"
    r"|(?:同事|领导|大家|员工|现场|他们|她们|老板|集团|门店|用户)(?:都|一直|天天|也)?在?(?:问|追问|催)我们?[^。！？，,]{0,60}",
    re.IGNORECASE,
)
_TELL = (
    r"(?:tell|explain|say|clarify|advise|let (?:me|us|them) know|inform|enlighten|remind (?:me"
    r"|us)|confirm to (?:me|us))"
)
_WH = r"(?:what|when|why|who|whose|where|how|which|whether|if)"
_QUESTION_EN = _any(
    rf"\A{_LEAD}(?:(?:[\w' -]{{2,60}}[:,] )?(?:what|when|why|who|whose|where|how|which"
    rf"|is|are|was|were|do|does|did|have|has|will|would|can"
    r"|could|should|shall|may|am|isn['’]t|aren['’]t|don['’]t|doesn['’]t|didn['’]t"
    r"|won['’]t|any (?:news|update|idea|word|progress|eta|chance))\b.{0,400}\?)",
    r"\A(?:and |so |but |also,? )?(?:when|why|where|how|what|which|who)(?: (?:date"
    r"|time|day|much|many|long|soon|exactly|else|version|kind|sort|part))? "
    r"(?:can|will|do|does|did|is|are|should|would|could|was|were|has|have)(?: (?:we"
    r"|i|you|they|it|this|that|the|your|our|there)\b|\b.{0,80}\?)",
    r"\b(?:i(?:['’]d| would)|we(?:['’]d| would)|i|we) (?:also |really |just |still )?(?:like"
    r"|want|need|wish|love|would like) to "
    r"(?:know|understand|hear (?:why|how|when|what|if|whether)|learn|see why|find out)\b",
    rf"\b(?:{_TELL[3:-1]}|check|ask|confirm|find out|know|understand|see) (?:(?:to "
    rf"|with |for )?(?:me|us|you|them|please)?,? ?){_WH}\b(?! (?:you|there|anything"
    rf"|any) (?:have|need|are|is) any)",
    rf"\b(?:wonder(?:ing|ed)?|curious|not (?:quite |entirely |really )?(?:sure|clear"
    rf"|certain)|unclear|unsure|don['’]t (?:know|understand)|do not (?:know|understand)"
    rf"|no idea|asking myself"
    rf"|(?:the|my|our|one|another|a|quick|short|same) (?:\w+ )?question (?:is|would be"
    rf"|remains|about|on|regarding)|may i(?: also)? ask|can i(?: also)? ask|i ask) ?,?:? ?(?:about "
    rf"|as to )?{_WH}?\b",
    r"\b(?:reason (?:why|for)|the cause of)\b.{0,60}\?|\bwhat(?:'s| is) (?:the|your) (?:status|plan|reason|eta)\b",
    r"\b(?:nice|good|great|helpful|useful|interesting|interested) to (?:know|understand"
    r"|learn|hear (?:if|whether|when|why|how|what))\b",
)
_QUESTION_ZH = _any(
    r"吗(?!啡)|么[?？]|请问|请教|为什么|为何|为啥|凭什么|怎么(?:回事|办|还|会|没"
    r"|样|解决|处理|算|收|走|做|操作|定|写|理解|不)?|什么时候|啥时候|何时|何日|哪(?:天"
    r"|一天|个|些|里|位|儿|家|种|一|几)"
    r"|谁(?:负责|来|在|跟|定|审|批|去|对|能|做|管|是)|多少|多久|多长|多大|几(?:天"
    r"|号|个|月|点|时|位|次)(?!前|后就)|如何|是否|是不是|有没有(?!人告诉|搞错)|能不能"
    r"|能否|可否|可不可以|行不行|要不要"
    r"|还是[^，,。；;]{1,20}[?？]|啥(?:原因|情况|意思|时)|想(?:了解|知道|问|咨询"
    r"|确认)(?:一下|下)?|(?:不知|不清楚|不确定|不明白)(?:道)?[^，,。]{0,12}(?:是"
    r"|能|会|可|有|怎|什|哪|何|多|下)|咨询(?:一下|下)|什么(?:原因|情况|意思|进展"
    r"|问题|标准|流程|方式)"
)
_TELL_ZH = re.compile(
    r"(?:告知|告诉|说明|解释|回复|答复|明确|确认|透露|讲|说)(?:一下|我们|我|贵方)?[^，,。]{0,24}(?:吗"
    r"|为什么|为何|何时|什么时候|哪|谁|多少|多久|如何|是否|怎么|原因)|告知|解释一下"
)
_ABILITY_ZH = re.compile(
    r"(?:系统|平台|软件|产品|接口|功能|模块|设备|方案|版本|App|APP|数据|合同|报价"
    r"|那边|这边)[^，,。?？]{0,6}(?:能否|能不能|可否|可不可以|是否|能|可以|支持)"
)
_ADVERTISEMENT = re.compile(
    r"\b(?:click|unsubscribe|free|offers?|sign up|download|subscri\w{2,6}|mailing"
    r"|browser|apps?|link|address book|newsletter|apply|shop|save"
    r"|deals?|coupons?)\b|\$LINK|https?:",
    re.IGNORECASE,
)
_OWN_PLAN = re.compile(r"(?:and |so |but |then )?(?:i|we)(?:['’](?:ll|d|m|re|ve))?\b", re.IGNORECASE)
_WHEN_ZH = re.compile(
    r"(?:什么时候|啥时候|何时|哪(?:一)?天|几(?:号|点|时)|多久)[^，,。]{0,12}(?:[?？吗呢]|\Z|能|可以|会|给|到|完|上|好)"
)
_MOVE_ZH = re.compile(r"(?:请|麻烦|烦请|务必|希望)[^，,。]{0,8}(?:安排|提供|列出|给出|发|提交|确定)")
_ASKS = re.compile(r"[?？]\s{0,3}[\"'”’)）~～!！?？]{0,6}\Z")
_POLITE_EN = re.compile(
    rf"(?:{_NAME_LEAD})(?i:{_LEAD}(?:please[, ]+)?(?:can|could|would|will|won['’]t"
    rf"|can['’]t|couldn['’]t) (?:you|your|someone|somebody|any(?:one|body)|one of you)\b)"
    r"|(?i:\bplease\b|\bwould you mind\b|\bwould it be (?:possible|ok)|\b(?:can|could"
    r"|may) (?:we|i) (?:please |also )?(?:have|get|ask you to)\b|\bany chance\b|\bis there any (?:chance"
    r"|way) you\b)"
)
_TELL_EN = re.compile(
    rf"\b(?:can|could|would|will|may|please|kindly|to)\b.{{0,30}}?\b{_TELL}\b(?! (?:me"
    rf"|us) have)|\b(?:let (?:me|us|them) know|{_TELL} (?:me|us|them))\b",
    re.IGNORECASE,
)


def rule_ask(sentence: str) -> Ask | None:
    """Tell by rules alone whether a sentence asks to do (`request`) or to tell (`question`) something, or neither.

    Courtesies ("let me know if you have questions", 请查收) ask for nothing. Never raises.
    """
    words = sentence.strip()
    if len(words) < 3 or len(words) > _LONGEST:
        return None
    rest = _OTHERS_ASK.sub(" ", _COURTESY.sub(" ", words))
    marked = _ASKS.search(rest) is not None
    chinese = _chinese_ask(rest, marked=marked) if has_cjk(rest) else None
    return chinese or _english_ask(rest, marked=marked)


def _chinese_ask(words: str, *, marked: bool) -> Ask | None:
    if _WHEN_ZH.search(words) and not _MOVE_ZH.search(words):
        return "question"
    requested = _REQUEST_ZH.search(words) is not None
    wondered = _QUESTION_ZH.search(words) is not None
    if requested and (_TELL_ZH.search(words) or "请问" in words or _ABILITY_ZH.search(words)) and (wondered or marked):
        return "question"
    if requested:
        return "request"
    return "question" if wondered or marked else None


def _english_ask(words: str, *, marked: bool) -> Ask | None:
    wondered = _QUESTION_EN.search(words) is not None
    ordered = _IMPERATIVE.match(words) is not None and not _BARE_NOUN.match(words)
    requested = ordered or _REQUEST_EN.search(words) is not None
    if requested and wondered and _TELL_EN.search(words):
        return "question"
    if requested and not (marked and wondered and not ordered and not _POLITE_EN.search(words)):
        return "request"
    return "question" if wondered or marked else None


def find_ask(sentence: str, *, alone: bool = False) -> Ask | None:
    """Tell whether a sentence asks for something: rules, and in English the trained model where they are silent.

    `alone` says that the sentence is a whole text. In a longer one what the writer will do ("I will call you") is none.
    """
    found = rule_ask(sentence)
    if not _is_english(sentence):
        return found
    words = sentence.strip()
    odds = ask_log_odds(words)
    if found:
        floor = ADVERTISED if _ADVERTISEMENT.search(words) else UNLIKELY
        return found if odds > floor else None
    if odds <= (ALONE if alone else LIKELY) or _COURTESY.search(words) or (not alone and _OWN_PLAN.match(words)):
        return None
    return "question" if _ASKS.search(words) else "request"


def asks_for_something(sentence: str) -> bool:
    """Tell whether one sentence that is a text of its own asks its reader for an action or an answer."""
    return find_ask(sentence, alone=True) is not None


@lru_cache(maxsize=2048)
def _is_english(sentence: str) -> bool:
    return not has_cjk(sentence) and sum(letter.isascii() and letter.isalpha() for letter in sentence) >= 2
