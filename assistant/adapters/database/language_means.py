"""Where the passages of each language lie: the mean of their vectors, by project and visibility, kept in `index.db`."""

from array import array
from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from assistant.adapters.database import index_schema as schema
from assistant.domain.project import Language, Visibility
from assistant.ports import LanguageMean

_AT_ONCE = 5_000


def measure_means(connection: Connection, project: str, embedder: str) -> None:
    """Work out a project's means from the stored vectors; at 100,000 passages that reads 150 MB."""
    import numpy as np

    p, v, means = schema.passages, schema.vectors, schema.means
    query = (
        select(p.c.visibility, p.c.language, v.c.vector)
        .join(v, (v.c.key == p.c.vector_key) & (v.c.embedder == embedder))
        .where(p.c.project == project)
    )
    sums: dict[tuple[str, str], tuple[np.ndarray, int]] = {}
    for rows in connection.execute(query).partitions(_AT_ONCE):
        groups: dict[tuple[str, str], list[bytes]] = {}
        for visibility, language, vector in rows:
            groups.setdefault((visibility, language), []).append(vector)
        for key, some in groups.items():
            matrix = np.frombuffer(b"".join(some), dtype=np.float32).reshape(len(some), -1)
            lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
            total = (matrix / np.where(lengths > 0, lengths, 1)).sum(axis=0, dtype=np.float64)
            before, count = sums.get(key, (np.zeros_like(total), 0))
            sums[key] = (before + total, count + len(some))
    connection.execute(delete(means).where(means.c.project == project))
    if sums:
        found = [
            {
                "project": project,
                "visibility": visibility,
                "language": language,
                "passages": count,
                "mean": (total / count).tobytes(),
            }
            for (visibility, language), (total, count) in sums.items()
        ]
        connection.execute(means.insert(), found)


def read_means(
    connection: Connection, project: str, visibilities: Sequence[Visibility]
) -> dict[Language, LanguageMean]:
    """Give the means of a project's passages of those visibilities together."""
    table = schema.means
    query = select(table.c.language, table.c.passages, table.c.mean).where(
        table.c.project == project, table.c.visibility.in_([visibility.value for visibility in visibilities])
    )
    found: dict[Language, LanguageMean] = {}
    for language, count, stored in connection.execute(query):
        new = LanguageMean(array("d", stored), count)
        known = found.get(language)
        found[language] = _together(known, new) if known else new
    return found


def _together(one: LanguageMean, other: LanguageMean) -> LanguageMean:
    both = one.passages + other.passages
    mean = [(a * one.passages + b * other.passages) / both for a, b in zip(one.mean, other.mean, strict=True)]
    return LanguageMean(mean, both)
