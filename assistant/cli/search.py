"""`sincerely search`: passages with their places."""

from typing import TYPE_CHECKING, Any

import click

from assistant.cli.session import DAY, Session, batch, open_session, print_json, project_slug, refresh
from assistant.domain.project import Language

if TYPE_CHECKING:
    from assistant.domain.note import SearchResult


@click.command("search")
@click.argument("query", required=False)
@click.option("-p", "--project", help="The project whose notes are searched; not needed where there is one.")
@click.option("--guidance", is_flag=True, help="Search what the guidance says instead of notes.")
@click.option("--internal", is_flag=True, help="Show internal passages too.")
@click.option("-n", "count", default=8, show_default=True, type=click.IntRange(1, 100), help="How many.")
@click.option("--as-of", type=DAY, help="Leave out notes dated later than this day.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--jsonl", metavar="FILE", help="Rank given passages: {id, query, passages} a line; - is standard input.")
@click.pass_context
def command(ctx: click.Context, /, query: str | None, project: str | None, jsonl: str | None, **options: Any) -> None:  # noqa: ANN401
    """Find passages in a project's notes, best first."""
    if jsonl:
        _rank(jsonl)
        return
    if not query:
        raise click.UsageError("Give a query, or --jsonl FILE.")
    from assistant import wire
    from assistant.bootstrap import open_propose
    from assistant.language.detect import detect_language

    session = open_session(ctx)
    services = open_propose(session.folder, session.settings)
    if options["guidance"]:
        language: Language = "zh" if detect_language(query) == "zh" else "en"
        found = services.guidance(query, language, n=options["count"])
        if options["as_json"]:
            print_json(wire.guidance_json(found))
            return
        for point in (hit.point for hit in found):
            click.echo(f"{point.id}  {point.title}\n    {point.text.strip()}\n")
        return
    slug = project_slug(session, services, project)
    refresh(session, services, slug)
    result = services.search(slug, query, n=options["count"], internal=options["internal"], as_of=options["as_of"])
    if options["as_json"]:
        print_json(wire.search_json(result))
        return
    _show(session, slug, result)


def _show(session: Session, slug: str, result: "SearchResult") -> None:
    """Print passages, and on standard error what could not be searched."""
    from assistant.cli.show import passage_lines

    if result.lexical_only and result.passages:
        session.say("cli.lexical_only", why=result.notice)
    elif result.partial:
        session.say("cli.search.partial", count=result.with_vectors, passages=result.passages)
    if not result.passages:
        session.say("cli.search.empty", project=slug)
    elif not result.hits:
        session.say("cli.search.nothing")
    for hit in result.hits:
        click.echo("\n".join(passage_lines(hit.passage, session.language)) + "\n")


def _rank(path: str) -> None:
    from assistant.bootstrap import open_embedder
    from assistant.searching import Ranker

    ranker = Ranker(open_embedder())

    def answer(row: dict[str, Any]) -> dict[str, Any]:
        ranking, scores = ranker.rank(str(row["query"]), [str(p) for p in row["passages"]])
        return {"ranking": list(ranking), "scores": [round(s, 6) for s in scores]}

    batch(path, answer)
