"""Whether a sentence says the opposite of the source it cites: negation, and states of work."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.input import Source
from assistant.checks.statements import Statement, statements
from assistant.checks.words import ordered_words, subject_words
from assistant.domain.facts import Fact, FactKind

NEGATION = re.compile(
    r"\bw/o\b|\b(?:not|never|cannot|no longer|without|neither|nor|failed to|unable to)\b|n['’]t\b|"
    r"\bno\b(?=\s[a-z])"
    r"(?!\s(?:charge|cost|later|longer|earlier|more|fewer|less|extra)\b)|"
    r"\bno(?:body| one)\b|没有?人|无人|"
    r"尚未|并未|还未|从未|未能|没有|没能|还没|不能|无法|并非|绝不|不(?=[\u4e00-\u9fff])(?![早晚迟少多低高大小]于|超过|足|到)|"
    r"未(?!来)|没(?=[\u4e00-\u9fff])|无(?=[\u4e00-\u9fff])",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[,;:.!?()，；：。！？（）\n]|\b(?:but|because|although|while|and|or|until|before|unless|instead|"
    r"than)\b|但|因为|而是|并且|而",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(
    r"\s?(?:only|just|yet clear)\b|仅|只|但|论|管|过|得不|无|少|错|久|同|断|满|妨|如|好意思|足", re.IGNORECASE
)
# A risk, a condition or a doubt states nothing that could be contradicted.
OPEN_QUESTION = re.compile(
    r"\b(?:risks?|might|could|may|whether|in case|unless|if)\b|风险|可能|如果|假如|若|能否|是否|会不会|"
    r"万一|关注|到不了|怕",
    re.IGNORECASE,
)
_OF_WORK = 6  # the first pairs are states of the work itself
_DOER = re.compile(r"\b(?:by|because|until|before)\b", re.IGNORECASE)  # what follows is not what is denied
_SCOPE = 4  # words a negation reaches forward in its clause


def _states(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two states that exclude each other; a negated one counts as the other where `negation_turns`."""

    one: re.Pattern[str]
    other: re.Pattern[str]
    negation_turns: bool = True


PAIRS = (
    _Pair(
        _states(
            r"\b(?:done|finished|complete(?:d)?|closed|fixed|resolved|deployed|delivered|installed|arrived|"
            r"shipped|over|concluded|implemented|passed|succeeded|paid|erected|mounted|laid|(?:pre-)?cleared|"
            r"handed over|translated|migrated|printed|trained)\b",
            r"已完成|完成了|全部完成|已到货|做完|已关闭|关闭了|已修复|修复了|已解决|解决了|已部署|已交付|已安装|已到|"
            r"装完|通过了|已通过|联调通|已上线|完毕|提前完成|顺利完成|调试完成|安装完成|测试完成|交付完成|已付|付清|关闭并|已经?关闭",
        ),
        _states(
            r"\b(?:pending|outstanding|in progress|ongoing|underway|under way|unfinished|incomplete|"
            r"unresolved|blocked|on hold|to be done|half done|wait(?:s|ing)? (?:for|on)|fail(?:s|ed|ing)?|open|"
            r"not started|remaining|stuck|under review|in review|overdue|unpaid|"
            r"being [a-z]{2,12}(?:ed|built|done|made))\b",
            r"待(?:处理|办|确认|解决|修复|完成|签|定)|未完成|没完成|未修复|未解决|进行中|正在|还在|仍在|等待|阻塞|受阻|暂停|"
            r"搁置|卡住|逾期|未付|欠付|尚待|仍未|失败|不通过|未通过|没通过|未开始|还差|尚未(?:[\u4e00-\u9fff]{2})?|还没有?(?:[\u4e00-\u9fff]{2})?",
        ),
    ),
    _Pair(
        _states(
            r"\b(?:on (?:track|schedule|course|time|plan)|as planned|ahead of schedule|"
            r"within (?:the )?(?:plan|budget)|early)\b",
            r"按计划|如期|按时|按原计划|正常推进|进展顺利|提前",
        ),
        _states(
            r"\b(?:late|behind(?: schedule| plan)?|delayed|overdue|slipped|slipping|postponed|off track|"
            r"over (?:the )?budget|missed)\b",
            r"延期|延误|延后|推迟|落后|滞后|逾期|超期|晚了|来不及|拖期|超预算",
        ),
    ),
    _Pair(
        _states(
            r"\b(?:approved|accepted|agreed|confirmed|signed(?: off)?|granted|authorised|authorized)\b",
            r"批准|同意|已确认|确认了|确认为|确认参加|签回|已签|已经签|签订|签署|认可|通过",
        ),
        _states(
            r"\b(?:rejected|refused|declined|denied|withdrawn|disagreed|unsigned|unapproved|"
            r"awaiting (?:approval|signature)|not yet approved|turned down|sent back|cancell?ed|called off|pending|"
            r"under review|(?:still|being) review(?:ing|ed))\b",
            r"驳回|拒绝|否决|不同意|未批|没批|未确认|未签|没签|待签|待批|退回|打回|取消|待定|(?:仍|还)?在(?:审核|审批|评审)|审核中|谢绝|婉拒",
        ),
    ),
    _Pair(
        _states(
            r"\b(?:increas(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|ris(?:e|es|ing|en)|rose|grew|grow(?:s|ing)?|higher|"
            r"went up|gone up|up (?:from|by)|climbed|improv(?:e|es|ed|ing)|faster|more)\b",
            r"上升|增加|增长|提高|提升|上涨|升至|升到|高于|加快|变好|改善",
        ),
        _states(
            r"\b(?:decreas(?:e|es|ed|ing)|lower(?:s|ed|ing)?|fall(?:s|ing|en)?|fell|drop(?:s|ped)?|declin(?:e|"
            r"es|ed|ing)|went down|gone down|down (?:from|by)|reduc(?:e|es|ed|ing)|"
            r"wors(?:e|en|ened)|slower|fewer|less)\b",
            r"下降|减少|降低|下跌|降至|降到|减慢|变差|恶化|掉到|低于|缩减",
        ),
        negation_turns=False,
    ),
    _Pair(
        _states(
            r"\b(?:in scope|included|includes|include|covered|covers|"
            r"part of (?:the )?(?:scope|price|phase|contract|order))\b",
            r"包含(?:在[^，。]{0,6}范围内?)?|包括|(?<!不)在[^，。]{0,4}范围内|含在",
        ),
        _states(
            r"\b(?:out of scope|outside the scope|excluded|excludes|not included|extra charge|separately)\b",
            r"不含|不包含|不包括|范围外|不在[^，。]{0,6}范围|另计|另行|另报",
        ),
    ),
    _Pair(
        _states(
            r"\b(?:started|begun|began|under way|underway|running)\b", r"已开始|开始了|已启动|启动了|开工了|已开工"
        ),
        _states(
            r"\b(?:not (?:yet )?(?:started|begun)|yet to (?:start|begin)|has not started|hasn't started)\b",
            r"未开始|没开始|未启动|没启动|未开工|没开工",
        ),
    ),
    _Pair(
        _states(
            r"\b(?:in progress|ongoing|being worked on|continu(?:es|ing)|under way|underway)\b",
            r"进行中|正在(?:进行|推进|制作|翻译|开发|施工)|推进中|恢复通行|恢复使用|恢复供|重新开放|已恢复|继续推进",
        ),
        _states(
            r"\b(?:on hold|paused|suspended|halted|stopped|shelved)\b",
            r"暂停|搁置|中止|冻结|停工|封闭|关停|停用",
        ),
        negation_turns=False,
    ),
    _Pair(
        _states(
            r"\b(?:unchanged|(?:stays?|remains?) the same|no (?:price |cost |date )?change|"
            r"(?:at the )?same(?= (?:price|cost|rate|fee|size|scope)\b))",
            r"不变|维持(?!续)|没有变化",
        ),
        _states(
            r"\b(?:changed|changes|ris(?:e|es|ing)|raised|increas(?:e|es|ed)|lowered|reduced|cut|"
            r"went up|went down|goes up|gone up|gone down|higher|lower)\b",
            r"上调|下调|上涨|下降|调高|调低|提高|降低|有变化|变更为|涨",
        ),
        negation_turns=False,
    ),
    _Pair(
        _states(r"\b(?:staging|test (?:system|environment)|sandbox|pre-?production)\b", r"预发|测试环境|沙箱|演示环境"),
        _states(r"\b(?:in production|to production|live (?:system|environment))\b", r"到生产|正式环境|生产环境"),
        negation_turns=False,
    ),
    _Pair(
        _states(r"\b(?:filed|submitted|lodged|applied for|sent in)\b", r"提交|申请了|已申请|递交|报送"),
        _states(r"\b(?:settled|paid out|reimbursed|refunded|granted)\b", r"赔付|到账|结清|已退款|获批"),
        negation_turns=False,
    ),
    _Pair(
        _states(r"\b(?:only|limited to|restricted to)\b", r"仅限|只限|限于"),
        _states(r"\b(?:not (?:limited|restricted)|worldwide|without limit)\b", r"不限|不局限"),
        negation_turns=False,
    ),
    _Pair(
        _states(r"\b(?:can|able to)\b(?! ?not)", r"可以|能够|能提供"),
        _states(r"\b(?:cannot|can['’]t|unable to|can not)\b", r"无法|不能|做不了|没法|不可以|提供不了"),
        negation_turns=False,
    ),
    _Pair(
        _states(
            r"\b(?:free of charge|at no (?:extra )?(?:charge|cost)|for free|without charge)\b", r"免费|不收费|不另收"
        ),
        _states(
            r"\b(?:at extra cost|for a fee|charged (?:extra|separately)|chargeable|extra charge)\b",
            r"收费|另计|付费|加收",
        ),
        negation_turns=False,
    ),
    _Pair(
        _states(
            r"\b(?:(?:switched|turned|switch|turn) on|enabled|activated|active by default)\b",
            r"开启|启用|打开|激活",
        ),
        _states(
            r"\b(?:(?:switched|turned|switch|turn) off|disabled|deactivated|inactive)\b",
            r"默认关闭|处于关闭|关掉|停用|禁用|未启用|未开启",
        ),
        negation_turns=False,
    ),
    _Pair(
        _states(r"\b(?:has been|is|was|were|have been) (?:decided|settled)\b", r"已定|定了|敲定|已经?确定"),
        _states(
            r"\b(?:undecided|not (?:yet )?(?:decided|settled)|to be decided|open question)\b",
            r"未定|没定|待定|未确定|没确定",
        ),
        negation_turns=False,
    ),
    _Pair(
        _states(r"\b(?:optional|voluntary)\b", r"可选|自愿"),
        _states(r"\b(?:mandatory|compulsory|obligatory|required)\b", r"必须|强制|必选"),
        negation_turns=False,
    ),
    _Pair(
        _states(r"\b(?:before|earlier than)\b", r"之前|以前"),
        _states(r"\b(?:after|later than)\b", r"之后|以后"),
        negation_turns=False,
    ),
)


def contradictions(
    text: str, facts: Sequence[Fact], cited: Sequence[Source]
) -> Iterator[tuple[str, tuple[int, int], dict[str, str]]]:
    """Give (code, characters, values) where the best fitting statements of the cited sources say the opposite."""
    if OPEN_QUESTION.search(text):
        return
    aligned = [
        s
        for source in cited
        for s in statements(source)
        if _aligned(text, facts, s) and not OPEN_QUESTION.search(s.text)
    ]
    if not aligned:
        return
    for pair in PAIRS:
        said = side_of(text, pair)
        if said is None:
            continue
        sides = [(side_of(s.text, pair), s) for s in aligned]
        if any(side is not None and side[0] == said[0] for side, _ in sides):
            continue
        against = next(((side, s) for side, s in sides if side is not None), None)
        if against is not None and against[0] is not None:
            words = against[1].text[against[0][1] : against[0][2]]
            values = {"said": text[said[1] : said[2]], "source": words, "where": against[1].where}
            yield "state", (said[1], said[2]), values
            return
    found = _negation(text, aligned)
    if found:
        yield found


def _aligned(text: str, facts: Sequence[Fact], statement: Statement) -> bool:
    """Tell whether a statement is about the same thing closely enough to be held against the sentence."""
    words, others = thing_words(text), thing_words(statement.text)
    shared = words & others
    identifiers = {f.value.casefold() for f in facts if f.kind is FactKind.IDENTIFIER}
    if identifiers & {f.value.casefold() for f in statement.facts if f.kind is FactKind.IDENTIFIER}:
        return len(identifiers) == 1 and sum(f.kind is FactKind.IDENTIFIER for f in statement.facts) == 1
    smaller = min(len(words), len(others))
    return len(shared) >= 2 and len(shared) >= 0.6 * len(words) and len(shared) >= 0.5 * smaller


@lru_cache(maxsize=16_384)
def thing_words(text: str) -> frozenset[str]:
    """Give the words of what a text is about, without those that say how it stands."""
    bare = text
    for pair in PAIRS:
        bare = pair.other.sub(" ", pair.one.sub(" ", bare))
    return subject_words(NEGATION.sub(" ", bare))


@lru_cache(maxsize=16_384)
def side_of(text: str, pair: _Pair) -> tuple[int, int, int] | None:
    """Give which of the two states a sentence is in (0 or 1) with its words' place; None when neither or both."""
    found: dict[int, tuple[int, int, int]] = {}
    taken: list[tuple[int, int]] = []
    for number, pattern in ((1, pair.other), (0, pair.one)):
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            denied = _negated_from(text, match.start())
            if denied is None:
                found.setdefault(number, (number, match.start(), match.end()))
            elif pair.negation_turns:
                found.setdefault(1 - number, (1 - number, denied, match.end()))
    return next(iter(found.values())) if len(found) == 1 else None


def names_state(text: str) -> bool:
    """Tell whether a text says how the work stands, in any of the pairs' words."""
    return any(pair.one.search(text) or pair.other.search(text) for pair in PAIRS[:_OF_WORK])


def _negated_from(text: str, place: int) -> int | None:
    """Give where a negation begins that reaches, in the same clause, the word at `place`."""
    begin = max(0, place - 40)
    window = text[begin:place]
    cut = max((m.end() for m in _CLAUSE_END.finditer(window)), default=0)
    last = None
    for match in NEGATION.finditer(window, cut):
        last = match
    if last is None or _NOT_ONLY.match(window[last.end() :]):
        return None
    between = window[last.end() :]
    return begin + last.start() if len(between.split()) <= _SCOPE and len(between) <= 24 else None


def _negation(text: str, aligned: Sequence[Statement]) -> tuple[str, tuple[int, int], dict[str, str]] | None:
    denied, plain = _polarity(text)
    for statement in aligned:
        their_denied, their_plain = _polarity(statement.text)
        if denied & their_denied:
            continue
        turned = sorted((denied & their_plain - their_denied - plain) | (their_denied & plain - denied - their_plain))
        strong = len(subject_words(text) & statement.words) >= 0.7 * len(subject_words(text))
        if turned and strong:
            return "negation", (0, len(text)), {"source": statement.text.strip(), "where": statement.where}
    return None


THIS = re.compile("本次|此次|本期|目前|当前|上述")


@lru_cache(maxsize=16_384)
def _polarity(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the words that a sentence denies and those that it does not."""
    text = THIS.sub("", text)
    denied: list[str] = []
    rest = text
    for match in reversed(list(NEGATION.finditer(text))):
        after = rest[match.end() :]
        if _NOT_ONLY.match(after):
            continue
        cut = _CLAUSE_END.search(after)
        scope = _DOER.split(after[: cut.start() if cut else None][:60])[0]
        words = ordered_words(scope)[:_SCOPE]
        denied.extend(words[:1] if not scope[:1].isascii() else words[:2])
        rest = rest[: match.start()] + " " + after
    said = Counter(ordered_words(rest))
    said.subtract(set(denied))  # a word that is also said plainly elsewhere in the sentence stays plain
    return frozenset(denied), frozenset(word for word, times in said.items() if times > 0)
