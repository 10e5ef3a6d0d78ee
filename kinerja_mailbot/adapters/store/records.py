"""Periods, steps and requests between rows and values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import BindParameter, bindparam
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from kinerja_mailbot.adapters.store.analyses import analysis_states
from kinerja_mailbot.adapters.store.codec import (
    decode_cells,
    decode_form,
    decode_revisions,
    decode_sop,
    decode_tuple,
    encode,
)
from kinerja_mailbot.adapters.store.timing import extensions, pauses
from kinerja_mailbot.adapters.tables import EditionRow, EvidenceRow, PeriodRow, RequestRow, StepRow, SubmissionRow
from kinerja_mailbot.domain.periode import JenisPeriode, Periode
from kinerja_mailbot.domain.sop.state import (
    FileOnRecord,
    KeadaanPeriode,
    KeadaanPermintaan,
    Penerimaan,
    PeriodState,
    RekapState,
    RequestState,
    StepState,
)

_CODES = "codes"
_WANTED: BindParameter[str] = bindparam(_CODES, expanding=True)
# Made once, since they are asked at every beat, and mostly of columns: a row of the ORM costs as much as a query.
_STEPS = (
    columns(
        col(StepRow.periode),
        col(StepRow.nomor),
        col(StepRow.mulai_at),
        col(StepRow.batas_at),
        col(StepRow.selesai_at),
        col(StepRow.oleh),
        col(StepRow.bukti),
    )
    .where(col(StepRow.periode).in_(_WANTED))
    .order_by(col(StepRow.nomor))
)
_REQUESTS = (
    select(RequestRow)
    .where(col(RequestRow.periode).in_(_WANTED))
    .order_by(col(RequestRow.diminta_at), col(RequestRow.urutan))
)
_EDITIONS = (
    columns(
        col(EditionRow.periode),
        col(EditionRow.edisi),
        col(EditionRow.lengkap),
        col(EditionRow.revisi),
        col(EditionRow.dibuat_at),
        col(EditionRow.analisis),
    )
    .where(col(EditionRow.periode).in_(_WANTED))
    .order_by(col(EditionRow.edisi))
)
_RECEIPTS = (
    columns(
        col(SubmissionRow.periode),
        col(SubmissionRow.unit),
        col(SubmissionRow.revisi),
        col(SubmissionRow.nomor),
        col(SubmissionRow.surel_id),
    )
    .where(col(SubmissionRow.periode).in_(_WANTED))
    .order_by(col(SubmissionRow.revisi))
)
_EVIDENCE = (
    columns(
        col(EvidenceRow.periode),
        col(EvidenceRow.unit),
        col(EvidenceRow.nama),
        col(EvidenceRow.ukuran),
        col(EvidenceRow.sha256),
        col(EvidenceRow.surel_id),
    )
    .where(col(EvidenceRow.periode).in_(_WANTED))
    .order_by(col(EvidenceRow.id))
)


def period_states(
    session: Session, rows: Sequence[PeriodRow], units: Collection[str] | None = None, *, receipts: bool = True
) -> tuple[PeriodState, ...]:
    """Return the periods of these rows with all that belongs to them, in as many queries however many they are.

    With `units`, of all requests only theirs; without `receipts`, they come without these.
    """
    codes = [row.kode for row in rows]
    steps, editions = _steps(session, codes), _editions(session, codes)
    requests = _requests(session, codes, units, receipts=receipts)
    analyses = analysis_states(session, codes)
    longer, stood = extensions(session, codes), pauses(session, codes)
    return tuple(
        PeriodState(
            periode=Periode(row.tahun, JenisPeriode(row.jenis), row.nomor),
            keadaan=KeadaanPeriode(row.keadaan),
            dibuka_at=row.dibuka_at,
            sop=decode_sop(row.sop),
            langkah=tuple(steps[row.kode]),
            permintaan=tuple(requests[row.kode]),
            rekap=tuple(editions[row.kode]),
            perpanjangan=longer.get(row.kode, ()),
            penundaan=stood.get(row.kode, ()),
            analisis=analyses.get(row.kode),
        )
        for row in rows
    )


def step_state(row: StepRow) -> StepState:
    """Return the step of a row."""
    return StepState(
        nomor=row.nomor,
        mulai_at=row.mulai_at,
        batas_at=row.batas_at,
        selesai_at=row.selesai_at,
        oleh=row.oleh,
        bukti=row.bukti,
    )


def _steps(session: Session, codes: Sequence[str]) -> dict[str, list[StepState]]:
    """Return the steps of these periods by period, in their order."""
    found: dict[str, list[StepState]] = defaultdict(list)
    for periode, nomor, began, deadline, done, oleh, bukti in session.connection().execute(_STEPS, {_CODES: codes}):
        found[periode].append(
            StepState(nomor=nomor, mulai_at=began, batas_at=deadline, selesai_at=done, oleh=oleh, bukti=bukti)
        )
    return found


def _requests(
    session: Session, codes: Sequence[str], units: Collection[str] | None, *, receipts: bool
) -> dict[str, list[RequestState]]:
    """Return the requests of these periods by period, as the register lists the units."""
    wanted = _REQUESTS if units is None else _REQUESTS.where(col(RequestRow.unit).in_(units))
    answered = _receipts(session, codes, units) if receipts else defaultdict[tuple[str, str], list[Penerimaan]](list)
    evidence = _evidence(session, codes, units)
    found: dict[str, list[RequestState]] = defaultdict(list)
    for row in session.exec(wanted, params={_CODES: codes}):
        key = row.periode, row.unit
        found[row.periode].append(request_state(row, evidence[key], answered[key]))
    return found


def _editions(session: Session, codes: Sequence[str]) -> dict[str, list[RekapState]]:
    """Return the editions of the rekap of these periods by period, in their order."""
    found: dict[str, list[RekapState]] = defaultdict(list)
    for periode, edisi, is_complete, made_from, at, analysis in session.connection().execute(
        _EDITIONS, {_CODES: codes}
    ):
        found[periode].append(
            RekapState(
                edisi=edisi, lengkap=is_complete, revisi=decode_revisions(made_from), dibuat_at=at, analisis=analysis
            )
        )
    return found


def _receipts(
    session: Session, codes: Sequence[str], units: Collection[str] | None
) -> dict[tuple[str, str], list[Penerimaan]]:
    """Return the receipts of these periods by period and unit, oldest first; with `units`, only theirs.

    Only the columns needed are read, here and of the files: in a year they may become thousands.
    """
    wanted = _RECEIPTS if units is None else _RECEIPTS.where(col(SubmissionRow.unit).in_(units))
    found: dict[tuple[str, str], list[Penerimaan]] = defaultdict(list)
    for periode, unit, revisi, nomor, mail_id in session.connection().execute(wanted, {_CODES: codes}):
        found[periode, unit].append(Penerimaan(revisi, nomor, mail_id))
    return found


def _evidence(
    session: Session, codes: Sequence[str], units: Collection[str] | None
) -> dict[tuple[str, str], list[FileOnRecord]]:
    """Return the data dukung of these periods by period and unit, oldest first; with `units`, only theirs."""
    wanted = _EVIDENCE if units is None else _EVIDENCE.where(col(EvidenceRow.unit).in_(units))
    found: dict[tuple[str, str], list[FileOnRecord]] = defaultdict(list)
    for periode, unit, nama, ukuran, sha256, mail_id in session.connection().execute(wanted, {_CODES: codes}):
        found[periode, unit].append(FileOnRecord(nama=nama, ukuran=ukuran, sha256=sha256, surel_id=mail_id))
    return found


def request_state(
    row: RequestRow, evidence: Sequence[FileOnRecord] = (), receipts: Sequence[Penerimaan] = ()
) -> RequestState:
    """Return the request of a row with its files and receipts, oldest first."""
    return RequestState(
        periode=row.periode,
        unit=row.unit,
        form=decode_form(row.form),
        nonce=row.nonce,
        keadaan=KeadaanPermintaan(row.keadaan),
        diminta_at=row.diminta_at,
        batas_at=row.batas_at,
        dikirim_at=row.dikirim_at,
        pertama_tiba_at=row.pertama_tiba_at,
        tepat_waktu=row.tepat_waktu,
        lengkap_at=row.lengkap_at,
        revisi=row.revisi,
        sel=decode_cells(row.sel),
        terisi=row.terisi,
        seluruh=row.seluruh,
        pengingat=row.pengingat,
        pengingat_terakhir_at=row.pengingat_terakhir_at,
        tingkat=row.tingkat,
        message_id=row.message_id,
        data_dukung=tuple(evidence),
        penerimaan=tuple(receipts),
        catatan=decode_tuple(str, row.catatan),
    )


def period_row(state: PeriodState) -> PeriodRow:
    """Return the row of a period, without its steps and requests."""
    return PeriodRow(
        kode=state.periode.kode,
        tahun=state.periode.tahun,
        jenis=state.periode.jenis.value,
        nomor=state.periode.nomor,
        keadaan=state.keadaan.value,
        dibuka_at=state.dibuka_at,
        sop=encode(state.sop),
    )


def step_row(kode: str, step: StepState) -> StepRow:
    """Return the row of a step."""
    return StepRow(
        periode=kode,
        nomor=step.nomor,
        mulai_at=step.mulai_at,
        batas_at=step.batas_at,
        selesai_at=step.selesai_at,
        oleh=step.oleh,
        bukti=step.bukti,
    )


def request_row(state: RequestState, urutan: int) -> RequestRow:
    """Return the row of a new request; `urutan` is its place among the requests of its period."""
    return RequestRow(
        periode=state.periode,
        unit=state.unit,
        urutan=urutan,
        nonce=state.nonce,
        keadaan=state.keadaan.value,
        diminta_at=state.diminta_at,
        batas_at=state.batas_at,
        dikirim_at=state.dikirim_at,
        pertama_tiba_at=state.pertama_tiba_at,
        tepat_waktu=state.tepat_waktu,
        lengkap_at=state.lengkap_at,
        revisi=state.revisi,
        terisi=state.terisi,
        seluruh=state.seluruh,
        pengingat=state.pengingat,
        pengingat_terakhir_at=state.pengingat_terakhir_at,
        tingkat=state.tingkat,
        message_id=state.message_id,
        catatan=encode(state.catatan),
        form=encode(state.form),
        sel=encode(state.sel),
    )


def edition_row(kode: str, state: RekapState) -> EditionRow:
    """Return the row of an edition."""
    return EditionRow(
        periode=kode,
        edisi=state.edisi,
        lengkap=state.lengkap,
        revisi=encode(state.revisi),
        dibuat_at=state.dibuat_at,
        analisis=state.analisis,
    )
