"""Chinese: lines of notes into sentences that a project manager would send.

The patterns mirror those of English: owner and task, thing and outcome, thing and date, labelled parts. What fits none
gives nothing here; it may still be quoted.
"""

# ruff: noqa: E501 - patterns and word lists stand together by meaning

import re
from datetime import date

from assistant.writing.said import Clause

_IDS = r"[A-Z]{1,6}-?[0-9]{1,6}"
_ID_HEAD = re.compile(rf"^(?:{_IDS}[、,，/ ]*){{1,6}}[:：]?\s*(?:[(（][^)）]{{1,20}}[)）])?\s*")
_ID_BRACKETS = re.compile(rf"\s*[(（](?:{_IDS}[、,， ]*){{1,8}}[)）]")
_ID_LIST = re.compile(rf"[(（][^()（）]*?{_IDS}[^()（）]*[)）]")
_ID_ANY = re.compile(rf"{_IDS}\s*")
_WEEKDAY = r"(?:[(（]周[一二三四五六日][)）])?"
_DAY = rf"(?:[0-9]{{4}}年)?[0-9]{{1,2}}月[0-9]{{1,2}}日{_WEEKDAY}"
_RANGE = rf"{_DAY}\s*(?:[–—~至到-]|--)\s*(?:{_DAY}|[0-9]{{1,2}}日{_WEEKDAY})"
_DUE = re.compile(
    rf"[，,、\s]*(?:于|在|到|至|最晚|截止)?\s*(?P<day>{_DAY})\s*(?:之?前|以前|前后?|截止)?(?P<give>(?:给到|提交给|发给|给)[^，,。；]{{1,10}})?\s*$"
)
_DUE_FIRST = re.compile(
    rf"^[:：，,\s]*(?:应|须|需要?|要)?[于在]?\s*(?P<day>{_DAY})\s*(?:之?前|以前)[，,：:\s]*(?:要|须|应)?(?P<task>\S.*)$",
    re.DOTALL,
)
_DATED = re.compile(
    rf"(?P<np>[^，,。；:：]{{2,24}}?)\s*(?P<set>定在|定于|安排在|改到|改为|改在|计划在|将于|在|为|是)?\s*(?P<day>{_RANGE}|{_DAY})(?P<rest>开始|起|举行|召开|进行|上线|到货|完成|进场|开工|交付|验收|提交|提测|割接|切换|发布|到位|交货|发货|做)?(?P<tail>[，,（(].*)?"
)
_FULL_STOP = re.compile(r"[。！!？?]\Z")
_SIDE = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"})
_ASCII_MARK = re.compile(r"(?<=[\u4e00-\u9fff0-9A-Za-z%)）”」]) ?([,;:?!])(?=\s*[\u4e00-\u9fff0-9A-Za-z“「]|$)")
_NUMBER_MARK = re.compile(r"[0-9][,:][0-9]")
risk_openings = ("风险：", "风险：")
_RESIDUE = re.compile(
    r"[@#~<>{}|\\]|！！|!!|？？|\?\?|谁[？?]|见上|见下|待议|先别|别往外|不要外传|惊喜|老周|没人回|发群|群里|必须发|要核|弄忘|忙忘|[\U0001f300-\U0001faff\u2600-\u27bf]"
)
_QUESTION = re.compile(r"[？?吗呢]\s*$|能不能|是不是|谁去|谁跟")
_VERBAL = re.compile(
    r"完成|已|了|将|会|能|可|要|需|在|由|为|是|有|无|改|定|到|通过|部署|上线|上测试|开始|结束|确认|提供|安排|调整|影响|不|发现|出现|跑完|装完|修复|正常|同意|续期|走|迁|冻结|等|缺|晚|拖|顺延|压缩|停|发|来信|签|报|分[三二四五几两]?批|跑|查|补|交|给|做|换|压缩|加|减|拍|订|进场|退|测|付|留|另计|剩|余|差|涉及|累计|共|占|满|达|降|升|用|走|先|按"
)
_LABELS = {
    "影响": "effect", "后果": "effect", "应对": "remedy", "措施": "remedy", "对策": "remedy", "我们的做法": "remedy", "原因": "cause", "起因": "cause", "根因": "cause", "理由": "cause", "查明": "cause",
    "决定": "decision", "决议": "decision", "结论": "decision", "一致同意": "decision", "不含": "limit", "不包括": "limit", "范围外": "limit", "前提": "limit", "限制": "limit",
    "范围": "feasibility", "方案": "option", "方案一": "option", "方案二": "option", "建议": "proposal", "教训": "lesson", "改进": "lesson", "风险": "risk", "未定": "open", "待定事项": "open", "待决定": "open", "未决": "open",
}  # fmt: skip
_LABEL = re.compile(r"^(?P<label>[\u4e00-\u9fff]{2,6})[:：]\s*(?P<rest>\S.*)$", re.DOTALL)
_FRAMES = {
    "effect": "影响：{}", "remedy": "应对：{}", "cause": "原因是{}", "limit": "约定范围不包括：{}", "feasibility": "约定的范围包括：{}",
    "option": "可选的做法：{}", "proposal": "我们的建议是：{}", "lesson": "改进：{}", "risk": "风险：{}", "open": "尚未决定的是：{}",
}  # fmt: skip
_SPOKEN_BY = re.compile(r"\s*(?:——|--|—)\s*[\u4e00-\u9fff]{1,4}$")
_PREMISE = {"前提": "约定的前提是：{}", "限制": "目前的限制是：{}"}


def tidy(text: str, known_ids: frozenset[str]) -> str:
    """Take ticket numbers the client does not know and stray marks out of a line; write its punctuation full width."""

    def keep(found: re.Match[str]) -> str:
        return found[0] if _known(found[0], known_ids) else ""

    # Machines are numbered with the sign: 2# is the second one.
    text = re.sub(r"(?<=[0-9])#(?=[\u4e00-\u9fff]|[\s,\uff0c]|$)", "号", text)
    text = _SPOKEN_BY.sub("", text)
    text = _ID_HEAD.sub(keep, text)
    text = _ID_BRACKETS.sub(keep, text)
    text = _ID_LIST.sub(keep, text)
    text = re.sub(r"(?<=[\u4e00-\u9fff]{2})排了(?=[:：])", "已安排", text)
    text = text.replace(" + ", "、").replace("->", "→").replace("——", "，")
    text = re.sub(r"\(([^()]*)\)", r"（\1）", text)
    text = (
        _ASCII_MARK.sub(lambda m: m[1].translate(_SIDE), text)
        if not _NUMBER_MARK.search(text)
        else _marks_but_numbers(text)
    )
    return " ".join(text.split()).strip(" -–—；，;,")


def _marks_but_numbers(text: str) -> str:
    parts = re.split(r"([0-9]+(?:[,:][0-9]+)+)", text)
    return "".join(
        part if i % 2 else _ASCII_MARK.sub(lambda m: m[1].translate(_SIDE), part) for i, part in enumerate(parts)
    )


def without_signature(text: str, names: frozenset[str]) -> str:
    """Take the name of whoever wrote an entry off its end."""
    if not names:
        return text
    text = re.sub(
        r"[，,]\s*(?:" + "|".join(map(re.escape, sorted(names))) + r")(?:\s*[、+]\s*[^，,。、+]{1,8})*。?$", "", text
    )
    some = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.sub(
        rf"[\s，,。；;、-]+(?:{some})(?:\s*[、,，+/和]\s*(?:{some}))*(?:[(（][^)）]{{1,8}}[)）])?。?$", "", text
    )


def labelled(text: str) -> tuple[str, str] | None:
    """Read a label in front of a sentence: (role, rest)."""
    found = _LABEL.match(text)
    role = _LABELS.get(found["label"]) if found else None
    return (role, found["rest"]) if found and role else None


def framed(role: str, rest: str, clause: Clause) -> str:
    """Say a labelled part in a sentence of its own."""
    if role == "decision":
        day = clause.line.dated
        return finish(f"{day.month}月{day.day}日商定：{rest}" if day else f"双方商定：{rest}")
    label = clause.raw[:2]
    return finish(_PREMISE.get(label, _FRAMES[role]).format(rest.rstrip("。")))


def sentence(clause: Clause, as_of: date) -> str:
    """Make one clause a full sentence, or give an empty string when no pattern fits."""
    text = clause.text.strip(" 。，")
    if len(text) < 4 or _RESIDUE.search(text) or _QUESTION.search(text):
        return ""
    text = _formal(text)
    # A hope with a date keeps its own words: a pattern would make a plan of it.
    made = _moved(text) or ("" if clause.hedged else _dated(text, clause, as_of)) or _measured(text)
    if not made and re.match(r"(?:争取|力争|计划|预计|准备|打算)", text):
        text = f"我们{text}"
    if made:
        return finish(made)
    if not _VERBAL.search(text):
        return ""
    happened = clause.line.told_day
    if happened and not re.search(_DAY, text):
        text = f"{happened.month}月{happened.day}日，{text}"
    return finish(text)


_COLLOQUIAL = (
    (r"来了(?=尺寸|数量|颜色|型号)", "到货后"), (r"退了(?=，|$)", "已退回"), (r"(?:(?<=物业)|(?<=[部局处科院]))批了(?=，|$)", "已批准"), (r"验收过了", "已通过验收"),
    (r"(?<![通经超])过了(?=，|$)", "已通过"), (r"查到了", "已查明"), (r"(?<!已)定了(?=，|$)", "已确定"), (r"(?<=[\u4e00-\u9fff])通了(?=，|$)", "已联通"), (r"跑通(?=，|$)", "已跑通"),
    (r"写了一半", "已完成一半"), (r"，[\u4e00-\u9fff]{2,3}在(?:弄|搞|跟|做)(?=，|$)", "，正在处理"), (r"，[\u4e00-\u9fff]{2,3}在(?:查|看)(?=，|$)", "，正在排查"),
    (r"([0-9]{1,2})[号日]前能(?:出来|好|弄完|搞定)(?=，|$)", r"\1日前可以完成"), (r"没拍完", "尚未拍完"), (r"还没齐", "尚未齐备"), (r"没问题(?=，|$)", "正常"), (r"连不上", "无法连接"), (r"坏的(?=，|$)", "损坏"), (r"(?<=场地)要换大的", "需要换大的"),
    (r"(?<=[\u4e00-\u9fff])还差(?=[\u4e00-\u9fff])", "尚缺"), (r"，拍了照(?=，|$)", "，已拍照"), (r"对不上(?=，|$)", "不一致"),
)  # fmt: skip
_MOVED = re.compile(
    rf"(?P<np>[^，。；:：]{{2,20}}?)[:：]?\s*(?:原定|原计划|原)?(?:于|在)?\s*(?P<a>{_RANGE}|{_DAY})\s*(?:，?\s*(?:现)?(?P<verb>改到|改为|改成|调整为|调整到|推迟到|推迟至|提前到|顺延到|顺延至)|→|->)\s*(?P<b>{_RANGE}|{_DAY})(?P<tail>[（(，；].*)?"
)
_MEASURED = re.compile(
    r"(?P<np>[\u4e00-\u9fffA-Z][\u4e00-\u9fffA-Za-z0-9]{1,14})\s+(?P<value>[0-9][0-9.,]*\s*[^，。；\s0-9]{1,6}(?:[（(，].*)?)"
)


def _formal(text: str) -> str:
    """Write the words of a work log as a letter writes them; facts stay."""
    for pattern, words in _COLLOQUIAL:
        text = re.sub(pattern, words, text)
    return text


def _moved(text: str) -> str:
    """Say a change that stands as old day and new day: "完工时间 12月18日 → 12月23日"."""
    found = _MOVED.fullmatch(text)
    if not found or _RESIDUE.search(found["np"]):
        return ""
    verb = found["verb"] or "调整为"
    np = found["np"].removesuffix("由").removesuffix("从").strip()
    return f"{np}由{found['a'].strip()}{verb}{found['b']}{found['tail'] or ''}"


def _measured(text: str) -> str:
    """Say a figure that stands beside its name: "整线节拍 54 s"."""
    found = _MEASURED.fullmatch(text)
    if not found or _VERBAL.search(found["np"]) or re.search(r"反馈|到位|错页|中$", found["np"]):
        return ""
    # What happens to a number of things is told as it stands: "网关 12 台到货".
    happens = re.match(r"[0-9.,]+\s*[^，。；\s0-9]{1,2}(?:到货|完成|通过|装|报|缺|返工|待|已|未|损)", found["value"])
    return f"{found['np']}{' ' if happens else '为 '}{found['value']}"


def _dated(text: str, clause: Clause, as_of: date) -> str:
    found = _DATED.fullmatch(text)
    if not found or _RESIDUE.search(found["np"]) or re.search(r"原|由|从|因|把|被|已|了|[0-9]月", found["np"]):
        return ""
    days = clause.days
    past = bool(days) and days[-1] < as_of
    rest = found["rest"] or ""
    tail = found["tail"] or ""
    if past and clause.line.passage.kind.value == "plan":
        return ""
    moved = (
        re.match(r"，\s*(?P<to>(?:现)?(?:改|调整|推迟|提前|顺延)[到为至成]?)\s*(?P<more>.*)", tail)
        if not rest
        else None
    )
    if moved:
        return f"{found['np']}由{found['day']}{moved['to']}{moved['more']}"
    if rest == "做":
        rest = "进行"
    if rest:
        verb = "已于" if past else "计划于"
        return f"{found['np']}{verb}{found['day']}{'开始' if rest == '起' else rest}{tail}"
    if found["set"] in ("为", "是") and not past:
        return f"{found['np']}为{found['day']}{tail}"
    changed = "已改到" if (found["set"] or "").startswith("改") else "原定于" if past else "计划于"
    return f"{found['np']}{changed}{found['day']}{tail}"


def action(task: str, *, who: str, due: str) -> str:
    """Say who does a task by when. `who` is a subject （我们, 我, a name） or empty for the addressee."""
    task = task.strip(" ，,。；;、")
    when = f"在{due}前" if due else ""
    if not who:
        return finish(f"烦请您{when}{_verbal(task)}")
    if who in ("我们", "我"):
        return finish(f"{who}将{when}{_verbal(task, '完成')}") if due else ""
    return finish(f"烦请{who}{when}{_verbal(task)}")


def _verbal(task: str, otherwise: str = "提供") -> str:
    if _STARTS_WITH_VERB.match(task):
        return task
    if _DONE_TO.match(task):
        return f"安排{task}"
    # A bare noun joins its verb; a longer matter stands behind a colon.
    joint = "" if otherwise == "提供" and re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9 ]{2,14}", task) else "："
    space = " " if not joint and task[:1].isascii() else ""
    return f"{otherwise}{joint}{space}{task}"


_DONE_TO = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9 ]{2,8}?(?:换|改|装|拆|修|清空|腾空|搬|开通|停机|停电|断电|关闭|打开|更换|调整)[\u4e00-\u9fff]{0,8}$"
)


_STARTS_WITH_VERB = re.compile(
    r"(?:确认|提供|签回|签|发|给|安排|协调|答复|回复|审批|批准|提交|检查|核对|准备|开通|决定|测试|试用|补|定|选|看|通知|组织|参加|配合|完成|跟进|更新|整理|采购|联系|换|改|做|交|报|反馈|落实|出具|拍|上传|协助|派|支付|付|盖章|搬|拆|装|修|补齐|给齐|评估|测|写|订|订购|更换|调试|演示|搭建|培训)"
)


def open_point(what: str, due: str) -> str:
    """Say by when a numbered point with a short name is to be closed."""
    return f"未关闭的问题「{what}」计划在{due}前处理完。" if due else ""


def spanned(task: str, first: str, last: str) -> str:
    """Say from when to when something is planned."""
    return finish(f"{task.strip(' ，,')}计划于{first}至{last}进行")


def cut_due(task: str) -> tuple[str, str, tuple[str, str] | None]:
    """Part a task from its due day: (task, day, span)."""
    leading = _DUE_FIRST.match(task)
    if leading:
        return leading["task"], leading["day"], None
    bare = re.sub(r"[(（][^()（）]{0,40}[)）]\s*$", "", task)
    found = _DUE.search(bare)
    if not found:
        return task, "", None
    return bare[: found.start()], found["day"], None


def finish(text: str) -> str:
    """Give a sentence its full stop."""
    text = re.sub(r"(?<=[日月])\s+(?=[\u4e00-\u9fff])", "", text.strip(" ，,；;、"))
    return text if _FULL_STOP.search(text) else text + "。"


def _known(text: str, known_ids: frozenset[str]) -> bool:
    return any(found.casefold() in known_ids for found in re.findall(_IDS, text))
