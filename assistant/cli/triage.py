"""`sincerely triage`: a first reading of a client's mail."""

from typing import TYPE_CHECKING, Any

import click

from assistant.cli.session import batch, print_json, read_bytes

if TYPE_CHECKING:
    from assistant.domain.inbound import ReceivedMail


@click.command("triage")
@click.argument("file", required=False, metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option(
    "--jsonl", metavar="FILE", help="Read {id, text} a line and print one answer a line; - is standard input."
)
def command(file: str | None, jsonl: str | None, *, as_json: bool) -> None:
    """Read a client's mail (text or .eml; - is standard input): language, complaint or not, severity, Points."""
    from assistant import wire
    from assistant.domain.inbound import ReceivedMail
    from assistant.triage import triage_mail

    if jsonl:

        def answer(row: dict[str, Any]) -> dict[str, Any]:
            return wire.triage_json(triage_mail(ReceivedMail(str(row["text"]))))

        batch(jsonl, answer)
        return
    if not file:
        raise click.UsageError("Give a file, - for standard input, or --jsonl FILE.")
    mail = mail_from(file)
    result = triage_mail(mail)
    if as_json:
        print_json(wire.triage_json(result))
        return
    from assistant.cli.show import plain
    from assistant.i18n import interface_language, text

    language = interface_language()
    kind = text("cli.triage.complaint" if result.complaint else "cli.triage.no_complaint", language)
    click.echo(
        text("cli.triage.head", language, language=result.language, kind=kind, severity=f"{result.severity:.2f}")
    )
    for point in result.points:
        name = text(f"cli.triage.point.{point.kind.value}", language)
        click.echo(f"  {point.number}. {name}: {plain(' '.join(point.text.split()))}")
        if point.due:
            click.echo("     " + text("cli.triage.due", language, words=plain(point.due)))
        if point.asked:
            click.echo("     " + text("cli.triage.asked", language, name=plain(point.asked)))
    if result.injection:
        click.echo(text("cli.triage.injection", language))


def mail_from(file: str) -> "ReceivedMail":
    """Read a mail from an .eml file, or a text file as its body."""
    from assistant.domain.inbound import ReceivedMail
    from assistant.retrieval.mail import read_mail
    from assistant.retrieval.readers import decode

    data = read_bytes(file)
    if file.casefold().endswith((".eml", ".msg")):
        return read_mail(data, file)
    words = decode(data)[0]
    head = words[:2000].split("\n\n", 1)[0]
    looks_like_mail = "\nFrom:" in f"\n{head}" and "\nSubject:" in f"\n{head}"
    return read_mail(data) if looks_like_mail else ReceivedMail(words)
