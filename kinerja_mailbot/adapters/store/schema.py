"""The schema of the database and the way to the newest one: the home of alembic, which is loaded only to change it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from kinerja_mailbot.adapters import migrations
from kinerja_mailbot.adapters.tables import Table
from kinerja_mailbot.usecases.ports import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

_VERSION_TABLE = "alembic_version"


def revision_of(connection: Connection) -> str | None:
    """Return the revision that a database is at, None for an empty one."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def known_revisions() -> tuple[str, ...]:
    """Return the revisions of this program by their files (`v0001_first_tables.py`), the newest last."""
    folder = Path(migrations.__file__).parent / "versions"
    return tuple(sorted(file.name[1:5] for file in folder.glob("v[0-9][0-9][0-9][0-9]_*.py")))


def upgrade(connection: Connection) -> None:
    """Bring the schema up to date; one that is costs a query.

    Raises:
        StoreError: a newer version of the program has written it.
    """
    here, known = revision_of(connection), known_revisions()
    if here == known[-1]:
        return
    if here is not None and here not in known:
        raise StoreError(f"the database has schema {here}, which only a newer version of this program knows")
    from alembic import command  # noqa: PLC0415  13 MB that a service with its tables in order does not need

    command.upgrade(_alembic(connection), "head")


def _alembic(connection: Connection) -> Config:
    from alembic.config import Config  # noqa: PLC0415  likewise

    config = Config()
    config.set_main_option("script_location", f"{migrations.__name__.rpartition('.')[0]}:migrations")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = Table.metadata
    return config
