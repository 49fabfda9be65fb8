"""What each failure of a model ends in at the two doors a person or a program uses: the command line and the API."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.dependencies import ApiKey
from assistant.__main__ import main
from assistant.adapters import chat_model
from assistant.bootstrap import open_propose
from assistant.settings import read_settings
from tests.writing.conftest import Endpoint, Reply, chunk
from tests.writing.test_degrading import CARD, CITED, FAILURES, LOG, MINUTES, answer, changes, refusal

ROOT = Path(__file__).resolve().parents[2]
KEY = "a-key-of-this-test"
SETTINGS = """
[embedding]
name = "none"
[model]
name = "openai:some-model"
base_url = "{url}"
max_retries = 0
timeout_seconds = {seconds}
on_failure = "{on_failure}"
{more}
"""
ALL = [
    *FAILURES,
    ("failed_cut_off", Reply(events=(chunk('{"subject": "'),), endless=chunk("very " * 400))),
    ("failed_timeout", Reply(pings=True)),
]


def nobody() -> str:
    """The address of an endpoint that is not there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/v1"


@pytest.fixture(autouse=True)
def _little_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_model, "GRACE_SECONDS", 0.5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "projects" / "mill" / "notes"
    notes.mkdir(parents=True)
    (notes.parent / "project.toml").write_text(CARD.format(limit="any"), encoding="utf-8")
    (notes / "2026-03-11 minutes.md").write_text(MINUTES, encoding="utf-8")
    (notes / "2026-03-18 log.md").write_text(LOG, encoding="utf-8")
    return tmp_path


def configure(folder: Path, url: str, *, on_failure: str = "offline", seconds: float = 20.0, more: str = "") -> None:
    words = SETTINGS.format(url=url, on_failure=on_failure, seconds=seconds, more=more)
    (folder / "sincerely.toml").write_text(words, encoding="utf-8")


@dataclass(frozen=True)
class Ended:
    """What a command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def command(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """`sincerely …` in that workspace, in an interface language."""

    def run(*arguments: str, language: str = "en") -> Ended:
        monkeypatch.setenv("LANG", "zh_CN.UTF-8" if language == "zh" else "C.UTF-8")
        monkeypatch.setattr(sys, "argv", ["sincerely", "-C", str(folder), *arguments])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        shown = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, shown.out, shown.err)

    return run


def api(folder: Path) -> TestClient:
    app = create_app(open_propose(folder, read_settings(folder)), keys={KEY: ApiKey()})
    return TestClient(app, headers={"X-API-Key": KEY}, raise_server_exceptions=False)


def ask(client: TestClient, language: str) -> tuple[int, Mapping[str, object]]:
    answered = client.post("/projects/mill/drafts", json={"kind": "status"}, headers={"Accept-Language": language})
    return answered.status_code, answered.json()


@pytest.mark.parametrize(("code", "reply"), ALL, ids=[f"{n}-{code}" for n, (code, _) in enumerate(ALL)])
def test_at_both_doors_a_failure_ends_in_a_draft_that_says_who_wrote_and_why(
    folder: Path, endpoint: Endpoint, command: Command, code: str, reply: Reply
) -> None:
    waits = reply.hangs or reply.pings
    configure(folder, endpoint.url, seconds=0.3 if waits else 20.0, more="max_tokens = 400" if reply.endless else "")
    endpoint.script = [reply] * 4
    why = {}
    for language in ("en", "zh"):
        status, draft = ask(api(folder), language)
        assert status == 201
        writer = draft["writer"]
        assert isinstance(writer, dict)
        assert writer["name"] == "offline"
        assert writer["reasons"][0]["code"] == code
        assert "22 April" in str(draft["body"])
        why[language] = writer["why"]
        ended = command("draft", "status", "-p", "mill", language=language)
        assert ended.code in (0, 3)
        assert "Traceback" not in ended.err
        assert "22 April 2026" in ended.out
        assert str(writer["why"]) in ended.out
    assert why["en"] != why["zh"]
    assert any("\u4e00" <= c <= "\u9fff" for c in str(why["zh"]))
    assert not any("\u4e00" <= c <= "\u9fff" for c in str(why["en"]))


@pytest.mark.parametrize(("code", "reply"), ALL, ids=[f"{n}-{code}" for n, (code, _) in enumerate(ALL)])
def test_at_both_doors_a_failure_is_a_clear_error_where_the_settings_say_so(
    folder: Path, endpoint: Endpoint, command: Command, code: str, reply: Reply
) -> None:
    waits = reply.hangs or reply.pings
    configure(
        folder,
        endpoint.url,
        on_failure="error",
        seconds=0.3 if waits else 20.0,
        more="max_tokens = 400" if reply.endless else "",
    )
    endpoint.script = [reply] * 4
    for language in ("en", "zh"):
        status, problem = ask(api(folder), language)
        assert status in (502, 503)
        told = str(problem["detail"])
        assert any("\u4e00" <= c <= "\u9fff" for c in told) is (language == "zh")
        ended = command("draft", "status", "-p", "mill", language=language)
        assert ended.code == 1
        assert ended.out == ""
        (line,) = [one for one in ended.err.splitlines() if one.startswith("sincerely:")]
        assert "Traceback" not in ended.err
        assert any("\u4e00" <= c <= "\u9fff" for c in line) is (language == "zh")
        if language == "zh":
            assert told in line
    assert api(folder).get("/drafts").json()["total"] == 0, "nothing half written is left in the queue"


def test_no_network_and_no_key_end_in_an_offline_draft_too(folder: Path, command: Command) -> None:
    for url, code, words in (
        (nobody(), "failed_unreachable", {"en": "could not be reached", "zh": "连接不上模型"}),
        ("", "failed_key_missing", {"en": "No key for model", "zh": "密钥"}),
    ):
        configure(folder, url)
        for language in ("en", "zh"):
            _, draft = ask(api(folder), language)
            assert draft["writer"]["reasons"][0]["code"] == code  # type: ignore[index]
            assert words[language] in command("draft", "status", "-p", "mill", language=language).out


def test_a_reached_ceiling_is_said_at_both_doors(folder: Path, endpoint: Endpoint, command: Command) -> None:
    configure(folder, endpoint.url, more="tokens_per_day = 100")
    for language, words in (("en", "ceiling of 100 tokens"), ("zh", "100")):
        assert words in str(ask(api(folder), language)[1]["writer"])
        assert words in command("draft", "status", "-p", "mill", language=language).out
    configure(folder, endpoint.url, on_failure="error", more="tokens_per_day = 100")
    status, problem = ask(api(folder), "en")
    assert (status, "ceiling of 100 tokens" in str(problem["detail"])) == (503, True)
    assert endpoint.asked == []


def test_citations_that_do_not_exist_are_told_of_and_marked(folder: Path, endpoint: Endpoint, command: Command) -> None:
    configure(folder, endpoint.url)
    invented = {"text": "The server has 64 cores.", "evidence": [77]}
    endpoint.script = [answer(CITED, invented), changes()] * 2
    _, draft = ask(api(folder), "en")
    writer, findings = draft["writer"], draft["findings"]
    assert isinstance(writer, dict)
    assert isinstance(findings, list)
    assert (writer["name"], writer["model"]) == ("model", "m-1")
    assert writer["reasons"][0] == {"code": "citations_dropped", "values": {"count": "1"}}
    start = str(draft["body"]).index("The server has")
    assert ("support", start) in {(f["check"], f["start"]) for f in findings}
    out = command("draft", "status", "-p", "mill", language="zh").out
    assert "撰写：语言模型 m-1" in out
    assert "64 cores" in out


def test_a_rate_limit_is_waited_for_and_the_model_writes_after_all(
    folder: Path, endpoint: Endpoint, command: Command
) -> None:
    configure(folder, endpoint.url)
    words = (folder / "sincerely.toml").read_text(encoding="utf-8").replace("max_retries = 0", "max_retries = 1")
    (folder / "sincerely.toml").write_text(words, encoding="utf-8")
    endpoint.script = [refusal(429, retry_after="0"), answer(CITED)]
    ended = command("draft", "status", "-p", "mill", "--json")
    assert json.loads(ended.out)["writer"]["name"] == "model"


def test_a_process_of_its_own_ends_well_while_the_endpoint_hangs(folder: Path, endpoint: Endpoint) -> None:
    configure(folder, endpoint.url, seconds=0.3)
    endpoint.script = [Reply(events=(chunk('{"sub'),), hangs=True)]
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "-C", str(folder), "draft", "status", "-p", "mill", "--json"],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SINCERELY_MODEL_KEY": "placeholder"},
    )
    assert b"Traceback" not in done.stderr
    draft = json.loads(done.stdout)
    assert (draft["writer"]["name"], draft["writer"]["reasons"][0]["code"]) == ("offline", "failed_timeout")
    assert endpoint.keys == ["Bearer placeholder"]


def test_while_one_process_asks_another_cannot_pass_the_ceiling_with_it(folder: Path, endpoint: Endpoint) -> None:
    """The first waits for its answer; only one such question fits into the day."""
    configure(folder, endpoint.url, seconds=60.0, more="tokens_per_day = 9000\nmax_tokens = 4000")
    open_propose(folder, read_settings(folder)).index("mill")
    endpoint.script = [Reply(events=(chunk('{"sub'),), hangs=True)]
    command = [sys.executable, "-m", "assistant", "-C", str(folder), "draft", "status", "-p", "mill", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=environment) as first:
        while not endpoint.asked:
            assert first.poll() is None
            time.sleep(0.02)
        second = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120, env=environment)
        first.kill()
    writer = json.loads(second.stdout)["writer"]
    assert (writer["name"], writer["reasons"][0]["code"]) == ("offline", "ceiling_tokens")
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize(("language", "words"), [("en", "no price was set"), ("zh", "未设价格")])
def test_without_prices_the_command_gives_tokens_and_says_that_the_cost_is_not_known(
    folder: Path, endpoint: Endpoint, command: Command, language: str, words: str
) -> None:
    configure(folder, endpoint.url)
    endpoint.script = [answer(CITED)] * 2
    out = command("draft", "status", "-p", "mill", language=language).out
    assert "18" in out
    assert words in out
    configure(folder, endpoint.url, more='input_price = "2"\noutput_price = "8"\ncurrency = "EUR"')
    out = command("draft", "status", "-p", "mill", language=language).out
    assert "(0.0001 EUR)" in out
    assert words not in out
