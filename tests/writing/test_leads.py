"""Where the notes may hold the answer that a draft lacks: another language, a call, a note in other words."""

from datetime import date

import pytest

from assistant.domain.inbound import Point, PointKind
from assistant.domain.note import Hit, NoteKind, Passage
from assistant.writing.leads import lead
from tests.writing.writing_builders import note

DAY = date(2026, 3, 12)
MAIL = note("When will somebody look at the pump?", DAY, NoteKind.RECEIVED)
CALL = note("Ines: The bearing of the pump is worn.\n\nTom: We look at the pump on 14 March.", DAY, NoteKind.CHAT)
CHINESE = note("# 例会\n- 二号泵 3月14日 更换轴承", DAY)
PARKING = note("The car park opens at seven.", DAY)


def point(text: str) -> Point:
    return Point(2, PointKind.QUESTION, text, 0, len(text))


def hits(*passages: Passage) -> list[Hit]:
    return [Hit(p, 1.0 / place, by_words=place, by_vectors=place) for place, p in enumerate(passages, start=1)]


def test_the_line_that_shares_most_words_is_given_and_never_the_clients_own_mail() -> None:
    found = lead(point("When will somebody look at the pump?"), hits(MAIL, CALL))
    assert found is not None
    assert found.point == 2
    assert found.text == "Tom: We look at the pump on 14 March."
    assert found.where == f"{CALL.path}:3 (2026-03-12)"


def test_a_note_in_the_other_language_is_near_by_its_vector_alone() -> None:
    found = lead(point("When will somebody look at the pump?"), hits(PARKING, CHINESE))
    assert found is not None
    assert found.text == "二号泵 3月14日 更换轴承"
    assert found.where.startswith(f"{CHINESE.path}:2 ")
    far = hits(PARKING, PARKING, PARKING, CHINESE)
    assert lead(point("When will somebody look at the pump?"), far) is None


def test_one_shared_word_is_enough_only_where_words_and_vectors_agree() -> None:
    worn = note("Ines: The bearing of the pump is worn.", DAY, NoteKind.CHAT)
    asked = point("The pump has been loud since Friday.")
    assert lead(asked, hits(MAIL, worn)) is not None
    assert lead(asked, [Hit(worn, 1.0, by_words=1, by_vectors=9)]) is None
    assert lead(asked, [Hit(worn, 1.0, by_words=1)]) is None


@pytest.mark.parametrize("passages", [(), (MAIL,), (PARKING,)])
def test_without_a_near_line_there_is_none(passages: tuple[Passage, ...]) -> None:
    assert lead(point("When will somebody look at the pump?"), hits(*passages)) is None


def test_a_long_line_is_cut() -> None:
    found = lead(point("When will the pump be looked at?"), hits(note("pump looked at " + "x " * 200, DAY)))
    assert found is not None
    assert len(found.text) == 120
