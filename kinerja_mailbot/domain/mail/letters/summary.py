"""The daily summary: what waits for the penyusun, each mail with its number and the words that settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.letters.wording import Isi, heading, moment, short_moment, staff, tag
from kinerja_mailbot.domain.mail.matters import LISTED, Matter, Urusan
from kinerja_mailbot.domain.unit import Pejabat

PREFIX = "ringkasan."
_ROWS = 15  # of one kind; whoever sends a hundred mails does not fill the letter
_SUBJECT = 60
_FILES = 3
_HAL = "Ringkasan surel yang menunggu keputusan"


@dataclass(frozen=True, slots=True, kw_only=True)
class BarisRingkasan:
    """One mail."""

    nomor: int
    pengirim: str
    tentang: str  # the unit, or a stranger's subject made harmless
    berkas: str
    tiba: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KelompokRingkasan:
    """The mails of one kind, newest first."""

    judul: str
    penjelasan: str
    baris: tuple[BarisRingkasan, ...]
    selebihnya: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiRingkasan(Isi):
    """What `ringkasan.md` says."""

    baru: int
    kini: str
    zona: str
    kelompok: tuple[KelompokRingkasan, ...]
    lama: str  # numbers of those that an earlier summary has listed and that are still named, else empty
    hari: int  # after which a mail from which nothing can be taken is named no more
    terima: str  # an example of the order; empty when nothing can be accepted
    abaikan: str


def kunci_ringkasan(facts: Facts) -> str:
    """Return the key of the day's summary: `ringkasan.<YYYY-MM-DD>`."""
    return f"{PREFIX}{facts.today.isoformat()}"


def ringkasan(facts: Facts, matters: Sequence[Matter]) -> Letter:
    """Tell the penyusun what waits for a decision: the new ones one by one, the older ones by their numbers."""
    to = staff(facts)
    return Letter(
        kunci=kunci_ringkasan(facts),
        templat="ringkasan",
        kepada=to,
        subjek=f"{tag(None, None)} {_HAL}, {text.tanggal(facts.today)}",
        isi=isi_ringkasan(facts, matters, to),
    )


def isi_ringkasan(facts: Facts, matters: Sequence[Matter], to: tuple[Pejabat, ...]) -> IsiRingkasan:
    """Return what a summary says to these people."""
    new = sorted((m for m in matters if not m.diringkas), key=lambda m: m.nomor, reverse=True)
    old = tuple(m.nomor for m in matters if m.diringkas and m.is_still_named(facts.now))
    acceptable = [m for m in (*new, *matters) if m.may_be_accepted]
    acceptable.sort(key=lambda m: m.urusan is not Urusan.DITAHAN)  # the likeliest one serves as the example
    # An example may be followed to the letter: it names what matters least.
    disposable = sorted(new, key=lambda m: m.may_be_accepted)
    return IsiRingkasan(
        kepala=heading(facts, _HAL, to),
        baru=len(new),
        kini=moment(facts, facts.now),
        zona=facts.aturan.kantor.singkatan_zona,
        kelompok=tuple(
            _group(facts, urusan, of_kind)
            for urusan in (Urusan.DITAHAN, Urusan.DISISIHKAN, Urusan.BELUM_JELAS, Urusan.TAK_DIKENAL)
            if (of_kind := [m for m in new if m.urusan is urusan])
        ),
        lama=_numbers(old),
        hari=LISTED.days,
        terima=f"TERIMA {acceptable[0].nomor}" if acceptable else "",
        abaikan=f"ABAIKAN {', '.join(str(m.nomor) for m in disposable[:2])}",
    )


def _group(facts: Facts, urusan: Urusan, matters: Sequence[Matter]) -> KelompokRingkasan:
    title, explanation = _words(urusan)
    return KelompokRingkasan(
        judul=title,
        penjelasan=explanation,
        baris=tuple(_row(facts, matter) for matter in matters[:_ROWS]),
        selebihnya=max(0, len(matters) - _ROWS),
    )


def _words(urusan: Urusan) -> tuple[str, str]:
    match urusan:
        case Urusan.DITAHAN:
            return (
                "Pengirim belum dapat dipastikan",
                "Isian belum digunakan. TERIMA memproses isian seperti surel yang baru tiba.",
            )
        case Urusan.DISISIHKAN:
            return (
                "Belum dapat diproses oleh sistem",
                "Administrator telah diberi tahu. TERIMA mencoba memprosesnya sekali lagi.",
            )
        case Urusan.BELUM_JELAS:
            return (
                "Pesan tanpa isian yang dapat dicatat",
                "Mohon menghubungi unit tersebut apabila diperlukan, kemudian ABAIKAN.",
            )
        case Urusan.TAK_DIKENAL:
            return (
                "Pengirim tidak terdaftar",
                "Surel disimpan dan tidak dibalas. TERIMA hanya berlaku untuk surel yang memuat isian suatu unit.",
            )


def _row(facts: Facts, matter: Matter) -> BarisRingkasan:
    unit = facts.daftar.unit(matter.unit or "")
    # A respondent's subject is not repeated: it may hold the text of an LHP finding.
    about = unit.nama if unit else text.ringkas(text.tanpa_tautan(matter.subjek), _SUBJECT)
    return BarisRingkasan(
        nomor=matter.nomor,
        pengirim=text.ringkas(matter.pengirim, _SUBJECT) or "alamat tidak jelas",
        tentang=about or "tanpa perihal",
        berkas="tidak diperiksa" if matter.urusan is Urusan.DISISIHKAN else _files(matter.berkas),
        tiba=short_moment(facts, matter.tiba_at),
    )


def _files(names: tuple[str, ...]) -> str:
    shown = [text.ringkas(text.tanpa_tautan(name), 40) or "tanpa nama" for name in names[:_FILES]]
    more = len(names) - len(shown)
    return "; ".join([*shown, *([f"dan {more} berkas lain"] if more > 0 else [])]) or "tidak ada"


def _numbers(numbers: tuple[int, ...]) -> str:
    shown = [str(number) for number in numbers[-_ROWS:]]
    more = len(numbers) - len(shown)
    return text.rangkai([*shown, *([f"{more} surel yang lebih lama"] if more > 0 else [])])
