"""A whole workspace with a model at a loopback endpoint: what works, and what each sort of failure ends in."""

import json
import socket
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.adapters.chat_model import LangChainChatModel
from assistant.bootstrap import open_desk
from assistant.cli.show import echo_view
from assistant.domain.draft import Origin
from assistant.domain.rewriting import Preset, Wish, WritingEvent, WritingStage
from assistant.domain.view import DraftRequest
from assistant.errors import ForbiddenError, ModelError, ModelUnavailableError
from assistant.i18n import text, texts
from assistant.services import DeskServices
from assistant.settings import ModelSettings, Settings
from assistant.wire import draft_json
from tests.writing.conftest import Endpoint, Reply, chunk, streamed

CARD = """
name = "Mill portal"
as_of = 2026-03-20
language = "en"
model = "{limit}"
[client]
id = "mill"
name = "Farhill Mill"
[sender]
name = "Ada Ray"
email = "ada@us.example"
[[contacts]]
name = "Ruth Osei"
email = "ruth@mill.example"
salutation = "Ms Osei"
default = "to"
"""
MINUTES = """---
date: 2026-03-11
kind: minutes
visibility: client
---

Agreed: go-live is now 22 April 2026 (was 30 March) because the interface arrived late.
"""
LOG = """---
date: 2026-03-18
kind: log
visibility: client
---

Regression finished: 40 cases, 38 passed.
"""
CITED = {
    "text": "Go-live is now 22 April 2026 instead of 30 March, because the interface arrived late.",
    "evidence": [1],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "projects" / "mill" / "notes"
    notes.mkdir(parents=True)
    (tmp_path / "sincerely.toml").write_text("", encoding="utf-8")
    (notes.parent / "project.toml").write_text(CARD.format(limit="local"), encoding="utf-8")
    (notes / "2026-03-11 minutes.md").write_text(MINUTES, encoding="utf-8")
    (notes / "2026-03-18 log.md").write_text(LOG, encoding="utf-8")
    return tmp_path


def opened(folder: Path, url: str, **model: object) -> DeskServices:
    asked = {"name": "openai:some-model", "base_url": url, "max_retries": 0, "timeout_seconds": 20.0, **model}
    settings = Settings.model_validate({"embedding": {"name": "none"}, "model": ModelSettings.model_validate(asked)})
    desk = open_desk(folder, settings)
    desk.index("mill", wait_for_vectors=False)
    return desk


def answer(*sentences: Mapping[str, object], step: str = "where-we-stand") -> Reply:
    sections = [{"step": step, "sentences": list(sentences)}]
    return streamed(json.dumps({"subject": "S", "sections": sections, "gaps": [], "promises": []}))


def changes(*changed: tuple[int, str, list[int]], not_done: tuple[str, ...] = ()) -> Reply:
    items = [
        {"sentence": n, "now": [{"text": words, "evidence": labels}] if words else []} for n, words, labels in changed
    ]
    return streamed(json.dumps({"changes": items, "not_done": list(not_done)}))


def refusal(status: int, message: str = "no", **headers: str) -> Reply:
    body = json.dumps({"error": {"message": message, "type": "x", "code": None}})
    return Reply(status, body=body, headers={k.replace("_", "-"): v for k, v in headers.items()})


FAILURES = [
    ("failed_key_refused", refusal(401)),
    ("failed_key_forbidden", refusal(403)),
    ("failed_model_unknown", refusal(404)),
    ("failed_rate_limit", refusal(429, retry_after="9")),
    ("failed_server", refusal(500)),
    ("failed_too_long", refusal(400, "context_length_exceeded")),
    ("failed_not_accepted", refusal(400, "the messages are not accepted")),
    ("failed_timeout", Reply(events=(chunk('{"sub'),), hangs=True)),
    ("failed_connection", Reply(events=(chunk('{"sub'),), broken_off=True)),
    ("failed_broke_off", Reply(events=(chunk('{"subject": "x"}'), "[DONE]"))),
    ("failed_cut_off", streamed('{"subject": "x', finish="length")),
    ("failed_filtered", streamed('{"subject": "x', finish="content_filter")),
    ("failed_refused", Reply(events=(chunk(refusal="I cannot help."), chunk(finish="stop"), "[DONE]"))),
    ("failed_not_json", streamed("Dear client, all is well.")),
    ("failed_no_sections", streamed('{"subject": "x"}')),
    ("failed_no_sentence", answer({"text": "x", "evidence": []}, step="elsewhere")),
    ("failed_no_sentence", answer({"text": "2026年5月20日, 2022年12:11:00", "evidence": []})),
    ("failed_repeats", answer(*[{"text": "All is well.", "evidence": [1]}] * 9)),
    ("failed_repeats", answer({"text": "very " * 900, "evidence": [1]})),
    ("failed_empty", Reply(body="<html>Sign in to the network</html>")),
    ("failed_language_en", answer({"text": "Le projet avance bien et nous sommes dans les temps.", "evidence": [1]})),
    ("failed_language_en", answer({"text": "上线时间改为4月22日，其余一切正常。", "evidence": [1]})),
]


@pytest.mark.parametrize(("code", "reply"), FAILURES, ids=[f"{n}-{code}" for n, (code, _) in enumerate(FAILURES)])
def test_each_failure_ends_in_an_offline_draft_that_says_why(
    folder: Path, endpoint: Endpoint, code: str, reply: Reply
) -> None:
    endpoint.script = [reply]
    events: list[WritingEvent] = []
    desk = opened(folder, endpoint.url, timeout_seconds=0.5 if reply.hangs else 20.0)
    view = desk.draft(DraftRequest("mill", "status"), heard=events.append)
    draft = view.draft
    assert draft.writer.name == "offline"
    assert draft.writer.reasons[0].code == code
    assert "22 April" in draft.body
    assert all(s.origin is not Origin.MODEL for s in draft.sentences())
    assert [e.writer for e in events if e.stage is WritingStage.WRITING] == ["model", "offline"]
    assert WritingStage.DISCARDED in [e.stage for e in events]
    said = {language: texts(draft.writer.reasons, language) for language in ("en", "zh")}
    assert said["en"] != said["zh"]
    assert draft_json(view, "zh")["writer"] == {
        "name": "offline",
        "model": "",
        "prompt": "",
        "why": said["zh"],
        "reasons": [{"code": r.code, "values": dict(r.values)} for r in draft.writer.reasons],
    }


@pytest.mark.parametrize("reply", [refusal(401), streamed("no json"), answer({"text": "x", "evidence": []}, step="?")])
def test_where_the_settings_say_so_a_failure_is_a_clear_error(folder: Path, endpoint: Endpoint, reply: Reply) -> None:
    endpoint.script = [reply]
    with pytest.raises(ModelError) as caught:
        opened(folder, endpoint.url, on_failure="error").draft(DraftRequest("mill", "status"))
    assert str(caught.value).count(".") >= 1
    assert text(f"writer.{caught.value.code}", "zh", **caught.value.values)


def test_no_network_ends_in_an_offline_draft_too(folder: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    draft = opened(folder, f"http://127.0.0.1:{port}/v1").draft(DraftRequest("mill", "status")).draft
    assert (draft.writer.name, draft.writer.reasons[0].code) == ("offline", "failed_unreachable")


def test_without_a_key_nothing_leaves(folder: Path) -> None:
    (folder / "projects" / "mill" / "project.toml").write_text(CARD.format(limit="any"), encoding="utf-8")
    draft = opened(folder, "").draft(DraftRequest("mill", "status")).draft
    assert (draft.writer.name, draft.writer.reasons[0].code) == ("offline", "failed_key_missing")


def test_the_card_decides_before_anything_leaves(folder: Path, endpoint: Endpoint) -> None:
    (folder / "projects" / "mill" / "project.toml").write_text(CARD.format(limit="none"), encoding="utf-8")
    desk = opened(folder, endpoint.url, on_failure="error")
    view = desk.draft(DraftRequest("mill", "status"))
    assert (view.draft.writer.name, view.draft.writer.reasons[0].code) == ("offline", "card_none")
    reason = desk.without_model("mill")
    assert reason is not None
    assert reason.code == "card_none"
    with pytest.raises(ModelUnavailableError) as caught:
        desk.translate_for_review(view.draft.id)
    assert caught.value.code == "card_none"
    assert endpoint.asked == []


def test_what_the_model_writes_is_told_counted_and_mended_once(
    folder: Path, endpoint: Endpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    promise = {"text": "You will have the report on 27 March.", "evidence": [1]}
    endpoint.script = [answer(CITED, promise), changes((3, "The report: […: date of the report].", []))]
    events: list[WritingEvent] = []
    desk = opened(folder, endpoint.url, input_price="2", output_price="8", currency="EUR")
    assert desk.without_model("mill") is None
    view = desk.draft(DraftRequest("mill", "status"), heard=events.append)
    draft = view.draft
    assert [e.stage for e in events] == [
        WritingStage.WRITING,
        WritingStage.SENTENCE,
        WritingStage.SENTENCE,
        WritingStage.CHECKING,
        WritingStage.REPAIRING,
    ]
    assert (events[1].step, events[1].text, events[4].count) == ("where-we-stand", CITED["text"], 1)
    assert "27 March" not in draft.body
    assert "date of the report" in draft.gaps
    assert draft.revision == 1
    assert [r.code for r in draft.writer.reasons if r.code.startswith("repair")] == ["repaired"]
    asked = endpoint.asked[1]["messages"][1]["content"]
    assert "*3 You will have the report on 27 March." in asked
    assert "*2 Go-live" not in asked
    assert [(c.purpose, c.prompt, c.input_tokens, c.micros) for c in view.calls] == [
        ("write", "write.v4", 11, 78),
        ("repair", "repair.v2", 11, 78),
    ]
    usage = draft_json(view, "en")["usage"]
    assert isinstance(usage, list)
    assert usage[0]["cost"] == 0.000078
    echo_view(view, "en")
    shown = capsys.readouterr().out
    assert "Language model: 36 tokens (0.0002 EUR), questions asked: 2" in shown
    assert "Writer: model m-1 (After the checks" in shown
    echo_view(view, "zh")
    assert "撰写：语言模型 m-1" in capsys.readouterr().out


def test_a_mending_that_mends_nothing_is_not_used_and_the_sentence_stays_marked(
    folder: Path, endpoint: Endpoint
) -> None:
    promise = {"text": "You will have the report on 27 March.", "evidence": [1]}
    for second, code in (
        (changes((3, "You will have the report on 28 March.", [1])), "repair_useless"),
        (changes(), "repair_useless"),
        (changes((3, "", [])), "repair_useless"),
        (refusal(500), "repair_failed"),
    ):
        endpoint.script = [answer(CITED, promise), second]
        view = opened(folder, endpoint.url).draft(DraftRequest("mill", "status"))
        kept = next(s for s in view.draft.sentences() if s.text == promise["text"])
        assert any(f.sentence_id == kept.id for f in view.findings)
        assert [r.code for r in view.draft.writer.reasons if r.code.startswith("repair")] == [code]


def test_citations_that_do_not_exist_are_dropped_told_and_marked(folder: Path, endpoint: Endpoint) -> None:
    endpoint.script = [answer(CITED, {"text": "The server has 64 cores.", "evidence": [77]}), changes()]
    view = opened(folder, endpoint.url).draft(DraftRequest("mill", "status"))
    kept = next(s for s in view.draft.sentences() if "64 cores" in s.text)
    assert kept.evidence == ()
    assert ("support", kept.id) in [(f.check, f.sentence_id) for f in view.findings]
    assert view.draft.writer.reasons[0].code == "citations_dropped"


def test_a_reached_ceiling_is_a_reason_and_the_offline_writer_writes(folder: Path, endpoint: Endpoint) -> None:
    draft = opened(folder, endpoint.url, tokens_per_day=100).draft(DraftRequest("mill", "status")).draft
    assert (draft.writer.name, draft.writer.reasons[0].code) == ("offline", "ceiling_tokens")
    assert endpoint.asked == []


# --- asking the writer once a draft stands ------------------------------------------------------------------


def test_a_wish_goes_to_the_model_and_makes_a_checked_revision(folder: Path, endpoint: Endpoint) -> None:
    endpoint.script = [answer(CITED), changes((2, "Go-live: 22 April, not 30 March.", [1]), not_done=("a joke",))]
    desk = opened(folder, endpoint.url)
    first = desk.draft(DraftRequest("mill", "status")).draft
    outcome = desk.revise(first.id, 1, Wish(Preset.SHORTER, "and a joke"))
    draft = outcome.view.draft
    assert draft.revision == 2
    assert [s.text for s in draft.sentences() if s.id in outcome.changed] == ["Go-live: 22 April, not 30 March."]
    assert outcome.not_followed == ("a joke",)
    assert outcome.writer.prompt == "revise.v2"
    assert draft.rewriting is not None
    assert (draft.rewriting.wish, draft.rewriting.words) == ("shorter", "and a joke")
    assert outcome.view.findings == desk.check(draft)
    assert [c.purpose for c in outcome.view.calls] == ["write", "revise"]
    said = endpoint.asked[1]["messages"][1]["content"]
    assert "Make it shorter. and a joke" in said
    history = desk.revision_edits(first.id)
    assert [(h.revision, len(h.edits)) for h in history] == [(2, 1)]


@pytest.mark.parametrize(
    ("preset", "prompt"),
    [
        (Preset.SHORTER, "shorten.v1"),
        (Preset.SOFTER, "soften.v1"),
        (Preset.FIRMER, "firm.v1"),
        (Preset.OWN_WORDS, "reword.v1"),
    ],
)
def test_each_preset_has_its_prompt_and_only_chosen_sentences_change(
    folder: Path, endpoint: Endpoint, preset: Preset, prompt: str
) -> None:
    other = {"text": "The regression test is finished.", "evidence": [1]}
    endpoint.script = [
        answer(CITED, other),
        changes((2, "Go-live is 22 April instead of 30 March.", []), (3, "Everything is new.", [])),
    ]
    desk = opened(folder, endpoint.url)
    desk_view = desk.draft(DraftRequest("mill", "status"))
    chosen = next(s for s in desk_view.draft.sentences() if s.text == CITED["text"])
    outcome = desk.revise(desk_view.draft.id, 1, Wish(preset, sentence_ids=(chosen.id,)))
    assert outcome.writer.prompt == prompt
    new = next(s for s in outcome.view.draft.sentences() if s.id in outcome.changed)
    assert (new.text, new.evidence) == ("Go-live is 22 April instead of 30 March.", chosen.evidence)
    assert "Everything is new" not in outcome.view.draft.body


def test_when_the_model_fails_a_wish_is_followed_by_rules_where_they_can(folder: Path, endpoint: Endpoint) -> None:
    said = {"text": "Please note that go-live is now 22 April instead of 30 March.", "evidence": [1]}
    endpoint.script = [answer(said)]
    desk = opened(folder, endpoint.url)
    first = desk.draft(DraftRequest("mill", "status")).draft
    endpoint.script = [refusal(500)]
    outcome = desk.revise(first.id, 1, Wish(Preset.SHORTER))
    assert outcome.writer.name == "offline"
    assert outcome.writer.reasons[0].code == "failed_server"
    assert "Go-live is now 22 April instead of 30 March." in outcome.view.draft.body


def test_a_translation_stands_beside_each_sentence_with_differences_marked(folder: Path, endpoint: Endpoint) -> None:
    rows = [
        {"sentence": 1, "text": "Osei女士，您好："},
        {"sentence": 2, "text": "上线由3月30日改为4月23日，因为接口来得晚。"},
    ]
    endpoint.script = [answer(CITED), streamed(json.dumps({"sentences": rows}))]
    desk = opened(folder, endpoint.url)
    draft = desk.draft(DraftRequest("mill", "status")).draft
    shown = desk.translate_for_review(draft.id)
    assert shown.language == "zh"
    assert [s.sentence_id for s in shown.sentences] == [s.id for s in draft.sentences()]
    told = shown.sentences[1]
    assert [(d.kind.value, d.what, d.text) for d in told.differences] == [
        ("missing", "date", "22 April 2026"),
        ("added", "date", "4月23日"),
    ]
    added = told.differences[1]
    assert told.text[added.start : added.end] == "4月23日"
    assert shown.sentences[2].text == ""
    assert desk.view(draft.id).draft == draft, "nothing is stored"


def test_a_card_that_allows_no_model_forbids_the_translation_of_a_bare_endpoint(folder: Path) -> None:
    chat = LangChainChatModel("m", "k", "http://127.0.0.1:9/v1")
    (folder / "projects" / "mill" / "project.toml").write_text(CARD.format(limit="none"), encoding="utf-8")
    project = opened(folder, "http://127.0.0.1:9/v1").projects.get("mill")
    from assistant.model_ports import Question

    with pytest.raises(ForbiddenError):
        chat.answer(Question(project, "translate", "translate.v1", "d-1", "s", "u", {}))
