"""Who writes, rewrites, translates and reads meetings, offline or by a model."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.domain.actions import ActionItem
from assistant.domain.brief import WritingTask, Written
from assistant.domain.draft import Draft, WriterReason, WrittenBy
from assistant.domain.project import Language, Project
from assistant.domain.rewriting import Heard, RewritingTask, Rewritten, unheard


class Writer(Protocol):
    """Writes a message from a task. Both writers, offline and model, stand behind it."""

    def write(
        self, task: WritingTask, *, heard: Heard = unheard, cancelled: Callable[[], bool] = lambda: False
    ) -> Written:
        """Write, telling each sentence as it is complete. Raises ModelError from the model writer only."""
        ...


class Rewriter(Protocol):
    """Changes chosen sentences of a standing draft: at a person's wish, or to settle findings."""

    def rewrite(
        self, task: RewritingTask, *, heard: Heard = unheard, cancelled: Callable[[], bool] = lambda: False
    ) -> Rewritten:
        """Rewrite. Raises ModelError and ForbiddenError from the model rewriter only."""
        ...


class Translator(Protocol):
    """Puts a draft's sentences into the reviewer's language."""

    def translate(
        self,
        draft: Draft,
        project: Project,
        language: Language,
        *,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[tuple[str, ...], WrittenBy]:
        """Give a text for each sentence of the draft, an empty one where none came.

        Raises ModelError, ForbiddenError.
        """
        ...


class MeetingReader(Protocol):
    """Proposes action items of a meeting beside the rules; gives only what the text bears out."""

    @property
    def name(self) -> str:
        """What the reader is called on screens."""
        ...

    def propose(
        self, project: Project, text: str, *, dated: date | None, cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[ActionItem, ...]:
        """Read the meeting. Raises ModelError, ForbiddenError."""
        ...


@dataclass(frozen=True, slots=True)
class Writers:
    """Who writes for a project. `reasons` say why the model does not, or nothing where it does.

    A fallback steps in when the model gives no usable answer; without one its error goes on. `translator` is None
    where no model may write, and so is `meetings`, which proposes action items for the code to verify.
    """

    writer: Writer
    rewriter: Rewriter
    fallback: Writer | None = None
    rewriter_fallback: Rewriter | None = None
    translator: Translator | None = None
    meetings: MeetingReader | None = None
    reasons: tuple[WriterReason, ...] = ()
