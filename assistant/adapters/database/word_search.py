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

_READ_BACK = 250  # of the best matches at once
_COLUMNS = "{body context}"
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
_EXACT = text("SELECT term, doc FROM vocabulary WHERE term IN :terms").bindparams(bindparam("terms", expanding=True))
_MATCHES = "SELECT rowid, -bm25(words, 0.0, 1.0, 0.5) FROM words WHERE words MATCH ?"


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
    words, common = _rarest(connection, tokens)
    wanted = f"{_COLUMNS} : ({' OR '.join(_quoted(word) for word in words)})"
    if common:  # too many to score all: those of this project alone, though telling them apart has a price, too
        wanted = f"({' OR '.join(f'space : {_quoted(space)}' for space in spaces.values())}) AND {wanted}"
    matches = sorted(connection.exec_driver_sql(_MATCHES, (wanted,)).all(), key=lambda match: (-match[1], match[0]))
    found: list[tuple[str, float]] = []
    for start in range(0, len(matches), _READ_BACK):
        some = matches[start : start + _READ_BACK]
        own = _own(connection, project, spaces, [row for row, _ in some], as_of)
        found.extend((own[row], float(score)) for row, score in some if row in own)
        if len(found) >= n:
            break
    return found[:n]


def _own(
    connection: Connection, project: str, spaces: dict[str, str], rows: Sequence[int], as_of: date | None
) -> dict[int, str]:
    """Read back which rows are the project's, of those visibilities and not too late: their passages' ids.

    The word index and the passages must both say so.
    """
    # The plus signs keep SQLite from going through the project by its index instead of looking the rows up.
    query = (
        f"SELECT row, id FROM passages WHERE row IN ({_marks(rows)}) AND +project = ?"  # noqa: S608 - marks alone
        f" AND +visibility IN ({_marks(spaces)}) AND (dated IS NULL OR dated <= ?)"
    )
    latest = (as_of or date.max).isoformat()
    stored = connection.exec_driver_sql(query, (*rows, project, *spaces, latest)).all()
    filed = connection.exec_driver_sql(f"SELECT rowid, space FROM words WHERE rowid IN ({_marks(rows)})", tuple(rows))  # noqa: S608
    inside = {row for row, space in filed if space in spaces.values()}
    return {row: id_ for row, id_ in stored if row in inside}


def _rarest(connection: Connection, tokens: Sequence[str]) -> tuple[list[str], bool]:
    """Keep the rarest words, as many as stand in up to SCORED passages together; the rarest in any case.

    The second value tells that they stand in more passages than that.
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
    return kept, scored > SCORED


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
