"""A person's edits, sentence by sentence, and what sort of change each is."""

import pytest

from assistant.domain.draft import Draft
from assistant.domain.rewriting import EditClass, Preset, Wish
from assistant.writing.applying import applied
from assistant.writing.editing import apply_edit
from assistant.writing.edits import classify, edits_of
from assistant.writing.rewording import OfflineRewriter
from tests.writing.standing import asked, standing
from tests.writing.writing_builders import NOW, TODAY

FACT, PROMISE, TONE = EditClass.FACT, EditClass.PROMISE, EditClass.TONE
LENGTH, LANGUAGE, STRUCTURE = EditClass.LENGTH, EditClass.LANGUAGE, EditClass.STRUCTURE


@pytest.mark.parametrize(
    ("before", "after", "classes"),
    [
        ("Go-live is on 22 April.", "Go-live is on 23 April.", {FACT}),
        ("Go-live is on 22 April.", "Go-live is on 22/04/2026.", {TONE}),
        ("The test is finished.", "The test is not finished.", {FACT}),
        ("We aim to finish on 22 April.", "We will finish on 22 April.", {FACT, PROMISE}),
        ("The report is late.", "The report arrives later than planned.", {TONE}),
        ("Please sign the form.", "Could you sign the form?", {TONE}),
        ("Report: […: date]", "Report: 23 March", {FACT}),
        (
            "We are glad to say that the work on the order screen has come to a good end.",
            "The order screen work ended well.",
            {LENGTH},
        ),
        ("Go-live is on 22 April.", "上线时间是4月22日。", {LANGUAGE}),
        ("上线时间是4月22日。", "上线时间是4月23日。", {FACT}),
        ("争取4月22日上线。", "我们将在4月22日上线。", {FACT, PROMISE}),
        ("请签字。", "烦请签字。", {TONE}),
        ("Your team tests the import.", "Our team tests the import.", {FACT}),
        ("Send us the form.", "Could you send us the form?", {TONE}),
        ("Martin Skelly approved it.", "Orla Byrne approved it.", {FACT}),
        ("It was approved by Martin Skelly.", "It was approved.", {TONE}),
        ("报告在贵方法务处。", "报告在我方法务处。", {FACT}),
        ("方案由顾主任确认。", "方案由彭经理确认。", {FACT}),
        ("给您带来不便，抱歉。", "给您带来不便，我们深表歉意。", {TONE}),
    ],
)
def test_an_edit_is_classified_by_what_it_changes(before: str, after: str, classes: set[EditClass]) -> None:
    assert classify(before, after, as_of=TODAY) == classes


def edited(draft: Draft, body: str) -> Draft:
    return apply_edit(draft, subject=draft.subject, body=body, at=NOW)


def test_every_changed_sentence_is_shown_with_what_it_was() -> None:
    draft = standing(("state", ["Go-live is on 22 April.", "Invoices are finished.", "Tests run."]))
    new = edited(
        draft, draft.body.replace("22 April", "23 April").replace("- Tests run.", "- Orders are tested daily.")
    )
    (found,) = edits_of([draft, new])
    assert [(e.before and e.before.text, e.after and e.after.text, set(e.classes)) for e in found.edits] == [
        ("Go-live is on 22 April.", "Go-live is on 23 April.", {FACT}),
        (None, "Orders are tested daily.", {LENGTH}),
        ("Tests run.", None, {LENGTH}),
    ]
    assert (found.revision, found.rewriting, found.subject) == (2, None, None)


def test_a_moved_sentence_is_a_change_of_structure_and_nothing_else() -> None:
    draft = standing(("state", ["One stands.", "Two stands.", "Three stands."]))
    new = edited(draft, draft.body.replace("- One stands.\n- Two stands.", "- Two stands.\n- One stands."))
    (found,) = edits_of([draft, new])
    assert [e.classes for e in found.edits] == [{STRUCTURE}]


def test_chinese_sentences_are_paired_by_their_characters() -> None:
    draft = standing(("need", ["烦请彭志强在6月2日前确认口径。"]), language="zh")
    new = edited(draft, draft.body.replace("烦请", "请"))
    (found,) = edits_of([draft, new])
    assert [(e.before is not None, e.after is not None, set(e.classes)) for e in found.edits] == [(True, True, {TONE})]


def test_a_writers_revision_says_who_made_it_and_at_whose_wish() -> None:
    draft = standing(("need", ["Please sign it."]))
    task = asked(draft, Wish(Preset.SOFTER, "please"))
    new = applied(task, OfflineRewriter().rewrite(task), at=NOW).draft
    assert new is not None
    later = edited(new, new.body + "\n\nPS")
    softer, person = edits_of([draft, new, later])
    assert softer.rewriting is not None
    assert (softer.rewriting.by.name, softer.rewriting.wish, softer.rewriting.words) == ("offline", "softer", "please")
    assert person.rewriting is None


def test_another_subject_is_told_and_no_edit_where_nothing_changed() -> None:
    draft = standing(("state", ["One."]))
    new = apply_edit(draft, subject="Other", body=draft.body, at=NOW)
    (found,) = edits_of([draft, new])
    assert found.edits == ()
    assert found.subject == ("Status", "Other")
