"""The mail servers, the bot's own identity, the database, the log: everything that adapters are told."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path

from kinerja_mailbot.config.people import read_addresses
from kinerja_mailbot.config.problems import Findings
from kinerja_mailbot.config.secrets import IMAP_PASSWORD, SMTP_PASSWORD, places, read_secret
from kinerja_mailbot.config.settings import (
    BotSettings,
    CaraMasuk,
    ImapSettings,
    KeamananSambungan,
    LogSettings,
    SmtpSettings,
)
from kinerja_mailbot.config.table import Table, shown

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:_-]*[A-Za-z0-9])?")
_SECURITY = tuple(KeamananSambungan)
_IMAP_PORTS = {KeamananSambungan.SSL: 993, KeamananSambungan.STARTTLS: 143, KeamananSambungan.POLOS: 143}
_SMTP_PORTS = {KeamananSambungan.SSL: 465, KeamananSambungan.STARTTLS: 587, KeamananSambungan.POLOS: 25}
_DATABASE = re.compile(r"(?P<scheme>sqlite|postgresql(\+psycopg)?)://(?P<rest>.*)", re.DOTALL)
_PASSWORD_IN_URL = re.compile(r"[^/@]*:[^/@]+@|[^?]*[?&]password=")


def read_imap(table: Table, secret: str | None, folder: Path, *, require_secrets: bool) -> ImapSettings:
    """Read [imap]; without `require_secrets` a missing password is empty."""
    table.refuse_secrets(places(IMAP_PASSWORD))
    auth = CaraMasuk(table.choice("auth", tuple(CaraMasuk), CaraMasuk.SANDI))
    if require_secrets and secret is None and auth is CaraMasuk.SANDI:
        table.complain("password", "tidak ada", places(IMAP_PASSWORD))
    security = _read_security(table)
    return ImapSettings(
        host=_read_host(table, security),
        port=table.integer("port", _IMAP_PORTS[security], at_least=1, at_most=65535),
        keamanan=security,
        user=table.text("user"),
        password=secret or "",
        folder=table.texts("folder") or ("INBOX",),
        idle=table.flag("idle", True),
        interval_detik=table.integer("interval_detik", 60, at_least=1, at_most=86_400),
        batas_detik=table.integer("batas_detik", 30, at_least=1, at_most=600),
        ca_file=_read_ca_file(table, folder),
        auth=auth,
        terkirim=table.text("terkirim", ""),
        arsip=tuple(part.strip() for part in table.text("arsip", "").split("/") if part.strip()),
    )


def read_smtp(table: Table, secret: str | None, folder: Path, imap: ImapSettings, *, needed: bool) -> SmtpSettings:
    """Read [smtp]; without a password of its own it takes the mailbox's, if the user is the same."""
    table.refuse_secrets(places(SMTP_PASSWORD))
    security = _read_security(table)
    user = table.text("user", "")
    same = bool(user) and user == imap.user
    auth = CaraMasuk(table.choice("auth", tuple(CaraMasuk), imap.auth if same else CaraMasuk.SANDI))
    if secret is None and same:
        secret = imap.password
    elif secret is None and user and needed and auth is CaraMasuk.SANDI:
        table.complain("password", "tidak ada", places(SMTP_PASSWORD))
    return SmtpSettings(
        host=_read_host(table, security),
        port=table.integer("port", _SMTP_PORTS[security], at_least=1, at_most=65535),
        keamanan=security,
        user=user,
        password=(secret or "") if user else None,
        batas_detik=table.integer("batas_detik", 60, at_least=1, at_most=600),
        ca_file=_read_ca_file(table, folder),
        salinan_sendiri=table.flag("salinan_sendiri", True),
        auth=auth,
    )


def read_secrets(environ: Mapping[str, str], findings: Findings) -> tuple[str | None, str | None]:
    """Return the passwords for IMAP and SMTP, None where no source has one."""
    return read_secret(IMAP_PASSWORD, environ, findings), read_secret(SMTP_PASSWORD, environ, findings)


def read_bot(table: Table) -> BotSettings:
    """Read [bot]; the domain of Message-IDs is the first address's unless it is given."""
    addresses = read_addresses(table, "alamat")
    own_domain = addresses[0].rpartition("@")[2] if addresses else "-"
    return BotSettings(
        nama=table.text("nama"),
        alamat=addresses,
        domain=table.text("domain", own_domain),
        authserv_id=table.text("authserv_id", ""),
    )


def read_log(table: Table, folder: Path) -> LogSettings:
    """Read [log]; a relative path is beside the configuration."""
    return LogSettings(
        berkas=read_new_file(table, "berkas", folder),
        simpan=table.integer("simpan", 30, at_least=1, at_most=10_000),
        ukuran=table.integer("ukuran_mb", 0, at_most=10_000) * 1024 * 1024,
        tingkat=table.choice("tingkat", ("debug", "info", "warning", "error"), "info"),
        format=table.choice("format", ("teks", "json"), "teks"),
    )


def read_database(table: Table, folder: Path) -> str:
    """Read `penyimpanan`: an SQLite file (a relative path is beside the configuration) or a PostgreSQL database."""
    url = table.text("penyimpanan", "sqlite:///kinerja.db")
    found = _DATABASE.fullmatch(url)
    if not found:
        scheme = url.partition(":")[0]
        table.complain("penyimpanan", shown(scheme), '"sqlite:///nama-berkas" atau "postgresql+psycopg://host/basis"')
        return url
    if found["scheme"] == "sqlite":
        name = found["rest"].removeprefix("/")
        return url if name in {"", ":memory:"} else f"sqlite:///{(folder / name).as_posix()}"
    if _PASSWORD_IN_URL.match(found["rest"]):
        place = "alamat tanpa kata sandi; kata sandi pada variabel lingkungan PGPASSWORD atau berkas PGPASSFILE"
        table.complain("penyimpanan", "kata sandi di dalam berkas konfigurasi", place)
    return f"postgresql+psycopg://{found['rest']}"


def read_new_file(table: Table, key: str, folder: Path) -> Path | None:
    """Read the path of a file that we write, whose folder must be there; a relative one is beside the configuration."""
    name = table.text(key, "")
    if not name:
        return None
    path = folder / name
    try:
        is_possible = path.parent.is_dir() and not path.is_dir()
    except OSError:  # longer than any file system takes
        is_possible = False
    if not is_possible:
        table.complain(key, shown(name), f"berkas di dalam direktori yang sudah ada ({path.parent})")
    return path


def is_loopback(host: str) -> bool:
    """Tell whether the host is this machine itself.

    >>> is_loopback("127.0.0.5"), is_loopback("::1"), is_loopback("localhost"), is_loopback("mail.kpu.example")
    (True, True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _read_security(table: Table) -> KeamananSambungan:
    return KeamananSambungan(table.choice("keamanan", _SECURITY, KeamananSambungan.SSL))


def _read_host(table: Table, security: KeamananSambungan) -> str:
    host = table.text("host")
    if host and not _HOST.fullmatch(host) and host != "::1":
        table.complain("host", shown(host), 'nama peladen saja, misalnya "mail.kpu.example"')
    elif host and security is KeamananSambungan.POLOS and not is_loopback(host):
        expected = '"ssl" atau "starttls"; "polos" hanya untuk peladen pada komputer ini (127.0.0.1, ::1, localhost)'
        table.complain("keamanan", f'"polos" untuk {shown(host)}', expected)
    return host


def _read_ca_file(table: Table, folder: Path) -> str | None:
    path = table.file("ca_file", folder)
    return None if path is None else str(path)
