"""The mails that wait for a word of the penyusun: in years thousands, so that no more of them is read than needed."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from kinerja_mailbot.adapters.tables import MailRow
from kinerja_mailbot.domain.mail.matters import Matter, Urusan

_KINDS = tuple(urusan.value for urusan in Urusan)


def all_matters(session: Session) -> tuple[Matter, ...]:
    """Return all of them, oldest first."""
    return _read(session, col(MailRow.urusan).in_(_KINDS))  # named one by one, they are found by their index


def unlisted_matters(session: Session) -> tuple[Matter, ...]:
    """Return those that no summary has listed yet, oldest first."""
    return _read(session, col(MailRow.urusan).in_(_KINDS) & col(MailRow.diringkas_at).is_(None))


def matters_named(session: Session, numbers: Collection[int]) -> tuple[Matter, ...]:
    """Return those that have one of these numbers, oldest first."""
    return _read(session, col(MailRow.id).in_(numbers) & col(MailRow.urusan).is_not(None))


def _read(session: Session, which: ColumnElement[bool]) -> tuple[Matter, ...]:
    wanted = (
        select(
            col(MailRow.id),
            col(MailRow.urusan),
            col(MailRow.arrived_at),
            col(MailRow.archived_at),
            col(MailRow.pengirim),
            col(MailRow.subjek),
            col(MailRow.unit),
            col(MailRow.diringkas_at),
        )
        .where(which)
        .order_by(col(MailRow.id))
    )
    return tuple(
        Matter(
            nomor=nomor or 0,
            urusan=Urusan(urusan or ""),
            tiba_at=min(arrived_at, archived_at),  # the server's clock may be ahead of ours
            pengirim=sender,
            subjek=subject,
            unit=unit,
            diringkas=listed_at is not None,
        )
        for nomor, urusan, arrived_at, archived_at, sender, subject, unit, listed_at in session.connection().execute(
            wanted
        )
    )
