"""The store: everything the service remembers, in SQLite or PostgreSQL; the sole home of sqlmodel and alembic.

One public method is one transaction, and rows never leave it. Each module holds one part of `Store`; what several parts
write (letters, periods, submissions) is written by functions that work inside the transaction of their caller.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from kinerja_mailbot.adapters.store.book import PeriodBookStore
from kinerja_mailbot.adapters.store.editions import EditionStore
from kinerja_mailbot.adapters.store.evidence import EvidenceKeepingStore
from kinerja_mailbot.adapters.store.keeping import KeepingStore
from kinerja_mailbot.adapters.store.lines import (
    AddressHealth,
    LetterLine,
    MailLine,
    StoredValue,
    StoreFacts,
    SubmissionLine,
)
from kinerja_mailbot.adapters.store.outbox import OutboxStore
from kinerja_mailbot.adapters.store.pruning import PruningStore
from kinerja_mailbot.adapters.store.reports import ReportStore
from kinerja_mailbot.adapters.store.rounds import RoundsStore
from kinerja_mailbot.adapters.store.server import ServerFacts, ServerStore, Working
from kinerja_mailbot.adapters.store.watch import WatchStore
from kinerja_mailbot.adapters.store.withheld import WithheldStore

__all__ = [
    "AddressHealth",
    "LetterLine",
    "MailLine",
    "ServerFacts",
    "Store",
    "StoreFacts",
    "StoredValue",
    "SubmissionLine",
    "Working",
]


class Store(
    EvidenceKeepingStore,
    OutboxStore,
    PeriodBookStore,
    EditionStore,
    ReportStore,
    KeepingStore,
    WatchStore,
    RoundsStore,
    PruningStore,
    WithheldStore,
    ServerStore,
):
    """The whole store; open it, migrate it, use it from any thread, close it."""

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
