"""The other things beside a draft: all findings, the client's mail with its Points, why a step is taken."""

from collections.abc import Mapping

from textual.content import Content

from assistant.domain.guidance import GuidancePoint, PlaybookStep
from assistant.domain.inbound import Inbound
from assistant.domain.project import Language
from assistant.domain.review import Release
from assistant.i18n import text
from tui import wording
from tui.plain import shown
from tui.reading import Reading
from tui.widgets.cursor_list import Block, content
from tui.widgets.source_lines import finding_block

QUOTE_LENGTH = 60
_ANSWERED = {
    "point_unanswered": ("desk.point.open", "$warning bold"),
    "point_unanswered_lead": ("desk.point.open", "$warning bold"),
    "point_heard_lead": ("desk.point.heard", "$warning"),
    "point_heard": ("desk.point.heard", "$warning"),
    "point_unsure": ("desk.point.unsure", "$muted"),
}


def findings_blocks(reading: Reading, current: str, language: Language) -> tuple[Block, ...]:
    """Give every finding by severity, with the words it is about."""
    view = reading.view
    if not view.findings:
        return (Block(content(text("desk.finding.none", language), "$success")),)
    blocks = []
    body = view.draft.body
    for i, finding in enumerate(view.findings):
        block = finding_block(reading, finding, language, current=finding.id == current, space=1 if i else 0)
        blocks.append(block)
        if finding.start is not None and finding.end is not None and finding.end > finding.start:
            quote = " ".join(body[finding.start : finding.end].split())
            short = quote if len(quote) <= QUOTE_LENGTH else quote[: QUOTE_LENGTH - 1] + "…"
            blocks.append(Block(content(text("desk.finding.quote", language, words=short), "$muted")))
    blocks += [_release(release, language) for release in view.releases]
    return tuple(blocks)


def _release(release: Release, language: Language) -> Block:
    line = text("desk.finding.released", language, name=release.by, reason=release.reason)
    return Block(content(line, "$muted"), space=1)


def mail_blocks(reading: Reading, language: Language) -> tuple[Block, ...]:
    """Give the client's mail: its head, its Points with whether they are answered, its text with them underlined."""
    inbound = reading.view.inbound
    if inbound is None:
        return (Block(content(text("desk.mail.none", language), "$muted")),)
    mail = inbound.mail
    sender = f"{mail.sender_name} <{mail.sender_email}>" if mail.sender_email else mail.sender_name
    head = [sender or text("desk.mail.unknown_sender", language)]
    if mail.received is not None:
        head.append(mail.received.isoformat())
    blocks = [
        Block(content(mail.subject or text("desk.mail.no_subject", language), "bold")),
        Block(content(" · ".join(head), "$muted")),
    ]
    if inbound.triage.injection:
        blocks.append(Block(content(text("desk.mail.injection", language), "$warning bold"), space=1))
    answers = {f.values.get("number"): f.code for f in reading.view.findings if f.check == "coverage"}
    for i, point in enumerate(inbound.triage.points):
        label = content(f"{point.number}.", "$accent bold")
        kind = content(text(wording.POINT[point.kind], language) + "  ", "$muted")
        said, style = _ANSWERED.get(answers.get(str(point.number), ""), ("desk.point.answered", "$success"))
        state = content("  " + text(said, language), style)
        words = Content.assemble(kind, shown(" ".join(point.text.split())), state)
        blocks.append(Block(words, label, space=0 if i else 1))
    return (*blocks, *_mail_text(inbound))


def _mail_text(inbound: Inbound) -> list[Block]:
    blocks: list[Block] = []
    start = 0
    for line in inbound.mail.body.split("\n"):
        words = content(line)
        for point in inbound.triage.points:
            begin, end = max(point.start - start, 0), min(point.end - start, len(line))
            if end > begin:
                words = words.stylize("underline", begin, end)
        blocks.append(Block(words, space=0 if blocks else 1))
        start += len(line) + 1
    return blocks


def why_blocks(step: PlaybookStep | None, points: Mapping[str, GuidancePoint], language: Language) -> tuple[Block, ...]:
    """Give why a message takes the step at the cursor: what the step is for, and the guidance behind it."""
    if step is None:
        return (Block(content(text("desk.why.none", language), "$muted")),)
    blocks = [
        Block(content(step.title.get(language), "bold $primary")),
        Block(content(step.intent.get(language))),
    ]
    found = [points[name] for name in step.guidance if name in points]
    for point in found:
        head = (shown(point.title), "bold")
        blocks.append(Block(Content.assemble(head, "\n", shown(point.text)), space=1))
    if not step.required:
        blocks.append(Block(content(text("desk.why.optional", language), "$muted"), space=1))
    return tuple(blocks)
