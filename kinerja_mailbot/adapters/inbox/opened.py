"""A mailbox behind one connection, which is opened when it is needed and again after it broke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from types import TracebackType
from typing import Self

from imap_tools import BaseMailBox, ImapToolsError

from kinerja_mailbot.adapters.inbox.connection import Connection, ImapAccount, close, drop, open_connection, translated
from kinerja_mailbot.adapters.inbox.fetched import Fetched, read_fetches
from kinerja_mailbot.adapters.inbox.position import came_since, told
from kinerja_mailbot.usecases.ports import FolderMissingError, InboxError


class OpenedMailbox:
    """What every way of reading needs: folders opened by EXAMINE, searched, and asked for items.

    `recognised` are the folders that were found to be the ones we know, on this connection.
    """

    def __init__(self, account: ImapAccount) -> None:
        self._account = account
        self._connection: Connection | None = None
        self.recognised: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Log out; the next use connects again."""
        if self._connection is not None:
            close(self._connection)
            self._connection = None

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = open_connection(self._account)
            self.recognised.clear()
        return self._connection

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Translate errors; a connection that broke is dropped, one on which the server said NO is still good."""
        try:
            with translated():
                yield
        except InboxError as error:
            if not isinstance(error.__cause__, ImapToolsError):
                self._forget()
            raise

    def _forget(self) -> None:
        if self._connection is not None:
            drop(self._connection.mailbox.client)
            self._connection = None

    def _examine(self, folder: str) -> tuple[BaseMailBox, int]:
        """Open the folder for reading; return its UIDVALIDITY.

        Servers hang up on connections that were silent for long: a kept one gets one fresh start.
        """
        if self._connection is not None:
            try:
                return self._examine_once(folder)
            except FolderMissingError:
                raise
            except InboxError:
                self._forget()
        return self._examine_once(folder)

    def _examine_once(self, folder: str) -> tuple[BaseMailBox, int]:
        mailbox = self._open().mailbox
        with self._guarded():
            try:
                mailbox.folder.set(folder, readonly=True)
            except ImapToolsError:
                if mailbox.folder.exists(folder):
                    raise
                raise FolderMissingError(folder) from None
            if (uidvalidity := told(mailbox, "UIDVALIDITY")) is not None:
                return mailbox, uidvalidity
            status = mailbox.folder.status(folder, ["UIDVALIDITY"])
        if "UIDVALIDITY" not in status:
            raise InboxError(f"the server names no UIDVALIDITY for {folder}")
        return mailbox, status["UIDVALIDITY"]

    def _search(self, mailbox: BaseMailBox, after: int | None, since: date) -> list[int]:
        criteria = came_since(since) if after is None else f"UID {after + 1}:*"
        with self._guarded():
            found = mailbox.uids(criteria, charset=None)
        # `UID n:*` always names the last mail, even below n (RFC 3501, section 6.4.8).
        return sorted({int(uid) for uid in found if int(uid) > (after or 0)})

    def _between(self, mailbox: BaseMailBox, first: int, last: int, since: date) -> frozenset[int]:
        with self._guarded():
            found = mailbox.uids(f"UID {first}:{last} {came_since(since)}", charset=None)
        return frozenset(int(uid) for uid in found)

    def _fetch(self, mailbox: BaseMailBox, uids: Sequence[int], items: str) -> tuple[Fetched, ...]:
        if not uids:
            return ()
        with self._guarded():
            status, answer = mailbox.client.uid("FETCH", ",".join(map(str, uids)), items)
        parts: Sequence[object] = answer
        # NO means that one of the mails is missing or broken; the caller asks for each singly then.
        return read_fetches(parts) if status == "OK" else ()
