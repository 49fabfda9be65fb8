"""List items and table rows that are tasks by their place: an owner and a due date at their edges."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.actions.dues import Due, find_due, read_due
from assistant.actions.people import ME, People
from assistant.actions.tasks import claims_of

LABEL = re.compile(
    r"[ \t*_\[【]{0,4}(?:(?:new )?action(?: items?| points?)?|AIs?|APs?|TODO|TO-DO|to do|task|follow[- ]?up"
    r"|next steps?|待办(?:事项)?|行动项|行动|任务|跟进(?:事项|项)?|下一步|会后待办|需跟进)"
    r"[ ]?#?[0-9]{0,3}[ \t*_\]】]{0,4}(?:[:：]|-(?=\s)|–|—|(?<=[\]】])|(?<=TODO)(?=\s)|(?<=TO-DO)(?=\s)"
    r"|(?<=AI)(?=\s[A-Z]{2,3}\b)"
    r"|(?<=AI)(?=\s[(（@])|(?<=AI )(?=[A-Z]{2,3}\s?[-:–])|(?<=AI )(?=[(（@]))[ \t*_]{0,4}",
    re.IGNORECASE,
)
# A label in the middle of a line, or with the owner's name before its colon: "… ACTION Farid: send the list".
_LABEL_INSIDE = re.compile(
    r"(?:(?<=[.!?;。！；] )|(?<=[.!?;。！；])|(?<=\[)|(?<=\())(?:ACTIONS?|Action|AP|行动项?|待办)"
    r"(?=[ ]?[:：]|[ ]?[-–] | [A-Z])"
)
_LABEL_NAMED = re.compile(
    r"(?:ACTION|AP|AI|TODO)[ ](?:ON |FOR )?(?=(?P<name>[A-Z][\w.'’-]{1,24}(?: [A-Z][\w.'’-]{1,24})?)[ ]?[:：])"
)
# A line of no action list that says itself whose it is: an owner or due field, or @somebody.
_OWN_FIELD = re.compile(
    r"(?i)(?:owners?|assignee|责任人|负责人|主责人?|执行人|跟进人|承办人|责任单位|责任部门)[ ]?[:：][ ]?\S"
)
_DASHED = re.compile(
    r"(?:\s(?:[-–—]|→|->)\s|——|→)[ ]?(?P<name>[A-Z][\w.'’-]{1,20}|[\u4e00-\u9fff]{2,4})(?:[，,][^，,]{1,20})?[.。]?$"
)
_ARROW = re.compile(r"\s*(?:→|->|=>|⇒)\s*(?=\S)")
_FRONT_SLASH = re.compile(r"@?(?P<name>[^:：\n/]{1,40}?) / (?=[^/\n]{4,120}(?: / |\Z))")
_LEAST_HEAD = 4
_STILL_OPEN = re.compile(
    r"(?i)[-–—:：(（，, ]\s?(?:not (?:yet )?done|still open|outstanding|in progress|carried (?:over|forward)|pending"
    r"|未完成|进行中|尚未完成|继续跟进|延[期至到]|顺延)"
)


def label_end(words: str, people: People) -> int | None:
    """Give where the task begins behind a label at the head of the words, or None without one."""
    found = LABEL.match(words)
    if found:
        return found.end()
    named = _LABEL_NAMED.match(words)
    return named.end() if named and people.owner(named["name"]) else None


def label_inside(words: str) -> int | None:
    """Give where a label stands in the middle of a line."""
    found = _LABEL_INSIDE.search(words)
    return found.start() if found and found.start() else None


def says_whose(words: str, people: People, reference: date | None) -> bool:
    """Whether a list item outside an action list names its owner as such.

    @Tom, "owner: Tom", "(Tom) - not done", "logo too small -> Tom enlarges it", "(Tom, Friday)", "Tom / logo / Friday".
    """
    if _OWN_FIELD.search(words) or _slashed(words, people):
        return True
    if told_behind_arrow(words, people) or _in_brackets_at_the_end(words, people, reference):
        return True
    mention, named = _MENTION.search(words), _DASHED.search(words)
    if (mention and people.owner(mention["name"])) or (named and people.is_surely(named["name"])):
        return True
    return _left_open_to_somebody(words, people)


def _left_open_to_somebody(words: str, people: People) -> bool:
    """Whether a point that is told to be open names somebody before or behind that: "(Tom) - not done"."""
    head = _STILL_OPEN.split(words, maxsplit=1)
    if len(head) < 2:
        return False
    inside = _PARENTHESIS.search(head[0].rstrip(" -–—:：，,"))
    if inside is not None and people.owner(inside["inner"]) is not None:
        return True
    last = re.split(r"[，,]", head[-1].rstrip(" 。."))[-1].strip()
    return len(head[0].strip()) >= _LEAST_HEAD and people.is_surely(last) and last.casefold() not in ME


def told_behind_arrow(words: str, people: People) -> int:
    """Give where "logo too small -> Tom enlarges it" comes to who does what; 0 when it does not."""
    arrow = _ARROW.search(words)
    told = next(iter(claims_of(words[arrow.end() :], people, listed=True)), None) if arrow else None
    if arrow is None or told is None or told.clause or words[arrow.end() : arrow.end() + 1] == "@":
        return 0
    return arrow.end() if told.owner and people.is_surely(told.owner.split("、")[0]) else 0


def _in_brackets_at_the_end(words: str, people: People, reference: date | None) -> bool:
    _, owner, due = _parenthesis(words, people, reference, None, None)
    return owner is not None and due is not None


def _slashed(words: str, people: People) -> re.Match[str] | None:
    """Match the name that begins "Tom / enlarge the logo / Friday"."""
    found = _FRONT_SLASH.match(words)
    return found if found and people.owner(found["name"]) else None


_OPEN_STATE = re.compile(
    r"(?i)\s?[-–—:：(（，,]{1,2}\s?(?:not (?:yet )?done|still open|outstanding|in progress|carried (?:over|forward)"
    r"|pending|未完成|进行中|尚未完成)[)）]?(?:[，,]\s?(?=延|顺延))?(?=[，,。.;；\s延顺]|$)"
)


def without_state(words: str) -> str:
    """Leave out what only says that the task is open still: "— not done", ——未完成."""
    return _OPEN_STATE.sub(" ", words)


_OWNER_FIELD = re.compile(
    r"[\s,，;；(（\[【|–—-]{0,4}(?:\*\*)?(?<![A-Za-z])(?:owners?|assignees?|assigned to|responsible(?: person)?|who"
    r"|resp\.?|lead|责任人|负责人|主责人?|执行人|经办人|责任方|跟进人|承办人|牵头人?|对接人)(?:\*\*)?[ ]?(?:[:：=]"
    r"|is\b|为)[ ]?(?P<value>[^,，;；"
    r"|()（）\[\]。\n–—]{1,60}?)(?=[,，;；|)）\]。\n–—]|\s-\s|\.\s|\.?\s*\Z|\s(?:due|by|deadline|task|action)\b"
    r"|\s(?:截止|完成|任务|事项|内容|工作))",
    re.IGNORECASE,
)
_DUE_FIELD = re.compile(
    r"[\s,，;；(（\[【|–—-]{0,4}(?:\*\*)?(?<![A-Za-z])(?:due(?: date| by| on)?|deadline|by when|when|eta"
    r"|target(?: date)?"
    r"|截止(?:日期|时间)?|完成(?:时间|日期|期限)|期限|时限|到期日?|要求完成时间|计划完成(?:时间"
    r"|日期)?)(?:\*\*)?[ ]?(?:[:：=]|is\b|为)[ ]?(?P<value>[^,，;；"
    r"|()（）\[\]。\n]{1,40}?)(?=[,，;；|)）\]。\n]|\s-\s|\.?\s*\Z)",
    re.IGNORECASE,
)
_TASK_FIELD = re.compile(r"(?:task|action|what|事项|任务|内容|具体事项)[ ]?[:：][ ]?", re.IGNORECASE)
_STATUS_FIELD = re.compile(
    r"[\s,，;；(（\[【|–—-]{0,4}(?:status|state|状态|进度)[ ]?[:：=][ ]?(?P<value>[^,，;；|()（）\[\]。\n]{1,30})",
    re.IGNORECASE,
)
_PIECE = re.compile(r"\s+[-–—|/]\s+|\s*(?:——|—|–|\||→|->|=>)\s*")
_PARENTHESIS = re.compile(r"[ ]?(?:[（(\[【](?P<inner>[^（(\[【）)\]】\n]{1,60})[）)\]】])[ .。;；]{0,3}\Z")
_BRACKETS = re.compile(r"[（(](?P<inner>@?[^\W\d][^（(）)\n]{1,30})[）)]")
_NAMED_WITH_NOTE = re.compile(r"[A-Z][\w'’-]{1,24}(?: [A-Z][\w'’-]{1,24})? \([^)\n]{1,30}\) (?:to|will|shall|is to)\b")
_TAIL = re.compile(r"[,，;；:：\s]{1,3}(?P<name>@?[A-Za-z][\w.'’ &/+-]{1,40}|@?[\u4e00-\u9fff·、和]{2,12})[.。]?\Z")
_FRONT = re.compile(
    r"(?:\*\*|__)?[\[【(（]?@?(?P<name>[^:：\]】)）*\n]{1,60}?)(?:\*\*|__)?(?:[\]】)）](?:\*\*)?[ ]?[:：]?"
    r"|[ ]?[（(][^）)\n]{1,30}[）)][ ]?[:：]|[ ]?[:：](?:\*\*|__)?)[ ]{0,3}(?=\S)"
)
_FRONT_DASH = re.compile(r"(?:\*\*)?@?(?P<name>[^:：\n–—-]{1,40}?)(?:\*\*)?\s?(?:\s-\s|[–—]{1,2}\s?|\s->\s|→)\s?(?=\S)")
_MENTION = re.compile(
    r"(?<![A-Za-z0-9_.])@(?P<name>[A-Za-z][\w.-]{0,30}(?: [A-Z][a-z]{1,20})?|[老小阿大][A-Za-z]{2,12}"
    r"|[\u4e00-\u9fff]{2,4})[ ,，:：]?"
)
_EDGE = " \t,，;；:：、-–—|.。~*_!！→"


@dataclass(frozen=True, slots=True)
class Parts:
    """A list item taken apart. `owner` is resolved, `rest` is what is left for the task."""

    rest: str
    owner: str | None
    due: Due | None
    closed: bool = False
    tagged: bool = False


def take_apart(words: str, people: People, reference: date | None) -> Parts:
    """Take owner, due date and status from the fields and edges of a list item."""
    rest, owner, due = words.strip(), None, None
    tagged = False
    status = _STATUS_FIELD.search(rest)
    closed = False
    if status:
        from_status = status["value"].strip()
        closed = bool(
            re.fullmatch(
                r"(?i)(?:done|complete[d]?|closed|cancel?led|rejected|n/a|已完成|完成|已关闭|取消|已取消).*",
                from_status,
            )
        )
        rest = rest[: status.start()] + rest[status.end() :]
    field = _OWNER_FIELD.search(rest)
    if field and (people.owner(field["value"]) or _reads_as_name(field["value"])):
        owner, tagged = people.owner(field["value"]) or field["value"].strip(" @*"), True
        rest = rest[: field.start()] + rest[field.end() :]
    field = _DUE_FIELD.search(rest)
    if field and read_due(field["value"], reference):
        found = read_due(field["value"], reference)
        if found is not None and (found.day is not None or len(found.words) < 24):
            due = found
            rest = rest[: field.start()] + rest[field.end() :]
    rest = rest.strip(_EDGE + "()（）[]【】") if due or tagged else rest
    rest = _TASK_FIELD.sub("", rest, count=1)
    if owner is None:
        owner, rest = _front(rest, people)
        tagged = owner is not None
    if owner is None or due is None:
        rest, owner, due = _pieces(rest, people, reference, owner, due)
    if owner is None or due is None:
        rest, owner, due = _parenthesis(rest, people, reference, owner, due)
    if owner is None and _NAMED_WITH_NOTE.match(rest) is None:
        rest, owner = _in_brackets(rest, people)
    if owner is None:
        mention = _MENTION.search(rest)
        if mention:
            owner = people.owner(mention["name"]) or mention["name"]
            rest = (rest[: mention.start()] + rest[mention.end() :]).strip()
            tagged = True
    if owner is None:
        rest, owner = _tail(rest, people)
    return Parts(rest.strip(), owner, due, closed, tagged)


def _reads_as_name(words: str) -> bool:
    plain = words.strip(" @*")
    return (
        0 < len(plain) <= 40
        and plain.casefold() not in {"tbd", "tbc", "?", "-", "n/a", "none", "待定", "无"}
        and not any(c.isdigit() for c in plain)
    )


def _front(rest: str, people: People) -> tuple[str | None, str]:
    for pattern in (_FRONT, _FRONT_DASH, _FRONT_SLASH):
        found = pattern.match(rest)
        if found:
            owner = people.owner(found["name"])
            if owner:
                return owner, rest[found.end() :]
    mention = _MENTION.match(rest)
    if mention:
        return mention["name"], rest[mention.end() :].lstrip(" ,，:：-")
    return None, rest


def _pieces(
    rest: str, people: People, reference: date | None, owner: str | None, due: Due | None
) -> tuple[str, str | None, Due | None]:
    """Read `task - owner - due`, in any order after the task."""
    cuts = list(_PIECE.finditer(rest))[:8]
    if not cuts:
        return rest, owner, due
    edges = [0, *(c.end() for c in cuts)], [*(c.start() for c in cuts), len(rest)]
    keep = edges[1][0]
    kept = [rest[:keep]]
    for begin, end in list(zip(*edges, strict=True))[1:]:
        piece = rest[begin:end].strip()
        called = _MENTION.match(piece)
        if called and owner is None and piece[called.end() :].strip():
            owner, piece = people.owner(called["name"]) or called["name"], piece[called.end() :].strip()
        named = people.owner(piece) if owner is None else None
        if named:
            owner = named
            continue
        found = find_due(piece, reference, listed=True) if due is None else None
        left = (piece[: found.start] + piece[found.end :]).strip(_EDGE + "()（）") if found is not None else ""
        if found is not None and owner is None and left and people.owner(left):
            due, owner = found, people.owner(left)
            continue
        if found is not None and len(found.words) >= len(piece.strip(_EDGE + "()（）")) - 12 and found.sure >= 2:
            due = found
            left = piece.replace(found.words, " ").strip(_EDGE)
            named = people.owner(left) if left and owner is None else None
            owner = named or owner
            continue
        kept.append(piece)
    joint = " / " if all("/" in c[0] for c in cuts) else " - "
    return joint.join(k for k in kept if k.strip()), owner, due


def _parenthesis(
    rest: str, people: People, reference: date | None, owner: str | None, due: Due | None
) -> tuple[str, str | None, Due | None]:
    """Read an owner and a due date in brackets at the end: `(Tom, by Friday)`."""
    found = _PARENTHESIS.search(rest)
    if not found:
        return rest, owner, due
    inner = found["inner"]
    taken = False
    when = find_due(inner, reference, listed=True) if due is None else None
    if when is not None:
        left = (inner[: when.start] + " " + inner[when.end :]).strip(_EDGE)
        if not left or people.owner(left):
            due, inner, taken = when, left, True
    named = people.owner(inner) if owner is None and inner.strip() else None
    if named:
        owner, taken = named, True
    return (rest[: found.start()].rstrip() if taken else rest), owner, due


def _in_brackets(rest: str, people: People) -> tuple[str, str | None]:
    """Read an owner in brackets in the middle: 消防器材检查（尹师傅），延到周五."""
    for found in _BRACKETS.finditer(rest):
        if people.is_surely(found["inner"].strip()) and found["inner"].strip().casefold() not in ME:
            return rest[: found.start()] + rest[found.end() :], people.owner(found["inner"])
    return rest, None


def _tail(rest: str, people: People) -> tuple[str, str | None]:
    found = _TAIL.search(rest)
    if found and found.start() > 4 and people.is_surely(found["name"]) and found["name"].casefold() not in ME:
        separator = rest[found.start() : found.start("name")]
        owner = people.owner(found["name"])
        if owner and separator.strip():
            return rest[: found.start()], owner
    spaced = re.search(r"\s(?P<name>[\u4e00-\u9fff]{2,3}(?:[、+][\u4e00-\u9fff]{2,3})?)[。]?\Z", rest)
    if spaced and spaced.start() > 4:
        owner = people.owner(spaced["name"])
        if owner:
            return rest[: spaced.start()], owner
    return rest, None


# --- tables

_COLUMNS = {
    "task": re.compile(
        r"(?:action|task|to-?do|item|what|activity|deliverable|description|next step|follow[- ]?up)s?(?: items?"
        r"| points?| description)?|事项|任务|内容|待办(?:事项)?|行动项?|工作内容|任务内容|具体事项|工作事项|任务描述"
        r"|跟进事项",
        re.IGNORECASE,
    ),
    "owner": re.compile(
        r"owners?|who|responsible(?: person| party)?|assignees?|assigned(?: to)?|lead|resp\.?|by whom|person|责任人"
        r"|负责人"
        r"|主责人?|执行人|责任方|责任部门|跟进人|经办人|承办人|牵头人?|谁",
        re.IGNORECASE,
    ),
    "due": re.compile(
        r"due(?: date| by)?|when|by when|deadline|by|target(?: date)?|eta|date due|complet(?:e|ion) (?:by|date)"
        r"|截止(?:日期|时间)?|完成(?:时间|日期|期限|时限)|期限|时限|计划完成(?:时间|日期)?|到期日?|时间|日期|时间要求",
        re.IGNORECASE,
    ),
    "status": re.compile(r"status|state|done\??|progress|状态|进度|进展|完成情况|是否完成", re.IGNORECASE),
    "remark": re.compile(r"comments?|remarks?|notes?|update|备注|说明|备考", re.IGNORECASE),
}


_PLAN_WORDS = re.compile(r"items?|what|activit(?:y|ies)|descriptions?|deliverables?|事项|内容|工作内容", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what; -1 for none. `plan` says that the head could be that of any plan."""

    task: int
    owner: int
    due: int
    status: int
    plan: bool
    remark: int = -1


def columns(cells: Sequence[tuple[str, int]]) -> Columns | None:
    """Read a table's head; None unless it names a task column and an owner or due column."""
    place = dict.fromkeys(_COLUMNS, -1)
    plain = False
    for number, (words, _) in enumerate(cells[:20]):
        name = words.strip(" *_:：#").strip()
        for column, pattern in _COLUMNS.items():
            if place[column] < 0 and pattern.fullmatch(name):
                place[column] = number
                plain = plain or (column == "task" and _PLAN_WORDS.fullmatch(name) is not None)
                break
    if place["task"] < 0 or (place["owner"] < 0 and place["due"] < 0):
        return None
    whole = place["owner"] >= 0 and place["due"] >= 0 and place["status"] >= 0
    return Columns(place["task"], place["owner"], place["due"], place["status"], plain and not whole, place["remark"])
