"""The frozen settings that the composition root hands out as plain arguments."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from kinerja_mailbot.domain.policy import Policy
from kinerja_mailbot.domain.unit import Daftar
from kinerja_mailbot.usecases.ports import Calendar


class KeamananSambungan(StrEnum):
    """How a connection to a mail server is protected; plain text is allowed to this machine only."""

    SSL = "ssl"
    STARTTLS = "starttls"
    POLOS = "polos"


class CaraMasuk(StrEnum):
    """What proves to a mail server that it is us."""

    SANDI = "sandi"
    XOAUTH2 = "xoauth2"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapSettings:
    """The mailbox that is watched."""

    host: str
    port: int
    keamanan: KeamananSambungan
    user: str
    password: str = field(repr=False)
    folder: tuple[str, ...]
    idle: bool
    interval_detik: int  # between two looks when the server does not wake us
    batas_detik: int  # a silent server is given up after so long
    ca_file: str | None  # absolute path of a certificate authority to trust besides the system's
    auth: CaraMasuk = CaraMasuk.SANDI
    terkirim: str = ""  # folder for copies of what was sent; "otomatis": the one that the server marks; empty: none
    arsip: tuple[str, ...] = ()  # path of the folder that settled mail is moved to; empty: it stays


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """The server that takes our letters."""

    host: str
    port: int
    keamanan: KeamananSambungan
    user: str  # empty: the server asks for no login
    password: str | None = field(repr=False)  # None: the server asks for no login
    batas_detik: int
    ca_file: str | None
    salinan_sendiri: bool  # each letter goes to the bot's own mailbox too: the proof of sending (DESIGN section 8)
    auth: CaraMasuk = CaraMasuk.SANDI


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthSettings:
    """The authorization server that gives us tokens for the mail servers (RFC 6749)."""

    client_id: str
    client_secret: str = field(repr=False)  # empty: a public client
    refresh_token: str = field(repr=False)  # to begin with; empty: from `login`
    url_token: str
    url_perangkat: str  # empty: no device flow (RFC 8628)
    url_izin: str
    cakupan: str  # scopes, separated by spaces
    berkas_token: Path
    ca_file: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BotSettings:
    """Who the bot is in mail."""

    nama: str
    alamat: tuple[str, ...]  # the first one is the sender
    domain: str  # right side of our Message-IDs
    authserv_id: str  # whose Authentication-Results are believed; empty: nobody's


@dataclass(frozen=True, slots=True)
class LogSettings:
    """How the log is written."""

    tingkat: str  # debug | info | warning | error
    format: str  # teks | json
    berkas: Path | None = None  # where `run` writes; None: to the standard error output
    simpan: int = 30  # how many older files are kept
    ukuran: int = 0  # bytes after which a new file begins; 0: each day


@dataclass(frozen=True, slots=True, kw_only=True)
class LiburSettings:
    """What the office changes in the national calendar (DOMAIN F5, 4.4)."""

    daerah: tuple[tuple[int, int, str], ...] = ()  # every year: (month, day, name)
    tambahan: tuple[tuple[date, str], ...] = ()
    bukan: frozenset[date] = frozenset()

    def merge(self, nasional: tuple[tuple[date, str], ...]) -> tuple[tuple[date, str], ...]:
        """Return every day off with its name, by date; regional days fall in the years that `nasional` covers.

        >>> sorong = LiburSettings(daerah=((2, 5, "Hari Pekabaran Injil"),), bukan=frozenset({date(2026, 12, 24)}))
        >>> [name for _, name in sorong.merge(((date(2026, 12, 24), "Cuti Bersama"), (date(2026, 12, 25), "Natal")))]
        ['Hari Pekabaran Injil', 'Natal']
        """
        days = dict(nasional)
        for day, name in (*self._regional(sorted({day.year for day, _ in nasional})), *self.tambahan):
            days.setdefault(day, name)
        return tuple(sorted((day, name) for day, name in days.items() if day not in self.bukan))

    def without_cuti_bersama(self, calendar: Calendar, year: int) -> tuple[int, ...]:
        """Return which of this year and the next has cuti bersama that neither calendar nor office has listed."""
        listed = {day.year for day, name in self.tambahan if name.casefold().startswith("cuti bersama")}
        return tuple(y for y in (year, year + 1) if y not in listed and not calendar.has_cuti_bersama(y))

    def _regional(self, years: list[int]) -> tuple[tuple[date, str], ...]:
        return tuple((date(year, month, day), name) for year in years for month, day, name in self.daerah)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that the configuration says, checked."""

    path: Path
    daftar: Daftar
    kebijakan: Policy  # without holidays: ask `policy`
    libur: LiburSettings
    imap: ImapSettings
    smtp: SmtpSettings
    bot: BotSettings
    penyimpanan: str  # database URL; an SQLite path in it is absolute
    templat: Path  # the directory in force
    log: LogSettings
    oauth: OAuthSettings | None = None  # None: every server takes a password
    simpan_surel_tahun: int = 0  # years after which `prune` may let go of raw mails; 0: never
    berkas_detak: Path | None = None  # rewritten after each heartbeat, for monitoring; None: nobody looks

    @property
    def database_file(self) -> Path | None:
        """Return the SQLite file; None where the database is a server's or in memory."""
        database = self.penyimpanan.removeprefix("sqlite:///")
        return None if database in {self.penyimpanan, "", ":memory:"} else Path(database)

    @property
    def database_folder(self) -> Path | None:
        """Return the folder of the SQLite file, None where there is no such file."""
        return None if self.database_file is None else self.database_file.parent

    @property
    def lock_file(self) -> Path:
        """Return the file that keeps a second service away: beside the SQLite file, else beside the configuration."""
        file = self.database_file
        return self.path.with_suffix(".lock") if file is None else Path(f"{file}.lock")

    @property
    def own_files(self) -> tuple[Path, ...]:
        """Return the files that the service itself writes; what else it lays beside them begins with their names."""
        token = None if self.oauth is None else self.oauth.berkas_token
        found = (self.database_file, self.lock_file, self.log.berkas, self.berkas_detak, token)
        return tuple(file for file in found if file is not None)

    def policy(self, libur: tuple[tuple[date, str], ...]) -> Policy:
        """Return the office's policy with these national holidays, corrected by the office's own list."""
        return replace(self.kebijakan, jam=replace(self.kebijakan.jam, libur=self.libur.merge(libur)))
