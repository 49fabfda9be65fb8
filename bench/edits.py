"""How well the sorts of a person's edits are told: pairs of sentences in both languages, labelled by hand.

    python bench/edits.py [--wrong]

`bench/drafting/edits.jsonl` holds a sentence before and after an edit, and the sorts a reader would give the change:
fact (another value, name, place, state, certainty), promise (one came, went or became another), length (much longer or
shorter), language, and tone where the wording alone changed. They were labelled before the program saw them; the rules
were then mended by the first round and left alone after the second. Printed are, by round, the pairs with exactly the
labelled sorts and, for each sort, how many of its pairs have it (recall) and how many of those told to have it do
(precision).
"""

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from assistant.language.detect import has_cjk
from assistant.writing.edits import classify

PAIRS = Path(__file__).resolve().parent / "drafting" / "edits.jsonl"
AS_OF = date(2026, 3, 20)


def main() -> None:
    """Print the figures."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    told = [{c.value for c in classify(row["before"], row["after"], as_of=AS_OF)} for row in rows]
    for number in (1, 2):
        for name, chinese in (("English", False), ("Chinese", True)):
            here = [(r, t) for r, t in zip(rows, told, strict=True) if has_cjk(r["before"]) is chinese]
            chosen = [(r, t) for r, t in here if r["round"] == number]
            right = sum(set(r["classes"]) == t for r, t in chosen)
            print(f"round {number}, {name}: {right}/{len(chosen)} exactly as labelled")
    wanted = Counter(c for row in rows for c in row["classes"])
    given = Counter(c for found in told for c in found)
    both = Counter(c for row, found in zip(rows, told, strict=True) for c in found & set(row["classes"]))
    for sort in sorted(wanted | given):
        print(f"  {sort:<9} recall {both[sort]}/{wanted[sort]}  precision {both[sort]}/{given[sort]}")
    if "--wrong" in sys.argv[1:]:
        for row, found in zip(rows, told, strict=True):
            if set(row["classes"]) != found:
                print(f"{row['before']} -> {row['after']}: {sorted(row['classes'])}, told {sorted(found)}")


if __name__ == "__main__":
    main()
