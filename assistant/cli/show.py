"""How drafts, findings and passages look on a plain terminal or in a pipe."""

from collections.abc import Iterator

import click

from assistant.domain.draft import Draft, Evidence
from assistant.domain.finding import Finding
from assistant.domain.note import Certainty, Passage
from assistant.domain.project import Language
from assistant.domain.view import DraftView
from assistant.i18n import text, texts

CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), 127, *range(128, 160)) if code not in (9, 10)}


def plain(words: str) -> str:
    """Make control characters and terminal escapes visible instead of sending them to the terminal."""
    return words.replace("\r\n", "\n").translate(CONTROL)


def passage_lines(passage: Passage, language: Language, label: str = "") -> Iterator[str]:
    """Render a passage: place, date, kind, visibility with how sure each is, then its own lines."""
    unsure = text("cli.inferred", language)

    def sure(words: str, certainty: Certainty) -> str:
        return words if certainty is Certainty.STATED else f"{words} ({unsure})"

    day = text("cli.undated", language)
    if passage.dated:
        day = sure(passage.dated.isoformat(), passage.date_certainty)
    kind = sure(text(f"cli.kind.{passage.kind.value}", language), passage.kind_certainty)
    seen = text(f"cli.visibility.{passage.visibility.value}", language)
    place = f" ({plain(passage.place)})" if passage.place else ""
    yield f"{label}{passage.cite}{place}  {day}  {kind}  {seen}"
    for line in plain(passage.text).splitlines():
        yield f"    {line}"


def finding_line(finding: Finding, draft: Draft, language: Language) -> str:
    """Render a finding: severity, check, what is wrong, and the words it is about."""
    severity = text(f"cli.severity.{finding.severity.value}", language)
    words = plain(text(finding.message_key, language, **finding.values))
    about = ""
    if finding.start is not None and finding.end is not None:
        about = f"  «{plain(draft.body[finding.start : finding.end])}»"
    return f"[{severity}] {finding.check}: {words}{about}"


def echo_view(view: DraftView, language: Language) -> None:
    """Print a draft with its evidence labels, its sources and its findings."""
    draft = view.draft
    echo_head(draft, language)
    for section in draft.sections:
        click.echo()
        if section.heading:
            click.echo(section.heading)
        mark = "- " if section.layout == "list" else ""
        for sentence in section.sentences:
            labels = " ".join(f"E{n}" for n in sentence.evidence)
            click.echo(f"{mark}{plain(sentence.text)}" + (f"  [{labels}]" if labels else ""))
    cited = draft.cited()
    if cited:
        click.echo("\n" + text("cli.draft.sources", language))
        for evidence in cited:
            _echo_evidence(evidence, language)
    if draft.left_out:
        click.echo("\n" + text("cli.draft.left_out", language, count=len(draft.left_out)))
        for words in draft.left_out:
            click.echo(f"  {plain(words)}")
    if view.calls:
        _echo_usage(view, language)
    echo_findings(view, language)


def _echo_usage(view: DraftView, language: Language) -> None:
    tokens = sum(call.input_tokens + call.output_tokens for call in view.calls)
    priced = [call for call in view.calls if call.micros is not None]
    cost = f" ({sum(c.micros or 0 for c in priced) / 1_000_000:.4f} {priced[0].currency})" if priced else ""
    if len(priced) < len(view.calls):
        cost += text("cli.draft.no_price", language, count=len(view.calls) - len(priced))
    click.echo("\n" + text("cli.draft.usage", language, count=len(view.calls), tokens=tokens, cost=cost))


def echo_head(draft: Draft, language: Language) -> None:
    """Print who wrote what to whom, as of when."""
    who = ", ".join(f"{r.name} <{r.email}>" + (" (cc)" if r.role == "cc" else "") for r in draft.recipients)
    why = f" ({plain(texts(draft.writer.reasons, language))})" if draft.writer.reasons else ""
    kind = draft.kind or text("cli.draft.no_kind", language)
    click.echo(text("cli.draft.head", language, kind=kind, project=draft.project, as_of=draft.as_of))
    writer = text(f"cli.writer.{draft.writer.name}", language, model=draft.writer.model)
    click.echo(text("cli.draft.writer", language, writer=writer.strip() + why))
    click.echo(text("cli.draft.to", language, recipients=who or text("cli.draft.nobody", language)))
    click.echo(text("cli.draft.subject", language, subject=plain(draft.subject)))


def echo_findings(view: DraftView, language: Language) -> None:
    """Print the findings, most serious first."""
    if not view.findings:
        click.echo("\n" + text("cli.findings.none", language))
        return
    click.echo("\n" + text("cli.findings.title", language, count=len(view.findings)))
    for finding in view.findings:
        click.echo("  " + finding_line(finding, view.draft, language))


def _echo_evidence(evidence: Evidence, language: Language) -> None:
    for line in passage_lines(evidence.passage, language, label=f"E{evidence.n}  "):
        click.echo("  " + line)
