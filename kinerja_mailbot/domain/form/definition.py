"""The definition of a form: sheets, columns, rows and rules, as `templates/format/*.toml` state them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kinerja_mailbot.domain.form.value import Value


class ColumnType(StrEnum):
    """What a column holds; `UKURAN` is what the row's satuan says (`type_of_satuan`)."""

    TEKS = "teks"
    PERSEN = "persen"
    JUMLAH = "jumlah"  # a count, with a unit word: 2 laporan
    NILAI = "nilai"  # a score or an index: 69,05
    RUPIAH = "rupiah"
    TANGGAL = "tanggal"
    TAHUN = "tahun"
    PILIHAN = "pilihan"
    PREDIKAT = "predikat"
    YA_TIDAK = "ya_tidak"
    UKURAN = "ukuran"


_TYPE_OF_SATUAN = {
    "%": ColumnType.PERSEN,
    "persen": ColumnType.PERSEN,
    "nilai": ColumnType.NILAI,
    "indeks": ColumnType.NILAI,
    "skor": ColumnType.NILAI,
    "predikat": ColumnType.PREDIKAT,
    "rupiah": ColumnType.RUPIAH,
    "rp": ColumnType.RUPIAH,
    "tanggal": ColumnType.TANGGAL,
    "tahun": ColumnType.TAHUN,
    "teks": ColumnType.TEKS,
    "ya/tidak": ColumnType.YA_TIDAK,
}


def type_of_satuan(satuan: str) -> ColumnType:
    """Return how a measure in this satuan is read; anything not listed (laporan, orang, kegiatan …) is counted.

    >>> type_of_satuan("%"), type_of_satuan("laporan")
    (<ColumnType.PERSEN: 'persen'>, <ColumnType.JUMLAH: 'jumlah'>)
    """
    return _TYPE_OF_SATUAN.get(satuan.strip().casefold(), ColumnType.JUMLAH)


@dataclass(frozen=True, slots=True)
class Choice:
    """A canonical choice, how it is shown, and the other words that people use for it."""

    nilai: str
    padanan: tuple[str, ...] = ()
    tampil: str = ""  # what people see and choose: "Belum sesuai" for BELUM_SESUAI; "" where it is the same

    @property
    def shown(self) -> str:
        """Return the choice as people see it.

        >>> Choice("BELUM_TL", tampil="Belum ditindaklanjuti").shown, Choice("BELUM_TL").shown
        ('Belum ditindaklanjuti', 'BELUM TL')
        """
        return self.tampil or self.nilai.replace("_", " ")

    @property
    def names(self) -> tuple[str, str]:
        """Return the two words that are the choice itself, and need no notice when typed."""
        return self.nilai, self.shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet."""

    kunci: str  # "realisasi_tw": the key in storage
    judul: str  # header text as printed
    jenis: ColumnType
    isian: bool = False  # a yellow cell that the respondent fills in; otherwise locked and printed by us
    wajib: bool = False  # an empty input is a `fix`
    lebar: float = 14.0  # characters
    pilihan: tuple[Choice, ...] = ()
    padanan: tuple[str, ...] = ()  # other wordings of the header
    boleh_tidak_diukur: bool = False  # "tidak diukur" is an answer here
    boleh_nihil: bool = False  # "nihil" is an answer here and counts as a declared 0
    rumus: str = ""  # live formula with column keys in braces: "={realisasi}/{target}*100"
    petunjuk: str = ""  # what Excel shows beside the selected cell
    lalu: str = ""  # prints what was reported in this other column for the period before; left out when nothing was


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row: its kode and what we fill in beforehand; may carry keys without a column (rumus, sifat)."""

    kode: str
    nilai: tuple[tuple[str, Value], ...] = ()

    def get(self, kunci: str) -> Value | None:
        """Return the printed value under this key."""
        for key, value in self.nilai:  # asked a thousand times a form; `next` takes twice as long
            if key == kunci:
                return value
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class WajibBila:
    """`kolom` must be filled when `bila` is filled (`isi` empty), holds one of `isi`, or is below `kurang_dari`."""

    kolom: str
    bila: str
    isi: tuple[str, ...] = ()
    kurang_dari: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TidakMelebihi:
    """`kolom` must not be greater than `batas`, another column of the row (realisasi <= pagu)."""

    kolom: str
    batas: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TidakMenurun:
    """`kolom`, counted since the year's beginning, is not less than in the period before (`dari`) without a `catatan`.

    Refunded spending exists (DOMAIN 1.3), so a note makes a smaller figure good. Rows whose sifat is another than
    akumulatif may fall.
    """

    kolom: str
    dari: str
    catatan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Jumlah:
    """The cell `total` (row kode) of `kolom` is the sum of the rows `bagian`, within ±0,01."""

    kolom: str
    total: str
    bagian: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PredikatSesuai:
    """The predikat in row `predikat` is the one that the score in row `nilai` earns (DOMAIN 2.5)."""

    kolom: str
    nilai: str
    predikat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unik:
    """No two rows of the sheet share the same values in these columns."""

    kolom: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaDi:
    """The value of `kolom` stands in column `kolom_lain` of sheet `lembar` too (a TL HP row belongs to an LHP)."""

    kolom: str
    lembar: str
    kolom_lain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatasHari:
    """A row whose `status` is none of `selesai` is due on day `kolom`, else `hari` days after a day in another sheet.

    That day stands in column `mulai` of sheet `lembar`, in the row with the same `kunci` (DOMAIN 2.2: an LHP is
    answered within 60 calendar days of its receipt). A row that is overdue is mentioned, never refused.
    """

    kolom: str
    status: str
    selesai: tuple[str, ...]
    lembar: str
    kunci: str
    mulai: str
    hari: int


Rule = WajibBila | TidakMelebihi | TidakMenurun | Jumlah | PredikatSesuai | Unik | AdaDi | BatasHari


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: printed rows (`baris`), or an open list with `baris_kosong` empty lines when there are none."""

    id: str
    judul: str  # the tab and the table's title
    kolom: tuple[Column, ...]
    baris: tuple[Row, ...] = ()
    baris_kosong: int = 0
    kunci: tuple[str, ...] = ("kode",)  # columns that name a row; ("kode",) for printed rows
    nihil: str = ""  # "Tidak ada LHP pada periode ini": one yellow cell that declares the whole sheet empty
    aturan: tuple[Rule, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether the respondent adds the rows himself."""
        return not self.baris

    def column(self, kunci: str) -> Column | None:
        """Return the column with this key."""
        for column in self.kolom:
            if column.kunci == kunci:
                return column
        return None

    def row(self, kode: str) -> Row | None:
        """Return the printed row with this kode."""
        for row in self.baris:
            if row.kode == kode:
                return row
        return None

    def shown(self, kunci: str, nilai: str) -> str:
        """Return a stored word of this column as people see it: a choice by its own words, any other as it is."""
        column = self.column(kunci)
        choices = column.pilihan if column is not None else ()
        return next((choice.shown for choice in choices if choice.nilai == nilai), nilai)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form as one unit gets it: the sheets with that unit's rows."""

    id: str  # "kinerja-subbag"
    versi: int
    judul: str
    lembar: tuple[Sheet, ...]
    petunjuk: tuple[str, ...] = ()  # at most ten lines
    contoh: bool = False  # indicators are examples; the workbook says so

    def sheet(self, sheet_id: str) -> Sheet | None:
        """Return the sheet with this id."""
        return next((s for s in self.lembar if s.id == sheet_id), None)
