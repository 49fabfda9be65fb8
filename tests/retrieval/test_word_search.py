"""The word search of the index beside one plain statement that scores, joins and sorts everything."""

import random
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.adapters.database import word_search
from assistant.domain.project import Project, Visibility
from assistant.retrieval.words import search_words
from assistant.searching import BOTH

from .conftest import Workspace

Make = Callable[..., Project]

_PLAIN = """
SELECT p.id, -bm25(words, 0.0, 1.0, 0.5) FROM words JOIN passages p ON p.row = words.rowid
WHERE words MATCH ? AND p.project = ? AND p.visibility IN ({seen}) AND (p.dated IS NULL OR p.dated <= ?)
ORDER BY bm25(words, 0.0, 1.0, 0.5), p.row LIMIT ?
"""
_WORDS = "export import branch price round scanner training invoice 上线 测试 库存 门店".split()  # noqa: SIM905


@pytest.fixture
def mixed(workspace: Workspace, project: Make) -> Workspace:
    """Two clients with the same words, dated and undated notes, a fifth of them internal."""
    chance = random.Random(7)
    for slug in ("harbour", "mountain"):
        for n in range(40):
            head = "visibility: internal\n\n" if n % 5 == 4 else ""
            body = "\n\n".join(" ".join(chance.choices(_WORDS, k=chance.randrange(3, 12))) for _ in range(3))
            workspace.write(slug, f"2026-0{n % 6 + 1}-11 n{n}.md" if n % 3 else f"n{n}.md", f"{head}{body}\n")
        workspace.index(project(slug), words_only=True)
    return workspace


def _plainly(
    state: Path, project: str, seen: Sequence[Visibility], words: list[str], n: int, as_of: date | None
) -> list[tuple[str, float]]:
    query = _PLAIN.format(seen=", ".join("?" * len(seen)))
    wanted = "{body context} : (" + " OR ".join(f'"{word}"' for word in words) + ")"
    values = (wanted, project, *(one.value for one in seen), (as_of or date.max).isoformat(), n)
    with closing(sqlite3.connect(state / "index.db")) as connection:
        return connection.execute(query, values).fetchall()


@pytest.mark.parametrize("few", [2_500, 60])
@pytest.mark.parametrize("at_once", [250, 3])
def test_words_are_found_as_one_plain_statement_finds_them(
    mixed: Workspace, monkeypatch: pytest.MonkeyPatch, few: int, at_once: int
) -> None:
    monkeypatch.setattr(word_search, "SCORED", few)
    monkeypatch.setattr(word_search, "_CROWD", few)
    monkeypatch.setattr(word_search, "_READ_BACK", at_once)
    monkeypatch.setattr(word_search, "_AT_ONCE", at_once)
    store = mixed.store
    state = mixed.folder / ".sincerely"
    for word in _WORDS:  # with the small bound each word alone stands in too many passages, and is scored all the same
        words = search_words(word)
        for slug in ("harbour", "mountain"):
            for seen in (BOTH, (Visibility.CLIENT,)):
                for as_of in (None, date(2026, 3, 31)):
                    for n in (5, 500):
                        found = store.search_words(slug, seen, words, n, as_of=as_of)
                        wanted = _plainly(state, slug, seen, words, n, as_of)
                        assert [id_ for id_, _ in found] == [id_ for id_, _ in wanted]
                        assert [score for _, score in found] == pytest.approx([s for _, s in wanted])
    words = [word for one in _WORDS for word in search_words(one)]
    if few == 2_500:  # many words together: sums of the same parts in another order
        every = dict(store.search_words("harbour", BOTH, words, 500))
        assert every == pytest.approx(dict(_plainly(state, "harbour", BOTH, words, 500, None)))
