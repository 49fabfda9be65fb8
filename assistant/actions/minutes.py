"""A meeting written out as Markdown: what became of open items, topics, decisions, items, questions, risks."""

from collections.abc import Iterable

from assistant.actions.exports import cell, items_table
from assistant.domain.actions import Carried, MeetingSummary, Outcome, Statement
from assistant.domain.project import Language
from assistant.i18n import text

_WORDS = {
    "en": {
        "carried": "Open from before",
        "topics": "Topics",
        "decisions": "Decisions",
        "items": "Action items",
        "questions": "Open questions",
        "risks": "Risks",
        "line": "(line {n})",
        Outcome.DONE: "done",
        Outcome.DROPPED: "dropped",
        Outcome.CHANGED: "changed",
        Outcome.REPEATED: "said again",
        Outcome.SILENT: "not mentioned",
    },
    "zh": {
        "carried": "上次遗留事项",
        "topics": "议题",
        "decisions": "决定",
        "items": "待办事项",
        "questions": "待确认问题",
        "risks": "风险",
        "line": "（第 {n} 行）",
        Outcome.DONE: "已完成",
        Outcome.DROPPED: "已取消",
        Outcome.CHANGED: "有变动",
        Outcome.REPEATED: "再次提到",
        Outcome.SILENT: "未提及",
    },
}


def notice_texts(summary: MeetingSummary, language: Language) -> tuple[str, ...]:
    """Say what is odd about the input in that language, a sentence or two for each code of `notices`."""
    return tuple(text(f"actions.notice.{code}", language) for code in summary.notices)


def render_meeting(summary: MeetingSummary, language: Language) -> str:
    """Write a meeting as Markdown with headings in that language; every line quotes the note and gives its place."""
    words = _WORDS[language]
    space = "" if language == "zh" else " "
    parts: list[str] = [f"# {cell(summary.meeting.title)}"] if summary.meeting.title else []
    parts += [f"> {cell(said)}" for said in notice_texts(summary, language)]
    if summary.carried:
        rows = [_carried(one, language) for one in summary.carried]
        parts.append("\n".join([f"## {words['carried']}", "", *rows]))
    if summary.topics:
        lines = [f"## {words['topics']}"]
        for topic in summary.topics:
            points = [
                f"- {cell(point.quote.replace('**', ''))}{space}{words['line'].format(n=point.start_line)}"
                for point in topic.points
            ]
            lines += ["", f"### {cell(topic.title)}", "", *points]
        parts.append("\n".join(lines))
    parts += _statements(words["decisions"], summary.decisions, words["line"])
    if summary.items:
        parts.append(f"## {words['items']}\n\n{items_table(summary.items, language)}")
    elif "empty" not in summary.notices:
        parts.append(text("actions.none", language))
    parts += _statements(words["questions"], summary.questions, words["line"])
    parts += _statements(words["risks"], summary.risks, words["line"])
    return "\n\n".join(parts)


def _carried(one: Carried, language: Language) -> str:
    words = _WORDS[language]
    said = f"- {cell(one.item.task)}{'：' if language == 'zh' else ': '}{words[one.outcome]}"
    if one.quoted is None:
        return said
    place = words["line"].format(n=one.quoted.start_line)
    quote = cell(one.quoted.quote)
    return f"{said}，“{quote}”{place}" if language == "zh" else f'{said}, "{quote}" {place}'


def _statements(heading: str, found: Iterable[Statement], line: str) -> list[str]:
    space = "" if line.startswith("（") else " "
    rows = [f"- {cell(one.text)}{space}{line.format(n=one.start_line)}" for one in found]
    return ["\n".join([f"## {heading}", "", *rows])] if rows else []
