"""The one repair round: what goes back to the writer, what never does, and when its answer counts as better."""

from dataclasses import replace

import pytest

from assistant.domain.finding import Finding, Severity
from assistant.domain.rewriting import Wish
from assistant.writing.repairing import MENDABLE, mendable, repair_task, weight
from tests.writing.standing import standing
from tests.writing.writing_builders import brief, note, task

PASSAGE = note("Go-live moved to 22 April.")
DRAFT = standing(("where-we-stand", ["Go-live is 23 April.", "All is well.", "[…: the state]"]), cites=(PASSAGE,))


def finding(check: str, sentence_id: str | None, severity: Severity = Severity.WARN) -> Finding:
    return Finding(check, "some", severity, anchor=f"{check}{sentence_id}", sentence_id=sentence_id)


@pytest.mark.parametrize("check", sorted(MENDABLE))
def test_findings_about_a_sentence_of_the_writers_own_go_back(check: str) -> None:
    assert mendable(DRAFT, [finding(check, "s1")]) == (finding(check, "s1"),)
    assert mendable(DRAFT, [finding(check, "s1", Severity.BLOCK)]) != ()


@pytest.mark.parametrize(
    "one",
    [
        finding("support", "s1", Severity.INFO),
        finding("support", None),
        finding("support", "greeting-1"),
        finding("tone", "closing-1"),
        finding("support", "s99"),
        finding("audience", "s1", Severity.BLOCK),
        finding("gap", "s3", Severity.BLOCK),
        finding("injection", "s1", Severity.BLOCK),
        finding("coverage", "s1"),
    ],
    ids=lambda one: f"{one.check}-{one.severity.value}-{one.sentence_id}",
)
def test_leaks_gaps_notes_and_what_is_not_the_writers_stay_with_the_person(one: Finding) -> None:
    assert mendable(DRAFT, [one]) == ()


def test_only_the_sentences_that_findings_are_about_may_change() -> None:
    found = (finding("support", "s2"), finding("tone", "s2"), finding("superseded", "s1"))
    its_task = task(replace(brief("status"), released=frozenset({"p-9"})), (PASSAGE,))
    asked = repair_task(its_task, DRAFT, found)
    assert asked.chosen == ("s1", "s2")
    assert (asked.findings, asked.wish, asked.evidence) == (found, Wish(), DRAFT.evidence)
    assert asked.released == {"p-9"}, "what a person allowed by name stays allowed, and nothing else"


def test_a_mending_is_weighed_by_what_it_leaves_to_the_person() -> None:
    block, warn = finding("audience", "s1", Severity.BLOCK), finding("support", "s1")
    assert weight([]) == weight([finding("support", "s1", Severity.INFO)]) == 0
    assert weight([block]) > 3 * weight([warn]) > 0
    assert weight([warn, warn]) == 2 * weight([warn])


def test_a_gap_is_better_than_the_invention_that_it_replaces() -> None:
    gap = finding("gap", "s1", Severity.BLOCK)
    assert weight([gap]) < weight([finding("support", "s1")])
