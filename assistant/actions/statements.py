"""What a meeting leaves behind besides tasks: decisions, open questions and risks, each with its exact quote."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.actions.clauses import sentences
from assistant.actions.listed import columns
from assistant.actions.outline import Box, Line, Under
from assistant.actions.standups import is_nothing
from assistant.actions.states import DONE, REJECTED, is_supposed
from assistant.domain.actions import ActionItem, Statement, StatementKind

_HEADINGS = {
    StatementKind.DECISION: re.compile(
        r"(?:key |main |our )?(?:decisions?|agreements?|resolutions?|agreed|what we (?:decided|agreed))(?: made"
        r"| taken| log)?"
        r"|(?:会议|本次|主要|讨论)?(?:决议|决定|结论|共识)(?:事项|内容)?|(?:已)?达成(?:的)?(?:一致|共识)(?:意见"
        r"|事项)?|定下来的",
        re.IGNORECASE,
    ),
    StatementKind.QUESTION: re.compile(
        r"(?:open |outstanding |unresolved )?(?:questions?|points? to clarify|to be clarified"
        r"|unknowns?)(?: and issues)?"
        r"|(?:still|things?) open|open (?:issues?|points?|items?)|(?:待|需)?(?:确认|澄清|定)(?:的)?(?:事项|问题)?"
        r"|(?:遗留|未决|开放"
        r"|疑问)(?:问题|事项)?|疑问",
        re.IGNORECASE,
    ),
    StatementKind.RISK: re.compile(
        r"(?:key |main |open )?(?:(?:issues?|problems?) (?:and|&|/) )?(?:risks?|blockers?"
        r"|concerns?|impediments?|dangers?)(?: (?:and|&|/) (?:issues?"
        r"|blockers?|concerns?"
        r"|dependencies|assumptions))?(?: log)?|(?:主要|重点)?(?:(?:问题|困难|难点)[与和及、])?"
        r"(?:风险|隐患|阻塞|卡点|障碍)(?:点|项|事项|提示"
        r"|与问题|和问题|及应对)?",
        re.IGNORECASE,
    ),
}
_LABELS = {
    StatementKind.DECISION: re.compile(
        r"[ *_\[【]{0,3}(?:decision|decided|agreed|resolution|d[0-9]{1,2}|决议|决定|结论"
        r"|共识)[ ]?#?[0-9]{0,2}[ *_\]】]{0,3}[:：][ *_]{0,3}",
        re.IGNORECASE,
    ),
    StatementKind.QUESTION: re.compile(
        r"[ *_\[【]{0,3}(?:open question|question|open issue|q[0-9]{0,2}|to clarify|tbc|待确认|疑问|问题|遗留问题"
        r"|未决)[ ]?#?[0-9]{0,2}"
        r"[ *_\]】]{0,3}[:：][ *_]{0,3}",
        re.IGNORECASE,
    ),
    StatementKind.RISK: re.compile(
        r"[ *_\[【]{0,3}(?:risk|blockers?|impediments?|concern|issue|r[0-9]{1,2}|风险|隐患|阻塞"
        r"|卡点)[ ]?#?[0-9]{0,2}[ *_\]】]{0,3}[:：][ *_]{0,3}",
        re.IGNORECASE,
    ),
}
_DECIDED = re.compile(
    r"\b(?:(?:it (?:was|is) |we(?:'ve| have)? |the (?:group|team|meeting|board|committee) (?:has )?|everyone |all "
    r"|both sides )"
    r"(?:agreed|decided|resolved|approved|settled)|(?:was|were|is|are|has been|have been) (?:agreed|decided"
    r"|approved|accepted|chosen)"
    r"|decision (?:is|was|made)|(?:let's|we'll|we will|we are going to|we're going to|going to) (?:go (?:with|for"
    r"|ahead)|stick with|keep the)"
    r"|we (?:go|went|stay|keep going) with|final(?:ly)? (?:decision|choice)|so it's settled|that's (?:decided"
    r"|settled|agreed))\b"
    r"|we(?:['’]re| are) going with|we(?:['’]ll| will) (?:use|keep|stay with|stick to|leave)"
    r"|\bstays? (?:on|at|as it is)\b"
    r"|\b(?:decided|resolved) (?:to|on|against|not to|that)\b|that['’]s final"
    r"|\[decision\]|\(decision\)"
    r"|^(?:agreed|decided|approved|decision)\b[:, ]|^(?:we(?:['’]re| are) )?not (?:doing|going ahead with|pursuing)\b"
    r"|[（(【\[](?:决定|决议|已定)[）)】\]]"
    r"|(?:会议|大家|双方|各方|一致|经讨论|最终|最后|领导|客户|甲方)[^，。；\n]{0,8}(?:决定|同意|确定|商定|约定"
    r"|认可|通过|敲定)"
    r"|会议(?:原则(?:上)?)?(?:同意|明确|议定|决定|确定|审定|通过|批准)|[\u4e00-\u9fff]同意(?:了)?(?![吗么].{0,2}$)"
    r""
    r"|(?<![没未还怎么])定了(?!吗|[^，。]{0,3}[件个条点]事)|(?<![没未])已(?:经)?(?:定|敲定)(?:了|下来|稿)?(?=[，。；]"
    r"|$)"
    r"|最终(?:选|定|用|采用|采纳)|(?:方案|稿|设计|预算|计划|名单|版本|报价)[^，。；]{0,6}通过(?:了)?(?=[，。；]|$)"
    r"|不再(?:采购|采用|考虑|安排|进行|实施)|不做了|不搞了|先不[搞做上开]|暂定|这么定"
    r"|(?:行|好|可以)[，,]?那就(?![是这])[^，。？你我\n]{2,14}(?:[。了吧]|$)"
    r"|一致(?:同意|认为|通过)|^(?:决定|同意|确定|明确)(?!.{0,4}(?:吗|？))|就这么定|定下来|拍板|达成(?:一致|共识)"
    r"|(?:就|那就)(?:按|用|采用"
    r"|选)[^，。；\n]{2,20}(?:来|吧|了|方案)",
    re.IGNORECASE,
)
# Not settled here: formalities, and what an earlier meeting settled.
_NO_DECISION = re.compile(
    r"(?i)\bminutes\b.{0,40}\b(?:approved|agreed|accepted)|\bno decision\b|\b(?:agreed|decided) "
    r"(?:last (?:time|week|month)|earlier"
    r"|before)|上次(?:会议)?(?:已经?)?(?:同意|决定|确定|定)|如下[：:]?$|未(?:作|做)?(?:出)?决定|(?:还|尚|仍)未"
)
_ANSWERS = re.compile(
    r"(?i)\W{0,3}(?:no|nope|yes|yeah|yep|sure"
    r"|we did|we do|i did|it is|it['’]s|they|about|around|the|on|at|in|by|i['’]ll|leave)\b"
    r"|(?:不|行|好|可以|对|嗯|有|没有?(?!想)|是|大概|我|他|她|老|在|[0-9一二三四五六七八九十])"
)
_WHO = re.compile(r"(?i)\bwho\b[^?]*\?|谁[^？]*[？?]")
_TAKES_IT = re.compile(
    r"(?i)\bI['’]?(?:ll| will| can| could)\b|\b[A-Z][a-z]+ (?:should|will|can)\b|我(?:这边)?(?:来|去|做|弄|写)"
    r"|[由让][\u4e00-\u9fff]{2,3}来"
)
_LEAVES_OPEN = re.compile(
    r"(?i)\bno idea\b|\bnot sure\b|\bdon['’]t know\b|\bhasn['’]t\b|\bhaven['’]t\b|\bgood question\b|\bdepends\b"
    r"|不知道|不清楚|没想好|不好说|还没|没定|再说|得看|看情况"
)
_RISKY = re.compile(
    r"\b(?:risk(?:s|y)?(?: (?:is|that|of|to))?|at risk|concern(?:ed|s)? (?:that|about|is)|worr(?:y|ied|ies)|blocked"
    r"|blocker|blocking"
    r"|may (?:slip|be delayed|not be ready|delay|miss)|might (?:slip|be delayed|not be ready|delay|miss|fail)"
    r"|could (?:slip|be delayed|delay|miss)|won't be ready|behind schedule|running late|short(?:age)? of (?:staff"
    r"|people|capacity|budget)"
    r"|single point of failure|in danger of|threat(?:en)?s? (?:the|our)|no backup|over budget|(?:I['’]?m|are|is"
    r"|am) (?:a bit |really |quite )?"
    r"(?:afraid|nervous|anxious) (?:of|about|that)?|my (?:only )?(?:fear|worry))\b"
    r"|(?:may|might|could) (?:fail|break|collapse|get (?:damp|wet|lost|stuck)|be (?:lost|refused|too late))"
    r"|可能(?:会)?(?:延后|推后|顺延|滞后)|如(?:果)?[^。；]{2,30}(?:将|会)(?:受)?(?:影响|延误|推迟|顺延)"
    r"|可能(?:会)?(?:受潮|受损|受影响|被|丢|断|漏|坏|失败|不够|不足|不能|无法|没法|涨价|停|出现"
    r"|造成|导致|耽误|晚到|缺货)"
    r"|风险|隐患|担心|顾虑|(?:我觉得|有点|有些|可能|上线|怕是)(?:很|挺|比较)?(?:悬|玄)|够呛|怕[^，。]{0,10}(?:不够"
    r"|来不及|赶不上|不完|不了|不上)|可能(?:会)?(?:延期|推迟"
    r"|来不及|影响|赶不上|超支|出问题|超出)|有可能(?:延期|推迟"
    r"|来不及)|卡在|被卡|阻塞|来不及|赶不上"
    r"|人手(?:不足|不够|紧张)|进度(?:滞后|落后)|吃紧|存在不确定|不确定性",
    re.IGNORECASE,
)
_NO_RISK = re.compile(
    r"\b(?:no|low|without|not a|zero) (?:known |open |major |big )?(?:risks?|blockers?|concerns?)\b"
    r"|\brisk register\b|\bblock(?:er|ed)?s? (?:is|are|was|were) "
    r"(?:now )?(?:gone|resolved|closed|cleared)\b|没有(?:什么)?风险|无风险|风险(?:不大|较低|可控|已|登记|清单"
    r"|表)|不用担心|不担心",
    re.IGNORECASE,
)
_ASKED_OPEN = re.compile(
    r"\b(?:(?:still|yet|remains?|left) (?:open|unclear|to be (?:decided|clarified|confirmed|agreed))|unclear (?:who"
    r"|whether|what|when|how|if)"
    r"|not (?:yet )?(?:decided|clear|agreed|confirmed|known)|open question|to be (?:decided|clarified|confirmed)"
    r"|tb[dc]\b|nobody knows|we don't know"
    r"|(?:has|have) not (?:yet )?(?:said|told us|decided|confirmed|answered) (?:whether|who|if|when|what|how|which)"
    r"|not (?:quite )?sure (?:whether|who|if|when|what|how|which)|asked (?:who|whether|when|where|how|which)"
    r"|waiting for (?:an answer|a decision|confirmation)|question is (?:whether|who|how|what|when|if))"
    r"|(?:还|尚|仍|暂)(?:没有?|未)(?:最终|完全|正式)?(?:定|确定|明确|想好|落实|确认|答复)|(?:还在|仍在"
    r"|正在)[^，。]{0,6}(?:讨论|商议|研究)|没有?结论|(?:还|尚|仍)没(?:有)?(?:找到|人选|着落|消息|回复|给)"
    r"|没有?统计过?|下次再[议说定]|(?:以后"
    r"|会后)?再议|原因(?:不明|未知|不详)|没想好|待定|待确认|待(?:客户|甲方|领导"
    r"|业务方)?(?:确认|答复|决定|明确)|不清楚|有待|未定|还不(?:知道|确定)"
    r"|需要?(?:再|进一步)?(?:明确|讨论|澄清)",
    re.IGNORECASE,
)
_REAL_QUESTION = re.compile(
    r"(?i)^\W{0,3}(?:(?:so|and|but|ok(?:ay)?|well)[, ]+)?(?:who|whom|which|when|where|whether|how (?:much|many|long"
    r"|do we|will we|should we)"
    r"|what (?:is the|are the|about the|happens|should|do we|will)|do we|should (?:we|the|[a-z]+s)"
    r"|will (?:we|the|they)|does the|is the|are the|can we)\b"
    r"|(?<!是)谁(?![呀啊说叫家])|哪(?:个|家|些|天|一|种)|多少|何时|什么时候|是否|要不要|能不能|怎么(?:办|处理|算|定)"
    r"|由谁"
    r"|几(?:个|天|号|月)|([\u4e00-\u9fff])不\1"
    r"|: (?:should|do|does|can|will|is|are|who|what|when|where|how) [^:]{6,}\?"
)
# What opens a subject, or asks how things stand: the talk itself answers it.
_OPENS = re.compile(
    r"(?i)^\W{0,3}(?:(?:so|and|ok(?:ay)?|right|well)[, ]+)?(?:where (?:are|do) we(?: stand| at)?(?: with this"
    r"| on this| now)?"
    r"|how are we (?:doing|looking|getting on)|what(?:['’]s| is) (?:next|left|the status)|what else|anything else)\W*$"
)
_ME = re.compile(
    r"(?i)\b(?:can|could|would|will) you\b|\byou (?:know|mean|see|think)\b|对吧|是吧|对不对|好不好|好吗|行吗"
    r"|是不是|吧[？?]|你(?:觉得|看|能)"
)
_LONGEST = 600
_LEAST_ZH = 3
_MOST = 40


def find_statements(
    text: str, lines: Sequence[Line], items: Sequence[ActionItem], *, speech: bool, orders: Sequence[tuple[int, int]]
) -> tuple[Statement, ...]:
    """Find decisions, open questions and risks in the order of the text.

    A sentence that is an item, that is done, that only supposes something (but for risks), or that speaks to an
    assistant is none. `speech` says that people talk: then only plain signs count, and a question asks somebody.
    """
    taken = sorted((i.start, i.end) for i in items)
    found: list[Statement] = []
    in_tasks = False
    for number, line in enumerate(lines):
        in_tasks = bool(line.cells) and (in_tasks or columns(line.cells) is not None)
        if in_tasks or line.start == line.heading_at:
            continue  # a table of tasks, under whatever heading
        if line.under is Under.ACTIONS and not _by_heading(line) and not _labelled(line):
            continue
        if line.box is Box.TICKED or line.struck or (line.quoted and line.cells):
            continue
        if _overlaps(orders, line.start, line.end):
            continue
        answered = speech and _is_answered(line, lines[number + 1 : number + 2])
        found.extend(
            s for s in _in_line(text, line, speech=speech) if not (answered and s.kind is StatementKind.QUESTION)
        )
    kept = [s for s in found if s.kind is not StatementKind.QUESTION or not _within(taken, s)]
    kept = [s for s in kept if s.kind is not StatementKind.DECISION or not _is_task(taken, s)]
    return tuple(_once(kept))


def announces_decisions(heading: str) -> bool:
    """Whether a heading announces a list of decisions."""
    return _HEADINGS[StatementKind.DECISION].fullmatch(heading.strip(" *_#:：")) is not None


def asks_openly(words: str) -> bool:
    """Whether a noted point is a question that nobody took on: 要不要…，等法务意见, "which depot first?"."""
    asks = words.rstrip(" 。.").endswith(("?", "？")) or _OPEN_ZH.search(words) is not None
    return asks and not _TAKEN_ON.search(words)


_OPEN_ZH = re.compile(r"(?:要不要|能不能|是否|该不该|行不行|怎么|如何|哪|谁|多少|什么时候|何时)")
_TAKEN_ON = re.compile(
    r"@|由|请|负责|跟进|落实|回去问|去问|\b(?:to|will) (?:ask|check|clarify|find|confirm)\b|[:：→]|->"
)


def is_statement_heading(heading: str) -> bool:
    """Whether a heading announces a list of decisions, questions or risks."""
    return any(pattern.fullmatch(heading) for pattern in _HEADINGS.values())


def _is_answered(line: Line, following: Sequence[Line]) -> bool:
    """Whether the next speaker answers what a line of talk asks; "no idea" leaves it open."""
    if not following or following[0].speaker in {"", line.speaker}:
        return False
    if _WHO.search(line.text[-60:]) and _TAKES_IT.search(following[0].text[:60]):
        return True
    return _ANSWERS.match(following[0].text) is not None and _LEAVES_OPEN.search(following[0].text[:60]) is None


def _is_task(taken: Sequence[tuple[int, int]], one: Statement) -> bool:
    """Whether the very words that settle something stand in an item: then it only gives somebody a task."""
    settled = _DECIDED.search(one.quote)
    begin, end = (one.start + settled.start(), one.start + settled.end()) if settled else (one.start, one.end)
    return any(start < end and begin < stop for start, stop in taken)


def _in_line(text: str, line: Line, *, speech: bool) -> Iterator[Statement]:
    kind = _by_heading(line)
    label = _labelled(line)
    if label is not None:
        kind, begin = label
        if is_nothing(line.text[begin:]):
            return
        yield from _made(text, kind, line, line.start + begin, line.end)
        return
    if kind is not None and line.cells:
        head = line.cells[0][0].casefold().strip(" *#")
        if line.cells and not re.fullmatch(
            r"[-: ]*|no\.?|#|id|序号|编号|decision|risk|question|决定|决议|风险|问题|事项|内容", head
        ):
            yield from _made(text, kind, line, line.start, line.end)
        return
    open_point = kind is StatementKind.QUESTION and asks_openly(line.text)
    if kind is not None and (line.under is not Under.ACTIONS or open_point):
        if kind is not StatementKind.QUESTION or not DONE.search(line.text):
            yield from _made(text, kind, line, line.start, line.end)
        return
    asked = False
    for span in sentences(line.text):
        words = span.text[:_LONGEST]
        told = _told(words, speech=speech)
        asks = words.rstrip().endswith(("?", "？"))
        follows, asked = asked and told is StatementKind.QUESTION and not asks, asks
        if told is not None and not follows:  # "Who cleans up? To be seen next time." is one question
            yield from _made(text, told, line, line.start + span.start, line.start + span.end)


def _told(words: str, *, speech: bool) -> StatementKind | None:
    if len(words) < (_LEAST_ZH if words[:1] > "\u2e7f" else 6) or (DONE.search(words) and not _DECIDED.search(words)):
        return None
    asks = words.rstrip(" \"'”’)）").endswith(("?", "？"))
    if (
        _DECIDED.search(words)
        and not _NO_DECISION.search(words)
        and not asks
        and not is_supposed(words)
        and not _ASKED_OPEN.search(words)
    ):
        return StatementKind.DECISION
    if _RISKY.search(words) and not REJECTED.search(words) and not _NO_RISK.search(words) and not asks:
        return StatementKind.RISK
    if asks:
        return (
            StatementKind.QUESTION
            if _REAL_QUESTION.search(words)
            and not _OPENS.match(words)
            and not _ME.search(words)
            and len(words) > (6 if words[:1] > "\u2e7f" else 12)
            else None
        )
    return StatementKind.QUESTION if _ASKED_OPEN.search(words) and not speech else None


def _by_heading(line: Line) -> StatementKind | None:
    for kind, pattern in _HEADINGS.items():
        if pattern.fullmatch(line.heading):
            return kind
    return None


def _labelled(line: Line) -> tuple[StatementKind, int] | None:
    for kind, pattern in _LABELS.items():
        found = pattern.match(line.text)
        if found and found.end() < len(line.text):
            return kind, found.end()
        if line.speaker_at >= 0 and pattern.fullmatch(line.speaker + ":"):
            return kind, 0
    return None


def _made(text: str, kind: StatementKind, line: Line, start: int, end: int) -> Iterator[Statement]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    words = " ".join(text[start:end].replace("**", "").split()).strip(" |*_")
    if sum(c.isalnum() for c in words) >= 3:
        number = line.number + text.count("\n", line.start, start)
        yield Statement(kind, words, text[start:end], start, end, number, line.internal)


def _within(taken: Sequence[tuple[int, int]], one: Statement) -> bool:
    return any(start < one.end and one.start < end for start, end in taken)


def _overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in spans)


def _once(found: Iterable[Statement]) -> Iterator[Statement]:
    seen: set[tuple[StatementKind, str]] = set()
    count = dict.fromkeys(StatementKind, 0)
    for one in found:
        key = (one.kind, re.sub(r"\W", "", one.text).casefold())
        if key not in seen and count[one.kind] < _MOST:
            seen.add(key)
            count[one.kind] += 1
            yield one
