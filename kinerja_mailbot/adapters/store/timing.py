"""Writing and reading what orders change about the time of a period, inside somebody else's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from kinerja_mailbot.adapters.store.statements import insert_new
from kinerja_mailbot.adapters.tables import ExtensionRow, PauseRow, PeriodRow, RequestRow, StepRow
from kinerja_mailbot.domain.mail.timing import ExtendDeadline, PauseClock, ResumeClock, TimingEffect
from kinerja_mailbot.domain.sop.changes import MovedDeadline, MovedStep, Penundaan, Perpanjangan
from kinerja_mailbot.usecases.ports import JournalEntry, OvertakenError


def write_timing(session: Session, effect: TimingEffect, mail_id: int, now: datetime) -> JournalEntry | None:
    """Write one effect; return its journal line, or None when it had been written before.

    Raises:
        OvertakenError: a deadline is another than the one that the order was decided from; it must be decided again.
    """
    match effect:
        case ExtendDeadline():
            return _extend(session, effect, mail_id, now)
        case PauseClock():
            return _pause(session, effect, mail_id, now)
        case ResumeClock():
            return _resume(session, effect, mail_id, now)


def extensions(session: Session, codes: Sequence[str]) -> dict[str, tuple[Perpanjangan, ...]]:
    """Return the extensions of these periods, oldest first."""
    rows = session.exec(
        select(ExtensionRow)
        .where(col(ExtensionRow.periode).in_(codes))
        .order_by(col(ExtensionRow.at), col(ExtensionRow.surel_id), col(ExtensionRow.unit))
    ).all()
    found: dict[str, tuple[Perpanjangan, ...]] = {}
    for row in rows:
        found[row.periode] = (*found.get(row.periode, ()), _extension(row))
    return found


def pauses(session: Session, codes: Sequence[str]) -> dict[str, tuple[Penundaan, ...]]:
    """Return the pauses of these periods, oldest first."""
    rows = session.exec(
        select(PauseRow)
        .where(col(PauseRow.periode).in_(codes))
        .order_by(col(PauseRow.mulai_at), col(PauseRow.surel_id))
    ).all()
    found: dict[str, tuple[Penundaan, ...]] = {}
    for row in rows:
        stood = Penundaan(mulai_at=row.mulai_at, alasan=row.alasan, oleh=row.oleh, sampai_at=row.sampai_at)
        found[row.periode] = (*found.get(row.periode, ()), stood)
    return found


def _extend(session: Session, effect: ExtendDeadline, mail_id: int, now: datetime) -> JournalEntry | None:
    moved = effect.batas
    row = ExtensionRow(
        surel_id=mail_id,
        periode=effect.periode,
        unit=moved.unit,
        dari_at=moved.dari_at,
        menjadi_at=moved.menjadi_at,
        lama=effect.lama,
        alasan=effect.alasan,
        oleh=effect.oleh,
        at=now,
    )
    if not insert_new(session, row):
        return None
    request = _move_deadline(session, effect.periode, moved, now)
    request.tingkat = -1  # a new deadline has a ladder of its own
    for step in effect.langkah:
        _keep_up(session, effect.periode, step)
    return JournalEntry(
        at=now,
        oleh=effect.oleh,
        peristiwa="deadline extended",
        periode=effect.periode,
        unit=moved.unit,
        surel_id=mail_id,
        rincian=f"{_span(moved)}{f', {effect.lama}' if effect.lama else ''}: {effect.alasan}",
    )


def _pause(session: Session, effect: PauseClock, mail_id: int, now: datetime) -> JournalEntry | None:
    session.get_one(PeriodRow, effect.periode, with_for_update=True)  # two orders at once make one pause
    standing = select(PauseRow.surel_id).where(PauseRow.periode == effect.periode, col(PauseRow.sampai_at).is_(None))
    if session.exec(standing).first() is not None:
        return None
    row = PauseRow(
        surel_id=mail_id,
        periode=effect.periode,
        mulai_at=effect.mulai_at,
        alasan=effect.alasan,
        oleh=effect.oleh,
    )
    if not insert_new(session, row):
        return None
    return JournalEntry(
        at=now,
        oleh=effect.oleh,
        peristiwa="clock paused",
        periode=effect.periode,
        surel_id=mail_id,
        rincian=f"from {effect.mulai_at.isoformat()}: {effect.alasan}",
    )


def _resume(session: Session, effect: ResumeClock, mail_id: int, now: datetime) -> JournalEntry | None:
    standing = (
        select(PauseRow).where(PauseRow.periode == effect.periode, col(PauseRow.sampai_at).is_(None)).with_for_update()
    )
    row = session.exec(standing).first()
    if row is None:
        return None
    row.sampai_at, row.dilanjutkan_oleh, row.lanjut_surel_id = effect.sampai_at, effect.oleh, mail_id
    for moved in effect.permintaan:
        _move_deadline(session, effect.periode, moved, now)
    _move_steps(session, effect.periode, effect.langkah)
    return JournalEntry(
        at=now,
        oleh=effect.oleh,
        peristiwa="clock resumed",
        periode=effect.periode,
        surel_id=mail_id,
        rincian=f"from {row.mulai_at.isoformat()} to {effect.sampai_at.isoformat()}",
    )


def _move_deadline(session: Session, kode: str, moved: MovedDeadline, now: datetime) -> RequestRow:
    row = session.get_one(RequestRow, (kode, moved.unit), with_for_update=True)
    if row.batas_at != moved.dari_at:
        raise OvertakenError(f"the deadline of {kode} {moved.unit} has changed since it was read")
    row.batas_at = moved.menjadi_at
    row.pengingat_terakhir_at = now  # the letter that tells of it is this half-day's reminder
    return row


def _keep_up(session: Session, kode: str, moved: MovedStep) -> None:
    """Let a step wait for an extended deadline; another unit's may have moved it already, even further."""
    row = session.get_one(StepRow, (kode, moved.nomor), with_for_update=True)
    if row.selesai_at is None and row.batas_at is not None:
        row.batas_at = max(row.batas_at, moved.menjadi_at)


def _move_steps(session: Session, kode: str, steps: tuple[MovedStep, ...]) -> None:
    for moved in steps:
        row = session.get_one(StepRow, (kode, moved.nomor), with_for_update=True)
        if row.batas_at != moved.dari_at:
            raise OvertakenError(f"step {moved.nomor} of {kode} has changed since it was read")
        if row.selesai_at is None:  # a finished step never changes (SOP pengesahan 4)
            row.batas_at = moved.menjadi_at


def _extension(row: ExtensionRow) -> Perpanjangan:
    return Perpanjangan(
        unit=row.unit,
        dari_at=row.dari_at,
        menjadi_at=row.menjadi_at,
        lama=row.lama,
        alasan=row.alasan,
        oleh=row.oleh,
        at=row.at,
    )


def _span(moved: MovedDeadline) -> str:
    return f"from {moved.dari_at.isoformat()} to {moved.menjadi_at.isoformat()}"
