"""Asking the writer, reading beside a translation, and what each revision changed."""

import threading
from dataclasses import dataclass

from assistant.domain.draft import WriterReason, WrittenBy
from assistant.domain.project import Language
from assistant.domain.rewriting import (
    DifferenceKind,
    Heard,
    ReviewTranslation,
    TranslatedSentence,
    ValueDifference,
    WritingEvent,
    WritingStage,
)
from assistant.domain.view import DraftRequest, DraftView
from assistant.errors import ModelUnavailableError
from assistant.services import DeskServices
from assistant.services.propose import Cancelled, never
from tests.tui.desk_tools import DeskMaker, open_draft, picture, running, see, until
from tui.screens.compose import ComposeScreen
from tui.screens.queue import QueueScreen
from tui.screens.review import ReviewScreen
from tui.screens.revise import ReviseDialog
from tui.screens.translation import TranslationScreen
from tui.screens.writing import WritingDialog
from tui.widgets.fields import Line
from tui.widgets.pair_list import PairList


async def test_the_whole_is_made_shorter_checked_and_told_in_the_history(
    desk: DeskMaker, services: DeskServices
) -> None:
    view = services.draft(DraftRequest("trade-portal", "status"))
    app = desk()
    async with running(app) as pilot:
        await see(pilot, "5 to review")
        app.push_screen(ReviewScreen(view.draft.id))
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.excerpts, "open")
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, ReviseDialog), "the wishes")
        await see(pilot, "No language model is configured.", "1  Shorter")
        await pilot.press("ctrl+w", "1")
        await see(pilot, "now revision 2, checked")
        assert services.view(view.draft.id).draft.revision == 2
        await pilot.press("4")
        await see(pilot, "changed by: built-in writer (asked: Shorter)", "[fact]")


async def test_what_cannot_be_followed_changes_nothing_and_says_why(desk: DeskMaker, services: DeskServices) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-clean")
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, ReviseDialog), "the wishes")
        await pilot.press("ctrl+w")
        app.screen.query_one(Line).focus()
        await pilot.press(*"rhyme", "enter")
        await see(pilot, "Nothing was changed.", "rhyme")
        assert services.view("d-clean").draft.revision == 1


async def test_without_a_model_the_other_language_says_what_is_missing(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-clean")
        await pilot.press("l")
        await see(pilot, "No language model is configured.", "A translation needs")
        assert isinstance(app.screen, ReviewScreen)


@dataclass(frozen=True)
class WithTranslator(DeskServices):
    """The real services, with a translation that gets one figure wrong and leaves the last sentence out."""

    def without_model(self, slug: str) -> WriterReason | None:
        return None

    def translate_for_review(
        self, draft_id: str, language: Language | None = None, *, cancelled: Cancelled = never
    ) -> ReviewTranslation:
        draft = self.drafts.get(draft_id)
        found = []
        for sentence in draft.sentences():
            at = sentence.text.find("48,250")
            if at >= 0:
                missing = ValueDifference(DifferenceKind.MISSING, "money", "48,250", at, at + 6)
                added = ValueDifference(DifferenceKind.ADDED, "money", "42850", 4, 9)
                found.append(TranslatedSentence(sentence.id, "认证多花42850欧元。", (missing, added)))
            else:
                text = "" if sentence.text.startswith("Kind") else "（译文）"
                found.append(TranslatedSentence(sentence.id, text))
        return ReviewTranslation(draft_id, draft.revision, "zh", tuple(found), WrittenBy("model", "test"))


def as_kind(services: DeskServices, kind: type[DeskServices]) -> DeskServices:
    return kind(**{name: getattr(services, name) for name in DeskServices.__dataclass_fields__})


async def test_a_translation_stands_level_with_the_draft_and_differences_are_said_in_words(
    desk: DeskMaker, services: DeskServices
) -> None:
    app = desk(as_kind(services, WithTranslator))
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await pilot.press("l")
        await until(pilot, lambda: isinstance(app.screen, TranslationScreen), "the translation")
        await see(pilot, "认证多花42850欧元。", "[differs]", "The model left this sentence out.")
        line = next(line for line in picture(app).splitlines() if "认证多花" in line)
        assert "The certification costs" in line
        await pilot.press("n")
        await see(pilot, "“48,250” is missing from the translation", "“42850” stands only in the translation")
        await pilot.press("n")
        assert app.screen.query_one(PairList).key == "s5"
        await pilot.press("escape")
        assert isinstance(app.screen, ReviewScreen)


@dataclass(frozen=True)
class SlowWriter(DeskServices):
    """The real services, with a writer that tells two sentences and then waits until it is stopped."""

    def draft(  # type: ignore[override]
        self, request: DraftRequest, *, heard: Heard, cancelled: Cancelled, **_rest: object
    ) -> DraftView:
        heard(WritingEvent(WritingStage.WRITING, writer="model"))
        heard(WritingEvent(WritingStage.SENTENCE, step="news", text="The first sentence."))
        heard(WritingEvent(WritingStage.SENTENCE, step="news", text="The second sentence."))
        while not cancelled():
            threading.Event().wait(0.02)
        raise ModelUnavailableError("cancelled", code="cancelled")


async def test_sentences_appear_while_they_are_written_and_escape_stops(
    desk: DeskMaker, services: DeskServices
) -> None:
    app = desk(as_kind(services, SlowWriter))
    async with running(app) as pilot:
        await see(pilot, "last one 2026-03-06")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen), "the form")
        await pilot.press("ctrl+s")
        await see(pilot, "The first sentence.", "The second sentence.", "The language model is writing")
        assert isinstance(app.screen, WritingDialog)
        await pilot.press("escape")
        await see(pilot, "Stopped. Your entries are still here.")
        assert isinstance(app.screen, ComposeScreen)
        assert len(services.rows()) == 4
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen), "home")
