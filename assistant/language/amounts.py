"""What a number counts: per cent, money, a duration, a quantity, or nothing but itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.domain.facts import FactKind
from assistant.language import units
from assistant.language.numbers import parse_chinese_numeral, plain
from assistant.language.numerals import Numeral, find_numerals


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what it counts, and the place of both together."""

    kind: FactKind
    start: int
    end: int
    value: str


def _alternatives(words: object) -> str:
    assert isinstance(words, dict)
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_PERCENT = re.compile(
    r" ?(?:%|‰)|[ -]?(?:per ?cent|percent|percentage points?|pct|pp)(?![A-Za-z])|个?百分点", re.IGNORECASE
)
_TENTHS = re.compile(r"成(?P<more>半|[一二三四五六七八九])?(?![本员为功立果品交都绩长熟就份型分语])")
_DURATION_EN = re.compile(
    r"(?P<before> and a half)?[ -]?(?:(?:full|long|additional|extra|more|further|whole) )?(?P<u>(?:working"
    r"|business|calendar) (?:days?|weeks?)"
    r"|workdays?|seconds?|secs?|minutes?|mins?|hours?|hrs?|fortnights?|days?|weeks?|wks?|months?|mths?|quarters?"
    r"|years?|yrs?)"
    r"(?![A-Za-z])(?P<half> and a half)?|(?P<glued> ?[hd]| s)(?![A-Za-z0-9'’])",
    re.IGNORECASE,
)
_DURATION_ZH = re.compile(
    r" ?多?(?:(?P<mid>个半)(?P<u2>月|小时|星期|钟头)"
    rf"|(?P<u>{_alternatives({k: v for k, v in units.DURATION_ZH.items() if k not in {'月', '日', '星期', '礼拜'}})}"
    r"|星期|礼拜|日(?=内))(?![度代级糕报志限一二三四五六]|末|期)(?P<half>半)?)"
)
_LETTERED = {sign: code for sign, code in units.CURRENCY_SIGNS.items() if sign.isascii() and sign.isalpha()}
_CURRENCY_BEFORE = re.compile(
    rf"(?:(?<![A-Za-z])(?:{_alternatives(_LETTERED)})"
    r"|(?:US|HK)\$|CN¥|[€$£¥￥]|人民币|美元|欧元|英镑|港币) ?\Z"
)
_CURRENCY_AFTER = re.compile(
    rf"(?P<scale>[mMkK]|bn|[mM]n)?(?: |-)?多?(?P<c>元人民币|(?:{_alternatives(units.CURRENCY_SIGNS)})(?![A-Za-z])"
    r"|(?:US )?dollars?(?![A-Za-z])|euros?(?![A-Za-z])|pounds(?! of)(?![A-Za-z])|yuan(?![A-Za-z])|renminbi"
    r"|swiss francs|yen(?![A-Za-z])|块钱?|圆)"
    r"(?![件素旦])",
    re.IGNORECASE,
)
_MONEY_SCALE = re.compile(r" ?(?P<s>m|M|k|K|bn|mn|million|billion)(?![A-Za-z0-9])")
_SCALES = {"m": 10**6, "mn": 10**6, "million": 10**6, "k": 10**3, "bn": 10**9, "billion": 10**9}
_MONEY_CONTEXT = re.compile(
    r"(?:\b(?:budget|cost|costs|price|fee|fees|invoice|quote|quoted|discount|penalty)(?: (?:of|is|was|at|for|about"
    r"|around|up to))?"
    r"|(?:预算|费用|报价|成本|金额|合同额|总价|价格|罚款|尾款|首付款|款项)(?:为|是|约|共|增加|追加|超支|合计|："
    r"|:)?) ?\Z",
    re.IGNORECASE,
)
_RANGE = re.compile(r" ?(?:-|–|—|~|～|to|至|到) ?\Z")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![A-Za-z])")
_COUNTED_ZH = re.compile(
    rf" ?(?:多|余)?(?P<m>[{units.MEASURE_ZH}])?(?P<adj>严重|高危|新增|开放|未关闭|关键|核心|活跃|并发|待办"
    rf"|遗留)?的?(?P<noun>{_alternatives(units.COUNTED_ZH)})?"
)
_COUNTED_NOUNS = frozenset(units.COUNTED_ZH.values())
_EFFORT_ZH = re.compile(r" ?个?人(?P<u>[天日月])")
_COUNTED_EN = re.compile(
    r"[ -](?P<one>[A-Za-z][a-z]{1,20}(?:-[a-z]{1,12})?)(?: (?P<two>[a-z]{3,20}(?:-days|-months)?))?(?![A-Za-z])"
)
_LABEL_BEFORE = re.compile(
    r"\b(?:phase|step|stage|part|option|level|sprint|wave|batch|floor|room|chapter|release|milestone|version) \Z",
    re.IGNORECASE,
)  # "phase 2 moves" counts no moves
_UNIT_EN = re.compile(rf" ?(?P<u>{_alternatives(units.UNITS_EN)})(?![A-Za-z0-9])", re.IGNORECASE)
_FRACTION = re.compile(
    r"分之(?P<n>[零〇一二两三四五六七八九十百千]{1,9}(?:点[零〇一二三四五六七八九]{1,6})?"
    r"|[0-9]{1,6}(?:\.[0-9]{1,4})?)"
)
_FRACTION_EN = re.compile(r"[ -](?P<d>thirds?|quarters?|fifths?)(?! [0-9])(?![A-Za-z])", re.IGNORECASE)
_HALF = re.compile(
    r"(?P<ad>半)(?P<zh>年|天|个月|个?小时|个?钟头|个?工作日)(?![前后度])|(?<![A-Za-z])half(?: an?"
    r"|-an?)?[ -](?P<en>day|hour|year)(?![A-Za-z])"
    r"|(?<![A-Za-z])(?:within|for|takes?|took|about|another|by|lasts?|delay of|slip of|extension of|in under"
    r"|extra) (?P<one>an?|one) (?P<unit>day|week|month|year|hour|fortnight)(?! ago)(?![A-Za-z])",
    re.IGNORECASE,
)
_HALF_VALUES = {"年": "P6M", "天": "P0.5D", "月": "P0.5M", "时": "PT30M", "头": "PT30M", "日": "P0.5BD",
                "day": "P0.5D", "hour": "PT30M", "year": "P6M"}  # fmt: skip
_ALONE_ZH = frozenset("零〇一二两三四五六七八九十百千万亿")
_MEASURED = re.compile(rf"[{units.MEASURE_ZH}]")


def find_amounts(text: str) -> Iterator[Amount]:
    """The numbers of ``text`` with what each counts, in no particular order; they may overlap.

    A range ("10–12k EUR", 两到三周) gives two amounts, the first with the unit of the second.
    """
    for found in _HALF.finditer(text):
        yield _half(found)
    numerals = sorted(find_numerals(text), key=lambda one: one.start)
    readings = [_read(text, one) for one in numerals]
    for place, (one, after) in enumerate(pairwise(numerals)):
        if _RANGE.fullmatch(text, one.end, after.start) is not None:
            readings[place : place + 2] = _share(text, (one, after), (readings[place], readings[place + 1]))
    yield from (reading for reading in readings if reading is not None)


_Pair = tuple[Amount | None, Amount | None]
_LEAD = 16  # a currency may stand this far before a number


def _share(text: str, numerals: tuple[Numeral, Numeral], readings: _Pair) -> _Pair:
    """The ends of a range, each with the unit or currency that only one of them carries."""
    one, after = numerals
    first, second = readings
    scale = after.scale if one.scale == 1 and after.form == "digits" else 1
    if first is not None and first.kind is FactKind.MONEY and second is not None and second.kind is FactKind.NUMBER:
        currency = first.value.split()[0]
        low = Amount(FactKind.MONEY, first.start, first.end, f"{currency} {plain(one.value * scale)}")
        return low, Amount(FactKind.MONEY, second.start, second.end, f"{currency} {plain(after.value)}")
    if second is None or second.kind is FactKind.NUMBER or (first is not None and first.kind is not FactKind.NUMBER):
        return readings
    # The first number is read as if the words behind the second stood behind it.
    start = max(0, one.start - _LEAD)
    moved = Numeral(one.start - start, one.end - start, one.value * scale, one.form, one.raw, scale)
    twin = _read(text[start : one.end] + text[after.end : after.end + 40], moved)
    if twin is None or twin.kind is not second.kind:
        return readings
    return Amount(twin.kind, one.start, one.end, twin.value), second


def _half(found: re.Match[str]) -> Amount:
    if found["one"]:
        value = duration(Decimal(1), units.DURATION_EN[found["unit"].casefold()])
        return Amount(FactKind.DURATION, found.start("one"), found.end(), value)
    key = found["zh"][-1] if found["zh"] else found["en"].casefold()
    return Amount(FactKind.DURATION, found.start(), found.end(), _HALF_VALUES[key])


def _read(text: str, one: Numeral) -> Amount | None:
    """The first reading that fits, the surest first."""
    for reader in (_fraction, _percent, _money, _duration, _unit, _quantity):
        amount = reader(text, one)
        if amount is not None:
            return amount
    return _number(text, one)


def _fraction(text: str, one: Numeral) -> Amount | None:
    if one.form == "en":
        return _fraction_en(text, one)
    found = _FRACTION.match(text, one.end)
    if found is None:
        return None
    above = Decimal(found["n"]) if found["n"].isascii() else parse_chinese_numeral(found["n"])
    if above is None:
        return None
    if one.value == 100:
        return Amount(FactKind.PERCENT, one.start, found.end(), plain(above))
    return Amount(FactKind.NUMBER, one.start, found.end(), f"{plain(above)}/{plain(one.value)}")


def _fraction_en(text: str, one: Numeral) -> Amount | None:
    found = _FRACTION_EN.match(text, one.end)
    if found is None or one.value >= 10:
        return None
    below = {"t": 3, "q": 4, "f": 5}[found["d"][0].casefold()]
    return Amount(FactKind.NUMBER, one.start, found.end(), f"{plain(one.value)}/{below}")


def _percent(text: str, one: Numeral) -> Amount | None:
    found = _PERCENT.match(text, one.end)
    if found is not None:
        value = one.value / 10 if found[0].strip() == "‰" else one.value
        return Amount(FactKind.PERCENT, one.start, found.end(), plain(value))
    tenths = _TENTHS.match(text, one.end)
    if tenths is None or not 0 < one.value <= 10 or one.form == "en":
        return None
    more = tenths["more"]
    extra = Decimal(0) if not more else Decimal(5) if more == "半" else parse_chinese_numeral(more) or Decimal(0)
    return Amount(FactKind.PERCENT, one.start, tenths.end(), plain(one.value * 10 + extra))


def _money(text: str, one: Numeral) -> Amount | None:
    before = _CURRENCY_BEFORE.search(text, max(0, one.start - 8), one.start)
    value, end = one.value, one.end
    if one.raw.count(".") == 1 and "," not in one.raw and re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", one.raw):
        value = value * 1000  # €12.000: nobody writes a price to a tenth of a cent
    if before is not None:
        currency = units.CURRENCY_SIGNS[before[0].strip().upper().replace("￥", "¥")]
        scale = _MONEY_SCALE.match(text, end) if one.scale == 1 else None
        if scale is not None:
            value, end = one.value * _SCALES[scale["s"].casefold()], scale.end()
        after = _CURRENCY_AFTER.match(text, end)
        if after is not None and after["scale"] is None:
            end = after.end()
        return Amount(FactKind.MONEY, before.start(), end, f"{currency} {plain(value)}")
    after = _CURRENCY_AFTER.match(text, end)
    if after is not None and not (after["c"] == "块" and one.value < 100):  # 一块 is "together", 三块 are three pieces
        word = after["c"]
        currency = units.CURRENCY_SIGNS.get(word.upper()) or units.CURRENCY_WORDS[word.casefold()]
        if after["scale"]:
            value *= _SCALES[after["scale"].casefold()]
        return Amount(FactKind.MONEY, one.start, after.end(), f"{currency} {plain(value)}")
    return _bare_money(text, one)


def _bare_money(text: str, one: Numeral) -> Amount | None:
    if (
        abs(one.value) < 100
        or _may_be_year(one)
        or _MONEY_CONTEXT.search(text, max(0, one.start - 24), one.start) is None
    ):
        return None
    if _DURATION_EN.match(text, one.end) or _DURATION_ZH.match(text, one.end) or _MEASURED.match(text, one.end):
        return None
    return Amount(FactKind.MONEY, one.start, one.end, f"? {plain(one.value)}")


def _may_be_year(one: Numeral) -> bool:
    return one.form == "digits" and len(one.raw) == 4 and one.scale == 1 and 1000 <= one.value <= 2100


def _duration(text: str, one: Numeral) -> Amount | None:
    return None if _may_be_year(one) else _duration_zh(text, one) or _duration_en(text, one)


def _duration_zh(text: str, one: Numeral) -> Amount | None:
    found = _DURATION_ZH.match(text, one.end) if one.form != "en" else None
    if found is not None and (text[one.start - 1 : one.start] not in "第那这某每" or one.start == 0):
        half = Decimal("0.5") if found["half"] or found["mid"] else Decimal(0)
        unit = units.DURATION_ZH[found["u"] or found["u2"]]
        return Amount(FactKind.DURATION, one.start, found.end(), duration(one.value + half, unit))
    if text[one.end : one.end + 1] == "分" and text[: one.start].endswith("小时"):
        return Amount(FactKind.DURATION, one.start, one.end + 1, duration(one.value, "TM"))
    return None


def _duration_en(text: str, one: Numeral) -> Amount | None:
    worded = _DURATION_EN.match(text, one.end)
    if worded is None or one.form == "zh":
        return None
    if worded["glued"]:
        if one.form != "digits" or worded["glued"].strip().isupper():
            return None  # "3D" is no three days
        return Amount(
            FactKind.DURATION,
            one.start,
            worded.end(),
            duration(one.value, units.DURATION_EN[worded["glued"].strip().casefold()]),
        )
    word = worded["u"].casefold()
    unit = units.DURATION_EN.get(word) or units.DURATION_EN[word.removesuffix("s")]
    half = Decimal("0.5") if worded["half"] or worded["before"] else Decimal(0)
    return Amount(FactKind.DURATION, one.start, worded.end(), duration(one.value + half, unit))


def duration(value: Decimal, unit: str) -> str:
    """The normal form of ``value`` times a unit of ``units.DURATION_EN``: whole weeks, hours and years folded."""
    if unit == "TH" and value != value.to_integral_value():
        value, unit = value * 60, "TM"
    if unit == "TM" and value % 60 == 0 and value:
        value, unit = value / 60, "TH"
    if unit[0].isdigit():
        value, unit = value * int(unit[0]), unit[1:]
    if unit == "D" and value and value % 7 == 0:
        value, unit = value / 7, "W"
    if unit == "Y" and value != value.to_integral_value():
        value, unit = value * 12, "M"
    if unit == "M" and value and value % 12 == 0:
        value, unit = value / 12, "Y"
    return f"PT{plain(value)}{unit[1]}" if unit[0] == "T" else f"P{plain(value)}{unit}"


def _unit(text: str, one: Numeral) -> Amount | None:
    found = _UNIT_EN.match(text, one.end)
    if found is None or one.form != "digits":
        return None
    return Amount(
        FactKind.QUANTITY, one.start, found.end(), f"{plain(one.value)} {units.UNITS_EN[found['u'].casefold()]}"
    )


def _quantity(text: str, one: Numeral) -> Amount | None:
    if _may_be_year(one) and text[one.end : one.end + 1] == " ":
        return None  # "2022 earnings"
    if text[one.start - 1 : one.start] == "第" and one.start:
        return None
    effort = _EFFORT_ZH.match(text, one.end)
    if effort is not None and one.form != "en":
        return Amount(
            FactKind.QUANTITY, one.start, effort.end(), f"{plain(one.value)} {units.COUNTED_ZH[effort[0].strip(' 个')]}"
        )
    found = _COUNTED_ZH.match(text, one.end)
    if found is not None and one.form != "en":
        noun = found["noun"] or (found["m"] if found["m"] in {"人", "页", "次"} else None)
        if noun is not None and not (one.raw in {"一", "两"} and noun == "次" and found["noun"] is None):
            end = found.end() if found["noun"] else found.end("m")
            return Amount(FactKind.QUANTITY, one.start, end, f"{plain(one.value)} {units.COUNTED_ZH[noun]}")
    return _quantity_en(text, one)


def _quantity_en(text: str, one: Numeral) -> Amount | None:
    if one.form == "zh" or (one.form == "en" and text[one.end : one.end + 1] == "-"):
        return None
    found = _COUNTED_EN.match(text, one.end)
    if found is None or _LABEL_BEFORE.search(text, max(0, one.start - 12), one.start):
        return None
    first, second = found["one"].casefold(), (found["two"] or "").casefold()
    if first in units.NO_ADJECTIVE:
        return None
    for word, end in ((first, found.end("one")), (second, found.end("two"))):
        noun = _singular(word, one.value)
        if noun:
            return Amount(FactKind.QUANTITY, one.start, end, f"{plain(one.value)} {noun}")
    return None


def _singular(word: str, count: Decimal) -> str | None:
    """The singular of a plural noun; None for any other word, which is then no noun that we can be sure of."""
    if word in units.COUNTED_EN:
        return units.COUNTED_EN[word] or None
    if count == 1:
        return word if word in _COUNTED_NOUNS else None
    if len(word) < 4 or not word.endswith("s") or word in units.NOT_COUNTED or word.endswith(("ss", "us", "is")):
        return None
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def _number(text: str, one: Numeral) -> Amount | None:
    if one.form == "digits":
        ordinal = _ORDINAL.match(text, one.end)
        end = ordinal.end() if ordinal else one.end
        following = text[end : end + 1]
        if following.isascii() and (following.isalpha() or following == "_"):
            return None
        return Amount(FactKind.NUMBER, one.start, end, plain(one.value))
    if one.form == "en":
        if one.value <= 1 or text[one.end : one.end + 1] == "-":
            return None
        return Amount(FactKind.NUMBER, one.start, one.end, plain(one.value))
    return _chinese_number(text, one)


def _chinese_number(text: str, one: Numeral) -> Amount | None:
    """A Chinese numeral counts as a number only where it cannot be part of a word (一起, 十分, 万一, 千万)."""
    following = text[one.end : one.end + 1]
    ordinal = text[one.start - 1 : one.start] == "第" and one.start > 0
    if ordinal:
        return None if following in {"方", "时"} else Amount(FactKind.NUMBER, one.start, one.end, plain(one.value))
    if len(one.raw) == 1:
        measured = _MEASURED.match(text, one.end) is not None and one.value > 1 and one.raw not in "十百千万亿"
        return Amount(FactKind.NUMBER, one.start, one.end, plain(one.value)) if measured else None
    if one.raw in {"千万", "万一", "一一", "万千", "百万", "百千", "一百", "千百"} and not _MEASURED.match(
        text, one.end
    ):
        return None if one.raw != "一百" else Amount(FactKind.NUMBER, one.start, one.end, "100")
    if all(letter in "零〇一二两三四五六七八九" for letter in one.raw) and len(one.raw) < 3:
        return None  # 七八, 三五: an estimate
    return Amount(FactKind.NUMBER, one.start, one.end, plain(one.value))
