"""What questions to language models cost."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One question to a model, as it is counted: no text, only what it was for and what it cost.

    `day` is the day on this machine's clock. Before the answer is there, the tokens are the most that it can cost;
    `micros` are millionths of `currency`, None where no price is set.
    """

    id: str
    at: datetime
    day: date
    project: str
    draft_id: str
    purpose: str
    prompt: str
    model: str
    input_tokens: int
    output_tokens: int
    micros: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What the models of a workspace may cost in one day; None for no limit. `micros` are millionths of `currency`."""

    tokens: int | None = None
    micros: int | None = None
    currency: str = ""
