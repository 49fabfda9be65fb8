"""No search gives another project's passages or, for the client's eyes, internal ones, whatever became of the index.

Each example disturbs the index at random: vectors under the wrong collection, whole collections under another's name,
rows of the database moved to another project or visibility, texts altered below their digest. What is left to find may
be less than before; what is found is always of the right project, visible, and as it was read.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain.note import Passage
from assistant.domain.project import Project, Visibility
from assistant.retrieval.collections import collection_name
from assistant.searching import BOTH, search_notes

from .conftest import Workspace

SLUGS = ("harbour", "mountain", "港口")
WORDS = {"harbour": "zinfandel", "mountain": "halyard", "港口": "暗号甲"}
COVERED = "covermark"
HOMES = [(slug, visibility) for slug in SLUGS for visibility in Visibility]
QUERIES = [*WORDS.values(), COVERED, "go-live 22 April", "上线时间", "TC-231", "", "note"]
DISTURBANCES = ("planted", "swapped", "renamed", "unlocked", "altered", "given away")


@pytest.fixture
def three(workspace: Workspace, project: Callable[..., Project]) -> Workspace:
    for slug in SLUGS:
        for n in range(3):
            words = f"Note {n} of {WORDS[slug]}: go-live moves to 22 April, TC-231 open. 上线时间改了。"
            workspace.write(slug, f"2026-03-0{n + 1}.md", words)
            workspace.write(slug, f"in{n}.md", f"visibility: internal\n\n{COVERED} {words}")
        workspace.index(project(slug))
    return workspace


def _name(workspace: Workspace, home: tuple[str, Visibility]) -> str:
    return collection_name(*home, workspace.embedder.name)


def _vectors(workspace: Workspace, home: tuple[str, Visibility]) -> dict[str, list[float]]:
    slug, visibility = home
    return {p.id: workspace.embedder.query(p.text) for p in workspace.store.passages(slug, visibility=visibility)}


@contextmanager
def _disturbed(
    workspace: Workspace, how: str, one: tuple[str, Visibility], other: tuple[str, Visibility]
) -> Iterator[None]:
    """Disturb the index, and put everything back afterwards."""
    path = workspace.folder / ".sincerely" / "index.db"
    here, there = _vectors(workspace, one), _vectors(workspace, other)
    with closing(sqlite3.connect(path)) as database:
        before = database.execute("SELECT row, project, visibility, text FROM passages").fetchall()
        if how == "planted":
            workspace.vectors.upsert(_name(workspace, one), there)
        elif how == "swapped":
            workspace.vectors.upsert(_name(workspace, one), dict(zip(here, there.values(), strict=False)))
        elif how == "renamed":
            workspace.vectors.drop(_name(workspace, one))
            workspace.vectors.upsert(_name(workspace, one), there)
        else:
            column, value = {
                "unlocked": ("visibility", "client"),
                "altered": ("text", f"{COVERED} of {WORDS[other[0]]}"),
                "given away": ("visibility", other[1].value),
            }[how]
            statement = f"UPDATE passages SET {column} = ? WHERE project = ? AND visibility = ?"
            database.execute(statement, (value, one[0], one[1].value))
            database.commit()
        try:
            yield
        finally:
            restore = "UPDATE passages SET project = ?2, visibility = ?3, text = ?4 WHERE row = ?1"
            database.executemany(restore, before)
            database.commit()
    for home, vectors in ((one, here), (other, there)):
        workspace.vectors.drop(_name(workspace, home))
        workspace.vectors.upsert(_name(workspace, home), vectors)


def _is_as_read(passage: Passage) -> bool:
    return hashlib.sha256(passage.text.encode()).hexdigest() == passage.digest


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    how=st.sampled_from(DISTURBANCES),
    one=st.sampled_from(HOMES),
    other=st.sampled_from(HOMES),
    query=st.one_of(st.sampled_from(QUERIES), st.text(max_size=30)),
    visibilities=st.sampled_from([BOTH, (Visibility.CLIENT,), (Visibility.INTERNAL,)]),
    n=st.integers(1, 60),
)
def test_whatever_the_index_was_made_into_a_search_stays_in_its_project(
    three: Workspace,
    how: str,
    one: tuple[str, Visibility],
    other: tuple[str, Visibility],
    query: str,
    visibilities: tuple[Visibility, ...],
    n: int,
) -> None:
    with _disturbed(three, how, one, other):
        for slug in SLUGS:
            result = search_notes(
                slug,
                query,
                store=three.store,
                vectors=three.vectors,
                embedder=three.embedder,
                n=n,
                visibilities=visibilities,
            )
            for hit in result.hits:
                assert hit.passage.project == slug
                assert hit.passage.visibility in visibilities
                assert _is_as_read(hit.passage)
                assert WORDS[slug] in hit.passage.text, "another project's words"
                if visibilities == (Visibility.CLIENT,):
                    assert COVERED not in hit.passage.text, "internal words before the client"


def test_a_chroma_folder_of_another_workspace_gives_nothing(
    three: Workspace,
) -> None:
    """The folder is put in place of ours, its collections bearing our names: ids alone decide what is found."""
    names = {home: three.vectors.ids(_name(three, home)) for home in HOMES}
    for home in HOMES:
        foreign = {f"{id_[::-1]}": [1.0] + [0.0] * 63 for id_ in names[home]}
        three.vectors.drop(_name(three, home))
        three.vectors.upsert(_name(three, home), foreign)
    for slug in SLUGS:
        hits = search_notes(
            slug, WORDS[slug], store=three.store, vectors=three.vectors, embedder=three.embedder, n=50
        ).hits
        assert len(hits) == 6, "words still find them"
        assert {hit.passage.project for hit in hits} == {slug}
        assert all(hit.by_vectors is None for hit in hits)
