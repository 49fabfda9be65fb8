"""The commands as a person runs them: real processes on a real workspace."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.checks.run import CHECKS

ROOT = Path(__file__).resolve().parents[2]


def run(
    *arguments: str, cwd: Path, stdin: str | bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=cwd,
        input=data or b"",
        capture_output=True,
        check=False,
        timeout=180,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def out(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stdout.decode()


def err(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode()


def one_sentence(done: subprocess.CompletedProcess[bytes]) -> str:
    """The command's only complaint: one line, no traceback."""
    lines = err(done).strip().splitlines()
    assert len(lines) == 1, lines
    assert "Traceback" not in lines[0]
    return lines[0]


def test_outside_a_workspace_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    done = run("index", cwd=tmp_path)
    assert done.returncode == 1
    assert "sincerely init" in one_sentence(done)


def test_an_unknown_project_is_named_beside_the_known_ones(indexed: Path) -> None:
    done = run("draft", "status", "-p", "nobody", cwd=indexed)
    assert done.returncode == 1
    assert "trade-portal" in one_sentence(done)


def test_an_unknown_kind_names_the_known_ones(indexed: Path) -> None:
    done = run("draft", "poem", "-p", "trade-portal", cwd=indexed)
    assert done.returncode == 1
    assert "status" in one_sentence(done)


def test_a_workspace_is_found_upwards_and_by_option(indexed: Path, tmp_path: Path) -> None:
    deep = indexed / "projects" / "trade-portal" / "notes"
    assert run("outbox", cwd=deep).returncode == 0
    assert run("-C", str(indexed), "outbox", cwd=tmp_path).returncode == 0


def test_draft_json_is_one_document_on_standard_output(indexed: Path) -> None:
    done = run("draft", "status", "-p", "trade-portal", "--json", cwd=indexed)
    draft = json.loads(out(done))
    assert done.returncode == (3 if any(f["severity"] == "block" for f in draft["findings"]) else 0)
    assert {
        "id", "project", "kind", "language", "as_of", "subject", "body", "writer", "recipients", "sections",
        "evidence", "gaps", "findings", "status",
    } <= draft.keys()  # fmt: skip
    numbers = {e["n"] for e in draft["evidence"]}
    for section in draft["sections"]:
        for sentence in section["sentences"]:
            assert set(sentence["evidence"]) <= numbers
            assert sentence["text"] in draft["body"]


def test_two_dates_give_two_values(indexed: Path) -> None:
    def body(day: str) -> str:
        return str(
            json.loads(out(run("draft", "status", "-p", "trade-portal", "--as-of", day, "--json", cwd=indexed)))["body"]
        )

    early, late = body("2026-03-09"), body("2026-03-20")
    assert "30 March" in early
    assert "22 April" not in early
    assert "22 April" in late


def test_check_exits_three_on_a_block_and_zero_without(indexed: Path) -> None:
    blocked = run("check", "-", "-p", "trade-portal", cwd=indexed, stdin="The date is TBD.\n")
    assert blocked.returncode == 3
    fine = run("check", "-", "-p", "trade-portal", cwd=indexed, stdin="Thank you for your patience.\n")
    assert fine.returncode == 0


def test_hasty_texts_are_caught_in_both_languages(indexed: Path) -> None:
    for slug in ("trade-portal", "lanting-wms"):
        done = run("check", f"hasty/{slug}.txt", "-p", slug, "--kind", "status", "--json", cwd=indexed)
        found = {f["check"] for f in json.loads(out(done))["findings"]}
        assert {"support", "superseded", "gap", "audience", "coverage"} <= found
        assert done.returncode == 3


def test_search_in_a_pipe_whose_reader_leaves(indexed: Path) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m assistant search "go-live" -p trade-portal | head -1',
        shell=True, cwd=indexed, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    assert done.stdout.strip()


def test_the_desk_refuses_a_pipe(indexed: Path) -> None:
    done = run("desk", cwd=indexed)
    assert done.returncode == 2
    assert "terminal" in err(done)


def test_batch_check_answers_in_order(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "evidence": ["Go-live is on 22 April 2026."], "text": "Go-live is on 22 April 2026."},
        {"id": "b", "evidence": ["Go-live is on 22 April 2026."], "text": "Go-live is on 23 April 2026."},
        {"id": "c", "evidence": ["上线日期为2026年4月22日。"], "text": "上线日期为2026年4月25日。"},
    ]
    done = run("check", "--jsonl", "-", cwd=tmp_path, stdin="\n".join(json.dumps(r) for r in rows))
    assert done.returncode == 0, err(done)
    answers = [json.loads(line) for line in out(done).splitlines()]
    assert [a["id"] for a in answers] == ["a", "b", "c"]
    assert [a["supported"] for a in answers] == [True, False, False]


@pytest.mark.parametrize("command", ["check", "triage", "actions", "search"])
@pytest.mark.parametrize(("line", "words"), [("{", "Line 1"), ("[]", "Line 1"), ('{"id": 1}', "Row 1")])
def test_a_broken_batch_line_is_named(tmp_path: Path, command: str, line: str, words: str) -> None:
    done = run(command, "--jsonl", "-", cwd=tmp_path, stdin=line + "\n")
    assert done.returncode == 2
    assert words in one_sentence(done)


def test_a_row_that_lacks_a_field_says_which_and_keeps_the_answers_before_it(tmp_path: Path) -> None:
    rows = '{"id": 1, "text": "Where is it?"}\n\n{"id": 2, "note": "Where?"}\n'
    done = run("triage", "--jsonl", "-", cwd=tmp_path, stdin=rows)
    assert done.returncode == 2
    assert [json.loads(line)["id"] for line in out(done).splitlines()] == [1]
    assert 'Row 2 of - lacks the field "text"' in err(done)
    assert "answered before it: 1." in err(done)


def test_init_asks_for_a_project_and_refuses_to_do_it_twice(tmp_path: Path) -> None:
    answers = "Café Portal\nAcme\nAna\nana@us.example\nBen\nben@acme.example\nen\nEurope/Paris\n"
    done = run("init", "space", cwd=tmp_path, stdin=answers)
    assert done.returncode == 0, err(done)
    card = tmp_path / "space" / "projects" / "café-portal" / "project.toml"
    assert card.is_file()
    again = run("init", "space", cwd=tmp_path, stdin="")
    assert again.returncode == 2
    assert "workspace already" in err(again)


@pytest.mark.parametrize(
    ("wrong", "answers"),
    [
        ("not an e-mail address", "P\nAcme\nAna\nnot-an-address\nana@us.example\nBen\nben@acme.example\nen\nUTC\n"),
        ("no time zone", "P\nAcme\nAna\nana@us.example\nBen\nben@acme.example\nen\nParis\nEurope/Paris\n"),
        ("at least one letter", "P\n--\nAcme\nAna\nana@us.example\nBen\nben@acme.example\nen\nUTC\n"),
    ],
)
def test_init_asks_again_for_a_wrong_answer_alone(tmp_path: Path, wrong: str, answers: str) -> None:
    done = run("init", "space", cwd=tmp_path, stdin=answers)
    assert done.returncode == 0, err(done)
    assert wrong in err(done)
    card = (tmp_path / "space" / "projects" / "p" / "project.toml").read_text(encoding="utf-8")
    assert "ana@us.example" in card
    assert "Acme" in card


def test_init_that_is_cut_off_leaves_nothing(tmp_path: Path) -> None:
    done = run("init", "space", cwd=tmp_path, stdin="P\nAcme\nAna\nnot-an-address\n")
    assert done.returncode != 0
    assert not (tmp_path / "space").exists()


def test_init_sample_gives_a_workspace_that_indexes(tmp_path: Path) -> None:
    assert run("init", "--sample", "s", cwd=tmp_path).returncode == 0
    done = run("index", cwd=tmp_path / "s")
    assert done.returncode == 0
    assert "trade-portal" in err(done)


def test_messages_follow_the_language(indexed: Path) -> None:
    assert "发件箱" in err(run("outbox", cwd=indexed, LANG="zh_CN.UTF-8"))
    assert "没有找到" in one_sentence(run("index", "-p", "nobody", cwd=indexed, LANG="zh_CN.UTF-8"))


def test_a_read_only_workspace_is_one_sentence(sample: Path, tmp_path: Path) -> None:
    """Run as an ordinary user where the tests run as root, whom permissions do not stop."""
    sample.chmod(0o555)
    if os.geteuid() == 0:
        blocker = sample / ".sincerely"
        blocker.write_text("a file where the folder should be", encoding="utf-8")
    done = run("index", cwd=sample)
    sample.chmod(0o755)
    assert done.returncode == 1
    assert "state_dir" in one_sentence(done)


def test_doctor_names_each_part(indexed: Path) -> None:
    done = run("doctor", "--json", cwd=indexed)
    assert done.returncode == 0, out(done)
    states = {part["part"]: part["state"] for part in json.loads(out(done))}
    assert states["embedder"] == "good"
    assert states["projects"] == "good"


def test_the_demo_shows_every_check_and_ends_well(tmp_path: Path) -> None:
    done = run("demo", "--headless", cwd=tmp_path)
    assert done.returncode == 0, err(done)[-2000:]
    shown = out(done)
    found = shown.splitlines()[-1].partition(": ")[2].split(", ")
    assert set(found) >= set(CHECKS)
    assert "E1" in shown
    assert "顾主任" in shown
