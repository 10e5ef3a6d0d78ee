"""Where a period stands, one row a unit: the table that STATUS answers with and that the morning letter brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.edition import late_files
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letters.people import catatan_pejabat, catatan_permohonan
from kinerja_mailbot.domain.mail.letters.timing import catatan_waktu
from kinerja_mailbot.domain.mail.letters.wording import moment, remaining, short_moment, state_word
from kinerja_mailbot.domain.sop.changes import Penundaan
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan, PeriodState, RequestState, StepState
from kinerja_mailbot.domain.unit import Unit

_NONE = "–"
_FILES = 3  # of one unit, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class BarisStatus:
    """One unit of one period."""

    unit: str
    dikirim: str
    diterima: str
    revisi: int
    keadaan: str
    pertanyaan: int  # how many are open
    batas: str
    sisa: str  # "" where nothing is waited for
    catatan: str  # reminders, leave, trouble of sending to this unit


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPeriode:
    """One open period."""

    nama: str
    keadaan: str
    lengkap: int
    seluruh: int
    baris: tuple[BarisStatus, ...]
    langkah: tuple[str, ...]  # "Langkah 5 sedang berjalan, batas …"


def standing(facts: Facts, period: PeriodState) -> StatusPeriode:
    """Return where an open period stands now."""
    done = sum(r.keadaan is KeadaanPermintaan.LENGKAP for r in period.permintaan)
    waiting = period.keadaan is KeadaanPeriode.MENUNGGU_PERINTAH
    return StatusPeriode(
        nama=period.periode.nama,
        keadaan="menunggu balasan SETUJU" if waiting else "sedang berjalan",
        lengkap=done,
        seluruh=len(period.permintaan),
        baris=tuple(_row(facts, request, period.jeda) for request in period.permintaan),
        langkah=_running_steps(facts, period)
        + catatan_waktu(facts, period)
        + catatan_pejabat(facts)
        + catatan_permohonan(facts, period.periode.kode)
        + _late_files(facts, period),
    )


def _late_files(facts: Facts, period: PeriodState) -> tuple[str, ...]:
    """Say which data dukung came after the rekap; the next edition holds it."""
    files: dict[str, list[str]] = {}
    for unit_id, file in late_files(period):
        unit = facts.daftar.unit(unit_id)
        files.setdefault(unit.nama if unit else unit_id.upper(), []).append(file.nama)
    return tuple(
        f"Data dukung dari {unit} tiba setelah rekap disampaikan: {_some(names)}. Berkas tersebut tercatat dan dimuat "
        "pada edisi rekap berikutnya."
        for unit, names in files.items()
    )


def _some(names: list[str]) -> str:
    shown = [text.ringkas(name, 60) for name in names[:_FILES]]
    return text.rangkai(shown if len(names) <= _FILES else [*shown, f"{len(names) - _FILES} berkas lain"])


def _running_steps(facts: Facts, period: PeriodState) -> tuple[str, ...]:
    """Say which steps run until when; those with the same deadline in one sentence."""
    by_deadline: dict[datetime, list[str]] = {}
    for step in period.langkah:
        if step.mulai_at and step.batas_at and not step.selesai_at:
            by_deadline.setdefault(step.batas_at, []).append(str(step.nomor))
    return tuple(
        f"Langkah {text.rangkai(numbers)} SOP sedang berjalan, batas {moment(facts, until)} "
        f"({'hitungan waktu sedang ditunda' if period.jeda else remaining(facts, until)})."
        for until, numbers in by_deadline.items()
    )


def gist(facts: Facts, period: PeriodState) -> str:
    """Return what the table says of a period, without what the clock alone changes: two gists differ when it is news.

    That a deadline has passed is news, that it comes nearer is not. While the clock stands none passes.
    """
    now = facts.now if period.jeda is None else period.jeda.mulai_at
    steps = ",".join(f"{step.nomor}{'!' if _is_over(step, now) else ''}" for step in period.langkah)
    rows = (
        (
            request.unit,
            request.keadaan.value,
            request.dikirim_at,
            request.pertama_tiba_at,
            request.revisi,
            len(_questions(request)),
            request.batas_at,
            request.batas_at < now and request.keadaan is not KeadaanPermintaan.LENGKAP,
            request.pengingat,
            _leave(facts, request),
            _trouble(facts, request),
        )
        for request in period.permintaan
    )
    lines = (" | ".join(map(str, row)) for row in rows)
    pause = "berhenti" if period.jeda else "berjalan"
    head = f"{period.periode.kode} {period.keadaan.value} {steps} {len(period.rekap)} {pause}"
    if late := len(late_files(period)):  # only where there are any: an update of the program is no news
        head = f"{head} susulan {late}"
    return "\n".join((head, *lines))


def _is_over(step: StepState, now: datetime) -> bool:
    return step.selesai_at is not None or (step.batas_at is not None and step.batas_at < now)


def _row(facts: Facts, request: RequestState, jeda: Penundaan | None) -> BarisStatus:
    unit = facts.daftar.unit(request.unit)
    done = request.keadaan is KeadaanPermintaan.LENGKAP
    return BarisStatus(
        unit=unit.kode if unit else request.unit,
        dikirim=short_moment(facts, request.dikirim_at),
        diterima=short_moment(facts, request.pertama_tiba_at),
        revisi=request.revisi,
        keadaan=state_word(request),
        pertanyaan=len(_questions(request)),
        batas=short_moment(facts, request.batas_at),
        sisa="" if done else _left(facts, request, jeda),
        catatan=_remarks(facts, request),
    )


def _remarks(facts: Facts, request: RequestState) -> str:
    reminders = f"{request.pengingat} pengingat" if request.pengingat else ""
    found = (reminders, _leave(facts, request), _trouble(facts, request))
    return "; ".join(remark for remark in found if remark) or _NONE


def _left(facts: Facts, request: RequestState, jeda: Penundaan | None) -> str:
    if jeda is not None:
        return "ditunda"
    return remaining(facts, request.batas_at).removeprefix("sisa ").removesuffix(" kerja")


def _questions(request: RequestState) -> tuple[str, ...]:
    return request.catatan if request.keadaan is KeadaanPermintaan.PERLU_PERBAIKAN else ()


def _leave(facts: Facts, request: RequestState) -> str:
    away = facts.absence_of(request.unit)
    return away.words if away else ""


def _trouble(facts: Facts, request: RequestState) -> str:
    unit = facts.daftar.unit(request.unit)
    letters = (t.words for t in facts.kendala_kirim if (t.periode, t.unit) == (request.periode, request.unit))
    return "; ".join((*_dead_addresses(facts, unit), *letters))


def _dead_addresses(facts: Facts, unit: Unit | None) -> tuple[str, ...]:
    official = unit.official_on(facts.today) if unit else None
    known = official.alamat if official else ()
    failing = official.tak_sampai if official else frozenset[str]()
    return tuple(f"alamat {address} tidak berfungsi" for address in known if address.casefold() in failing)
