"""What a person may ask of a writer once a draft stands, what a writer tells meanwhile, and how edits are read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.draft import Draft, Evidence, Rewriting, Sentence, WriterReason, WrittenBy
from assistant.domain.finding import Finding
from assistant.domain.guidance import Playbook
from assistant.domain.inbound import Inbound
from assistant.domain.project import Language, Project
from assistant.domain.view import DraftView


class Preset(StrEnum):
    """The wishes that need no words."""

    SHORTER = "shorter"
    SOFTER = "softer"
    FIRMER = "firmer"
    OWN_WORDS = "own_words"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks of a writer: a preset, words of their own, or both.

    `sentence_ids` are the sentences it is about; None is the whole message. Greeting and closing are never touched.
    """

    preset: Preset | None = None
    words: str = ""
    sentence_ids: tuple[str, ...] | None = None


class WritingStage(StrEnum):
    """What a writer tells while it is at work, in the order in which it may happen."""

    WRITING = "writing"
    """A writer began; value `writer`: `model` or `offline`."""
    SENTENCE = "sentence"
    """A sentence is complete; values `step` and `text`. It is a preview: the stored draft is what counts."""
    DISCARDED = "discarded"
    """What was told so far is void: the answer failed and is asked for again, or another writer begins."""
    CHECKING = "checking"
    """The whole text is being checked."""
    REPAIRING = "repairing"
    """The writer has the findings and rewrites the sentences they are about; value `count`."""


@dataclass(frozen=True, slots=True)
class WritingEvent:
    """One thing a writer tells. Called in the thread that writes; whoever listens must come back at once."""

    stage: WritingStage
    step: str = ""
    text: str = ""
    writer: str = ""
    count: int = 0


Heard = Callable[[WritingEvent], None]


def unheard(_event: WritingEvent) -> None:
    """Listen to nothing."""


# --- the task and its result --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RewritingTask:
    """A standing draft and what shall become of some of its sentences.

    `chosen` are the ids of the sentences that may change, in reading order. `evidence` is the draft's own and what was
    found for the wish besides: client-visible, or in `released`. With `findings` it is the repair round: nothing may be
    taken away.
    """

    draft: Draft
    project: Project
    playbook: Playbook | None
    inbound: Inbound | None
    wish: Wish
    chosen: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...] = ()
    released: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewSentence:
    """A sentence in the place of an old one; `evidence` are numbers of the task's evidence."""

    text: str
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What stands where a sentence stood: none when it is left out, more than one when something was added."""

    sentence_id: str
    now: tuple[NewSentence, ...]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What a writer gives back. `not_followed` are parts of the wish, as the person said them, or a preset's name."""

    rewrites: tuple[Rewrite, ...]
    writer: WrittenBy
    not_followed: tuple[str, ...] = ()


def unfollowed(part: str) -> WriterReason:
    """Say that a part of a wish was not followed: a preset by its name, or the person's own words."""
    if part in set(Preset):
        return WriterReason(f"not_followed_{part}")
    return WriterReason("not_followed", {"words": part})


@dataclass(frozen=True, slots=True)
class RewritingOutcome:
    """What came of a wish.

    `view` is the draft as it now stands; where nothing could be followed it is the old revision and `changed` is
    empty. `changed` are ids of the sentences that are new in the revision, `left_out` the sentences taken away.
    """

    view: DraftView
    changed: tuple[str, ...]
    left_out: tuple[str, ...]
    not_followed: tuple[str, ...]
    writer: WrittenBy


# --- translation for review ---------------------------------------------------------------------------------


class DifferenceKind(StrEnum):
    """How a value of a sentence and of its translation differ."""

    MISSING = "missing"
    """It stands in the sentence and not in the translation."""
    ADDED = "added"
    """It stands in the translation only."""


@dataclass(frozen=True, slots=True)
class ValueDifference:
    """A number, date, amount or name on which a sentence and its translation do not agree.

    `start` and `end` are characters of the text it stands in: the sentence's for `missing`, the translation's for
    `added`. `what` is a `FactKind`.
    """

    kind: DifferenceKind
    what: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TranslatedSentence:
    """One sentence of the draft in the reviewer's language; an empty `text` says that the model left it out."""

    sentence_id: str
    text: str
    differences: tuple[ValueDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewTranslation:
    """A draft's revision in the reviewer's language, sentence by sentence, in reading order. It is never sent."""

    draft_id: str
    revision: int
    language: Language
    sentences: tuple[TranslatedSentence, ...]
    writer: WrittenBy


# --- edits --------------------------------------------------------------------------------------------------


class EditClass(StrEnum):
    """What sort of change an edit is; one edit may be several."""

    FACT = "fact"
    PROMISE = "promise"
    TONE = "tone"
    LENGTH = "length"
    LANGUAGE = "language"
    STRUCTURE = "structure"


@dataclass(frozen=True, slots=True)
class SentenceEdit:
    """A sentence before and after an edit: added when `before` is None, taken away when `after` is None."""

    step: str
    before: Sentence | None
    after: Sentence | None
    classes: frozenset[EditClass]


@dataclass(frozen=True, slots=True)
class RevisionEdits:
    """What one revision changed against the one before it. `rewriting` is None for a person's own edit."""

    revision: int
    at: datetime
    edits: tuple[SentenceEdit, ...]
    rewriting: Rewriting | None = None
    subject: tuple[str, str] | None = None
    recipients_changed: bool = False
    sources_changed: tuple[str, ...] = ()
