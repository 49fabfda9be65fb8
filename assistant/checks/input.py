"""The one argument of every check, frozen, with everything a check may know."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.domain.draft import Draft
from assistant.domain.facts import Fact
from assistant.domain.guidance import Playbook
from assistant.domain.inbound import Inbound
from assistant.domain.note import Passage
from assistant.domain.project import Project


@dataclass(frozen=True, slots=True)
class Source:
    """A passage with its facts, as extracted at indexing."""

    passage: Passage
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CheckInput:
    """What the checks see.

    `evidence` are the draft's numbered passages. `sources` are all client-visible passages of the project dated up
    to the draft's as-of date (undated ones included), `internal` the internal ones up to that date. `released` are
    ids of internal passages a person allowed in this message. `foreign` are one-way fingerprints of other clients'
    notes: the checks never see another client's text.
    """

    draft: Draft
    project: Project
    playbook: Playbook | None
    evidence: Mapping[int, Source] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    internal: tuple[Source, ...] = ()
    released: frozenset[str] = frozenset()
    foreign: frozenset[int] = frozenset()
    inbound: Inbound | None = None
