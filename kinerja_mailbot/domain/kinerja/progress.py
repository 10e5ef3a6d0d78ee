"""How far the units and the SOP's steps are."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.indicators import average, word_for
from kinerja_mailbot.domain.kinerja.rekap import CapaianRow, StatusCapaian, StepCompliance, UnitStatus
from kinerja_mailbot.domain.kinerja.source import Source
from kinerja_mailbot.domain.policy import AturanRekap
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, PeriodState, StepState
from kinerja_mailbot.domain.sop.steps import minutes_used
from kinerja_mailbot.domain.sop.version import Langkah
from kinerja_mailbot.domain.sop.working_time import WorkingHours
from kinerja_mailbot.domain.unit import Unit

LENGKAP, PERLU_PERBAIKAN, BELUM_DITERIMA = "lengkap", "perlu perbaikan", "belum diterima"
_JUDGED = frozenset({StatusCapaian.TERCAPAI, StatusCapaian.BELUM_TERCAPAI})


def unit_status(source: Source, rows: tuple[CapaianRow, ...], aturan: AturanRekap) -> UnitStatus:
    """Return how far one unit is; `rows` are its own indicators."""
    request = source.request
    mean = average(rows)
    nil = tuple(sheet.judul for sheet in request.form.lembar if source.is_nihil(sheet.id))
    return UnitStatus(
        kode=source.kode,
        nama=source.nama,
        keadaan=_state(request.keadaan),
        diminta_at=request.dikirim_at or request.diminta_at,
        batas_at=request.batas_at,
        diterima_at=request.pertama_tiba_at,
        tepat_waktu=request.tepat_waktu,
        revisi=request.revisi,
        terisi=request.terisi,
        seluruh=request.seluruh,
        pengingat=request.pengingat,
        rata_capaian=mean,
        predikat=word_for(mean, aturan),
        terukur=sum(row.status in _JUDGED for row in rows),
        indikator=len(rows),
        nihil=nil,
        catatan=request.catatan,
        data_dukung=request.data_dukung,
    )


def step_compliance(
    period: PeriodState, hours: WorkingHours, units: tuple[Unit, ...] = ()
) -> tuple[StepCompliance, ...]:
    """Return each step against its standard time; what a finished one took in net working minutes, without pauses."""
    return tuple(_compliance(langkah, period, hours, units) for langkah in period.sop.langkah)


def _compliance(langkah: Langkah, period: PeriodState, hours: WorkingHours, units: tuple[Unit, ...]) -> StepCompliance:
    state = next((s for s in period.langkah if s.nomor == langkah.nomor), StepState(nomor=langkah.nomor))
    return StepCompliance(
        nomor=langkah.nomor,
        aktivitas=langkah.aktivitas,
        pelaksana=langkah.pelaksana,
        standar=langkah.menit,
        keadaan=state,
        terpakai=minutes_used(period, state, hours),
        perubahan="; ".join(_changes(state, period, hours, units)),
    )


def _changes(state: StepState, period: PeriodState, hours: WorkingHours, units: tuple[Unit, ...]) -> Iterator[str]:
    """Yield what orders changed about the time of a step."""
    begun, ended = state.mulai_at, state.selesai_at
    for pause in period.penundaan:
        is_over = begun is not None and pause.sampai_at is not None and pause.sampai_at <= begun
        if begun is None or is_over or (ended is not None and ended <= pause.mulai_at):
            continue
        until = "sekarang" if pause.sampai_at is None else text.waktu_singkat(pause.sampai_at, hours.zona)
        yield f"ditunda {text.waktu_singkat(pause.mulai_at, hours.zona)} s.d. {until}: {pause.alasan}"
    for change in period.perpanjangan:
        unit = next((unit for unit in units if unit.id == change.unit), None)
        if state.nomor == (unit.langkah_himpun if unit else 5):  # a unit that has left the register counts as a Subbag
            longer = change.lama or f"s.d. {text.waktu_singkat(change.menjadi_at, hours.zona)}"
            yield f"{unit.kode if unit else change.unit} diperpanjang {longer}: {change.alasan}"


def _state(keadaan: KeadaanPermintaan) -> str:
    match keadaan:
        case KeadaanPermintaan.LENGKAP:
            return LENGKAP
        case KeadaanPermintaan.PERLU_PERBAIKAN:
            return PERLU_PERBAIKAN
        case KeadaanPermintaan.DISIAPKAN | KeadaanPermintaan.MENUNGGU:
            return BELUM_DITERIMA
