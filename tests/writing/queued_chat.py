"""A chat model with a queue of answers, for tests of what is done with them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.model_ports import AnswerHeard, ChatAnswer, Question, require_allowed


@dataclass
class QueuedChat:
    """A chat model with a queue of answers that keeps what it was asked."""

    answers: list[object]
    local: bool = True
    name: str = "queued"
    longest_answer: int = 1000
    questions: list[Question] = field(default_factory=list)

    @property
    def asked(self) -> list[tuple[str, str]]:
        return [(question.system, question.user) for question in self.questions]

    def answer(
        self,
        question: Question,
        *,
        heard: AnswerHeard = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ChatAnswer:
        require_allowed(question.project, local=self.local)
        self.questions.append(question)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, dict)
        heard("")
        heard(json.dumps(answer))
        return ChatAnswer(answer, "m-1", 10, 20)


def answer(*sections: tuple[str, list[tuple[str, list[object]]]], subject: str = "Where we are") -> dict[str, object]:
    return {
        "subject": subject,
        "sections": [
            {"step": step, "sentences": [{"text": text, "evidence": labels} for text, labels in sentences]}
            for step, sentences in sections
        ],
        "gaps": [],
        "promises": [],
    }
