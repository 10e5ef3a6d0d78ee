"""A mail server for demo and tests: real SMTP and real IMAP (with IDLE) on loopback, in this process.

aiosmtpd takes the letters, pymap keeps the mailboxes, both on one event loop in one thread. Nothing ever leaves: an
address without a mailbox is refused or, if it is listed as bouncing, taken and answered with a delivery report.
"""

from __future__ import annotations

import asyncio
import threading
from argparse import Namespace
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime
from types import TracebackType
from typing import Self, TypeVar

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.sock import SocketInfoLocal
from pymap.backend.dict import Config, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxSet
from pymap.concurrent import Subsystem
from pymap.config import BackendCapability
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

from kinerja_mailbot.demo.bounces import bounce_report

OnMail = Callable[[str, list[str], bytes], None]
LARGEST_LETTER = 64_000_000
_Result = TypeVar("_Result")


class MailServers:
    """SMTP and IMAP servers that run from `with` to the end of it.

    `clock` gives the time of arrival of each mail. `on_mail(sender, recipients, raw)` is called in a thread of its own
    after the letter is in its mailboxes and before the sender gets the 250; it may send mails itself.
    """

    host = "127.0.0.1"

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        on_mail: OnMail | None = None,
        bouncing: Sequence[str] = (),
        idle: bool = True,
    ) -> None:
        self.on_mail = on_mail
        self.bouncing = {_key(address) for address in bouncing}
        self.smtp_port = 0
        self.imap_port = 0
        self._clock = clock
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mail-servers", daemon=True)
        self._hooks = ThreadPoolExecutor(1, thread_name_prefix="on-mail")
        self._boxes: dict[str, MailboxSet] = {}
        self._delivered: dict[str, list[tuple[int, bytes]]] = {}
        self._servers: list[asyncio.Server] = []
        self._config = _PlainConfig(
            Namespace(passlib_cfg=None, proxy_protocol=None),
            host=self.host,
            port=0,
            demo_data=False,
            demo_user="",
            demo_password="",
            tls_enabled=False,
            invalid_user_sleep=0.0,
            hash_context=Cleartext(),
            cpu_subsystem=Subsystem.for_asyncio(),
        )
        self._config.idle = idle
        self._login = Login(self._config)

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._hooks.shutdown()

    def add_mailbox(self, address: str, password: str) -> None:
        """Make an empty mailbox; the address is the login name for IMAP, and for SMTP if anybody wants to log in."""
        self._run(self._add_mailbox(_key(address), address, password))

    def deliver(self, raw: bytes, to: str, sender: str = "") -> int:
        """Put a mail into the inbox as LMTP would, at the clock's time; return its UID.

        Raises:
            KeyError: nobody added this mailbox.
        """
        return self._run(self._deliver(raw, _key(to), sender))

    def mails(self, address: str) -> list[tuple[int, bytes]]:
        """Return the UID and raw bytes of every mail delivered to this address, oldest first."""
        return list(self._delivered[_key(address)])

    def disconnect(self) -> None:
        """Cut every connection, as a restart of the server would."""
        self._run(self._disconnect())

    # --- inside the loop ---

    async def _start(self) -> None:
        self._config.apply_context()
        imap_server = await asyncio.start_server(self._converse, self.host, 0)
        smtp_server = await self._loop.create_server(self._smtp, self.host, 0)
        self._servers = [imap_server, smtp_server]
        self.imap_port = imap_server.sockets[0].getsockname()[1]
        self.smtp_port = smtp_server.sockets[0].getsockname()[1]

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Unlike in pymap's own service, the connection's task is the one that asyncio holds: since Python 3.12 one
        # that nobody holds is collected as garbage, and its connection hangs.
        await IMAPServer(self._login, self._config)(reader, writer, SocketInfoLocal(writer))

    def _smtp(self) -> SMTP:
        return SMTP(
            _Handler(self),
            hostname="localhost",
            data_size_limit=LARGEST_LETTER,
            auth_require_tls=False,
            authenticator=self._authenticate,
            loop=self._loop,
        )

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        await self._disconnect()
        for server in self._servers:
            await server.wait_closed()

    async def _disconnect(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), timeout=2.0)
        await asyncio.sleep(0)  # lets the transports say goodbye to their sockets

    async def _add_mailbox(self, key: str, address: str, password: str) -> None:
        self._login.users_dict[address] = UserMetadata(self._config, address, password=password)
        self._boxes[key] = MailboxSet()
        self._delivered[key] = []
        self._config.set_cache[address] = (self._boxes[key], FilterSet())

    async def _deliver(self, raw: bytes, key: str, sender: str) -> int:
        now = self._clock()
        trace = f"Return-Path: <{sender}>\r\nDelivered-To: {key}\r\n"
        trace += f"Received: from localhost by localhost with LMTP;\r\n {format_datetime(now)}\r\n"
        stored = trace.encode() + raw
        inbox = await self._boxes[key].get_mailbox("INBOX")
        message = await inbox.append(AppendMessage(stored, now), recent=True)
        self._delivered[key].append((message.uid, stored))
        return message.uid

    async def accept(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        """Deliver a letter that came by SMTP, report what bounces, tell the hook."""
        for recipient in recipients:
            key = _key(recipient)
            if key in self._boxes:
                await self._deliver(raw, key, sender)
            elif _key(sender) in self._boxes:
                await self._deliver(bounce_report(recipient, sender, raw, self._clock()), _key(sender), "")
        if self.on_mail is not None:
            await self._loop.run_in_executor(self._hooks, self.on_mail, sender, list(recipients), raw)

    def takes(self, recipient: str) -> bool:
        """Tell whether RCPT TO gets a 250."""
        return _key(recipient) in self._boxes or _key(recipient) in self.bouncing

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, credentials: object
    ) -> AuthResult:
        del server, session, envelope, mechanism
        if not isinstance(credentials, LoginPassword):
            return AuthResult(success=False, handled=False)
        user = self._login.users_dict.get(credentials.login.decode("utf-8", "replace"))
        right = user is not None and user.password == credentials.password.decode("utf-8", "replace")
        return AuthResult(success=right, handled=False)

    def _run(self, work: Coroutine[None, None, _Result]) -> _Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


class _PlainConfig(Config):
    """pymap's configuration, with IDLE as a switch."""

    idle = True

    @property
    def backend_capability(self) -> BackendCapability:
        """Name IDLE only if it is on."""
        return BackendCapability(idle=self.idle, object_id=True, multi_append=True)

    @property
    def greeting(self) -> bytes:
        """Greet without asking the resolver for this machine's name, which can take seconds."""
        return b"Server ready"


class _Handler:
    """aiosmtpd's hooks; it finds them by these names."""

    def __init__(self, servers: MailServers) -> None:
        self._servers = servers

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session
        if not self._servers.takes(address):
            return f"550 5.1.1 <{address}>: Recipient address rejected: User unknown"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        del server, session
        raw = envelope.original_content or b""
        await self._servers.accept(envelope.mail_from or "", [str(one) for one in envelope.rcpt_tos], raw)
        return "250 2.0.0 OK: queued"


def _key(address: str) -> str:
    return address.strip().lower()
