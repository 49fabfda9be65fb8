"""Findings kept from one keystroke to the next are those that a fresh reading would give."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.checks import reading
from assistant.checks.input import CheckInput
from assistant.checks.run import CHECKS, run_checks
from assistant.domain.finding import Finding
from assistant.domain.project import Visibility
from tests.checks.checks_case import Case, foreign, inbound, source

FIRST = source("Go-live of the portal moved to 19 March 2027. 14 terminals are installed.", path="notes/a.md")
SECOND = source("门户培训定在3月23日，预算38,600元。", path="notes/b.md", dated=date(2026, 11, 18))
INSIDE = source("OSPREY costs us £4,150 a month.", path="notes/i.md", visibility=Visibility.INTERNAL)
SENTENCES = (
    ("Go-live of the portal is on 12 March 2027.", (1,)),
    ("15 terminals are installed.", (1,)),
    ("OSPREY costs £4,150.", (2,)),
    ("门户培训将于3月25日举行。", (2,)),
    ("It is guaranteed that all terminals work.", (1,)),
)
START = Case(SENTENCES, [FIRST, SECOND], [INSIDE])


def afresh(given: CheckInput) -> tuple[Finding, ...]:
    reading._findings_kept.cache_clear()
    reading._read.cache_clear()
    return run_checks(given)


@pytest.mark.parametrize(
    "after",
    [
        replace(START, sentences=(("Go-live of the portal is on 19 March 2027, as agreed.", (1,)), *SENTENCES[1:])),
        replace(START, sentences=SENTENCES[1:]),
        replace(START, sentences=tuple(reversed(SENTENCES))),
        replace(START, sentences=(*SENTENCES, SENTENCES[0])),
        replace(START, sentences=tuple((text, ()) for text, _ in SENTENCES)),
        replace(START, sources=[SECOND, FIRST]),
        replace(START, uncited=[source("Go-live of the portal is on 2 April 2027.", dated=date(2026, 11, 19))]),
        replace(START, internal=()),
        replace(START, released=frozenset({INSIDE.passage.id})),
        replace(START, foreign=foreign("15 terminals are installed at Harbury.")),
        replace(START, inbound=inbound("Your portal is on 12 March 2027, you said.")),
        replace(START, as_of=date(2027, 3, 24)),
        replace(START, language="zh"),
    ],
)
def test_what_was_kept_is_what_a_fresh_reading_gives(after: Case) -> None:
    afresh(START.input())
    kept = run_checks(after.input())
    assert kept == afresh(after.input())
    assert kept


def test_a_sentence_said_twice_is_found_at_both_places() -> None:
    given = replace(START, sentences=(SENTENCES[1], ("We wish you a good week.", ()), SENTENCES[1])).input()
    starts = [place.start for place in given.draft.places() if place.sentence.text == SENTENCES[1][0]]
    found = [f for f in CHECKS["support"](given) if f.code == "number_differs"]
    assert [f.start for f in found] == starts
    assert len({f.sentence_id for f in found}) == 2
