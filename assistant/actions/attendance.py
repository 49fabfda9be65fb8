"""Who takes part, as a note lists them: names without post or unit, the initials that stand for them, their units."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LIST = re.compile(
    r"^[ \t>*#-]{0,6}(?:\*\*)?(?:(?:members |also |those )?present|attendees|attending|participants|in attendance"
    r"|apologies|absent|who|chair|minutes(?: by)?|facilitator|on the call|with|them|us|our side|client side|in the room"
    r"|(?:参会|参加|与会|到会|出席)(?:人员?|者|单位|同志)?|主持人?|记录人?|请假|缺席|列席(?:人员)?|人|与会|我方|对方"
    r"|客户方|甲方|乙方|在场|到场|在座)"
    r"(?:\*\*)?[ \t]{0,3}[:：](?:\*\*)?(?P<names>[^\n]{1,400})",
    re.IGNORECASE | re.MULTILINE,
)
_SPACED_ZH = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[ \u3000]+[\u4e00-\u9fff·]{2,4})+")
_CUT = re.compile(
    r"\s*(?:[、,，/&+;；]|\band\b|(?<=[\u4e00-\u9fff])[和与及跟](?=[\u4e00-\u9fff]))\s*(?![^（(]{0,40}[）)])"
)
_INITIALS = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,2}|[A-Z]{2,4}")
_EXPLAINED = re.compile(
    r"(?P<name>[A-Z\u00c0-\u00de][\w.'’\u00c0-\u024f-]{0,24}(?: (?:[A-Z\u00c0-\u00de][\w.'’\u00c0-\u024f-]{0,24}"
    r"|van|de|der|von|da|di)){1,3}) ?[（(](?P<initials>[A-Z]{2,4})(?=[,，;；)）])"
)
_TITLE = re.compile(
    r"(?:(?:Cllr|Councillor|Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Rev|Ald|Alderman|Cr)\.? )+(?=[A-Z][\w.'’-]*(?: |$))"
)
# What stands before a Chinese name: a unit, a post, or both.
UNIT = (
    r"(?:局(?!部)|处(?!理|于)|科(?![技学研普目])|室(?![内外])|中心|公司|单位|委员会|居委会|委(?!托|派)|办公室"
    r"|办(?![理公法事])|部门|部(?![门分署])|学院|医院|院(?!内)|研究所|事务所|派出所|站(?!点)|大队|支队|厂(?!商|家)"
    r"|学校|集团|街道|银行|协会|小组|组(?![织成长员])|物业|书店|(?:施工|设计|监理|建设|承建|甲|乙|我|贵)方(?!案))"
    r"(?![长员])"
)
POST = (
    r"(?:副?(?:主任|处长|局长|科长|部长|院长|校长|所长|总监|总经理|经理|组长|队长|班长|书记|主席|会长|站长)|项目经理"
    r"|设计师|工程师|架构师|负责人|代表|顾问|专员|老师|秘书长?|组员|会计|店长|监理)"
)
_ZH_PERSON = re.compile(
    rf"(?P<unit>[\u4e00-\u9fff]{{2,14}}?{UNIT})?(?P<post>[\u4e00-\u9fff]{{0,4}}?{POST})?[ \u3000]?"
    r"(?P<name>[\u4e00-\u9fff·]{2,4}|[A-Z][A-Za-z]{1,15})"
)
_UNIT_ALONE = re.compile(rf"[\u4e00-\u9fff]{{1,14}}{UNIT}")
_SORT_OF_UNIT = re.compile(r"^(?:中标|施工|设计|监理|建设|承建)单位(?=[\u4e00-\u9fff]{3})")
_NO_NAME = re.compile(rf"{UNIT}\Z|{POST}\Z|负责人|有关|人员|等|及|各")
_GREETED = re.compile(
    r"(?im)^(?:(?:hi|hello|dear|hey|good (?:morning|afternoon)) (?P<all>[A-Z][^\n]{1,60}?)[,!:]?[ \t]*)$"
)
_GREETED_NAME = re.compile(
    r"(?:\A|, |\band )(?:(?:hi|hello|dear) )?([A-Z][a-z\u00c0-\u024f'’-]{1,20})(?=,|$| and\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Attendance:
    """The people of a note: `names` as listed, `initials` that the note explains, `units` that send somebody."""

    names: tuple[str, ...]
    initials: dict[str, str]
    units: tuple[str, ...]


def attendance(text: str) -> Attendance:
    """Read the attendance lists, greetings and explained initials of a note."""
    names: list[str] = []
    units: list[str] = []
    for found in _LIST.finditer(text):
        for part in _parts(found["names"]):
            if _UNIT_ALONE.fullmatch(part):
                units.append(part)
                continue
            names += _name(part, units)
    for found in _GREETED.finditer(text[:2_000]):
        names += [name[1] for name in _GREETED_NAME.finditer(found["all"])]
    initials = {found["initials"]: untitled(found["name"]) for found in _EXPLAINED.finditer(text)}
    return Attendance(tuple(names), initials, tuple(dict.fromkeys(units)))


def lists_people(line: str) -> bool:
    """Whether a line says who takes part, and nothing else: "Present: …", 与会：…"""
    found = _LIST.match(line)
    return found is not None and not re.search(r"[。.!?？](?=\s|\S{4})|\b(?:to|will|by)\b", found["names"])


def untitled(name: str) -> str:
    """Leave titles out: "Cllr J. Bright" is J. Bright, unless nothing but a title and a surname is left."""
    return _TITLE.sub("", name, count=1) if len(name.split()) > 2 else name


def _parts(words: str) -> Iterator[str]:
    plain = re.sub(r"[（(][^）)]{0,80}[）)]", "，", words)
    if _SPACED_ZH.fullmatch(plain.strip()) and not re.search(POST, plain):
        plain = "、".join(plain.split())
    for part in _CUT.split(plain.replace("@", "、")):
        one = part.strip(" .。*-：:")
        if one:
            yield one


def _name(part: str, units: list[str]) -> Iterator[str]:
    if not "\u4e00" <= part[:1] <= "\u9fff":
        yield untitled(part)
        return
    found = _ZH_PERSON.fullmatch(part)
    if found is None:
        return
    if found["unit"]:
        units.append(_SORT_OF_UNIT.sub("", found["unit"]))
    if not _NO_NAME.search(found["name"]):
        yield found["name"]
