"""Mails, workbooks and facts for the tests of `decide`: four units, each with a form of its own, one period running."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kinerja_mailbot.domain.decide import ReadAttachment, decide
from kinerja_mailbot.domain.form.definition import Form, Row
from kinerja_mailbot.domain.form.identity import FormMeta, sign_meta
from kinerja_mailbot.domain.form.value import RawCell, RawValue
from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle, RawSheet, RawWorkbook, ReadResult, Unreadable
from kinerja_mailbot.domain.mail.chain import judge
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import Attachment, Authentication, IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.mail.thread import make_message_id
from kinerja_mailbot.domain.sop.state import RequestState
from kinerja_mailbot.domain.unit import Unit
from tests.domain.collection import (
    FORM,
    KONFIRMASI,
    ME,
    POLICY,
    TW3,
    UNITS,
    facts,
    period_with,
    request,
)
from tests.domain.office import wit

MAIL_ID = 17
ARRIVED = wit("2026-10-01 10.00")
ME_VOUCHED = replace(ME, authserv_id="mx.kpu.example")


def form_of(unit: Unit) -> Form:
    """Return the unit's form: two indicators with the unit's own kode."""
    (sheet,) = FORM.lembar
    rows = (Row(f"{unit.kode}-01"), Row(f"{unit.kode}-02"))
    return replace(FORM, id=f"kinerja-{unit.id}", lembar=(replace(sheet, baris=rows),))


def asked(unit: Unit) -> RequestState:
    thread = make_message_id(ME, f"2026-TW3.permintaan.{unit.id}", "2026-TW3", unit.id)
    return replace(request(unit), form=form_of(unit), message_id=thread)


PERIOD = period_with(*(asked(unit) for unit in UNITS))
OWN_FORMS = tuple((unit.id, form_of(unit)) for unit in UNITS)
ATURAN = replace(POLICY, format=OWN_FORMS)
FACTS = replace(facts(ARRIVED, ATURAN), identitas=ME_VOUCHED, periode=(PERIOD,))
WAITING_FACTS = replace(facts(ARRIVED, replace(KONFIRMASI, format=OWN_FORMS)), identitas=ME_VOUCHED)

SIGNED_BY_SERVER = (Authentication(server="mx.kpu.example", metode="dmarc", hasil="pass", domain="kpu.example"),)


def mail(
    sender: str,
    text: str = "",
    *,
    answers: str = "",
    proven: bool = False,
    files: Sequence[tuple[Attachment, ReadResult | None]] = (),
    **headers: str,
) -> IncomingMail:
    """Return a mail: `answers` is the unit whose request it replies to, `proven` lets our server vouch for it."""
    thread = next((r.message_id for r in PERIOD.permintaan if r.unit == answers), answers)
    return IncomingMail(
        id=MAIL_ID,
        tiba_at=ARRIVED,
        message_id="<surat@hp.example>",
        in_reply_to=(thread,) if thread else (),
        pengirim=(f"{sender}@kpu.example" if "@" not in sender else sender,),
        header=tuple((name.replace("_", "-"), value) for name, value in headers.items()),
        subjek=headers.get("subject", "Re: data kinerja"),
        teks=text,
        lampiran=tuple(item for item, _ in files),
        autentikasi=SIGNED_BY_SERVER if proven else (),
    )


def outcome_of(
    incoming: IncomingMail,
    files: Sequence[tuple[Attachment, ReadResult | None]] = (),
    known: Facts = FACTS,
) -> Outcome:
    """Judge and decide the mail as the service does, with what the sandbox made of its files."""
    sheets = tuple(ReadAttachment(item, result) for item, result in files if result is not None)
    return decide(incoming, judge(incoming, known), known, sheets)


def workbook(unit: Unit, *typed: RawValue, periode: str = TW3.kode, signed: bool = True) -> RawWorkbook:
    """Return the unit's form with these realisasi; unsigned it is the same table typed anew."""
    rows: list[tuple[RawValue, ...]] = [("Kode", "Realisasi")]
    rows += [(f"{unit.kode}-0{n}", value) for n, value in enumerate(typed, start=1)]
    sheets = [_sheet("Capaian Kinerja", rows)]
    if signed:
        meta = FormMeta(format=form_of(unit).id, versi=1, unit=unit.id, periode=periode, nonce="nonce")
        pairs = (
            ("format", meta.format),
            ("versi", "1"),
            ("unit", unit.id),
            ("periode", periode),
            ("nonce", "nonce"),
            ("tanda", sign_meta(meta, ME.kunci)),
        )
        sheets.append(_sheet("_meta", list(pairs)))
    return RawWorkbook(kind=FileKind.XLSX, sheets=tuple(sheets))


def attached(
    result: ReadResult | None = None, name: str = "isian.xlsx", kind: FileKind = FileKind.XLSX
) -> tuple[Attachment, ReadResult | None]:
    """Return an attachment with what the sandbox made of it; None when nobody asks the sandbox."""
    item = Attachment(nama=name, jenis=kind, tipe="application/octet-stream", ukuran=9, sha256=name, isi=b"isi berkas")
    return item, result


def unreadable(obstacle: Obstacle) -> Unreadable:
    return Unreadable(FileKind.XLSX, obstacle)


def brief(letters: Sequence[Letter]) -> list[str]:
    """Return "templat > addresses" of each letter."""
    return [f"{one.templat} > {' '.join(a for p in (*one.kepada, *one.tembusan) for a in p.alamat)}" for one in letters]


def _sheet(name: str, rows: Sequence[Sequence[RawValue]]) -> RawSheet:
    return RawSheet(name=name, rows=tuple(tuple(RawCell(value) for value in row) for row in rows))
