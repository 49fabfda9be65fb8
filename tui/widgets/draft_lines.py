"""A draft as blocks: head, sentences with their marks and source labels."""

from textual.content import Content

from assistant.domain.draft import Draft, SentencePlace
from assistant.domain.finding import Severity
from assistant.domain.project import Language, RecipientRole
from assistant.i18n import text
from tui import wording
from tui.plain import shown
from tui.reading import RECIPIENTS, SUBJECT, WHOLE, Reading
from tui.widgets.cursor_list import Block, content

UNDERLINE = {
    Severity.BLOCK: "underline $error",
    Severity.WARN: "underline $warning",
    Severity.INFO: "underline",
}


def mark(severity: Severity, language: Language) -> Content:
    """Give the word in the gutter: `[warn]`."""
    return content(f"[{text(wording.SEVERITY[severity], language)}]", wording.SEVERITY_STYLE[severity])


def settled_mark(language: Language) -> Content:
    """Give the word in the gutter of what was settled."""
    return content(f"[{text('desk.severity.settled', language)}]", "$success")


def gutter_of(reading: Reading, key: str, language: Language) -> Content:
    """Give the gutter of a place: its worst open finding, or that all are settled."""
    worst = reading.worst(key)
    if worst is not None and not (worst is Severity.INFO and reading.settled(key)):
        return mark(worst, language)
    return settled_mark(language) if reading.settled(key) else Content("")


def draft_blocks(reading: Reading, language: Language) -> tuple[Block, ...]:
    """Lay a draft out for reading: what goes out, and beside it only marks and source labels."""
    draft = reading.view.draft
    blocks = [*_head(draft, language), *_whole(reading, language)]
    places = {p.sentence.id: p for p in reading.places}
    for section in (s for s in draft.sections if s.sentences):
        if section.heading:
            blocks.append(Block(content(section.heading, "bold $secondary"), space=1))
        for i, sentence in enumerate(section.sentences):
            space = 1 if i == 0 and not section.heading else 0
            blocks.append(_sentence(reading, places[sentence.id], section.layout, language, space))
    return tuple(blocks)


def _head(draft: Draft, language: Language) -> list[Block]:
    lines = []
    for role in (RecipientRole.TO, RecipientRole.CC):
        people = [f"{r.name} <{r.email}>" if r.name else r.email for r in draft.recipients if r.role is role]
        if people:
            lines.append(text(wording.ROLE[role], language) + "  " + shown(", ".join(people)))
    words = "\n".join(lines)
    recipients = content(words) if words else content(text("desk.review.no_recipients", language), "$error")
    subject = Content.assemble((shown(draft.subject), "bold"))
    return [Block(recipients, key=RECIPIENTS), Block(subject, key=SUBJECT, space=1)]


def _whole(reading: Reading, language: Language) -> list[Block]:
    findings = reading.findings_at(WHOLE)
    if not findings:
        return []
    left = sum(reading.is_open(f) for f in findings)
    words = text("desk.review.whole_open" if left else "desk.review.whole", language, n=left or len(findings))
    return [Block(content(words, "$muted"), gutter_of(reading, WHOLE, language), WHOLE, space=1)]


def _sentence(reading: Reading, place: SentencePlace, layout: str, language: Language, space: int) -> Block:
    sentence = place.sentence
    words = content(sentence.text)
    for finding in reversed(reading.findings_at(sentence.id)):
        if finding.start is None or finding.end is None:
            continue
        if not reading.is_open(finding) and finding.severity is not Severity.INFO:
            continue
        start, end = max(finding.start - place.start, 0), min(finding.end - place.start, len(sentence.text))
        if end > start:
            words = words.stylize(UNDERLINE[finding.severity], start, end)
    labels = " ".join(f"E{n}" for n in sentence.evidence)
    bullet = "- " if layout == "list" else ""
    tail = Content.styled(f" [{labels}]", "$muted") if labels else Content("")
    body = Content.assemble(bullet, words, tail)
    return Block(body, gutter_of(reading, sentence.id, language), sentence.id, space)
