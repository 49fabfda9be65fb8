"""Gathering evidence for a brief: one search a playbook step, then the numbering E1, E2 …"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from assistant.domain.brief import Brief, StepEvidence, WritingTask
from assistant.domain.draft import Evidence, Lead
from assistant.domain.guidance import PlaybookStep, Window
from assistant.domain.note import Hit, NoteKind, Passage, SearchResult
from assistant.domain.project import Visibility
from assistant.language.detect import has_cjk
from assistant.ports import GuidanceLibrary
from assistant.writing.leads import lead
from assistant.writing.speech import tells, transcripts

HITS_A_QUERY = 12
MOST_EVIDENCE = 90
_REPORT = re.compile(
    r"\bstatus\b|\bupdate\b|\bprogress\b|where (?:we|things) (?:are|stand)|周报|月报|日报|进展|进度|汇报|近况",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:meeting|mtg|call|phone|steerco|steering|workshop|minutes|review|site visit)\b"
    r"|会议|例会|碰头会|周会|推进会|协调会|纪要|电话|会谈|沟通",
    re.IGNORECASE,
)
_AMONG_US = re.compile(r"\b(?:internal|team|stand-?up|retro)\b|内部|组内|部门|晨会|站会", re.IGNORECASE)


class NoteSearch(Protocol):
    """Searches the brief's project, client-visible passages up to the as-of date only. Bound by the caller."""

    def __call__(self, query: str, n: int) -> SearchResult:
        """Give up to n hits, best first."""
        ...


def usable(passages: Sequence[Passage], brief: Brief) -> tuple[Passage, ...]:
    """Keep what a writer may see: this project's client-visible passages, dated up to the as-of date or undated.

    An internal one is seen only where a person released it by name.
    """
    return tuple(
        passage
        for passage in passages
        if passage.project == brief.project.slug
        and (passage.visibility is Visibility.CLIENT or passage.id in brief.released)
        and (passage.dated is None or passage.dated <= brief.as_of)
    )


def last_update(passages: Sequence[Passage], as_of: date) -> date | None:
    """Find the day of the last report to the client on or before the as-of date; any message sent, if there is none."""
    sent = [p for p in passages if p.kind is NoteKind.SENT and not p.quoted and p.dated and p.dated <= as_of]
    reports = {p.path for p in sent if _REPORT.search(f"{p.path}\n{p.text}")}
    days = [p.dated for p in sent if p.dated and (not reports or p.path in reports)]
    return max(days, default=None)


def gather(brief: Brief, *, search: NoteSearch, passages: Sequence[Passage], library: GuidanceLibrary) -> WritingTask:
    """Collect the evidence for every step of the brief's playbook.

    A step's passages are those its queries find, within its window, best first; the newest passages of the project
    fill up what remains of the room, so that the newest value of a fact is never out of sight.
    """
    allowed = {passage.id: passage for passage in usable(passages, brief)}
    found: dict[str, list[str]] = {}
    searched: dict[str, tuple[Hit, ...]] = {}
    for step in brief.playbook.steps:
        ranked: dict[str, float] = {}
        for query in _queries(step, brief, allowed.values()):
            if query not in searched:  # the client's points are the same for every step
                searched[query] = search(query, HITS_A_QUERY).hits
            for place, hit in enumerate(searched[query]):
                if (key := hit.passage.id) in allowed:
                    ranked[key] = ranked.get(key, 0.0) + 1 / (10 + place)
        by_rank = sorted(ranked, key=lambda key: -ranked[key])
        found[step.id] = [key for key in by_rank if _in_window(allowed[key], step.window, brief)]
    chosen = _chosen({"released": [key for key in allowed if key in brief.released], **found}, allowed)
    numbers = {key: n for n, key in enumerate(chosen, start=1)}
    return WritingTask(
        brief,
        tuple(Evidence(n, allowed[key]) for key, n in numbers.items()),
        tuple(
            StepEvidence(
                step.id,
                tuple(numbers[key] for key in found[step.id] if key in numbers),
                tuple(library.point(point, brief.language) for point in step.guidance),
            )
            for step in brief.playbook.steps
        ),
        leads=_leads(brief, searched, allowed),
    )


def _leads(brief: Brief, searched: Mapping[str, Sequence[Hit]], allowed: Mapping[str, Passage]) -> tuple[Lead, ...]:
    points = brief.inbound.triage.points if brief.inbound else ()
    asked = ((p, [hit for hit in searched.get(p.text, ()) if hit.passage.id in allowed]) for p in points)
    return tuple(found for point, hits in asked if (found := lead(point, hits)) is not None)


def last_meeting(passages: Sequence[Passage], as_of: date) -> date | None:
    """Find the day of the newest meeting or call with the client on or before the as-of date."""
    held = [p.dated for p in passages if is_of_meeting(p) and p.dated and p.dated <= as_of]
    return max(held, default=None)


def is_of_meeting(passage: Passage) -> bool:
    """Whether a passage stands in the notes of a meeting or a call: minutes, or notes whose name says so.

    A talk among colleagues is none.
    """
    if passage.quoted or passage.kind is NoteKind.MINUTES:
        return not passage.quoted
    name = " ".join((passage.path.rpartition("/")[2], *passage.headings[:1]))
    return passage.kind is NoteKind.OTHER and _MEETING.search(name) is not None and not _AMONG_US.search(name)


def with_last_update(brief: Brief, passages: Sequence[Passage]) -> Brief:
    """Fill in the days of the last update and of the last meeting where the caller gave none."""
    return replace(
        brief,
        last_update=brief.last_update or last_update(passages, brief.as_of),
        last_meeting=brief.last_meeting or last_meeting(passages, brief.as_of),
    )


def _queries(step: PlaybookStep, brief: Brief, passages: Iterable[Passage]) -> list[str]:
    queries = [step.query.get(brief.language)]
    other = step.query.zh if brief.language == "en" else step.query.en
    if brief.project.language != brief.language or _has_language(passages, other_is_chinese=has_cjk(other)):
        queries.append(other)
    if brief.inbound is not None:
        queries += [point.text for point in brief.inbound.triage.points[:8]]
    if brief.instruction:
        queries.append(brief.instruction)
    return [query for query in queries if query.strip()]


def _has_language(passages: Iterable[Passage], *, other_is_chinese: bool) -> bool:
    return any(has_cjk(passage.text) is other_is_chinese for passage in passages)


def _in_window(passage: Passage, window: Window, brief: Brief) -> bool:
    if window is Window.SINCE_LAST_UPDATE:
        return passage.dated is not None and (brief.last_update is None or passage.dated > brief.last_update)
    if window is Window.LAST_MEETING:
        return is_of_meeting(passage) and passage.dated == brief.last_meeting
    return True


def _chosen(found: dict[str, list[str]], allowed: dict[str, Passage]) -> list[str]:
    """Take turns between the steps, then add the newest passages, up to what a writer has room for.

    Of speech written down, which no search sorts well, the turns that tell something come before the other newest.
    """
    chosen: dict[str, None] = {}
    for place in range(HITS_A_QUERY):
        for keys in found.values():
            if place < len(keys):
                chosen.setdefault(keys[place])
    newest = sorted(allowed, key=lambda key: (allowed[key].dated or date.min, allowed[key].start), reverse=True)
    spoken = transcripts(allowed.values())
    telling = [key for key in newest if allowed[key].path in spoken and tells(allowed[key])]
    for key in (*telling, *newest):
        if len(chosen) >= MOST_EVIDENCE:
            break
        chosen.setdefault(key)
    return list(chosen)
