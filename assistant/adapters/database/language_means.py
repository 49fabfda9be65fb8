"""What the vectors in `index.db` amount to: each language's mean by project, visibility and day, and their number."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, select

from assistant.adapters.database import index_schema as schema
from assistant.domain.project import Language, Visibility
from assistant.ports import LanguageMean

_AT_ONCE = 5_000


def measure_means(connection: Connection, project: str, embedder: str) -> None:
    """Sum up a project's stored vectors by day; at 100,000 passages that reads 150 MB."""
    import numpy as np

    p, v, sums = schema.passages, schema.vectors, schema.sums
    query = (
        select(p.c.visibility, p.c.language, p.c.dated, v.c.vector)
        .join(v, (v.c.key == p.c.vector_key) & (v.c.embedder == embedder))
        .where(p.c.project == project)
    )
    found: dict[tuple[str, str, str], tuple[np.ndarray, int]] = {}
    for rows in connection.execute(query).partitions(_AT_ONCE):
        groups: dict[tuple[str, str, str], list[bytes]] = {}
        for visibility, language, dated, vector in rows:
            groups.setdefault((visibility, language, dated or ""), []).append(vector)
        for key, some in groups.items():
            matrix = np.frombuffer(b"".join(some), dtype=np.float32).reshape(len(some), -1)
            lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
            total = (matrix / np.where(lengths > 0, lengths, 1)).sum(axis=0, dtype=np.float64)
            before, count = found.get(key, (np.zeros_like(total), 0))
            found[key] = (before + total, count + len(some))
    connection.execute(delete(sums).where(sums.c.project == project))
    if found:
        stored: list[dict[str, Any]] = [
            {
                "project": project,
                "visibility": visibility,
                "language": language,
                "dated": dated,
                "passages": count,
                "total": total.tobytes(),
            }
            for (visibility, language, dated), (total, count) in found.items()
        ]
        connection.execute(sums.insert(), stored)


def read_means(
    connection: Connection, project: str, visibilities: Sequence[Visibility], as_of: date | None
) -> dict[Language, LanguageMean]:
    """Give the means of a project's passages of those visibilities together; `as_of` leaves out those dated later."""
    import numpy as np

    table = schema.sums
    query = select(table.c.language, table.c.passages, table.c.total).where(
        table.c.project == project, table.c.visibility.in_([visibility.value for visibility in visibilities])
    )
    if as_of is not None:
        query = query.where(table.c.dated <= as_of.isoformat())  # an undated passage has "", before every day
    totals: dict[Language, tuple[np.ndarray, int]] = {}
    for language, count, stored in connection.execute(query):
        total, counted = totals.get(language, (0.0, 0))
        totals[language] = (total + np.frombuffer(stored, dtype=np.float64), counted + count)
    return {language: LanguageMean((total / count).tolist(), count) for language, (total, count) in totals.items()}


def count_vectors(connection: Connection, project: str, embedder: str, *, measured: bool) -> tuple[int, int]:
    """Count a project's passages that have a vector, and all of them; `measured` says that the sums are up to date."""
    p, v, sums = schema.passages, schema.vectors, schema.sums
    every = select(func.count()).select_from(p).where(p.c.project == project)
    have = select(func.coalesce(func.sum(sums.c.passages), 0)).where(sums.c.project == project)
    if not measured:
        held = (v.c.key == p.c.vector_key) & (v.c.embedder == embedder)
        have = select(func.count()).select_from(p.join(v, held)).where(p.c.project == project)
    return int(connection.scalar(have) or 0), int(connection.scalar(every) or 0)
