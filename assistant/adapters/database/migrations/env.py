"""What Alembic runs: the steps on the connection and in the transaction that it is handed."""

from alembic import context

from assistant.adapters.database.state_schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
