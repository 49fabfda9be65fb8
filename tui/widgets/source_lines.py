"""What stands beside a sentence: its findings, and its sources with the exact lines of the note around them."""

import re
from collections.abc import Mapping

from textual.content import Content

from assistant.domain.draft import CLOSING, GREETING, Evidence
from assistant.domain.finding import Finding, Severity
from assistant.domain.note import Passage
from assistant.domain.project import Language, Visibility
from assistant.domain.view import NoteExcerpt
from assistant.i18n import text
from tui import wording
from tui.plain import shown
from tui.reading import RECIPIENTS, SUBJECT, WHOLE, Reading
from tui.widgets.cursor_list import Block, content
from tui.widgets.draft_lines import mark, settled_mark

EVIDENCE = "E"
# The id of a mail, and its first part, tell a person nothing; other parts, pages, sheets and times do.
_MAIL_PART = re.compile(r"<[^>]*>\s*(?:part 1$)?|^part 1$")
FINDING = "F"


def finding_block(reading: Reading, finding: Finding, language: Language, *, current: bool, space: int = 0) -> Block:
    """Give one finding: its mark, what it says and how it was settled."""
    waiver = reading.view.waiver_of(finding)
    settled = waiver is not None and finding.severity is Severity.WARN
    words = content(wording.finding_words(finding, language), "$muted" if settled else "bold" if current else "")
    if waiver is not None and settled:
        reason = text(wording.WAIVER[waiver.reason], language)
        said = f"{reason}: {waiver.words}" if waiver.words else reason
        line = text("desk.finding.settled_by", language, reason=said, name=waiver.by)
        words = Content.assemble(words, "\n", content(line, "$success"))
    gutter = settled_mark(language) if settled else mark(finding.severity, language)
    return Block(words, gutter, FINDING + finding.id, space)


def sentence_blocks(
    reading: Reading,
    key: str,
    current: str,
    excerpts: Mapping[int, NoteExcerpt],
    steps: Mapping[str, str],
    language: Language,
) -> tuple[Block, ...]:
    """Give everything about the place under the cursor: findings first, then sources."""
    place = reading.place(key)
    if place is None:
        return _about_head(reading, key, current, excerpts, language)
    number = reading.places.index(place) + 1
    parts = [text("desk.source.sentence", language, n=number, of=len(reading.places))]
    if place.section in steps:
        parts.append(steps[place.section])
    parts.append(text(wording.ORIGIN[place.sentence.origin], language))
    blocks = [Block(content(" · ".join(parts), "$muted"))]
    findings = reading.findings_at(key)
    blocks += [finding_block(reading, f, language, current=f.id == current, space=1) for f in findings]
    cited = list(place.sentence.evidence)
    also = [n for f in findings for n in f.evidence if n not in cited]
    numbers = [*cited, *dict.fromkeys(also)]
    for n in numbers:
        evidence = reading.view.draft.evidence_numbered(n)
        if evidence is not None:
            blocks += evidence_blocks(evidence, excerpts.get(n), language)
    if not numbers and place.section not in (GREETING, CLOSING):
        blocks.append(Block(content(text("desk.source.none", language), "$muted"), space=1))
    return tuple(blocks)


def _about_head(
    reading: Reading, key: str, current: str, excerpts: Mapping[int, NoteExcerpt], language: Language
) -> tuple[Block, ...]:
    title = {RECIPIENTS: "desk.source.recipients", SUBJECT: "desk.source.subject"}.get(key, "desk.source.whole")
    blocks = [Block(content(text(title, language), "$muted"))]
    findings = reading.findings_at(WHOLE)
    blocks += [finding_block(reading, f, language, current=f.id == current, space=1) for f in findings]
    for n in dict.fromkeys(n for f in findings if f.id == current for n in f.evidence):
        evidence = reading.view.draft.evidence_numbered(n)
        if evidence is not None:
            blocks += evidence_blocks(evidence, excerpts.get(n), language)
    return tuple(blocks)


def evidence_blocks(evidence: Evidence, excerpt: NoteExcerpt | None, language: Language) -> list[Block]:
    """Give one source: label and place, what the note is, and its lines with those around them."""
    passage = evidence.passage
    head = Content.assemble((shown(cite_words(passage)), "bold"))
    label = Content.styled(f"E{evidence.n}", "$accent bold")
    blocks = [Block(head, label, EVIDENCE + str(evidence.n), space=1)]
    blocks.append(Block(content(passage_facts(passage, language), "$muted")))
    if passage.visibility is Visibility.INTERNAL:
        blocks.append(Block(content(text("desk.source.internal", language), "$error bold")))
    if excerpt is None:
        return [*blocks, *_lines(passage.text.splitlines(), passage.start_line, passage.start_line, passage.end_line)]
    if excerpt.changed:
        blocks.append(Block(content(text("desk.source.changed", language), "$warning bold")))
        return [*blocks, *_lines(passage.text.splitlines(), passage.start_line, passage.start_line, passage.end_line)]
    return [*blocks, *_lines(list(excerpt.lines), excerpt.first_line, excerpt.start_line, excerpt.end_line)]


def cite_words(passage: Passage) -> str:
    """Name a passage's place as a person would: path and lines, and its page, sheet or time where it has one."""
    place = _MAIL_PART.sub("", passage.place)
    return f"{passage.cite} · {place}" if place else passage.cite


def passage_facts(passage: Passage, language: Language) -> str:
    """Say what a note is: its date and kind, each with whether a person wrote it down."""
    if passage.dated is None:
        when = text("desk.source.undated", language)
    else:
        certainty = text(wording.CERTAINTY[passage.date_certainty], language)
        when = text("desk.source.known", language, what=passage.dated.isoformat(), certainty=certainty)
    kind = text(
        "desk.source.known",
        language,
        what=text(wording.NOTE_KIND[passage.kind], language),
        certainty=text(wording.CERTAINTY[passage.kind_certainty], language),
    )
    return f"{when} · {kind} · {text(wording.VISIBILITY[passage.visibility], language)}"


def _lines(lines: list[str], first: int, start: int, end: int) -> list[Block]:
    blocks = []
    for number, line in enumerate(lines, first):
        inside = start <= number <= end
        words = line.expandtabs(4)
        rail = ("┃" if inside else " ", "$accent")
        gutter = Content.assemble((f"{number:>4} ", "$faint"), rail)
        body = content(words, "" if inside else "$muted")
        blocks.append(Block(body, gutter, under=Content.assemble("     ", rail)))
    return blocks
