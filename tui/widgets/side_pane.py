"""The pane beside a draft: about the sentence under the cursor, all findings, the client's mail, the history."""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import TabbedContent, TabPane

from assistant.domain.draft import Draft
from assistant.domain.guidance import GuidancePoint, PlaybookStep
from assistant.domain.project import Language
from assistant.domain.rewriting import RevisionEdits
from assistant.domain.view import NoteExcerpt
from assistant.i18n import text
from tui.reading import Reading
from tui.widgets.cursor_list import SideList
from tui.widgets.history_lines import history_blocks
from tui.widgets.side_lines import findings_blocks, mail_blocks, why_blocks
from tui.widgets.source_lines import EVIDENCE, FINDING, sentence_blocks

SENTENCE, FINDINGS, MAIL, HISTORY, WHY = "sentence", "findings", "mail", "history", "why"
TABS = (SENTENCE, FINDINGS, MAIL, HISTORY, WHY)
_TITLES = {
    SENTENCE: "desk.tab.sentence",
    FINDINGS: "desk.tab.findings",
    MAIL: "desk.tab.mail",
    HISTORY: "desk.tab.history",
    WHY: "desk.tab.why",
}
_GUTTERS = {SENTENCE: 8, FINDINGS: 8, MAIL: 4, HISTORY: 2, WHY: 0}


class SidePane(Vertical):
    """Five lists under tabs."""

    def compose(self) -> ComposeResult:
        """The lists; their titles are written by `title`."""
        with TabbedContent():
            for name in TABS:
                with TabPane("", id=name):
                    yield SideList(gutter=_GUTTERS[name], id=f"{name}-list")

    @property
    def tab(self) -> str:
        """The name of the tab shown."""
        return self.query_one(TabbedContent).active

    def open_tab(self, name: str) -> None:
        """Show another tab."""
        self.query_one(TabbedContent).active = name

    def listing(self, name: str) -> SideList:
        """Give the list under a tab."""
        return self.query_one(f"#{name}-list", SideList)

    def title(self, language: Language, open_findings: int) -> None:
        """Name the tabs; the findings' tab counts what is left."""
        tabs = self.query_one(TabbedContent)
        for name in TABS:
            words = text(_TITLES[name], language)
            if name == FINDINGS and open_findings:
                words = f"{words} {open_findings}"
            tabs.get_tab(name).label = words

    def show_sentence(
        self,
        reading: Reading,
        key: str,
        current: str,
        excerpts: Mapping[int, NoteExcerpt],
        steps: Mapping[str, str],
        language: Language,
    ) -> None:
        """Show what belongs to the place under the cursor."""
        blocks = sentence_blocks(reading, key, current, excerpts, steps, language)
        self.listing(SENTENCE).show(blocks, keep=FINDING + current if current else "")

    def show_findings(self, reading: Reading, current: str, language: Language) -> None:
        """Show every finding."""
        self.listing(FINDINGS).show(findings_blocks(reading, current, language), keep=FINDING + current)

    def show_mail(self, reading: Reading, language: Language) -> None:
        """Show what the client wrote."""
        self.listing(MAIL).show(mail_blocks(reading, language))

    def show_history(self, revisions: Sequence[Draft], edits: Sequence[RevisionEdits], language: Language) -> None:
        """Show how the draft came to be what it is."""
        self.listing(HISTORY).show(history_blocks(revisions, edits, language))

    def show_why(self, step: PlaybookStep | None, points: Mapping[str, GuidancePoint], language: Language) -> None:
        """Show why the message does what it does at the cursor."""
        self.listing(WHY).show(why_blocks(step, points, language))

    def evidence_chosen(self) -> int | None:
        """Give the number of the source under the cursor, when the keys go to the sources."""
        listing = self.listing(SENTENCE)
        label = listing.key
        return int(label.removeprefix(EVIDENCE)) if listing.has_focus and label.startswith(EVIDENCE) else None
