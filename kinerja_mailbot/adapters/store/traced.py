"""A judged cell with all that leads to it, from its rows."""

from __future__ import annotations

from kinerja_mailbot.adapters.store.codec import decode_value
from kinerja_mailbot.adapters.tables import SubmissionRow, ValueRow
from kinerja_mailbot.domain.evidence.trace import TracedValue
from kinerja_mailbot.domain.form.value import CellOutcome


def traced_value(submission: SubmissionRow, cell: ValueRow, sender: str) -> TracedValue:
    """Return the cell with receipt, file, mail and sender; whoever has the mail's bytes adds its Message-ID."""
    return TracedValue(
        unit=submission.unit,
        baris=cell.baris,
        lembar=cell.lembar_terlihat or cell.lembar,
        lembar_id=cell.lembar,
        kolom=cell.kolom,
        label=cell.label,
        tertulis=cell.tertulis,
        nilai=None if cell.nilai is None else decode_value(cell.nilai),
        hasil=CellOutcome(cell.hasil),
        pesan=cell.pesan,
        revisi=submission.revisi,
        tanda_terima=submission.nomor,
        berkas=submission.berkas_nama,
        berkas_sha256=submission.berkas_sha256,
        sel=cell.sel,
        surel=submission.surel_id,
        message_id="",
        pengirim=sender,
        tiba_at=submission.tiba_at,
    )
