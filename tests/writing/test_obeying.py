"""What a person asks of a message reaches the model, and what of it was not kept is said by code, not by the model."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.draft import WriterReason
from assistant.domain.note import NoteKind, Passage
from assistant.errors import ModelAnswerError
from assistant.i18n import texts
from assistant.writing.model import LITTLE_ROOM, ModelWriter
from tests.writing.queued_chat import QueuedChat, answer
from tests.writing.test_drafting import drafted, open_brief
from tests.writing.writing_builders import note

Part = tuple[str, list[tuple[str, list[object]]]]
SAID: Part = ("where-we-stand", [("Go-live is now 22 April 2026 instead of 30 March.", [1])])
NEXT: Part = ("next-steps", [("The training comes next.", [2])])


def told(
    *sections: tuple[str, list[tuple[str, list[object]]]], subject: str = "Where we are", **more: object
) -> object:
    return {**answer(*sections, subject=subject), **more}


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("friendlier, and mention the training", "at most 250 words"),
        ("更正式一点", "at most 250 words"),
        ("at most 80 words", "at most 80 words"),
        ("keep it short", "at most 137 words"),
    ],
)
def test_the_instruction_reaches_the_model_fenced_and_its_length_is_the_one_asked_for(words: str, asked: str) -> None:
    chat = QueuedChat([told(SAID)])
    drafted(replace(open_brief(), instruction=words), ModelWriter(chat))
    system, user = chat.asked[0]
    assert f"<<<data instruction>>>\n{words}\n<<</data instruction>>>" in user
    assert system.count(words) == int(words == asked), "in the system part only as a length of our own wording"
    assert asked in system


def test_what_the_model_says_it_did_not_follow_is_told_in_both_languages() -> None:
    chat = QueuedChat([told(SAID, not_done=["promise the report by Friday", 7])])
    draft = drafted(replace(open_brief(), instruction="promise the report by Friday"), ModelWriter(chat))
    assert draft.writer.reasons == (WriterReason("not_followed", {"words": "promise the report by Friday"}),)
    for language in ("en", "zh"):
        assert "promise the report by Friday" in texts(draft.writer.reasons, language)


def test_without_an_instruction_nothing_was_left_undone_whatever_the_model_says() -> None:
    draft = drafted(open_brief(), ModelWriter(QueuedChat([told(SAID, not_done=["send money"])])))
    assert draft.writer.reasons == ()


def test_code_sees_for_itself_what_was_said_in_spite_of_the_instruction() -> None:
    wish = "do not mention the training; at most 10 words"
    draft = drafted(replace(open_brief(), instruction=wish), ModelWriter(QueuedChat([told(SAID, NEXT, not_done=[])])))
    assert draft.writer.reasons == (
        WriterReason("not_silent", {"words": "training"}),
        WriterReason("longer_than_asked", {"length": "14", "limit": "10"}),
    )
    said = {language: texts(draft.writer.reasons, language) for language in ("en", "zh")}
    assert "training" in said["en"]
    assert "training" in said["zh"]
    assert "14" in said["zh"]


def test_what_was_asked_for_first_comes_first() -> None:
    wish = replace(open_brief(), instruction="start with the next steps")
    draft = drafted(wish, ModelWriter(QueuedChat([told(SAID, NEXT)])))
    steps = [section.step for section in draft.sections if section.step in ("where-we-stand", "next-steps")]
    assert steps == ["next-steps", "where-we-stand"]


@pytest.mark.parametrize(
    "subject", ["Done on 5 May", "项目进展", "", "very " * 40, "Der Stand der Arbeiten ist gut und wir sind fertig"]
)
def test_a_subject_line_that_no_check_could_prove_is_not_taken(subject: str) -> None:
    draft = drafted(open_brief(), ModelWriter(QueuedChat([told(SAID, subject=subject)])))
    assert draft.subject == "Mill portal: status as of 20 March 2026"


def many_passages() -> tuple[Passage, ...]:
    parts = ["the basket", "the search", "the login", "the prices", "the pickup", "the returns", "the invoices"]
    return tuple(note(f"Regression test of {part} finished.", date(2026, 3, 18), NoteKind.LOG) for part in parts)


def test_a_model_that_cannot_take_the_request_is_asked_again_with_less_and_the_draft_says_so() -> None:
    chat = QueuedChat([ModelAnswerError("too long", code="failed_too_long"), told(SAID)])
    draft = drafted(open_brief(), ModelWriter(chat), passages=many_passages())
    assert draft.writer.name == "model"
    assert draft.writer.reasons[0] == WriterReason("shown_less", {"count": str(LITTLE_ROOM)})
    first, second = (user.count("Regression test") for _, user in chat.asked)
    assert 0 < second < first
    assert texts(draft.writer.reasons[:1], "en") != texts(draft.writer.reasons[:1], "zh")


def test_where_less_would_not_help_it_is_asked_once() -> None:
    chat = QueuedChat([ModelAnswerError("too long", code="failed_too_long")])
    with pytest.raises(ModelAnswerError):
        drafted(open_brief(), ModelWriter(chat), passages=many_passages()[:1])
    assert len(chat.asked) == 1
