"""The answers to a mail that brought no data: what to do, what is open, whether it is genuine, enough for today."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.workbook import Obstacle
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.letters.enclosures import blank_form, file_name
from kinerja_mailbot.domain.mail.letters.hambatan import Hambatan, what_to_do, what_was_found
from kinerja_mailbot.domain.mail.letters.wording import (
    Isi,
    answer_to,
    answered,
    deadline,
    heading,
    is_superior,
    moment,
    name_of,
    open_periods,
    staff,
    tag,
    thread_head,
    unit_of,
)
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, PeriodState, RequestState
from kinerja_mailbot.domain.unit import Pejabat, Peserta, Unit

_NAME_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiPetunjuk(Isi):
    """What `petunjuk.md` says."""

    unit: str
    periode: str
    temuan: str
    langkah: str
    sebab: str  # one more sentence on why the file could not be read, else empty
    batas: str
    berkas: str
    tiba: str
    atasan: bool
    disimpan: bool  # words and files are in the archive; False: the mail was too large to fetch whole


def balasan_tanpa_format(  # noqa: PLR0913 - the contract of this letter
    facts: Facts,
    mail: IncomingMail,
    period: PeriodState,
    request: RequestState,
    unit: Unit,
    *,
    hambatan: Hambatan,
    nama_berkas: str = "",
    obstacle: Obstacle | None = None,
    rincian: str = "",
) -> Letter:
    """Say kindly what to do; key `surel.<mail id>.petunjuk`; encloses the form again."""
    kode, to = period.periode.kode, (answered(facts, mail, unit),)
    hal = "Petunjuk pengiriman berkas isian"
    name = text.ringkas(nama_berkas, _NAME_LENGTH)
    return Letter(
        kunci=f"surel.{mail.id}.petunjuk",
        templat="petunjuk",
        kepada=to,
        subjek=f"{tag(kode, unit)} {hal}",
        isi=IsiPetunjuk(
            kepala=heading(facts, hal, to),
            unit=unit.nama,
            periode=period.periode.nama,
            temuan=what_was_found(hambatan, f'Berkas "{name}"' if name else "Berkas yang dikirim", rincian),
            langkah=what_to_do(hambatan, f"Mohon perkenan {to[0].sapaan}" if is_superior(unit) else "Mohon"),
            sebab=rincian if hambatan is Hambatan.JAWABAN_BELUM_JELAS else _cause(obstacle) or _limit(hambatan, facts),
            batas=deadline(facts, request.batas_at, unit),
            berkas=file_name(period, unit),
            tiba=moment(facts, mail.tiba_at),
            atasan=is_superior(unit),
            disimpan=hambatan is not Hambatan.SUREL_TERLALU_BESAR,
        ),
        lampiran=(blank_form(facts, period, request, unit),),
        utas=answer_to(mail, thread_head(facts, request, unit, to[0])),
        periode=kode,
        unit=unit.id,
    )


def _cause(obstacle: Obstacle | None) -> str:
    match obstacle:
        case Obstacle.TOO_SLOW:
            return "Berkas memuat sel yang terlalu banyak; isian yang dipindahkan ke format terlampir dapat kami baca."
        case Obstacle.EMPTY:
            return "Berkas yang kami terima berukuran 0 byte, kemungkinan pengunggahan belum selesai pada saat dikirim."
        case Obstacle.TOO_MANY:
            return "Berkas kemasan (.zip) kami buka apabila memuat paling banyak 20 berkas."
        case None | Obstacle.NOT_A_WORKBOOK | Obstacle.ENCRYPTED | Obstacle.DAMAGED | Obstacle.TOO_LARGE:
            return ""


def _limit(hambatan: Hambatan, facts: Facts) -> str:
    if hambatan is not Hambatan.SUREL_TERLALU_BESAR:
        return ""
    limit = text.ukuran_berkas(facts.aturan.batasan.ukuran_surel)
    return f"Batas ukuran satu surel beserta seluruh lampirannya adalah {limit}."


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiTidakAdaPermintaan(Isi):
    """What `tidak-ada-permintaan.md` says."""

    tiba: str
    ditutup: str  # name of the period that was closed last, else empty
    penyusun: str


def tidak_ada_permintaan(facts: Facts, mail: IncomingMail, peserta: Peserta) -> Letter:
    """Tell a respondent that nothing is open, or no longer; key `surel.<mail id>.tidak-ada-permintaan`."""
    unit = peserta.unit
    to = (answered(facts, mail, unit) if unit else peserta.pejabat,)
    closed = [p for p in facts.periode if p.keadaan is KeadaanPeriode.DITUTUP]
    hal = "Permintaan data kinerja telah ditutup" if closed else "Belum ada permintaan data yang terbuka"
    return Letter(
        kunci=f"surel.{mail.id}.tidak-ada-permintaan",
        templat="tidak-ada-permintaan",
        kepada=to,
        subjek=f"{tag(None, unit)} {hal}",
        isi=IsiTidakAdaPermintaan(
            kepala=heading(facts, hal, to),
            tiba=moment(facts, mail.tiba_at),
            ditutup=max(closed, key=lambda p: p.dibuka_at).periode.nama if closed else "",
            penyusun=staff(facts)[0].jabatan,
        ),
        utas=answer_to(mail),
        unit=unit.id if unit else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiBenarkah(Isi):
    """What `benarkah.md` says; nothing of the doubtful mail but its arrival, address and file names."""

    unit: str
    periode: str  # name of the period, else empty
    tiba: str
    pengirim: str
    berkas: tuple[str, ...]


def benarkah(facts: Facts, mail: IncomingMail, unit: Unit, periode: str | None) -> Letter:
    """Ask the registered official whether a mail is his (reply YA); key `surel.<mail id>.benarkah`; a new thread.

    The stranger's subject and words are not repeated: a letter of the office must not carry them to its staff.
    """
    to = (unit.official_on(facts.today),)
    hal = "Mohon konfirmasi pengirim data kinerja"
    return Letter(
        kunci=f"surel.{mail.id}.benarkah",
        templat="benarkah",
        kepada=to,
        subjek=f"{tag(periode, unit)} {hal}",
        isi=IsiBenarkah(
            kepala=heading(facts, hal, to),
            unit=unit.nama,
            periode=name_of(facts, periode),
            tiba=moment(facts, mail.tiba_at),
            pengirim=text.ringkas(mail.sender or "alamat tidak jelas", _NAME_LENGTH),
            berkas=tuple(text.ringkas(a.nama or "tanpa nama", _NAME_LENGTH) for a in mail.lampiran[:5]),
        ),
        periode=periode,
        unit=unit.id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiBatasJawaban(Isi):
    """What `batas-jawaban.md` says."""

    jumlah: int
    hari: str
    penyusun: str
    terbuka: tuple[str, ...]  # "Triwulan III Tahun 2026, batas …" of what this person still owes


def batas_jawaban(facts: Facts, mail: IncomingMail, to: Pejabat) -> Letter:
    """The last automatic letter of the day to one person; key `<YYYY-MM-DD>.batas-jawaban.<address>`."""
    day, unit = facts.today, unit_of(facts, to)
    own = {address.casefold() for address in to.alamat}
    address = mail.sender if mail.sender and mail.sender.casefold() in own else to.alamat[0]
    hal = "Pemberitahuan balasan otomatis hari ini"
    return Letter(
        kunci=f"{day.isoformat()}.batas-jawaban.{address.casefold()}",
        templat="batas-jawaban",
        kepada=(to,),
        subjek=f"{tag(None, unit)} {hal}",
        isi=IsiBatasJawaban(
            kepala=heading(facts, hal, (to,)),
            jumlah=facts.aturan.batasan.jawaban_per_hari,
            hari=text.hari_tanggal(day),
            penyusun=staff(facts)[0].jabatan,
            terbuka=_debts(facts, unit),
        ),
        utas=answer_to(mail),
        unit=unit.id if unit else None,
    )


def _debts(facts: Facts, unit: Unit | None) -> tuple[str, ...]:
    requests = ((p, p.request(unit.id)) for p in open_periods(facts)) if unit else ()
    return tuple(
        f"{p.periode.nama}, batas {deadline(facts, request.batas_at, unit)}"
        for p, request in requests
        if request is not None and request.lengkap_at is None
    )
