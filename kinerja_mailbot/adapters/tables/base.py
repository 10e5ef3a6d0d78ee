"""What all tables share: names of constraints, moments in UTC, texts that every database can hold."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    DateTime,
    Dialect,
    MetaData,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in the program, UTC in the database, the same on SQLite (which knows no zones) and PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC.

        Raises:
            ValueError: the moment is naive.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - its interface
        """Return the moment, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def safe_text(text: str) -> str:
    """Return the text as every database can hold it."""
    if text.isascii() and "\x00" not in text:  # nearly all of it
        return text
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


class SafeText(TypeDecorator[str]):
    """Text from anywhere: what no database can hold (half surrogate pairs, NUL) becomes the replacement character.

    Mails hold such characters, and one of them must not keep a mail from being archived.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - its interface
        """Return the text as the database can hold it."""
        return None if value is None else safe_text(value)


class Table(SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMES))):
    """What all tables share: one registry of their own."""

    model_config = {"defer_build": True}  # tables do not validate, so no validator is built at the start
