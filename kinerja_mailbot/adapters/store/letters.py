"""A letter's way through the outbox, step by step inside somebody else's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select

from kinerja_mailbot.adapters.store.addresses import mark_address
from kinerja_mailbot.adapters.store.codec import encode
from kinerja_mailbot.adapters.store.copies import copied_at
from kinerja_mailbot.adapters.store.journal import BOT, note
from kinerja_mailbot.adapters.store.statements import insert_of, straight
from kinerja_mailbot.adapters.tables import AddressRow, LetterBytesRow, LetterRow, RecipientRow, RequestRow
from kinerja_mailbot.domain.evidence.digest import bytes_digest
from kinerja_mailbot.domain.mail.letter import OutgoingMail
from kinerja_mailbot.domain.mail.retry import MOST_ATTEMPTS, pause_after
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan
from kinerja_mailbot.usecases.ports import JournalEntry, Refusal

_INTO_BYTES, _INTO_RECIPIENTS = insert(LetterBytesRow), insert(RecipientRow)


def enqueue(session: Session, letters: Sequence[OutgoingMail], now: datetime, surel_id: int | None = None) -> None:
    """Put letters into the outbox; one whose key is there already is passed over, whatever became of it."""
    for letter in letters:
        row = {
            "kunci": letter.kunci,
            "message_id": letter.message_id,
            "templat": letter.templat,
            "subjek": letter.subjek,
            "penerima": encode(letter.penerima),
            "next_at": now,
            "created_at": now,
            "periode": letter.periode,
            "unit": letter.unit,
            "surel_id": surel_id,
        }
        found = straight(session, insert_of(session, LetterRow), row).first()
        if found is None:
            continue
        letter_id = found[0]
        addresses = dict.fromkeys(address.casefold() for address in letter.penerima)
        straight(session, _INTO_BYTES, {"surat_id": letter_id, "isi": letter.mentah})
        if addresses:
            straight(session, _INTO_RECIPIENTS, [{"surat_id": letter_id, "alamat": one} for one in addresses])
        note(
            session,
            JournalEntry(
                at=now,
                oleh=BOT,
                peristiwa="letter queued",
                periode=letter.periode,
                unit=letter.unit,
                surel_id=surel_id,
                rincian=f"{letter.kunci} {letter.templat}",
                sha256=bytes_digest(letter.mentah),
            ),
        )
        if (left_at := copied_at(session, letter)) is not None:
            kept = session.get_one(LetterRow, letter_id)
            kept.confirmed_at = now
            settle(session, Taking(kept, left_at))


@dataclass(frozen=True, slots=True)
class Taking:
    """A letter that the server took, when (aware UTC), and for whom it did not."""

    letter: LetterRow
    at: datetime
    refused: tuple[Refusal, ...] = ()


def settle(session: Session, *takings: Taking) -> None:
    """Record that the server took these letters, for whom it did; a request's clock starts if anybody got it.

    Whoever was refused only for the moment gets the letter later: it is queued again for these recipients alone.
    """
    recipients = _recipients(session, takings)
    requests = _requests(session, takings)
    for taking in takings:
        letter = taking.letter
        _settle(session, taking, recipients.get(letter.id or 0, []), requests.get(letter.message_id))


def fail(session: Session, letter: LetterRow, reason: str, at: datetime) -> None:
    """Give up on a letter; one that somebody has got stays sent, with the reason why others have not."""
    letter.state = "failed" if letter.sent_at is None else "sent"
    letter.last_error = reason
    note(session, letter_event(letter, "letter failed", at, reason))


def outstanding(session: Session, letter_ids: Sequence[int]) -> frozenset[tuple[int, str]]:
    """Return letter and case-folded address of those who have neither got it nor been refused for good."""
    waiting = select(RecipientRow.surat_id, RecipientRow.alamat).where(
        col(RecipientRow.surat_id).in_(letter_ids), RecipientRow.state == "waiting"
    )
    return frozenset(session.exec(waiting).all())


def letter_event(letter: LetterRow, event: str, at: datetime, more: str = "") -> JournalEntry:
    """Return a journal line about a letter."""
    return JournalEntry(
        at=at,
        oleh=BOT,
        peristiwa=event,
        periode=letter.periode,
        unit=letter.unit,
        surel_id=letter.surel_id,
        rincian=f"{letter.kunci} {more}".strip(),
    )


def _recipients(session: Session, takings: Sequence[Taking]) -> dict[int, list[RecipientRow]]:
    found: dict[int, list[RecipientRow]] = defaultdict(list)
    rows = select(RecipientRow).where(col(RecipientRow.surat_id).in_([each.letter.id for each in takings]))
    for row in session.exec(rows):
        found[row.surat_id].append(row)
    return found


def _requests(session: Session, takings: Sequence[Taking]) -> dict[str, RequestRow]:
    """Return the requests whose clock may start, by their Message-ID."""
    names = [each.letter.message_id for each in takings if each.letter.sent_at is None]
    if not names:
        return {}
    rows = select(RequestRow).where(col(RequestRow.message_id).in_(names)).with_for_update()
    return {row.message_id: row for row in session.exec(rows)}


def _settle(session: Session, taking: Taking, recipients: Sequence[RecipientRow], request: RequestRow | None) -> None:
    letter, at = taking.letter, taking.at
    answers = {refusal.alamat.casefold(): refusal for refusal in taking.refused}
    for recipient in recipients:
        if recipient.state == "waiting":
            _serve(session, letter, recipient, answers.get(recipient.alamat), at)
    letter.uncertain_at = None
    states = {recipient.state for recipient in recipients}
    if "accepted" in states:
        _start_clock(session, letter, request, at)
    if "waiting" in states and letter.percobaan < MOST_ATTEMPTS:
        letter.state, letter.next_at = "queued", at + pause_after(letter.percobaan)
    elif "accepted" in states or not states:
        letter.state = "sent"
    else:
        fail(session, letter, "; ".join(recipient.ditolak for recipient in recipients), at)


def _serve(session: Session, letter: LetterRow, recipient: RecipientRow, refusal: Refusal | None, at: datetime) -> None:
    if refusal is None:
        recipient.state, recipient.ditolak = "accepted", ""
        return
    recipient.state, recipient.ditolak = ("refused" if refusal.tetap else "waiting"), refusal.jawaban
    note(session, letter_event(letter, "recipient refused", at, f"{recipient.alamat}: {refusal.jawaban}"))
    state = "failing" if refusal.tetap else "delayed"
    mark_address(session, AddressRow(alamat=recipient.alamat, state=state, keterangan=refusal.jawaban, at=at))


def _start_clock(session: Session, letter: LetterRow, request: RequestRow | None, at: datetime) -> None:
    letter.last_error = ""
    if letter.sent_at is not None:
        return
    letter.sent_at = at
    note(session, letter_event(letter, "letter sent", at))
    if request is not None:
        request.dikirim_at = request.dikirim_at or at
        if request.keadaan == KeadaanPermintaan.DISIAPKAN.value:
            request.keadaan = KeadaanPermintaan.MENUNGGU.value
