"""Action items and what else a meeting left behind, as blocks."""

from collections.abc import Mapping

from textual.content import Content

from assistant.domain.actions import ActionItem, Carried, ItemState, MeetingSummary, Outcome, Statement, StoredItem
from assistant.domain.project import Language
from assistant.i18n import text
from tui.plain import shown
from tui.widgets.cursor_list import Block, content

FOUND, KEPT, SAID, BEFORE = "f:", "k:", "s:", "c:"
GUTTER = 12

STATE = {
    ItemState.PROPOSED: ("desk.task.proposed", "$warning bold"),
    ItemState.ACCEPTED: ("desk.task.accepted", "$success bold"),
    ItemState.REJECTED: ("desk.task.rejected", "$muted"),
    ItemState.DONE: ("desk.task.done", "$muted"),
    ItemState.DROPPED: ("desk.task.dropped", "$muted"),
}
OUTCOME = {
    Outcome.DONE: "desk.outcome.done",
    Outcome.DROPPED: "desk.outcome.dropped",
    Outcome.CHANGED: "desk.outcome.changed",
    Outcome.REPEATED: "desk.outcome.repeated",
    Outcome.SILENT: "desk.outcome.silent",
}


def item_block(item: ActionItem, stored: StoredItem | None, key: str, language: Language, *, space: int = 1) -> Block:
    """Give one item: its state as a word, the task, and below it who and when, as far as that was said."""
    now = stored.current() if stored is not None else item
    label, style = STATE[stored.state] if stored is not None else ("desk.task.found", "$accent")
    quiet = stored is not None and stored.state in (ItemState.REJECTED, ItemState.DONE, ItemState.DROPPED)
    owner = now.owner or text("desk.task.nobody", language)
    due = now.due.isoformat() if now.due else now.due_text or text("desk.task.no_day", language)
    facts = f"{owner} · {due}"
    if now.internal:
        facts += " · " + text("desk.visibility.internal", language)
    if stored is not None and stored.reason:
        facts += f" · {stored.reason}"
    words = Content.assemble((shown(now.task), "$muted" if quiet else "bold"), "\n", (shown(facts), "$muted"))
    return Block(words, content(text(label, language), style), key, space)


def meeting_blocks(summary: MeetingSummary, kept: Mapping[int, StoredItem], language: Language) -> tuple[Block, ...]:
    """Give everything a meeting left behind, by sort; `kept` are its stored items by their place in the summary."""
    blocks: list[Block] = []

    def title(label: str, n: int) -> None:
        words = text(label, language, n=n)
        blocks.append(Block(content(words, "$primary bold"), space=1 if blocks else 0))

    title("desk.meeting.items", len(summary.items))
    blocks += [item_block(item, kept.get(n), f"{FOUND}{n}", language) for n, item in enumerate(summary.items)]
    if not summary.items:
        blocks.append(Block(content(text("desk.meeting.no_items", language), "$muted")))
    if summary.carried:
        title("desk.meeting.carried", len(summary.carried))
        blocks += [_carried(carried, i, language) for i, carried in enumerate(summary.carried)]
    for label, said in (
        ("desk.meeting.decisions", summary.decisions),
        ("desk.meeting.questions", summary.questions),
        ("desk.meeting.risks", summary.risks),
    ):
        if said:
            title(label, len(said))
            blocks += [_statement(statement, language) for statement in said]
    return tuple(blocks)


def _carried(carried: Carried, index: int, language: Language) -> Block:
    style = "$success" if carried.outcome is Outcome.DONE else "$muted"
    label = content(text(OUTCOME[carried.outcome], language), style)
    return Block(content(carried.item.task), label, f"{BEFORE}{index}", 0)


def _statement(statement: Statement, language: Language) -> Block:
    tail = f"  ({text('desk.visibility.internal', language)})" if statement.internal else ""
    words = Content.assemble(shown(" ".join(statement.text.split())), (tail, "$error"))
    return Block(words, Content("–"), f"{SAID}{statement.start}:{statement.end}")


def quote_blocks(whole: str, start: int, end: int, *, around: int = 6) -> tuple[Block, ...]:
    """Give the lines of a meeting around a quote, the quoted ones marked and the words themselves underlined."""
    first = whole.count("\n", 0, start) + 1
    last = first + whole.count("\n", start, end)
    blocks: list[Block] = []
    at = 0
    for number, line in enumerate(whole.split("\n"), 1):
        if first - around <= number <= last + around:
            inside = first <= number <= last
            words = content(line, "" if inside else "$muted")
            begin, stop = max(start - at, 0), min(end - at, len(line))
            if inside and stop > begin:
                words = words.stylize("underline bold", begin, stop)
            rail = ("┃" if inside else " ", "$accent")
            gutter = Content.assemble((f"{number:>4} ", "$faint"), rail)
            blocks.append(Block(words, gutter, str(number), under=Content.assemble("     ", rail)))
        at += len(line) + 1
    return tuple(blocks)
