"""The ports to language models: what is asked of one, on whose behalf, and how it is counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from assistant.domain.project import Project
from assistant.domain.spending import Ceiling, ModelCall
from assistant.errors import ForbiddenError


@dataclass(frozen=True, slots=True)
class Question:
    """What a model is asked, and on whose behalf: the card of `project` decides whether it may be asked at all.

    `purpose` is `write`, `repair`, `revise` or `translate`; `prompt` names the versioned prompt, e.g. `write.v4`.
    """

    project: Project
    purpose: str
    prompt: str
    draft_id: str
    system: str
    user: str
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ChatAnswer:
    """A model's structured answer, with what it cost in tokens."""

    data: Mapping[str, object]
    model: str
    input_tokens: int | None = None
    output_tokens: int | None = None


AnswerHeard = Callable[[str], None]
"""Gets an answer's text piece by piece; an empty piece says that the answer begins anew."""


class ChatModel(Protocol):
    """A chat model that answers with JSON of a given schema."""

    @property
    def name(self) -> str:
        """The model's name as the person configured it."""
        ...

    @property
    def local(self) -> bool:
        """Whether its endpoint is on this machine."""
        ...

    @property
    def longest_answer(self) -> int:
        """The most tokens that an answer may have."""
        ...

    def answer(
        self,
        question: Question,
        *,
        heard: AnswerHeard = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ChatAnswer:
        """Ask once. Raises ModelUnavailableError, ModelAnswerError.

        Raises ForbiddenError, before anything leaves, where the card of the question's project does not let this
        model see its text: every implementation calls `require_allowed` first.
        """
        ...


def require_allowed(project: Project, *, local: bool) -> None:
    """Hold a model to the limit on the project's card. Raises ForbiddenError."""
    code = project.model_refusal(local=local)
    if code:
        raise ForbiddenError(
            f"The card of project {project.slug} does not let this model see its text.",
            code=code,
            values={"project": project.slug},
        )


class ModelLedger(Protocol):
    """Counts the questions to models, over all processes of a workspace."""

    def reserve(self, call: ModelCall, ceiling: Ceiling) -> None:
        """Count a call at the most that it can cost, unless that would go over the day's ceiling.

        Raises ModelUnavailableError with the code `ceiling_tokens` or `ceiling_money`; two processes never go over it
        together.
        """
        ...

    def settle(self, call: ModelCall) -> None:
        """Count a reserved call at what it did cost."""
        ...

    def calls(self, draft_id: str) -> tuple[ModelCall, ...]:
        """Give the calls that were made for a draft, oldest first."""
        ...
