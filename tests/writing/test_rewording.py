"""Shorter, softer and firmer without a model: what changes, what never does, and what is said not to be possible."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.draft import Draft, Evidence, Origin, WriterReason
from assistant.domain.note import Passage
from assistant.domain.project import Language
from assistant.domain.rewriting import Preset, Wish, WritingEvent, WritingStage
from assistant.writing.applying import Revised, applied
from assistant.writing.rewording import OfflineRewriter
from tests.writing.standing import asked, standing
from tests.writing.writing_builders import NOW, brief, library, note


def reworded(draft: Draft, wish: Wish) -> Revised:
    task = asked(draft, wish)
    return applied(task, OfflineRewriter().rewrite(task), at=NOW)


def texts(revised: Revised) -> list[str]:
    assert revised.draft is not None
    return [s.text for s in revised.draft.sentences() if not s.id.startswith(("greeting", "closing"))]


@pytest.mark.parametrize(
    ("language", "firm", "soft"),
    [
        ("en", "Please send the list by 24 March.", "I would be grateful if you could send the list by 24 March."),
        ("en", "We need your decision by 27 March.", "It would help us to have your decision by 27 March."),
        ("en", "We need Martin Skelly to send the list.", "It would help us if Martin Skelly could send the list."),
        ("en", "We cannot add the report.", "Unfortunately, we cannot add the report."),
        ("zh", "请在3月24日前提供名单。", "烦请在3月24日前提供名单。"),
        ("zh", "我们无法增加这份报表。", "很抱歉，我们无法增加这份报表。"),
        ("zh", "需要您在3月27日前确认。", "希望您能在3月27日前确认。"),
    ],
)
def test_softer_and_firmer_change_the_manner_alone_and_undo_each_other(
    language: Language, firm: str, soft: str
) -> None:
    draft = standing(("need", ["First.", firm]), language=language)
    softer = reworded(draft, Wish(Preset.SOFTER))
    assert texts(softer) == ["First.", soft]
    assert softer.draft is not None
    assert texts(reworded(softer.draft, Wish(Preset.FIRMER))) == ["First.", firm]


@pytest.mark.parametrize("preset", [Preset.SOFTER, Preset.FIRMER])
@pytest.mark.parametrize(
    "text",
    [
        "We aim to finish on 12 September.",
        "Go-live is expected on 22 April, subject to the test.",
        "联调争取在9月12日完成。",
        "预计4月22日上线，以测试结果为准。",
    ],
)
def test_a_target_never_becomes_a_promise_by_tone(preset: Preset, text: str) -> None:
    language: Language = "en" if text.isascii() else "zh"
    revised = reworded(standing(("next", [text]), language=language), Wish(preset))
    assert revised.draft is None
    assert revised.not_followed == (preset.value,)


def test_shorter_leaves_out_what_can_be_spared_and_lists_it() -> None:
    draft = standing(
        (
            "state",
            ["Please note that go-live is on 22 April.", "The order screen is finished.", "Invoices are finished."],
        ),
        ("risk", ["Tests run.", "A risk we are watching: the card test may come late."]),
        ("need", ["We need your help.", "Please sign the form by 27 March.", "[…: who signs]"]),
    )
    revised = reworded(draft, Wish(Preset.SHORTER))
    assert texts(revised)[0] == "Go-live is on 22 April."
    assert revised.left_out == ("The order screen is finished.", "Invoices are finished.")
    kept = "\n".join(texts(revised))
    for weighty in ("A risk we are watching", "Please sign the form", "[…: who signs]"):
        assert weighty in kept
    assert revised.draft is not None
    assert revised.draft.left_out == revised.left_out
    assert revised.draft.rewriting is not None
    assert (revised.draft.rewriting.wish, revised.draft.rewriting.by.name) == ("shorter", "offline")


def test_one_sentence_is_made_shorter_and_never_taken_away() -> None:
    draft = standing(("state", ["First.", "The order screen is finished.", "In order to test, we wait."]))
    only = reworded(draft, Wish(Preset.SHORTER, sentence_ids=("s3",)))
    assert texts(only) == ["First.", "The order screen is finished.", "To test, we wait."]
    assert reworded(draft, Wish(Preset.SHORTER, sentence_ids=("s2",))).not_followed == ("shorter",)


def test_words_are_followed_part_by_part_and_the_rest_is_named() -> None:
    draft = standing(("state", ["Go-live is on 22 April.", "The training is on 14 April."]))
    revised = reworded(draft, Wish(words="Do not mention the training. Promise a party."))
    assert texts(revised) == ["Go-live is on 22 April."]
    assert revised.left_out == ("The training is on 14 April.",)
    assert revised.not_followed == ("Promise a party",)
    assert revised.writer.reasons == (WriterReason("not_followed", {"words": "Promise a party"}),)


def test_what_only_a_model_can_do_is_said() -> None:
    revised = reworded(standing(("state", ["The notes say: “GL 22/4”."])), Wish(Preset.OWN_WORDS))
    assert revised.draft is None
    assert revised.writer.reasons == (WriterReason("not_followed_own_words"),)


def test_untouched_sentences_keep_id_labels_and_origin_and_the_frame_stays() -> None:
    draft = standing(("need", ["Mine.", "Please sign it."]), origin=Origin.HUMAN)
    revised = reworded(draft, Wish(Preset.SOFTER)).draft
    assert revised is not None
    before, after = list(draft.sentences()), list(revised.sentences())
    assert [s for s in after if s in before] == [before[0], before[1], before[3]]
    new = after[2]
    assert (new.id, new.origin, revised.revision) == ("r2-1", Origin.OFFLINE, 2)


def test_what_it_does_is_heard() -> None:
    heard: list[WritingEvent] = []
    OfflineRewriter().rewrite(asked(standing(("need", ["Please sign it."])), Wish(Preset.SOFTER)), heard=heard.append)
    assert [event.stage for event in heard] == [WritingStage.WRITING, WritingStage.SENTENCE]
    assert (heard[1].step, heard[1].text) == ("need", "I would be grateful if you could sign it.")


@pytest.mark.parametrize(
    ("language", "firm", "soft"),
    [
        ("en", "We need from you by 27 March: the plans.", "It would help us to have from you by 27 March: the plans."),
        ("en", "We do not move the archive.", "Unfortunately, we do not move the archive."),
        (
            "en",
            "The returns portal is not in the offer.",
            "I am sorry to say it: The returns portal is not in the offer.",
        ),
        ("zh", "烦请您在3月27日前签回变更单。", "如果方便，烦请您在3月27日前签回变更单。"),
        ("zh", "测评报告不在合同范围内。", "很抱歉，测评报告不在合同范围内。"),
    ],
)
def test_what_the_offline_writer_says_can_be_softened_and_made_firm_again(
    language: Language, firm: str, soft: str
) -> None:
    draft = standing(("need", ["First.", firm]), language=language)
    softer = reworded(draft, Wish(Preset.SOFTER))
    assert texts(softer)[1] == soft
    assert softer.draft is not None
    assert texts(reworded(softer.draft, Wish(Preset.FIRMER)))[1] == firm


RAMP = note("Ramp sensors replaced on 17 March, counts are right again.", date(2026, 3, 17))
KEYS = note("The keys for hall two were sent on 12 March.", date(2026, 3, 12))
LETTER = "Ada,\n\nThe lift doors are broken.\n\nThe ramp sensors show wrong counts.\n\nRuth Osei"


def number_of(word: str) -> int:
    inbound = brief("complaint", mail=LETTER).inbound
    assert inbound is not None
    return next(point.number for point in inbound.triage.points if word in point.text)


def wished(words: str, *passages: Passage) -> Revised:
    inbound = brief("complaint", mail=LETTER).inbound
    draft = standing(
        ("listen", ["You write: “The lift doors are broken.”"]), ("solve", ["To put it right: […: what]."])
    )
    its_task = replace(
        asked(draft, Wish(words=words)),
        inbound=inbound,
        playbook=library().playbook("complaint"),
        evidence=tuple(Evidence(n, passage) for n, passage in enumerate(passages, start=1)),
    )
    return applied(its_task, OfflineRewriter().rewrite(its_task), at=NOW)


def test_a_point_named_by_its_number_is_answered_by_what_the_notes_say() -> None:
    revised = wished(f"answer point {number_of('ramp')}", KEYS, RAMP)
    assert revised.draft is not None
    solve = next(section for section in revised.draft.sections if section.step == "solve")
    assert "amp sensors" in solve.sentences[-1].text
    assert "17 March" in solve.sentences[-1].text
    assert solve.sentences[0].text.startswith("To put it right")
    cited = [revised.draft.evidence_numbered(n) for n in solve.sentences[-1].evidence]
    assert [found.passage for found in cited if found] == [RAMP]
    assert revised.not_followed == ()


def test_a_point_on_which_the_notes_are_silent_is_said_not_to_be_answered() -> None:
    for number in (number_of("lift"), 9):
        words = f"answer point {number}"
        revised = wished(words, KEYS, RAMP)
        assert revised.draft is None
        assert revised.not_followed == (words,)
