"""The laporan as a value: a covering nota dinas and the draft of LKjIP chapter III, block by block."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain.kinerja.rekap import Penanda


@dataclass(frozen=True, slots=True)
class Judul:
    """A heading; level 1 is a chapter's part, level 2 below it."""

    teks: str
    tingkat: int = 1


@dataclass(frozen=True, slots=True)
class Paragraf:
    """A paragraph; `label` stands in bold before it."""

    teks: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column of a table: its title, its share of the width, whether it holds figures."""

    judul: str
    lebar: int
    angka: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabel:
    """A table with its caption; cells are words as they are printed."""

    keterangan: str
    kolom: tuple[Kolom, ...]
    baris: tuple[tuple[str, ...], ...]


Blok = Judul | Paragraf | Tabel


@dataclass(frozen=True, slots=True, kw_only=True)
class NotaDinas:
    """The covering letter; its Nomor is the office's to give (SOP Surat Keluar)."""

    yth: str
    dari: str
    tanggal: str
    sifat: str
    lampiran: str
    hal: str
    isi: tuple[str, ...]
    penanda: Penanda


@dataclass(frozen=True, slots=True, kw_only=True)
class Laporan:
    """The whole document."""

    judul: str
    kaki: str
    dibuat_at: datetime
    nota: NotaDinas
    isi: tuple[Blok, ...]
