"""Numbers as people write them, in digits, in Chinese numerals and in English words, and how to write them."""

# ruff: noqa: SIM905 - lists of words, read more easily as running text

import re
from decimal import Decimal, InvalidOperation

ZH_DIGITS = "零〇一二两三四五六七八九"
ZH_NUMERALS = ZH_DIGITS + "十百千万亿"

_DIGIT = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SMALL_UNIT = {"十": 10, "百": 100, "千": 1000}
_BIG_UNIT = {"万": 10_000, "亿": 100_000_000}

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_ONES += " seventeen eighteen nineteen"
WORD_VALUES: dict[str, int] = {word: place for place, word in enumerate(_ONES.split(), start=1)}
WORD_VALUES |= {"zero": 0}
TENS: dict[str, int] = {
    word: 10 * place
    for place, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
MULTIPLIERS: dict[str, int] = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}

_GROUPED = re.compile(r"[0-9]{1,3}(?:([,.' \u00a0\u2009\u202f’])[0-9]{3})(?:\1[0-9]{3}){0,5}(?:[.,][0-9]{1,9})?")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0xFFE5: 0xA5,
    0xA0: 0x20,
    0x2009: 0x20,
    0x202F: 0x20,
}
_MAX_LENGTH = 40


def half_width(text: str) -> str:
    """``text`` with full-width signs in their ASCII form and every blank a plain one; its length does not change."""
    return text.translate(_FULL_WIDTH)


def plain(value: Decimal) -> str:
    """``value`` in plain digits: no exponent, no trailing zeros, no grouping."""
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in {"-0", ""} else digits


def parse_number(text: str) -> Decimal | None:
    """The value of a number written alone, in digits, Chinese numerals or English words; None when it is none.

    ``1,234.56``, ``1.234,56``, ``12 000``, ``1.2万``, ``三千五百``, ``twenty-five`` and ``two hundred and five``
    are read. One separator followed by three digits groups when it is a comma (``12,000``) and marks decimals
    when it is a point (``1.234``).
    """
    trimmed = half_width(text).strip()
    if not trimmed or len(trimmed) > _MAX_LENGTH:
        return None
    sign = -1 if trimmed[0] in "-−" else 1
    body = trimmed[1:] if trimmed[0] in "-−+" else trimmed
    for reader in (parse_digits, _digits_with_chinese_unit, parse_chinese_numeral, parse_english_words):
        value = reader(body)
        if value is not None:
            return sign * value
    return None


def parse_digits(body: str) -> Decimal | None:
    """The value of ``body`` written in ASCII digits with any usual grouping; None when it is not one number."""
    if not body or body[0] not in "0123456789" or body[-1] not in "0123456789" or len(body) > _MAX_LENGTH:
        return None
    grouped = _GROUPED.fullmatch(body)
    if grouped and not (grouped[1] == "." and body.count(".") == 1 and "," not in body):
        separator = grouped[1]
        rest = body.replace(separator, "")
        return _decimal(rest.replace(",", "."))
    if body.count(",") == 1 and "." not in body:
        return _decimal(body.replace(",", "."))
    return _decimal(body)


def _decimal(digits: str) -> Decimal | None:
    if re.fullmatch(r"[0-9]{1,30}(?:\.[0-9]{1,30})?", digits) is None:
        return None
    try:
        return Decimal(digits)
    except InvalidOperation:  # pragma: no cover - the pattern above admits only what Decimal reads
        return None


def _digits_with_chinese_unit(body: str) -> Decimal | None:
    stem = body.rstrip("十百千万亿")
    factor = chinese_factor(body[len(stem) :])
    value = parse_digits(stem.rstrip())
    return None if value is None or factor is None else value * factor


def chinese_factor(units: str) -> int | None:
    """The factor of a run of Chinese units alone (``万`` 10000, ``百万`` 1000000); None when it is no such run."""
    if not units or len(units) > 4:
        return None
    factor = 1
    for unit in units:
        step = _SMALL_UNIT.get(unit) or _BIG_UNIT.get(unit)
        if step is None:
            return None
        factor *= step
    return factor


def parse_chinese_numeral(body: str) -> Decimal | None:
    """The value of a Chinese numeral (``三千五百``, ``两万三``, ``二〇二六``, ``三点五``); None when it is none."""
    if not body or len(body) > _MAX_LENGTH:
        return None
    whole, point, decimals = body.partition("点")
    if point:
        value = _chinese_whole(whole)
        if value is None or not decimals or any(letter not in _DIGIT for letter in decimals):
            return None
        return Decimal(f"{value}." + "".join(str(_DIGIT[letter]) for letter in decimals))
    value = _chinese_whole(whole)
    return None if value is None else Decimal(value)


def _chinese_whole(body: str) -> int | None:
    if not body or any(letter not in ZH_NUMERALS for letter in body):
        return None
    if all(letter in _DIGIT for letter in body):
        return int("".join(str(_DIGIT[letter]) for letter in body)) if len(body) < 20 else None
    total = section = 0
    digit: int | None = None
    last_unit = 0
    for letter in body:
        if letter in _DIGIT:
            if digit:  # two digits side by side ("三五百") are an estimate or no number
                return None
            digit = _DIGIT[letter]
            last_unit = 0 if letter in "零〇" else last_unit
            continue
        unit = _SMALL_UNIT.get(letter)
        if unit is not None:
            section += (1 if digit is None or digit == 0 else digit) * unit
            last_unit = unit
        else:
            big = _BIG_UNIT[letter]
            section += digit or 0
            if not section and not total:
                return None
            total = (total + section) * big if big > 10_000 else total + section * big
            section = 0
            last_unit = big
        digit = None
    if digit is not None:
        # "三千五" is 3500 and "两万三" 23000: a last digit counts in the next lower unit.
        section += digit * (last_unit // 10 if last_unit >= 100 else 1)
    return total + section


def parse_english_words(body: str) -> Decimal | None:
    """The value of a number in English words up to the billions, as in ``twenty-five`` or ``two hundred and five``."""
    words = body.casefold().replace("-", " ").split()
    if not words or len(words) > 10:
        return None
    total = current = 0
    seen = False
    for word in words:
        if word in WORD_VALUES or word in TENS:
            current += WORD_VALUES.get(word, 0) + TENS.get(word, 0)
        elif word in MULTIPLIERS:
            factor = MULTIPLIERS[word]
            current = max(current, 1) * factor
            if factor >= 1000:
                total, current = total + current, 0
        elif word in {"and", "a"}:
            continue
        else:
            return None
        seen = True
    return Decimal(total + current) if seen else None


def format_number(value: Decimal | float | str, language: str) -> str:
    """``value`` as a reader of ``language`` expects it: ``12,000`` in English, ``12000`` or ``3.5万`` in Chinese.

    In Chinese, whole ten-thousands from 100,000 up are written with 万. Raises ValueError when ``value`` is a
    string that is no number.
    """
    number = parse_number(value) if isinstance(value, str) else Decimal(str(value))
    if number is None or not number.is_finite():
        raise ValueError("the value to format is not a number")
    if language == "zh":
        if abs(number) >= 100_000 and number % 1000 == 0:
            return f"{plain(number / 10_000)}万"
        return plain(number)
    whole, point, decimals = plain(number).partition(".")
    return f"{int(whole):,}{point}{decimals}" if whole != "-0" else f"-0{point}{decimals}"
