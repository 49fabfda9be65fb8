"""Draft a status update from notes nobody wrote for it, and count statements that their evidence does not carry.

Three meetings of QMSum become note files ("Speaker: words"). Counted are the sentences of the offline draft with a
number, date or name that does not stand in the passages they cite, by two readings: the support check's, and a plain
one that looks for every digit group and capitalised word of the sentence in the cited text and its date.

    python bench/unseen_notes.py [--meetings 0,12,30] [--show]
"""

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path

from assistant.bootstrap import open_propose
from assistant.domain.draft import CLOSING, GREETING, Draft, Sentence
from assistant.domain.view import DraftRequest

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "qmsum" / "val.jsonl"
CARD = """
name = "Meeting project"
as_of = 2026-03-20
language = "en"
greeting = "Dear {salutation},"
closing = "Kind regards,\\nSam Reader"
[client]
id = "client"
name = "The client"
[sender]
name = "Sam Reader"
email = "sam@reader.example"
[[contacts]]
name = "Kim Client"
email = "kim@client.example"
salutation = "Ms Client"
default = "to"
"""
FIRST_WORD = re.compile(r"\A\W*\w+")
TOKEN = re.compile(r"\d[\d.,:/-]*|\b[A-Z][A-Za-z'-]+")
MONTH_OF = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October")


def workspace(folder: Path, meetings: list[int]) -> None:
    """Write the meetings as dated note files of one project."""
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    notes = folder / "projects" / "meetings" / "notes"
    notes.mkdir(parents=True)
    (folder / "sincerely.toml").write_text("", encoding="utf-8")
    (folder / "projects" / "meetings" / "project.toml").write_text(CARD, encoding="utf-8")
    for place, number in enumerate(meetings):
        turns = rows[number % len(rows)]["meeting_transcripts"]
        text = "\n".join(f"{turn['speaker']}: {turn['content']}" for turn in turns)
        (notes / f"2026-03-{10 + 3 * place:02d} meeting.md").write_text(f"# Meeting\n\n{text}\n", encoding="utf-8")


def unproved(draft: Draft, sentence: Sentence) -> list[str]:
    """Give the digit groups and capitalised words of a sentence that its cited passages do not hold."""
    passages = [e.passage for n in sentence.evidence if (e := draft.evidence_numbered(n)) is not None]
    held = " ".join(f"{p.text} {' '.join(p.headings)}" for p in passages).casefold()
    for p in passages:
        if p.dated:
            held += f" {p.dated.isoformat()} {p.dated.day} {MONTH_OF[p.dated.month]} {p.dated.year}".casefold()
    body = FIRST_WORD.sub("", sentence.text)
    return [t for t in TOKEN.findall(body) if t.strip(".,:/-").casefold() not in held]


def main() -> None:
    """Build, draft, count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--meetings", default="0,12,30")
    parser.add_argument("--show", action="store_true", help="print the draft (public text) as well")
    options = parser.parse_args()
    if not DATA.is_file():
        sys.exit("The QMSum data is not beside the project (../shared/data/qmsum/val.jsonl); nothing was measured.")
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "workspace"
        workspace(folder, [int(n) for n in options.meetings.split(",")])
        services = open_propose(folder)
        report = services.index("meetings")
        view = services.draft(DraftRequest("meetings", "status"))
    draft = view.draft
    if options.show:
        print(draft.body, "\n")
    spoken = [s for sec in draft.sections if sec.step not in (GREETING, CLOSING) for s in sec.sentences]
    cited = [s for s in spoken if s.evidence]
    by_check = {
        f.sentence_id for f in view.findings if f.check == "support" and f.code.endswith(("missing", "differs"))
    }
    plain = {s.id: words for s in cited if (words := unproved(draft, s))}
    print(
        f"meetings {options.meetings}: {report.passages} passages, {len(spoken)} sentences, {len(cited)} with evidence"
    )
    print(f"support check: {len(by_check)} sentences with an unproved number, date or name")
    print(f"plain reading: {len(plain)} sentences {sorted(plain.values())}")


if __name__ == "__main__":
    main()
