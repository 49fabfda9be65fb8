"""What the knowledge folder says about writing to clients: guidance points and playbooks."""

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.domain.project import Language


class Answers(StrEnum):
    """Which client mail a kind of message is suggested for."""

    COMPLAINT = "complaint"
    OTHER = "other"


class Window(StrEnum):
    """Which part of the project's time a playbook step draws on; `last_meeting` is the newest minutes alone."""

    SINCE_LAST_UPDATE = "since_last_update"
    CURRENT = "current"
    FUTURE = "future"
    INBOUND = "inbound"
    LAST_MEETING = "last_meeting"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class GuidancePoint:
    """One piece of advice, in one language. The id is shared by all languages. Never evidence for a claim."""

    id: str
    topic: str
    language: Language
    title: str
    text: str
    situations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuidanceHit:
    """A guidance point found for a situation; `score` orders hits of one search."""

    point: GuidancePoint
    score: float


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in both languages."""

    en: str
    zh: str

    def get(self, language: Language) -> str:
        """Give the words in that language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class BilingualList:
    """Lists of words that belong together, one a language."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()

    def get(self, language: Language) -> tuple[str, ...]:
        """Give the list in that language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class PlaybookStep:
    """One thing a kind of message must do, with the guidance behind it and what the offline writer needs for it.

    `gap` names what is missing; `gap_sentence` is the sentence that it stands in, at its `{gap}`, where a bare mark
    would not read well. `gap_in` is the step whose gap asks for this one's as well, when both have nothing to say.
    """

    id: str
    title: Bilingual
    intent: Bilingual
    guidance: tuple[str, ...]
    required: bool
    roles: tuple[str, ...]
    window: Window
    max_sentences: int
    layout: str
    heading: Bilingual
    query: Bilingual
    cues: BilingualList
    gap: Bilingual
    fixed: BilingualList = field(default_factory=BilingualList)
    gap_sentence: Bilingual = Bilingual("", "")
    gap_in: str = ""


@dataclass(frozen=True, slots=True)
class Playbook:
    """The steps that a kind of message must take, in order. Data, not code.

    `opening` is one sentence after the greeting that states no fact, and may be empty; `client_facing` says that the
    message goes to a client, so that internal passages stay out. `answers` says for which client mail it is suggested,
    `reports_promises` that it must own the promises whose day has come, `is_update` that it is the update which a
    project's rhythm asks for.
    """

    kind: str
    title: Bilingual
    subject: Bilingual
    reply_subject: Bilingual
    needs_inbound: bool
    steps: tuple[PlaybookStep, ...]
    opening: Bilingual = Bilingual("", "")
    client_facing: bool = True
    answers: Answers | None = None
    reports_promises: bool = False
    is_update: bool = False

    def step(self, step_id: str) -> PlaybookStep | None:
        """Find a step by its id."""
        return next((s for s in self.steps if s.id == step_id), None)
