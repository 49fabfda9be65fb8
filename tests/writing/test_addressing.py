"""How the people of the notes are said to the addressee: "you", "we", or the name that the card gives."""

import pytest

from assistant.domain.note import NoteKind
from assistant.domain.project import Language
from assistant.writing.addressing import Address, address_of
from assistant.writing.people import Side, people_of
from tests.writing.writing_builders import brief, note

MINUTES = note(
    "Meeting 3 March, town hall. Present: R. Osei, L. Grant (Farhill), A. Ray, S. Ortiz (Stride)", kind=NoteKind.MINUTES
)


def address(language: Language = "en") -> Address:
    its_brief = brief("status", language)
    return address_of(its_brief, people_of(its_brief, [MINUTES]))


@pytest.mark.parametrize(
    ("noted", "told"),
    [
        ("Ms Osei confirms the date", "You confirm the date"),
        ("RO has the list", "You have the list"),
        ("The list goes to RO", "The list goes to you"),
        ("RO's list is here", "Your list is here"),
        ("TV sends the keys", "Mr Vance sends the keys"),
        ("AR tested the lift", "We tested the lift"),
        ("AR + SO: tested the lift", "tested the lift"),
        ("The lift was tested by AR until 3 March", "The lift was tested until 3 March"),
        ("QA found two faults", "QA found two faults"),
    ],
)
def test_names_and_initials_are_said_as_the_reader_knows_them(noted: str, told: str) -> None:
    assert address().said(noted) == told


def test_the_chinese_addressee_is_spoken_to() -> None:
    assert address("zh").said("等林总监确认口径") == "等您确认口径"


def test_an_attendance_list_inside_a_line_tells_whose_people_they_are() -> None:
    people = people_of(brief("status"), [MINUTES])
    assert people.side("LG") is Side.CLIENT
    assert people.side("SO") is Side.OURS
    assert people.side("Ruth Osei") is Side.ADDRESSEE
    assert people.side("ZZ") is Side.UNKNOWN
