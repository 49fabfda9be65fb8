"""How long a draft takes in a warm process: gathering evidence, the offline writer, the checks, and storing it.

    python bench/warm_draft.py [--runs 10]

Every project of the sample workspace, every kind that its demo script names.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from assistant.bootstrap import open_propose, sample_folder
from assistant.cli.triage import mail_from
from assistant.domain.view import DraftRequest

MAILS = {
    "trade-portal": "notes/2026-03-18 Aldous complaint.eml",
    "lanting-wms": "notes/2026-05-27 顾主任来信.eml",
}


def main() -> None:
    """Measure each kind and project apart."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=10)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "workspace"
        shutil.copytree(sample_folder(), folder)
        services = open_propose(folder)
        for slug, mail in MAILS.items():
            services.index(slug)
            inbound = services.take_in(slug, mail_from(str(folder / "projects" / slug / mail))).id
            for kind in ("status", "complaint", "expectation"):
                asked = DraftRequest(slug, kind, inbound_id=None if kind == "status" else inbound)
                times = []
                for _ in range(runs + 1):
                    started = time.perf_counter()
                    services.draft(asked)
                    times.append((time.perf_counter() - started) * 1000)
                first, rest = times[0], sorted(times[1:])
                median = statistics.median(rest)
                print(f"{slug:<14}{kind:<12} first {first:6.0f}  then median {median:5.0f}  max {rest[-1]:5.0f} ms")


if __name__ == "__main__":
    main()
