"""What a meeting leaves behind besides tasks: decisions, open questions and risks, each with its exact quote."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.actions.outline import Box, Line, Under
from assistant.actions.states import DONE, is_supposed
from assistant.domain.actions import ActionItem, Statement, StatementKind
from assistant.language.sentences import split_sentences

_HEADINGS = {
    StatementKind.DECISION: re.compile(
        r"(?:key |main |our )?(?:decisions?|agreements?|resolutions?|agreed|what we (?:decided|agreed))(?: made"
        r"| taken| log)?"
        r"|(?:会议|本次|主要|讨论)?(?:决议|决定|结论|共识)(?:事项|内容)?|定下来的",
        re.IGNORECASE,
    ),
    StatementKind.QUESTION: re.compile(
        r"(?:open |outstanding |unresolved )?(?:questions?|points? to clarify|to be clarified"
        r"|unknowns?)(?: and issues)?"
        r"|open (?:issues?|points?|items?)|(?:待|需)?(?:确认|澄清|定)(?:的)?(?:事项|问题)?|(?:遗留|未决|开放"
        r"|疑问)(?:问题|事项)?|疑问",
        re.IGNORECASE,
    ),
    StatementKind.RISK: re.compile(
        r"(?:key |main |open )?(?:risks?|blockers?|concerns?|impediments?|dangers?)(?: (?:and|&|/) (?:issues?"
        r"|blockers?|concerns?"
        r"|dependencies|assumptions))?(?: log)?|(?:主要|重点)?(?:风险|隐患|阻塞|卡点|障碍)(?:点|项|事项|提示"
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
        r"[ *_\[【]{0,3}(?:risk|blocker|concern|issue|r[0-9]{1,2}|风险|隐患|阻塞"
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
    r"|^(?:agreed|decided|approved|decision)\b[: ]"
    r"|(?:会议|大家|双方|各方|一致|经讨论|最终|最后|领导|客户|甲方)[^，。；\n]{0,8}(?:决定|同意|确定|商定|约定"
    r"|认可|通过|敲定)"
    r"|一致(?:同意|认为|通过)|^(?:决定|同意|确定|明确)(?!.{0,4}(?:吗|？))|就这么定|定下来|拍板|达成(?:一致|共识)"
    r"|(?:就|那就)(?:按|用|采用"
    r"|选)[^，。；\n]{2,20}(?:来|吧|了|方案)",
    re.IGNORECASE,
)
_RISKY = re.compile(
    r"\b(?:risk(?:s|y)?(?: (?:is|that|of|to))?|at risk|concern(?:ed|s)? (?:that|about|is)|worr(?:y|ied|ies)|blocked"
    r"|blocker|blocking"
    r"|may (?:slip|be delayed|not be ready|delay|miss)|might (?:slip|be delayed|not be ready|delay|miss|fail)"
    r"|could (?:slip|be delayed|delay|miss)|won't be ready|behind schedule|running late|short(?:age)? of (?:staff"
    r"|people|capacity|budget)"
    r"|single point of failure|in danger of|threat(?:en)?s? (?:the|our)|no backup|over budget)\b"
    r"|风险|隐患|担心|顾虑|可能(?:会)?(?:延期|推迟|来不及|影响|赶不上|超支|出问题|超出)|有可能(?:延期|推迟"
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
    r"|waiting for (?:an answer|a decision|confirmation)|question is)"
    r"|(?:还|尚|仍)(?:没有?|未)(?:定|确定|明确|想好|落实|确认|答复)|待定|待确认|待(?:客户|甲方|领导"
    r"|业务方)?(?:确认|答复|决定|明确)|不清楚|有待|未定|还不(?:知道|确定)"
    r"|需要?(?:再|进一步)?(?:明确|讨论|澄清)",
    re.IGNORECASE,
)
_REAL_QUESTION = re.compile(
    r"(?i)^\W{0,3}(?:(?:so|and|but|ok(?:ay)?|well)[, ]+)?(?:who|whom|which|when|where|whether|how (?:much|many|long"
    r"|do we|will we|should we)"
    r"|what (?:is the|are the|about the|happens|should|do we|will)|do we|should we|will (?:we|the|they)|does the"
    r"|is the|are the|can we)\b"
    r"|谁来|谁负责|哪(?:个|家|些|天|一|种)|多少|何时|什么时候|是否|要不要|能不能|怎么(?:办|处理|算|定)|由谁"
    r"|几(?:个|天|号|月)"
)
_ME = re.compile(
    r"(?i)\b(?:can|could|would|will) you\b|\byou (?:know|mean|see|think)\b|对吧|是吧|对不对|好不好|好吗|行吗"
    r"|是不是|吧[？?]|你(?:觉得|看|能)"
)
_LONGEST = 600
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
    for line in lines:
        if line.under is Under.ACTIONS and not _by_heading(line) and not _labelled(line):
            continue
        if line.box is Box.TICKED or line.struck or (line.quoted and line.cells):
            continue
        if _overlaps(orders, line.start, line.end):
            continue
        found.extend(_in_line(text, line, speech=speech))
    kept = [s for s in found if s.kind is not StatementKind.QUESTION or not _within(taken, s)]
    kept = [s for s in kept if s.kind is not StatementKind.DECISION or not _within(taken, s)]
    return tuple(_once(kept))


def _in_line(text: str, line: Line, *, speech: bool) -> Iterator[Statement]:
    kind = _by_heading(line)
    label = _labelled(line)
    if label is not None:
        kind, begin = label
        yield from _made(text, kind, line, line.start + begin, line.end)
        return
    if kind is not None and line.cells:
        head = line.cells[0][0].casefold().strip(" *#")
        if line.cells and not re.fullmatch(
            r"[-: ]*|no\.?|#|id|序号|编号|decision|risk|question|决定|决议|风险|问题|事项|内容", head
        ):
            yield from _made(text, kind, line, line.start, line.end)
        return
    if kind is not None and line.under is not Under.ACTIONS:
        if kind is not StatementKind.QUESTION or not DONE.search(line.text):
            yield from _made(text, kind, line, line.start, line.end)
        return
    for span in split_sentences(line.text):
        words = span.text[:_LONGEST]
        told = _told(words, speech=speech)
        if told is not None:
            yield from _made(text, told, line, line.start + span.start, line.start + span.end)


def _told(words: str, *, speech: bool) -> StatementKind | None:
    if len(words) < 6 or (DONE.search(words) and not _DECIDED.search(words)):
        return None
    asks = words.rstrip(" \"'”’)）").endswith(("?", "？"))
    if _DECIDED.search(words) and not asks and not is_supposed(words) and not _ASKED_OPEN.search(words):
        return StatementKind.DECISION
    if _RISKY.search(words) and not _NO_RISK.search(words) and not asks:
        return StatementKind.RISK
    if asks:
        return (
            StatementKind.QUESTION
            if _REAL_QUESTION.search(words) and not _ME.search(words) and len(words) > 12
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
