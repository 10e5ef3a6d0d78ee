"""A received spreadsheet after the sandbox: whose form it is, as far as the file itself tells."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain.form.check import find_meta, recognise
from kinerja_mailbot.domain.form.identity import FormMeta, is_genuine
from kinerja_mailbot.domain.form.workbook import RawWorkbook, ReadResult
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import Attachment
from kinerja_mailbot.domain.sop.state import FileOnRecord

# Signatures, visiting cards, invitations and the shadow of a Mac's file: programs add them, nobody sends them.
_MACHINE_TYPES = (
    "application/pkcs7-",
    "application/x-pkcs7-",
    "application/pgp-",
    "application/applefile",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
)


@dataclass(frozen=True, slots=True)
class ReadAttachment:
    """An attachment together with what the sheet reader made of it."""

    lampiran: Attachment
    hasil: ReadResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A workbook that claims, by its hidden id or by its looks, to be a form of some unit."""

    lampiran: Attachment
    buku: RawWorkbook
    unit: str | None  # None: not a form of ours
    periode: str | None  # None: the file does not say
    asli: bool  # its HMAC proves that we made it
    meta: FormMeta | None = None


def candidates(sheets: tuple[ReadAttachment, ...], facts: Facts) -> tuple[Candidate, ...]:
    """Return what each readable workbook claims to be; the same bytes, or the same cells, attached twice count once."""
    seen: list[Candidate] = []
    for sheet in sheets:
        if isinstance(sheet.hasil, RawWorkbook) and not any(_is_same(sheet, other) for other in seen):
            seen.append(_candidate(sheet.lampiran, sheet.hasil, facts))
    return tuple(seen)


def _is_same(sheet: ReadAttachment, other: Candidate) -> bool:
    """Tell whether it is the other file again: a phone that saves a workbook changes its bytes and no cell."""
    if sheet.lampiran.sha256 == other.lampiran.sha256:
        return True
    return isinstance(sheet.hasil, RawWorkbook) and sheet.hasil.sheets == other.buku.sheets


def _candidate(attachment: Attachment, workbook: RawWorkbook, facts: Facts) -> Candidate:
    meta = find_meta(workbook)
    if meta is not None and is_genuine(meta, facts.identitas.kunci):
        return Candidate(lampiran=attachment, buku=workbook, unit=meta.unit, periode=meta.periode, asli=True, meta=meta)
    looks_like = recognise(workbook, facts.aturan.format)
    return Candidate(lampiran=attachment, buku=workbook, unit=looks_like, periode=None, asli=False, meta=meta)


def is_meant(item: Attachment) -> bool:
    """Tell whether a person attached it, as far as the declared type says."""
    return not item.tipe.startswith(_MACHINE_TYPES)


def on_record(attachment: Attachment, mail_id: int) -> FileOnRecord:
    """Return the file as the store lists it."""
    return FileOnRecord(nama=attachment.nama, ukuran=attachment.ukuran, sha256=attachment.sha256, surel_id=mail_id)
