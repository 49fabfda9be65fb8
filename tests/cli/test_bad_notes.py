"""Notes nobody would like to read: each is named with its reason, and the others are still indexed."""

import os
import subprocess
import sys
from pathlib import Path

from assistant.bootstrap import open_propose

SIZE_50_MB = 50 * 1024 * 1024


def notes_of(sample: Path) -> Path:
    folder = sample / "projects" / "trade-portal" / "notes"
    for old in [p for p in folder.rglob("*") if p.is_file()]:
        old.unlink()
    return folder


def test_bad_files_are_named_and_good_ones_indexed(sample: Path, tmp_path: Path) -> None:
    notes = notes_of(sample)
    (notes / "good.md").write_text("# Log 9 March 2026\n\nThe scanner order went out.\n", encoding="utf-8")
    (notes / "gb.txt").write_bytes("三仓上线由6月8日调整为6月24日,彭经理同意。".encode("gb18030"))
    (notes / "utf16.txt").write_bytes("Kick-off moved to 12 May 2026, agreed by phone.".encode("utf-16"))
    (notes / "utf16le.txt").write_bytes("上线评审改到6月23日下午,彭经理同意。".encode("utf-16-le"))
    (notes / "junk.txt").write_bytes(bytes(range(256)) * 40)
    (notes / "empty.md").write_text("", encoding="utf-8")
    with (notes / "huge.txt").open("wb") as huge:
        huge.truncate(SIZE_50_MB)
    outside = tmp_path / "secret.md"
    outside.write_text("Somebody else's notes.", encoding="utf-8")
    (notes / "link.md").symlink_to(outside)

    services = open_propose(sample)
    report = services.index("trade-portal")

    skipped = {Path(s.path).name: s.reason for s in report.skipped}
    assert {"junk.txt", "huge.txt", "link.md"} <= skipped.keys()
    assert "empty.md" not in skipped or "empty" in skipped["empty.md"]
    texts = " ".join(p.text for p in services.store.passages("trade-portal"))
    for words in ("scanner order", "6月24日", "12 May 2026", "6月23日"):
        assert words in texts
    assert "Somebody else" not in texts


def test_an_empty_notes_folder_is_no_error_and_says_what_is_missing(sample: Path) -> None:
    notes_of(sample)
    services = open_propose(sample)
    assert services.index("trade-portal").passages == 0
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "draft", "status", "-p", "trade-portal"],
        cwd=sample, capture_output=True, text=True, check=False, env={**os.environ},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode == 3
    assert "[…" in done.stdout


def test_removed_and_renamed_notes_leave_the_index(sample: Path) -> None:
    notes = notes_of(sample)
    (notes / "a.md").write_text("The walrus contract was signed on 3 March 2026.", encoding="utf-8")
    (notes / "b.md").write_text("The badger survey is late.", encoding="utf-8")
    services = open_propose(sample)
    services.index("trade-portal")
    (notes / "a.md").rename(notes / "c.md")
    (notes / "b.md").unlink()
    report = services.index("trade-portal")
    assert (report.removed, report.added) == (2, 1)
    assert {p.path for p in services.store.passages("trade-portal")} == {"notes/c.md"}
    assert [h.passage.path for h in services.search("trade-portal", "walrus contract").hits] == ["notes/c.md"]
    assert services.search("trade-portal", "badger survey").hits[:1] != ()
    assert all("badger" not in h.passage.text for h in services.search("trade-portal", "badger survey").hits)
