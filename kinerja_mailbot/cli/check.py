"""The command `check`: a table of what is right and what is wrong, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from kinerja_mailbot.adapters.mime import read_trace
from kinerja_mailbot.cli.causes import plain
from kinerja_mailbot.cli.context import (
    DEFAULT_CONFIG,
    CommandError,
    ConfigOption,
    JsonOption,
    busy,
    console,
    load,
    print_json,
    service_for,
)
from kinerja_mailbot.config.settings import CaraMasuk, ImapSettings
from kinerja_mailbot.domain.mail.trust import FEWEST, Proposal, carried, propose
from kinerja_mailbot.domain.unit import Pejabat
from kinerja_mailbot.usecases.ports import InboxError, SendError, StoreError, UncertainSendError

if TYPE_CHECKING:
    from kinerja_mailbot.adapters.store import ServerFacts
    from kinerja_mailbot.service import Service


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


_SERVER_MUST: tuple[tuple[Callable[[ServerFacts], bool], str], ...] = (
    # Letters are sent once because one service at a time has the turn to send them.
    (
        lambda found: not found.turns_hold,
        "giliran antarlayanan tidak terjaga: di depan peladen ada pengumpul sambungan (PgBouncer) bermode transaksi; "
        "sambungkan langsung ke peladen, atau pakai mode sesi",
    ),
    (
        lambda found: found.encoding != "UTF8",
        "penyandian basis data bukan UTF8; buat basis data dengan `createdb --encoding UTF8 --template template0`",
    ),
    (lambda found: not found.writable, "basis data hanya dapat dibaca: peladen siaga, atau diatur demikian"),
    (
        lambda found: not found.may_create,
        "pengguna basis data belum boleh membuat tabel; jadikan ia pemiliknya (ALTER DATABASE ... OWNER TO ...)",
    ),
    (
        lambda found: not found.syncs,
        "fsync atau full_page_writes dimatikan: data dapat hilang saat listrik padam; nyalakan keduanya",
    ),
)
_LOOKED_AT = 50  # newest mails
_NOBODYS = ".example"
_LOOK_IMAP = "Letaknya: tabel [imap] dan KINERJA_IMAP_PASSWORD."
_LOOK_SMTP = "Letaknya: tabel [smtp] dan KINERJA_SMTP_PASSWORD."
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
    with service_for(loaded) as service, busy("Memeriksa"):
        findings = tuple(_findings(service, send_to))
    if as_json:
        for each in findings:
            print_json({"hal": each.hal, "hasil": each.tanda.value, "keterangan": each.keterangan})
    else:
        console.print(_table(findings))
    if any(each.tanda is Mark.SALAH for each in findings):
        raise CommandError("Ada hal yang perlu diperbaiki sebelum layanan dijalankan.")


def _table(findings: tuple[Finding, ...]) -> Table:
    table = Table("Hal", "Hasil", "Keterangan", title="Pemeriksaan kinerja-mailbot", title_justify="left")
    for each in findings:
        # Explanations hold [imap] and other brackets, which rich would take for its markup.
        table.add_row(each.hal, Text(each.tanda, _COLOUR[each.tanda]), Text(each.keterangan))
    return table


def _findings(service: Service, send_to: str) -> Iterator[Finding]:
    config = service.config
    yield Finding("Konfigurasi", Mark.BAIK, f"{config.path}; {len(config.daftar.responden)} responden")
    yield _database(service)
    yield from _server(service)
    yield _templates(service)
    yield from _mailbox(service)
    yield _sending(service)
    yield from _holidays(service)
    yield _officials(service)
    yield _examples(service)
    yield _trust(service)
    if send_to:
        yield _test_letter(service, send_to)


def _database(service: Service) -> Finding:
    place = service.config.penyimpanan.removeprefix("sqlite:///")
    try:
        problems = service.store.check()
    except StoreError as error:
        problems = (str(error),)
    if problems:
        sentence = "\n".join((place, *map(plain, problems), "Pulihkan dari cadangan yang baik."))
        return Finding("Basis data", Mark.SALAH, sentence)
    return Finding("Basis data", Mark.BAIK, place)


def _server(service: Service) -> Iterator[Finding]:
    """Say what a PostgreSQL server is, and what of it the office's data can't be trusted to."""
    try:
        found = service.store.server()
    except StoreError:
        return  # the database's own line says why
    if found is None:
        return
    wrong = tuple(sentence for applies, sentence in _SERVER_MUST if applies(found))
    if wrong:
        yield Finding("Peladen PostgreSQL", Mark.SALAH, "\n".join((f"versi {found.version}", *wrong)))
    elif not found.is_mended:
        yield Finding("Peladen PostgreSQL", Mark.PERHATIAN, f"versi {found.version} tidak lagi diperbaiki pembuatnya")
    else:
        sentence = (
            f"versi {found.version}, {found.encoding}, zona {found.zone} (saat disimpan tanpa bergantung padanya)"
        )
        yield Finding("Peladen PostgreSQL", Mark.BAIK, sentence)


def _templates(service: Service) -> Finding:
    problems = service.letterhead.check_templates()
    if problems:
        return Finding("Templat surat", Mark.SALAH, "\n".join(map(plain, problems)))
    return Finding("Templat surat", Mark.BAIK, f"{service.config.templat}")


def _mailbox(service: Service) -> Iterator[Finding]:
    imap = service.config.imap
    where = f"{imap.host}:{imap.port}"
    try:
        report = service.inbox.check(imap.folder)
    except InboxError as error:
        yield Finding("Kotak surat (IMAP)", Mark.SALAH, f"{where}: {plain(str(error))}.\n{_LOOK_IMAP}")
        return
    way = "token (XOAUTH2)" if imap.auth is CaraMasuk.XOAUTH2 else "kata sandi"
    secured = report.tls or "tanpa TLS (mesin ini sendiri)"
    yield Finding("Kotak surat (IMAP)", Mark.BAIK, f"{where}, {secured}, masuk dengan {way}")
    for folder, exists in report.folder:
        sentence = "ada" if exists else "tidak ada di server; periksa imap.folder"
        yield Finding(f"Folder {folder}", Mark.BAIK if exists else Mark.SALAH, sentence)
    if imap.arsip and not report.move:
        yield Finding("Folder arsip", Mark.PERHATIAN, "server tidak mendukung MOVE; surel dibiarkan di tempatnya")
    yield _waking(imap, able=report.idle)


def _waking(imap: ImapSettings, *, able: bool) -> Finding:
    """Say what follows from the server's IDLE, or from its lack."""
    every = f"surel dilihat tiap {imap.interval_detik} detik"
    if not able:
        return Finding("Surel baru", Mark.PERHATIAN, f"server tidak mendukung IDLE; {every}")
    if not imap.idle:
        return Finding("Surel baru", Mark.BAIK, f"imap.idle dimatikan; {every}")
    return Finding("Surel baru", Mark.BAIK, f"server memberi kabar seketika (IDLE); selain itu {every}")


def _sending(service: Service) -> Finding:
    smtp = service.config.smtp
    where = f"{smtp.host}:{smtp.port}"
    try:
        with service.mailer.session():
            return _proof(where, own_copy=smtp.salinan_sendiri)
    except SendError as error:
        return Finding("Pengiriman (SMTP)", Mark.SALAH, f"{where}: {plain(str(error))}.\n{_LOOK_SMTP}")


def _proof(where: str, *, own_copy: bool) -> Finding:
    """Say how sure a letter is whose line broke at the wrong moment (DESIGN section 8)."""
    if own_copy:
        return Finding("Pengiriman (SMTP)", Mark.BAIK, where)
    sentence = "tanpa salinan sendiri, surat yang terputus di tengah pengiriman dikirim ulang dan mungkin tiba dua kali"
    return Finding("Pengiriman (SMTP)", Mark.PERHATIAN, f"{where}; {sentence}")


def _holidays(service: Service) -> Iterator[Finding]:
    facts = service.facts()
    year, unknown = facts.today.year, facts.tanpa_cuti_bersama
    for each in (year, year + 1):
        count = len(service.calendar.holidays(each))
        if each not in unknown:
            yield Finding(f"Hari libur {each}", Mark.BAIK, f"{count} hari, termasuk cuti bersama")
        else:
            sentence = f"{count} hari tanpa cuti bersama; isi jam_kerja.libur_tambahan setelah SKB terbit"
            yield Finding(f"Hari libur {each}", Mark.PERHATIAN, sentence)


def _officials(service: Service) -> Finding:
    """Compare who is responsible with whom the service has known since the SOP was established (pengesahan 5)."""
    facts = service.facts()
    sop, changes = facts.aturan.sop, facts.pejabat_berubah
    if not changes:
        return Finding("Penanggung jawab", Mark.BAIK, f"sesuai saat SOP Nomor {sop.nomor} dicatat")
    sentences = ("SOP perlu ditetapkan ulang (Pengesahan butir 5):", *changes)
    return Finding("Penanggung jawab", Mark.PERHATIAN, "\n".join(sentences))


def _examples(service: Service) -> Finding:
    """Tell what is still as `init` has laid it: indicators that are no office's, and addresses that nobody has."""
    forms, daftar = service.config.kebijakan.format, service.config.daftar
    # RFC 2606: .example belongs to nobody, so a letter to such an address never arrives.
    invented = sorted(address for address in daftar.addresses() if address.endswith(_NOBODYS))
    left = []
    if any(form.contoh for _, form in forms):
        left.append("Indikator dan target masih contoh; ganti sesuai Perjanjian Kinerja, lalu tulis contoh = false.")
    if invented:
        left.append(f"Alamat contoh tidak dapat menerima surel: {', '.join(invented)}.")
    if not left:
        return Finding("Data kantor", Mark.BAIK, f"indikator {len(forms)} unit dan alamat telah diganti dari contoh")
    return Finding("Data kantor", Mark.PERHATIAN, "\n".join(left))


def _trust(service: Service) -> Finding:
    """Look at the newest mails for the server whose Authentication-Results may be believed."""
    trusted, folder = service.config.bot.authserv_id, service.config.imap.folder[0]
    try:
        traces = tuple(map(read_trace, service.inbox.recent_headers(folder, _LOOKED_AT)))
    except InboxError:
        traces = ()  # the mailbox's own line says why
    own = frozenset(address.casefold() for address in service.config.bot.alamat)
    found = propose(traces, own)
    if trusted and (carried(traces, trusted) or not found.seluruh):
        return Finding("Bukti pengirim", Mark.BAIK, f"Authentication-Results dari {trusted} dipercaya")
    return Finding("Bukti pengirim", Mark.PERHATIAN, "\n".join((_untrusted(trusted, found), _proposed(found))))


def _untrusted(trusted: str, found: Proposal) -> str:
    if trusted:
        return f"bot.authserv_id = {trusted} tidak terdapat pada {found.seluruh} surel terbaru."
    return (
        "bot.authserv_id kosong: pengirim dibuktikan dari utas surel dan tanda pada format; surel lain ditahan "
        "sampai dikonfirmasi pemiliknya."
    )


def _proposed(found: Proposal) -> str:
    if found.authserv_id:
        return (
            f'Usulan: authserv_id = "{found.authserv_id}", tertulis pada {found.surel} dari {found.seluruh} surel '
            f"terbaru ({found.domain} domain pengirim). Mohon dipastikan pada pengelola server surel."
        )
    if found.seluruh < FEWEST:
        return f"Baru {found.seluruh} surel dapat dilihat; jalankan pemeriksaan ini lagi setelah ada surel."
    return f"Tidak ada server yang menuliskan Authentication-Results pada sebagian besar dari {found.seluruh} surel."


def _test_letter(service: Service, address: str) -> Finding:
    to = Pejabat(nama=address, jabatan=address, alamat=(address,))
    try:
        service.send_test_letter(to)
    except (SendError, UncertainSendError) as error:
        return Finding("Surat uji", Mark.SALAH, f"{address}: {plain(str(error))}.")
    return Finding("Surat uji", Mark.BAIK, f"diterima server untuk {address}")
