from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.domain.draft import Draft, DraftStatus, Origin, Section, Sentence, WrittenBy, render
from assistant.domain.project import Language
from assistant.domain.text_form import from_text, to_text
from assistant.errors import StateError
from assistant.writing.editing import apply_edit, parse

AT = datetime(2026, 3, 20, 9, tzinfo=UTC)


def sentence(number: int, text: str, *labels: int) -> Sentence:
    return Sentence(f"s{number}", text, labels, Origin.OFFLINE)


def english() -> Draft:
    return Draft(
        id="d-1",
        revision=1,
        project="p",
        kind="status",
        language="en",
        as_of=date(2026, 3, 20),
        subject="Status",
        sections=(
            Section("greeting", (sentence(1, "Dear Ms Aldous,"),), "", "lines"),
            Section("where", (sentence(2, "Go-live is 22 April.", 1), sentence(3, "It was 30 March. So be it.", 1, 2))),
            Section("done", (sentence(4, "Tests ran.", 3), sentence(5, "Scanners came.", 4)), "Done", "list"),
            Section("closing", (sentence(6, "Kind regards,"), sentence(7, "Orla Fennell")), "", "lines"),
        ),
        evidence=(),
        recipients=(),
        writer=WrittenBy("offline"),
        created_at=AT,
    )


def chinese() -> Draft:
    return replace(
        english(),
        language="zh",
        sections=(
            Section("greeting", (sentence(1, "顾主任，您好："),), "", "lines"),
            Section("where", (sentence(2, "三仓上线定在6月24日。", 1), sentence(3, "原定6月8日。", 2))),
            Section("done", (sentence(4, "盘点模块已部署。", 3), sentence(5, "网关到货12台。", 4)), "进展", "list"),
            Section("closing", (sentence(6, "顺祝商祺"), sentence(7, "沈屹")), "", "lines"),
        ),
    )


@pytest.mark.parametrize("draft", [english(), chinese()])
def test_an_edit_that_changes_nothing_keeps_every_sentence(draft: Draft) -> None:
    subject, body = from_text(to_text(draft.subject, draft.body, draft.language))
    assert subject is not None
    edited = apply_edit(draft, subject=subject, body=body, at=AT)
    assert edited.revision == 2
    assert edited.body == draft.body
    assert edited.subject == draft.subject
    assert list(edited.sentences()) == list(draft.sentences())
    assert [s.step for s in edited.sections] == [s.step for s in draft.sections]


def test_a_changed_sentence_becomes_human_and_the_others_keep_id_labels_and_origin() -> None:
    draft = english()
    edited = apply_edit(draft, subject="New", body=draft.body.replace("Tests ran.", "All tests ran."), at=AT)
    changed = [s for s in edited.sentences() if s.origin is Origin.HUMAN]
    assert [(s.text, s.evidence) for s in changed] == [("All tests ran.", ())]
    assert changed[0].id not in {s.id for s in draft.sentences()}
    assert [s for s in edited.sentences() if s.origin is not Origin.HUMAN] == [
        s for s in draft.sentences() if s.text != "Tests ran."
    ]
    assert edited.subject == "New"
    assert [s.step for s in edited.sections] == ["greeting", "where", "done", "closing"]


def test_an_added_paragraph_joins_the_step_before_it_and_a_removed_one_is_gone() -> None:
    draft = english()
    body = draft.body.replace("\n\nDone\n", "\n\nOne more thing. And another.\n\nDone\n").replace(
        "Dear Ms Aldous,\n\n", ""
    )
    edited = apply_edit(draft, subject="S", body=body, at=AT)
    assert [s.step for s in edited.sections] == ["where", "where", "done", "closing"]
    assert [s.text for s in edited.sections[1].sentences] == ["One more thing.", "And another."]
    assert edited.sections[2].heading == "Done"


def test_a_sentence_that_moves_keeps_its_sources() -> None:
    draft = chinese()
    body = draft.body.replace("三仓上线定在6月24日。原定6月8日。", "原定6月8日。三仓上线定在6月24日。")
    edited = apply_edit(draft, subject="S", body=body, at=AT)
    assert [(s.id, s.evidence) for s in edited.sections[1].sentences] == [("s3", (2,)), ("s2", (1,))]


def test_the_same_words_twice_are_two_sentences() -> None:
    draft = english()
    edited = apply_edit(draft, subject="S", body=draft.body.replace("Scanners came.", "Tests ran."), at=AT)
    ids = [s.id for s in edited.sentences()]
    assert len(ids) == len(set(ids))


def test_gaps_are_read_from_what_remains() -> None:
    draft = replace(english(), gaps=("old",))
    edited = apply_edit(draft, subject="S", body=draft.body.replace("Tests ran.", "[…: test results] Fine."), at=AT)
    assert edited.gaps == ("test results",)


def test_only_an_open_draft_can_be_edited() -> None:
    with pytest.raises(StateError):
        apply_edit(replace(english(), status=DraftStatus.APPROVED), subject="S", body="B", at=AT)


def test_editor_text_without_a_subject_line_has_none() -> None:
    assert from_text("Dear Ms Aldous,\n\nhello\n") == (None, "Dear Ms Aldous,\n\nhello")


def test_editor_text_is_read_in_both_languages_and_with_windows_lines() -> None:
    assert from_text("Subject:  Hi there \r\n\r\nBody\r\n\r\n- a\r\n") == ("Hi there", "Body\n\n- a")
    assert from_text("主题：进展\n\n正文\n") == ("进展", "正文")
    assert from_text("\ufeffSUBJECT:x\r\n\r\ny\r\n") == ("x", "y")


TYPED = ["\n", "\n\n", "- ", "a", " ", ". ", "Done", "Done\n", "\n- Tests ran.", "\t", ":", ",", "“Yes.”", "  ", "! "]
WRITTEN = ["Go-live is 22 April.", "It was 30 March. So be it.", "原定6月8日。", "。", "[…: x]", "三仓"]
PIECES = st.sampled_from(TYPED + WRITTEN)
TEXTS = st.lists(PIECES, max_size=16).map("".join) | st.text(max_size=60)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["en", "zh"]))
def test_rendering_what_was_parsed_gives_the_same_text(text: str, language: Language) -> None:
    assert render(parse(text, language), language)[0] == text


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from([english(), chinese()]))
@example("\nIt was 30 March. So be it.\n\nIt was 30 March. So be it.", chinese())
def test_any_edit_goes_out_exactly_as_typed_with_unique_ids(text: str, draft: Draft) -> None:
    edited = apply_edit(draft, subject="S", body=text, at=AT)
    assert edited.body == text
    ids = [s.id for s in edited.sentences()]
    assert len(ids) == len(set(ids))
    again = apply_edit(edited, subject="S", body=text, at=AT)
    assert list(again.sentences()) == list(edited.sentences())
