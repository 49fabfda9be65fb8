"""The tables of `state.db`: everything that a person or a client made, which no index can rebuild.

The queue's columns stand in the draft's own row, so that listing reads no JSON. The contents are JSON texts made and
read by `codec`. Times are ISO 8601 in UTC. Every change raises the one number in `state_changes`.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

SCHEMA_VERSION = "0003"
"""The migration that this program's tables are at; a test holds it to Alembic's head."""

metadata = MetaData()

state_changes = Table(
    "state_changes",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    Column("n", Integer, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("project", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("language", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("status", String, nullable=False),
    Column("status_reason", Text, nullable=False),
    Column("created_at", String, nullable=False),
    Column("changed_at", String, nullable=False),
    Column("change", Integer, nullable=False),
    Column("blocks", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("inbound_id", String),
    Column("severity", Float),
    Index("drafts_by_change", "change"),
    Index("drafts_by_project", "project", "change"),
)

draft_revisions = Table(
    "draft_revisions",
    metadata,
    Column("draft_id", String, ForeignKey("drafts.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("findings", Text, nullable=False),
    PrimaryKeyConstraint("draft_id", "revision"),
)

waivers = Table(
    "waivers",
    metadata,
    Column("draft_id", String, ForeignKey("drafts.id"), nullable=False),
    Column("finding_id", String, nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("draft_id", "finding_id"),
)

releases = Table(
    "releases",
    metadata,
    Column("draft_id", String, ForeignKey("drafts.id"), nullable=False),
    Column("passage_id", String, nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("draft_id", "passage_id"),
)

inbound = Table(
    "inbound",
    metadata,
    Column("id", String, primary_key=True),
    Column("project", String, nullable=False),
    Column("message_id", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("severity", Float, nullable=False),
    Column("content", Text, nullable=False),
    Index("inbound_by_time", "project", "created_at"),
    # Posting the same mail twice makes one, also when two processes do it at the same moment.
    Index("inbound_once", "project", "message_id", unique=True, sqlite_where=text("message_id <> ''")),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", String, primary_key=True),
    Column("draft_id", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("project", String, nullable=False),
    Column("message", Text, nullable=False),
    Column("approved_digest", String, nullable=False),
    Column("message_id", String, nullable=False, unique=True),
    Column("approved_by", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("not_before", String, nullable=False),
    Column("state", String, nullable=False),
    Column("detail", Text, nullable=False),
    Column("changed_at", String),
    ForeignKeyConstraint(["draft_id", "revision"], ["draft_revisions.draft_id", "draft_revisions.revision"]),
    Index("outbox_due", "state", "not_before"),
    # One draft leaves once: a second approval cannot be stored while the first one stands.
    Index("outbox_once", "draft_id", unique=True, sqlite_where=text("state NOT IN ('withdrawn', 'void')")),
)

approvals = Table(
    "approvals",
    metadata,
    Column("entry_id", String, ForeignKey("outbox.id"), primary_key=True),
    Column("draft_id", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Index("approvals_by_draft", "draft_id", "revision"),
)

action_items = Table(
    "action_items",
    metadata,
    Column("id", String, primary_key=True),
    Column("project", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("place", Integer, nullable=False),
    Column("change", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Index("action_items_by_project", "project", "state"),
    # Reading the same meeting twice, also by two processes at the same moment, proposes each item once.
    Index("action_items_once", "project", "digest", "place", unique=True),
)

model_calls = Table(
    "model_calls",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", String, nullable=False),
    Column("day", String, nullable=False),
    Column("project", String, nullable=False),
    Column("draft_id", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("prompt", String, nullable=False),
    Column("model", String, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("micros", Integer),
    Column("currency", String, nullable=False),
    Index("model_calls_by_day", "day"),
    Index("model_calls_by_draft", "draft_id"),
)
