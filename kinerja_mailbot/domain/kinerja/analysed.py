"""The analysis of a rekap as a value: the sheet, what is on record, what is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.form.identity import FormMeta


@dataclass(frozen=True, slots=True, kw_only=True)
class LembarAnalisis:
    """The analysis of step 6: the form it is written on, what is on record, and the identity to send it with."""

    form: Form
    isian: tuple[StoredCell, ...] = ()
    meta: FormMeta | None = None
    ditanyakan: tuple[tuple[str, str], ...] = ()  # (row, column) of the cells that are still asked for

    def words(self) -> dict[tuple[str, str], str]:
        """Return what was written, by row and column."""
        return {(cell.baris, cell.kolom): str(cell.nilai) for cell in self.isian}
