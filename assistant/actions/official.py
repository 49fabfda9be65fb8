"""Chinese official prose, in which a meeting gives tasks to units: 由后勤处于3月3日前完成…, 责成…, 施工单位务必…."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.actions.attendance import POST, UNIT
from assistant.actions.chinese import DATE, VERB
from assistant.actions.english import Claim
from assistant.actions.people import ZH_PERSON, ZH_TITLED, People

_LEAD = r"(?:责成|责令|督促|要求|委托|授权|指定|商请|提请|(?<![邀申])请|(?:会后|现|并|改|拟|仍|交|统一)?由)"
_BEGIN = r"(?:\A|(?<=[，,。；;：:！？\s]))"
_EVERYBODY = re.compile(r"[各全]|所有|有关|相关|双方|大家|参会|与会|上级|任何|其他")
_WHEN = rf"(?:(?:于|在|须于|务必于|要在|最迟)?{DATE}[，, ]?)"
_HOW = r"(?:牵头|负责|抓紧|尽快|进一步|具体|统筹|继续|认真|切实|主动|积极|及时|务必|按程序|另行|统一|同步|于|在|再)"
_MODAL = r"(?:务必|必须|须|应当|应|需要|需|要|负责|牵头|做好|配合|抓紧|尽快|继续|将|会)"
_JOINED = r"(?:会同|联合|协同|配合|协助)"
_VERBAL = (
    r"协调|组织|联系|通知|配合|协助|督促|安排|对接|确认|落实|牵头|会同|联合|协同|负责|抓紧|尽快|请|由|责成|要求"
    r"|于|在|对|向|把|将|做好"
)
_FORMERLY = re.compile(r"(?:原|原定|原本|此前|前期|之前|本|曾|一直)$")
_NO_TASK = re.compile(r"[的了]|已|进行了|提出的|负责的|组成|共同组成|主持|汇报|介绍|通报")
_SIDE = r"(?:客户|甲|乙|我|贵|对|施工|设计|监理|建设|承建|承办|主办|供货|中标|业主)方(?!案)"
_COMRADE = r"[\u4e00-\u9fff]{2,3}(?=同志)"
_ORDER = re.compile(r"责|督促|要求|商请|提请|请|委托|授权|指定")
_BACKED = re.compile(rf"{_JOINED}|{_WHEN}|{_HOW}|{VERB}|做好|把|将|对|向|就")
_HAN = re.compile("[\u4e00-\u9fff]")


@lru_cache(maxsize=64)
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    known = "|".join(map(re.escape, names))
    person = (
        rf"(?!{_VERBAL})(?:{known}|{_COMRADE}|{ZH_PERSON})" if names else rf"(?!{_VERBAL})(?:{_COMRADE}|{ZH_PERSON})"
    )
    shape = rf"(?!{_VERBAL})[\u4e00-\u9fff]{{1,12}}?{UNIT}"
    unit = rf"(?:{known}|{_SIDE}|{shape})" if names else rf"(?:{_SIDE}|{shape})"
    named = rf"(?P<unit>{unit})?(?:(?!{ZH_TITLED})[\u4e00-\u9fff]{{0,3}}{POST})?(?P<person>{person})?(?:同志|等)?"
    given = re.compile(
        rf"(?P<lead>{_LEAD})[，,]?(?={unit}|{person}|[\u4e00-\u9fff]{{0,3}}{POST}){named}"
        rf"(?P<task>(?={_JOINED}|{_WHEN}|{_HOW}|{VERB}|做好|把|将|对|向|就|[\u4e00-\u9fff]{{2}})[^。；;！？\n]{{2,}})"
    )
    subject = re.compile(rf"{_BEGIN}(?:会议要求)?{named}(?:还|仍|也)?(?P<modal>{_MODAL})(?P<task>[^。；;！？\n]{{2,}})")
    passive = re.compile(
        rf"(?:原定?由[^，,。；;]{{2,14}}?的)?(?P<object>(?!会议|经研究)[^，,。；;：:]{{3,24}})[，,]?(?:会后"
        rf"|现)?(?P<lead>改?由)"
        rf"(?P<owner>{unit}|{person})(?P<task>(?:{_HOW})*(?!牵头)(?:{VERB}))(?=[，,。；;]|\Z)"
    )
    return given, subject, passive


def claims(sentence: str, people: People) -> list[Claim]:
    """Find where a sentence of official prose gives a task to a unit or a person; talk has none."""
    if people.talk or not _HAN.search(sentence):
        return []
    kept: list[Claim] = []
    for claim in sorted(_all(sentence, people), key=lambda c: (c.clause, c.kind != "passive")):
        if not kept or claim.clause >= max(kept[-1].task, kept[-1].end):
            kept.append(claim)
    return kept


def _all(sentence: str, people: People) -> Iterator[Claim]:
    given, subject, passive = _patterns(tuple(people.known_chinese()))
    for match in _each(passive, sentence):
        if not _EVERYBODY.match(match["owner"]) and people.owner(match["owner"]):
            yield Claim(match.start("object"), match.start("task"), match["owner"], 0.85, "passive", match.end())
    for match in _each(given, sentence):
        claim = _given(match, sentence, people)
        if claim:
            yield claim
    for match in _each(subject, sentence):
        weak = match["modal"] in {"将", "会", "要", "需", "应"}
        if match["modal"] in {"配合", "协助"} and re.search(r"(?:牵头|负责|主办)[，,]$", sentence[: match.start()]):
            continue  # 由市场部牵头，销售部配合: one task, whose owner leads
        if weak and re.search(VERB, match["task"][:24]) is None:
            continue
        claim = _made(match, match.start("unit") if match["unit"] else match.start("person"), people)
        if claim:
            begin = match.start("modal") if match["modal"] in {"做好", "配合", "牵头"} else claim.task
            yield Claim(claim.clause, begin, claim.owner, 0.8, claim.kind)


def _each(pattern: re.Pattern[str], sentence: str) -> Iterator[re.Match[str]]:
    """Every match, also of those that begin inside the task of an earlier one."""
    at = 0
    while found := pattern.search(sentence, at):
        yield found
        at = max(found.start("task"), at + 1)


def _given(match: re.Match[str], sentence: str, people: People) -> Claim | None:
    if _FORMERLY.search(sentence, 0, match.start()):
        return None
    ordered = _ORDER.match(match["lead"]) is not None and match["unit"]
    if not ordered and _BACKED.match(match["task"]) is None:
        return None
    return _made(match, match.start(), people)


def _made(match: re.Match[str], begin: int, people: People) -> Claim | None:
    unit, person = match["unit"] or "", match["person"] or ""
    owner = person if person and people.owner(person) else unit
    if not owner or (person and owner != person) or _EVERYBODY.match(unit or owner) or _NO_TASK.match(match["task"]):
        return None
    if people.owner(owner) is None:
        return None
    return Claim(begin, match.start("task"), owner, 0.85, "by")
