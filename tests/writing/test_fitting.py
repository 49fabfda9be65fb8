"""Sections on their way into a message: what follows a list, what is left out first, and when nothing more can go."""

from dataclasses import replace
from datetime import date

from assistant.domain.brief import Brief, Written
from assistant.domain.guidance import PlaybookStep
from assistant.domain.note import NoteKind
from assistant.writing.fitting import Item, Part, measure, within
from assistant.writing.offline import LIMIT, OfflineWriter
from assistant.writing.step_gaps import asked_once, gap_item
from tests.writing.writing_builders import brief, library, note, task

MAIL = "Ada,\n\nthe ramp sensors count wrong. When will that be right?\n\nRuth Osei"


def step(kind: str, step_id: str) -> PlaybookStep:
    found = library().playbook(kind).step(step_id)
    assert found is not None
    return found


def test_the_playbooks_words_stand_below_a_list_and_not_in_it() -> None:
    part = Part(step("complaint", "solve"), [Item("One."), Item("Two.")], after=("Is that all?",))
    listed, below = part.sections("en", 3)
    assert (listed.layout, [s.text for s in listed.sentences]) == ("list", ["One.", "Two."])
    assert (below.layout, below.heading, [s.text for s in below.sentences]) == ("paragraph", "", ["Is that all?"])
    assert len({s.id for s in (*listed.sentences, *below.sentences)}) == 3


def test_a_list_without_items_has_no_heading() -> None:
    (only,) = Part(step("status", "what-we-need"), [], after=("Tell me.",)).sections("en", 1)
    assert (only.heading, only.layout) == ("", "paragraph")


def test_the_least_wanted_sentences_of_the_longest_section_go_first_and_are_listed() -> None:
    items = [Item("a b c d e f", (1,), 3.0), Item("g h i j k l", (1,), 1.0), Item("m n o p q r", (1,), 9.5)]
    short = Part(step("status", "next-steps"), [Item("s t u", (1,), 0.5)])
    parts, left_out = within([Part(step("status", "done-since-last-update"), items), short], 16, brief("status"))
    assert left_out == ["g h i j k l"]
    assert [item.text for item in parts[0].items] == ["a b c d e f", "m n o p q r"]
    assert parts[1].items


def test_gaps_and_the_other_language_are_measured_as_the_reader_counts() -> None:
    assert measure("You hear from me by […: the day on which].", "en") == 6
    assert measure("最迟[…: 日期]，我再给您消息。", "zh") == 10


def reply(its_brief: Brief) -> Written:
    logs = [
        note(f"{d}/3\n ramp sensors of hall {d} replaced and tested, counts right on all {d + 20} lanes of the hall",
             date(2026, 3, d), NoteKind.LOG)
        for d in range(9, 19)
    ]  # fmt: skip
    return OfflineWriter().write(task(its_brief, logs))


def length(written: Written) -> int:
    texts = [s.text for section in written.sections for s in section.sentences]
    return sum(measure(text, "en") for text in (*texts, *(section.heading for section in written.sections)))


def test_a_reply_keeps_the_length_and_says_nothing_of_it() -> None:
    written = reply(brief("complaint", mail=MAIL))
    assert length(written) <= LIMIT["en"]
    assert not any("more than" in text for text in written.left_out)


def test_a_reply_to_more_than_fits_says_so_and_cuts_no_point() -> None:
    halls = [f"The sensors of hall {n} count wrong and the guards of hall {n} have to count by hand." for n in range(9)]
    mail = "Ada,\n\n" + "\n\n".join(halls) + "\n\nRuth Osei"
    written = reply(replace(brief("complaint", mail=mail), instruction="at most 120 words"))
    assert any("more than 120" in text for text in written.left_out)
    body = " ".join(s.text for section in written.sections for s in section.sentences)
    assert all(f"The sensors of hall {n}" in body for n in range(9))


def test_one_gap_asks_for_what_several_steps_miss() -> None:
    steps = [step("expectation", one) for one in ("feasible", "what-it-changes", "proposal", "decide-together")]
    parts = [Part(one, [gap_item(one, "en")]) for one in steps]
    kept = asked_once(parts, "en")
    assert [part.step.id for part in kept] == ["proposal", "decide-together"]
    (text,) = [item.text for item in kept[0].items]
    assert all(one.gap.en in text for one in steps[:3])
    known = [Part(steps[0], [Item("It can be done by May.", (1,))]), *(Part(s, [gap_item(s, "en")]) for s in steps[1:])]
    assert [part.step.id for part in asked_once(known, "en")] == ["feasible", "proposal", "decide-together"]
