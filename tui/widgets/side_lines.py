"""The other things beside a draft: all findings, the client's mail with its Points, the history of revisions."""

from collections.abc import Sequence

from textual.content import Content

from assistant.domain.draft import Draft
from assistant.domain.inbound import Inbound
from assistant.domain.project import Language
from assistant.domain.review import Release
from assistant.i18n import text, texts
from tui import wording
from tui.plain import shown
from tui.reading import Reading
from tui.widgets.cursor_list import Block, content
from tui.widgets.source_lines import finding_block

QUOTE_LENGTH = 60
_ANSWERED = {
    "point_unanswered": ("desk.point.open", "$warning bold"),
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


def history_blocks(revisions: Sequence[Draft], language: Language) -> tuple[Block, ...]:
    """Give the revisions, newest first, each with the sentences that came, went and changed."""
    blocks: list[Block] = []
    for i in range(len(revisions) - 1, -1, -1):
        draft = revisions[i]
        when = draft.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
        title = text("desk.history.revision", language, n=draft.revision, when=when)
        blocks.append(Block(content(title, "bold"), space=1 if blocks else 0))
        if i == 0:
            writer = draft.writer
            words = text("desk.history.written", language, name=wording.writer_words(writer, language))
            words = f"{words} ({texts(writer.reasons, language)})" if writer.reasons else words
            blocks.append(Block(content(words, "$muted")))
        else:
            blocks += _changes(revisions[i - 1], draft, language)
    return tuple(blocks)


def _changes(old: Draft, new: Draft, language: Language) -> list[Block]:
    gone = Content.styled("-", "$error bold")
    come = Content.styled("+", "$success bold")
    blocks = []
    if old.subject != new.subject:
        blocks += [Block(content(old.subject, "$muted"), gone), Block(content(new.subject), come)]
    if old.recipients != new.recipients:
        people = ", ".join(r.email for r in new.recipients) or text("desk.review.no_recipients", language)
        blocks.append(Block(content(text("desk.history.recipients", language, people=people)), come))
    before, after = [s.text for s in old.sentences()], [s.text for s in new.sentences()]
    blocks += [Block(content(words, "$muted strike"), gone) for words in before if words not in after]
    blocks += [Block(content(words), come) for words in after if words not in before]
    cited = {s.id: s.evidence for s in old.sentences()}
    sources = [s for s in new.sentences() if s.id in cited and cited[s.id] != s.evidence]
    if sources:
        blocks.append(Block(content(text("desk.history.sources", language, n=len(sources)), "$muted")))
    return blocks or [Block(content(text("desk.history.same", language), "$muted"))]
