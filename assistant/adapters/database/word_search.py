"""Words looked up in the word index of `index.db`, by BM25.

What a word query costs grows with the passages that are scored, and with those that are read back to see whose they
are. So words are counted no further than matters, only matches of the rarest words are scored, and only the best of
these are read back.
"""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, text

SCORED = 2_500
"""Passages that one word query scores, at about a microsecond each."""

_CROWD = (
    10_000  # passages above which those of the project are picked out first, which takes as long as scoring so many
)
_READ_BACK = 250  # of the best matches at first; all of them, where too few of these are the project's
_AT_ONCE = 1_000  # rows in one statement
_COLUMNS = "{body context}"
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
_EXACT = text("SELECT term, doc FROM vocabulary WHERE term IN :terms").bindparams(bindparam("terms", expanding=True))
_MATCHES = (
    "SELECT rowid, -bm25(words, 0.0, 1.0, 0.5) AS score FROM words WHERE words MATCH ?"
    " ORDER BY score DESC, rowid LIMIT ?"
)


def find_words(
    connection: Connection,
    project: str,
    spaces: dict[str, str],
    tokens: Sequence[str],
    n: int,
    *,
    as_of: date | None,
) -> list[tuple[str, float]]:
    """Give up to n passage ids with their score, best first; equal ones in the order in which they were stored.

    `spaces` has the word of the index that stands for project and visibility, by visibility.
    """
    words, scored = _rarest(connection, tokens)
    wanted = f"{_COLUMNS} : ({' OR '.join(_quoted(word) for word in words)})"
    if scored > _CROWD:
        wanted = f"({' OR '.join(f'space : {_quoted(space)}' for space in spaces.values())}) AND {wanted}"
    found: list[tuple[str, float]] = []
    for limit in (max(_READ_BACK, n), -1):
        matches = connection.exec_driver_sql(_MATCHES, (wanted, limit)).all()
        own = _own(connection, project, spaces, [row for row, _ in matches], as_of)
        found = [(own[row], float(score)) for row, score in matches if row in own]
        if len(found) >= n or len(matches) < limit:
            break
    return found[:n]


def _own(
    connection: Connection, project: str, spaces: dict[str, str], rows: Sequence[int], as_of: date | None
) -> dict[int, str]:
    """Read back which rows are the project's, of those visibilities and not too late: their passages' ids.

    The word index and the passages must both say so.
    """
    latest = (as_of or date.max).isoformat()
    own: dict[int, str] = {}
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        filing = f"SELECT rowid, space FROM words WHERE rowid IN ({_marks(some)})"  # noqa: S608 - marks alone
        filed = connection.exec_driver_sql(filing, tuple(some))
        inside = {row for row, space in filed if space in spaces.values()}
        # The plus signs keep SQLite from going through the project by its index instead of looking the rows up.
        query = (
            f"SELECT row, id FROM passages WHERE row IN ({_marks(some)}) AND +project = ?"  # noqa: S608 - marks alone
            f" AND +visibility IN ({_marks(spaces)}) AND (dated IS NULL OR dated <= ?)"
        )
        stored = connection.exec_driver_sql(query, (*some, project, *spaces, latest))
        own.update((row, id_) for row, id_ in stored if row in inside)
    return own


def _rarest(connection: Connection, tokens: Sequence[str]) -> tuple[list[str], int]:
    """Keep the rarest words, as many as stand in up to SCORED passages together; the rarest in any case.

    The second value is in how many passages they stand.
    """
    found = {
        token: int(connection.exec_driver_sql(_COUNT, (f"{_COLUMNS} : {_quoted(token)}", SCORED + 1)).scalar() or 0)
        for token in dict.fromkeys(tokens)
    }
    common = [token for token, count in found.items() if count > SCORED]
    if common and not any(0 < count <= SCORED for count in found.values()):
        found.update((row.term, int(row.doc)) for row in connection.execute(_EXACT, {"terms": common}))
    kept: list[str] = []
    scored = 0
    for token in sorted(found, key=lambda token: found[token]):
        if scored + found[token] > SCORED and scored:
            break
        scored += found[token]
        kept.append(token)
    return kept, scored


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
