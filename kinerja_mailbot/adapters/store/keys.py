"""Letters by the beginning of their keys."""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlmodel import col

from kinerja_mailbot.adapters.tables import LetterRow

_LAST_CHARACTER = "\U0010ffff"


def keys_beginning(prefix: str, *, is_sqlite: bool) -> ColumnElement[bool]:
    """Return the condition that a letter's key begins so."""
    kunci = col(LetterRow.kunci)
    if is_sqlite:
        # It orders by bytes, so that its index finds a range; its LIKE forgets about case and reads every key.
        return (kunci >= prefix) & (kunci < prefix + _LAST_CHARACTER)
    return kunci.startswith(prefix, autoescape=True)
