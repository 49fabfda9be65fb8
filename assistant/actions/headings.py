"""Headings that tell what stands below them: tasks, duties of one side, what is closed, or parts of every minutes."""

import re

ACTIONS = re.compile(
    r"(?:(?:our|the|new|open|agreed|outstanding|key|main|all|my|immediate|follow[- ]?up|pending) ){0,2}"
    r"(?:action(?:s| items?| points?| log| list| plan)?|to[- ]?dos?(?: list| items?)?|next steps?|tasks?(?: list)?"
    r"|follow[- ]?ups?|ais|aps|assignments|deliverables)"
    r"(?: (?:and|&|/) (?:owners?|next steps|follow[- ]?ups?|due dates|decisions|actions?|action items))?"
    r"(?: (?:arising|agreed|items|(?:from|after|of|out of) (?:the |this |our |today['’]?s? )?(?:meeting|call|today"
    r"|stand-?up|sync|session|workshop|review|discussion)|for (?:next week|this week|the team)"
    r"|before next (?:meeting|call)))?"
    r"|(?:(?:本次|会议|下一步|后续|主要|重点|新增|下周|本周|近期|会后|遗留|未完成|我的|团队){0,2}(?:的)?"
    r"(?:待办(?:事项|清单|任务)?|行动(?:项|计划|事项|清单)|任务(?:清单|分工|安排|列表)?|工作(?:安排|计划|分工)"
    r"|跟进(?:事项|项)?|todo|to-do|下一步(?:计划|工作|安排)?"
    r"|遗留(?:问题|事项)|后续(?:事项|跟进|工作|安排|计划)?|会后(?:事项|任务)|分工|责任分工|落实事项"
    r"|需(?:要)?跟进(?:的)?(?:事项)?))",
    re.IGNORECASE,
)
# Open points, of which some are tasks and some only questions.
QUESTIONS = re.compile(
    r"(?:遗留|未决|待解决)(?:的)?(?:问题|事项)?|(?:open|outstanding) (?:issues?|points?|items?)", re.IGNORECASE
)
# What each side will do, as mails sum it up: tasks beside remarks, so a line must say by itself that it is one.
DUTIES = re.compile(
    r"on (?:your|our|my|the client['’]?s) side|(?:your|our) side|what (?:happens next|we need from you|you get from us"
    r"|we will do)|(?:需要?(?:请)?)?(?:贵方|贵司|客户|甲方|乙方|我方|我司|双方)(?:需要?)?(?:的)?(?:配合|提供|完成"
    r"|跟进)?(?:的)?(?:工作|事项|任务)?",
    re.IGNORECASE,
)
CLOSED = re.compile(
    r"(?:done|completed|closed|finished|rejected|dropped|cancelled|canceled|parked|parking lot|ideas?|not doing"
    r"|won't do|out of scope|rejected ideas|"
    r"completed (?:actions?|items?|tasks?)|closed (?:actions?|items?)|actions? (?:completed|closed)|achievements|"
    r"已完成|已完成(?:事项|工作|待办|任务)?|完成情况|已关闭|已取消|不做(?:的)?|否决|搁置|想法|已办|本周完成|上周完成)",
    re.IGNORECASE,
)
ANY_HEADING = re.compile(
    r"(?:agenda|attendees|present|apologies|decisions?(?: made)?|discussion|notes|summary|background|status"
    r"|risks?(?: and issues)?|issues|aob|"
    r"open questions?|questions?|next meeting|minutes|updates?|highlights|topics?|overview|info(?:rmation)?|"
    r"议程|议题|参会(?:人员?|人)?|出席|决议|决定|结论|会议(?:决议|内容|结论|纪要|主题|时间|地点)|讨论(?:内容|要点)?"
    r"|风险(?:与问题)?|问题|备注|背景|进展|概述|其他|开放问题|下次会议)",
    re.IGNORECASE,
)
