"""The answers to a form that arrived: the receipt, or what to mend."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.checked import CheckedForm
from kinerja_mailbot.domain.form.value import CellOutcome
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.letters.corrections import LINES, DaftarPerbaikan, list_troubles, notices
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
)
from kinerja_mailbot.domain.mail.outcome import StoreSubmission
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.domain.unit import Unit

_FINGERPRINT = 12  # hexadecimal digits: enough to compare by eye


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


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiTandaTerima(Isi):
    """What `tanda-terima.md` says."""

    unit: str
    periode: str
    terima: Penerimaan
    catatan: Catatan
    dicek: tuple[str, ...]
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
    to_check = tuple(c for c in found.sel if c.hasil is CellOutcome.CHECK)
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
            dicek=notices(request.form, to_check),
            pemberitahuan=(*found.catatan, *notices(request.form, informed)),
            atasan=is_superior(unit),
        ),
        utas=answer_to(mail, request.message_id),
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
    wajib, dicek = _troubles(request, found)
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
            pemberitahuan=found.catatan,
            batas=deadline(facts, until, unit),
            berkas=file_name(period, unit, "-PERBAIKAN"),
            atasan=is_superior(unit),
        ),
        lampiran=(
            correction_form(
                facts, period, request, unit, batas_at=until, isian=found.tersimpan, ditanyakan=found.to_fix
            ),
        ),
        utas=answer_to(mail, request.message_id),
        periode=kode,
        unit=unit.id,
    )


def _troubles(request: RequestState, found: CheckedForm) -> tuple[DaftarPerbaikan, DaftarPerbaikan]:
    """Return what must be mended, and what should be looked at in the lines that are left."""
    wajib = list_troubles(request.form, found.to_fix)
    to_check = tuple(c for c in found.sel if c.hasil is CellOutcome.CHECK)
    used = len(wajib.baris)
    return wajib, list_troubles(request.form, to_check, first=used + 1, lines=LINES - used)


def _arrival(facts: Facts, mail: IncomingMail, request: RequestState, submission: StoreSubmission) -> Penerimaan:
    found, file = submission.hasil, submission.berkas
    return Penerimaan(
        nomor=submission.nomor,
        tiba=moment(facts, submission.tiba_at),
        berkas=text.ringkas(file.nama, 80),
        ukuran=text.ukuran_berkas(file.ukuran),
        sidik=file.sha256[:_FINGERPRINT],
        revisi=submission.revisi,
        terisi=f"{found.terisi} dari {found.seluruh}" if found.seluruh else "",
        tepat_waktu=submission.tepat_waktu,
        batas=moment(facts, request.batas_at),
        dukung=tuple(text.ringkas(kept.nama, 80) for kept in request.data_dukung if kept.surel_id == mail.id),
    )
