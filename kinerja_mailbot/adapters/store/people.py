"""Writing and reading what is known of people, inside somebody else's transaction."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from kinerja_mailbot.adapters.store.journal import BOT
from kinerja_mailbot.adapters.store.statements import insert_new
from kinerja_mailbot.adapters.tables import AbsenceRow, AppointmentRow, PetitionRow
from kinerja_mailbot.domain.acting import KeadaanPenunjukan, Penunjukan
from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.people import (
    EndAbsence,
    FilePetition,
    NoteAbsence,
    PeopleEffect,
    ProposeActing,
    SettleActing,
    SettlePetition,
)
from kinerja_mailbot.domain.mail.petition import KeadaanPermohonan, Permohonan
from kinerja_mailbot.usecases.ports import JournalEntry

_BELIEVED = timedelta(days=2)
"""How long an absence without a last day is believed."""


def write_people(session: Session, effect: PeopleEffect, mail_id: int, now: datetime) -> JournalEntry | None:
    """Write one effect; return its journal line, or None when it had been written before."""
    match effect:
        case NoteAbsence(absence):
            return _note_absence(session, absence, mail_id, now)
        case EndAbsence(unit):
            return _end_absence(session, unit, mail_id, now)
        case ProposeActing(named):
            return _propose_acting(session, named, now)
        case SettleActing():
            return _settle_acting(session, effect, mail_id, now)
        case FilePetition(petition):
            return _file_petition(session, petition, now)
        case SettlePetition():
            return _settle_petition(session, effect, mail_id, now)


def absences(session: Session, now: datetime, today: date) -> tuple[Absence, ...]:
    """Return who is away today, by his robot's word; without a last day it is believed for two days."""
    rows = session.exec(select(AbsenceRow).order_by(col(AbsenceRow.unit))).all()
    return tuple(
        Absence(row.unit, row.sampai, alamat=row.alamat, sejak=row.sejak_at or row.at)
        for row in rows
        if _lasts(row, now, today)
    )


def appointments(session: Session, today: date) -> tuple[Penunjukan, ...]:
    """Return the acting officials named by order whose time is not over, oldest order first."""
    rows = session.exec(
        select(AppointmentRow).where(col(AppointmentRow.sampai) >= today).order_by(col(AppointmentRow.surel_id))
    ).all()
    return tuple(
        Penunjukan(
            surel_id=row.surel_id,
            unit=row.unit,
            sebutan=row.sebutan,
            nama=row.nama,
            alamat=row.alamat,
            nomor=row.nomor,
            sejak=row.sejak,
            sampai=row.sampai,
            keadaan=KeadaanPenunjukan(row.keadaan),
            diusulkan_oleh=row.diusulkan_oleh,
            diputuskan_oleh=row.diputuskan_oleh,
            diputuskan_at=row.diputuskan_at,
        )
        for row in rows
    )


def petitions(session: Session) -> tuple[Permohonan, ...]:
    """Return every request for more time, oldest first."""
    rows = session.exec(select(PetitionRow).order_by(col(PetitionRow.surel_id))).all()
    return tuple(
        Permohonan(
            surel_id=row.surel_id,
            periode=row.periode,
            unit=row.unit,
            lama=row.lama,
            alasan=row.alasan,
            keadaan=KeadaanPermohonan(row.keadaan),
        )
        for row in rows
    )


def _lasts(row: AbsenceRow, now: datetime, today: date) -> bool:
    if row.selesai_at is not None:
        return False
    return row.sampai >= today if row.sampai else row.at > now - _BELIEVED


def _note_absence(session: Session, absence: Absence, mail_id: int, now: datetime) -> JournalEntry | None:
    row = session.get(AbsenceRow, absence.unit, with_for_update=True)
    if row is not None and row.surel_id >= mail_id:  # an older mail that is decided again says nothing new
        return None
    # While the robot repeats itself it is still the same absence: the Kasubbag hears of it once.
    goes_on = row is not None and row.alamat == absence.alamat and _lasts(row, now, now.date())
    since = (row.sejak_at or row.at) if row is not None and goes_on else now
    row = row or AbsenceRow(unit=absence.unit, at=now, surel_id=mail_id)
    row.sejak_at = since
    row.sampai, row.at, row.surel_id = absence.sampai, now, mail_id
    row.alamat, row.selesai_at = absence.alamat, None
    session.add(row)
    return _entry(now, mail_id, "absence noted", str(absence.sampai or ""), unit=absence.unit, oleh=absence.alamat)


def _end_absence(session: Session, unit: str, mail_id: int, now: datetime) -> JournalEntry | None:
    row = session.get(AbsenceRow, unit, with_for_update=True)
    if row is None or row.selesai_at is not None or row.surel_id >= mail_id:
        return None
    row.selesai_at = now
    return _entry(now, mail_id, "absence over", "wrote himself", unit=unit, oleh=row.alamat)


def _propose_acting(session: Session, named: Penunjukan, now: datetime) -> JournalEntry | None:
    row = AppointmentRow(
        surel_id=named.surel_id,
        unit=named.unit,
        sebutan=named.sebutan,
        nama=named.nama,
        alamat=named.alamat,
        nomor=named.nomor,
        sejak=named.sejak,
        sampai=named.sampai,
        keadaan=named.keadaan.value,
        diusulkan_oleh=named.diusulkan_oleh,
        diusulkan_at=now,
    )
    if not insert_new(session, row):
        return None
    said = f"{named.nama} <{named.alamat}> {named.nomor}, {named.sejak} to {named.sampai}"
    return _entry(now, named.surel_id, "acting official proposed", said, unit=named.unit, oleh=named.diusulkan_oleh)


def _settle_acting(session: Session, effect: SettleActing, mail_id: int, now: datetime) -> JournalEntry | None:
    row = session.get_one(AppointmentRow, effect.surel_id, with_for_update=True)
    if row.keadaan != KeadaanPenunjukan.MENUNGGU.value:
        return None
    row.keadaan, row.diputuskan_oleh, row.diputuskan_at = effect.keadaan.value, effect.oleh, now
    event = "acting official confirmed" if effect.keadaan is KeadaanPenunjukan.BERLAKU else "acting official refused"
    return _entry(now, mail_id, event, f"{row.nama} <{row.alamat}>", unit=row.unit, oleh=effect.oleh)


def _file_petition(session: Session, petition: Permohonan, now: datetime) -> JournalEntry | None:
    row = PetitionRow(
        surel_id=petition.surel_id,
        periode=petition.periode,
        unit=petition.unit,
        lama=petition.lama,
        alasan=petition.alasan,
        keadaan=petition.keadaan.value,
        diajukan_at=now,
    )
    if not insert_new(session, row):
        return None
    return _entry(
        now,
        petition.surel_id,
        "more time asked for",
        f"{petition.lama}: {petition.alasan}",
        unit=petition.unit,
        periode=petition.periode,
    )


def _settle_petition(session: Session, effect: SettlePetition, mail_id: int, now: datetime) -> JournalEntry | None:
    row = session.get_one(PetitionRow, effect.surel_id, with_for_update=True)
    if row.keadaan != KeadaanPermohonan.MENUNGGU.value:
        return None
    row.keadaan, row.diputuskan_oleh, row.diputuskan_at = effect.keadaan.value, effect.oleh, now
    granted = effect.keadaan is KeadaanPermohonan.DISETUJUI
    event = "more time granted" if granted else "more time refused"
    return _entry(now, mail_id, event, row.lama, unit=row.unit, periode=row.periode, oleh=effect.oleh)


def _entry(  # noqa: PLR0913 - the columns of a journal line
    now: datetime, mail_id: int, event: str, more: str, *, unit: str, periode: str | None = None, oleh: str = ""
) -> JournalEntry:
    return JournalEntry(
        at=now, oleh=oleh or BOT, peristiwa=event, periode=periode, unit=unit, surel_id=mail_id, rincian=more
    )
