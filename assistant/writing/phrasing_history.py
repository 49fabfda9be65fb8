"""Sentences about values that changed or are disputed, and about quotations that nobody has translated yet."""

# ruff: noqa: E501 - patterns and word lists stand together by meaning

import re
from collections import Counter
from datetime import date

from assistant.domain.facts import FactKind
from assistant.domain.project import Language
from assistant.writing import nouns_en, phrasing_en, phrasing_zh
from assistant.writing.dating import spoken, with_spoken_dates
from assistant.writing.lines import Line
from assistant.writing.markers import gap_marker
from assistant.writing.values import History, Value

_CLAUSE = re.compile(r"[,;:|()!?\uff0c\uff1b\uff1a\uff08\uff09\u3002]|\s[-–]\s|\. ")
_TRAILING_EN = re.compile(
    r"(?:[\s–-]+(?:is|are|was|were|now|moves?|moved|from|to|on|for|by|at|the|planned|agreed|set|date|remains?|stays?|scheduled|has|been|changed"
    r"|postponed|in|of|until|with|about|around|settled|a|an|takes?|place|shifts?|shifted|goes|will|be|not|all|happens?))+\s*$",
    re.IGNORECASE,
)
_LEADING_EN = re.compile(
    r"^(?:(?:we|they|i|remain|remains|on|course|for|plan|v[0-9]+|accepted|agreed|decided|the|a|and|that|new|effect|still)\s+)+",
    re.IGNORECASE,
)
_ZH_EDGE = re.compile(
    r"^(?:决定|商定|原因|总体进度|仍?按原?计划|原|现)+|(?:由|从|改为|改到|改成|调整为|调整到|推迟到|推迟至|顺延至|顺延到|定在|定于|定为|安排在|计划(?:在|于)?|将?于|在|到|为|日期|时间|现|原|仍|按|的|参加|一共|共|报|名单|人数)+$"
)
_UNITS_EN = {"person": "people"}
_UNITS_ZH = {"person": "人", "user": "用户", "account": "账户"}
_MILESTONES: dict[str, dict[Language, str]] = {
    "golive": {"en": "go-live", "zh": "上线"},
    "training": {"en": "training", "zh": "培训"},
    "uat": {"en": "UAT", "zh": "UAT"},
    "acceptance": {"en": "acceptance", "zh": "验收"},
    "review": {"en": "review", "zh": "评审"},
    "delivery": {"en": "delivery", "zh": "交付"},
    "regression": {"en": "regression test", "zh": "回归测试"},
    "migration": {"en": "migration", "zh": "迁移"},
    "kickoff": {"en": "kick-off", "zh": "启动会"},
    "pilot": {"en": "pilot", "zh": "试点"},
    "certification": {"en": "certification", "zh": "认证"},
    "release": {"en": "release", "zh": "发布"},
    "integration": {"en": "integration test", "zh": "联调"},
}
_TOPIC = re.compile(
    r"\b[A-Z]{2,6}\b|培训|试用|验收|评审|试点|\b(?:training|pilot|acceptance test|go-live|launch|workshop)\b",
    re.IGNORECASE,
)


def said(history: History, language: Language, as_of: date) -> tuple[str, tuple[int, ...]]:
    """Say a history in one sentence, with the numbers of the evidence it rests on."""
    if history.conflict:
        return _conflict(history, language, as_of)
    newest, previous = history.newest(), history.previous()
    if previous is None:
        return "", ()
    why = history.reason()
    new, old = _value(newest, language, as_of), _value(previous, language, as_of, weekday=False)
    reason, labels = "", {newest.line.evidence.n, previous.line.evidence.n}
    if why is not None and _same_language(why[0], language):
        reason = _reason(why[0], why[1], language, as_of)
        labels.add(why[1].evidence.n)
    return _changed(_label(history, language), new, old, reason, language, history.kind), tuple(sorted(labels))


def named(history: History, language: Language, as_of: date) -> tuple[str, str]:
    """Give what a value is of, and its newest reading, as a sentence names them."""
    return _label(history, language), _value(history.newest(), language, as_of)


def _changed(label: str, new: str, old: str, reason: str, language: Language, kind: FactKind) -> str:
    if kind is FactKind.QUANTITY and language == "en":
        return f"{nouns_en.noun(label)} is now {new} instead of {old}{f', because {nouns_en.lower_first(reason)}' if reason else ''}."
    if language == "zh":
        what = label if kind is not FactKind.DATE else f"{label}时间"
        because = f"，原因是{reason.rstrip('。')}" if reason else ""
        return f"{what}由{old}调整为{new}{because}。"
    because = f", because {nouns_en.lower_first(reason)}" if reason else ""
    return f"{nouns_en.noun(label)} is now planned for {new} instead of {old}{because}."


def _conflict(history: History, language: Language, as_of: date) -> tuple[str, tuple[int, ...]]:
    """A dispute is never settled by the writer: it is a gap that names both places."""
    by_value: dict[str, Value] = {}
    for value in sorted(history.current, key=lambda v: v.line.dated or date.min):
        by_value.setdefault(value.key, value)
    label = _label(history, language)
    noted = [
        (spoken(v.line.dated, language, as_of) if v.line.dated else "", _value(v, language, as_of))
        for v in by_value.values()
    ]
    labels = tuple(sorted({v.line.evidence.n for v in by_value.values()}))
    if language == "zh":
        sort = "日期" if history.kind is FactKind.DATE else ""
        words = "，".join(f"{day}的记录为{value}" for day, value in noted)
        return f"{label}{sort}尚待核实：{gap_marker(f'{label}{sort}；{words}')}。", labels
    words = ", ".join(f"notes of {day} say {value}" for day, value in noted)
    if history.kind is FactKind.QUANTITY:
        return f"The number is still to be settled: {gap_marker(f'{label}; {words}')}.", labels
    return (
        f"{nouns_en.noun(label)}: the date is still to be settled, {gap_marker(f'the date for {label}; {words}')}.",
        labels,
    )


def untranslated(raw: str, day: str, language: Language) -> str:
    """Keep a quotation of the other language and say that its translation is missing."""
    words = " ".join(raw.split()).rstrip(".。")
    if language == "zh":
        return gap_marker(f"{day or '无日期'}引文的译文：“{words}”")
    return gap_marker(f"translation of the quotation{' from ' + day if day else ''}: “{words}”")


def _value(value: Value, language: Language, as_of: date, *, weekday: bool = True) -> str:
    if value.fact.kind is FactKind.DATE:
        return spoken(date.fromisoformat(value.key), language, as_of, weekday=weekday and language == "en")
    if language == "zh" and not value.fact.text.isascii():
        return value.fact.text.replace(" ", "")
    return value.fact.amount


def _reason(words: str, line: Line, language: Language, as_of: date) -> str:
    text = with_spoken_dates(words, language, line.dated, as_of)
    return phrasing_zh.tidy(text, frozenset()) if language == "zh" else phrasing_en.tidy(text, frozenset())


def _label(history: History, language: Language) -> str:
    """Name what the value is of, in the notes' words: the wording most notes use, the longest of equals."""
    if history.kind is FactKind.QUANTITY:
        return _count_label(history.values[0], language)
    words = [_own_label(value, language) for value in history.values]
    counted = Counter(word for word in words if word)
    own = Counter({word: n for word, n in counted.items() if _same_language(word, language)})
    if not own:
        return _milestone_name(history, language)
    counted = own
    return max(counted, key=lambda word: (counted[word], len(word)))


def _milestone_name(history: History, language: Language) -> str:
    """Name a milestone in the message's language when the notes are in the other one."""
    found = sorted({name for value in history.values for name in value.subject.milestones})
    names = [_MILESTONES[name][language] for name in found if name in _MILESTONES]
    return names[0] if names else ("日期" if language == "zh" else "date")


def _count_label(value: Value, language: Language) -> str:
    """Name what is counted: the number of test users, UAT 人数."""
    topic = _TOPIC.search(value.sentence)
    if language == "zh":
        unit = re.sub(r"[0-9,.\s]+", "", value.fact.text)
        unit = _UNITS_ZH.get(value.fact.unit, unit) if unit.isascii() else unit
        return f"{topic[0] if topic else ''} {unit}数".strip()
    unit = re.sub(r"^[0-9][0-9,. ]*", "", value.fact.text).strip() or value.fact.unit
    unit = unit if unit.isascii() else _UNITS_EN.get(value.fact.unit, value.fact.unit)
    about = f" for {topic[0]}" if topic and topic[0].casefold() not in unit.casefold() else ""
    return f"the number of {unit}{about}"


def _own_label(value: Value, language: Language) -> str:
    text = value.sentence
    if value.line.cells:
        text = next((cell for _, cell in value.line.cells if value.fact.text not in cell and len(cell) > 3), text)
    start = text.find(value.fact.text)
    before = text[:start] if start >= 0 else text
    pieces = [piece.strip() for piece in _CLAUSE.split(before) if piece.strip()]
    # In a table the thing stands in a cell of its own; in prose, right before its value.
    pieces = pieces[-1:] if start >= 0 and not value.line.cells else pieces[:1]
    bare = pieces[0] if pieces else ""
    if language == "zh":
        bare = re.sub(r"[0-9A-Z]*[0-9]+月[0-9]+[日号].*$", "", bare)
        after = (
            re.match(
                r"(?:[(\uff08][^)\uff09]*[)\uff09])?\s*([\u4e00-\u9fff]{2,6})", text[start + len(value.fact.text) :]
            )
            if start >= 0
            else None
        )
        stripped = _ZH_EDGE.sub("", _ZH_EDGE.sub("", bare)).strip()
        return stripped or (after[1] if after and "上线" in after[1] else "")
    bare = re.sub(
        r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b.*$|\b[0-9].*$",
        "",
        bare,
        flags=re.IGNORECASE,
    )
    return nouns_en.lower_first(_LEADING_EN.sub("", _TRAILING_EN.sub("", bare)).strip())


def _same_language(text: str, language: Language) -> bool:
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in text)
    return chinese == (language == "zh")
