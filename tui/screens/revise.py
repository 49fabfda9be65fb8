"""Asking the writer for a change: of one sentence or of the whole message, with one key or in one's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.domain.inbound import Point
from assistant.domain.rewriting import Preset, Wish
from tui.keys import key
from tui.plain import shown
from tui.screens.base import DeskDialog
from tui.widgets.cursor_list import content
from tui.widgets.fields import Line

PRESETS = {
    Preset.SHORTER: "desk.wish.shorter",
    Preset.SOFTER: "desk.wish.softer",
    Preset.FIRMER: "desk.wish.firmer",
    Preset.OWN_WORDS: "desk.wish.own_words",
}


@dataclass(frozen=True, slots=True)
class _Offer:
    label: str
    preset: Preset | None = None
    point: Point | None = None


class ReviseDialog(DeskDialog[Wish]):
    """Answers with a wish. `sentence` is what the cursor stands on; without one, the wish is about the whole."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *[key(str(i), f"pick({i - 1})", "choice.pick", show=False) for i in range(1, 10)],
        key("ctrl+w", "widen", "revise.widen", priority=True),
    ]

    def __init__(self, sentence_id: str, sentence: str, points: Sequence[Point], *, why_no_model: str = "") -> None:
        super().__init__()
        self._about, self._sentence, self._points = sentence_id, sentence, tuple(points)
        self._why = why_no_model
        self._whole = not sentence_id

    def compose(self) -> ComposeResult:
        """What it is about, the usual wishes, and a line for one's own."""
        with Vertical(classes="dialog"):
            yield Static(id="revise-title", classes="dialog-title", markup=False)
            yield Static(id="revise-about", classes="dialog-text", markup=False)
            yield OptionList(id="revise-wishes", markup=False)
            yield Line(id="revise-words")
            yield Static(id="revise-why", classes="dialog-text", markup=False)
        yield Footer(show_command_palette=False)

    def _offers(self) -> list[_Offer]:
        offers = [_Offer(self.say(label), preset=preset) for preset, label in PRESETS.items()]
        for point in self._points:
            words = " ".join(point.text.split())
            offers.append(_Offer(self.say("desk.wish.point", n=point.number, words=shown(words[:60])), point=point))
        return [*offers, _Offer(self.say("desk.wish.say"))]

    def relabel(self) -> None:
        """Write everything."""
        self.query_one("#revise-title", Static).update(content(self.say("desk.revise.title")))
        about = self.say("desk.revise.whole") if self._whole else self.say("desk.revise.one", words=self._sentence)
        self.query_one("#revise-about", Static).update(content(about))
        self.query_one(Line).placeholder = self.say("desk.revise.words")
        why = self.query_one("#revise-why", Static)
        why.update(content(self.say("desk.revise.offline", why=self._why) if self._why else ""))
        why.display = bool(self._why)
        wishes = self.query_one(OptionList)
        at = wishes.highlighted or 0
        wishes.clear_options()
        wishes.add_options([Option(f"{i}  {offer.label}") for i, offer in enumerate(self._offers(), 1)])
        wishes.highlighted = at
        wishes.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only with a sentence is there something to choose between."""
        return bool(self._about) if action == "widen" else True

    def action_widen(self) -> None:
        """Between the sentence and the whole message."""
        self._whole = not self._whole
        self.relabel()

    def action_pick(self, index: int) -> None:
        """Wish by number."""
        offers = self._offers()
        if index < len(offers):
            self._choose(offers[index])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Wish with enter or the mouse."""
        self._choose(self._offers()[event.option_index])

    def _choose(self, offer: _Offer) -> None:
        if offer.preset is not None:
            self.dismiss(Wish(offer.preset, sentence_ids=self._ids()))
        elif offer.point is not None:
            words = self.say("desk.wish.answer", n=offer.point.number, words=" ".join(offer.point.text.split()))
            self.dismiss(Wish(words=words))
        else:
            self.query_one(Line).focus()

    def _ids(self) -> tuple[str, ...] | None:
        return None if self._whole else (self._about,)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Wish in one's own words."""
        event.stop()
        if event.value.strip():
            self.dismiss(Wish(words=event.value.strip(), sentence_ids=self._ids()))
        else:
            self.tell("desk.dialog.words_needed", loudness="warning")
