"""Times of day, with a zone where one is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.language.numbers import parse_chinese_numeral, parse_digits

_OFFSETS = {
    "UTC": "+00:00", "GMT": "+00:00", "Z": "+00:00", "WET": "+00:00", "BST": "+01:00", "CET": "+01:00",
    "CEST": "+02:00", "MEZ": "+01:00", "EET": "+02:00", "EEST": "+03:00", "MSK": "+03:00", "EST": "-05:00",
    "EDT": "-04:00", "CDT": "-05:00", "MST": "-07:00", "PST": "-08:00", "PDT": "-07:00", "JST": "+09:00",
    "HKT": "+08:00", "SGT": "+08:00", "北京": "+08:00", "beijing": "+08:00", "china": "+08:00",
}  # fmt: skip
_CITIES = {
    "berlin": "Europe/Berlin", "柏林": "Europe/Berlin", "london": "Europe/London", "伦敦": "Europe/London",
    "paris": "Europe/Paris", "巴黎": "Europe/Paris", "zurich": "Europe/Zurich", "vienna": "Europe/Vienna",
    "madrid": "Europe/Madrid", "rome": "Europe/Rome", "amsterdam": "Europe/Amsterdam", "moscow": "Europe/Moscow",
    "new york": "America/New_York", "纽约": "America/New_York", "chicago": "America/Chicago",
    "los angeles": "America/Los_Angeles", "tokyo": "Asia/Tokyo", "东京": "Asia/Tokyo", "singapore": "Asia/Singapore",
    "新加坡": "Asia/Singapore", "hong kong": "Asia/Hong_Kong", "香港": "Asia/Hong_Kong", "shanghai": "Asia/Shanghai",
    "sydney": "Australia/Sydney", "悉尼": "Australia/Sydney", "dubai": "Asia/Dubai",
}  # fmt: skip
_CITY = "|".join(sorted((*_CITIES, "beijing", "china", "北京"), key=len, reverse=True))
_ZONE = re.compile(
    r" ?\(?(?:(?P<utc>UTC|GMT) ?(?P<sign>[+−-]) ?(?P<h>[0-9]{1,2})(?::?(?P<m>[0-5][0-9]))?(?![0-9])"
    r"|(?P<s2>\+)(?P<h2>[0-9]{2}):(?P<m2>[0-5][0-9])(?![0-9])"
    rf"|(?P<iana>(?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic)/[A-Z][A-Za-z_]{{1,20}})"
    rf"|(?P<short>{'|'.join(key for key in _OFFSETS if key.isupper())})(?![A-Za-z])"
    rf"|(?P<city>{_CITY})(?: ?time|时间))\)?",
    re.IGNORECASE,
)
_ISO_ZONE = re.compile(r"-(?P<z>[0-9]{2}:[0-9]{2})(?![0-9:])")  # elsewhere 14:00-15:30 is a range
_ZONE_BEFORE = re.compile(rf"(?P<city>{_CITY})(?:时间| ?time)[ ,，:：]?\Z", re.IGNORECASE)

_CLOCK = re.compile(
    r"(?<=[0-9]T)(?P<h2>[0-9]{2}):(?P<m2>[0-5][0-9])(?::[0-5][0-9](?:\.[0-9]{1,6})?)?(?![0-9:])"
    r"|(?<![0-9:.,/])(?P<h>[0-9]{1,2}):(?P<m>[0-5][0-9])(?::[0-5][0-9](?:\.[0-9]{1,6})?)?(?!:?[0-9])"
    r"(?: ?(?P<ap>[ap])\.?m\b\.?)?",
    re.IGNORECASE,
)
_AM_PM = re.compile(
    r"(?<![0-9A-Za-z:.,])(?:(?P<h0>1?[0-9])(?: ?(?:-|–"
    r"|to) ?))?(?P<h>1?[0-9])(?:\.(?P<m>[0-5][0-9]))? ?(?P<ap>[ap])\.?m\b\.?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?<![A-Za-z])(?:(?P<noon>noon|midday)|(?P<midnight>midnight)|(?P<h>1?[0-9]) o['’]clock"
    r"|(?P<hh>[0-2]?[0-9])[h:](?P<mm>[0-5][0-9]) ?(?:h|Uhr))(?![A-Za-z])",
    re.IGNORECASE,
)
_PERIODS = "凌晨|清晨|早上|早晨|上午|中午|午间|下午|傍晚|晚上|夜里|晚间|今晚|明晚|当晚|早|晚"
_HOUR_ZH = r"(?P<h>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
_CHINESE = re.compile(
    rf"(?P<period>{_PERIODS})? ?(?:{_HOUR_ZH} ?(?:点钟|点整|[点時时](?![间候长刻期]))"
    r" ?(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<m>[0-9]{1,2}"
    r"|[一二三四五六七八九十零〇]{1,3}) ?分?(?![0-9个项条天点.%]))?"
    r"|(?P<hc>[0-9]{1,2})[:：](?P<mc>[0-5][0-9])(?!:?[0-9]))"
)
_SURE_AFTER = re.compile(r"(?:钟|整|前|之前|后|以后|开会|开始|到|至|上线|发布|切换|-|—|～|~)")
_SURE_BEFORE = re.compile(r"(?:[日号天]|(?:周|星期|礼拜)[一二三四五六日天]|[到至])[ ,，）)]{0,2}\Z")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day and its place in the text."""

    start: int
    end: int
    value: str


def find_times(text: str) -> Iterator[Clock]:
    """The times of day in ``text`` (full-width signs already folded); a later one may overlap an earlier one."""
    if any("\u4e00" <= letter <= "\u9fff" for letter in text):
        yield from _chinese(text)
    for found in _CLOCK.finditer(text):
        if found["h2"] and (zone := _ISO_ZONE.match(text, found.end())):
            yield Clock(found.start(), zone.end(), f"{found['h2']}:{found['m2']}-{zone['z']}")
        yield from _clock(text, found, found["h"] or found["h2"], found["m"] or found["m2"], found["ap"])
    for found in _AM_PM.finditer(text):
        if found["h0"]:
            first = _clock_value(int(found["h0"]), 0, found["ap"])
            if first:
                yield Clock(found.start("h0"), found.end("h0"), first)
        start = found.start("h")
        value = _clock_value(int(found["h"]), int(found["m"] or 0), found["ap"])
        if value:
            yield _zoned(text, start, found.end(), value)
    for found in _WORDS.finditer(text):
        if found["h"]:
            yield from _clock(text, found, found["h"], "0", None)
        elif found["hh"]:
            yield from _clock(text, found, found["hh"], found["mm"], None)
        else:
            yield _zoned(text, found.start(), found.end(), "12:00" if found["noon"] else "00:00")


def _clock(text: str, found: re.Match[str], hour: str, minute: str, half: str | None) -> Iterator[Clock]:
    value = _clock_value(int(hour), int(minute), half)
    if value is not None:
        yield _zoned(text, found.start(), found.end(), value)


def _clock_value(hour: int, minute: int, half: str | None) -> str | None:
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.casefold() == "p" else 0)
    if hour == 24 and minute == 0:
        return "24:00"
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _zoned(text: str, start: int, end: int, value: str) -> Clock:
    zone = _ZONE.match(text, end)
    if zone is not None:
        return Clock(start, zone.end() - _unmatched_bracket(zone[0]), value + _zone_value(zone))
    before = _ZONE_BEFORE.search(text, max(0, start - 20), start)
    if before is not None:
        return Clock(before.start(), end, value + _city_value(before["city"]))
    return Clock(start, end, value)


def _unmatched_bracket(matched: str) -> int:
    return int(matched.endswith(")") and "(" not in matched)


def _zone_value(zone: re.Match[str]) -> str:
    if zone["utc"] or zone["s2"]:
        sign = "-" if (zone["sign"] or "+") in "−-" else "+"
        return f"{sign}{int(zone['h'] or zone['h2']):02d}:{int(zone['m'] or zone['m2'] or 0):02d}"
    if zone["iana"]:
        return f" {zone['iana']}"
    if zone["short"]:
        return _OFFSETS[zone["short"].upper()]
    return _city_value(zone["city"])


def _city_value(name: str) -> str:
    folded = name.casefold()
    return f" {_CITIES[folded]}" if folded in _CITIES else _OFFSETS[folded]


def _chinese(text: str) -> Iterator[Clock]:
    for found in _CHINESE.finditer(text):
        if found["hc"]:
            hour, minute = int(found["hc"]), int(found["mc"])
        else:
            hour, minute = _int(found["h"]), _minute(found)
            sure = found["period"] or found["half"] or found["quarter"] or (found["m"] and "分" in found[0])
            if not (sure or _SURE_AFTER.match(text, found.end()) or "钟" in found[0] or "整" in found[0]
                    or _SURE_BEFORE.search(text, max(0, found.start() - 8), found.start())):  # fmt: skip
                continue
        period = found["period"] or ""
        afternoon = period in {"下午", "傍晚", "午间", "夜里"} or "晚" in period
        if hour < (10 if period == "中午" else 12 if afternoon else 0):
            hour += 12
        value = _clock_value(hour, minute, None)
        if value is not None:
            yield _zoned(text, found.start(), found.end(), value)


def _minute(found: re.Match[str]) -> int:
    if found["half"]:
        return 30
    if found["quarter"]:
        return 15 if found["quarter"] == "一" else 45
    return _int(found["m"]) if found["m"] else 0


def _int(digits: str) -> int:
    value = parse_digits(digits) if digits.isascii() else parse_chinese_numeral(digits)
    return int(value) if value is not None else 99
