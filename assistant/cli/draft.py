"""`sincerely draft`: write, check and queue a message."""

from typing import Any

import click

from assistant.cli.exits import BLOCKED
from assistant.cli.session import DAY, open_session, print_json, project_slug, refresh


@click.command("draft")
@click.argument("kind")
@click.option("-p", "--project", help="The project to write for; not needed where there is one.")
@click.option("--inbound", metavar="FILE", help="The client's mail to answer (text or .eml; - is standard input).")
@click.option("--to", multiple=True, help="A contact of the project, by name or address; may be repeated.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="The message's language instead of the recipient's.")
@click.option("--as-of", type=DAY, help="Write as of this day: later notes are not seen.")
@click.option("--instruction", default="", help="What to mind besides.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def command(ctx: click.Context, /, kind: str, project: str | None, inbound: str | None, **options: Any) -> None:  # noqa: ANN401
    """Draft a message of KIND, check it, and put it into the queue.

    Kinds: status, expectation, complaint, change, followup, delivery, checkin, and the workspace's own playbooks.
    """
    from assistant import wire
    from assistant.bootstrap import open_propose
    from assistant.cli.show import echo_view
    from assistant.cli.triage import mail_from
    from assistant.domain.view import DraftRequest

    session = open_session(ctx)
    services = open_propose(session.folder, session.settings)
    slug = project_slug(session, services, project)
    services.library.playbook(kind)
    mail = mail_from(inbound) if inbound else None
    refresh(session, services, slug)
    view = services.draft(
        DraftRequest(
            slug,
            kind,
            inbound_id=services.take_in(slug, mail).id if mail else None,
            to=options["to"],
            language=options["lang"],
            as_of=options["as_of"],
            instruction=options["instruction"],
        )
    )
    if options["as_json"]:
        print_json(wire.draft_json(view, session.language))
    else:
        echo_view(view, session.language)
        session.say("cli.draft.queued", id=view.draft.id)
    if view.blocked:
        ctx.exit(BLOCKED)
