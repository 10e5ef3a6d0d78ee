"""The answers to a form that arrived: the receipt, or what to mend."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.checked import CheckedCell
from kinerja_mailbot.domain.form.questions import with_numbers
from kinerja_mailbot.domain.form.value import CellOutcome
from kinerja_mailbot.domain.mail.asked import DECLARED, WORDS
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.letters.changes import DaftarPerubahan, list_changes
from kinerja_mailbot.domain.mail.letters.corrections import LINES, DaftarPerbaikan, examples, list_troubles, notices
from kinerja_mailbot.domain.mail.letters.enclosures import correction_form, file_name
from kinerja_mailbot.domain.mail.letters.recorded import Catatan, recorded
from kinerja_mailbot.domain.mail.letters.wording import (
    Isi,
    answer_to,
    answered,
    deadline,
    heading,
    is_superior,
    moment,
    tag,
    thread_head,
)
from kinerja_mailbot.domain.mail.outcome import StoreSubmission
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.domain.unit import Unit

_GROUP = 16  # hexadecimal digits of a fingerprint
_NOTICES = 4  # of what was read, beside a list of corrections: the letter should stay a screenful


@dataclass(frozen=True, slots=True, kw_only=True)
class Penerimaan:
    """The particulars of one arrival, the same in the receipt and in the list of corrections."""

    nomor: str
    tiba: str
    berkas: str
    ukuran: str
    sidik: str
    revisi: int
    terisi: str  # "6 dari 6", empty when the form counts no rows
    tepat_waktu: bool
    batas: str  # the deadline that the arrival is judged by
    dukung: tuple[str, ...]  # names of the other files that came along
    tulisan: bool  # answers in the mail's text, no file


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiTandaTerima(Isi):
    """What `tanda-terima.md` says."""

    unit: str
    periode: str
    terima: Penerimaan
    catatan: Catatan
    dicek: DaftarPerbaikan
    contoh_jawaban: str  # how to answer without a file, "" when nothing is asked
    perubahan: DaftarPerubahan | None  # since the revision before; None for the first one
    penerima_rekap: str  # office to whom the rekap goes
    pemberitahuan: tuple[str, ...]
    atasan: bool


def tanda_terima(  # noqa: PLR0913, PLR0917 - the contract of this letter
    facts: Facts,
    mail: IncomingMail,
    period: PeriodState,
    request: RequestState,
    unit: Unit,
    submission: StoreSubmission,
) -> Letter:
    """Acknowledge a complete form; key `surel.<mail id>.tanda-terima`; in the mail's thread."""
    kode, to = period.periode.kode, (answered(facts, mail, unit),)
    hal = f"Tanda terima {submission.nomor}"
    found = submission.hasil
    to_check = tuple(c for c in with_numbers(request.form, found.sel) if c.hasil is CellOutcome.CHECK)
    informed = tuple(c for c in found.sel if c.hasil is CellOutcome.INFO)
    return Letter(
        kunci=f"surel.{mail.id}.tanda-terima",
        templat="tanda-terima",
        kepada=to,
        subjek=f"{tag(kode, unit)} {hal}",
        isi=IsiTandaTerima(
            kepala=heading(facts, hal, to),
            unit=unit.nama,
            periode=period.periode.nama,
            terima=_arrival(facts, mail, request, submission),
            catatan=recorded(request.form, found.tersimpan),
            dicek=list_troubles(request.form, to_check),
            contoh_jawaban=examples(request.form, to_check),
            perubahan=list_changes(request, found.tersimpan) if submission.revisi > 1 else None,
            penerima_rekap=facts.daftar.kasubbag.jabatan,
            pemberitahuan=(*found.catatan, *notices(request.form, informed)),
            atasan=is_superior(unit),
        ),
        utas=answer_to(mail, thread_head(facts, request, unit, to[0])),
        periode=kode,
        unit=unit.id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiPerbaikan(Isi):
    """What `perbaikan.md` says."""

    unit: str
    periode: str
    terima: Penerimaan
    jumlah: int
    wajib: DaftarPerbaikan
    dicek: DaftarPerbaikan
    contoh_jawaban: str  # how to answer without a file
    pemberitahuan: tuple[str, ...]
    batas: str
    berkas: str
    atasan: bool


def perbaikan(  # noqa: PLR0913, PLR0917 - the contract of this letter
    facts: Facts,
    mail: IncomingMail,
    period: PeriodState,
    request: RequestState,
    unit: Unit,
    submission: StoreSubmission,
) -> Letter:
    """Acknowledge what is right and list what to mend; key `surel.<mail id>.perbaikan`; encloses `…-PERBAIKAN.xlsx`."""
    kode, to = period.periode.kode, (answered(facts, mail, unit),)
    found, until = submission.hasil, submission.batas_at or request.batas_at
    hal = f"Mohon perbaikan {len(found.to_fix)} isian, tanda terima {submission.nomor}"
    cells = with_numbers(request.form, found.sel)
    wajib, dicek = _troubles(request, cells)
    informed = tuple(c for c in cells if c.hasil is CellOutcome.INFO)
    asked = tuple(c for c in cells if c.hasil is CellOutcome.FIX)
    return Letter(
        kunci=f"surel.{mail.id}.perbaikan",
        templat="perbaikan",
        kepada=to,
        subjek=f"{tag(kode, unit)} {hal}",
        isi=IsiPerbaikan(
            kepala=heading(facts, hal, to),
            unit=unit.nama,
            periode=period.periode.nama,
            terima=_arrival(facts, mail, request, submission),
            jumlah=len(found.to_fix),
            wajib=wajib,
            dicek=dicek,
            contoh_jawaban=examples(request.form, tuple(c for c in cells if c.nomor)),
            pemberitahuan=(*found.catatan, *notices(request.form, informed, _NOTICES)),
            batas=deadline(facts, until, unit),
            berkas=file_name(period, unit, "-PERBAIKAN"),
            atasan=is_superior(unit),
        ),
        lampiran=(
            correction_form(facts, period, request, unit, batas_at=until, isian=found.tersimpan, ditanyakan=asked),
        ),
        utas=answer_to(mail, thread_head(facts, request, unit, to[0])),
        periode=kode,
        unit=unit.id,
    )


def _troubles(request: RequestState, cells: tuple[CheckedCell, ...]) -> tuple[DaftarPerbaikan, DaftarPerbaikan]:
    """Return what must be mended, and what should be looked at in the lines that are left."""
    wajib = list_troubles(request.form, tuple(c for c in cells if c.hasil is CellOutcome.FIX))
    to_check = tuple(c for c in cells if c.hasil is CellOutcome.CHECK)
    return wajib, list_troubles(request.form, to_check, lines=LINES - len(wajib.baris))


def _in_groups(digest: str) -> str:
    """Return a fingerprint in groups that mail programs may wrap, and that eyes can compare.

    >>> _in_groups("0123456789abcdef0123")
    '0123456789abcdef 0123'
    """
    return " ".join(digest[start : start + _GROUP] for start in range(0, len(digest), _GROUP))


def _arrival(facts: Facts, mail: IncomingMail, request: RequestState, submission: StoreSubmission) -> Penerimaan:
    found, file = submission.hasil, submission.berkas
    return Penerimaan(
        nomor=submission.nomor,
        tiba=moment(facts, submission.tiba_at),
        berkas=text.ringkas(file.nama, 80),
        ukuran=text.ukuran_berkas(file.ukuran),
        sidik=_in_groups(file.sha256),
        revisi=submission.revisi,
        terisi=f"{found.terisi} dari {found.seluruh}" if found.seluruh else "",
        tepat_waktu=submission.tepat_waktu,
        batas=moment(facts, request.batas_at),
        tulisan=file.nama in {DECLARED, WORDS},
        dukung=tuple(text.ringkas(kept.nama, 80) for kept in request.data_dukung if kept.surel_id == mail.id),
    )
