"""Everything that is said about a form: one entry each, with an id, how grave it is, what to do and an example."""

from __future__ import annotations

from types import ModuleType

from kinerja_mailbot.domain.form.catalogue import answers, cells, remarks, rules, words
from kinerja_mailbot.domain.form.catalogue.message import Message

__all__ = ["CATALOGUE", "Message", "identify"]


def _entries(module: ModuleType) -> tuple[Message, ...]:
    return tuple(entry for entry in vars(module).values() if isinstance(entry, Message))


CATALOGUE: tuple[Message, ...] = tuple(
    entry for module in (cells, words, rules, remarks, answers) for entry in _entries(module)
)


def identify(text: str) -> str:
    """Return the id of a remark by its sentence, "" when it is none of ours; remarks travel as plain sentences.

    >>> identify('Lembar "Anggaran" tidak ditemukan pada berkas.')
    'K-522'
    """
    return next((entry.id for module in (remarks, answers) for entry in _entries(module) if entry.fits(text)), "")
