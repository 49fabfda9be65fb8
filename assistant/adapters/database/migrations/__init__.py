"""Alembic's steps from the first schema on; `migrate.prepare` runs them."""
