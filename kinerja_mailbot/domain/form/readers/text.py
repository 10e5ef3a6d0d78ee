"""Free text: explanations, names of files, numbers of letters."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from kinerja_mailbot.domain.form.catalogue import words
from kinerja_mailbot.domain.form.readers.absence import is_blank, read_absence, says_nihil
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.outcomes import accepted, tell
from kinerja_mailbot.domain.form.readers.typed import clean, quoted, typed_text, word
from kinerja_mailbot.domain.form.value import CellError, Mark, RawCell, Reading, Uncalculated

_DITTO = frozenset({"sda", "s d a", "idem", "sama dengan di atas", "sama seperti di atas"})
_DITTO_MARKS = frozenset({'"', "''", "〃", "”", "“"})
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LONGEST = 4000  # characters: two printed pages in one cell


def read_text(cell: RawCell, context: CellContext) -> Reading:
    """Read text as it stands, lines kept; "sda" becomes the text above it.

    >>> from kinerja_mailbot.domain.form.definition import ColumnType
    >>> context = CellContext(jenis=ColumnType.TEKS, atas="Anggaran terlambat")
    >>> read_text(RawCell("s.d.a."), context).value, read_text(RawCell(" LHP.pdf "), context).value
    ('Anggaran terlambat', 'LHP.pdf')
    """
    match cell.value:
        case CellError() | Uncalculated():
            return read_absence(cell, context) or accepted(None)
        case str():
            return _read_written(cell.value, cell, context)
        case bool():
            return accepted("ya" if cell.value else "tidak")
        case None | int() | float() | datetime() | date() | time():
            return accepted(typed_text(cell) or None)


def _read_written(typed: str, cell: RawCell, context: CellContext) -> Reading:
    if is_blank(cell):
        return accepted(None)
    if clean(typed) in _DITTO_MARKS or word(typed) in _DITTO or typed.strip() in _DITTO_MARKS:
        return _ditto(cell, context)
    if context.boleh_nihil and says_nihil(cell):
        return accepted(Mark.NIHIL)
    lines = (clean(line) for line in _UNPRINTABLE.sub("", typed).splitlines())
    text = "\n".join(line for line in lines if line)
    if len(text) > _LONGEST:
        return tell(words.TOO_LONG, length=str(len(text)), most=str(_LONGEST))
    return accepted(text or None)


def _ditto(cell: RawCell, context: CellContext) -> Reading:
    if not isinstance(context.atas, str) or isinstance(context.atas, Mark):
        return tell(words.NOTHING_ABOVE, said=quoted(cell))
    return tell(words.COPIED_FROM_ABOVE, context.atas, said=quoted(cell))
