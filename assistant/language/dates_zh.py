"""Dates as Chinese writes them."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from assistant.language import anchors
from assistant.language.anchors import Found
from assistant.language.numbers import parse_chinese_numeral, parse_digits
from assistant.language.spans import Taken

_N = r"[0-9]{1,2}|[零〇一二三四五六七八九十]{1,3}"
_Y = r"(?:19|20)?[0-9]{2}|[零〇一二三四五六七八九]{4}"
_WEEK = r"(?:周|星期|礼拜)"
_WD_TAIL = rf"(?: ?[（(]? ?{_WEEK}[一二三四五六日天] ?[）)]?)?"
_ABOUT = r"(?:左右|前后)?"
_PART = r"(?P<part>上旬|中旬|下旬|月?初|月?中(?![国文间心断止等])|月?末|月?底)"
_NOT_A_COUNT = r"(?![次个项份位名人点条天]|内|工)"

# 三号总装线, 2号仓, 5号口: a number tells things of a kind apart, which is no day (3号上线 is one).
_NUMBERED_THING = (
    r"[楼线机房门码文件库位系令院仓口站泵炉塔井柜厅馆梯桥墩窗岗棚舱炮罐池台栋]"
    r"|[\u4e00-\u9fff]{0,3}(?<![上下在离断连接])线(?!上|下)|车间|机组|会议室|展[厅台位]|摊位|产线|样[机品]|电梯|工[位区厂]|地[块铁]|"
    r"(?:备用|测试|演示)?服务器|码头|泊位|航站|生产"
)

_PARTS = {"上": "early", "初": "early", "中": "mid", "下": "late", "末": "end", "底": "end"}
_WEEKDAYS = {name: place for place, name in enumerate("一二三四五六日")} | {"天": 6}
_NAMED_DAYS = {
    "今天": 0, "今日": 0, "今早": 0, "今晚": 0, "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "后天": 2, "大后天": 3,
    "昨天": -1, "昨日": -1, "昨晚": -1, "前天": -2, "大前天": -3,
}  # fmt: skip
_DAY_NAMES = {0: "today", 1: "tomorrow", 2: "day-after-tomorrow", -1: "yesterday", -2: "day-before-yesterday"}
_SHIFTS = {"本": 0, "这": 0, "当": 0, "下": 1, "下下": 2, "上": -1, "上上": -2}
_YEARS = {"今年": 0, "本年": 0, "明年": 1, "后年": 2, "去年": -1, "前年": -2}

# 周五已完成, 周五到货了: what is told of a bare weekday as done happened on the last one.
_OVER = re.compile(
    r"(?!之?前|以前|要|将|会|须|再|开始)(?:(?!计划|预计|要|将|会(?!议)|请|应|未|没|不|后|了)[^，。；：\n,;:]){0,8}?"
    r"(?:已(?!定|约)|(?<=[成完到发开修好过交装换停出货通])了(?=[，。；,;\s]|\Z))"
)

_Answer = tuple[str | None, str, bool]
_Handler = Callable[[re.Match[str], date | None], _Answer]


def _int(digits: str) -> int:
    value = parse_digits(digits) if digits[:1].isascii() else parse_chinese_numeral(digits)
    return int(value) if value is not None else 0


def _year(found: re.Match[str], reference: date | None) -> int | None:
    raw = found.groupdict().get("y")
    if raw is None:
        return None
    named = _YEARS.get(raw if raw.endswith("年") else f"{raw}年")
    if named is not None:
        return None if reference is None else reference.year + named
    raw = raw.rstrip("年 ")
    return anchors.full_year(raw if raw.isascii() else f"{_int(raw):04d}")


def _day(found: re.Match[str], reference: date | None) -> _Answer:
    year = _year(found, reference)
    number, chosen = _int(found["m"]), _int(found["d"] or found["dz"])
    if year is not None:
        return anchors.day(year, number, chosen), "absolute", bool(found["about"])
    return anchors.month_day(reference, number, chosen), "partial:year-inferred", bool(found["about"])


def _day_only(found: re.Match[str], reference: date | None) -> _Answer:
    return anchors.day_of_month(reference, _int(found["d"])), "partial:month-inferred", bool(found["about"])


def _month(found: re.Match[str], reference: date | None) -> _Answer:
    value = anchors.month(reference, _int(found["m"]), _year(found, reference))
    part = found.groupdict().get("part")
    if part and value:
        chosen = _PARTS[part.strip("月旬")]
        return anchors.part_of_month(value, chosen), f"partial:{chosen}", True
    return value, "partial:month", True


def _month_shift(found: re.Match[str], reference: date | None) -> _Answer:
    shift = _SHIFTS[found["shift"]] if found["shift"] else 0
    value = anchors.month_offset(reference, shift)
    part = found.groupdict().get("part")
    if part and value:
        chosen = _PARTS[part.strip("月旬")]
        return anchors.part_of_month(value, chosen), f"relative:{chosen}-month", True
    return value, "relative:month", True


def _weekday(found: re.Match[str], reference: date | None) -> _Answer:
    number = _WEEKDAYS[found["wd"]]
    shift = found["shift"]
    about = bool(found["about"])
    if shift is None and _OVER.match(found.string, found.end()):
        return anchors.past_weekday(reference, number), "relative:weekday", about
    if shift is None:
        return anchors.weekday(reference, number), "relative:weekday", about
    weeks = _SHIFTS[shift]
    name = {0: "this", 1: "next", -1: "last"}.get(weeks, "later" if weeks > 0 else "earlier")
    return anchors.weekday_of_week(reference, weeks, number), f"relative:{name}-weekday", about


def _week(found: re.Match[str], reference: date | None) -> _Answer:
    return anchors.week(reference, _SHIFTS[found["shift"]]), "relative:week", True


def _weekend(found: re.Match[str], reference: date | None) -> _Answer:
    shift = _SHIFTS[found["shift"]] if found["shift"] else 0
    return anchors.weekday_of_week(reference, shift, 5), "relative:weekend", True


def _named_day(found: re.Match[str], reference: date | None) -> _Answer:
    shift = _NAMED_DAYS[found["name"]]
    return anchors.offset(reference, shift, "d"), f"relative:{_DAY_NAMES.get(shift, 'offset')}", bool(found["about"])


def _offset(found: re.Match[str], reference: date | None) -> _Answer:
    raw = found["n"]
    unit = {"天": "d", "日": "d", "周": "w", "星期": "w", "礼拜": "w", "月": "m", "年": "y", "工作日": "b"}[
        found["u"].lstrip("个")
    ]
    if raw == "半":
        if unit not in {"m", "y"}:
            return None, "", True
        count, unit = (6, "m") if unit == "y" else (15, "d")
    else:
        count = _int(raw)
    back = "前" in found[0]
    vague = unit in {"m", "y"} or bool(found["about"])
    return anchors.offset(reference, -count if back else count, unit), "relative:offset", vague


def _quarter(found: re.Match[str], reference: date | None) -> _Answer:
    number = _int(found["q"])
    if not 1 <= number <= 4:
        return None, "", True
    value = anchors.quarter(reference, number, _year(found, reference))
    if found["end"]:
        return anchors.part_of(value, "end"), "partial:end", True
    return value, "partial:quarter", True


def _quarter_shift(found: re.Match[str], reference: date | None) -> _Answer:
    return anchors.quarter_offset(reference, _SHIFTS[found["shift"]]), "relative:quarter", True


def _half_year(found: re.Match[str], reference: date | None) -> _Answer:
    half = 1 if found["half"] == "上" else 2
    return anchors.half_year(reference, half, _year(found, reference)), "partial:half-year", True


def _year_end(found: re.Match[str], reference: date | None) -> _Answer:
    year = _year(found, reference)
    if year is None and reference is not None:
        year = reference.year
    chosen = _PARTS[found["part"]]
    if year is None:
        return ("--12-31" if chosen == "end" else f"?y+0.{chosen}"), f"relative:{chosen}-year", True
    return anchors.part_of(f"{year:04d}", chosen), f"relative:{chosen}-year", True


def _only_year(found: re.Match[str], reference: date | None) -> _Answer:
    raw = found["y"]
    if raw in _YEARS:
        return anchors.year_offset(reference, _YEARS[raw]), "relative:year", True
    year = _year(found, reference)
    return (None if year is None else f"{year:04d}"), "partial:year", True


def find_chinese_dates(text: str, reference: date | None) -> Iterator[Found]:
    """The dates of ``text`` in Chinese words, the surest forms first; they do not overlap."""
    taken = Taken(len(text))
    for pattern, handler in _RULES:
        for found in pattern.finditer(text):
            if not taken.is_free(found.start(), found.end()):
                continue
            value, rule, vague = handler(found, reference)
            if value is None:
                continue
            taken.claim(found.start(), found.end())
            yield Found(found.start(), found.end(), value, rule, vague)
            if handler is _day and (end := _range_end(text, found, reference)) is not None:
                taken.claim(end.start, end.end)
                yield end


def _range_end(text: str, found: re.Match[str], reference: date | None) -> Found | None:
    """The other end of 3月19日至21日; it shares month and year."""
    end = _RANGE.match(text, found.end())
    if end is None:
        return None
    year = _year(found, reference)
    number, chosen = _int(found["m"]), int(end["d"])
    value = anchors.day(year, number, chosen) if year else anchors.month_day(reference, number, chosen)
    if value is None:
        return None
    return Found(end.start("d"), end.end(), value, "absolute" if year else "partial:year-inferred")


_RANGE = re.compile(r" ?(?:-|–|—|~|～|至|到|、|和) ?(?P<d>[0-9]{1,2}) ?[日号]")
_SHIFT = r"(?P<shift>下下|上上|本|这|当|下|上)"
_RULES: tuple[tuple[re.Pattern[str], _Handler], ...] = tuple(
    (re.compile(pattern), handler)
    for pattern, handler in (
        ((rf"(?<![0-9])(?:(?P<y>{_Y}|今年|明年|去年) ?年? ?)?(?<![0-9一二三四五六七八九十])(?P<m>{_N}) ?月 ?"
         rf"(?:(?P<d>[0-9]{{1,2}}) ?(?:[日号]|(?![0-9.%个人项条]))"
         rf"|(?P<dz>[一二三四五六七八九十]{{1,3}}) ?[日号])(?!内){_WD_TAIL}(?P<about>{_ABOUT})"), _day),
        ((rf"(?<![0-9])(?:(?P<y>{_Y}|今年|明年"
         rf"|去年) ?年? ?)?(?<![0-9一二三四五六七八九十])(?P<m>{_N}) ?月份? ?{_PART}"), _month),
        (rf"(?<![0-9])(?P<y>{_Y}|今年|明年|去年) ?年? ?(?P<m>{_N}) ?月(?!内)", _month),
        ((r"(?P<y>(?:(?<![0-9])(?:20)?[0-9]{2})年|今年|明年|去年)?第?(?P<q>[一二三四1-4])季度(?P<end>末"
         r"|底)?"), _quarter),
        (r"(?:(?P<y>(?<![0-9])(?:20)?[0-9]{2}|今年|明年|去年) ?年?)?(?P<half>[上下])半年", _half_year),
        (rf"{_SHIFT}个?季度", _quarter_shift),
        ((rf"(?:{_SHIFT}一?个?"
         rf"|(?<![每个一二两三四五六七八九十0-9隔双])){_WEEK}(?P<wd>[一二三四五六日天]){_NOT_A_COUNT}(?P<about>{_ABOUT})"),
         _weekday),
        (rf"{_SHIFT}?(?<!每)周末", _weekend),
        (rf"{_SHIFT}一?(?:周|个?星期|个?礼拜)(?![一二三四五六日天期])", _week),
        ((rf"(?P<name>大后天|大前天|[今明昨][天日晚]|[今明]早|(?<!之)后天"
         rf"|(?<![之以日])前天)(?P<about>{_ABOUT})"), _named_day),
        ((r"(?<![0-9年.])(?P<n>[0-9]{1,3}|[一二两三四五六七八九十]{1,3}|半) ?(?P<u>个?工作日|天|个?周|个?星期"
         r"|个?礼拜|个月|年)"
         r"(?P<about>左右)?(?:之|以)?[后前](?![期后])"),
         _offset),
        (rf"(?:{_SHIFT}个?|(?<![0-9一二三四五六七八九十个每]))月(?P<part>底|末|初|中旬|上旬|下旬)", _month_shift),
        (rf"{_SHIFT}个?月(?![0-9底末初中])", _month_shift),
        (r"(?P<y>(?<![0-9])(?:20)?[0-9]{2} ?|今|明|去)?年(?P<part>底|末|初)", _year_end),
        ((rf"(?<![0-9年月./:：第])(?P<d>[0-9]{{1,2}}"
         rf"|[一二三四五六七八九十]{{1,3}}) ?号(?!{_NUMBERED_THING})(?P<about>{_ABOUT})"),
         _day_only),
        (rf"(?<![0-9年月./第])(?P<d>[0-9]{{1,2}}) ?日(?![内志常均本语后期子])(?P<about>{_ABOUT})", _day_only),
        (rf"(?<![0-9一二三四五六七八九十第个.])(?P<m>{_N}) ?月份?(?![内个])", _month),
        ((r"(?P<y>(?<![0-9])(?:1[0-9]|20)[0-9]{2}|[二][零〇][零〇一二三四五六七八九]{2}|今年|明年|去年|后年)(?:(?<=年)"
         r"|年)(?!代)"), _only_year),
    )
)  # fmt: skip
