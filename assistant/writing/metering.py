"""Counting what a model costs: no question goes out that could take the day over its ceiling."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.domain.spending import Ceiling, ModelCall
from assistant.errors import ModelAnswerError, ModelError
from assistant.language.detect import has_cjk
from assistant.model_ports import (
    AnswerHeard,
    ChatAnswer,
    ChatModel,
    ModelLedger,
    Question,
    require_allowed,
)

# The most tokens that tokenizers in use make of a character: a cautious guess for what is counted before it is known.
_PER_LATIN, _PER_CJK = 0.4, 1.6
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, in millionths of `currency`, as the person set it: nothing is known by itself."""

    input_micros: int
    output_micros: int
    currency: str

    def of(self, input_tokens: int, output_tokens: int) -> int:
        """Give the cost of a call in millionths of the currency, rounded up."""
        return -(-(input_tokens * self.input_micros + output_tokens * self.output_micros) // _MILLION)


@dataclass(frozen=True, slots=True)
class MeteredChat:
    """Implements `ChatModel` over another one: each question is counted before it leaves and settled after.

    One that has to be asked again, because its answer broke off, is counted again.

    `now` gives the moment, `today` the day on this machine's clock, by which the ceiling counts.
    """

    chat: ChatModel
    ledger: ModelLedger
    ceiling: Ceiling
    price: Price | None
    now: Callable[[], datetime]
    today: Callable[[], date]
    new_id: Callable[[str], str]

    @property
    def name(self) -> str:
        """The model's name as the person configured it."""
        return self.chat.name

    @property
    def local(self) -> bool:
        """Whether its endpoint is on this machine."""
        return self.chat.local

    @property
    def longest_answer(self) -> int:
        """The most tokens that an answer may have."""
        return self.chat.longest_answer

    def answer(
        self,
        question: Question,
        *,
        heard: AnswerHeard = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ChatAnswer:
        """Ask once. Raises ForbiddenError, ModelUnavailableError (also for a reached ceiling), ModelAnswerError."""
        require_allowed(question.project, local=self.local)
        asked = tokens_at_most(question.system + question.user + str(question.schema))
        call = self._reserved(question, asked)
        received: list[str] = []

        def listen(piece: str) -> None:
            nonlocal call
            if not piece and any(received):
                # The answer began and broke off, and is asked for again: the first try has cost what came of it.
                self._settle(call, _spent_in_vain(None, asked, "".join(received)), call.model)
                call = self._reserved(question, asked)
                received.clear()
            received.append(piece)
            heard(piece)

        try:
            answer = self.chat.answer(question, heard=listen, cancelled=cancelled)
        except ModelError as error:
            self._settle(call, error.spent or _spent_in_vain(error, asked, "".join(received)), call.model)
            raise
        except BaseException:
            self._settle(call, _spent_in_vain(None, asked, "".join(received)), call.model)
            raise
        spent = (
            call.input_tokens if answer.input_tokens is None else answer.input_tokens,
            tokens_at_most("".join(received)) if answer.output_tokens is None else answer.output_tokens,
        )
        self._settle(call, spent, answer.model)
        return answer

    def _reserved(self, question: Question, asked: int) -> ModelCall:
        call = self._call(question, asked, self.longest_answer)
        self.ledger.reserve(call, self.ceiling)
        return call

    def _call(self, question: Question, input_tokens: int, output_tokens: int) -> ModelCall:
        return ModelCall(
            id=self.new_id("call"),
            at=self.now(),
            day=self.today(),
            project=question.project.slug,
            draft_id=question.draft_id,
            purpose=question.purpose,
            prompt=question.prompt,
            model=self.chat.name,
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            micros=self.price.of(input_tokens, output_tokens) if self.price else None,
            currency=self.price.currency if self.price else "",
        )

    def _settle(self, call: ModelCall, spent: tuple[int, int], model: str) -> None:
        before, after = spent
        micros = self.price.of(before, after) if self.price else None
        self.ledger.settle(replace(call, model=model, input_tokens=before, output_tokens=after, micros=micros))


def tokens_at_most(text: str) -> int:
    """Give a cautious number of tokens for a text, for what no endpoint has counted."""
    chinese = sum(map(has_cjk, text)) if has_cjk(text) else 0
    return int(chinese * _PER_CJK + (len(text) - chinese) * _PER_LATIN) + 1


def _spent_in_vain(error: ModelError | None, asked: int, received: str) -> tuple[int, int]:
    """Guess what a failed question cost: nothing where no answer began, else question and what came of the answer."""
    if received or isinstance(error, ModelAnswerError):
        return asked, tokens_at_most(received) if received else 0
    return 0, 0
