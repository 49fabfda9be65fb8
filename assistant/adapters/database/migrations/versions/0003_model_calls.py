"""Questions to language models: what each was for and what it cost, counted against the day's ceiling."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of model calls."""
    op.create_table(
        "model_calls",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("day", sa.String, nullable=False),
        sa.Column("project", sa.String, nullable=False),
        sa.Column("draft_id", sa.String, nullable=False),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("prompt", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("input_tokens", sa.Integer, nullable=False),
        sa.Column("output_tokens", sa.Integer, nullable=False),
        sa.Column("micros", sa.Integer),
        sa.Column("currency", sa.String, nullable=False),
    )
    op.create_index("model_calls_by_day", "model_calls", ["day"])
    op.create_index("model_calls_by_draft", "model_calls", ["draft_id"])
