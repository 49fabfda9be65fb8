"""A key for one project learns nothing of another, and without the scope nothing internal."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from starlette.testclient import TestClient

from api.schemas import Checked, Draft
from assistant.bootstrap import open_desk
from assistant.domain.project import Visibility
from assistant.domain.view import DraftRequest
from assistant.services import ProposeServices
from tests.api.keyring import EN, ZH, Open

# Words that stand in the notes or the card of one project and nowhere else.
EN_WORDS = "Ravensmoor RTBS Aldous Skelly Nandra Wenbury Clunmoor Corvid Tollhouse Stockline PINEMARTEN HALYARD TC-231"
ZH_WORDS = "澜庭 顾敏 顾主任 彭志强 叶青 昌州 临浦 东湾 尼瓦利斯 Nivalis 雪狐 姜岩 CR-07 LT-131 552 91,730 lanting"
ONLY = {EN: EN_WORDS.split(), ZH: ZH_WORDS.split()}
INTERNAL = {EN: ["PINEMARTEN", "HALYARD", "31 %"], ZH: ["雪狐", "姜岩", "34%"]}
OTHER = {EN: ZH, ZH: EN}
KEY = {EN: "en", ZH: "zh"}


def notes(folder: Path, slug: str) -> Iterator[str]:
    for path in sorted((folder / "projects" / slug / "notes").rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            for encoding in ("utf-8", "gb18030"):
                try:
                    yield data.decode(encoding)
                    break
                except UnicodeDecodeError:
                    continue


def sentences(folder: Path, slug: str) -> list[str]:
    found = [line.strip() for text in notes(folder, slug) for line in text.splitlines()]
    return [line for line in found if len(line) > 12 and not line.startswith(("From:", "To:", "Date:", "Content-"))]


def test_the_lists_of_this_test_are_right(indexed: Path) -> None:
    for slug, words in ONLY.items():
        own = "\n".join([*notes(indexed, slug), (indexed / "projects" / slug / "project.toml").read_text("utf-8")])
        other = "\n".join(
            [*notes(indexed, OTHER[slug]), (indexed / "projects" / OTHER[slug] / "project.toml").read_text("utf-8")]
        )
        for word in words:
            assert word in own, word
            assert word not in other, word


def everything(client: TestClient, slug: str, ids: list[str]) -> Iterator[httpx2.Response]:
    """Ask every route in every way that could lead to the other project."""
    other = OTHER[slug]
    for target in (slug, other, "no-such-project", f"../{other}", f"{slug}/../{other}", other.upper(), "%2e%2e"):
        yield client.post(f"/projects/{target}/drafts", json={"kind": "status"})
        yield client.post(f"/projects/{target}/drafts", json={"kind": "complaint", "inbound_id": ids[1]})
        yield client.post(f"/projects/{target}/inbound", json={"body": "Where do we stand? This is late again."})
        yield client.post(f"/projects/{target}/check", json={"text": "All is well."})
        yield client.post(f"/projects/{target}/actions", json={"text": "- [ ] Tom: send it"})
        yield client.get(f"/projects/{target}/search", params={"q": "date 上线 margin 毛利 complaint 投诉", "n": 50})
        yield client.get("/drafts", params={"project": target})
    for one in (*ids, "d-unknown", "../drafts"):
        yield client.get(f"/drafts/{one}")
        yield client.get(f"/drafts/{one}/history")
    yield client.post(f"/projects/{slug}/drafts", json={"kind": "status", "to": ["h.aldous@example.org"]})
    yield client.post(f"/projects/{slug}/drafts", json={"kind": "nothing-such"})
    yield client.get("/drafts")
    yield client.get("/projects")
    yield client.get("/openapi.json")
    yield client.get("/nowhere")


@pytest.mark.parametrize("slug", [EN, ZH])
@pytest.mark.parametrize("scope", ["", "-internal"])
def test_nothing_of_the_other_project_is_in_any_answer(
    as_key: Open, services: ProposeServices, slug: str, scope: str
) -> None:
    other = OTHER[slug]
    draft = services.draft(DraftRequest(other, "status")).draft.id
    posted = as_key(KEY[other]).post(
        f"/projects/{other}/inbound", json={"body": "It is late again, when will it come?"}
    )
    ids = [draft, posted.json()["inbound"]["id"], posted.json()["draft"]["id"]]
    for answer in everything(as_key(KEY[slug] + scope), slug, ids):
        said = answer.text if "openapi" not in str(answer.url) else ""
        for word in (*ONLY[other], other, *ids):
            assert word not in said, (str(answer.url), word)


@pytest.mark.parametrize("slug", [EN, ZH])
def test_the_other_project_answers_exactly_like_one_that_does_not_exist(
    as_key: Open, services: ProposeServices, slug: str
) -> None:
    client, other = as_key(KEY[slug]), OTHER[slug]
    draft = services.draft(DraftRequest(other, "status")).draft
    inbound = as_key(KEY[other]).post(f"/projects/{other}/inbound", json={"body": "Late?"}).json()["inbound"]["id"]
    calls: list[tuple[str, str, str, dict[str, object] | None]] = [
        ("POST", "/projects/{0}/drafts", "", {"kind": "status"}),
        ("POST", "/projects/{0}/inbound", "", {"body": "x"}),
        ("POST", "/projects/{0}/check", "", {"text": "x"}),
        ("POST", "/projects/{0}/actions", "", {"text": "x"}),
        ("GET", "/projects/{0}/search?q=x", "", None),
        ("GET", "/drafts?project={0}", "", None),
    ]
    for method, path, _, body in calls:
        real = client.request(method, path.format(other), json=body)
        unknown = client.request(method, path.format("x" * len(other)), json=body)
        assert (real.status_code, real.content, real.headers) == (404, unknown.content, unknown.headers), path
    real, unknown = client.get(f"/drafts/{draft.id}"), client.get("/drafts/d-0000000000")
    assert (real.status_code, real.content) == (404, unknown.content)
    wish = {"kind": "complaint", "inbound_id": inbound}
    real = client.post(f"/projects/{slug}/drafts", json=wish)
    unknown = client.post(f"/projects/{slug}/drafts", json={**wish, "inbound_id": "in-0000000000"})
    assert (real.status_code, real.content) == (404, unknown.content)


@pytest.mark.parametrize("slug", [EN, ZH])
@pytest.mark.parametrize("scope", ["", "-internal"])
def test_a_check_of_the_other_clients_own_words_says_only_that_they_match(
    as_key: Open, indexed: Path, slug: str, scope: str
) -> None:
    """Sentences of the other project go in; nothing comes back that did not go in, and no place."""
    lines = sentences(indexed, OTHER[slug])
    client = as_key(KEY[slug] + scope)
    matched = 0
    for begin in range(0, len(lines), 12):
        text = "\n\n".join(lines[begin : begin + 12])
        answer = client.post(f"/projects/{slug}/check", json={"text": text})
        assert answer.status_code == 200, answer.text
        seen = Checked.model_validate(answer.json())
        for finding in seen.findings:
            assert not finding.code.startswith(("other_client_", "foreign_"))
            if finding.code == "other_client":
                matched += 1
                assert finding.values == {}
                assert (finding.start, finding.end, finding.evidence) == (None, None, [])
                assert finding.message == "The text matches material that is not this client's. Take it out."
            for word in (*ONLY[OTHER[slug]], OTHER[slug]):
                assert word not in finding.message or word in text
        assert sum(f.code == "other_client" for f in seen.findings) <= 1
        told = " ".join([*(e.text for e in seen.evidence), *(e.path for e in seen.evidence)])
        for word in (*ONLY[OTHER[slug]], OTHER[slug]):
            assert word not in told
    assert matched >= 3


@pytest.mark.parametrize("slug", [EN, ZH])
def test_internal_text_needs_the_scope(as_key: Open, indexed: Path, services: ProposeServices, slug: str) -> None:
    hidden = [p.text for p in services.store.passages(slug, visibility=Visibility.INTERNAL)]
    assert hidden
    query = " ".join(INTERNAL[slug])
    without = as_key(KEY[slug]).get(f"/projects/{slug}/search", params={"q": query, "n": 50})
    with_scope = as_key(KEY[slug] + "-internal").get(f"/projects/{slug}/search", params={"q": query, "n": 50})
    assert {h["visibility"] for h in without.json()["hits"]} == {"client"}
    assert "internal" in {h["visibility"] for h in with_scope.json()["hits"]}
    text = "\n\n".join(line for passage in hidden for line in passage.splitlines() if len(line) > 12)
    plain = as_key(KEY[slug]).post(f"/projects/{slug}/check", json={"text": text}).json()
    codes = {f["code"] for f in plain["findings"]}
    assert "internal" in codes
    assert not [c for c in codes if c.startswith("internal_")]
    places = {p.path for p in services.store.passages(slug, visibility=Visibility.INTERNAL)} - {
        p.path for p in services.store.passages(slug, visibility=Visibility.CLIENT)
    }
    for finding in plain["findings"]:
        if finding["code"] == "internal":
            assert finding["values"] == {}
            assert finding["evidence"] == []
        assert not any(path in str(finding) for path in places)
    full = as_key(KEY[slug] + "-internal").post(f"/projects/{slug}/check", json={"text": text}).json()
    assert any(f["code"].startswith("internal_") and f["values"] for f in full["findings"])


@pytest.mark.parametrize(("slug", "code_name"), [(EN, "PINEMARTEN"), (ZH, "雪狐")])
def test_words_typed_at_the_desk_are_covered_for_a_key_without_the_scope(
    as_key: Open, indexed: Path, slug: str, code_name: str
) -> None:
    desk = open_desk(indexed)
    view = desk.draft(DraftRequest(slug, "status"))
    body = view.draft.body + f"\n\n{code_name}: {code_name} is on track."
    foreign = ONLY[OTHER[slug]][6]
    edited = desk.edit(view.draft.id, view.draft.revision, subject=f"About {code_name}", body=body + f" {foreign}.")
    assert any(f.code.startswith("internal_") for f in edited.findings)
    plain = as_key(KEY[slug]).get(f"/drafts/{view.draft.id}")
    assert code_name not in plain.text
    assert code_name not in as_key(KEY[slug]).get("/drafts").text
    shown = Draft.model_validate(plain.json())
    assert "█" * len(code_name) in shown.body
    assert len(shown.body) == len(edited.draft.body)
    assert code_name in as_key(KEY[slug] + "-internal").get(f"/drafts/{view.draft.id}").text


def test_a_key_for_a_project_that_does_not_exist_sees_nothing(as_key: Open) -> None:
    assert as_key("none").get("/projects").json() == {"projects": []}
    assert as_key("none").get("/drafts").json() == {"drafts": [], "total": 0}
    assert as_key("none").get("/projects/no-such-project/search?q=x").status_code == 404


def test_the_description_names_no_project(as_key: Open) -> None:
    described = as_key("en").get("/openapi.json").text
    assert ZH not in described
    assert not re.search("|".join(ONLY[ZH]), described)


def test_every_code_of_the_audience_check_is_either_withheld_or_harmless() -> None:
    from assistant.checks import audience
    from assistant.wire import INTERNAL_CODES, OTHER_CLIENT_CODES

    harmless = {"secret_key", "secret_password", "secret_token", "no_recipients", "unknown_recipient"}
    assert set(audience.CODES) == INTERNAL_CODES | OTHER_CLIENT_CODES | harmless
