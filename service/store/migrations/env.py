"""What Alembic runs: the migrations on the connection that `migrate` holds."""

from alembic import context

from service.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
