"""The Points of a client's message: each grievance, question or request, the smallest span answerable by itself."""

# ruff: noqa: SIM905 - a list of words, read more easily as running text

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.checks.clauses import Clause, clauses, tells_fault
from assistant.checks.grievances import apologises, is_effect, is_mood, is_threat, may_be_fault, names_fault
from assistant.checks.seriousness import speaks_of_trouble
from assistant.domain.facts import FactKind
from assistant.domain.inbound import Point, PointKind
from assistant.language.asks import rule_ask
from assistant.language.detect import has_cjk
from assistant.language.facts import extract_facts
from assistant.language.sentences import SentenceSpan, split_sentences

_LONGEST = 3_000
_PHONE_LINE = 44  # columns; what a mail program wraps is longer
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? "
_NAME = r"[A-Z\u00c0-\u00de][\w'’\u00c0-\u024f-]{1,20}"
_ZH_NAME = (
    r"(?:[小老阿][\u4e00-\u9fff]|[\u4e00-\u9fff]{1,3}(?:总监|总经理|经理|主任|老师|工"
    r"|总|先生|女士|小姐|主管|科长|处长|院长|部长|哥|姐)|[\u4e00-\u9fff]{2,3})"
)
_GREETED = re.compile(
    rf"(?:(?i:dear|hi|hello|hey|good (?:morning|afternoon|evening)|morning)\s+)(?P<name>(?:{_TITLE})?{_NAME}(?:"
    rf" {_NAME})?|(?i:all|team|everyone|there|both|colleagues|sir or madam|sir|madam))[,:!.]?\s+(?=\S)"
    rf"|(?P<called>(?:{_TITLE})?{_NAME})(?:,| [-–—])\s(?=(?i:please|could|can|would"
    rf"|will|kindly|when|why|what|who|how|where|do|did|are|is|have)\b)"
    r"|(?i:(?:dear|hi|hello|hey)[,!]|(?:good )?(?:morning|afternoon|evening)[,!.])\s+(?=\S)"
    rf"|@(?P<mention>[A-Za-z][\w.-]{{0,30}}|[\u4e00-\u9fff]{{2,4}})[,，:：]?\s+"
    rf"|(?P<zh>{_ZH_NAME})(?:您好|你好|好|早上好)?[,，:：!！]\s?(?=\S)|(?i:hi|hello"
    rf"|dear|hey)\s?(?P<hi>[\u4e00-\u9fff]{{1,5}})[,，:：!！]\s?|(?:您好|你好|各位好?"
    rf"|大家好|hi|hello)[,，:：!！~]\s?(?=\S)"
)
_NOT_NAMES = frozenset(
    "also but please thanks however finally next today tomorrow sorry yes no ok okay well still now then"
    " again meanwhile first second third secondly otherwise and so anyway honestly frankly monday tuesday"
    " wednesday thursday friday saturday sunday 另外 此外 其次 首先 最后 同时 今天 昨天 明天 目前 现在"
    " 之前 上次 这次 但是 可是 不过 所以 因此 而且 谢谢 感谢 好的 收到 对了 顺便 请问 麻烦 如果 方便"
    " 催一下 现要求 呵呵 后续 以后 今后 近日 其中 说实话 总之 当然 其实 反正 本来 只是 比如 例如".split()
)
_GREETING = re.compile(
    r"\A(?:(?i:dear|hi|hello|hey|good (?:morning|afternoon|evening)|to whom)\b[^.?]{0,40}[,:!.]?"
    r"|[^。！？，,]{0,16}(?:您好|你好|经理|老师|各位|负责人|总|工|主任)[,，:：。!！]{0,2}"
    r"|[A-Z][a-z]{1,20},?)\Z"
)
_ITEM_MARK = re.compile(r"[^\w\s>]|[0-9a-zA-Z一二三四五六七八九十①-⑳]{1,3}[.)、）．:：]")
_NUMBERED = re.compile(
    r"(?:[0-9]{1,2}[.．、)）](?![0-9])|[（(][0-9一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]{1,2}[、"
    r"．.]|第[一二三四五六七八九十][，,、：:])\s?"
)
_ITEMS_ASK = re.compile(
    r"\b(?:questions?|wonder|(?:explain|clarify|tell (?:me|us)|let (?:me|us) know"
    r"|answers? to|like to know))\b|(?:说明|解释|请教|疑问|想了解|想知道|想问|咨询"
    r"|答复|告知|回答)",
    re.IGNORECASE,
)
_ITEMS_COMPLAIN = re.compile(
    r"\b(?:findings?|problems?|issues?|errors?|bugs?|defects?|complaints?|complain"
    r"|faults?|observ\w+|noticed|went wrong|(?:does|do|did) not work|not working"
    r"|concerns?|unhappy|dissatisfied)\b"
    r"|(?:问题|缺陷|错误|故障|不满|发现|反馈|投诉|隐患|异常|不足)",
    re.IGNORECASE,
)
_ITEMS_REQUEST = re.compile(
    r"\b(?:need|require|requirements?|please|pls|requests?|ask|expect|changes?|demands?"
    r"|want|favou?rs?|like you to|remarks|corrections|wishes|to[- ]dos?|actions?"
    r"|could you|can you|would you|things|points|next)\b"
    r"|(?:要求|请|麻烦|需要|事项|协助|修改|希望|帮忙|以下(?:工作|几点|内容)|如下(?:工作"
    r"|几点|内容)?|配合|整改|补充|调整|建议)",
    re.IGNORECASE,
)
_NO_WISH = re.compile(
    r"\b(?:no action|for your information|fyi|for info|done|we (?:will|do|inform"
    r"|take care)|i(?:['’]ll| will))\b|无需|不用(?:您|你|贵)|我(?:方|司|们)(?:会"
    r"|将|负责|来)",
    re.IGNORECASE,
)
_RHETORICAL = re.compile(
    r"\b(?:how on earth|what on earth|why on earth|what the h|are you (?:kidding"
    r"|serious|joking)|do you (?:really|seriously|honestly) (?:think|believe|expect)"
    r"|is (?:this|that) (?:a joke|how you|what you call|really)|what were you thinking"
    r"|do you call that|who do you think|how can (?:it|this|that|an?|anyone|you|one)\b"
    r"|how could (?:it|this|that|you|anyone)\b|since when)"
    r"|开什么玩笑|有没有搞错|搞什么|难道|岂(?:不|有)|凭什么|你们觉得(?:合适|合理"
    r"|可能)|还(?:想|要)不(?:想|要)|是不是(?:觉得|以为|当我)|算什么|像话吗|合适吗"
    r"|说得过去吗|良心|要不我们自己|能不能(?:提前)?(?:打声招呼|有点|上点心|靠谱)"
    r"|什么意思[?？]",
    re.IGNORECASE,
)
_DUE_EN = re.compile(
    r"\b(?:by|before|until|till|no later than|not later than|latest by|within|in"
    r"|on|for)\s{1,3}(?:the |this |next |close of |end of |noon |noon on )?\Z",
    re.IGNORECASE,
)
_FIRM_EN = re.compile(r"\b(?:by|before|no later than|not later than|latest by|within|until)\b", re.IGNORECASE)
_DUE_ZH = re.compile(
    r"(?:\s?(?:中午|上午|下午|晚上)?\s?[0-9]{1,2}(?:点|时)(?:[0-9]{1,2}分)?)?\s{0,2}(?:之前"
    r"|以前|前|以内|之内|内|中午前|下班(?:之)?前|为止)"
)
_DAY_ZH = re.compile(
    r"(?:(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}[日号]|今天|今日|明天|明日|后天|本周[一二三四五六日]?"
    r"|下周[一二三四五六日]?|周[一二三四五六日]|月底|年底|本月|[一二三四五两0-9]{1,2}个?(?:日"
    r"|天|工作日|小时|周|月))(?:[上中下]午)?(?:[0-9]{1,2}[点时](?:[0-9]{1,2}分)?)?(?:下班)?(?:之前"
    r"|以前|前|以内|之内|内)"
)
_DAY_EN = re.compile(
    r"\b(?:by|before|no later than|within) (?:the )?(?:(?:end|close|start) of (?:the "
    r"|this |next )?(?:day|play|business|week|month|year|quarter)|(?:noon|midday"
    r"|midnight|tonight|tomorrow|today|eod|eow|cob)(?: (?:on )?(?:today|tomorrow"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day))?|\w+ (?:hours|days|weeks)|(?:mon"
    r"|tues|wednes|thurs|fri|satur|sun)day(?: (?:noon|morning|evening|afternoon))?"
    r"|the next [\w ]{3,30}meeting)\b|\bthis (?:week|month|afternoon|morning)\b|\bnext (?:week"
    r"|month)\b",
    re.IGNORECASE,
)
_EVENT_EN = re.compile(
    r"\b(?:before|until) (?:the|our|my|your|their|any\w+|i|we|they|he|she) (?:[\w'’-]+ ){0,7}[\w'’-]+"
    r"(?=[.!?]?\s{0,3}\Z)",
    re.IGNORECASE,
)
_EVENT_ZH = re.compile(r"(?:在|于|赶在)[^，,。；;、请在]{2,14}(?:之前|以前|前)")
_TOLD_DAY = re.compile(
    r"\b(?:\w{3,}ed|sent|gave|had|made|wrote|met|spoke|got|told|came|held|said|was|were|saw|the one|of|from) "
    r"(?:\w+ ){0,2}(?:in|on|for)\s+(?:the |this |next )?\Z",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\b(?:asap|as soon as possible|immediately|at once|right away|right now|urgently"
    r"|today|tonight)\b|立即|立刻|马上|尽快|尽早|今天(?:之内|内)?|本周内",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"\b(?:[Cc]ould|[Cc]an|[Ww]ould|[Ww]ill|[Ll]et|[Hh]ave|[Aa]sk|[Gg]et|[Tt]ell) (?P<en>(?:{_TITLE})?{_NAME}("
    rf"?: {_NAME})?)(?: please)?(?: to)? [a-z]{{2,}}|\A(?P<does>{_NAME}) (?:to [a-z]{{2,}}"
    rf"|[a-z]{{3,}}s (?:the|a|an|our|your|us|it)\b)"
    rf"|(?:请|让|麻烦|由|安排|通知)(?P<zh>[小老阿][\u4e00-\u9fff]|(?!哪|谁|什|专|个)[\u4e00-\u9fff]{{1,3}}(?:总"
    rf"监|总经理|经理|主任|老师|工(?!作|程|具)|总(?!结|体|部|数|是|共)|主管|律师|医生))"
)


@dataclass(frozen=True, slots=True)
class _Found:
    kind: PointKind
    start: int
    end: int
    asked: str


def find_points(text: str) -> tuple[Point, ...]:
    """Find the Points of a newly written text, in order; spans are characters of `text`. Never raises."""
    found: list[_Found] = []
    silent: list[SentenceSpan] = []
    lead: PointKind | None = None
    sentences = [part for sentence in split_sentences(text) for part in _short_lines(sentence)]
    for sentence in sentences:
        in_list = _is_item(text, sentence)
        own = list(_of_sentence(text, sentence, found, lead if in_list else None, alone=len(sentences) == 1))
        found.extend(own)
        if not own:
            silent.append(sentence)
        if not in_list:
            lead = _announces(sentence.text)
            if lead and _ends_open(sentence.text) and own:
                # "What we need:" is heard in its items.
                del found[len(found) - len(own) :]
    if silent and speaks_of_trouble(text):
        found = sorted([*found, *_further_faults(silent)], key=lambda p: p.start)
    return tuple(
        Point(n, p.kind, text[p.start : p.end], p.start, p.end, _due(text[p.start : p.end], p.kind), p.asked)
        for n, p in enumerate(found, start=1)
    )


def _short_lines(sentence: SentenceSpan) -> list[SentenceSpan]:
    """Cut a run of short lines without full stops, as people type them on a phone; wrapped lines stay together."""
    lines: list[tuple[int, int]] = []
    place = 0
    for line in sentence.text.split("\n"):
        if line.strip():
            lines.append((place, place + len(line)))
        place += len(line) + 1
    if len(lines) < 2 or any(_width(sentence.text[a:b]) > _PHONE_LINE for a, b in lines[:-1]):
        return [sentence]
    return [
        replace(sentence, text=sentence.text[a:b], start=sentence.start + a, end=sentence.start + b) for a, b in lines
    ]


def _width(line: str) -> int:
    return len(line) + sum(letter >= "\u2e80" for letter in line)


def _further_faults(silent: list[SentenceSpan]) -> Iterator[_Found]:
    """Give the statements of a complaint in which no known word of trouble stands, and which are likely faults too."""
    for sentence in silent:
        begin, _ = _after_greeting(sentence.text)
        words = sentence.text[begin:]
        if (
            not _GREETING.match(words.strip())
            and not words.rstrip().endswith((":", "：", "?", "？"))
            and may_be_fault(words)
        ):
            start, end = _trim(words, 0, len(words))
            yield _Found(PointKind.GRIEVANCE, sentence.start + begin + start, sentence.start + begin + end, "")


def _of_sentence(
    text: str, sentence: SentenceSpan, before: list[_Found], lead: PointKind | None, *, alone: bool
) -> Iterator[_Found]:
    begin, asked = _after_greeting(sentence.text)
    words = sentence.text[begin:]
    if len(words.strip()) < 3 or len(words) > _LONGEST or _GREETING.match(words.strip()):
        return
    if (is_threat(words) and rule_ask(words) is None) or is_mood(words):
        return
    own = list(clauses(words, alone=alone))
    if lead is not None and not own and not _NO_WISH.search(words):
        own = [
            Clause(
                0,
                len(words),
                "question" if lead is PointKind.QUESTION else "request" if lead is PointKind.REQUEST else None,
            )
        ]
    # 还请见谅 closes the whole sentence; "sorry for my late answer, but …" speaks of its own clause alone.
    sorry = has_cjk(words) and apologises(words)
    for clause in own:
        start, end = _trim(words, clause.start, clause.end)
        part = words[start:end]
        if clause.ask is None and (sorry or apologises(part)):
            continue
        kind = _kind(clause, part, lead)
        if kind is None or end - start < 3:
            continue
        place = sentence.start + begin + start
        if kind is PointKind.GRIEVANCE and _repeats(text, place, part, before):
            continue
        named = _ASKED.search(part)
        yield _Found(kind, place, place + end - start, _name(named) or asked if kind is not PointKind.GRIEVANCE else "")


def _kind(clause: Clause, words: str, lead: PointKind | None) -> PointKind | None:
    if clause.ask is None:
        # What a list was announced as weighs more than what the model alone makes of its items.
        return PointKind.GRIEVANCE if lead is None or names_fault(words) else lead
    if clause.ask == "question" and _RHETORICAL.search(words):
        return PointKind.GRIEVANCE if tells_fault(words) else None
    if lead is PointKind.QUESTION:
        return PointKind.QUESTION
    return PointKind.QUESTION if clause.ask == "question" else PointKind.REQUEST


def _repeats(text: str, start: int, words: str, before: list[_Found]) -> bool:
    """Tell whether a statement only tells the effect of the fault named just before it."""
    if not before or before[-1].kind is not PointKind.GRIEVANCE:
        return False
    between = text[before[-1].end : start]
    return len(between) < 200 and is_effect(words)


def _is_item(text: str, sentence: SentenceSpan) -> bool:
    line = text.rfind("\n", 0, sentence.start) + 1
    mark = text[line : sentence.start].strip()
    return bool(mark and len(mark) < 12 and _ITEM_MARK.search(mark)) or _NUMBERED.match(sentence.text) is not None


def _announces(words: str) -> PointKind | None:
    """Tell what the items of a list are when this is the sentence before it; None where it does not say."""
    if not (
        _ends_open(words)
        or re.search(
            r"\b(?:two|three|four|five|some|several|a few|following|remarks)\b|以下"
            r"|如下|几(?:个|件|点|条|项)|[两二三四五六][个件点条项]",
            words,
            re.IGNORECASE,
        )
    ):
        return None
    if _ITEMS_ASK.search(words):
        return PointKind.QUESTION
    if _ITEMS_COMPLAIN.search(words):
        return PointKind.GRIEVANCE
    return PointKind.REQUEST if _ITEMS_REQUEST.search(words) else None


def _ends_open(words: str) -> bool:
    return words.rstrip().endswith((":", "：", "——", "-"))


def _after_greeting(words: str) -> tuple[int, str]:
    """Give where a sentence begins behind a greeting or a name, and who is called by it."""
    numbered = _NUMBERED.match(words)
    begin = numbered.end() if numbered else 0
    found = _GREETED.match(words, begin)
    if found is None:
        return begin, ""
    name = next((n for n in (found["name"], found["called"], found["mention"], found["zh"], found["hi"]) if n), "")
    if name in {"您好", "你好", "各位", "大家好"}:
        return found.end(), ""
    if name.casefold() in _NOT_NAMES or (found["zh"] and rule_ask(found["zh"])):
        return begin, ""
    return found.end(), "" if name.casefold() in {"all", "team", "everyone", "there", "both"} else name


def _name(found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    name = found["en"] or found["does"] or found["zh"] or ""
    return "" if name.casefold() in _NOT_NAMES | {"you", "i", "we", "the", "somebody", "everyone", "someone"} else name


def _trim(words: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (words[start].isspace() or words[start] in ",，;；:：、。.—–-~"):
        start += 1
    while end > start and (words[end - 1].isspace() or words[end - 1] in ",，;；、—–"):
        end -= 1
    return start, end


def _due(text: str, kind: PointKind) -> str:
    """Give the words that say by when, as written; an empty string when none do."""
    for pattern in (_DAY_EN, _DAY_ZH):
        said = pattern.search(text)
        if said and (kind is not PointKind.GRIEVANCE or _FIRM_EN.match(said[0])):
            return said[0]
    event = (_EVENT_EN.search(text) or _EVENT_ZH.search(text)) if kind is PointKind.REQUEST else None
    if event:
        return event[0]
    for fact in extract_facts(text):
        if fact.kind not in {FactKind.DATE, FactKind.DURATION, FactKind.TIME}:
            continue
        before = None if _TOLD_DAY.search(text[: fact.start]) else _DUE_EN.search(text[: fact.start])
        after = _DUE_ZH.match(text, fact.end)
        if kind is PointKind.GRIEVANCE and not (before and _FIRM_EN.match(before[0])) and not after:
            continue
        if before or after:
            start = before.start() if before else fact.start
            return text[start : after.end() if after else fact.end]
    at_once = _AT_ONCE.search(text) if kind is not PointKind.GRIEVANCE else None
    return at_once[0] if at_once else ""
