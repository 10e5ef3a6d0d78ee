"""The letters about time that an order changed: more of it, the clock that stands, the clock that goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter, Thread
from kinerja_mailbot.domain.mail.letters.wording import (
    Isi,
    answer_to,
    deadline,
    heading,
    is_superior,
    moment,
    remaining,
    tag,
    thread_head,
)
from kinerja_mailbot.domain.mail.orders import BelumJelas, Kurang
from kinerja_mailbot.domain.mail.timing import ExtendDeadline, PauseClock, ResumeClock
from kinerja_mailbot.domain.sop.changes import MovedDeadline, Perpanjangan
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.domain.unit import Pejabat, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiPerubahanWaktu(Isi):
    """What `perubahan-waktu.md` says; `jenis` is perpanjangan, penundaan or kelanjutan."""

    jenis: str
    atasan: bool
    periode: str
    sop: str
    oleh: str
    alasan: str
    batas: str  # the deadline in force from now on, with the working time left
    semula: str
    lama: str  # "2 hari kerja", "" where the deadline itself was named
    sejak: str  # when the clock stopped


def perpanjangan(  # noqa: PLR0913, PLR0917 - the contract of this letter
    facts: Facts, mail: IncomingMail, period: PeriodState, request: RequestState, unit: Unit, effect: ExtendDeadline
) -> Letter:
    """Tell a unit of its new deadline; key `surel.<mail id>.perpanjangan.<periode>.<unit>`; in the request's thread."""
    hal = f"Perpanjangan batas penyampaian data kinerja {period.periode.nama}"
    isi = IsiPerubahanWaktu(
        kepala=heading(facts, hal, (unit.official_on(facts.today),)),
        jenis="perpanjangan",
        atasan=is_superior(unit),
        periode=period.periode.nama,
        sop=period.sop.nomor,
        oleh=effect.oleh,
        alasan=effect.alasan,
        batas=deadline(facts, effect.batas.menjadi_at, unit),
        semula=moment(facts, effect.batas.dari_at),
        lama=effect.lama,
        sejak="",
    )
    return _letter(facts, mail, request, unit, isi)


def penundaan(  # noqa: PLR0913, PLR0917 - the contract of this letter
    facts: Facts, mail: IncomingMail, period: PeriodState, request: RequestState, unit: Unit, effect: PauseClock
) -> Letter:
    """Tell a unit that its clock stands; key `surel.<mail id>.penundaan.<periode>.<unit>`; in the request's thread."""
    hal = f"Penundaan pengumpulan data kinerja {period.periode.nama}"
    isi = IsiPerubahanWaktu(
        kepala=heading(facts, hal, (unit.official_on(facts.today),)),
        jenis="penundaan",
        atasan=is_superior(unit),
        periode=period.periode.nama,
        sop=period.sop.nomor,
        oleh=effect.oleh,
        alasan=effect.alasan,
        batas="",
        semula=moment(facts, request.batas_at),
        lama="",
        sejak=moment(facts, effect.mulai_at),
    )
    return _letter(facts, mail, request, unit, isi)


def kelanjutan(  # noqa: PLR0913, PLR0917 - the contract of this letter
    facts: Facts, mail: IncomingMail, period: PeriodState, request: RequestState, unit: Unit, effect: ResumeClock
) -> Letter:
    """Tell a unit its deadline after a pause; key `surel.<mail id>.kelanjutan.<periode>.<unit>`; in its thread."""
    hal = f"Pengumpulan data kinerja {period.periode.nama} dilanjutkan"
    moved = next((m.menjadi_at for m in effect.permintaan if m.unit == unit.id), request.batas_at)
    isi = IsiPerubahanWaktu(
        kepala=heading(facts, hal, (unit.official_on(facts.today),)),
        jenis="kelanjutan",
        atasan=is_superior(unit),
        periode=period.periode.nama,
        sop=period.sop.nomor,
        oleh=effect.oleh,
        alasan=period.jeda.alasan if period.jeda else "",
        batas=f"{moment(facts, moved)} ({remaining(facts, moved)})" if moved > facts.now else moment(facts, moved),
        semula=moment(facts, request.batas_at),
        lama="",
        sejak=moment(facts, period.jeda.mulai_at) if period.jeda else "",
    )
    return _letter(facts, mail, request, unit, isi)


def _letter(facts: Facts, mail: IncomingMail, request: RequestState, unit: Unit, isi: IsiPerubahanWaktu) -> Letter:
    return Letter(
        kunci=f"surel.{mail.id}.{isi.jenis}.{request.periode}.{unit.id}",
        templat="perubahan-waktu",
        kepada=(unit.official_on(facts.today),),
        subjek=f"{tag(request.periode, unit)} {isi.kepala.hal}",
        isi=isi,
        utas=Thread(thread_head(facts, request, unit, unit.official_on(facts.today))) if request.message_id else None,
        periode=request.periode,
        unit=unit.id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiTanyaPerintah(Isi):
    """What `tanya-perintah.md` says."""

    kalimat: str
    pilihan: tuple[str, ...]  # orders that can be sent back as they are


def tanya_perintah(facts: Facts, mail: IncomingMail, to: Pejabat, order: BelumJelas, units: tuple[Unit, ...]) -> Letter:
    """Ask what an order lacks, with choices; key `surel.<mail id>.perintah`."""
    hal = f"Mohon melengkapi perintah {order.perintah}"
    kalimat, pilihan = _question(order, units)
    return Letter(
        kunci=f"surel.{mail.id}.perintah",
        templat="tanya-perintah",
        kepada=(to,),
        subjek=f"{tag(None, None)} {hal}",
        isi=IsiTanyaPerintah(kepala=heading(facts, hal, (to,)), kalimat=kalimat, pilihan=pilihan),
        utas=answer_to(mail),
    )


def kalimat_perpanjangan(facts: Facts, unit: Unit, moved: MovedDeadline, lama: str) -> str:
    """Say what became of a unit's deadline."""
    longer = f"diperpanjang {lama}" if lama else "diperpanjang"
    until = moved.menjadi_at
    return f"Batas {unit.nama} {longer} menjadi {moment(facts, until)} ({remaining(facts, until)})."


def kalimat_sudah_diperpanjang(facts: Facts, unit: Unit, earlier: Perpanjangan) -> str:
    """Say that the same order was carried out today already."""
    return (
        f"Batas {unit.nama} hari ini sudah diperpanjang {earlier.lama} dengan alasan yang sama, menjadi "
        f"{moment(facts, earlier.menjadi_at)}; perintah yang berulang tidak dilaksanakan lagi. "
        f"Apabila waktu memang perlu ditambah, mohon menyebutkan tanggal batasnya."
    )


def kalimat_sudah_diingatkan(facts: Facts, told: tuple[tuple[RequestState, Unit], ...]) -> str:
    """Say who was reminded in this half-day already; "" if nobody was."""
    if not told:
        return ""
    jam, wit = facts.aturan.jam, facts.aturan.kantor.singkatan_zona
    names = text.rangkai(
        [f"{unit.nama} (pukul {text.pukul(r.pengingat_terakhir_at or facts.now, jam.zona, wit)})" for r, unit in told]
    )
    return f"{names} sudah diingatkan; pengingat disampaikan paling banyak satu kali dalam setengah hari kerja."


def kalimat_penundaan(facts: Facts, periods: tuple[PeriodState, ...], alasan: str, since: datetime) -> str:
    """Say that the clock stands, and how it goes on."""
    names = text.rangkai([period.periode.nama for period in periods])
    return (
        f"Hitungan waktu pengumpulan data kinerja {names} ditunda sejak {moment(facts, since)} ({alasan}). "
        f"Pengingat dihentikan dan unit terkait telah diberi tahu; balasan LANJUT melanjutkan hitungan waktu."
    )


def kalimat_sedang_ditunda(facts: Facts, period: PeriodState) -> str:
    """Say that the clock stands already."""
    since = f" sejak {moment(facts, period.jeda.mulai_at)} ({period.jeda.alasan})" if period.jeda else ""
    return f"Hitungan waktu sudah ditunda{since}; tidak ada yang diubah. Balasan LANJUT melanjutkannya."


def kalimat_kelanjutan(facts: Facts, period: PeriodState, at: datetime, minutes: int) -> str:
    """Say that the clock goes on, and by how much all that is open has moved (`minutes`: net working minutes)."""
    moved = f"bergeser {text.lama_kerja(minutes)}" if minutes else "tidak berubah"
    return (
        f"Hitungan waktu pengumpulan data kinerja {period.periode.nama} dilanjutkan sejak {moment(facts, at)}; "
        f"seluruh batas yang belum selesai {moved}."
    )


def catatan_waktu(facts: Facts, period: PeriodState, unit: Unit | None = None) -> tuple[str, ...]:
    """Return why the deadlines of a period, or of one unit, are what they are; () where no order changed them."""
    stood = tuple(
        f"Hitungan waktu ditunda {moment(facts, pause.mulai_at)} s.d. "
        f"{moment(facts, pause.sampai_at) if pause.sampai_at else 'ada perintah LANJUT'}: {pause.alasan}."
        for pause in period.penundaan
    )
    return (
        *stood,
        *(alasan_batas(facts, change) for change in period.perpanjangan if unit is None or change.unit == unit.id),
    )


def alasan_batas(facts: Facts, change: Perpanjangan) -> str:
    """Say why a unit's deadline was moved: "Batas UKL diperpanjang 2 hari kerja: banjir."."""
    unit = facts.daftar.unit(change.unit)
    amount = change.lama or f"sampai {moment(facts, change.menjadi_at)}"
    return f"Batas {unit.kode if unit else change.unit} diperpanjang {amount}: {change.alasan}."


def _question(order: BelumJelas, units: tuple[Unit, ...]) -> tuple[str, tuple[str, ...]]:
    alasan, lama = order.alasan or "banjir", order.lama.removesuffix(" kerja") or "2 hari"
    names = ", ".join(u.kode for u in units if u.id in order.unit) or ("semua" if order.semua else "")
    whom = names or (units[0].kode if units else "semua")
    match order.kurang:
        case Kurang.ALASAN if order.perintah == "TUNDA":
            return "Mohon menyebutkan alasan penundaan.", ("TUNDA karena banjir",)
        case Kurang.ALASAN:
            return "Mohon menyebutkan alasan perpanjangan.", (f"PERPANJANG {whom} {lama} karena banjir",)
        case Kurang.LAMA:
            amounts = ("1 hari", "2 hari", "sampai Jumat pukul 15.00")
            return (
                "Mohon menyebutkan lamanya perpanjangan atau batas yang baru.",
                tuple(f"PERPANJANG {whom} {amount} karena {alasan}" for amount in amounts),
            )
        case Kurang.UNIT:
            codes = (*(unit.kode for unit in units), "semua")
            return (
                "Mohon menyebutkan unit yang batas waktunya diperpanjang.",
                tuple(f"PERPANJANG {code} {lama} karena {alasan}" for code in codes),
            )
        case Kurang.CARA:
            return (
                "TUNDA menghentikan hitungan waktu seluruh unit sampai ada perintah LANJUT. "
                "Mohon memilih salah satu perintah berikut.",
                (f"TUNDA karena {alasan}", f"PERPANJANG {names or 'semua'} {lama} karena {alasan}"),
            )
