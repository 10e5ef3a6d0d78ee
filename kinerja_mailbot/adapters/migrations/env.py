"""What Alembic runs for every command: it uses the connection and the tables that the store hands over.

Alembic executes this file; anybody else who merely imports it (a documentation or test tool) changes nothing.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, MetaData


def run() -> None:
    """Run the migrations inside the transaction that the store has begun."""
    connection = context.config.attributes["connection"]
    metadata = context.config.attributes["metadata"]
    assert isinstance(connection, Connection)  # noqa: S101 - only the store calls Alembic
    assert isinstance(metadata, MetaData)  # noqa: S101
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


if getattr(context, "config", None) is not None:
    run()
