"""What the offline writer's drafts are worth, over whole workspaces: every project, every kind of message.

    python bench/drafting.py                       the sample workspace
    python bench/drafting.py --stress              sixteen invented projects with messy notes (bench/stress)
    python bench/drafting.py --show clinic-refit   the drafts of one project, whole, with what was left out
    python bench/drafting.py --stress --show       the drafts of all of them
    python bench/drafting.py --examples DIR        the six drafts of docs/examples, and four on public meetings

The four drafts on meetings that nobody held for this program (two of QMSum, two of VCSum) quote public text, so they
are written where you say and belong in no commit.

Columns: statements (greeting, closing, the playbook's fixed words, the client's own words and bare gaps aside); the
share of them with evidence; statements with an unproved number, date or name by the support check, and by a plain
reading (figures and capitalised words looked up in the cited text); Points answered or marked as a gap; runs of words
from internal notes or another client's; the share of statements that only quote a note; gaps; words or characters
without them; and the median time of a draft in a warm process, checks and storing included.
"""

import argparse
import json
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant.bootstrap import open_propose, sample_folder
from assistant.cli.triage import mail_from
from assistant.domain.draft import CLOSING, GREETING, Draft, Sentence
from assistant.domain.project import Language
from assistant.domain.view import DraftRequest, DraftView
from assistant.services import ProposeServices

STRESS = Path(__file__).resolve().parent / "stress"
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
EXAMPLE_KINDS = ("status", "complaint", "expectation")
CARD = """
name = "Meetings"
as_of = 2026-03-20
language = "{language}"
[client]
id = "client"
name = "The client"
[sender]
name = "Sam Reader"
email = "sam@reader.example"
[[contacts]]
name = "Kim Client"
email = "kim@client.example"
default = "to"
"""
GAP = re.compile(r"\[…[^\]]*\]")
QUOTATION = re.compile(r"“[^”]*”|「[^」]*」")
QUOTING = re.compile(
    r"^(?:Our notes(?: of [^“]{3,20})? say|In (?:a|the) meeting|Also on )|^[^「]{0,16}(?:记录：「|会议上(?:还)?提到)"
)
CLIENT_WORDS = re.compile(
    r"^(?:You (?:also )?(?:write|ask)|On .{4,20} we wrote to you)|^您(?:还)?(?:提到|问|要求)|我们写给您的是"
)
FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
NAMES = re.compile(r"(?<![.!?“] )(?<!^)\b[A-Z][A-Za-z'’-]{2,}")
MONTHS = [f"{date(2026, month, 1):%B}".casefold() for month in range(1, 13)]
DAYS = frozenset(f"{date(2026, 6, day):%A}" for day in range(1, 8))
RUN = {"en": 6, "zh": 10}


@dataclass(slots=True)
class Row:
    """What one project's drafts of one kind add up to."""

    statements: int = 0
    cited: int = 0
    by_check: int = 0
    plain: int = 0
    points: int = 0
    answered: int = 0
    leaks: int = 0
    quoted: int = 0
    gaps: int = 0
    lengths: list[int] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


def main() -> None:
    """Draft every kind for every project and print the table."""
    parser = argparse.ArgumentParser(description="What the offline writer's drafts are worth.")
    parser.add_argument("--stress", action="store_true", help="the invented projects instead of the sample")
    parser.add_argument(
        "--show", nargs="?", const="all", default="", help="print a project's drafts whole, or everyone's"
    )
    parser.add_argument("--runs", type=int, default=5, help="drafts of each kind for the time")
    parser.add_argument("--examples", type=Path, help="write the example drafts into this folder")
    options = parser.parse_args()
    if options.examples:
        write_examples(options.examples, sample_examples())
        write_examples(options.examples, public_examples())
        return
    stressed = options.stress or (options.show and (STRESS / "projects" / options.show).is_dir())
    source = STRESS if stressed else sample_folder()
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "workspace"
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns(".sincerely"))
        services = open_propose(folder)
        slugs = sorted(p.name for p in (folder / "projects").iterdir() if p.is_dir())
        for slug in slugs:
            services.index(slug)
        if options.show:
            for slug in slugs if options.show == "all" else [options.show]:
                for kind, request in requests(services, folder, slug):
                    show(f"{slug} {kind}", services.draft(request))
            return
        table(services, folder, slugs, options.runs)


def sample_examples() -> dict[str, str]:
    """Draft the three replies and updates of each project of the sample, as they come out, by file name."""
    found = {}
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "workspace"
        shutil.copytree(sample_folder(), folder, ignore=shutil.ignore_patterns(".sincerely"))
        services = open_propose(folder)
        for slug in sorted(p.name for p in (folder / "projects").iterdir() if p.is_dir()):
            services.index(slug)
            for kind, request in requests(services, folder, slug):
                if kind in EXAMPLE_KINDS:
                    found[f"{slug}-{kind}.md"] = page(services.draft(request))
    return found


def public_examples() -> dict[str, str]:
    """Draft a status update from each of four public meetings, where the data lies beside the project."""
    found = {}
    for name, language, text in public_meetings():
        with tempfile.TemporaryDirectory() as parent:
            folder = Path(parent)
            notes = folder / "projects" / name / "notes"
            notes.mkdir(parents=True)
            (folder / "sincerely.toml").write_text("", encoding="utf-8")
            (notes.parent / "project.toml").write_text(CARD.format(language=language), encoding="utf-8")
            (notes / "2026-03-16 meeting.md").write_text(f"# Meeting\n\n{text}\n", encoding="utf-8")
            services = open_propose(folder)
            services.index(name)
            found[f"{name}.md"] = page(services.draft(DraftRequest(name, "status")))
    return found


def public_meetings() -> Iterator[tuple[str, Language, str]]:
    """Give two meetings of QMSum val and two of VCSum dev as "speaker: words"."""
    for place, row in enumerate(_rows(DATA / "qmsum" / "val.jsonl", (3, 21))):
        turns = [f"{turn['speaker']}: {turn['content']}" for turn in row["meeting_transcripts"]]
        yield f"qmsum-{place + 1}", "en", "\n".join(turns)
    for place, row in enumerate(_rows(DATA / "vcsum_zh" / "short_dev.jsonl", (5, 40))):
        said = [f"发言人{who}：{''.join(words)}" for who, words in zip(row["speaker"], row["context"], strict=False)]
        yield f"vcsum-{place + 1}", "zh", "\n".join(said)


def _rows(path: Path, numbers: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    if path.is_file():
        rows = path.read_text(encoding="utf-8").splitlines()
        yield from (json.loads(rows[n % len(rows)]) for n in numbers)


def page(view: DraftView) -> str:
    """Write a draft down whole: subject, body, and what was left out."""
    draft = view.draft
    left = "".join(f"- {text}\n" for text in draft.left_out)
    left = f"\n---\n\n{'Left out' if draft.language == 'en' else '未写入'}:\n\n{left}" if left else ""
    return f"# {draft.subject}\n\n{draft.body.strip()}\n{left}"


def write_examples(folder: Path, pages: dict[str, str]) -> None:
    """Write pages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


def requests(services: ProposeServices, folder: Path, slug: str) -> Iterator[tuple[str, DraftRequest]]:
    """Give a request for every kind: replies where the project holds a client's mail, else a message of our own."""
    mail = client_mail(services, folder, slug)
    inbound = services.take_in(slug, mail_from(str(mail))).id if mail else None
    for kind in services.library.kinds():
        playbook = services.library.playbook(kind)
        answers = inbound if kind in ("complaint", "expectation") or playbook.needs_inbound else None
        if answers or not playbook.needs_inbound:
            yield kind, DraftRequest(slug, kind, inbound_id=answers)


def client_mail(services: ProposeServices, folder: Path, slug: str) -> Path | None:
    """Find the newest mail that a contact of the project wrote."""
    known = {contact.email for contact in services.projects.get(slug).contacts}
    found = []
    for path in (folder / "projects" / slug / "notes").rglob("*.eml"):
        mail = mail_from(str(path))
        if mail.sender_email in known and mail.received:
            found.append((mail.received, path))
    return max(found)[1] if found else None


def table(services: ProposeServices, folder: Path, slugs: list[str], runs: int) -> None:
    """Print a line for each project and kind, and one for all."""
    head = "project        kind         statem.  evidence  check  plain  points  leaks  quoted  gaps  length    ms"
    print(head)
    total = Row()
    texts = {slug: client_runs(services, slug) for slug in slugs}
    for slug in slugs:
        for kind, request in requests(services, folder, slug):
            row = Row()
            for run in range(runs):
                started = time.perf_counter()
                view = services.draft(request)
                row.times.append((time.perf_counter() - started) * 1000)
                if run == 0:
                    forbidden = texts[slug][1].union(*(texts[other][0] for other in slugs if other != slug))
                    judge(view, row, forbidden - texts[slug][0])
            print(line(slug, kind, row))
            add(total, row)
    print(line("all", "", total))


def line(slug: str, kind: str, row: Row) -> str:
    """Write one line of the table."""
    share = 100 * row.cited / (row.statements or 1)
    quoted = 100 * row.quoted / (row.statements or 1)
    points = f"{row.answered}/{row.points}"
    return (
        f"{slug:<15}{kind:<13}{row.statements:7d}  {share:6.0f} %  {row.by_check:5d}  {row.plain:5d}  {points:>6}"
        f"  {row.leaks:5d}"
        f"  {quoted:4.0f} %  {row.gaps:4d}  {statistics.median(row.lengths):6.0f}  {statistics.median(row.times):4.0f}"
    )


def add(total: Row, row: Row) -> None:
    """Add a line to the sum."""
    for name in ("statements", "cited", "by_check", "plain", "points", "answered", "leaks", "quoted", "gaps"):
        setattr(total, name, getattr(total, name) + getattr(row, name))
    total.lengths += row.lengths
    total.times += row.times


def judge(view: DraftView, row: Row, forbidden: set[str]) -> None:
    """Count everything that the table shows of one draft."""
    draft = view.draft
    told = [s for s in statements(view) if GAP.sub("", s.text).strip(" .。-")]
    row.statements += len(told)
    row.cited += sum(bool(s.evidence) for s in told)
    row.by_check += len(
        {f.sentence_id for f in view.findings if f.check == "support" and f.code.endswith(("missing", "differs"))}
    )
    row.plain += sum(bool(unproved(draft, s)) for s in told if s.evidence)
    row.gaps += len(draft.gaps)
    row.quoted += sum(bool(QUOTING.search(s.text)) for s in told)
    row.leaks += len(runs_of(draft.body, draft.language) & forbidden)
    if view.inbound is not None:
        row.points += len(view.inbound.triage.points)
        row.answered += len(view.inbound.triage.points)
        row.answered -= sum(f.code.startswith("point_unanswered") for f in view.findings)
    body = GAP.sub("", draft.body)
    row.lengths.append(len("".join(body.split())) if draft.language == "zh" else len(body.split()))


def statements(view: DraftView) -> Iterator[Sentence]:
    """Go through the sentences that state something of ours."""
    for section in view.draft.sections:
        for sentence in section.sentences:
            ours = section.step not in (GREETING, CLOSING) and sentence.id != "opening"
            states = sentence.evidence or (GAP.search(sentence.text) and not is_gap(sentence.text))
            if ours and states and not CLIENT_WORDS.search(sentence.text):
                yield sentence


def is_gap(text: str) -> bool:
    """Whether a sentence only leads to its gap: beside the client's quoted words it holds no figure and no name."""
    words = QUOTATION.sub("", GAP.sub("", text))
    return not FIGURES.search(words) and not NAMES.search(words)


def unproved(draft: Draft, sentence: Sentence) -> list[str]:
    """Give the figures and names of a sentence that neither the cited passages nor their days hold, read plainly."""
    passages = [e.passage for n in sentence.evidence if (e := draft.evidence_numbered(n)) is not None]
    held = " ".join(f"{p.text} {' '.join(p.headings)} {p.path}" for p in passages).casefold()
    for p in passages:
        held += f" {p.dated.isoformat()} {p.dated.day} {p.dated.month} {MONTHS[p.dated.month - 1]}" if p.dated else ""
    for month, name in enumerate(MONTHS, start=1):
        held += f" {name}" if re.search(rf"\b{name[:3]}|\b0?{month}\b|{month}月", held) else ""
    figures = {found.lstrip("0") or "0" for found in FIGURES.findall(held)}
    text = GAP.sub("", sentence.text)
    wrong = [found for found in FIGURES.findall(text) if found.lstrip("0") not in figures and found not in held]
    return wrong + [name for name in NAMES.findall(text) if name not in DAYS and name.casefold() not in held]


def client_runs(services: ProposeServices, slug: str) -> tuple[set[str], set[str]]:
    """Give the runs of words of a project's notes: what its client may see, and what is internal."""
    may, internal = set[str](), set[str]()
    language = services.projects.get(slug).language
    for passage in services.store.passages(slug):
        (may if passage.visibility.value == "client" else internal).update(runs_of(passage.text, language))
    return may, internal


def runs_of(text: str, language: str) -> set[str]:
    """Cut a text into overlapping runs: six words of English, ten characters of Chinese."""
    if language == "zh":
        letters = "".join(re.findall(r"[\u4e00-\u9fff]+", text))
        return {letters[i : i + RUN["zh"]] for i in range(len(letters) - RUN["zh"] + 1)}
    words = re.findall(r"[a-z0-9]+", text.casefold())
    return {" ".join(words[i : i + RUN["en"]]) for i in range(len(words) - RUN["en"] + 1)}


def show(name: str, view: DraftView) -> None:
    """Print a draft whole, with what it left out and what the checks say."""
    print("=" * 20, name, file=sys.stdout)
    print(view.draft.subject, view.draft.body, sep="\n\n")
    for text in view.draft.left_out:
        print("   left out:", text)
    for reason in view.draft.writer.reasons:
        print("   why:", reason.code, dict(reason.values))
    for finding in view.findings:
        print(
            "  ", finding.severity.value, finding.check, finding.code, finding.sentence_id or "", dict(finding.values)
        )


if __name__ == "__main__":
    main()
