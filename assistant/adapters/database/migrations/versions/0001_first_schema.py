"""The first schema: drafts with revisions, findings and decisions, client mail, the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    _create_changes()
    _create_drafts()
    _create_decisions()
    _create_inbound()
    _create_outbox()


def _create_changes() -> None:
    changes = op.create_table(
        "state_changes",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1", name="one_row"), primary_key=True),
        sa.Column("n", sa.Integer, nullable=False),
    )
    op.bulk_insert(changes, [{"id": 1, "n": 0}])


def _create_drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("project", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("status_reason", sa.Text, nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("changed_at", sa.String, nullable=False),
        sa.Column("change", sa.Integer, nullable=False),
        sa.Column("blocks", sa.Integer, nullable=False),
        sa.Column("warnings", sa.Integer, nullable=False),
        sa.Column("inbound_id", sa.String),
        sa.Column("severity", sa.Float),
    )
    op.create_index("drafts_by_change", "drafts", ["change"])
    op.create_index("drafts_by_project", "drafts", ["project", "change"])
    op.create_table(
        "draft_revisions",
        sa.Column("draft_id", sa.String, sa.ForeignKey("drafts.id"), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "revision"),
    )


def _create_decisions() -> None:
    for table, key in (("waivers", "finding_id"), ("releases", "passage_id")):
        op.create_table(
            table,
            sa.Column("draft_id", sa.String, sa.ForeignKey("drafts.id"), nullable=False),
            sa.Column(key, sa.String, nullable=False),
            sa.Column("content", sa.Text, nullable=False),
            sa.PrimaryKeyConstraint("draft_id", key),
        )


def _create_inbound() -> None:
    op.create_table(
        "inbound",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("project", sa.String, nullable=False),
        sa.Column("message_id", sa.String, nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("severity", sa.Float, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_index("inbound_by_time", "inbound", ["project", "created_at"])
    op.create_index(
        "inbound_once", "inbound", ["project", "message_id"], unique=True, sqlite_where=sa.text("message_id <> ''")
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("draft_id", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("project", sa.String, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("approved_digest", sa.String, nullable=False),
        sa.Column("message_id", sa.String, nullable=False, unique=True),
        sa.Column("approved_by", sa.String, nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("not_before", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("changed_at", sa.String),
        sa.ForeignKeyConstraint(["draft_id", "revision"], ["draft_revisions.draft_id", "draft_revisions.revision"]),
    )
    op.create_index("outbox_due", "outbox", ["state", "not_before"])
    op.create_index(
        "outbox_once",
        "outbox",
        ["draft_id"],
        unique=True,
        sqlite_where=sa.text("state NOT IN ('withdrawn', 'void')"),
    )
    op.create_table(
        "approvals",
        sa.Column("entry_id", sa.String, sa.ForeignKey("outbox.id"), primary_key=True),
        sa.Column("draft_id", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_index("approvals_by_draft", "approvals", ["draft_id", "revision"])
