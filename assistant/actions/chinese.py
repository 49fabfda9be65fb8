"""Chinese sentences in which somebody takes on or is given a task."""

# ruff: noqa: SIM905 - word lists are read and kept as lines of words

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.actions.attendance import POST
from assistant.actions.english import Claim
from assistant.actions.people import ZH_PERSON, ZH_TITLED, People

VERB = (
    "负责(?!人)|牵头|跟进|落实|对接|处理|整理|准备|提供|提交|完成|确认|联系|协调|安排|组织|编写|撰写|起草|输出|修改"
    "|修复"
    "|更新|补充|补齐|发送|发出|发布|发给|发|出具|评估|测算|核对|核实|检查"
    "|排查|调研|调整|优化|测试|联调|部署|上传|下载|导出|导入|汇总|统计|采购|订购|申请|审批|审核|签|签字|盖章|签回|催"
    "|问|查|做|写|改|报|交|送|给|拿|约|订|买|列|出|推进|推动|解决"
    "|沟通|通知|反馈|回复|答复|说明|制定|拟定|拟|梳理|收集|搭建|开发|设计|验证|回归|复测|迁移|清理|备份|培训|讲解"
    "|演示|预约|预定|督促|监控|跟踪|配合|协助|支持|对账|开票|付款|打款|寄"
    "|归档|登记|录入|录制|翻译|邀请|召集|主持|参加|走访|拜访|拍|盯|办理|办|接(?![口触近下待着受])|改造|重做|重跑|补"
    "|定|选|选定|决定|比较"
    "|分析|研究|弄|搞|看|找|打电话|打印|约|数|填|搬|拿|备|印|录|租|招|换|装|拆|贴|清点|搜集|预留|公示|转发|拉群|建群"
    "|移交|交接"
    "|彩排|排练|回访|催促|确定|敲定|试用|试跑|压测|加|补测|补签|过一遍|发群里|调|寻找|编制|对齐|预订|推送|盘点|校对"
    "|核定"
    r"|排(?![名队除斥])|下单|重写|重做|摸底|摸清|走一遍|走一下|拉通|排期|提测|出图|报备|报送|上报|张贴|更换|安装|调试"
    r"|踏勘|勘察|复核|报价|备货|发货"
    r"|催收|开具|续签|开(?=给|通|好|一下|[，。！]|$)"
    r"|(?:follow[ -]?up|review|check|fix|merge|update|confirm|prepare|send|sync|push|share|test|call|draft"
    r"|schedule|book|release|deploy|upload|submit)(?![a-z])"
)
DATE = (
    r"(?:[^，,。；;：:！？\n]{0,14}?(?:之?前|以前|内|底|月|日|号|天|周[一二三四五六日天]|星期[一二三四五六日天]|晚|早"
    r"|午|周|下班|会后|尽快|马上|立即|今晚|明早))"
)
# What two sides do together: of 由周敏与财务确认 the second is whom the first has to deal with.
_TWO_SIDED = "确认|核对|核实|沟通|协商|商量|讨论|谈|对接|对账|对齐|联系|协调|申请|约|商定|敲定|签|反馈|说明|洽谈"
_BEGIN = r"(?:\A|(?<=[，,。；;：:、\s（(！!—-])|(?<=然后)|(?<=另外)|(?<=同时)|(?<=那就)|(?<=那么)|(?<=那)|(?<=并))"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of one note: its own people's names stand before the shapes of names."""

    by: re.Pattern[str]
    owned: re.Pattern[str]
    late_owner: re.Pattern[str]
    must: re.Pattern[str]
    ask_me: re.Pattern[str]
    fronted: re.Pattern[str]


@lru_cache(maxsize=64)
def _patterns(names: tuple[str, ...]) -> _Patterns:
    person = rf"(?:{'|'.join(map(re.escape, names))}|{ZH_PERSON})" if names else ZH_PERSON
    known = rf"(?!{'|'.join(map(re.escape, names))})" if names else ""
    stranger = rf"(?<=[和与]){known}{person}"
    by = re.compile(
        rf"(?P<modal>由|交由|(?<![邀申])请|麻烦|烦请|有劳|辛苦|让|叫|安排|指定|委托|要求"
        rf"|交给)[ ]?(?P<owner>{person}(?:(?:、|和"
        rf"|与|及"
        rf"|，)(?!负责)(?!{stranger}再?(?:{_TWO_SIDED})){person}){{0,3}})[ ]?(?P<other>(?:跟|与"
        rf"|和)[^，,。；;！？\n]{{1,10}}?(?=再?(?:{_TWO_SIDED})))?"
        rf"(?P<when>{DATE}[，, ]?)?(?P<help>再|来|去|自行|帮忙|帮|一下|于|在|统一|尽快|继续|具体|先|抽空|务必"
        rf"|分别|也|共同"
        rf"|一起|最迟|把|将)*(?P<task>{VERB})"
    )
    owned = re.compile(
        rf"{_BEGIN}@?(?:(?!{ZH_TITLED})[\u4e00-\u9fff]{{0,3}}{POST})?(?P<owner>{person}(?:[ ]?(?:、|和|与|及"
        rf"|跟(?=[^，。]{{1,4}}(?:一起|一块|共同|分别|[两都]))|/|\+|＋"
        rf"|&)[ ]?{person}){{0,3}})(?:[两二三]人)?(?!要求|提出|指出|表示|认为|建议"
        rf"|强调|汇报|反馈|介绍|说明|询问|提到|提议|希望|担心|同意了)(?:[（(][^）)]{{1,20}}[）)])?[ ，,]?"
        rf"(?P<when>{DATE}[，, ]?)?(?P<modal>会再|会|将|需要|需|要|应当|应该|应|须|必须|务必|得|来|去|这边|那边|再|先"
        rf"|尽快|继续|抽空|于|在|最迟|最晚|同意|答应|承诺|计划"
        rf"|打算|自己|到时候|会后|晚点|稍后|等下|一会儿?|待会儿?|具体|主要|统一|分别|也|还|下来|过去|回去|回来|自行"
        rf"|同步"
        rf"|就|直接|马上|回头|一起|共同|重新|再次"
        rf"|负责)*[ ]?"
        rf"(?P<help>(?:{DATE})[，, ]?)?(?P<take>把|将|向|跟|和|与|给|对|按|按照|根据|用|针对|找|去"
        rf"|帮)?(?P<task>(?(take)[^，,。；;！？\n]{{1,24}}?(?:{VERB})"
        rf"|(?:{VERB})))"
    )
    late_owner = re.compile(
        rf"(?P<task>[^，,。；;：:！？\n]{{2,60}}?)(?:这块|这件事|这个事|的事情?|这项|工作)?[，, ]?(?P<modal>由"
        rf"|归|交给|让"
        rf"|请)[ ]?(?P<owner>{person}(?:(?:、|和|与|及){person}){{0,3}})[ ]?(?:来|去)?(?:负责|牵头|跟进|处理|落实"
        rf"|对接|完成|跟|管|做|搞定|出"
        rf"|盯)(?:一下)?(?=[，,。；;！\s]|\Z)"
    )
    must = re.compile(
        rf"{_BEGIN}(?P<when>{DATE}[，, ]?)?(?P<modal>需要|需|务必|必须|还要|还需|应当|应|得|请|烦请|麻烦|请大家|我们要"
        rf"|我们需要"
        rf"|咱们要)[ ]?(?P<help>{DATE}[，, ]?)?(?P<task>(?:把[^，,。；;！？\n]{{1,24}}?)?(?:{VERB}))"
    )
    ask_me = re.compile(
        rf"(?:(?P<when>{DATE})[，, ]?)?(?:(?:麻烦|请|辛苦|劳烦|烦请|那就?|就)?(?:你|您"
        rf"|你们)(?:这边)?(?:{DATE}[，, ]?)?(?:顺便|再|先|也|就)?"
        rf"(?P<modal>能不能|能否|可不可以|可以|可否|记得|帮忙|帮我|帮|来|去|负责|尽快|务必|抽空|等会儿?|等下|待会儿?"
        rf"|一会儿?|回头)(?:顺便|再|先|也"
        rf"|帮忙|帮我|去|来|{DATE}){{0,2}}"
        rf"|(?:麻烦|请|辛苦|劳烦|烦请)(?:你|您|你们)(?:这边)?(?:{DATE})?(?:再|先|也)?|(?<![\u4e00-\u9fff])(?:那"
        rf"|那就|就)?(?:你|您)(?=让|叫|把|找)"
        rf"|(?:你|您)(?:{DATE})(?=把|将|给|交|发|提|写|做|弄|去|来))"
        rf"(?P<task>(?:把|将|让|叫|给|跟|找|向)[^，,。；;！？\n]{{1,24}}?(?:{VERB})|(?:{VERB}))"
    )
    fronted = re.compile(
        rf"(?:\A|(?<=[，,。；;：:！？\s]))(?P<object>(?:(?![觉想说让给问跟和请但因所如就当听看知到为使把被]|可以"
        rf"|什么|大家|我们)[\u4e00-\u9fff]){{2,10}}?)"
        rf"(?P<owner>我|{person})(?:这边)?(?P<when>{DATE}[，, ]?)?(?P<modal>自己|打算|准备|计划|来|去|负责|再|先|会|就"
        rf"|马上|尽快"
        rf"|顺便|过去|统一)*(?P<help>{DATE})?"
        rf"(?P<task>(?:[把将给跟向找][^，,。；;！？\n]{{1,20}}?)?(?:{VERB}))"
    )
    return _Patterns(by, owned, late_owner, must, ask_me, fronted)


# Two people of a list item: one known name vouches for the other, whose surname no list may have.
_PAIR = re.compile(
    r"(?P<a>[\u4e00-\u9fff]{2,3})(?:和|、|与|跟|及)(?P<b>[\u4e00-\u9fff]{2,3}?)(?:一起|共同|分别|一同"
    r"|合作|负责(?!人))(?=[\u4e00-\u9fff])"
)
NO_NAMES = frozenset(
    " 尽快 及时 务必 大家 各位 提前 继续 协助 配合 认真 注意 按时 抓紧 立即 统一 自行 再次"
    " 一并 同步 给予 予以 相关 有关 各部门 各组 各方 双方 一起 需要 必须 全体 所有 帮忙"
    " 重新 尽早 随时 马上 具体 直接 主动 优先 严格 积极 妥善 详细 另外 同时 然后 如有 根据"
    " 按照 对照 结合 围绕 安排 组织".split()
)
# In a list, 请 before two or three characters and a task names somebody, also without a surname that is known.
_ASKED_ANY = re.compile(rf"(?:请|由|麻烦|烦请)(?P<owner>[\u4e00-\u9fff]{{2,3}}?)(?:{DATE}[，, ]?)?(?P<task>(?:{VERB}))")
_HAN = re.compile("[\u4e00-\u9fff]")
_TALK = re.compile(
    r"(?:看到|看看|看一下大家|说|讲|觉得|认为|知道|想|做到|做的|做过|给大家|给你们|发现|发展|发生|出现|出来|改变|改革"
    r"|报告说|要不|给到了|做为|定位|定义|办公|接着|接下来|看来|问题|补贴|支持了"
    r"|交流|发表|分享|谈|介绍|发言|致辞|上台|回答|解答|点评|补充一下|补充两|加一句|加一点|跟大家|给大家|感谢"
    r"|参加|参与|加入|做客|做一个(?:汇报|介绍|分享|回应)"
    r"|说一下|讲一下|问一下大家|拿出来|接触|发现|看过去|看问题|看齐|看了|找出|找到|买单|报告|学习|提升|提高|加强"
    r"|加大|给它|给他|给我们的)"
)


def claims(sentence: str, people: People, *, listed: bool) -> list[Claim]:
    """Find the places of a Chinese sentence where a task is taken on or given, in order and without overlap."""
    if not _HAN.search(sentence):
        return []
    found = sorted(_all(sentence, people, listed=listed), key=lambda c: (c.clause, -c.sure))
    kept: list[Claim] = []
    for claim in found:
        if not kept or claim.clause >= max(kept[-1].task + 1, kept[-1].end):
            kept.append(claim)
    return kept


def _all(sentence: str, people: People, *, listed: bool) -> Iterator[Claim]:
    patterns = _patterns(tuple(people.known_chinese()))
    yield from _spoken_names(sentence, people)
    yield from _fronted(sentence, patterns, people)
    yield from _called(sentence, people)
    yield from _to_me(sentence)
    if listed:
        yield from _named_in_a_list(sentence, people)
    yield from _given_to(sentence, patterns, people)
    for match in patterns.owned.finditer(sentence):
        claim = _owned(sentence, match, people, listed=listed)
        if claim:
            yield claim
    yield from _asked(sentence, patterns)
    for match in patterns.must.finditer(sentence):
        if (match["when"] or match["help"] or listed) and not _TALK.match(sentence, match.start("task")):
            yield Claim(match.start(), match.start("task"), "", 0.5, "must")


def _given_to(sentence: str, patterns: _Patterns, people: People) -> Iterator[Claim]:
    for match in patterns.by.finditer(sentence):
        owner = people.owner(match["owner"])
        formerly = sentence[match.end() :][:1] == "的" or _FORMERLY.search(sentence, 0, match.start())
        if owner and not formerly and not _TALK.match(sentence, match.start("task")):
            begin = match.start("other") if match["other"] else _task_start(match)
            yield Claim(match.start(), begin, match["owner"], 0.85, "by")
    for match in patterns.late_owner.finditer(sentence):
        if people.owner(match["owner"]):
            yield Claim(match.start(), match.start("task"), match["owner"], 0.8, "late", match.end())


def _asked(sentence: str, patterns: _Patterns) -> Iterator[Claim]:
    for match in patterns.ask_me.finditer(sentence):
        if not _TALK.match(sentence, match.start("task")):
            yield Claim(match.start(), match.start("task"), "", 0.5, "ask")
    for match in _YOU_DO.finditer(sentence):
        if not _TALK.match(sentence, match.start("task")) and not _DONE_WITH.match(sentence, match.end()):
            yield Claim(match.start("you"), match.start("task"), "", 0.5, "ask")


# 剩下4家你盯一下, 你今天下班前再催一下, 你出两版
_YOU_DO = re.compile(
    r"(?<![跟给让问帮和向对与找谢叫请麻烦])(?P<you>你)(?:这边|那边)?"
    rf"(?:{DATE}[，, ]?)?(?:再|先|也|就|顺便|回头|来|去|还|自己)*"
    rf"(?P<task>(?:(?:把|将|给|跟|找|向|打)[^，,。；;！？\n]{{1,16}}?)?(?:{VERB})(?:一下|一遍|一声|着|好|[个份张版]"
    rf"|[一两二三四五六七八九十几]))"
)
_SOFT_PROMISE = re.compile(r"(?:一下|一遍|一版|一声)(?:吧|好了|啊)")


_THEN_A_DAY = re.compile(rf"[^，,。；;]{{0,10}}[，,]{DATE}")
# 整理了 is past; 整理了发群里 is what comes first of two
_DONE_WITH = re.compile(rf"了(?!再?(?:{VERB}))|[过的得]")
_FORMERLY = re.compile(r"(?:原|原定|原本|此前|曾)$")


def _owned(sentence: str, match: re.Match[str], people: People, *, listed: bool) -> Claim | None:
    owner, modal = match["owner"], match["modal"]
    if people.owner(owner) is None and owner not in {"我", "我这边", "我们", "我们这边"}:
        return None
    talk = not match["take"] and _TALK.match(sentence, match.start("task"))  # 把报告发出去 is no talk, 报告一下 is
    said = sentence[match.end("owner") : match.start("task")]
    bare = match["task"] in {"配合", "协助", "负责"} and not re.match(r"\w", sentence[match.end() :])  # a heading
    if talk or bare or _DONE_WITH.match(sentence, match.end()) or re.match("怕|担心|觉得|以为|希望", said):
        return None
    surely = people.is_surely(owner.split("、")[0]) or owner.startswith("我")
    if (
        owner.startswith("我")
        and not listed
        and re.fullmatch(r"(?:就|再|先|也|还|直接|得|应该|需要?|要)*", modal or "")
    ):
        modal = ""  # 我就说 and 我再补充 promise nothing
    told_when = owner.startswith("我") and _THEN_A_DAY.match(sentence, match.end())  # 我写个脚本，10号之前给你
    handed = match["take"] in {"把", "将"} and (
        (surely and not owner.startswith("我")) or sentence[: match.start("owner")].endswith(("那", "那就"))
    )
    backed = bool(
        (owner.startswith("我") and _SOFT_PROMISE.match(sentence, match.end()))
        or match["when"]
        or match["help"]
        or modal
        or told_when
        or handed
        or match["task"].startswith(("负责", "跟进", "牵头", "落实", "对接", "配合", "协助"))
    )
    if not backed and not listed:
        return None
    if (
        not surely
        and not listed
        and not (match["when"] or match["help"] or modal)
        and not match["task"].startswith(("负责", "牵头", "跟进"))
    ):
        return None
    if owner.startswith("我们"):
        return (
            Claim(match.start("owner"), _task_start(match), "", 0.5, "must") if match["when"] or match["help"] else None
        )
    start = match.start("take") if match["take"] else match.start("task")
    every = _EVERY_UNIT.search(owner)
    return Claim(
        match.start("owner"),
        start,
        every[0] if every else owner.removesuffix("这边"),
        0.8 if surely else 0.65,
        "first" if owner.startswith("我") else "owned",
    )


def _named_in_a_list(sentence: str, people: People) -> Iterator[Claim]:
    """People whose names no list of surnames knows: 请奥佳联系诊所, 哈明和周怡一起处理."""
    asked = _ASKED_ANY.match(sentence)
    if asked and asked["owner"] not in NO_NAMES and people.owner(asked["owner"]) is None:
        yield Claim(0, asked.start("task"), asked["owner"], 0.8, "by")
    pair = _PAIR.match(sentence)
    if pair and not {pair["a"], pair["b"]} & NO_NAMES:
        yield Claim(0, pair.end(), f"{pair['a']}、{pair['b']}", 0.85, "owned")


def _fronted(sentence: str, patterns: _Patterns, people: People) -> Iterator[Claim]:
    """What is to be done stands before who does it: 合同我来催一下, 打样我周二看."""
    for match in patterns.fronted.finditer(sentence):
        owner = match["owner"]
        backed = match["when"] or match["help"] or (match["modal"] or "").strip("就再先会")
        if not backed or (owner != "我" and not people.is_known(owner)):
            continue
        if _TALK.match(sentence, match.start("task")) or sentence[match.end() :][:1] in {"了", "过", "的", "得"}:
            continue
        yield Claim(match.start("object"), match.start("task"), owner, 0.7, "fronted", match.end())


# 邀请函名单各部门8号前报给我: what is reported is no part of the department's name
_EVERY_UNIT = re.compile(r"(?<=.)各[^各]{1,5}\Z")


def _task_start(match: re.Match[str]) -> int:
    take = match.groupdict().get("take")
    return match.start("take") if take else match.start("task")


# Somebody known is called and told to: 宋佳你今天晚上跟家长说一下, 一鸣你周四之前把文案改一版.
def _called(sentence: str, people: People) -> Iterator[Claim]:
    for name in people.known_chinese():
        for match in re.finditer(
            rf"(?:\A|(?<=[，,。；;、！？\s]))(?:那)?{re.escape(name)}[，, ]?你(?:这边)?(?P<when>{DATE}[，, ]?)?"
            r"(?P<task>[^，,。；;！？?\n]{3,40})",
            sentence,
        ):
            told = match["task"]
            done = re.search(r"[了吗呢过]$|觉得|认为|是不是|说的|知道|^(?:是|说得|上次|刚才|之前|有)", told)
            ordered = match["when"] or re.search(r"一下|[吧]$|^(?:把|去|再|先|来|帮|负责|给|问)", told)
            if (
                ordered
                and not done
                and told not in {"来吧", "说吧", "先说", "看看吧"}
                and not re.match(r"(?:先|来)?(?:说|讲|看|介绍)", told)
            ):
                yield Claim(match.start(), match.start("task"), name, 0.75, "ask")


# What everybody shall bring to the speaker: 十三号之前都交到我这儿.
_TO_ME = re.compile(
    rf"(?:(?:\A|(?<=[，,。；;]))(?P<object>(?:(?!你)[^，,。；;！？\n]){{2,20}})[，,])?(?P<when>{DATE})(?:都|全部|统一)?"
    r"(?P<task>(?:交|发|给|报|送|填|汇总)(?:到|给)?我(?:这儿|这里|这边|邮箱)?)(?=[，,。；;！\s]|\Z)"
)


def _to_me(sentence: str) -> Iterator[Claim]:
    for match in _TO_ME.finditer(sentence):
        if not match["object"] and match.start():
            continue  # 你排一个，下周三之前发我: the day of what was asked before
        begin = match.start("object") if match["object"] else match.start()
        yield Claim(begin, begin, "", 0.6, "must", match.end())


def _spoken_names(sentence: str, people: People) -> Iterator[Claim]:
    """A known name at the head of a chat line with a task behind it: 罗斌 明天中午前把差异表给我."""
    head = sentence.lstrip(" @")
    offset = len(sentence) - len(head)
    for name in people.known_chinese():
        if head.startswith(name):
            rest = head[len(name) :]
            found = re.match(
                rf"[ ，,：:](?P<when>{DATE}[，, ]?)?(?P<task>(?:(?:把|将|给)[^，,。；;！？\n]{{1,24}}?)?(?:{VERB}))",
                rest,
            )
            if found and not _TALK.match(rest, found.start("task")):
                yield Claim(offset, offset + len(name) + found.start("task"), name, 0.75, "owned")
            return


_POLITE = re.compile(
    r"^(?:[，,、：:；;\s]|(?:需要|还要|得)?有人(?:去|来)?|请|麻烦|烦请|辛苦|帮忙|帮我|一下|(?:需要|需|务必|必须"
    r"|要)(?=[\u4e00-\u9fff])"
    r"|再(?=[\u4e00-\u9fff])"
    r"|去(?=[\u4e00-\u9fff]{2})|来(?=[\u4e00-\u9fff]{2})|尽快|于(?=\s|$)|将(?=于)|负责(?=[\u4e00-\u9fff]{3}))+"
)


def imperative(words: str) -> str:
    """Take politeness and duty words off the front of a task."""
    plain = _POLITE.sub("", words)
    return plain if len(plain) >= 2 else words


def is_doing(words: str) -> bool:
    """Whether the words begin with something done, and are not only the name of a thing."""
    return (
        re.match(rf"\s*(?:把|将|立即|尽快|进一步)?(?:[^，]{{0,8}})?(?:{VERB})[\u4e00-\u9fff]{{2,}}", words) is not None
    )


_WILL_DO = re.compile(
    rf"(?:(?:{DATE})[，, ]?)?(?:继续|需要?|要|准备|计划|将|去|再|负责)*(?:(?:把|将|给|和|与|向"
    rf"|跟)[^，,。；;！？\n]{{1,20}}?)?(?:{VERB})"
)


def will_do(words: str) -> int | None:
    """Give where the task begins in a bullet that says what somebody will do: 周四把图标库移交给彭涛; else None."""
    found = _WILL_DO.match(words)
    return None if found is None or re.search(r"[了过]\W*$|已", words) else 0
