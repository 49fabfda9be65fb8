"""A meeting read by a model, part by part; the code verifies everything that the model says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from assistant.actions.outline import outline
from assistant.actions.people import People
from assistant.actions.verifying import Proposed, verified
from assistant.checks.hidden_orders import find_orders
from assistant.domain.actions import ActionItem
from assistant.domain.project import Project
from assistant.model_ports import ChatModel, Question
from assistant.prompts.loader import load_prompt

PART = 6_000  # characters: what a small local model reads well
SEAM = 1_200  # characters that two neighbours share, so that no item is cut in two

# An answer without end is read to here; longer fields are no item of a meeting but a model that runs on.
MOST_A_PART = 60
LONGEST_TASK, LONGEST_QUOTE = 300, 800


def parts_of(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text into overlapping parts at line ends where it has any; every character is in at least one."""
    start = 0
    while start < len(text):
        end = min(len(text), start + PART)
        if end < len(text):
            line_end = text.rfind("\n", start + PART // 2, end)
            end = line_end + 1 if line_end > 0 else end
        yield start, end
        if end >= len(text):
            return
        # The longest quote that is believed fits into the seam, so that one part or the other holds it whole.
        shared = text.rfind("\n", max(start + 1, end - SEAM), end - LONGEST_QUOTE)
        start = shared + 1 if shared > 0 else max(start + 1, end - SEAM)


@dataclass(frozen=True, slots=True)
class ModelMeetingReader:
    """Implements `ports.MeetingReader` over a chat model."""

    chat: ChatModel

    @property
    def name(self) -> str:
        """The model's name as the person configured it."""
        return self.chat.name

    def propose(
        self, project: Project, text: str, *, dated: date | None, cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[ActionItem, ...]:
        """Ask the model about each part and give what the text bears out. Raises ModelError, ForbiddenError."""
        people = People(project.people(), text)
        lines = outline(text, dated=dated, people=people)
        orders = [(order.start, order.end) for order in find_orders(text)]
        prompt = load_prompt("meeting", 1)
        names = "\n".join(dict.fromkeys((*project.people(), *(line.speaker for line in lines if line.speaker))))
        found: list[ActionItem] = []
        for start, end in parts_of(text):
            if not any(c.isalnum() for c in text[start:end]):
                continue
            system, user = prompt.fill({"names": names, "part": text[start:end]})
            question = Question(project, "meeting", prompt.id, "", system, user, prompt.schema)
            answer = self.chat.answer(question, cancelled=cancelled)
            found += verified(_proposals(answer.data.get("items")), text, (start, end), lines, people, orders)
        return tuple(found)


def _proposals(given: object) -> Iterator[Proposed]:
    """Read an answer's items. Of a task that runs on, the words of its quote remain; such a quote drops the item."""
    for item in given[:MOST_A_PART] if isinstance(given, list) else ():
        if isinstance(item, dict):
            fields = (item.get(name) for name in ("task", "owner", "due", "quote"))
            task, owner, due, quote = (field if isinstance(field, str) else "" for field in fields)
            if len(quote) <= LONGEST_QUOTE:
                yield Proposed(task if len(task) <= LONGEST_TASK else "", owner, due, quote)
