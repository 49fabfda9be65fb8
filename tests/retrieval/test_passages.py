"""Passages follow the text's own structure, and rebuild it."""

import contextlib
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.note import Note
from assistant.domain.project import Client, Contact, Project, Sender
from assistant.errors import UnreadableNoteError
from assistant.language.sentences import split_sentences
from assistant.retrieval.notes import read_note
from assistant.retrieval.outline import outline
from assistant.retrieval.passages import weight

PROJECT = Project("p", "P", Client("c", "C"), Sender("Mira Holm", "mira@ourfirm.example"))


def _read(text: str, path: str = "notes/a.md") -> Note:
    return read_note(PROJECT, path, text.encode())


def _check_spans(note: Note) -> None:
    end = outline(note.text).lines[min(outline(note.text).body, len(outline(note.text).lines) - 1)].start
    if outline(note.text).body >= len(outline(note.text).lines):
        end = len(note.text)
    for passage in note.passages:
        assert note.text[passage.start : passage.end] == passage.text
        assert passage.start >= end
        assert not note.text[end : passage.start].strip(), "words fell between two passages"
        lines = note.text.split("\n")
        assert passage.start_line == note.text.count("\n", 0, passage.start) + 1
        assert passage.text in "\n".join(lines[passage.start_line - 1 : passage.end_line])
        end = passage.end
    assert not note.text[end:].strip()
    assert len({p.id for p in note.passages}) == len(note.passages)


WORDS = "The team finished round one on Tuesday and found four defects in the price export."
BLOCKS = st.sampled_from(
    [
        WORDS,
        " ".join([WORDS] * 14),
        "仓库的温度告警已经联调完成，共一百二十六个探头。" * 20,
        "# Heading",
        "## Internal",
        "### 内部：不外发",
        "Title\n=====",
        "- one item\n- another item\n  - under it\n    more of it",
        "1. first\n2. second",
        "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
        "> quoted words\n> more of them",
        "```\n# code\n```",
        "09:02 IC: good morning\n09:03 DR: morning",
        "- Internal: margin 8%\n  - under it",
        "5/28 周四",
        "visibility: internal",
        "---",
        "From: a\nTo: b",
        "   indented",
        "Dr. Berg said e.g. this. Then",
    ]
)
NOTES = st.lists(st.tuples(BLOCKS, st.sampled_from(["\n", "\n\n", "\n\n\n", " \n\t\n"])), max_size=14).map(
    lambda parts: "".join(block + gap for block, gap in parts)
)


@settings(max_examples=150, deadline=None)
@given(NOTES)
def test_spans_rebuild_the_note(text: str) -> None:
    _check_spans(_read(text))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_spans_rebuild_any_text(text: str) -> None:
    text = text.replace("\x00", "").encode("utf-8", "ignore").decode()
    with contextlib.suppress(UnreadableNoteError):  # control characters are refused by the reader
        _check_spans(_read(text))


@settings(max_examples=80, deadline=None)
@given(NOTES)
def test_no_sentence_is_cut(text: str) -> None:
    note = _read(text)
    sections = {line.start for line in outline(note.text).lines}
    for sentence in split_sentences(note.text):
        for passage in note.passages:
            for edge in (passage.start, passage.end):
                # A heading or a quotation that breaks a line in the middle of a sentence has to be a boundary.
                assert not sentence.start < edge < sentence.end or edge in sections or edge + 1 in sections


def test_long_paragraphs_become_passages_of_the_right_size() -> None:
    sentences = [f"On day {n} the team finished another part of the work and wrote it down." for n in range(60)]
    note = _read("# Log of work\n\n" + " ".join(sentences))
    sizes = [weight(p.text) for p in note.passages]
    assert len(sizes) > 5
    assert all(50 <= size <= 140 for size in sizes)
    assert all(p.text.rstrip().endswith(".") for p in note.passages)


def test_chinese_passages_have_the_right_size() -> None:
    note = _read("# 纪要\n\n" + "温度告警按新协议重新联调，昌州仓先做，其余两仓随后跟上。" * 60)
    sizes = [len(p.text) for p in note.passages]
    assert all(140 <= size <= 380 for size in sizes[:-1])
    assert 50 <= sizes[-1] <= 420


def test_headings_lists_and_tables_leave_a_trail() -> None:
    rows = "\n".join(f"| R{n} | {WORDS} | Tom |" for n in range(12))
    items = "\n".join(f"  - part {n}: {WORDS}" for n in range(12))
    text = (
        f"# Plan\n\n## Risks\n\n| No | Risk | Owner |\n|---|---|---|\n{rows}\n\n## Work\n\n- Export module\n{items}\n"
    )
    passages = _read(text).passages
    tables = [p for p in passages if "| R11 |" in p.text]
    assert tables[0].headings == ("Plan", "Risks", "No | Risk | Owner")
    below = [p for p in passages if "part 11" in p.text]
    assert below[0].headings == ("Plan", "Work", "Export module")
    assert passages[0].text.startswith("# Plan")


def test_an_edit_above_moves_no_id(project: Callable[..., Project]) -> None:
    before = _read("# A\n\nfirst\n\n# B\n\nsecond part\n").passages[-1]
    after = _read("# A\n\nfirst, longer now\n\nand more\n\n# B\n\nsecond part\n").passages[-1]
    assert before.id == after.id
    assert before.start_line != after.start_line


def test_quoted_mail_is_a_passage_of_its_own() -> None:
    mail = "From: jonas@client.example\nSubject: Re: Plan\n\nI disagree.\n\nOn Monday Mira wrote:\n> All is well.\n"
    passages = _read(mail, "notes/a.eml").passages
    assert [(p.text.split("\n")[0], p.quoted) for p in passages] == [
        ("I disagree.", False),
        ("On Monday Mira wrote:", True),
    ]
    assert passages[0].headings == ("Re: Plan",)


def test_a_line_kept_inside_is_cut_out_with_what_stands_under_it() -> None:
    text = "# Standup\n\n- Floor delivered\n- Internal: margin is 8 %\n  - the boss knows\n- Screens on Friday\n"
    assert [(p.text.strip("- \n"), p.visibility.value) for p in _read(text).passages] == [
        ("# Standup\n\n- Floor delivered", "client"),
        ("Internal: margin is 8 %\n  - the boss knows", "internal"),
        ("Screens on Friday", "client"),
    ]
    chinese = "周会 2026-11-16\n电箱申报还没批，主办方说周三给答复\n内部：毛利只剩 8%，别跟客户说\n"
    assert [p.visibility.value for p in _read(chinese).passages] == ["client", "internal"]


def test_the_clients_own_mail_is_not_cut_by_its_words() -> None:
    mail = "From: Ben <b@acme.example>\nTo: mira@ourfirm.example\nSubject: x\nDate: Mon, 1 Jun 2026 10:00:00 +0000\n\n"
    raw = (mail + "Internal: our team is cross.\n").encode()
    theirs = replace(PROJECT, contacts=(Contact("Ben", "b@acme.example"),))
    assert {p.visibility.value for p in read_note(PROJECT, "notes/a.eml", raw).passages} == {"internal"}
    note = read_note(theirs, "notes/a.eml", raw)
    assert {p.visibility.value for p in note.passages} == {"client"}
