"""What models cost is counted before it leaves, over all processes, and a reached ceiling is a clear reason."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.adapters.database.migrate import open_state
from assistant.adapters.database.model_calls import StoredModelCalls
from assistant.domain.project import ModelLimit
from assistant.domain.spending import Ceiling
from assistant.errors import ForbiddenError, ModelAnswerError, ModelUnavailableError
from assistant.i18n import text
from assistant.model_ports import AnswerHeard, ChatAnswer, Question
from assistant.settings import ModelSettings
from assistant.writing.metering import MeteredChat, Price, tokens_at_most
from tests.writing.queued_chat import QueuedChat
from tests.writing.writing_builders import NOW, project

QUESTION = Question(project(model=ModelLimit.ANY), "write", "write.v2", "d-1", "System.", "User.", {})
PRICE = Price(2_000_000, 8_000_000, "EUR")
DAY = date(2026, 3, 20)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_state(tmp_path / "state.db")
    yield opened
    opened.dispose()


def metered(
    engine: Engine, *answers: object, ceiling: Ceiling | None = None, price: Price | None = None, day: date = DAY
) -> MeteredChat:
    numbers = iter(range(1000))
    return MeteredChat(
        QueuedChat(list(answers)),
        ledger=StoredModelCalls(engine),
        ceiling=ceiling or Ceiling(),
        price=price,
        now=lambda: NOW,
        today=lambda: day,
        new_id=lambda prefix: f"{prefix}-{day}-{id(numbers)}-{next(numbers)}",
    )


def test_a_call_is_kept_with_what_it_cost_and_what_it_was_for(engine: Engine) -> None:
    metered(engine, {"text": "x"}, price=PRICE).answer(QUESTION)
    (call,) = StoredModelCalls(engine).calls("d-1")
    assert (call.input_tokens, call.output_tokens, call.model, call.prompt) == (10, 20, "m-1", "write.v2")
    assert (call.micros, call.currency, call.day, call.purpose) == (180, "EUR", DAY, "write")
    assert StoredModelCalls(engine).calls("d-2") == ()


def test_without_a_price_tokens_alone_are_counted(engine: Engine) -> None:
    metered(engine, {"text": "x"}).answer(QUESTION)
    (call,) = StoredModelCalls(engine).calls("d-1")
    assert (call.micros, call.currency) == (None, "")


def test_the_day_never_goes_over_its_ceiling_of_tokens(engine: Engine) -> None:
    ceiling = Ceiling(tokens=1100)
    chat = metered(engine, {"text": "x"}, {"text": "x"}, {"text": "x"}, {"text": "x"}, ceiling=ceiling)
    for _ in range(3):
        chat.answer(QUESTION)
    used = sum(c.input_tokens + c.output_tokens for c in StoredModelCalls(engine).calls("d-1"))
    assert used == 90
    with pytest.raises(ModelUnavailableError) as caught:
        metered(engine, ceiling=replace(ceiling, tokens=1090)).answer(QUESTION)
    assert (caught.value.code, caught.value.values) == ("ceiling_tokens", {"limit": "1090", "used": "90"})
    for language in ("en", "zh"):
        assert "1090" in text(f"writer.{caught.value.code}", "zh" if language == "zh" else "en", **caught.value.values)
    assert len(StoredModelCalls(engine).calls("d-1")) == 3


def test_the_next_day_begins_at_nothing(engine: Engine) -> None:
    ceiling = Ceiling(tokens=1030)
    metered(engine, {"text": "x"}, ceiling=ceiling).answer(QUESTION)
    with pytest.raises(ModelUnavailableError):
        metered(engine, ceiling=ceiling).answer(QUESTION)
    metered(engine, {"text": "x"}, ceiling=ceiling, day=date(2026, 3, 21)).answer(QUESTION)


def test_a_ceiling_of_money_counts_in_its_currency(engine: Engine) -> None:
    ceiling = Ceiling(micros=9_000, currency="EUR")
    metered(engine, {"text": "x"}, ceiling=ceiling, price=PRICE).answer(QUESTION)
    with pytest.raises(ModelUnavailableError) as caught:
        metered(engine, ceiling=replace(ceiling, micros=8_100), price=PRICE).answer(QUESTION)
    assert caught.value.code == "ceiling_money"
    assert caught.value.values == {"limit": "0.0081", "used": "0.00018", "currency": "EUR"}


RESERVE = """
import sys, time
from pathlib import Path
from assistant.adapters.database.migrate import open_state
from assistant.adapters.database.model_calls import StoredModelCalls
from assistant.domain.spending import Ceiling
from assistant.errors import ModelUnavailableError
from tests.writing.test_metering import QUESTION, metered

folder, name = Path(sys.argv[1]), sys.argv[2]
engine = open_state(folder / "state.db")
chat = metered(engine)
(folder / f"ready-{name}").touch()
while not (folder / "go").exists():
    time.sleep(0.001)
try:
    StoredModelCalls(engine).reserve(chat._call(QUESTION, 20, 1000), Ceiling(tokens=2100))
    print("asked")
except ModelUnavailableError as error:
    print(error.code)
engine.dispose()
"""


def test_processes_that_ask_at_once_do_not_go_over_it_together(tmp_path: Path) -> None:
    """Four processes reserve at the same moment what only two may."""
    open_state(tmp_path / "state.db").dispose()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", RESERVE, str(tmp_path), str(n)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for n in range(4)
    ]
    while len(list(tmp_path.glob("ready-*"))) < 4 and all(one.poll() is None for one in running):
        time.sleep(0.01)
    (tmp_path / "go").touch()
    assert sorted(one.communicate()[0].strip() for one in running) == ["asked"] * 2 + ["ceiling_tokens"] * 2


def test_an_answer_that_broke_off_and_is_asked_for_again_is_counted_again(engine: Engine) -> None:
    chat = Retrying(ledger=StoredModelCalls(engine))
    meter = metered(engine, price=PRICE)
    meter = replace(meter, chat=chat)
    meter.answer(QUESTION)
    first, second = StoredModelCalls(engine).calls("d-1")
    assert (first.input_tokens, first.output_tokens) == (tokens_at_most("System.User.{}"), tokens_at_most("abc"))
    assert (second.input_tokens, second.output_tokens) == (11, 7)
    tight = Ceiling(tokens=first.input_tokens + first.output_tokens + 18 + 1010)
    with pytest.raises(ModelUnavailableError) as caught:
        replace(meter, ceiling=tight).answer(QUESTION)
    assert caught.value.code == "ceiling_tokens", "the second try could have gone over it"


@pytest.mark.parametrize(
    ("error", "cost"),
    [
        (ModelUnavailableError("no network"), (0, 0)),
        (ModelAnswerError("cut off", spent=(11, 7)), (11, 7)),
        (ModelAnswerError("malformed"), (tokens_at_most("System.User.{}"), 0)),
    ],
)
def test_a_question_in_vain_is_settled_at_what_it_cost(engine: Engine, error: Exception, cost: tuple[int, int]) -> None:
    with pytest.raises(type(error)):
        metered(engine, error).answer(QUESTION)
    (call,) = StoredModelCalls(engine).calls("d-1")
    assert (call.input_tokens, call.output_tokens) == cost


@dataclass
class Broken:
    """A chat model that says a part of its answer and then ends as it is told to."""

    ends: BaseException | ChatAnswer
    said: str = '{"text": "abc'
    name: str = "broken"
    local: bool = True
    longest_answer: int = 1000
    ledger: StoredModelCalls | None = None
    seen: list[tuple[int, int]] = field(default_factory=list)

    def answer(
        self,
        question: Question,
        *,
        heard: AnswerHeard = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ChatAnswer:
        assert self.ledger is not None
        self.seen += [(c.input_tokens, c.output_tokens) for c in self.ledger.calls(question.draft_id)]
        heard("")
        heard(self.said)
        if isinstance(self.ends, BaseException):
            raise self.ends
        return self.ends


@dataclass
class Retrying:
    """A chat model whose first answer breaks off, and which asks again by itself."""

    ledger: StoredModelCalls
    name: str = "retrying"
    local: bool = True
    longest_answer: int = 1000

    def answer(
        self,
        question: Question,
        *,
        heard: AnswerHeard = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ChatAnswer:
        for piece in ("", "", "abc", "", "abcdef"):
            heard(piece)
        return ChatAnswer({"text": "abcdef"}, "m-1", 11, 7)


def asked_of(broken: Broken, engine: Engine, price: Price | None = None) -> tuple[int, int, int | None]:
    broken.ledger = StoredModelCalls(engine)
    numbers = iter(range(9))
    chat = MeteredChat(
        broken, broken.ledger, Ceiling(), price, lambda: NOW, lambda: DAY, lambda prefix: f"{prefix}-{next(numbers)}"
    )
    with contextlib.suppress(BaseException):
        chat.answer(QUESTION)
    (call,) = broken.ledger.calls("d-1")
    return call.input_tokens, call.output_tokens, call.micros


def test_while_it_is_asked_a_question_counts_at_the_most_it_can_cost(engine: Engine) -> None:
    broken = Broken(ChatAnswer({"text": "abc"}, "m-1", 11, 7))
    assert asked_of(broken, engine, PRICE) == (11, 7, 78)
    assert broken.seen == [(tokens_at_most("System.User.{}"), 1000)]


def test_an_endpoint_that_counts_nothing_is_counted_by_the_characters_that_went_and_came(engine: Engine) -> None:
    broken = Broken(ChatAnswer({"text": "abc"}, "m-1"))
    before, after, _ = asked_of(broken, engine)
    assert (before, after) == (tokens_at_most("System.User.{}"), tokens_at_most(broken.said))


@pytest.mark.parametrize(
    "ends",
    [KeyboardInterrupt(), ModelUnavailableError("cancelled", code="cancelled"), ModelAnswerError("cut off")],
    ids=["stopped", "cancelled", "cut off"],
)
def test_an_answer_that_ended_early_costs_what_had_come_of_it(engine: Engine, ends: BaseException) -> None:
    before, after, micros = asked_of(Broken(ends), engine, PRICE)
    assert (before, after) == (tokens_at_most("System.User.{}"), tokens_at_most('{"text": "abc'))
    assert micros == PRICE.of(before, after) > 0


def test_what_broke_before_an_answer_began_costs_nothing(engine: Engine) -> None:
    assert asked_of(Broken(ModelUnavailableError("no network"), said=""), engine, PRICE) == (0, 0, 0)


def test_a_price_is_rounded_up_to_whole_millionths() -> None:
    assert Price(1, 1, "EUR").of(1, 0) == 1
    assert Price(2_000_000, 8_000_000, "EUR").of(1_000_000, 500_000) == 6_000_000
    assert Price(0, 0, "EUR").of(10**9, 10**9) == 0


def test_a_project_that_allows_no_model_costs_nothing(engine: Engine) -> None:
    with pytest.raises(ForbiddenError):
        metered(engine).answer(replace(QUESTION, project=project(model=ModelLimit.NONE)))
    assert StoredModelCalls(engine).calls("d-1") == ()


def test_chinese_counts_for_more_than_latin_letters() -> None:
    assert tokens_at_most("项目进展" * 10) > tokens_at_most("progress" * 5)
    assert tokens_at_most("") == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"input_price": 1}, "belong together"),
        ({"input_price": 1, "output_price": 2}, "belong together"),
        ({"money_per_day": 5}, "money_per_day needs"),
        ({"tokens_per_day": -1}, "tokens_per_day"),
        ({"on_failure": "silence"}, "on_failure"),
    ],
)
def test_a_ceiling_or_price_that_means_nothing_is_refused(given: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ModelSettings.model_validate(given)
