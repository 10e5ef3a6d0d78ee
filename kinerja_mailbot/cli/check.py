"""The command `check`: a table of what is right and what is wrong, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from kinerja_mailbot.cli.context import (
    DEFAULT_CONFIG,
    CommandError,
    ConfigOption,
    JsonOption,
    console,
    load,
    print_json,
)
from kinerja_mailbot.config import Config
from kinerja_mailbot.domain.unit import Pejabat
from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.ports import InboxError, SendError, UncertainSendError


class Mark(StrEnum):
    """How one point of the check ended."""

    BAIK = "baik"
    PERHATIAN = "perhatian"
    SALAH = "salah"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table."""

    hal: str
    tanda: Mark
    keterangan: str


_COLOUR = {Mark.BAIK: "green", Mark.PERHATIAN: "yellow", Mark.SALAH: "red"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Periksa konfigurasi, sambungan, templat, dan hari libur.")(check)


def check(
    config: ConfigOption = DEFAULT_CONFIG,
    send_to: Annotated[str, typer.Option("--send-to", metavar="ALAMAT", help="Kirim surat uji.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Check everything that the service needs; exit 1 when something is wrong."""
    loaded = load(config, require_secrets=True)
    wrong = False
    table = Table("Hal", "Hasil", "Keterangan", title="Pemeriksaan kinerja-mailbot", title_justify="left")
    with Service(loaded) as service:
        for finding in _findings(service, send_to):
            wrong = wrong or finding.tanda is Mark.SALAH
            if as_json:
                print_json({"hal": finding.hal, "hasil": finding.tanda.value, "keterangan": finding.keterangan})
            else:
                table.add_row(finding.hal, f"[{_COLOUR[finding.tanda]}]{finding.tanda}[/]", finding.keterangan)
    if not as_json:
        console.print(table)
    if wrong:
        raise CommandError("Ada hal yang perlu diperbaiki sebelum layanan dijalankan.")


def _findings(service: Service, send_to: str) -> Iterator[Finding]:
    config = service.config
    yield Finding("Konfigurasi", Mark.BAIK, f"{config.path}; {len(config.daftar.responden)} responden")
    yield Finding("Basis data", Mark.BAIK, _database(config))
    yield _templates(service)
    yield from _mailbox(service)
    yield _sending(service)
    yield from _holidays(service)
    yield _trust(service)
    if send_to:
        yield _test_letter(service, send_to)


def _database(config: Config) -> str:
    return config.penyimpanan.removeprefix("sqlite:///")


def _templates(service: Service) -> Finding:
    problems = service.letterhead.check_templates()
    if problems:
        return Finding("Templat surat", Mark.SALAH, "\n".join(problems))
    return Finding("Templat surat", Mark.BAIK, f"{service.config.templat}")


def _mailbox(service: Service) -> Iterator[Finding]:
    imap = service.config.imap
    where = f"{imap.host}:{imap.port}"
    try:
        report = service.inbox.check(imap.folder)
    except InboxError as error:
        yield Finding("Kotak surat (IMAP)", Mark.SALAH, f"{where}: {error}\nPeriksa [imap] dan KINERJA_IMAP_PASSWORD.")
        return
    yield Finding("Kotak surat (IMAP)", Mark.BAIK, f"{where}, {report.tls or 'tanpa TLS (mesin ini sendiri)'}")
    for folder, exists in report.folder:
        sentence = "ada" if exists else "tidak ada di server; periksa imap.folder"
        yield Finding(f"Folder {folder}", Mark.BAIK if exists else Mark.SALAH, sentence)
    if not report.idle:
        yield Finding("IDLE", Mark.PERHATIAN, f"tidak didukung server; surel dilihat tiap {imap.interval_detik} detik")


def _sending(service: Service) -> Finding:
    smtp = service.config.smtp
    where = f"{smtp.host}:{smtp.port}"
    try:
        with service.mailer.session():
            return Finding("Pengiriman (SMTP)", Mark.BAIK, where)
    except SendError as error:
        return Finding("Pengiriman (SMTP)", Mark.SALAH, f"{where}: {error}\nPeriksa [smtp] dan KINERJA_SMTP_PASSWORD.")


def _holidays(service: Service) -> Iterator[Finding]:
    year = service.facts().today.year
    for each in (year, year + 1):
        count = len(service.calendar.holidays(each))
        if service.calendar.has_cuti_bersama(each):
            yield Finding(f"Hari libur {each}", Mark.BAIK, f"{count} hari, termasuk cuti bersama")
        else:
            sentence = f"{count} hari tanpa cuti bersama; isi jam_kerja.libur_tambahan setelah SKB terbit"
            yield Finding(f"Hari libur {each}", Mark.PERHATIAN, sentence)


def _trust(service: Service) -> Finding:
    trusted = service.config.bot.authserv_id
    if trusted:
        return Finding("Bukti pengirim", Mark.BAIK, f"Authentication-Results dari {trusted} dipercaya")
    return Finding(
        "Bukti pengirim",
        Mark.PERHATIAN,
        "bot.authserv_id kosong; pengirim dibuktikan dari utas surel dan tanda pada format",
    )


def _test_letter(service: Service, address: str) -> Finding:
    to = Pejabat(nama=address, jabatan=address, alamat=(address,))
    try:
        service.send_test_letter(to)
    except (SendError, UncertainSendError) as error:
        return Finding("Surat uji", Mark.SALAH, f"{address}: {error}")
    return Finding("Surat uji", Mark.BAIK, f"diterima server untuk {address}")
