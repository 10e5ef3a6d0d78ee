"""Editions of the rekap: what each of them said, and which mails have brought data since."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from sqlmodel import col, select

from kinerja_mailbot.adapters.store.codec import decode_tuple, encode
from kinerja_mailbot.adapters.store.database import Database
from kinerja_mailbot.adapters.tables import EditionCellsRow, SubmissionRow
from kinerja_mailbot.domain.kinerja.changes import Butir
from kinerja_mailbot.usecases.ports import EditionRecord


class EditionStore(Database):
    """See `EditionBook`."""

    def edition_record(self, kode: str, edisi: int) -> EditionRecord:
        """See `EditionBook`."""
        with self.reading() as session:
            row = session.get(EditionCellsRow, (kode, edisi))
            mails = session.exec(
                select(SubmissionRow.unit, SubmissionRow.revisi, SubmissionRow.surel_id)
                .where(SubmissionRow.periode == kode)
                .order_by(col(SubmissionRow.id))
            ).all()
            return EditionRecord(
                butir=None if row is None else _unpacked(row.nilai),
                surel=tuple((unit, revision, mail) for unit, revision, mail in mails),
            )


def cells_row(kode: str, edisi: int, cells: Sequence[Butir]) -> EditionCellsRow:
    """Return the row that keeps the cells of an edition; texts repeat so much that a tenth of their size is enough."""
    return EditionCellsRow(periode=kode, edisi=edisi, nilai=zlib.compress(encode(tuple(cells)).encode("ascii")))


def _unpacked(packed: bytes) -> tuple[Butir, ...]:
    return decode_tuple(Butir, zlib.decompress(packed).decode("ascii"))
