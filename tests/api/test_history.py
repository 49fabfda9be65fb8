"""What a person changed is shown at the command line and over the API, sorted, and covered where it must be."""

import sys
from pathlib import Path

import pytest

from api import schemas
from assistant.__main__ import main
from assistant.bootstrap import open_desk
from assistant.domain.rewriting import Preset, Wish
from assistant.domain.view import DraftRequest
from tests.api.keyring import EN, ZH, Open

CHANGES = {
    EN: ("The next call is on 3 April 2026.", "The next call is on 8 April 2026.", "fact", "事实"),
    ZH: ("下次例会在5月28日召开。", "下次例会在5月29日召开。", "fact", "事实"),
}


def changed_draft(folder: Path, slug: str) -> str:
    """A draft that a person added a sentence to, changed it, and then asked the writer to shorten."""
    desk = open_desk(folder)
    before, after, _, _ = CHANGES[slug]
    draft = desk.draft(DraftRequest(slug, "status")).draft
    draft = desk.edit(draft.id, 1, subject=draft.subject, body=f"{draft.body}\n\n{before}").draft
    draft = desk.edit(draft.id, 2, subject=f"{draft.subject}!", body=draft.body.replace(before, after)).draft
    desk.revise(draft.id, 3, Wish(Preset.SHORTER))
    return draft.id


@pytest.mark.parametrize("slug", [EN, ZH])
def test_the_api_gives_each_changed_sentence_with_its_sort(indexed: Path, as_key: Open, slug: str) -> None:
    draft_id = changed_draft(indexed, slug)
    key = "en" if slug == EN else "zh"
    answer = as_key(key).get(f"/drafts/{draft_id}/history")
    history = schemas.DraftHistory.model_validate(answer.json())
    assert [one.revision for one in history.revisions][-3:] == [3, 2, 1]
    by = {one.revision: one for one in history.revisions}
    before, after, sort, _ = CHANGES[slug]
    (edit,) = by[3].edits
    assert (edit.before, edit.after, edit.classes) == (before, after, [sort])
    assert by[3].by == by[2].by == "person"
    assert by[3].subject is not None
    assert [e.after for e in by[2].edits] == [before]
    assert by[1].by == "offline"
    assert by[1].why
    assert by[1].edits == []
    if 4 in by:
        assert (by[4].by, by[4].wish) == ("offline", "shorter")
    assert as_key("none").get(f"/drafts/{draft_id}/history").status_code == 404


@pytest.mark.parametrize(("language", "person", "place"), [("en", "a person", 2), ("zh", "人工修改", 3)])
def test_the_command_prints_it_in_the_readers_language(
    indexed: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    person: str,
    place: int,
) -> None:
    draft_id = changed_draft(indexed, EN)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8" if language == "zh" else "C.UTF-8")
    monkeypatch.setattr(sys, "argv", ["sincerely", "-C", str(indexed), "history", draft_id])
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert f"  - {CHANGES[EN][0]}" in shown
    assert f"  + {CHANGES[EN][1]}  [{CHANGES[EN][place]}]" in shown
    assert shown.count(person) == 2


def test_what_a_key_may_not_see_is_covered_in_every_revision(indexed: Path, as_key: Open) -> None:
    """The internal name stands in the second revision, and a person took it out again in the third."""
    desk = open_desk(indexed)
    draft = desk.draft(DraftRequest(EN, "status")).draft
    leak = "PINEMARTEN decides on the date."
    told = desk.edit(draft.id, 1, subject=draft.subject, body=f"{draft.body}\n\n{leak}").draft
    desk.edit(draft.id, 2, subject=draft.subject, body=told.body.replace("PINEMARTEN", "The team"))
    assert "PINEMARTEN" not in as_key("en").get(f"/drafts/{draft.id}/history").text
    own = as_key("en-internal").get(f"/drafts/{draft.id}/history").json()["revisions"][0]["edits"]
    assert [e["after"] for e in own] == ["The team decides on the date."]


def test_a_draft_that_nobody_changed_has_one_revision(indexed: Path, as_key: Open) -> None:
    draft = open_desk(indexed).draft(DraftRequest(EN, "status")).draft
    answer = as_key("en").get(f"/drafts/{draft.id}/history").json()
    assert [(one["revision"], one["edits"]) for one in answer["revisions"]] == [(1, [])]
    assert as_key("en").get("/drafts/d-unknown/history").status_code == 404
