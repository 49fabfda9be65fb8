"""`sincerely serve`: the HTTP API on loopback."""

import ipaddress
from typing import TYPE_CHECKING

import click

from assistant.cli.session import open_session
from assistant.errors import InvalidInputError, SettingsError

if TYPE_CHECKING:
    from api.dependencies import ApiKey


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="A loopback address.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(1, 65535))
@click.pass_context
def command(ctx: click.Context, /, host: str, port: int) -> None:
    """Serve the HTTP API to other tools on this machine. The key comes from SINCERELY_API_KEY.

    SINCERELY_API_KEYS holds several keys as JSON: {"KEY": {"projects": ["slug"], "scopes": ["internal"]}}.
    """
    from assistant.bootstrap import open_propose

    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise InvalidInputError(f"{host} is not a loopback address; put a proxy in front to reach it from elsewhere.")
    session = open_session(ctx)
    keys = read_keys()
    services = open_propose(session.folder, session.settings)
    for project in services.projects.all():
        services.refresh(project.slug)
    import uvicorn

    from api.app import create_app

    session.say("cli.serve.listening", address=f"http://{host}:{port}", schema=f"http://{host}:{port}/openapi.json")
    uvicorn.run(create_app(services, keys=keys), host=host, port=port, log_level="warning", access_log=False)


def read_keys() -> "dict[str, ApiKey]":
    """Read the API keys from the environment. Raises SettingsError when there is none."""
    import json
    import os

    from api.dependencies import ApiKey

    keys: dict[str, ApiKey] = {}
    single = os.environ.get("SINCERELY_API_KEY")
    if single:
        keys[single] = ApiKey()
    several = os.environ.get("SINCERELY_API_KEYS")
    if several:
        try:
            for secret, grant in json.loads(several).items():
                projects = grant.get("projects")
                keys[secret] = ApiKey(
                    projects=None if projects is None else frozenset(projects),
                    scopes=frozenset(grant.get("scopes", ())),
                )
        except (ValueError, AttributeError, TypeError) as error:
            raise SettingsError(
                'SINCERELY_API_KEYS must be JSON like {"KEY": {"projects": ["slug"], "scopes": []}}.'
            ) from error
    if not keys or any(len(secret) < 16 for secret in keys):
        raise SettingsError(
            "Set SINCERELY_API_KEY to a secret of at least 16 characters before serving; other tools send it "
            "as `Authorization: Bearer …`."
        )
    return keys
