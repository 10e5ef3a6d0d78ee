"""The letters that pass something on: a respondent's words, a dead address, a fault of operation, a test."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.letters.wording import (
    Isi,
    heading,
    moment,
    name_of,
    staff,
    tag,
)
from kinerja_mailbot.domain.mail.outcome import MarkAddress
from kinerja_mailbot.domain.unit import Pejabat, Unit

_LINES = 40
_LINE_LENGTH = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiTerusan(Isi):
    """What `terusan.md` says."""

    unit: str
    pejabat: str
    pengirim: str
    periode: str
    tiba: str
    baris: tuple[str, ...]
    terpotong: bool
    berkas: tuple[str, ...]


def terusan(facts: Facts, mail: IncomingMail, unit: Unit, periode: str | None) -> Letter:
    """Pass a respondent's free text to the penyusun; key `surel.<mail id>.terusan`."""
    to = staff(facts)
    hal = f"Pesan dari {unit.nama}"
    lines = tuple(text.ringkas(line, _LINE_LENGTH) for line in mail.teks.splitlines() if line.strip())
    return Letter(
        kunci=f"surel.{mail.id}.terusan",
        templat="terusan",
        kepada=to,
        subjek=f"{tag(periode, None)} {hal}",
        isi=IsiTerusan(
            kepala=heading(facts, hal, to),
            unit=unit.nama,
            pejabat=unit.official_on(facts.today).nama,
            pengirim=mail.sender or "alamat tidak jelas",
            periode=name_of(facts, periode),
            tiba=moment(facts, mail.tiba_at),
            baris=lines[:_LINES],
            terpotong=len(lines) > _LINES,
            berkas=tuple(text.ringkas(a.nama or "tanpa nama", 80) for a in mail.lampiran),
        ),
        periode=periode,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiAlamatGagal(Isi):
    """What `alamat-gagal.md` says."""

    alamat: str
    unit: str  # else empty
    gagal: bool
    keterangan: str
    tiba: str
    alamat_lain: str  # where this person still gets our letters, else empty


def alamat_gagal(facts: Facts, mail: IncomingMail, failure: MarkAddress, unit: Unit | None) -> Letter:
    """Tell Kasubbag and penyusun once that an address does not work; key `alamat-gagal.<address>.<YYYY-MM-DD>`."""
    to = (facts.daftar.kasubbag, *facts.daftar.penyusun)
    state = "tidak dapat menerima surel" if failure.gagal else "belum dapat menerima surel"
    hal = f"Alamat {unit.nama if unit else text.ringkas(failure.alamat, 80)} {state}"
    return Letter(
        kunci=f"alamat-gagal.{failure.alamat.casefold()}.{facts.today.isoformat()}",
        templat="alamat-gagal",
        kepada=to,
        subjek=f"{tag(None, None)} {hal}",
        isi=IsiAlamatGagal(
            kepala=heading(facts, hal, to),
            alamat=failure.alamat,
            unit=unit.nama if unit else "",
            gagal=failure.gagal,
            keterangan=text.ringkas(failure.keterangan, 200),
            tiba=moment(facts, mail.tiba_at),
            alamat_lain=_others(facts, failure.alamat, unit),
        ),
    )


def _others(facts: Facts, dead: str, unit: Unit | None) -> str:
    known = unit.official_on(facts.today).alamat if unit else ()
    return text.rangkai([address for address in known if address.casefold() != dead.casefold()])


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiGangguan(Isi):
    """What `gangguan.md` says."""

    rincian: tuple[str, ...]
    kini: str


def gangguan(facts: Facts, *, kunci: str, judul: str, rincian: tuple[str, ...]) -> Letter:
    """Tell the admin about a fault of operation, once per key."""
    to = facts.daftar.administrator
    return Letter(
        kunci=kunci,
        templat="gangguan",
        kepada=to,
        subjek=f"{tag(None, None)} {text.ringkas(judul, 120)}",
        isi=IsiGangguan(
            kepala=heading(facts, judul, to),
            rincian=rincian,
            kini=moment(facts, facts.now),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiUji(Isi):
    """What `uji.md` says."""

    kini: str


def uji(facts: Facts, to: Pejabat) -> Letter:
    """The test letter of `check --send-to`; key made by the caller's clock: `uji.<ISO time>`."""
    hal = "Surel uji sistem pengumpulan data kinerja"
    return Letter(
        kunci=f"uji.{facts.now.isoformat()}",
        templat="uji",
        kepada=(to,),
        subjek=f"{tag(None, None)} {hal}",
        isi=IsiUji(
            kepala=heading(facts, hal, (to,)),
            kini=moment(facts, facts.now),
        ),
    )
