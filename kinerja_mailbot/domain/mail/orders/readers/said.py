"""What a reader of orders gets to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kinerja_mailbot.domain.mail.orders.values import Order
from kinerja_mailbot.domain.unit import Daftar


@dataclass(frozen=True, slots=True)
class Said:
    """One line or sentence: its plain words without courtesy, the register; a doubtful line never gets here."""

    words: str
    is_question: bool
    daftar: Daftar


Reader = Callable[[Said], Order | None]
