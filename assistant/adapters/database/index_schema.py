"""The tables of `index.db`: everything in it can be made again from the notes, so a change means dropping it.

`words` holds the search words of each passage under the passage's row number. Its first column carries the namespace
(project and visibility), with which every word query begins; it counts nothing in the score.
"""

import time

from sqlalchemy import (
    Column,
    Connection,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

SCHEMA_NUMBER = 4
"""Raised with every change here; a database with another number is dropped and filled anew."""

metadata = MetaData()

settings = Table("settings", metadata, Column("name", String, primary_key=True), Column("value", Text, nullable=False))

notes = Table(
    "notes",
    metadata,
    Column("project", String, nullable=False),
    Column("path", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("modified_ns", Integer, nullable=False),
    Column("reader", String, nullable=False),
    Column("refused", Text, nullable=False, server_default=""),  # why it could not be read, "" when it was
    PrimaryKeyConstraint("project", "path"),
)

passages = Table(
    "passages",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", String, nullable=False),
    Column("project", String, nullable=False),
    Column("path", String, nullable=False),
    Column("start_line", Integer, nullable=False),
    Column("end_line", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("digest", String, nullable=False),
    Column("vector_key", String, nullable=False),
    Column("headings", Text, nullable=False),
    Column("dated", String),
    Column("date_certainty", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("kind_certainty", String, nullable=False),
    Column("visibility", String, nullable=False),
    Column("visibility_certainty", String, nullable=False),
    Column("quoted", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("facts", Text, nullable=False),
    ForeignKeyConstraint(["project", "path"], ["notes.project", "notes.path"], ondelete="CASCADE"),
    Index("passages_by_id", "project", "id", "path"),  # the project first: or all its passages are gone through
    Index("passages_by_place", "project", "path", "start"),
    Index("passages_by_vector", "vector_key"),
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("project", String, nullable=False),
    Column("path", String, nullable=False),
    Column("mark", Integer, nullable=False),
    PrimaryKeyConstraint("project", "path", "mark"),
    ForeignKeyConstraint(["project", "path"], ["notes.project", "notes.path"], ondelete="CASCADE"),
    sqlite_with_rowid=False,
)

vectors = Table(
    "vectors",
    metadata,
    Column("embedder", String, nullable=False),
    Column("key", String, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    PrimaryKeyConstraint("embedder", "key"),
)

# The sum of the unit vectors of passages by visibility, language and day ("" for undated), in 8-byte floats.
sums = Table(
    "sums",
    metadata,
    Column("project", String, nullable=False),
    Column("visibility", String, nullable=False),
    Column("language", String, nullable=False),
    Column("dated", String, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("total", LargeBinary, nullable=False),
    PrimaryKeyConstraint("project", "visibility", "language", "dated"),
)

# The words come ready for use: the tokenizer only has to part them at blanks, so it must keep the marks inside a word.
_WORDS = """
CREATE VIRTUAL TABLE words USING fts5(
    space, body, context, tokenize = "unicode61 remove_diacritics 0 tokenchars '-._''/'"
)
"""

# In how many passages each word stands, read from the word index itself.
_VOCABULARY = "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row)"


def create_all(connection: Connection) -> None:
    """Drop whatever the database holds and make the tables anew."""
    listed = "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
    names = [str(row.name) for row in connection.exec_driver_sql(listed)]
    # A virtual table takes its shadow tables along, so it goes first.
    for name in sorted(names, key=lambda name: name != "words"):
        quoted = name.replace('"', '""')
        if not name.startswith("words_"):
            connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{quoted}"')
    metadata.create_all(connection)
    connection.exec_driver_sql(_WORDS)
    connection.exec_driver_sql(_VOCABULARY)
    connection.execute(settings.insert(), [{"name": "schema", "value": str(SCHEMA_NUMBER)}])
    # A database made anew must never pass for the one it follows: no two begin to count at the same number.
    connection.execute(settings.insert(), [{"name": "generation", "value": str(time.time_ns())}])
