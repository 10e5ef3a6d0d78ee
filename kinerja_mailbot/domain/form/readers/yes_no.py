"""Yes or no, with the ticks that people put into such cells."""

from __future__ import annotations

from kinerja_mailbot.domain.form.catalogue import words
from kinerja_mailbot.domain.form.readers.absence import read_absence
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.outcomes import accepted, tell
from kinerja_mailbot.domain.form.readers.typed import clean, quoted, word
from kinerja_mailbot.domain.form.value import RawCell, Reading

YA, TIDAK = "ya", "tidak"

_TICKS = frozenset("√✓✔☑✅")
_YES = frozenset({"ya", "y", "v", "iya", "yes", "ada", "sudah", "true", "benar"})
_NO = frozenset({"tidak", "tdk", "t", "no", "tidak ada", "bukan", "false", "salah"})
_NOT_YET = frozenset({"belum", "belum ada"})


def read_yes_no(cell: RawCell, context: CellContext) -> Reading:
    """Read "ya" or "tidak"; a cross may mean either, so it is asked about.

    >>> from kinerja_mailbot.domain.form.definition import ColumnType
    >>> context = CellContext(jenis=ColumnType.YA_TIDAK)
    >>> read_yes_no(RawCell("√"), context).value, read_yes_no(RawCell("x"), context).value
    ('ya', None)
    """
    if answer := _answer(cell):
        return accepted(answer)
    if isinstance(cell.value, str) and word(cell.value) in _NOT_YET:
        return tell(words.READ_CHOICE, TIDAK, said=quoted(cell), read=TIDAK)
    absent = read_absence(cell, context)
    if absent is not None:
        return absent
    return tell(words.YES_OR_NO, said=quoted(cell))


def _answer(cell: RawCell) -> str | None:
    if isinstance(cell.value, bool):
        return YA if cell.value else TIDAK
    if not isinstance(cell.value, str):
        return None
    if clean(cell.value) in _TICKS:
        return YA
    said = word(cell.value)
    return YA if said in _YES else TIDAK if said in _NO else None
