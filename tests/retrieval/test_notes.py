"""Kind, date and visibility, and whether each was stated."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.domain.note import Certainty, Note, NoteKind
from assistant.domain.project import Project, Visibility
from assistant.retrieval.notes import read_note, reader_key

Make = Callable[..., Project]


def _read(project: Project, path: str, text: str) -> Note:
    return read_note(project, path, text.encode())


@pytest.mark.parametrize(
    ("path", "text", "kind", "certainty"),
    [
        ("notes/a.md", "---\nkind: decision\n---\nx", NoteKind.DECISION, Certainty.STATED),
        ("notes/a.md", "---\n类型: 会议纪要\n---\nx", NoteKind.MINUTES, Certainty.STATED),
        ("notes/2026-03-11 steering minutes.md", "x", NoteKind.MINUTES, Certainty.INFERRED),
        ("notes/项目例会纪要.md", "x", NoteKind.MINUTES, Certainty.INFERRED),
        ("notes/catalogue.txt", "x", NoteKind.OTHER, Certainty.INFERRED),
        ("notes/log march.txt", "x", NoteKind.LOG, Certainty.INFERRED),
        ("notes/a.txt", "email sent 12/3/2026\n\nDear Jonas", NoteKind.SENT, Certainty.INFERRED),
        ("notes/a.txt", "发件人：Mira Holm\n收件人：顾敏\n主题：周报\n\n您好", NoteKind.SENT, Certainty.INFERRED),
        ("notes/a.txt", "From: Jonas Berg\nTo: Mira Holm\n\nHi", NoteKind.RECEIVED, Certainty.INFERRED),
        ("notes/a.txt", "From: Mira Holm\nTo: Tom Colleague\n\nHi", NoteKind.OTHER, Certainty.INFERRED),
        ("notes/a.eml", "From: mira@ourfirm.example\nTo: jonas@client.example\n\nHi", NoteKind.SENT, Certainty.STATED),
        ("notes/a.eml", "From: mira@ourfirm.example\nTo: tom@ourfirm.example\n\nHi", NoteKind.OTHER, Certainty.STATED),
        (
            "notes/a.eml",
            "From: new@client.example\nTo: mira@ourfirm.example\n\nHi",
            NoteKind.RECEIVED,
            Certainty.STATED,
        ),
        ("notes/a.eml", "From: x@vendor.example\nTo: mira@ourfirm.example\n\nHi", NoteKind.OTHER, Certainty.STATED),
        ("notes/a.txt", "09:02 IC: up\n09:03 DR: yes\n09:05 IC: ok\n", NoteKind.CHAT, Certainty.INFERRED),
        ("notes/a.txt", "Call\nPresent: Jonas, Mira\n", NoteKind.MINUTES, Certainty.INFERRED),
    ],
)
def test_kind(project: Make, path: str, text: str, kind: NoteKind, certainty: Certainty) -> None:
    note = _read(project(), path, text)
    assert (note.kind, note.kind_certainty) == (kind, certainty)


@pytest.mark.parametrize(
    ("path", "text", "dated", "certainty"),
    [
        ("notes/2026-01-02 a.md", "---\ndate: 2026-03-04\n---\n# 5 May 2026", date(2026, 3, 4), Certainty.STATED),
        ("notes/2026-01-02 a.md", "# 5 May 2026", date(2026, 1, 2), Certainty.STATED),
        ("notes/20260102.md", "x", date(2026, 1, 2), Certainty.STATED),
        ("notes/a.md", "# Call, Wed 11 March 2026\n\nGo-live 22 April 2026.", date(2026, 3, 11), Certainty.STATED),
        ("notes/纪要.md", "# 纪要\n\n时间：2026年5月20日 10:00", date(2026, 5, 20), Certainty.STATED),
        ("notes/a.txt", "LOG -- updated 19 March 2026\n\nx", date(2026, 3, 19), Certainty.INFERRED),
        ("notes/a.txt", "Go-live by 22 April 2026.\n", None, Certainty.UNKNOWN),
        ("notes/a.txt", "no day at all, 3 items\n", None, Certainty.UNKNOWN),
        (
            "notes/a.eml",
            "From: a@b.example\nDate: Wed, 18 Mar 2026 10:26:12 +0000\n\nOn 1 May 2026 we start.",
            date(2026, 3, 18),
            Certainty.STATED,
        ),
        (
            "notes/2026-03-17 a.eml",
            "From: a@b.example\nDate: Wed, 18 Mar 2026 10:26:12 +0000\n\nx",
            date(2026, 3, 17),
            Certainty.STATED,
        ),
    ],
)
def test_date(project: Make, path: str, text: str, dated: date | None, certainty: Certainty) -> None:
    note = _read(project(), path, text)
    assert (note.dated, note.date_certainty) == (dated, certainty)


def test_entries_of_a_log_carry_their_own_days(project: Make) -> None:
    text = "LOG, updated 19 March 2026\n\nThu 19/3\nload run done\n\nWed 18/3\nround 1 finished\n"
    days = {p.text.split("\n")[0]: p.dated for p in _read(project(), "notes/log.txt", text).passages}
    assert days["Thu 19/3"] == date(2026, 3, 19)
    assert days["Wed 18/3"] == date(2026, 3, 18)


def test_a_plan_is_not_dated_by_what_it_plans(project: Make) -> None:
    text = "---\ndate: 2026-02-09\nkind: plan\n---\n# Plan\n\n## 22 April 2026\n\nGo-live\n"
    assert {p.dated for p in _read(project(), "notes/p.md", text).passages} == {date(2026, 2, 9)}


SECTIONS = """# Steering

Open words.

## 3. **Internal** - staffing

Hidden one.

### Details

Hidden two.

## Next steps

Open again.
"""


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (SECTIONS, ["Hidden one", "Hidden two"]),
        ("# 纪要\n\n开放。\n\n### 内部：不外发\n\n秘密。\n\n## 待办\n\n开放。", ["秘密"]),
        ("visibility: internal\n\nAll of it.", ["All of it"]),
        ("---\nvisibility: 内部\n---\nAll of it.", ["All of it"]),
        ("---\nvisibility: intrenal\n---\nAll of it.", ["All of it"]),
        ("---\nvisibility: client\n---\nOpen.\n\n## Internal\n\nHidden.", ["Hidden"]),
        ("Open.\n\n【内部】\n秘密。\n", ["秘密"]),
        (
            "Open.\n\n```\n# comment\n```\n\n## Internal\n\nHidden.\n\n```\n# comment\n```\n\nHidden too.",
            ["Hidden.", "Hidden too"],
        ),
        ("Open.\n\nInternal\n--------\n\nHidden.", ["Hidden"]),
        ("# Internally displaced\n\nOpen.", []),
    ],
)
def test_internal_parts_are_kept_apart(project: Make, text: str, hidden: list[str]) -> None:
    note = _read(project(), "notes/a.md", text)
    inside = "\n".join(p.text for p in note.passages if p.visibility is Visibility.INTERNAL)
    outside = "\n".join(p.text for p in note.passages if p.visibility is Visibility.CLIENT)
    assert all(words in inside and words not in outside for words in hidden)
    assert "Open" not in inside
    assert "开放" not in inside


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("internal/**", "notes/internal/a.md", True),
        ("internal/**", "notes/internal/deep/a.md", True),
        ("Internal/", "notes/internal/a.md", True),
        ("notes/internal/*", "notes/internal/a.md", True),
        ("**/margin*", "notes/margin review.md", True),
        ("内部资料/**", "notes/内部资料/成本.md", True),
        ("internal/**", "notes/internal notes.md", False),
    ],
)
def test_globs_of_the_card(project: Make, glob: str, path: str, matches: bool) -> None:
    note = _read(project(internal_globs=(glob,)), path, "words")
    assert (note.visibility is Visibility.INTERNAL) == matches


def test_the_default_is_the_cards(project: Make) -> None:
    note = _read(project(default_visibility=Visibility.INTERNAL), "notes/a.md", "words")
    assert (note.visibility, note.visibility_certainty) == (Visibility.INTERNAL, Certainty.INFERRED)


def test_the_reader_key_changes_with_what_of_the_card_is_used(project: Make) -> None:
    keys = {
        reader_key(project()),
        reader_key(project(internal_globs=("x/**",))),
        reader_key(project(default_visibility=Visibility.INTERNAL)),
        reader_key(project(contacts=())),
    }
    assert len(keys) == 4
    assert reader_key(project()) == reader_key(project(greeting="Dear all,"))
