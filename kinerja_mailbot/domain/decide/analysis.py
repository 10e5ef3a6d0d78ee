"""Deciding the analysis of step 6: the sheet or the text of the Kasubbag or a penyusun is checked and stored."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.decide.correlate import thread_period
from kinerja_mailbot.domain.decide.reading import ReadAttachment
from kinerja_mailbot.domain.form.check import check_form, find_meta, recognise
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.form.identity import FormMeta, is_genuine
from kinerja_mailbot.domain.form.workbook import RawWorkbook, Unreadable
from kinerja_mailbot.domain.kinerja.analysis import (
    FORMAT,
    STEP,
    analysis_form,
    analysis_sheet,
    for_reading,
    missing_cells,
)
from kinerja_mailbot.domain.kinerja.compile import compile_rekap
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.analysis_text import as_workbook, read_typed_analysis
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letters import HasilAnalisis
from kinerja_mailbot.domain.mail.orders import AnalisisSelesai, Order
from kinerja_mailbot.domain.mail.outcome import Outcome, StoreAnalysis
from kinerja_mailbot.domain.mail.verdict import OrderMail
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, PeriodState
from kinerja_mailbot.domain.unit import Pejabat

_CLOSED = "Periode {} telah ditutup sehingga analisis tidak lagi dicatat; surel Bapak/Ibu tetap tersimpan dalam arsip."
_SEVERAL = "Terdapat beberapa lembar Analisis dengan isi berbeda; mohon melampirkan satu berkas yang benar."
_UNTOUCHED = 'Lembar Analisis pada berkas "{}" belum terisi.'
_UNREADABLE = (
    'Berkas "{}" tidak dapat kami baca; mohon menyimpannya sebagai .xlsx tanpa kata sandi, atau menulis analisis pada '
    "badan surel."
)
_NOT_READ = "Kalimat berikut tidak kami catat karena tidak menyebut kode indikator: {}"
_UNPROVEN = (
    "Analisis belum kami catat karena pengirimnya belum dapat dipastikan; "
    "mohon membalas surel ini dengan isi yang sama."
)
_QUOTED = 100  # characters of a sentence that was not read


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A workbook that claims to hold the analysis."""

    nama: str
    buku: RawWorkbook
    meta: FormMeta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One mail with an analysis, and the period that it is about."""

    mail: IncomingMail
    facts: Facts
    to: Pejabat
    period: PeriodState
    rekap: Rekap
    finishes: bool

    @property
    def prior(self) -> tuple[StoredCell, ...]:
        return self.period.analisis.sel if self.period.analisis is not None else ()


def decide_analysis(
    mail: IncomingMail, verdict: OrderMail, facts: Facts, sheets: tuple[ReadAttachment, ...]
) -> Outcome | None:
    """Decide the analysis that a mail of the Kasubbag or a penyusun brings; None when it brings none.

    The workbook is no proof here: the rekap goes to more people than those who may analyse it.
    """
    signed = tuple(sheet for sheet in _workbooks(sheets) if _is_ours(sheet, facts))
    period = _period_of(mail, signed, facts)
    if period is None:
        return None
    rekap = _compiled(period, facts)
    form = analysis_form(rekap)
    order, to = verdict.perintah, verdict.peserta.pejabat
    finishes = isinstance(order, AnalisisSelesai)
    case = _Case(mail=mail, facts=facts, to=to, period=period, rekap=rekap, finishes=finishes)
    found = signed or tuple(sheet for sheet in _workbooks(sheets) if _looks_like(sheet, form))
    outcome = _read(case, form, found, order, sheets)
    if outcome is None or verdict.bukti or facts.dilepas:
        return outcome
    letter = letters.perintah_dilaksanakan(facts, mail, to, perintah="ANALISIS", hasil=_UNPROVEN)
    return replace(outcome, label="analisis ditunda", alasan="no proof of the sender", efek=(), surat=(letter,))


def _read(
    case: _Case, form: Form, found: tuple[_Sheet, ...], order: Order | None, sheets: tuple[ReadAttachment, ...]
) -> Outcome | None:
    filled = tuple(sheet for sheet in found if not check_form(for_reading(form), sheet.buku).is_blank)
    record, remarks = case.prior, []
    if len({sheet.buku.sheets for sheet in filled}) > 1:
        remarks.append(_SEVERAL)
        filled = ()
    if filled:
        record, faults = _merged(form, filled[0].buku, record)
        remarks.extend(faults)
    typed = read_typed_analysis(case.mail.teks, form, record) if order is None or case.finishes else None
    if typed is not None and typed.isian:
        record, faults = _merged(form, as_workbook(typed), record)
        remarks.extend(faults)
        remarks.extend(_NOT_READ.format(text.ringkas(line, _QUOTED)) for line in typed.sisa)
    elif not filled and not remarks and not case.finishes:
        if order is not None:
            return None
        remarks.extend(_excuses(case, found, sheets))
        if not remarks:
            return None
    if case.period.keadaan is KeadaanPeriode.DITUTUP:
        return _told(case, _CLOSED.format(case.period.periode.nama))
    return _store(case, form, record, filled[0].nama if filled else "", tuple(remarks))


def _merged(
    form: Form, workbook: RawWorkbook, prior: tuple[StoredCell, ...]
) -> tuple[tuple[StoredCell, ...], list[str]]:
    """Return the record with this workbook's cells, and what was wrong with those that it does not take."""
    checked = check_form(for_reading(form), workbook, prior)
    faults = [f"{cell.label}: {cell.pesan}" for cell in checked.to_fix if cell.tertulis]
    return checked.tersimpan, faults


def _store(case: _Case, form: Form, record: tuple[StoredCell, ...], berkas: str, remarks: tuple[str, ...]) -> Outcome:
    state, before = case.period.analisis, set(case.prior)
    fresh = tuple(cell for cell in record if cell not in before)
    missing = missing_cells(form, record)
    was_done = state is not None and state.lengkap_at is not None
    done = was_done or case.finishes or not missing
    effect = StoreAnalysis(
        periode=case.period.periode.kode,
        revisi=(state.revisi if state is not None else 0) + 1,
        surel_id=case.mail.id,
        oleh=case.to.jabatan,
        tiba_at=case.mail.tiba_at,
        cara="lembar" if berkas else "teks" if fresh else "perintah",
        berkas=berkas,
        isian=fresh,
        sel=record,
        lengkap=done,
    )
    sheet = replace(analysis_sheet(case.rekap, record, case.facts.identitas.kunci), ditanyakan=missing)
    result = HasilAnalisis(
        form=form,
        rekap=replace(case.rekap, analisis=sheet),
        baru=len(fresh),
        kurang=missing,
        lengkap=done,
        sudah_final=was_done,
        catatan=remarks,
    )
    letter = letters.analisis(case.facts, case.mail, case.period, case.to, result)
    return Outcome(
        verdict="order",
        label="analisis lengkap" if done else "analisis",
        alasan=f"{len(fresh)} new cells of the analysis, {len(missing)} missing",
        periode=case.period.periode.kode,
        efek=(effect,) if fresh or (case.finishes and not was_done) else (),
        surat=(letter,),
    )


def _told(case: _Case, sentence: str) -> Outcome:
    letter = letters.perintah_dilaksanakan(case.facts, case.mail, case.to, perintah="ANALISIS", hasil=sentence)
    kode = case.period.periode.kode
    return Outcome(verdict="order", label="analisis", alasan="the period is closed", periode=kode, surat=(letter,))


def _excuses(case: _Case, found: tuple[_Sheet, ...], sheets: tuple[ReadAttachment, ...]) -> list[str]:
    """Return why the files of a mail without any analysis brought none."""
    if found:
        return [_UNTOUCHED.format(found[0].nama)]
    if thread_period(case.mail, case.facts) is not case.period:
        return []
    return [_UNREADABLE.format(item.lampiran.nama) for item in sheets if isinstance(item.hasil, Unreadable)]


def _workbooks(sheets: tuple[ReadAttachment, ...]) -> tuple[_Sheet, ...]:
    return tuple(
        _Sheet(item.lampiran.nama, item.hasil, find_meta(item.hasil))
        for item in sheets
        if isinstance(item.hasil, RawWorkbook)
    )


def _is_ours(sheet: _Sheet, facts: Facts) -> bool:
    meta = sheet.meta
    return meta is not None and meta.format == FORMAT and is_genuine(meta, facts.identitas.kunci)


def _looks_like(sheet: _Sheet, form: Form) -> bool:
    return sheet.meta is None and recognise(sheet.buku, ((FORMAT, for_reading(form)),)) is not None


def _period_of(mail: IncomingMail, signed: tuple[_Sheet, ...], facts: Facts) -> PeriodState | None:
    """Return the period in its sixth step that the mail is about: the workbook's, the thread's, else the newest."""
    begun = tuple(period for period in facts.periode if period.step(STEP).mulai_at is not None)
    claimed = next((sheet.meta.periode for sheet in signed if sheet.meta is not None), None)
    thread = thread_period(mail, facts)
    for kode in (claimed, thread.periode.kode if thread is not None else None):
        if kode is not None:
            return next((period for period in begun if period.periode.kode == kode), None)
    running = tuple(period for period in begun if period.keadaan is KeadaanPeriode.BERJALAN)
    return running[-1] if running else None


def _compiled(period: PeriodState, facts: Facts) -> Rekap:
    edition = max((edition.edisi for edition in period.rekap), default=0)
    return compile_rekap(period, facts.daftar, facts.aturan, edisi=edition, nama_edisi="bahan analisis", now=facts.now)
