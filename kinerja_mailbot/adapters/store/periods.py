"""Moving periods, steps and requests on, step by step inside somebody else's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, func, select

from kinerja_mailbot.adapters.store.journal import BOT, note_once
from kinerja_mailbot.adapters.store.records import edition_row, period_row, request_row, step_row, step_state
from kinerja_mailbot.adapters.store.statements import insert_new
from kinerja_mailbot.adapters.tables import PeriodRow, RequestRow, StepRow
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan, PeriodState, RequestState, StepState
from kinerja_mailbot.usecases.ports import JournalEntry, OvertakenError

_LAST_STEP = 6


@dataclass(frozen=True, slots=True)
class Act:
    """Who finished something, by which mail or letter, and when (aware UTC)."""

    oleh: str
    bukti: str
    at: datetime


def begin_period(session: Session, state: PeriodState) -> bool:
    """Write a new period with its steps and requests; tell whether it was new. A known one stays as it is."""
    if not insert_new(session, period_row(state)):
        return False
    kode = state.periode.kode
    session.add_all(step_row(kode, step) for step in state.langkah)
    session.add_all(request_row(request, place) for place, request in enumerate(state.permintaan))
    session.add_all(edition_row(kode, edition) for edition in state.rekap)
    return True


def move_step(session: Session, kode: str, step: StepState, now: datetime) -> None:
    """Write a step's new state; a finished step stays as it is, and the attempt is journalled (SOP pengesahan 4)."""
    row = session.get(StepRow, (kode, step.nomor), with_for_update=True)
    if row is None:
        session.add(step_row(kode, step))
        return
    if step_state(row) == step:
        return
    if row.selesai_at is not None:
        refusal = JournalEntry(
            at=now,
            oleh=BOT,
            peristiwa="step change refused",
            periode=kode,
            rincian=f"langkah {step.nomor} selesai {row.selesai_at.isoformat()}",
        )
        note_once(session, refusal, whenever=True)
        return
    row.mulai_at, row.batas_at, row.selesai_at = step.mulai_at, step.batas_at, step.selesai_at
    row.oleh, row.bukti = step.oleh, step.bukti


def finish_step(session: Session, kode: str, nomor: int, act: Act) -> None:
    """Finish a step now, unless it is finished."""
    row = session.get_one(StepRow, (kode, nomor), with_for_update=True)
    if row.selesai_at is None:
        row.mulai_at = row.mulai_at or act.at
        row.selesai_at, row.oleh, row.bukti = act.at, act.oleh, act.bukti


def close_period(session: Session, kode: str, act: Act) -> bool:
    """Close a period and finish step 6 where it had started; tell whether the period was open."""
    period = session.get_one(PeriodRow, kode, with_for_update=True)
    if period.keadaan == KeadaanPeriode.DITUTUP.value:
        return False
    period.keadaan, period.ditutup_at = KeadaanPeriode.DITUTUP.value, act.at
    last = session.get(StepRow, (kode, _LAST_STEP))
    if last is not None and last.mulai_at is not None:
        finish_step(session, kode, _LAST_STEP, act)
    return True


def write_request(session: Session, state: RequestState) -> None:
    """Write a new request, or what a tick may change of a known one: reminders, deadline, a step forward.

    Answers belong to the mails: form, record, revision and evidence are never written from here.

    Raises:
        OvertakenError: a revision came in since the request was read; the plan must be made again.
    """
    row = session.get(RequestRow, (state.periode, state.unit), with_for_update=True)
    if row is None:
        count = select(func.count()).select_from(RequestRow).where(RequestRow.periode == state.periode)
        session.add(request_row(state, session.exec(count).one()))
        return
    if row.revisi != state.revisi:
        raise OvertakenError(f"the request {state.periode} {state.unit} has changed since it was read")
    row.batas_at, row.tingkat = state.batas_at, state.tingkat
    row.pengingat, row.pengingat_terakhir_at = state.pengingat, state.pengingat_terakhir_at
    row.dikirim_at = row.dikirim_at or state.dikirim_at
    if row.keadaan != KeadaanPermintaan.LENGKAP.value and state.keadaan is not KeadaanPermintaan.DISIAPKAN:
        row.keadaan = state.keadaan.value
