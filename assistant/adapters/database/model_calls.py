"""The ledger of questions to language models in `state.db`: counts and prices, never text."""

from datetime import date, datetime

from sqlalchemy import Engine, Row, func, insert, select, update

from assistant.adapters.database import codec
from assistant.adapters.database.engine import reading, writing
from assistant.adapters.database.state_schema import model_calls
from assistant.domain.spending import Ceiling, ModelCall
from assistant.errors import ModelUnavailableError

_MICROS = 1_000_000


class StoredModelCalls:
    """Counts calls over all processes of a workspace (port `ModelLedger`)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def reserve(self, call: ModelCall, ceiling: Ceiling) -> None:
        """Count a call at the most that it can cost, unless that would go over the day's ceiling."""
        # A write transaction from its first statement on: no other process can reserve between the sum and the row.
        with writing(self._engine) as connection:
            used = connection.execute(
                select(func.coalesce(func.sum(model_calls.c.input_tokens + model_calls.c.output_tokens), 0)).where(
                    model_calls.c.day == call.day.isoformat()
                )
            ).scalar_one()
            if ceiling.tokens is not None and used + call.input_tokens + call.output_tokens > ceiling.tokens:
                raise ModelUnavailableError(
                    f"Today's ceiling of {ceiling.tokens} tokens does not allow another call: {used} are used.",
                    code="ceiling_tokens",
                    values={"limit": str(ceiling.tokens), "used": str(used)},
                )
            spent = connection.execute(
                select(func.coalesce(func.sum(model_calls.c.micros), 0)).where(
                    model_calls.c.day == call.day.isoformat(), model_calls.c.currency == ceiling.currency
                )
            ).scalar_one()
            if ceiling.micros is not None and spent + (call.micros or 0) > ceiling.micros:
                limit, used_money = _money(ceiling.micros), _money(spent)
                raise ModelUnavailableError(
                    f"Today's ceiling of {limit} {ceiling.currency} does not allow another call: {used_money} is used.",
                    code="ceiling_money",
                    values={"limit": limit, "used": used_money, "currency": ceiling.currency},
                )
            connection.execute(insert(model_calls).values(id=call.id, **_values(call)))

    def settle(self, call: ModelCall) -> None:
        """Count a reserved call at what it did cost."""
        with writing(self._engine) as connection:
            connection.execute(update(model_calls).where(model_calls.c.id == call.id).values(**_values(call)))

    def calls(self, draft_id: str) -> tuple[ModelCall, ...]:
        """Give the calls that were made for a draft, oldest first."""
        query = select(model_calls).where(model_calls.c.draft_id == draft_id).order_by(model_calls.c.at)
        with reading(self._engine) as connection:
            return tuple(_call(row) for row in connection.execute(query))


def _money(micros: int) -> str:
    """Write millionths as a plain number: 1500000 is 1.5."""
    return f"{micros / _MICROS:.6f}".rstrip("0").rstrip(".")


def _values(call: ModelCall) -> dict[str, object]:
    return {
        "at": codec.time_text(call.at),
        "day": call.day.isoformat(),
        "project": call.project,
        "draft_id": call.draft_id,
        "purpose": call.purpose,
        "prompt": call.prompt,
        "model": call.model,
        "input_tokens": call.input_tokens,
        "output_tokens": call.output_tokens,
        "micros": call.micros,
        "currency": call.currency,
    }


def _call(row: Row[tuple[object, ...]]) -> ModelCall:
    return ModelCall(
        id=row.id,
        at=datetime.fromisoformat(row.at),
        day=date.fromisoformat(row.day),
        project=row.project,
        draft_id=row.draft_id,
        purpose=row.purpose,
        prompt=row.prompt,
        model=row.model,
        input_tokens=row.input_tokens,
        output_tokens=row.output_tokens,
        micros=row.micros,
        currency=row.currency,
    )
