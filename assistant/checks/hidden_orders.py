"""Signs that a text gives orders to an assistant instead of speaking to a person, hidden text included.

No detector sees an attack that reads like an ordinary request; the defence against those is that recipients, links
and promises never come from a client's text. This one finds what speaks to a machine.
"""

import base64
import binascii
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0e\ufeff"
    "\U000e0000-\U000e0fff]"
)
_INSIDE_WORD = re.compile("[a-zA-Z\u4e00-\u9fff][\u00ad\u200b\u200c\u2060\ufeff]{1,8}[a-zA-Z\u4e00-\u9fff]")
_TAG_LETTERS = re.compile("[\U000e0020-\U000e007e]{4,}")
_MIXED_WORD = re.compile("[A-Za-z\u0370-\u03ff\u0400-\u04ff]{3,40}")
_LATIN = re.compile("[A-Za-z]")
_LOOK_ALIKE = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
_FOLDED_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһԛѡқгпктвнмАВЕКМНОРСТУХІЈЅαορνικτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhqwkrnktbhmABEKMHOPCTYXIJSaopvikTuxABEZHIKMNOPTYX",
)
_HIDING_STYLE = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|font-size\s{0,3}:\s{0,3}0(?:px|pt|"
    r"em)?\b|opacity\s{0,3}:\s{0,3}0\b"
    r"|color\s{0,3}:\s{0,3}(?:white|#fff(?:fff)?)\b",
    re.IGNORECASE,
)

_COMMENT = re.compile(r"<!--|-->")
_SPACED_OUT = re.compile(
    r"(?<![^\s])(?:[A-Za-z](?: {1,3}|\t)){7,400}[A-Za-z](?![^\s.,!?:;])"
    r"|(?:[\u4e00-\u9fff][ \u3000]{1,3}){6,400}[\u4e00-\u9fff]"
)
_ENCODED = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{24,4000}={0,2}(?![A-Za-z0-9+/=_-])")

_GAP = r"[^.!?。！？\n]"


def _signs(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


_OVERRIDE = _signs(
    r"(?<!not )(?<!n't )(?<!never )\b(?:ignore|disregard|forget|override|bypass|discard|drop|skip|set aside|"
    r"do not follow|don't follow|stop following)\b"
    r"(?! (?:my|our|this|that|his|her)\b)"
    + _GAP
    + r"{0,40}?\b(?:previous|earlier|prior|preceding|above|before|existing|other|all|any|your|system|safety)\b"
    + _GAP
    + r"{0,30}?\b(?:instructions?|rules?|prompts?|guidelines?|directions?|directives?|commands?|orders?|"
    r"constraints?|policy|policies|safeguards?|restrictions?)\b",
    r"(?<!not )(?<!n't )(?<!never )\b(?:ignore|disregard|forget|override|bypass|discard)\b (?:the "
    r"|all |any |all the |every )?"
    r"(?:instructions?|rules?|prompts?|guidelines?|directions?|directives?|commands?"
    r"|constraints?|everything|anything|what)\b"
    + _GAP
    + (
        r"{0,20}?\b(?:above|so far|before (?:this|that)|(?:you|that) (?:were|was|have been"
        r"|had been|are) (?:given|told|taught|instructed))\b"
    ),
    r"(?:忽略|无视|忘记|忘掉|抛开)(?:掉)?你"
    + _GAP
    + r"{0,16}?(?:得到|收到|被告知|学到)的(?:一切|所有|全部)?(?:要求|指令|指示|规则|设定)",
    r"(?<!不要)(?<!别)(?<!勿)(?<!不能)(?<!没有)(?:忽略|无视|忘记|忘掉|抛开|放弃|不(?:要"
    r"|用|必)?(?:理会|遵守|管|遵循)|跳过|覆盖|绕过)(?!我|这)"
    + _GAP
    + r"{0,14}?(?:之前|以上|以前|先前|此前|前面|上述|上文|原有|原来|现有|所有|全部|一切|任何|系统|你的|您的)"
    + _GAP
    + r"{0,10}?(?:指令|指示|命令|规则|提示词?|设定|要求|限制|约束|准则|规定|策略)",
)
_MACHINE = _signs(
    r"\b(?:ai|a\.i\.|automated|virtual|digital|language|llm|large language)[ -](?:assistants?|agents?|"
    r"models?|systems?|tools?|readers?|bots?)\b",
    r"\b(?:llms?|chatbots?|chat ?gpt|copilots?|gpt-?\d?|claude|gemini)\b",
    r"\b(?:assistants?|bots?|agents?|models?|ais?)\b(?= (?:reading|processing|summari[sz]ing|handling|"
    r"that read|who read|drafting|writing|answering|replying))",
    r"\b(?:if|when|since|as) you(?: a|')re? (?:an? )?(?:ai|llm|language model|assistant|bot|model)\b",
    r"(?:\A|\n|<!--|[\[(\"“#>])[>#\s]{0,8}(?:hey |dear |to |attention,? |note to )?(?:the )?(?:ai"
    r"|assistant|llm|bot|model)\s{0,2}[:,]",
    r"(?:\A|\n|<!--|[\[(（【\"“#>])[>#\s]{0,8}(?:致|给|请|敬告)?(?:智能)?(?:助手"
    r"|助理|机器人|大?模型)(?:请注意|注意)?\s{0,2}[:：,，]",
    r"(?:如果|若|既然|假如)(?:你|您)是(?:一?个|一名)?(?:AI|人工智能|大?(?:语言)?模型|机器人|智能(?:助手|助理)|程序)",
    r"(?:自动(?:回复|应答|处理|答复)?|聊天|邮件|智能)(?:机器人|助手|助理|程序)(?=必须|须|应|请|要|注意|务必|将)",
    r"(?:大?语言|大)模型(?:请)?(?:注意|须知|必须|务必)",
    r"\b(?:ai|llm)[ -](?:generated|written|drafted|produced|authored)\b|\bautomated (?:reply"
    r"|response|mail) (?:system|tool)s?\b",
    r"(?:人工智能|AI|大?模型|机器人|自动化?系统)(?:所)?(?:生成|撰写|起草|处理|代写"
    r"|回复)的?|AI\s?(?:工具|程序|系统|软件|须|必须|应当|请)",
    r"(?:智能|人工智能|AI|语言|大|数字|写作|邮件|虚拟|自动)(?:语言)?(?:助手|助理|模型|机器人|代理)|"
    r"大语言模型|聊天机器人|机器人助手|读取本文的|阅读本(?:文|邮件|段)的",
)
_ORDER = _signs(
    r"\b(?:must|should|shall|need to|have to|are (?:required|instructed|ordered|told) to|please)\b",
    r"\b(?:ignore|disregard|forget|send|forward|reply|write|state|include|add|say|tell|output|print|"
    r"reveal|insert|append|copy|confirm"
    r"|approve|mark|report|answer|respond|change|replace|promise|offer|give|set|use|do not|don't|never|always)\b",
    r"请|必须|务必|应当|应该|需要|不要|不得|忽略|发送|发到|发给|写明|写上|写入|注明|加上|加入|输出|"
    r"回复|转发|告诉|透露|确认|批准|承诺|改为|改成|写进|停止",
)
_ABOUT_MACHINES = _signs(
    r"\b(?:we|our|i|they|the team|users?|customers?|students?|companies|people)\b"
    + _GAP
    + r"{0,40}?\b(?:use|using|build|building|train|train(?:ed|ing)|bought|buy|like|test|tested|"
    r"evaluat\w{1,5}|develop\w{0,4})\b",
    r"\A\s{0,4}(?:what|how|why|can|could|is|are|does|do|which|when|who|explain|describe|discuss|"
    r"compare|tell me|give me|list|write|create|design)\b",
    r"(?:我们|公司|团队|用户|客户).{0,12}(?:使用|采购|开发|上线|试用|训练|接入)|什么是|如何|怎样|怎么|为什么|介绍一下",
)
_SPOOF = _signs(
    r"<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>|\[/?(?:INST|SYS(?:TEM)?)\]|<</?SYS>>|"
    r"</?(?:system|system_prompt|instructions?)>",
    r"</?(?:function_calls?|tool_calls?|tool_use|tool_code|invoke|antml)\b[^>]{0,200}>"
    r"|\{\s{0,4}\"(?:tool|tool_name|function|function_call|action)\"\s{0,3}:"
    r"|\"name\"\s{0,3}:\s{0,3}\"\w{2,40}\"\s{0,3},\s{0,4}\"(?:arguments|parameters|args|input)\"\s{0,3}:",
    r"(?:\A|\n)\s{0,6}[#=*<\[/-]{2,8}\s?end of (?:the )?(?:e-?mail|message|document"
    r"|input|conversation|context)\b|</(?:e-?mail|邮件|message|document)>"
    r"|(?:\A|\n)\s{0,6}[#=*-]{2,8}\s?(?:邮件|正文|消息|内容|输入)(?:到此)?结束",
    r"(?:\A|\n)\s{0,6}[#*\[]{1,4}\s?(?:system|new|updated?|override|admin(?:istrator)?|"
    r"developer)\s?(?:prompt|message|instructions?|override|mode|note)\b",
    r"(?:\A|\n)\s{0,6}(?:system|developer)(?: prompt| message)?\s{0,2}[:>]",
    r"(?:\A|\n)\s{0,6}[#*=\s]{0,6}(?:[【\[]\s?(?:系统(?:提示词?|指令|消息|通知|提示)?"
    r"|新(?:的)?指令|管理员(?:指令)?|开发者模式)\s?[】\]]"
    r"|(?:系统(?:提示词?|指令|消息)?|新(?:的)?指令|管理员指令|开发者模式)\s{0,2}[:：])",
    r"\b(?:end|begin|start) of (?:the )?(?:system prompt|instructions|user (?:input|message|mail))\b",
    r"\bnew (?:system )?instructions?\s{0,2}(?:follow|:|for (?:the|you|all) )",
)
_PROBE = _signs(
    r"\b(?:reveal|print|repeat|show|output|display|disclose|leak|quote|give me|tell me)\b"
    + _GAP
    + r"{0,30}?\b(?:(?:your|the|its) (?:system |initial |hidden |original |secret )?(?:prompt|"
    r"instructions)|system prompt)\b",
    r"(?:输出|显示|透露|泄露|重复|告诉我|打印|公开|复述)"
    + _GAP
    + r"{0,10}?(?:系统提示|提示词|系统指令|你的(?:指令|设定|规则)|初始指令)",
    r"把(?:你的|您的)?"
    + _GAP
    + r"{0,8}?(?:系统提示|提示词|系统指令|隐藏指令|初始指令|内部指令)"
    + _GAP
    + r"{0,12}?(?:输出|显示|发|列|告诉|复述|贴|打印|公开)",
)
_CONCEAL = _signs(
    r"\b(?:do not|don't|never|without)\s(?:mention|mentioning|tell|telling|reveal|revealing|disclose|"
    r"disclosing|show|refer|quote|say)\b"
    + _GAP
    + r"{0,30}?\b(?:this (?:paragraph|message|instruction|note|line|text|request|sentence)|"
    r"these (?:instructions|lines)|the (?:user|human|operator|sender|project manager|reviewer)|"
    r"to (?:anyone|anybody|the user))\b",
    r"(?:不要|不得|不能|请勿|切勿|别)(?:向|对|跟|和)?"
    + _GAP
    + r"{0,8}?(?:提及|提到|告诉|透露|说明|显示|引用|告知)"
    + _GAP
    + r"{0,8}?(?:本段|这段|此段|本条|这条|此指令|上述内容|用户|使用者|审核人|项目经理|任何人)",
    r"(?:不要|不得|请勿)(?:让|被)(?:用户|使用者|人类|审核人|项目经理)(?:知道|发现|看到)",
)
_ROLE = _signs(
    r"\b(?:you are now|from now on,? you(?: are| will| must)?|pretend (?:to be|you are) (?:an? |"
    r"the )?(?:ai|llm|model|assistant|system|admin|unrestricted|human operator)|"
    r"act as (?:if you (?:are|were)|an? (?:unrestricted|uncensored|different|new|admin|root|dan)))\b",
    r"\b(?:developer|god|dan|jailbreak|debug|admin|maintenance) mode\b|\bdo anything now\b",
    r"\byour (?:new|real|true|actual|only) (?:task|instructions?|job|role|goal|purpose|objective)\b|"
    r"\bnew (?:task|role) for you\b",
    r"你现在(?:是|扮演|的身份)|从现在(?:开始|起)[,，]?你|(?:开发者|越狱|调试|管理员|上帝)模式|你(?:新|"
    r"真正|唯一)的(?:任务|身份|角色|指令|目标)|假装你是",
)
# The machine is spoken to, or spoken of, as the one that reads or answers this very mail.
_READER = _signs(
    r"\b(?:assistants?|bots?|agents?|models?|ai|ais|llms?|systems?|tools?)\b(?: (?:that"
    r"|which|who))?(?: (?:is|are|will be|may be))?(?: currently| now)?"
    r" (?:reading|reads?|processing|process(?:es)?|handling|handles?|drafting|drafts?"
    r"|writing|writes?|answering|answers?|summari[sz](?:ing|es?))"
    r" (?:this|the (?:reply|response|answer|mail|e-?mail|message)|my|our|your)",
    r"\b(?:this|the) (?:e-?mail|message|text|mail) is (?:being )?(?:read|processed"
    r"|handled|answered|summari[sz]ed) by (?:an? )?(?:automated|ai|llm|language model"
    r"|bot|assistant|machine|software)",
    r"\b(?:ai|llm)[ -](?:generated|written|drafted) (?:repl|respon|answer|message|mail|e-?mail|draft|text)",
    r"(?:阅读|读到|读取|处理|负责|撰写|起草|回复|总结)"
    + _GAP
    + r"{0,10}?的(?:AI|人工智能|(?:智能)?(?:助手|助理)|大?模型|机器人|系统)",
    r"(?:由|被|经)(?:AI|人工智能|自动(?:化)?系统|大?模型|机器人|智能助手)(?:自动)?(?:处理|生成|撰写|起草|阅读|回复)",
)
_WHILE_WRITING = _signs(
    r"\b(?:when|while|before|after) (?:you (?:are )?)?(?:generat|draft|compos|produc"
    r"|formulat)(?:e|ing) (?:the|your|a|an|any) (?:response|reply|answer|summary"
    r"|draft|output)\b",
    r"(?:生成|输出)(?:回复|回信|回答|摘要|草稿|答复)(?:时|前|后)",
)
_DECODE = _signs(
    r"\b(?:decode|decrypt|unscramble)\b" + _GAP + r"{0,40}?\b(?:follow|execute|obey|carry out|do (?:what|as)|act on)\b",
    r"(?:解码|解密)" + _GAP + r"{0,8}?(?:照做|执行|照办|遵照|按(?:其|照))",
)
_FAVOUR = _signs(
    r"\b(?:favou?r|wonderful|grateful|kind(?:ly)?|if it could|could it|comply|required"
    r"|have to|skip)\b|拜托|劳烦|就好|即可|须|跳过|直接",
)
_THRESHOLD = 1.0


@dataclass(frozen=True, slots=True)
class Order:
    """Where a text speaks to an assistant, and why it was taken so."""

    start: int
    end: int
    reason: str


@lru_cache(maxsize=512)
def find_orders(text: str) -> tuple[Order, ...]:
    """Find the places where a text gives orders to an assistant; spans are of the text as given. Never raises."""
    plain, origin = _closed_up(*_visible(text))
    orders: list[Order] = []
    for start, end in _stretches(plain):
        stretch = plain[start:end]
        weight, reason = _weigh(stretch, plain[max(0, start - 300) : start])
        given = text[origin[start] : origin[end - 1] + 1]
        if weight and _hides(given):
            weight, reason = weight + 0.6, reason + " hidden"
        elif len(_INSIDE_WORD.findall(given)) > _STRAY and _ORDER.search(stretch):
            weight, reason = _THRESHOLD, "hidden"
        if weight >= _THRESHOLD:
            orders.append(Order(origin[start], origin[end - 1] + 1, reason.strip()))
    orders.extend(Order(m.start(), m.end(), "hidden") for m in _TAG_LETTERS.finditer(text))
    orders.extend(Order(m.start(), m.end(), "encoded") for m in _ENCODED.finditer(text) if _speaks(m[0]))
    return tuple(sorted(orders, key=lambda o: (o.start, o.end)))


def hidden_text(text: str) -> tuple[tuple[int, int], ...]:
    """Find words with invisible characters inside, or written with letters of another script that look the same."""
    spans = [m.span() for m in _INSIDE_WORD.finditer(text)]
    spans += [m.span() for m in _TAG_LETTERS.finditer(text)]
    spans += [m.span() for m in _MIXED_WORD.finditer(text) if _LATIN.search(m[0]) and _LOOK_ALIKE.search(m[0])]
    return tuple(sorted(set(spans)))


def _hides(text: str) -> bool:
    return bool(hidden_text(text)) or _HIDING_STYLE.search(text) is not None or _COMMENT.search(text) is not None


def _speaks(encoded: str) -> bool:
    """Tell whether what looks like Base64 holds a text that orders something."""
    try:
        words = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return False
    if sum(c.isalpha() or c.isspace() for c in words) < 0.8 * len(words):
        return False
    return any(_weigh(words[b:e], "")[0] > 0 for b, e in _stretches(words))


def _visible(text: str) -> tuple[str, list[int]]:
    """Give the text as an eye would read it, with each character's place in the original."""
    out: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text):
        if "\U000e0020" <= letter <= "\U000e007e":
            letter = chr(ord(letter) - 0xE0000)  # noqa: PLW2901 - a tag letter stands for an ASCII one
        elif _INVISIBLE.match(letter):
            continue
        elif letter > "\x7f":
            letter = unicodedata.normalize("NFKC", letter).translate(_FOLDED_LOOK_ALIKES)  # noqa: PLW2901
        out.append(letter)
        origin.extend([place] * len(letter))
    return "".join(out), origin


def _closed_up(plain: str, origin: list[int]) -> tuple[str, list[int]]:
    """Close up words that were written l e t t e r by letter."""
    out: list[str] = []
    places: list[int] = []
    position = 0
    for run in _SPACED_OUT.finditer(plain):
        out.append(plain[position : run.start()])
        places.extend(origin[position : run.start()])
        place = run.start()
        while place < run.end():
            gap = place
            while gap < run.end() and plain[gap].isspace():
                gap += 1
            if gap - place > 1 and plain[gap].isascii():
                out.append(" ")
                places.append(origin[place])
            if gap < run.end():
                out.append(plain[gap])
                places.append(origin[gap])
            place = gap + 1
        position = run.end()
    out.append(plain[position:])
    places.extend(origin[position:])
    return "".join(out), places


_CUT = re.compile(r"(?<=[.!?。！？])\s{1,4}|(?<=[。！？])|\n{1,4}\s{0,40}(?=\n|[A-Z#\[【<*>-]|\Z)|\n{2,}")
_LONGEST = 1_200
_STRAY = 2  # so many invisible characters inside words may come from a careless editor


def _stretches(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences, roughly and in linear time; nothing longer than a paragraph."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for cut in _CUT.finditer(text):
        spans.append((begin, cut.start()))
        begin = cut.end()
    spans.append((begin, len(text)))
    short = [(b, min(b + _LONGEST, end)) for start, end in spans for b in range(start, end, _LONGEST)]
    return [(start, end) for start, end in short if text[start:end].strip()]


def _weigh(stretch: str, before: str) -> tuple[float, str]:
    """Add up the signs of one sentence; the sentences before it may have named the assistant."""
    weight = 0.0
    reasons: list[str] = []

    def add(amount: float, reason: str) -> None:
        nonlocal weight
        weight += amount
        reasons.append(reason)

    asks_about = _ABOUT_MACHINES.search(stretch) is not None
    names_machine = _MACHINE.search(stretch) is not None
    named_before = _MACHINE.search(before) is not None
    if _OVERRIDE.search(stretch):
        add(0.6 if asks_about else 1.0, "override")
    if names_machine and _ORDER.search(stretch) and not asks_about:
        add(0.7, "machine")
    if _SPOOF.search(stretch):
        add(1.0, "spoof")
    if _PROBE.search(stretch):
        add(1.0, "probe")
    if _CONCEAL.search(stretch):
        add(1.0 if names_machine or named_before else 0.6, "conceal")
    if _ROLE.search(stretch):
        add(0.6 if asks_about else 1.0, "role")
    if _READER.search(stretch) and not asks_about and (_ORDER.search(stretch) or _FAVOUR.search(stretch)):
        add(1.0, "reader")
    if _WHILE_WRITING.search(stretch) and _ORDER.search(stretch):
        add(0.4, "writing")
    if _DECODE.search(stretch):
        add(1.0, "decode")
    if "machine" in reasons and re.search(r"[:：】]|^.{0,60}[,，]", stretch):
        add(0.3, "address")
    return weight, " ".join(reasons)
