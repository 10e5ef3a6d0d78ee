"""Wakes the service when a mail arrives (IMAP IDLE, RFC 2177)."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from kinerja_mailbot.adapters.inbox.connection import Connection, ImapAccount, close, drop, open_connection, translated
from kinerja_mailbot.usecases.ports import InboxError, InboxLoginError

POLL_SECONDS = 1.0
REISSUE_SECONDS = 600.0  # routers of small offices forget silent connections after a quarter of an hour
LONGEST_PAUSE_SECONDS = 300.0
LOGIN_PAUSE_SECONDS = 900.0


class ImapWatcher:
    """Watches one folder on a connection of its own, in a daemon thread.

    `wake` is called from that thread at every sign of new mail, and once after each connection, for what came
    while nobody watched. Polling stays the backstop: with a server without IDLE the watcher ends quietly.
    `supports_idle` is None until the server has said whether it can.
    """

    def __init__(self, account: ImapAccount, folder: str = "INBOX") -> None:
        self._account = account
        self._folder = folder
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._connection: Connection | None = None
        self.supports_idle: bool | None = None
        self.last_error: str | None = None

    def start(self, wake: Callable[[], None]) -> None:
        """Begin to watch; returns at once, before the connection stands."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, args=(wake,), name="imap-idle", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End within a second, whatever the server does."""
        self._stopping.set()
        connection = self._connection
        if connection is not None:
            with suppress(OSError):
                # The plain socket's method: the TLS one would pull the encryption away under the reading thread.
                socket.socket.shutdown(connection.mailbox.client.sock, socket.SHUT_RDWR)
        if self._thread is not None:
            self._thread.join(POLL_SECONDS)

    def _run(self, wake: Callable[[], None]) -> None:
        pause = 1.0
        while not self._stopping.is_set():
            try:
                if not self._connect():
                    return
                pause = 1.0
                self._watch(wake)
            except InboxLoginError as error:
                self.last_error = str(error)
                self._stopping.wait(LOGIN_PAUSE_SECONDS)  # hammering would lock the account
            except InboxError as error:
                self.last_error = str(error)
                self._stopping.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            finally:
                self._disconnect()

    def _connect(self) -> bool:
        """Open the folder; return False if the server can't IDLE."""
        self._connection = connection = open_connection(self._account)
        self.supports_idle = "IDLE" in connection.capabilities
        if self.supports_idle:
            with translated():
                connection.mailbox.folder.set(self._folder, readonly=True)
            self.last_error = None
        return self.supports_idle

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        if self._stopping.is_set() or self.last_error is not None:
            drop(connection.mailbox.client)
        else:
            close(connection)

    def _watch(self, wake: Callable[[], None]) -> None:
        wake()
        while not self._stopping.is_set():
            self._idle_once(wake)

    def _idle_once(self, wake: Callable[[], None]) -> None:
        """Stay in IDLE until something comes, the time is up or the line looks dead.

        imap_tools' `poll` returns an empty list both in silence and at the end of the connection. So an empty list
        before its time ends this IDLE: DONE gets an answer from a living server and an error from a dead line.
        """
        connection = self._connection
        if connection is None:
            raise InboxError("not connected")
        idle = connection.mailbox.idle
        with translated():
            idle.start()  # type: ignore[no-untyped-call]  # imap_tools leaves it untyped
            until = monotonic() + REISSUE_SECONDS
            while monotonic() < until and not self._stopping.is_set():
                asked = monotonic()
                lines = idle.poll(POLL_SECONDS)
                if news := any(b"EXISTS" in line or b"RECENT" in line for line in lines):
                    wake()  # the mail is read by another connection, and need not wait for this one's last words
                if news or (not lines and monotonic() - asked < POLL_SECONDS / 2):
                    break
            _, rest = idle.stop()  # type: ignore[no-untyped-call]  # likewise
        if any(isinstance(line, bytes) and b"EXISTS" in line for line in rest):
            wake()
