"""The letters about who acts for whom: the question before it counts, the word that it does, leave without anybody."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.acting import KeadaanPenunjukan, Penunjukan
from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.letters.wording import (
    Isi,
    answer_to,
    deadline,
    heading,
    is_superior,
    tag,
)
from kinerja_mailbot.domain.mail.petition import KeadaanPermohonan
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.domain.unit import Pejabat, Unit

TIDAK_HADIR = "tidak-hadir."
"""How the keys of letters about absences begin: they belong to no period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiPenunjukan(Isi):
    """What `konfirmasi-plh.md` and `penunjukan.md` say."""

    sebutan: str  # "Plh. Kepala Subbagian Teknis"
    unit: str
    nama: str
    alamat: str
    nomor: str
    masa: str  # "6 Oktober 2026 s.d. 9 Oktober 2026"
    pengusul: str
    pemutus: str
    disetujui: bool
    bagi_penjabat: bool  # the reader is the acting official himself
    atasan: bool


def konfirmasi_plh(
    facts: Facts, named: Penunjukan, unit: Unit, *, chief: Unit | None = None, reply_to: IncomingMail | None = None
) -> Letter:
    """Ask for SETUJU before an acting official counts; key `surel.<order>.plh`, the Sekretaris's (`chief`) ends in
    `.sekretaris`.

    Each of the two gets a letter of his own: only in that thread does his SETUJU count.
    """
    to = (chief.official_on(facts.today) if chief else facts.daftar.kasubbag,)
    hal = f"Mohon persetujuan {named.sebutan} {unit.nama}"
    return Letter(
        kunci=question_key(named.surel_id, chief),
        templat="konfirmasi-plh",
        kepada=to,
        subjek=f"{tag(None, chief)} {hal}",
        isi=_content(facts, hal, to, named, unit, atasan=chief is not None),
        utas=answer_to(reply_to) if reply_to else None,
        unit=chief.id if chief else None,
    )


def question_key(surel_id: int, chief: Unit | None) -> str:
    """Return the key of the question about the acting official whom this mail named."""
    return f"surel.{surel_id}.plh.sekretaris" if chief else f"surel.{surel_id}.plh"


def penunjukan(  # noqa: PLR0913 - the contract of this letter
    facts: Facts,
    mail: IncomingMail,
    named: Penunjukan,
    unit: Unit,
    to: tuple[Pejabat, ...],
    *,
    reader: Unit | None,
    bagian: str,
) -> Letter:
    """Tell that an acting official counts from now on, or was refused; key `surel.<mail id>.penunjukan.<bagian>`.

    `reader` is the unit in whose thread it goes; None for the Kasubbag and the penyusun.
    """
    agreed = "disetujui" if named.keadaan is KeadaanPenunjukan.BERLAKU else "tidak disetujui"
    hal = f"Penunjukan {named.sebutan} {unit.nama} {agreed}"
    answers = any((mail.sender or "") in {a.casefold() for a in person.alamat} for person in to)
    return Letter(
        kunci=f"surel.{mail.id}.penunjukan.{bagian}",
        templat="penunjukan",
        kepada=to,
        subjek=f"{tag(None, reader)} {hal}",
        isi=_content(facts, hal, to, named, unit, atasan=reader is not None and is_superior(reader)),
        utas=answer_to(mail) if answers else None,
        unit=reader.id if reader else None,
    )


def _content(  # noqa: PLR0913 - what both letters speak of
    facts: Facts, hal: str, to: tuple[Pejabat, ...], named: Penunjukan, unit: Unit, *, atasan: bool
) -> IsiPenunjukan:
    return IsiPenunjukan(
        kepala=heading(facts, hal, to),
        sebutan=named.as_official(unit).jabatan,
        unit=unit.nama,
        nama=text.ringkas(named.nama, 80),
        alamat=text.ringkas(named.alamat, 80),
        nomor=text.ringkas(named.nomor, 80),
        masa=f"{text.tanggal(named.sejak)} s.d. {text.tanggal(named.sampai)}",
        pengusul=named.diusulkan_oleh,
        pemutus=named.diputuskan_oleh,
        disetujui=named.keadaan is KeadaanPenunjukan.BERLAKU,
        bagi_penjabat=any(named.alamat in {a.casefold() for a in person.alamat} for person in to),
        atasan=atasan,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiTidakHadir(Isi):
    """What `tidak-hadir.md` says."""

    jabatan: str
    sampai: str  # "sampai dengan 9 Oktober 2026", else empty
    unit: str
    periode: str
    batas: str
    contoh: str  # "PLH TEK Nama alamat@… nomor s.d. 9 Oktober 2026"


def tidak_hadir(facts: Facts, period: PeriodState, request: RequestState, unit: Unit, absence: Absence) -> Letter:
    """Ask the Kasubbag for an acting official, once for each absence; key `tidak-hadir.<unit>.<since>`."""
    kode, to, person = period.periode.kode, (facts.daftar.kasubbag,), unit.official_on(facts.today)
    hal = f"{person.jabatan} sedang tidak di tempat"
    until = text.tanggal(absence.sampai) if absence.sampai else ""
    return Letter(
        kunci=_absence_key(unit, absence),
        templat="tidak-hadir",
        kepada=to,
        subjek=f"{tag(kode, None)} {text.ringkas(hal, 120)}",
        isi=IsiTidakHadir(
            kepala=heading(facts, hal, to),
            jabatan=person.jabatan,
            sampai=f"sampai dengan {until}" if until else "",
            unit=unit.nama,
            periode=period.periode.nama,
            batas=deadline(facts, request.batas_at, unit),
            contoh=_appointing(unit, until),
        ),
        periode=kode,
    )


def kalimat_tidak_diingatkan(facts: Facts, absent: tuple[Unit, ...]) -> str:
    """Say who gets no reminder because he is away, and how somebody comes to act for the first one; "" for nobody."""
    if not absent:
        return ""
    names = text.rangkai([_absent(facts, unit) for unit in absent])
    absence = facts.absence_of(absent[0].id)
    until = text.tanggal(absence.sampai) if absence and absence.sampai else ""
    return (
        f"Pengingat tidak disampaikan kepada {names}. Apabila ada pejabat yang menggantikan, mohon ditunjuk dengan "
        f"balasan, misalnya: {_appointing(absent[0], until)}"
    )


def _absent(facts: Facts, unit: Unit) -> str:
    absence = facts.absence_of(unit.id)
    return f"{unit.official_on(facts.today).jabatan} ({absence.words if absence else 'tidak di tempat'})"


def _appointing(unit: Unit, until: str) -> str:
    return f"PLH {unit.kode} Nama Pejabat nama@kantor.example 12/SPT/2026 s.d. {until or 'tanggal'}"


def _absence_key(unit: Unit, absence: Absence) -> str:
    """Return the key under which the Kasubbag is told of this absence."""
    since = absence.sejak.strftime("%Y%m%dT%H%M") if absence.sejak else "tercatat"
    return f"{TIDAK_HADIR}{unit.id}.{since}"


def catatan_pejabat(facts: Facts) -> tuple[str, ...]:
    """Return who acts for whom by order, now or soon, and which names wait for SETUJU."""
    shown = (one for one in facts.penunjukan if one.keadaan is not KeadaanPenunjukan.DITOLAK)
    return tuple(_acting_line(facts, one) for one in shown)


def _acting_line(facts: Facts, named: Penunjukan) -> str:
    unit = facts.daftar.unit(named.unit)
    waits = " (menunggu SETUJU)" if named.keadaan is KeadaanPenunjukan.MENUNGGU else ""
    since = f"{text.tanggal(named.sejak)} " if named.sejak > facts.today else ""
    whom = unit.nama if unit else named.unit
    name = text.ringkas(named.nama, 80)
    return f"{named.sebutan} {whom}: {name}, {since}s.d. {text.tanggal(named.sampai)}{waits}."


def catatan_permohonan(facts: Facts, kode: str) -> tuple[str, ...]:
    """Return the requests for more time that wait for the Kasubbag's word."""
    waiting = (
        petition
        for petition in facts.permohonan
        if petition.periode == kode and petition.keadaan is KeadaanPermohonan.MENUNGGU
    )
    return tuple(
        f"Permohonan tambahan waktu {unit.kode if unit else one.unit} ({one.lama}) menunggu jawaban Kasubbag."
        for one in waiting
        for unit in (facts.daftar.unit(one.unit),)
    )
