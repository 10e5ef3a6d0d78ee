"""A whole commission as one office: as many respondents as wanted, each asked for a form of thirty rows."""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from html import escape
from pathlib import Path

from kinerja_mailbot.adapters.form_workbook import FormWorkbookWriter
from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.config import Config, bundled_example, load_config
from kinerja_mailbot.config.settings import KeamananSambungan
from kinerja_mailbot.demo.spreadsheet import Entry, fill_in
from kinerja_mailbot.demo.staff import attach_workbook
from kinerja_mailbot.domain.form.definition import Form, Row
from kinerja_mailbot.domain.form.identity import FormMeta, sign_meta
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.domain.policy import Pemantauan
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.tick.due import new_period
from kinerja_mailbot.domain.tick.owed import Progress
from kinerja_mailbot.domain.tick.requests import ask
from kinerja_mailbot.domain.unit import Pejabat, Unit
from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.ports import Plan
from tests.servers import Dovecot

BOT, PASSWORD = "kinerja@kpu.example", "rahasia"
PERIODE = parse_periode("2026-TW3")
OPENED = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
NOON = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)  # 12.00 WIT of the same day
ROWS = 30
_REALISASI = "Realisasi s.d. Triwulan"
_FIGURE = re.compile(rb"<v>85\.5</v>")
_WRONG = "sudah baik"  # typed where a number belongs


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the service finds its mailbox, and where it hands in its letters."""

    imap_port: int
    smtp_port: int
    host: str = "127.0.0.1"


def clock() -> datetime:
    """Return noon of the day on which everybody was asked."""
    return NOON


def config(folder: Path, servers: Servers, respondents: int) -> Config:
    """Return the shipped example with so many respondents, each with the same form of thirty rows."""
    example = load_config(bundled_example(), {}, require_secrets=False)
    units = tuple(_unit(number) for number in range(respondents))
    form = thirty_rows(example.kebijakan.form_for(example.daftar.responden[0].id))
    settings = replace(
        example.kebijakan,
        format=tuple((unit.id, form) for unit in units),
        jadwal=replace(example.kebijakan.jadwal, jenis=frozenset()),
        pemantauan=Pemantauan(),
        batasan=replace(example.kebijakan.batasan, surat_per_jam=1_000_000, jawaban_per_hari=1_000_000),
    )
    return replace(
        example,
        daftar=replace(example.daftar, responden=units),
        kebijakan=settings,
        penyimpanan=f"sqlite:///{folder / 'kinerja.db'}",
        imap=replace(
            example.imap,
            host=servers.host,
            port=servers.imap_port,
            keamanan=KeamananSambungan.POLOS,
            user=BOT,
            password=PASSWORD,
        ),
        smtp=replace(
            example.smtp,
            host=servers.host,
            port=servers.smtp_port,
            keamanan=KeamananSambungan.POLOS,
            user="",
            password=None,
        ),
        bot=replace(example.bot, alamat=(BOT,)),
    )


def _unit(number: int) -> Unit:
    name = f"satker{number:04}"
    head = Pejabat(nama=f"Kepala {number}", jabatan=f"Ka.Subbag Satker {number}", alamat=(f"{name}@kpu.example",))
    return Unit(id=name, kode=f"S{number:04}", nama=f"Subbagian Satker {number}", pejabat=(head,), format="kinerja")


def thirty_rows(form: Form) -> Form:
    """Return the form with as many indicators as make thirty rows with its budget lines."""
    first, *others = form.lembar
    wanted = ROWS - sum(len(sheet.baris) for sheet in others)
    rows = tuple(
        _named(first.baris[number % len(first.baris)], f"IK-{number + 1:02}", number + 1) for number in range(wanted)
    )
    return replace(form, lembar=(replace(first, baris=rows, aturan=()), *others))


def _named(row: Row, kode: str, nomor: int) -> Row:
    printed = dict(row.nilai) | {"kode": kode, "no": str(nomor)}
    return Row(kode, tuple(printed.items()))


def open_period(service: Service) -> PeriodState:
    """Open the quarter as if every request had been sent this morning; return it."""
    service.store.in_service_since(datetime(2020, 1, 1, tzinfo=UTC))
    facts = replace(service.facts(), now=OPENED)
    nonces = tuple(f"{number:016x}" for number in range(len(facts.daftar.responden)))
    asked = ask(Progress(period=new_period(PERIODE, facts, oleh="uji")), facts, nonces).period
    sent = tuple(replace(r, keadaan=KeadaanPermintaan.MENUNGGU, dikirim_at=OPENED) for r in asked.permintaan)
    opened = replace(asked, permintaan=sent)
    service.store.carry_out(Plan(periode_baru=(opened,)), (), OPENED)
    return opened


class Respondents:
    """Everybody who was asked, and their replies: one workbook is filled in, its hidden id is each one's own."""

    def __init__(self, service: Service, period: PeriodState) -> None:
        self._service = service
        self._requests = period.permintaan
        request = period.permintaan[0]
        unit = service.config.daftar.responden[0]
        blank = FormWorkbookWriter(service.config.kebijakan.kantor).write(
            FormFile(
                nama="isian.xlsx",
                form=request.form,
                unit=unit,
                periode=period.periode,
                meta=self._meta(request),
                batas_at=request.batas_at,
            )
        )
        self._right = _Stamp(fill_in(blank, tuple(_entries(request.form))), self._meta(request))
        self._wrong = _Stamp(fill_in(blank, tuple(_entries(request.form, wrong=3))), self._meta(request))

    def reply(self, number: int, *, wrong: bool = False) -> bytes:
        """Return the reply of one respondent as a mail program writes it."""
        request = self._requests[number]
        address = f"{request.unit}@kpu.example"
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"] = f"Kepala {number} <{address}>"
        mail["To"] = BOT
        mail["Subject"] = f"Re: [KINERJA {request.periode} S{number:04}] Permintaan Data Kinerja"
        mail["Date"] = "Thu, 01 Oct 2026 11:50:00 +0900"
        mail["Message-ID"] = f"<balasan.{number}@kpu.example>"
        mail["In-Reply-To"] = mail["References"] = request.message_id
        mail.set_content("Selamat siang, terlampir isian kami.\n")
        stamp = self._wrong if wrong else self._right
        attach_workbook(mail, "isian.xlsx", stamp.of(self._meta(request)))
        return bytes(mail)

    def _meta(self, request: RequestState) -> FormMeta:
        meta = FormMeta(
            format=request.form.id,
            versi=request.form.versi,
            unit=request.unit,
            periode=request.periode,
            nonce=request.nonce,
        )
        return replace(meta, tanda=sign_meta(meta, self._service.identity.kunci))


class _Stamp:
    """A workbook whose hidden id is changed without writing the rest anew."""

    def __init__(self, workbook: bytes, meta: FormMeta) -> None:
        with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
            self._parts = [(item, archive.read(item)) for item in archive.infolist()]
        self._meta = meta

    def of(self, meta: FormMeta) -> bytes:
        out = io.BytesIO()
        pairs = [
            (escape(str(getattr(self._meta, name))).encode(), escape(str(getattr(meta, name))).encode())
            for name in ("unit", "nonce", "tanda")
        ]
        chance = random.Random(meta.unit)  # noqa: S311  # a benchmark must repeat
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for item, content in self._parts:
                archive.writestr(item.filename, _stamped(content, pairs, chance))
        return out.getvalue()


def _stamped(content: bytes, pairs: list[tuple[bytes, bytes]], chance: random.Random) -> bytes:
    if pairs[-1][0] not in content:  # no two respondents report the same figures
        return _FIGURE.sub(lambda _: b"<v>%d.%d</v>" % (chance.randint(80, 99), chance.randint(1, 9)), content)
    for old, new in pairs:  # the part with the hidden sheet's texts
        content = content.replace(b">" + old + b"<", b">" + new + b"<")
    return content


def _entries(form: Form, wrong: int = 0) -> list[Entry]:
    """Return what is typed into every required cell; the first so many figures are words."""
    capaian, budget = form.lembar[0], form.lembar[1]
    entries = [Entry(capaian.judul, row.kode, _REALISASI, _figure(row)) for row in capaian.baris]
    entries[:wrong] = [replace(entry, isi=_WRONG) for entry in entries[:wrong]]
    entries += [
        Entry(capaian.judul, row.kode, "Data Dukung (nama berkas / tautan)", "laporan.pdf") for row in capaian.baris
    ]
    return entries + [Entry(budget.judul, row.kode, _REALISASI, 1_000_000) for row in budget.baris]


def _figure(row: Row) -> float:
    return 85.5 if row.get("satuan") == "%" else 2.0


def fill_inbox(dovecot: Dovecot, mails: Sequence[bytes]) -> None:
    """Lay mails into the bot's Maildir, as a delivery agent does."""
    new = dovecot.home(BOT) / "Maildir" / "new"
    for folder in (new, new.with_name("cur"), new.with_name("tmp")):
        folder.mkdir(parents=True, exist_ok=True)
    start = sum(1 for _ in new.iterdir())
    for number, raw in enumerate(mails, start=start):
        (new / f"{1_790_000_000 + number}.M{number}.bench").write_bytes(raw)
    if os.geteuid() == 0:
        for path in (dovecot.home(BOT), *dovecot.home(BOT).rglob("*")):
            shutil.chown(path, "nobody", "nogroup")


def count_rows(store: Store) -> int:
    """Return how many revisions are stored."""
    return len(store.submissions(PERIODE.kode))
