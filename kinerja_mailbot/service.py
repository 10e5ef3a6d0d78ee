"""The service: everything wired together once; the only reader of the clock."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from kinerja_mailbot.adapters.calendar import IndonesianCalendar
from kinerja_mailbot.adapters.envelope import LetterComposer
from kinerja_mailbot.adapters.form_workbook import FormWorkbookWriter
from kinerja_mailbot.adapters.inbox import ImapAccount, ImapInbox, ImapSentFolder, ImapWatcher
from kinerja_mailbot.adapters.letterhead import MarkdownLetterhead
from kinerja_mailbot.adapters.machine import ThisMachine, leave_to_the_folders_owner
from kinerja_mailbot.adapters.mailer import SmtpAccount, SmtpMailer
from kinerja_mailbot.adapters.mime import MimeParser
from kinerja_mailbot.adapters.oauth import OAuthClient, RenewedToken, TokenFile
from kinerja_mailbot.adapters.rekap_workbook import RekapWorkbookWriter
from kinerja_mailbot.adapters.report_document import ReportDocumentWriter
from kinerja_mailbot.adapters.sheets import SandboxedSheetReader, SandboxedUnpacker
from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.config import Config
from kinerja_mailbot.config.settings import CaraMasuk
from kinerja_mailbot.domain.acting import with_acting
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.thread import BotIdentity
from kinerja_mailbot.domain.policy import Policy
from kinerja_mailbot.domain.sop.responsible import MEMORY, look
from kinerja_mailbot.domain.unit import Daftar, Pejabat
from kinerja_mailbot.usecases.compose import Press
from kinerja_mailbot.usecases.heartbeat import Beat, Heartbeat
from kinerja_mailbot.usecases.keep_sent import keep_sent
from kinerja_mailbot.usecases.ports import StoreError
from kinerja_mailbot.usecases.receive import Desk
from kinerja_mailbot.usecases.rounds import Rounds

_log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the time of this machine, aware UTC."""
    return datetime.now(UTC)


class AlreadyRunningError(Exception):
    """Another service works on the same database."""


class Service:
    """The bot as one object; the commands, the demo and the tests all use this same class."""

    def __init__(self, config: Config, *, clock: Clock = system_clock) -> None:
        self.config = config
        self.clock = clock
        self.store = Store(config.penyimpanan)
        self.calendar = IndonesianCalendar()
        self.sheets = SandboxedSheetReader()
        self.unpacker = SandboxedUnpacker(self.sheets.sandbox)
        self.letterhead = MarkdownLetterhead(config.templat, config.kebijakan.kantor, config.kebijakan.sop.nomor)
        self.inbox = ImapInbox(self._imap(), config.kebijakan.jam.zona, max_bytes=config.kebijakan.batasan.ukuran_surel)
        self.mailer = SmtpMailer(self._smtp())
        self._policies: dict[int, Policy] = {}
        self.stopping: Callable[[], bool] = lambda: False  # who runs it asks it to end by this

    def __enter__(self) -> Self:
        """Open the database and bring its schema up to date; no server is contacted yet.

        Raises:
            StoreError: the database can't be opened or written.
        """
        self.store.open()
        try:
            self.store.migrate()
        except StoreError:
            self.store.close()  # nobody leaves what was never entered
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close everything that was opened; what root has made here belongs to the service's user from now on."""
        self.inbox.close()
        self.sheets.close()
        self.store.close()
        leave_to_the_folders_owner(self.config.own_files)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Work on this database, on SQLite as the only service, and settle what a crash has left.

        On PostgreSQL several services share the work: see `Turns`.

        Raises:
            AlreadyRunningError: another service works on the same SQLite file.
        """
        with self._file_lock() if self.store.is_sqlite else nullcontext():
            now = self.clock()
            today = now.astimezone(self.config.kebijakan.jam.zona).date()
            self.calendar.prepare()  # the first beat will ask
            _ = self.identity  # its secret is made before anybody can take a backup without it
            if self.store.notice_another_place(now):
                _log.warning("the server's tools have put the database back: the mailbox is read before all else")
            if uncertain := self.store.recover(now):
                _log.warning("%d letters were on their way when the service last stopped", uncertain)
            registered = self.register(today).addresses()
            for address in self.store.forget_unregistered(registered, now):
                _log.info("%s is not registered any more; what was known of it is forgotten", address)
            yield

    def _file_lock(self) -> AbstractContextManager[object]:
        try:
            return FileLock(self.config.lock_file).acquire(timeout=0)
        except Timeout:
            raise AlreadyRunningError(str(self.config.lock_file)) from None

    # --- what the flows are given -----------------------------------------------------------------------------

    @cached_property
    def identity(self) -> BotIdentity:
        """Who the bot is; its secret is made once and kept in the database."""
        bot = self.config.bot
        return BotIdentity(
            alamat=bot.alamat, domain=bot.domain, kunci=self.store.secret_key(), authserv_id=bot.authserv_id
        )

    @cached_property
    def press(self) -> Press:
        """The tools that make letters."""
        kantor = self.config.kebijakan.kantor
        composer = LetterComposer(self.identity, self.config.bot.nama, self.config.kebijakan.jam.zona)
        return Press(
            self.letterhead,
            FormWorkbookWriter(kantor),
            RekapWorkbookWriter(kantor),
            composer,
            ReportDocumentWriter(kantor),
        )

    @cached_property
    def desk(self) -> Desk:
        """What deciding mail needs."""
        return Desk(MimeParser(), self.sheets, self.press, self.unpacker, spam=frozenset(self.config.imap.folder[1:]))

    def facts(self) -> Facts:
        """Return the facts as of now, with every period on record."""
        return replace(self._office_facts(), periode=self.store.periods())

    def _office_facts(self) -> Facts:
        """Return the facts as of now that depend neither on a period nor on a mail; each flow gathers those itself."""
        now = self.clock()
        policy = self._policy(now).on(now)
        today = now.astimezone(policy.jam.zona).date()
        identity = self.identity
        with self.store.reading_together():
            named = self.store.appointments(today)
            failing = frozenset(a.alamat.casefold() for a in self.store.addresses_failing() if a.state == "failing")
            return Facts(
                now=now,
                identitas=identity,
                daftar=with_acting(self.config.daftar, named, today).without(failing),
                aturan=policy,
                tidak_hadir=self.store.absences(now, today),
                penunjukan=named,
                permohonan=self.store.petitions(),
                kendala_kirim=self.store.sending_troubles(),
                tanpa_cuti_bersama=self.config.libur.without_cuti_bersama(self.calendar, today.year),
                tinjauan=self.store.reviews(datetime(today.year, 1, 1, tzinfo=policy.jam.zona)),
                pejabat_berubah=look(self.store.remembered(MEMORY), self.config.daftar, policy.sop, today).perubahan,
            )

    def register(self, today: date) -> Daftar:
        """Return the register of the configuration, with the acting officials that an order has named."""
        return with_acting(self.config.daftar, self.store.appointments(today), today)

    def _policy(self, now: datetime) -> Policy:
        """Return the office's policy with the holidays of the years around now."""
        if now.year not in self._policies:
            years = range(now.year - 1, now.year + 3)
            self._policies[now.year] = self.config.policy(
                tuple(day for year in years for day in self.calendar.holidays(year))
            )
        return self._policies[now.year]

    @cached_property
    def heartbeat(self) -> Heartbeat:
        """The flows in their order, with what they are given."""
        return Heartbeat(
            inbox=self.inbox,
            mailer=self.mailer,
            store=self.store,
            desk=self.desk,
            facts=self._office_facts,
            clock=self.clock,
            new_nonce=lambda: secrets.token_hex(8),
            stopping=self._must_stop,
            folders=self.config.imap.folder,
            filing=self.inbox,
            rounds=Rounds(
                shelf=self.inbox,
                machine=ThisMachine(self.config.database_folder),
                folders=self.config.imap.folder,
                is_one_file=self.store.is_sqlite,
            ),
            cabinet=self.config.imap.arsip,
            own_copy=self.identity.alamat[:1] if self.config.smtp.salinan_sendiri else (),
        )

    def beat(self) -> Beat:
        """Do everything that is due now, once."""
        beat = self.heartbeat.beat()
        if self._sent_folder is not None and not dict(self.heartbeat.servers())["imap"].fault:
            keep_sent(self._sent_folder, self.store, self.clock())
        return beat

    @cached_property
    def _sent_folder(self) -> ImapSentFolder | None:
        folder = self.config.imap.terkirim
        return ImapSentFolder(self._imap(), folder) if folder else None

    def _must_stop(self) -> bool:
        return self.stopping()

    def watcher(self, folder: str) -> ImapWatcher:
        """Return one who tells at once when mail comes into the folder; not yet started."""
        return ImapWatcher(self._imap(), folder)

    def send_test_letter(self, to: Pejabat) -> None:
        """Send the test letter of `check --send-to` past the outbox.

        Raises:
            SendError, UncertainSendError: the server did not take it, or nobody knows.
        """
        facts = self.facts()
        (mail,) = self.press.compose((letters.uji(facts, to),), facts.now)
        with self.mailer.session() as session:
            session.send(mail.mentah, mail.penerima)

    @cached_property
    def tokens(self) -> RenewedToken | None:
        """What stands in for a password, shared by all connections; None where every server takes one."""
        oauth = self.config.oauth
        if oauth is None:
            return None
        file = oauth.berkas_token
        lock = FileLock(file.with_name(f"{file.name}.lock"), timeout=60)
        return RenewedToken(
            OAuthClient(
                client_id=oauth.client_id,
                client_secret=oauth.client_secret,
                scope=oauth.cakupan,
                token_url=oauth.url_token,
                device_url=oauth.url_perangkat,
                authorize_url=oauth.url_izin,
                ca_file=oauth.ca_file,
            ),
            TokenFile(file),
            clock=self.clock,
            lock=lock,
            first=oauth.refresh_token,
        )

    def _imap(self) -> ImapAccount:
        imap = self.config.imap
        return ImapAccount(
            host=imap.host,
            port=imap.port,
            security=imap.keamanan.value,
            user=imap.user,
            password=imap.password,
            ca_file=imap.ca_file,
            timeout=imap.batas_detik,
            tokens=self.tokens if imap.auth is CaraMasuk.XOAUTH2 else None,
        )

    def _smtp(self) -> SmtpAccount:
        smtp = self.config.smtp
        return SmtpAccount(
            host=smtp.host,
            port=smtp.port,
            security=smtp.keamanan.value,
            sender=self.config.bot.alamat[0],
            user=smtp.user or None,
            password=smtp.password,
            ca_file=smtp.ca_file,
            timeout=smtp.batas_detik,
            tokens=self.tokens if smtp.auth is CaraMasuk.XOAUTH2 else None,
        )
