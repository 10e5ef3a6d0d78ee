"""Writing a revision of a unit's data, inside somebody else's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy import bindparam, exists, insert, update
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from kinerja_mailbot.adapters.store.codec import decode_cells, decode_tuple, decode_value, decode_values, encode
from kinerja_mailbot.adapters.store.statements import pour, straight
from kinerja_mailbot.adapters.tables import RequestRow, SubmissionRow, ValueRow, safe_text
from kinerja_mailbot.domain.evidence.digest import (
    RevisionCell,
    RevisionHead,
    RevisionQuestion,
    asked_digest,
    revision_digest,
)
from kinerja_mailbot.domain.form.checked import CheckedCell, StoredCell
from kinerja_mailbot.domain.form.value import CellOutcome, Value
from kinerja_mailbot.domain.mail.asked import Asked
from kinerja_mailbot.domain.mail.outcome import StoreSubmission
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan
from kinerja_mailbot.usecases.ports import OvertakenError

_OPEN = (CellOutcome.FIX, CellOutcome.CHECK)
_REVISIONS_LOOKED_AT = 12  # of one unit: nobody answers an older letter by its numbers


@dataclass(frozen=True, slots=True)
class Stored:
    """A revision that was written: a line about it, and its digest."""

    rincian: str
    sha256: str


@dataclass(frozen=True, slots=True)
class _Standing:
    """How the request stands, without its form; the fields are the columns of `_STANDING`."""

    revisi: int
    sel: str
    pertama_tiba_at: datetime | None
    tepat_waktu: bool | None
    lengkap_at: datetime | None
    batas_at: datetime
    is_known: bool  # this mail's revision is there already


_IS_KNOWN = exists().where(
    col(SubmissionRow.surel_id) == bindparam("surel"),
    col(SubmissionRow.periode) == bindparam("periode"),
    col(SubmissionRow.unit) == bindparam("unit"),
)
_STANDING = (
    columns_of(
        col(RequestRow.revisi),
        col(RequestRow.sel),
        col(RequestRow.pertama_tiba_at),
        col(RequestRow.tepat_waktu),
        col(RequestRow.lengkap_at),
        col(RequestRow.batas_at),
        _IS_KNOWN,
    )
    .where(col(RequestRow.periode) == bindparam("periode"), col(RequestRow.unit) == bindparam("unit"))
    .with_for_update()
)
_MOVE = update(RequestRow).where(
    col(RequestRow.periode) == bindparam("_periode"), col(RequestRow.unit) == bindparam("_unit")
)
_HEAD = tuple(field.name for field in fields(RevisionHead))
_COLUMNS = ("kiriman_id", "urutan", *RevisionCell._fields, *RevisionQuestion._fields)
_INTO_SUBMISSIONS = insert(SubmissionRow).returning(col(SubmissionRow.id))


def store_submission(session: Session, effect: StoreSubmission, now: datetime) -> Stored | None:
    """Write a revision with every judged cell and move its request on.

    Returns None when this mail's revision is there already: a replay never makes a second one.

    Raises:
        OvertakenError: another revision came in since the mail was decided; it must be decided again.
    """
    key = {"periode": effect.periode, "unit": effect.unit, "surel": effect.surel_id}
    before = _Standing(*straight(session, _STANDING, key).one())
    if before.is_known:
        return None
    if effect.revisi != before.revisi + 1:
        raise OvertakenError(f"{effect.periode} {effect.unit} is at revision {before.revisi}, not {effect.revisi - 1}")
    head = _head(effect)
    number = straight(session, _INTO_SUBMISSIONS, {name: getattr(head, name) for name in _HEAD}).one()[0]
    cells = [_revision_cell(cell) for cell in effect.hasil.sel]
    asked = [_revision_question(cell) for cell in effect.hasil.sel]
    if cells:
        both = enumerate(zip(cells, asked, strict=True))
        pour(session, ValueRow, _COLUMNS, [(number, place, *cell, *question) for place, (cell, question) in both])
    _move_request(session, before, effect, now)
    verdict = "complete" if head.lengkap else f"{len(effect.hasil.to_fix)} cells to fix"
    line = f"{effect.nomor} revision {effect.revisi}, {effect.hasil.terisi}/{effect.hasil.seluruh} rows, {verdict}"
    return Stored(line, asked_digest(revision_digest(head, cells), asked))


def digests_of(row: SubmissionRow, cells: Sequence[ValueRow]) -> tuple[str, str]:
    """Return the digest of a revision, the same before it is written and after it is read, and that of older versions.

    The cells come in their order. Older versions did not cover what letters ask about.
    """
    older = revision_digest(_head_of(row), (_cell(cell) for cell in cells))
    return asked_digest(older, (_question(cell) for cell in cells)), older


def _head_of(row: SubmissionRow) -> RevisionHead:
    return RevisionHead(
        nomor=row.nomor,
        periode=row.periode,
        unit=row.unit,
        revisi=row.revisi,
        surel_id=row.surel_id,
        tiba_at=row.tiba_at,
        tepat_waktu=row.tepat_waktu,
        berkas_nama=safe_text(row.berkas_nama),
        berkas_ukuran=row.berkas_ukuran,
        berkas_sha256=row.berkas_sha256,
        lengkap=row.lengkap,
        terisi=row.terisi,
        seluruh=row.seluruh,
        catatan=safe_text(row.catatan),
    )


def _cell(row: ValueRow) -> RevisionCell:
    return RevisionCell(
        lembar=safe_text(row.lembar),
        sel=safe_text(row.sel),
        baris=safe_text(row.baris),
        kolom=safe_text(row.kolom),
        label=safe_text(row.label),
        tertulis=safe_text(row.tertulis),
        nilai=None if row.nilai is None else safe_text(row.nilai),
        hasil=row.hasil,
        pesan=safe_text(row.pesan),
    )


def _question(row: ValueRow) -> RevisionQuestion:
    return RevisionQuestion(
        nomor=row.nomor,
        pesan_id=row.pesan_id,
        pilihan=row.pilihan,
        terbaca=row.terbaca,
        lembar_terlihat=row.lembar_terlihat,
    )


def asked_of(session: Session, unit: str) -> tuple[Asked, ...]:
    """Return what the newest revisions of a unit asked about, newest first; cells of one number share a trouble."""
    newest = (
        select(SubmissionRow)
        .where(SubmissionRow.unit == unit)
        .order_by(col(SubmissionRow.id).desc())
        .limit(_REVISIONS_LOOKED_AT)
    )
    rows = session.exec(newest).all()
    asked = select(ValueRow).where(col(ValueRow.kiriman_id).in_([row.id for row in rows]), ValueRow.nomor > 0)
    cells = session.exec(asked.order_by(col(ValueRow.urutan))).all()
    return tuple(
        Asked(
            periode=row.periode,
            unit=row.unit,
            revisi=row.revisi,
            nomor=row.nomor,
            surel_id=row.surel_id,
            sel=tuple(_asked_cell(cell) for cell in cells if cell.kiriman_id == row.id),
        )
        for row in rows
    )


def _asked_cell(row: ValueRow) -> CheckedCell:
    return CheckedCell(
        lembar=row.lembar,
        lembar_terlihat=row.lembar_terlihat or row.lembar,
        sel=row.sel,
        baris=row.baris,
        kolom=row.kolom,
        label=row.label,
        tertulis=row.tertulis,
        nilai=None if row.nilai is None else decode_value(row.nilai),
        hasil=CellOutcome(row.hasil),
        pesan=row.pesan,
        pesan_id=() if row.pesan_id is None else decode_tuple(str, row.pesan_id),
        pilihan=() if row.pilihan is None else decode_values(row.pilihan),
        terbaca=None if row.terbaca is None else decode_value(row.terbaca),
        nomor=row.nomor,
    )


def remarks(effect: StoreSubmission) -> tuple[str, ...]:
    """Return the open questions and notices of a revision, formal Indonesian; cells by their address only."""
    cells = tuple(
        f"{cell.lembar_terlihat} {cell.sel}: {cell.pesan}" for cell in effect.hasil.sel if cell.hasil in _OPEN
    )
    return (*effect.hasil.catatan, *cells)


def _head(effect: StoreSubmission) -> RevisionHead:
    return RevisionHead(
        nomor=effect.nomor,
        periode=effect.periode,
        unit=effect.unit,
        revisi=effect.revisi,
        surel_id=effect.surel_id,
        tiba_at=effect.tiba_at,
        tepat_waktu=effect.tepat_waktu,
        berkas_nama=safe_text(effect.berkas.nama),
        berkas_ukuran=effect.berkas.ukuran,
        berkas_sha256=effect.berkas.sha256,
        lengkap=effect.hasil.is_complete,
        terisi=effect.hasil.terisi,
        seluruh=effect.hasil.seluruh,
        catatan=encode(effect.hasil.catatan),
    )


def _revision_cell(cell: CheckedCell) -> RevisionCell:
    return RevisionCell(
        lembar=safe_text(cell.lembar),
        sel=safe_text(cell.sel),
        baris=safe_text(cell.baris),
        kolom=safe_text(cell.kolom),
        label=safe_text(cell.label),
        tertulis=safe_text(cell.tertulis),
        nilai=None if cell.nilai is None else encode(cell.nilai),
        hasil=cell.hasil.value,
        pesan=safe_text(cell.pesan),
    )


def _revision_question(cell: CheckedCell) -> RevisionQuestion:
    return RevisionQuestion(
        nomor=cell.nomor,
        pesan_id=encode(cell.pesan_id) if cell.pesan_id else None,
        pilihan=encode(cell.pilihan) if cell.pilihan else None,
        terbaca=None if cell.terbaca is None else encode(cell.terbaca),
        lembar_terlihat=safe_text(cell.lembar_terlihat),
    )


def _with_origins(effect: StoreSubmission, before: tuple[StoredCell, ...]) -> tuple[StoredCell, ...]:
    """Return the record with each value's revision: this one's, unless the very same value was there already."""
    known = {(cell.lembar, cell.baris, cell.kolom): cell for cell in before}
    return tuple(
        replace(cell, kiriman=was.kiriman if was is not None and _is_same(was.nilai, cell.nilai) else effect.revisi)
        for cell in effect.hasil.tersimpan
        for was in [known.get((cell.lembar, cell.baris, cell.kolom))]
    )


def _is_same(before: Value, now: Value) -> bool:
    return type(before) is type(now) and str(before) == str(now)  # 85.5 and 85.50 are stored differently


def _move_request(session: Session, before: _Standing, effect: StoreSubmission, now: datetime) -> None:
    is_complete = effect.hasil.is_complete
    moved: dict[str, object] = {
        "_periode": effect.periode,
        "_unit": effect.unit,
        "revisi": effect.revisi,
        "sel": encode(_with_origins(effect, decode_cells(before.sel))),
        "terisi": effect.hasil.terisi,
        "seluruh": effect.hasil.seluruh,
        "catatan": encode(remarks(effect)),
        # A held mail may be older than the first one that was stored.
        "pertama_tiba_at": min(before.pertama_tiba_at or effect.tiba_at, effect.tiba_at),
        "tepat_waktu": effect.tepat_waktu if before.tepat_waktu is None else before.tepat_waktu,
        "keadaan": (KeadaanPermintaan.LENGKAP if is_complete else KeadaanPermintaan.PERLU_PERBAIKAN).value,
        "lengkap_at": before.lengkap_at or now if is_complete else before.lengkap_at,
    }
    if effect.batas_at is not None and effect.batas_at != before.batas_at:
        moved |= {"batas_at": effect.batas_at, "tingkat": -1}  # a new deadline has a ladder of its own
    straight(session, _MOVE, moved)
    session.expire_all()  # an earlier effect of the same mail may have read the request
