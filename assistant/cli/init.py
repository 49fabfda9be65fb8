"""`sincerely init`: a new workspace, asked for or copied from the samples."""

from collections.abc import Callable
from pathlib import Path

import click

from assistant.domain.project import Language
from assistant.errors import InvalidInputError
from assistant.i18n import interface_language, text
from assistant.settings import is_address

WORKSPACE_TOML = """\
# A Sincerely workspace. Keys of model endpoints never stand here: they come from the environment.

[interface]
language = "auto"      # "auto", "en" or "zh"
reviewer = ""          # the name on approvals; empty: the login name

# [model]
# name = "openai:MODEL"                     # without it, the offline writer writes
# base_url = "http://127.0.0.1:8080/v1"     # any OpenAI-compatible endpoint
# on_failure = "offline"                    # or "error": when the model gives no usable answer
# tokens_per_day = 200000                   # no question that could go over it is asked
# input_price = 0.0                         # for a million tokens, with output_price and currency;
# output_price = 0.0                        # then money_per_day may be set too
# currency = "EUR"
"""

PROJECT_TOML = """\
name = {name}
timezone = {timezone}
language = "{language}"
default_visibility = "client"
internal = ["internal/**"]       # notes here never reach the client
model = "none"                   # "none", "local" or "any": which models may see this client's text
update_every = "weekly:fri"
greeting = {greeting}
closing = {closing}

[client]
id = {client_id}
name = {client}

[sender]
name = {sender}
email = {sender_email}

[[contacts]]
name = {contact}
email = {contact_email}
salutation = {contact}
language = "{language}"
default = "to"

[authority]
may_offer_money = false
may_add_scope = false
"""


def _has_letter(name: str) -> bool:
    return any(c.isalnum() for c in name)


_QUESTIONS: dict[str, Callable[[str], bool]] = {
    "name": _has_letter,
    "client": _has_letter,
    "sender": _has_letter,
    "sender_email": is_address,
    "contact": _has_letter,
    "contact_email": is_address,
}


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="Copy the two sample projects instead of asking for a first one.")
def command(folder: Path, *, sample: bool) -> None:
    """Make a new workspace in DIR (this folder if not given); asks for its first project."""
    from assistant.adapters.workspace import copy_workspace, create_workspace, require_free, warn_synced
    from assistant.bootstrap import sample_folder

    language = interface_language()
    if sample:
        made = copy_workspace(sample_folder(), folder)
        click.echo(text("cli.init.sample", language, folder=made), err=True)
        return
    require_free(folder)  # before the questions: nobody answers eight of them to be refused
    made = create_workspace(folder, {"sincerely.toml": WORKSPACE_TOML, **_first_project()})
    if warn_synced(made):
        click.echo(text("cli.init.synced", language, folder=made), err=True)
    click.echo(text("cli.init.made", language, folder=made), err=True)


def _first_project() -> dict[str, str]:
    import json

    language = interface_language()
    ask = {
        key: click.prompt(text(f"cli.init.ask.{key}", language), err=True, value_proc=_answer(accepts, key, language))
        for key, accepts in _QUESTIONS.items()
    }
    writes_in = click.prompt(
        text("cli.init.ask.language", language), type=click.Choice(["en", "zh"]), default=language, err=True
    )
    timezone = click.prompt(
        text("cli.init.ask.timezone", language),
        default="UTC",
        err=True,
        value_proc=_answer(_is_timezone, "timezone", language),
    )
    slug = _slug(ask["name"])
    chinese = writes_in == "zh"
    values = {
        **ask,
        "timezone": timezone,
        "client_id": _slug(ask["client"]),
        "greeting": "{salutation}，您好：" if chinese else "Dear {salutation},",
        "closing": f"此致\n{ask['sender']}" if chinese else f"Kind regards,\n{ask['sender']}",
    }
    quoted = {key: json.dumps(value, ensure_ascii=False) for key, value in values.items()}
    card = PROJECT_TOML.format(language=writes_in, **quoted)
    _require_valid(card, slug)
    return {f"projects/{slug}/project.toml": card, f"projects/{slug}/notes/.keep": ""}


def _answer(accepts: Callable[[str], bool], key: str, language: Language) -> Callable[[str], str]:
    """Take an answer, or say what is wrong with it, so that it alone is asked for again."""

    def take(answer: str) -> str:
        if not accepts(answer.strip()):
            raise click.UsageError(text(f"cli.init.wrong.{key}", language))
        return answer.strip()

    return take


def _is_timezone(name: str) -> bool:
    from zoneinfo import available_timezones

    return name in available_timezones()


def _require_valid(card: str, slug: str) -> None:
    import tempfile

    from assistant.settings import PROJECT_FILE, read_project

    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / slug
        folder.mkdir()
        (folder / PROJECT_FILE).write_text(card, encoding="utf-8")
        read_project(folder)


def _slug(name: str) -> str:
    letters = "".join(c if c.isalnum() else "-" for c in name.strip().lower())
    slug = "-".join(part for part in letters.split("-") if part)
    if not slug:
        raise InvalidInputError("The name needs at least one letter or digit.")
    return slug[:60]
