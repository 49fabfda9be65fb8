"""`sincerely index` as a person runs it: real processes that are watched, interrupted, killed, and find damage."""

import json
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.retrieval.index_workspace import Endpoint, make_workspace, run, start, wait_until


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    yield server
    server.shutdown()
    server.server_close()


def notes_of(workspace: Path, slug: str = "harbour") -> Path:
    return workspace / "projects" / slug / "notes"


def indexed_texts(workspace: Path) -> dict[str, str]:
    """The passages as another process sees them, by path."""
    if not (workspace / ".sincerely" / "index.db").exists():
        return {}
    with sqlite3.connect(workspace / ".sincerely" / "index.db") as database:
        listed = database.execute("SELECT name FROM sqlite_master WHERE name = 'passages'").fetchone()
        rows = (
            database.execute("SELECT path, text FROM passages WHERE project = 'harbour'").fetchall() if listed else []
        )
    database.close()
    return dict(rows)


# --- watching -------------------------------------------------------------------------------------------------


def test_a_watch_keeps_up_with_a_folder_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "w", "harbour")
    notes = notes_of(workspace)
    (notes / "first.md").write_text("The first note speaks of scanners.", encoding="utf-8")
    said = tmp_path / "said"
    with said.open("wb") as err, start(workspace, "index", "--watch", err=err) as watch:
        try:
            wait_until(lambda: "Ctrl-C" in said.read_text())
            assert "harbour: 1 new" in said.read_text()
            (notes / "second.md").write_text("The second note speaks of lockers.", encoding="utf-8")
            wait_until(lambda: "notes/second.md" in indexed_texts(workspace))
            (notes / "first.md").write_text("第一条笔记改写了，讲的是培训。", encoding="utf-8")
            wait_until(lambda: "培训" in indexed_texts(workspace).get("notes/first.md", ""))
            (notes / "second.md").rename(notes / "moved.md")
            wait_until(lambda: set(indexed_texts(workspace)) == {"notes/first.md", "notes/moved.md"})
            (notes / "broken.docx").write_bytes(b"PK\x03\x04 no document")
            wait_until(lambda: "notes/broken.docx" in said.read_text())
            (notes / "sub" / "deep").mkdir(parents=True)
            (notes / "sub" / "deep" / "third.md").write_text("The third note, after the broken one.", encoding="utf-8")
            wait_until(lambda: "notes/sub/deep/third.md" in indexed_texts(workspace))
            (notes / "moved.md").unlink()
            wait_until(lambda: set(indexed_texts(workspace)) == {"notes/first.md", "notes/sub/deep/third.md"})
            card = workspace / "projects" / "harbour" / "project.toml"
            whole = card.read_text(encoding="utf-8")
            card.write_text("name = [", encoding="utf-8")
            wait_until(lambda: "project.toml" in said.read_text())
            card.write_text(whole, encoding="utf-8")
            (notes / "fourth.md").write_text("The fourth note.", encoding="utf-8")
            wait_until(lambda: "notes/fourth.md" in indexed_texts(workspace))
        finally:
            watch.send_signal(signal.SIGINT)
        assert watch.wait(timeout=30) == 0
        assert watch.stdout is not None
        assert watch.stdout.read() == b"", "results go to standard output, and a watch has none"
    words = said.read_text()
    assert "Traceback" not in words
    assert words.count("broken.docx") == 1, "a broken file is said once"
    assert words.rstrip().splitlines()[-1].startswith("Stopped watching")


# --- interrupted ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_run_cut_off_while_embedding_loses_nothing_and_repeats_nothing(
    tmp_path: Path, endpoint: Endpoint, sign: signal.Signals
) -> None:
    endpoint.seconds = 0.15
    workspace = make_workspace(tmp_path, "harbour", settings=endpoint.settings())
    for n in range(200):
        (notes_of(workspace) / f"{n:03d}.md").write_text(f"Note number {n} has words of its own.", encoding="utf-8")
    with start(workspace, "index") as cut:
        wait_until(lambda: len(endpoint.answered) > 64)
        cut.send_signal(sign)
        _, err = cut.communicate(timeout=30)
    assert cut.returncode == (130 if sign is signal.SIGINT else -signal.SIGKILL)
    assert err.decode().strip() == ("Stopped; nothing is half done." if sign is signal.SIGINT else "")
    wait_until(lambda: endpoint.working == 0)  # what was on its way is answered, to nobody
    first = [text for text in endpoint.answered if text.startswith("Note number")]
    with sqlite3.connect(workspace / ".sincerely" / "index.db") as database:
        (stored,) = database.execute("SELECT count(*) FROM vectors").fetchone()
    database.close()
    assert len(first) - 64 <= stored <= len(first), "at most what was on its way is lost"
    assert stored >= 32

    endpoint.seconds = 0.0
    endpoint.answered.clear()
    code, out, _ = run(workspace, "search", "-p", "harbour", "--json", "Note number 77")
    assert code == 0
    assert json.loads(out)["lexical_only"] is False
    assert run(workspace, "index")[0] == 0
    again = [text for text in endpoint.answered if text.startswith("Note number") and text != "Note number 77"]
    assert len(again) == 200 - stored, "what was embedded is not embedded again"
    assert len(set(again)) == len(again)
    endpoint.answered.clear()
    assert run(workspace, "index")[0] == 0
    assert not any(text.startswith("Note number") for text in endpoint.answered)


def test_a_watch_that_is_ended_at_its_first_run_ends_well_and_says_what_was_kept(
    tmp_path: Path, endpoint: Endpoint
) -> None:
    endpoint.seconds = 0.15
    workspace = make_workspace(tmp_path / "w", "harbour", settings=endpoint.settings())
    for n in range(200):
        (notes_of(workspace) / f"{n:03d}.md").write_text(f"Note number {n} has words of its own.", encoding="utf-8")
    said = tmp_path / "said"
    with said.open("wb") as err, start(workspace, "index", "--watch", err=err) as watch:
        wait_until(lambda: len(endpoint.answered) > 64)
        watch.send_signal(signal.SIGINT)
        assert watch.wait(timeout=30) == 0
    kept, ended = said.read_text().splitlines()
    with sqlite3.connect(workspace / ".sincerely" / "index.db") as database:
        (stored,) = database.execute("SELECT count(*) FROM vectors").fetchone()
    database.close()
    assert kept.startswith(f"harbour: {stored} of 200 passages")
    assert ended.startswith("Stopped watching")


def test_a_search_of_a_project_without_notes_names_the_command(tmp_path: Path, endpoint: Endpoint) -> None:
    workspace = make_workspace(tmp_path, "harbour", settings=endpoint.settings())
    code, out, err = run(workspace, "search", "-p", "harbour", "go-live")
    assert (code, out) == (0, "")
    assert "no indexed notes" in err
    assert "`sincerely index`" in err


@pytest.mark.parametrize(("language", "says"), [("en", "of 400 passages have vectors"), ("zh", "目前 400 段中有")])
def test_a_search_says_how_many_passages_have_vectors(
    tmp_path: Path, endpoint: Endpoint, language: str, says: str
) -> None:
    endpoint.seconds = 1.5  # a batch: the search waits for a few of them, not for all
    settings = f'[interface]\nlanguage = "{language}"\n{endpoint.settings()}'
    workspace = make_workspace(tmp_path, "harbour", settings=settings)
    for n in range(400):
        (notes_of(workspace) / f"{n:03d}.md").write_text(f"Note number {n} has words of its own.", encoding="utf-8")
    code, _, err = run(workspace, "search", "-p", "harbour", "Note number 77")
    assert code == 0
    assert says in err
    endpoint.seconds = 0.0
    code, out, err = run(workspace, "search", "-p", "harbour", "--json", "Note number 77")
    found = json.loads(out)
    assert (code, found["passages"], found["with_vectors"], found["notice"], err) == (0, 400, 400, "", "")


# --- another embedder -----------------------------------------------------------------------------------------


def test_another_embedder_is_an_error_that_names_the_command_which_rebuilds(tmp_path: Path, endpoint: Endpoint) -> None:
    workspace = make_workspace(tmp_path, "harbour", settings=endpoint.settings("one"))
    (notes_of(workspace) / "a.md").write_text("Go-live moves to 22 April 2026.", encoding="utf-8")
    assert run(workspace, "index")[0] == 0
    settings = workspace / "sincerely.toml"
    settings.write_text(endpoint.settings("two"), encoding="utf-8")
    code, _, err = run(workspace, "search", "-p", "harbour", "go-live")
    assert code == 1
    assert "openai/one" in err
    assert "`sincerely index`" in err
    settings.write_text(endpoint.settings("one"), encoding="utf-8")
    asked = len(endpoint.answered)
    code, out, err = run(workspace, "search", "-p", "harbour", "--json", "go-live")
    assert (code, json.loads(out)["lexical_only"], err) == (0, False, ""), "nothing was thrown away by the search"
    assert endpoint.answered[asked:].count("Go-live moves to 22 April 2026.") == 0

    settings.write_text(endpoint.settings("two"), encoding="utf-8")
    endpoint.dimension = 24
    assert run(workspace, "index")[0] == 0
    code, out, err = run(workspace, "search", "-p", "harbour", "--json", "go-live")
    assert (code, json.loads(out)["lexical_only"], err) == (0, False, "")
    endpoint.dimension = 8
    code, _, err = run(workspace, "search", "-p", "harbour", "go-live")
    assert code == 1
    assert "24 dimensions" in err
    assert "`sincerely index`" in err
    assert run(workspace, "index")[0] == 0
    assert run(workspace, "search", "-p", "harbour", "go-live")[0] == 0


def test_an_endpoint_that_fails_leaves_words_and_every_command_says_so(tmp_path: Path, endpoint: Endpoint) -> None:
    workspace = make_workspace(tmp_path, "harbour", settings=endpoint.settings())
    (notes_of(workspace) / "2026-03-01.md").write_text("Go-live moves to 22 April 2026.", encoding="utf-8")
    mail = tmp_path / "mail.txt"
    mail.write_text("Go-live moves to 22 April 2026.", encoding="utf-8")
    for indexed in (False, True):  # before there are vectors, and after
        if indexed:
            endpoint.fails = False
            assert run(workspace, "index")[0] == 0
            (notes_of(workspace) / "2026-03-02.md").write_text("The scanners are ordered.", encoding="utf-8")
        endpoint.fails = True
        code, out, err = run(workspace, "search", "-p", "harbour", "--json", "go-live")
        found = json.loads(out)
        assert (code, found["lexical_only"]) == (0, True)
        assert ("refused the key" if indexed else "not made yet") in found["notice"]
        assert found["hits"][0]["text"].startswith("Go-live")
        assert "by words only" in err
        code, out, err = run(workspace, "search", "-p", "harbour", "go-live")
        assert (code, "Go-live moves" in out, "by words only" in err) == (0, True, True)
        code, out, err = run(workspace, "draft", "status", "-p", "harbour", "--json", "--as-of", "2026-03-03")
        assert "by words only" in err
        assert "by words only" in json.loads(out)["writer"]["why"]
        code, out, err = run(workspace, "check", str(mail), "-p", "harbour", "--as-of", "2026-03-03")
        assert "by words only" in err
        code, _, err = run(workspace, "index")
        assert (code, "by words only" in err) == (0, True)


# --- damage ---------------------------------------------------------------------------------------------------


def _damage(path: Path, how: str) -> None:
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    data = path.read_bytes()
    for beside in ("", "-wal", "-shm"):  # under a new name on disk: what this process still has open is another file
        path.with_name(path.name + beside).unlink(missing_ok=True)
    made = {
        "garbage": b"junk" * 4000,
        "truncated": data[: len(data) // 2 // 4096 * 4096],
        "scribbled": data[:4096] + b"\xa5" * (len(data) - 4096),
        "empty": b"",
    }
    if how in made:
        path.write_bytes(made[how])


@pytest.mark.parametrize("how", ["garbage", "truncated", "scribbled", "empty", "gone"])
def test_a_damaged_index_is_made_anew_and_nothing_else_is_touched(tmp_path: Path, endpoint: Endpoint, how: str) -> None:
    workspace = make_workspace(tmp_path, "harbour", settings=endpoint.settings())
    for n in range(30):
        (notes_of(workspace) / f"{n}.md").write_text(f"Note {n} speaks of the go-live. " * 20, encoding="utf-8")
    assert run(workspace, "index")[0] == 0
    state = workspace / ".sincerely"
    kept = (state / "state.db").read_bytes()
    _damage(state / "index.db", how)
    damaged = how in {"garbage", "truncated", "scribbled"}
    code, _, err = run(workspace, "search", "-p", "harbour", "go-live")
    if damaged:
        assert code == 1
        assert "`sincerely index`" in err
        assert err.count("\n") == 1
        code, out, _ = run(workspace, "doctor")
        assert code == 1
        assert "`sincerely index`" in out
    else:
        assert code == 0
    code, _, err = run(workspace, "index")
    assert code == 0
    assert "30 new" in err or not damaged
    assert ("index.db.damaged" in err) == damaged
    assert (state / "index.db.damaged").exists() == damaged
    code, out, err = run(workspace, "search", "-p", "harbour", "--json", "Note 7")
    assert (code, json.loads(out)["lexical_only"], err) == (0, False, "")
    assert (state / "state.db").read_bytes() == kept
    code, _, err = run(workspace, "index")
    assert (code, "30 unchanged" in err) == (0, True)


def test_an_index_deleted_under_an_open_program_is_made_anew(tmp_path: Path) -> None:
    from assistant.bootstrap import open_propose

    workspace = make_workspace(tmp_path, "harbour")
    note = notes_of(workspace) / "a.md"
    note.write_text("The first words.", encoding="utf-8")
    services = open_propose(workspace)
    services.index("harbour")
    for name in ("index.db", "index.db-wal", "index.db-shm"):
        (workspace / ".sincerely" / name).unlink(missing_ok=True)
    assert services.index("harbour").added == 1
    assert [hit.passage.text for hit in services.search("harbour", "first words").hits] == ["The first words."]
    assert indexed_texts(workspace) == {"notes/a.md": "The first words."}, "others see the same file"


def test_a_note_changed_within_the_clocks_grain_or_with_an_old_time_is_read_again(tmp_path: Path) -> None:
    from assistant.bootstrap import open_propose

    workspace = make_workspace(tmp_path, "harbour")
    note = notes_of(workspace) / "a.md"
    note.write_text("Words AAAA.", encoding="utf-8")
    status = note.stat()
    services = open_propose(workspace)
    services.index("harbour")
    note.write_text("Words BBBB.", encoding="utf-8")
    os.utime(note, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert services.index("harbour").changed == 1
    assert time.time_ns() > status.st_mtime_ns
    assert indexed_texts(workspace) == {"notes/a.md": "Words BBBB."}
