"""The letters that we write: one function each, which says to whom, under which key, with what."""

from __future__ import annotations

from enum import StrEnum

from kinerja_mailbot.domain.form.workbook import Obstacle
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.outcome import MarkAddress, StoreSubmission
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState, StepState
from kinerja_mailbot.domain.unit import Pejabat, Peserta, Unit


class Hambatan(StrEnum):
    """Why a reply of a respondent brought no form that counts."""

    TANPA_LAMPIRAN = "tanpa lampiran"
    HANYA_PDF_ATAU_FOTO = "hanya PDF atau foto"
    TERKUNCI = "berkas terkunci sandi"
    RUSAK = "berkas tidak dapat dibaca"
    TERLALU_BESAR = "berkas terlalu besar"
    BUKAN_FORMAT = "bukan format kami"
    FORMAT_KOSONG = "format masih kosong"
    FORMAT_UNIT_LAIN = "format unit lain"
    FORMAT_PERIODE_LAIN = "format periode lain"
    LEBIH_DARI_SATU = "lebih dari satu format"
    TAUTAN = "hanya tautan"


# --- to respondents ---------------------------------------------------------------------------------------------


def permintaan(facts: Facts, period: PeriodState, request: RequestState, unit: Unit) -> Letter:
    """Ask a unit for its data; key `<periode>.permintaan.<unit>`; encloses the form."""
    raise NotImplementedError


def pengingat(
    facts: Facts, period: PeriodState, request: RequestState, unit: Unit, *, urutan: int, rung: int
) -> Letter:
    """Remind a unit; key `<periode>.pengingat.<urutan>.<unit>`; in the request's thread.

    `urutan` counts letters (1, 2, …); `rung` is the index in `facts.aturan.pengingat.tingkat` and sets the tone.
    """
    raise NotImplementedError


def tanda_terima(
    facts: Facts,
    mail: IncomingMail,
    period: PeriodState,
    request: RequestState,
    unit: Unit,
    submission: StoreSubmission,
) -> Letter:
    """Acknowledge a complete form; key `surel.<mail id>.tanda-terima`; in the mail's thread."""
    raise NotImplementedError


def perbaikan(
    facts: Facts,
    mail: IncomingMail,
    period: PeriodState,
    request: RequestState,
    unit: Unit,
    submission: StoreSubmission,
) -> Letter:
    """Acknowledge what is right and list what to mend; key `surel.<mail id>.perbaikan`; encloses `…-PERBAIKAN.xlsx`."""
    raise NotImplementedError


def balasan_tanpa_format(
    facts: Facts,
    mail: IncomingMail,
    period: PeriodState,
    request: RequestState,
    unit: Unit,
    *,
    hambatan: Hambatan,
    nama_berkas: str = "",
    obstacle: Obstacle | None = None,
) -> Letter:
    """Say kindly what to do; key `surel.<mail id>.petunjuk`; encloses the form again."""
    raise NotImplementedError


def tidak_ada_permintaan(facts: Facts, mail: IncomingMail, peserta: Peserta) -> Letter:
    """Tell a respondent that nothing is open (closed, or none yet); key `surel.<mail id>.tidak-ada-permintaan`."""
    raise NotImplementedError


def benarkah(facts: Facts, mail: IncomingMail, unit: Unit, periode: str | None) -> Letter:
    """Ask the registered official whether a mail is his (reply YA); key `surel.<mail id>.benarkah`; a new thread."""
    raise NotImplementedError


def batas_jawaban(facts: Facts, mail: IncomingMail, to: Pejabat) -> Letter:
    """The last automatic letter of the day to one person; key `<YYYY-MM-DD>.batas-jawaban.<address>`."""
    raise NotImplementedError


# --- to the Kasubbag and the penyusun ---------------------------------------------------------------------------


def konfirmasi_pembukaan(facts: Facts, period: PeriodState) -> Letter:
    """Ask the Kasubbag for the order of step 1 (reply SETUJU); key `<periode>.konfirmasi`."""
    raise NotImplementedError


def pembukaan(facts: Facts, period: PeriodState) -> Letter:
    """Tell the Kasubbag that the requests went out; key `<periode>.pembukaan`."""
    raise NotImplementedError


def eskalasi(facts: Facts, period: PeriodState, units: tuple[Unit, ...], *, rung: int) -> Letter:
    """Tell the Kasubbag who is late; key `<periode>.eskalasi.<rung>.<first unit>`."""
    raise NotImplementedError


def langkah_terlampaui(facts: Facts, period: PeriodState, step: StepState) -> Letter:
    """Tell who owns it that an internal step ran past its time; key `<periode>.langkah.<nomor>`."""
    raise NotImplementedError


def rekap(
    facts: Facts, period: PeriodState, rekap: Rekap, *, kunci: str = "", reply_to: IncomingMail | None = None
) -> Letter:
    """Send the compiled rekap to the Kasubbag; key `<periode>.rekap.<edisi>` unless given (order REKAP)."""
    raise NotImplementedError


def status(facts: Facts, mail: IncomingMail, to: Pejabat) -> Letter:
    """Answer STATUS with one table per open period; key `surel.<mail id>.status`."""
    raise NotImplementedError


def perintah_dilaksanakan(facts: Facts, mail: IncomingMail, to: Pejabat, *, perintah: str, hasil: str) -> Letter:
    """Confirm an order, or say why it could not be carried out; key `surel.<mail id>.perintah`."""
    raise NotImplementedError


def daftar_perintah(facts: Facts, mail: IncomingMail, to: Pejabat, *, dipahami: bool) -> Letter:
    """Answer BANTUAN, or anything not understood, with the orders and an example; key `surel.<mail id>.bantuan`."""
    raise NotImplementedError


def terusan(facts: Facts, mail: IncomingMail, unit: Unit, periode: str | None) -> Letter:
    """Pass a respondent's free text to the penyusun; key `surel.<mail id>.terusan`."""
    raise NotImplementedError


def alamat_gagal(facts: Facts, mail: IncomingMail, failure: MarkAddress, unit: Unit | None) -> Letter:
    """Tell Kasubbag and penyusun once that an address does not work; key `alamat-gagal.<address>.<YYYY-MM-DD>`."""
    raise NotImplementedError


# --- to the admin -----------------------------------------------------------------------------------------------


def gangguan(facts: Facts, *, kunci: str, judul: str, rincian: tuple[str, ...]) -> Letter:
    """Tell the admin about a fault of operation, once per key."""
    raise NotImplementedError


def uji(facts: Facts, to: Pejabat) -> Letter:
    """The test letter of `check --send-to`; key made by the caller's clock: `uji.<ISO time>`."""
    raise NotImplementedError
