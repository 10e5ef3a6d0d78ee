"""What the office decides about opening, reminding, limiting and counting."""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal

from kinerja_mailbot.config.table import Table, as_day, as_number, shown
from kinerja_mailbot.domain.periode import JenisPeriode, PeriodeError, parse_periode
from kinerja_mailbot.domain.policy import (
    AturanRekap,
    Batasan,
    Jadwal,
    Kabar,
    Keamanan,
    Pemantauan,
    Pengingat,
    PerintahLangkah1,
    SkalaPredikat,
    Tingkat,
)

_NO_CAP = "tanpa"
_MONTH_AND_DAY = re.compile(r"\d\d-\d\d")


def read_jadwal(table: Table) -> Jadwal:
    """Read [jadwal]."""
    known = ", ".join(f'"{kind}"' for kind in JenisPeriode)
    kinds = table.texts("jenis")
    for number, kind in enumerate(kinds, 1):
        if kind not in set(JenisPeriode):
            table.complain(f"jenis[{number}]", shown(kind), f"salah satu dari: {known}")
    return Jadwal(
        jenis=frozenset(kind for kind in JenisPeriode if kind in kinds),
        pukul=table.clock("pukul"),
        perintah=PerintahLangkah1(table.choice("perintah", tuple(PerintahLangkah1), PerintahLangkah1.OTOMATIS)),
        mulai=_read_first_period(table),
    )


def read_pengingat(table: Table) -> Pengingat:
    """Read [pengingat]; the ladder goes upwards, each rung later than the one before."""
    rungs = tuple(_read_rung(entry) for entry in table.tables("tingkat", needed=True))
    minutes = [rung.menit for rung in rungs]
    if minutes != sorted(set(minutes)):
        found = ", ".join(str(m) for m in minutes)
        table.complain("tingkat", f"menit {found}", "menit yang selalu bertambah dari tingkat ke tingkat")
    return Pengingat(
        tingkat=rungs,
        masa_perbaikan_menit=table.integer("masa_perbaikan_menit", 240, at_least=1, at_most=100_000),
    )


def read_batasan(table: Table) -> Batasan:
    """Read [batasan]; the size of a mail is written in megabytes."""
    return Batasan(
        jawaban_per_hari=table.integer("jawaban_per_hari", 10, at_least=1, at_most=1_000),
        surat_per_jam=table.integer("surat_per_jam", 200, at_least=1, at_most=100_000),
        ukuran_surel=table.integer("ukuran_surel_mb", 25, at_least=1, at_most=100) * 1024 * 1024,
    )


def read_rekap(table: Table) -> AturanRekap:
    """Read [rekap]; the scale goes downwards and its lowest band begins at 0."""
    bands = tuple(
        SkalaPredikat(mulai=entry.number("mulai"), sebutan=entry.text("sebutan"))
        for entry in table.tables("skala", needed=True)
    )
    starts = [band.mulai for band in bands]
    if bands and (starts != sorted(set(starts), reverse=True) or starts[-1] != 0):
        found = ", ".join(str(start) for start in starts)
        table.complain("skala", f"mulai {found}", "batas yang selalu menurun dan berakhir pada 0")
    return AturanRekap(
        batas_capaian=_read_cap(table),
        skala=bands,
        sementara_menit=table.integer("sementara_menit", 480, at_most=100_000),
        tembusan_sekretaris=table.flag("tembusan_sekretaris", False),
    )


def read_kabar(table: Table) -> Kabar:
    """Read [kabar]; every key has a default, so that a configuration without the table keeps working."""
    reviews = tuple(_read_day_of_year(table, name, value) for name, value in table.items("tinjauan_sop"))
    return Kabar(
        pagi=_read_hour_if_any(table, "pagi"),
        tinjauan=tuple(sorted({day for day in reviews if day})) if table.has("tinjauan_sop") else Kabar().tinjauan,
    )


def read_pemantauan(table: Table) -> Pemantauan:
    """Read [pemantauan]; everything is on unless the office says otherwise."""
    return Pemantauan(
        pukul=table.clock("pukul") if table.has("pukul") else Pemantauan().pukul,
        putar_balik=table.flag("putar_balik", True),
        tunggu_menit=table.integer("tunggu_putar_balik", 30, at_least=1, at_most=720),
        kabar_admin=table.flag("kabar_admin", True),
    )


def read_keamanan(root: Table) -> Keamanan:
    """Read `keamanan`: how much proof a sender must bring."""
    return Keamanan(root.choice("keamanan", tuple(Keamanan), Keamanan.SEIMBANG))


def _read_first_period(table: Table) -> str:
    written = table.text("mulai", "")
    if not written:
        return ""
    try:
        return parse_periode(written).kode
    except PeriodeError:
        table.complain("mulai", shown(written), 'kode periode, misalnya "2026-TW3", "2026-SM1", atau "2026"')
        return ""


def _read_hour_if_any(table: Table, key: str) -> time | None:
    return None if table.raw(key, "") == "" else table.clock(key)


def _read_day_of_year(table: Table, name: str, value: object) -> tuple[int, int] | None:
    found = _MONTH_AND_DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    day = as_day(f"2027-{found[0]}") if found else None  # no leap year: a day that every year has
    if day is None:
        table.complain(name, shown(value), 'bulan-tanggal, misalnya "06-01"')
        return None
    return day.month, day.day


def _read_rung(entry: Table) -> Tingkat:
    return Tingkat(
        menit=entry.integer("menit", at_least=-100_000, at_most=100_000),
        lampirkan_format=entry.flag("lampirkan_format", False),
        eskalasi=entry.flag("eskalasi", False),
        tembusan_sekretaris=entry.flag("tembusan_sekretaris", False),
    )


def _read_cap(table: Table) -> Decimal | None:
    value = table.raw("batas_capaian", 120)
    if value == _NO_CAP:
        return None
    cap = as_number(value)
    if cap is None or cap < 100:
        table.complain("batas_capaian", shown(value), f'angka paling kecil 100, atau "{_NO_CAP}"')
    return cap
