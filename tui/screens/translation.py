"""A draft beside its translation into the other language, for reading only: values aligned, differences marked."""

import threading
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Footer, Static

from assistant.domain.draft import Draft, Sentence
from assistant.domain.rewriting import DifferenceKind, ReviewTranslation, TranslatedSentence
from assistant.language.facts import extract_facts
from tui import messages, wording
from tui.keys import key
from tui.screens.base import PlaceScreen
from tui.widgets.cursor_list import content
from tui.widgets.fields import Banner
from tui.widgets.pair_list import Pair, PairList

TRANSLATING = "translating"


class TranslationScreen(PlaceScreen[None]):
    """Each sentence stands level with its translation; the line below says what the two do not share."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("n", "difference(1)", "translation.next"),
        key("p", "difference(-1)", "translation.previous", show=False),
        key("escape,q", "back", "translation.back"),
    ]
    AUTO_FOCUS = "#pairs"

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._found: ReviewTranslation | None = None
        self._stop = threading.Event()

    def compose(self) -> ComposeResult:
        """The pairs, and what is different at the cursor."""
        yield Banner()
        yield PairList(id="pairs")
        yield Static(id="translation-said", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Have it translated."""
        super().on_mount()
        services, draft_id, stop = self.services, self._draft.id, self._stop
        self.ask(
            TRANSLATING,
            lambda: services.translate_for_review(draft_id, cancelled=stop.is_set),
            messages.DraftTranslated,
        )

    def relabel(self) -> None:
        """Write everything."""
        title = Content.assemble((self.say("desk.translation.title"), "bold $primary"))
        found = self._found
        writer = wording.writer_words(found.writer, self.language) if found is not None else ""
        self.query_one(Banner).show(title, content(writer))
        self._show()

    def on_draft_translated(self, event: messages.DraftTranslated) -> None:
        """Show it."""
        self._found = event.translation
        self.relabel()
        self.refresh_bindings()

    def failed(self, group: str, error: BaseException) -> bool:
        """Without a translation there is nothing to show here: say why and go back."""
        if group == TRANSLATING:
            if not self._stop.is_set():
                self.desk.show_error(error)
            self.dismiss(None)
            return True
        return False

    def _show(self) -> None:
        found = self._found
        by_id = {s.sentence_id: s for s in found.sentences} if found is not None else {}
        pairs = [self._pair(s, by_id.get(s.id)) for s in self._draft.sentences()]
        self.query_one(PairList).show(tuple(pairs))
        self._say_difference()

    def _pair(self, sentence: Sentence, translated: TranslatedSentence | None) -> Pair:
        left = self._values(sentence.text)
        if translated is None:
            waiting = "" if self._found is not None else self.say("desk.translation.waiting")
            return Pair(sentence.id, left, content(waiting, "$muted"))
        right = self._values(translated.text)
        if not translated.text:
            right = content(self.say("desk.translation.left_out"), "$error bold")
        for difference in translated.differences:
            if difference.kind is DifferenceKind.MISSING:
                left = left.stylize("reverse bold $error", difference.start, difference.end)
            else:
                right = right.stylize("reverse bold $error", difference.start, difference.end)
        if translated.differences:
            right = Content.assemble(right, "  ", (f"[{self.say('desk.translation.differs')}]", "$error bold"))
        return Pair(sentence.id, left, right)

    def _values(self, words: str) -> Content:
        """Underline what both sides must share: numbers, dates, amounts."""
        shown_words = content(words)
        for fact in extract_facts(words, reference=self._draft.as_of):
            shown_words = shown_words.stylize("underline", fact.start, fact.end)
        return shown_words

    def on_cursor_list_moved(self) -> None:
        """Say what differs at the cursor."""
        self._say_difference()

    def _differences(self) -> dict[str, TranslatedSentence]:
        found = self._found
        return {s.sentence_id: s for s in found.sentences if s.differences or not s.text} if found is not None else {}

    def _say_difference(self) -> None:
        said = self.query_one("#translation-said", Static)
        if self._found is None:
            said.update(content(self.say("desk.translation.working")))
            return
        differing = self._differences()
        here = differing.get(self.query_one(PairList).key)
        if here is None:
            label = "desk.translation.some" if differing else "desk.translation.same"
            said.update(content(self.say(label, n=len(differing))))
            return
        parts = [
            self.say(
                "desk.translation.missing" if d.kind is DifferenceKind.MISSING else "desk.translation.added",
                words=d.text,
            )
            for d in here.differences
        ]
        said.update(content(" · ".join(parts) or self.say("desk.translation.left_out"), "$error"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Walking needs differences."""
        return bool(self._differences()) if action == "difference" else True

    def action_difference(self, step: int) -> None:
        """Go to the next sentence that differs."""
        differing, listing = self._differences(), self.query_one(PairList)
        order = [i for i, s in enumerate(self._draft.sentences()) if s.id in differing]
        ahead = [i for i in order if (i > listing.cursor if step > 0 else i < listing.cursor)]
        if order:
            listing.cursor = (ahead[0] if step > 0 else ahead[-1]) if ahead else order[0 if step > 0 else -1]

    def action_back(self) -> None:
        """Stop, or go back."""
        self._stop.set()
        self.dismiss(None)
