"""Carrying out the orders about a period as a whole: SETUJU, BUKA, TUTUP, REKAP."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.decide.correlate import thread_period
from kinerja_mailbot.domain.decide.orders.case import NOTHING_OPEN, Case
from kinerja_mailbot.domain.kinerja.analysis import with_analysis
from kinerja_mailbot.domain.kinerja.compile import compile_rekap
from kinerja_mailbot.domain.kinerja.trend import with_trend
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.outcome import ApproveStart, ClosePeriod, OpenPeriod, Outcome
from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan, RequestState
from kinerja_mailbot.domain.tick.due import new_period, refusal_before_sop


def approve(case: Case) -> Outcome:
    """Start the period that waits for SETUJU (step 1 of the SOP)."""
    waiting = tuple(p for p in case.facts.periode if p.keadaan is KeadaanPeriode.MENUNGGU_PERINTAH)
    named = thread_period(case.mail, case.facts)
    period = named if named in waiting else waiting[0] if len(waiting) == 1 else None
    if period is None:
        return case.confirm("Tidak ada periode yang sedang menunggu persetujuan.")
    when = "setelah perintah LANJUT" if period.jeda else "segera"
    result = f"Pengumpulan data kinerja {period.periode.nama} dimulai; format permintaan {when} disampaikan."
    return case.confirm(result, (ApproveStart(period.periode.kode, case.to.jabatan),), period)


def close(case: Case) -> Outcome:
    """Close the period (TUTUP)."""
    if (period := case.period) is None:
        return case.confirm(NOTHING_OPEN)
    missing = tuple(_unit_name(r, case.facts) for r in period.permintaan if r.keadaan is not KeadaanPermintaan.LENGKAP)
    result = f"Periode {period.periode.nama} ditutup; pengingat dihentikan."
    if missing:
        result += f" Data yang belum lengkap: {', '.join(missing)}."
    return case.confirm(result, (ClosePeriod(period.periode.kode, case.to.jabatan),), period)


def open_period(case: Case, periode: Periode) -> Outcome:
    """Open a period by order (BUKA)."""
    if (known := case.facts.period(periode.kode)) is not None:
        result = f"Periode {known.periode.nama} sudah pernah dibuka (keadaan: {known.keadaan.value})."
        return case.confirm(result, (), known)
    if refusal := refusal_before_sop(case.facts):
        return case.confirm(refusal)
    if case.facts.is_paused:
        return case.confirm("Hitungan waktu sedang ditunda; periode baru dapat dibuka setelah perintah LANJUT.")
    first = new_period(periode, case.facts, oleh=case.to.jabatan)
    result = f"Periode {periode.nama} dibuka; format permintaan segera disampaikan."
    return case.confirm(result, (OpenPeriod(first, case.to.jabatan),), first)


def send_rekap(case: Case) -> Outcome:
    """Send the rekap of what has come so far (REKAP)."""
    facts = case.facts
    period = thread_period(case.mail, facts) or case.period or (facts.periode[-1] if facts.periode else None)
    if period is None or not period.permintaan:
        return case.confirm("Belum ada data yang dapat direkap.")
    edition = period.rekap[-1].edisi if period.rekap else 0
    rekap = compile_rekap(
        period, facts.daftar, facts.aturan, edisi=edition, nama_edisi="atas permintaan", now=facts.now
    )
    rekap = with_trend(replace(rekap, tinjauan=len(facts.tinjauan)), facts.periode, facts.daftar, facts.aturan.rekap)
    rekap = with_analysis(rekap, period, facts.identitas.kunci)
    letter = letters.rekap(facts, period, rekap, kunci=f"surel.{case.mail.id}.rekap", reply_to=case.mail)
    return replace(case.base, label="rekap", periode=period.periode.kode, surat=(letter,))


def _unit_name(request: RequestState, facts: Facts) -> str:
    unit = facts.daftar.unit(request.unit)
    return unit.nama if unit else request.unit
