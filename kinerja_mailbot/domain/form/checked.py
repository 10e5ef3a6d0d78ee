"""A form after checking: every cell with its judgement, and whether the whole is complete."""

from __future__ import annotations

from dataclasses import dataclass, field

from kinerja_mailbot.domain.form.identity import FormMeta
from kinerja_mailbot.domain.form.value import CellOutcome, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCell:
    """A value on record: sheet id, row (kode, or the open row's key), column key, value, and what was typed."""

    lembar: str
    baris: str
    kolom: str
    nilai: Value
    tertulis: str = ""
    kiriman: int = field(default=0, compare=False)  # the revision that brought this value; 0: not known


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCell:
    """One input cell of a received form, judged."""

    lembar: str  # sheet id
    lembar_terlihat: str  # the tab's name in the received file
    sel: str  # "E7", the address that people see
    baris: str  # kode, or the open row's key
    kolom: str  # column key
    label: str  # "IK-01 Persentase partisipasi pemilih · Realisasi Triwulan ini"
    tertulis: str  # what was typed, as text
    nilai: Value | None
    hasil: CellOutcome
    pesan: str = ""  # formal Indonesian; what is wrong and what to write
    pesan_id: tuple[str, ...] = ()  # of its sentences, in the catalogue
    pilihan: tuple[Value, ...] = ()  # what an ambiguous cell may mean: (a), (b)
    terbaca: Value | None = None  # what was read before a rule refused it
    nomor: int = 0  # under which the letter asks about it; cells with the same trouble share one, 0: not asked


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedForm:
    """The result of reading one form against its definition and what was stored before."""

    meta: FormMeta | None  # as found in the file, genuine or not
    sel: tuple[CheckedCell, ...]
    catatan: tuple[str, ...] = ()  # remarks about the file as a whole, formal Indonesian
    tersimpan: tuple[StoredCell, ...] = ()  # what the record holds after this form: earlier values, then this one's
    terisi: int = 0  # rows (indicators) that are complete
    seluruh: int = 0  # rows that are asked for

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing at all was typed (the returned empty form)."""
        return not any(c.tertulis for c in self.sel)

    @property
    def to_fix(self) -> tuple[CheckedCell, ...]:
        """Return the cells that must be mended."""
        return tuple(c for c in self.sel if c.hasil is CellOutcome.FIX)

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is left to mend."""
        return not self.to_fix
