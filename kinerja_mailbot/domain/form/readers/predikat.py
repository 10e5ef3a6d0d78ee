"""Predikat: AA to D of the AKIP evaluation, and the opinions of BPK."""

from __future__ import annotations

import re
from dataclasses import replace

from kinerja_mailbot.domain.form.definition import Choice
from kinerja_mailbot.domain.form.readers.choice import choose, read_choice, refuse_choice
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.typed import clean, word
from kinerja_mailbot.domain.form.value import RawCell, Reading

# PermenPANRB 88/2021; the words in brackets of its table (DOMAIN 2.5).
AKIP = (
    Choice("AA", ("Sangat Memuaskan",)),
    Choice("A", ("Memuaskan",)),
    Choice("BB", ("Sangat Baik",)),
    Choice("B", ("Baik",)),
    Choice("CC", ("Cukup", "Cukup Memadai")),
    Choice("C", ("Kurang",)),
    Choice("D", ("Sangat Kurang",)),
)
OPINI = (
    Choice("WTP", ("Wajar Tanpa Pengecualian", "Opini WTP")),
    Choice("WDP", ("Wajar Dengan Pengecualian", "Opini WDP")),
    Choice("TW", ("Tidak Wajar",)),
    Choice("TMP", ("Tidak Memberikan Pendapat", "Tidak Menyatakan Pendapat", "Disclaimer")),
)
# Comparing words loses signs, but "B+" and "A-" are no predikat of these scales.
_WORDS = re.compile(r"[A-Za-z .()]+")
_LEAD = re.compile(r"^(predikat|kategori|opini|nilai)\s*:?\s+", re.IGNORECASE)


def read_predikat(cell: RawCell, context: CellContext) -> Reading:
    """Read a predikat on the scale of the row's target; either scale where the target does not tell.

    >>> from kinerja_mailbot.domain.form.definition import ColumnType
    >>> context = CellContext(jenis=ColumnType.PREDIKAT)
    >>> read_predikat(RawCell("bb"), context).value, read_predikat(RawCell("B+"), context).value
    ('BB', None)
    """
    scaled = replace(context, pilihan=context.pilihan or _scale(context))
    if not isinstance(cell.value, str):
        return read_choice(cell, scaled)
    bare = _LEAD.sub("", clean(cell.value))
    if choose(bare, scaled.pilihan) and not _WORDS.fullmatch(bare):
        return refuse_choice(cell, scaled)
    return read_choice(RawCell(bare) if choose(bare, scaled.pilihan) else cell, scaled)


def _scale(context: CellContext) -> tuple[Choice, ...]:
    target = word(str(context.target or "")).upper()
    for scale in (AKIP, OPINI):
        if target in {choice.nilai for choice in scale}:
            return scale
    return AKIP + OPINI
