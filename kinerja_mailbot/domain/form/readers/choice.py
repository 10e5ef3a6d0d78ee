"""Choices from a list, by the canonical word or one that people use for it."""

from __future__ import annotations

from kinerja_mailbot.domain import text as office
from kinerja_mailbot.domain.form.catalogue import words
from kinerja_mailbot.domain.form.definition import Choice
from kinerja_mailbot.domain.form.readers.absence import read_absence
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.outcomes import accepted, tell
from kinerja_mailbot.domain.form.readers.typed import quoted, typed_text, word
from kinerja_mailbot.domain.form.value import RawCell, Reading


def read_choice(cell: RawCell, context: CellContext) -> Reading:
    """Read one of the column's choices; a synonym is stored under its canonical word, and said so.

    >>> from kinerja_mailbot.domain.form.definition import ColumnType
    >>> choices = (Choice("SESUAI", ("S", "Tuntas")), Choice("BELUM_TL", ("BTL",)))
    >>> read_choice(RawCell("tuntas"), CellContext(jenis=ColumnType.PILIHAN, pilihan=choices)).value
    'SESUAI'
    """
    if chosen := choose(typed_text(cell), context.pilihan):
        return read_chosen(chosen, cell)
    absent = read_absence(cell, context)
    if absent is not None:
        return absent
    return refuse_choice(cell, context)


def refuse_choice(cell: RawCell, context: CellContext) -> Reading:
    """Return the refusal that names the choices."""
    names = office.rangkai([choice.shown for choice in context.pilihan], "atau")
    return tell(words.NO_CHOICE, said=quoted(cell), choices=names)


def choose(typed: str, choices: tuple[Choice, ...]) -> Choice | None:
    """Return the one choice that these words name; None when they name none, or several."""
    said = word(typed)
    found = [choice for choice in choices if said and said in {word(name) for name in (*choice.names, *choice.padanan)}]
    exact = [choice for choice in found if said in {word(name) for name in choice.names}]
    candidates = exact or found
    return candidates[0] if len(candidates) == 1 else None


def read_chosen(chosen: Choice, cell: RawCell) -> Reading:
    """Return the reading of a choice that was found; a shortened or former word is noted."""
    if word(typed_text(cell)) in {word(name) for name in chosen.names}:
        return accepted(chosen.nilai)
    return tell(words.READ_CHOICE, chosen.nilai, said=quoted(cell), read=chosen.shown)
