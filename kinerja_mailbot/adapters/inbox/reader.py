"""Reads new mails, by UID and without leaving a trace on the server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, tzinfo
from types import TracebackType
from typing import Self

from imap_tools import BaseMailBox, ImapToolsError

from kinerja_mailbot.adapters.inbox.batches import Envelope, by_weight
from kinerja_mailbot.adapters.inbox.connection import Connection, ImapAccount, close, drop, open_connection, translated
from kinerja_mailbot.adapters.inbox.drawers import folders_below, make_folder, move_mails
from kinerja_mailbot.adapters.inbox.fetched import Fetched, read_fetches
from kinerja_mailbot.adapters.inbox.position import came_since, told
from kinerja_mailbot.adapters.inbox.report import MailboxReport
from kinerja_mailbot.usecases.ports import Arrived, Cursor, InboxError, WentBackError, WithheldError
from kinerja_mailbot.usecases.ports.rounds import Listing

BATCH_MAILS = 50
MAX_BYTES = 40_000_000
_ENVELOPE = "(UID INTERNALDATE RFC822.SIZE)"


class ImapInbox:
    """See `Inbox` and `Filing`. For one thread at a time; read one folder to its end before beginning another.

    To read, folders are opened by EXAMINE and bodies fetched by BODY.PEEK, so no flag ever changes. A mail of more than
    `max_bytes` is handed over as its headers only (`terpotong`). `zone` is the office's: `since` is a day there.
    """

    def __init__(self, account: ImapAccount, zone: tzinfo, *, max_bytes: int = MAX_BYTES) -> None:
        self._account = account
        self._max_bytes = max_bytes
        self._zone = zone
        self._connection: Connection | None = None
        self._one_by_one = False  # the last reading broke off over one of its mails

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

    def fetch_new(self, folder: str, cursor: Cursor | None, since: date) -> Iterator[Sequence[Arrived]]:
        """See `Inbox`."""
        mailbox, uidvalidity = self._examine(folder)
        after = cursor.uid if cursor is not None and cursor.uidvalidity == uidvalidity else None
        if after is not None and self._has_gone_back(mailbox, after, since):
            raise WentBackError(folder, uidvalidity)
        uids = self._search(mailbox, after, since)
        most = 1 if self._one_by_one else BATCH_MAILS
        for start in range(0, len(uids), most):
            chunk = uids[start : start + most]
            try:
                yield from self._hand_over(mailbox, folder, uidvalidity, chunk, since if after is None else None)
            except WithheldError:
                raise
            except InboxError as error:
                # Some servers hang up over a mail that they can't read. Which one it is, only reading singly can tell.
                if most == 1:
                    raise WithheldError(folder, Cursor(uidvalidity, chunk[0])) from error
                self._one_by_one = True
                raise
        self._one_by_one = False

    def fetch_again(self, folder: str, place: Cursor) -> Arrived | None:
        """See `Inbox`."""
        mailbox, uidvalidity = self._examine(folder)
        if uidvalidity != place.uidvalidity:
            return None
        try:
            for batch in self._hand_over(mailbox, folder, uidvalidity, [place.uid], None):
                return batch[0]
        except InboxError as error:
            raise WithheldError(folder, place) from error
        return None

    def listed(self, folder: str, since: date) -> Listing:
        """See `Shelf`."""
        mailbox, uidvalidity = self._examine(folder)
        return Listing(uidvalidity, frozenset(self._search(mailbox, None, since)))

    def drawers(self, path: Sequence[str]) -> tuple[str, ...]:
        """See `Shelf`."""
        mailbox = self._open().mailbox
        with self._guarded():
            return folders_below(mailbox, path)

    def fetch_these(self, folder: str, listing: Listing, since: date) -> Iterator[Sequence[Arrived]]:
        """See `Shelf`."""
        mailbox, uidvalidity = self._examine(folder)
        uids = sorted(listing.uids) if uidvalidity == listing.uidvalidity else []
        most = 1 if len(uids) <= BATCH_MAILS else BATCH_MAILS  # a withheld mail hides what stands behind it
        for start in range(0, len(uids), most):
            with suppress(WithheldError):
                yield from self._hand_over(mailbox, folder, uidvalidity, uids[start : start + most], since)

    def can_move(self) -> bool:
        """See `Filing`."""
        return "MOVE" in self._open().capabilities

    def move(self, folder: str, uidvalidity: int, uids: Sequence[int], to: Sequence[str]) -> bool:
        """See `Filing`."""
        mailbox = self._open().mailbox
        try:
            with self._guarded():
                return move_mails(mailbox, folder, uidvalidity, uids, make_folder(mailbox, to))
        except InboxError as error:
            if isinstance(error.__cause__, ImapToolsError):  # the server said NO, and would say it again
                return False
            raise

    def recent_headers(self, folder: str, most: int) -> tuple[bytes, ...]:
        """Return the headers of the newest mails of a folder, oldest first; no flag changes.

        Raises:
            InboxError: the folder can't be read.
        """
        mailbox, _ = self._examine(folder)
        with self._guarded():
            uids = sorted(int(uid) for uid in mailbox.uids("ALL", charset=None))[-most:]
        found = {one.uid: one.body for one in self._fetch(mailbox, uids, "(UID BODY.PEEK[HEADER])")}
        return tuple(headers for uid in uids if (headers := found.get(uid)) is not None)

    def folder_exists(self, folder: str) -> bool:
        """Tell whether the folder can be opened for reading.

        Raises:
            InboxError: the server can't be reached.
        """
        mailbox = self._open().mailbox
        with self._guarded():
            try:
                mailbox.folder.set(folder, readonly=True)
            except ImapToolsError:
                return False
        return True

    def check(self, folders: Sequence[str]) -> MailboxReport:
        """Report encryption, capabilities and which of the folders are there.

        Raises:
            InboxError: the server can't be reached.
            InboxLoginError: name or password refused.
        """
        connection = self._open()
        able = connection.capabilities
        present = tuple((folder, self.folder_exists(folder)) for folder in folders)
        return MailboxReport(connection.tls, "IDLE" in able, "MOVE" in able, "UIDPLUS" in able, present)

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = open_connection(self._account)
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
            except InboxError:
                self._forget()
        return self._examine_once(folder)

    def _examine_once(self, folder: str) -> tuple[BaseMailBox, int]:
        mailbox = self._open().mailbox
        with self._guarded():
            mailbox.folder.set(folder, readonly=True)
            if (uidvalidity := told(mailbox, "UIDVALIDITY")) is not None:
                return mailbox, uidvalidity
            status = mailbox.folder.status(folder, ["UIDVALIDITY"])
        if "UIDVALIDITY" not in status:
            raise InboxError(f"the server names no UIDVALIDITY for {folder}")
        return mailbox, status["UIDVALIDITY"]

    def _has_gone_back(self, mailbox: BaseMailBox, after: int, since: date) -> bool:
        """Tell whether the next mail would get a UID that we have seen already: only a restored backup does that.

        Not every server counts well, so that a list which still reaches the cursor is believed more.
        """
        uidnext = told(mailbox, "UIDNEXT")
        return uidnext is not None and uidnext <= after and max(self._search(mailbox, None, since), default=0) < after

    def _search(self, mailbox: BaseMailBox, after: int | None, since: date) -> list[int]:
        criteria = came_since(since) if after is None else f"UID {after + 1}:*"
        with self._guarded():
            found = mailbox.uids(criteria, charset=None)
        # `UID n:*` always names the last mail, even below n (RFC 3501, section 6.4.8).
        return sorted({int(uid) for uid in found if int(uid) > (after or 0)})

    def _hand_over(
        self, mailbox: BaseMailBox, folder: str, uidvalidity: int, uids: Sequence[int], since: date | None
    ) -> Iterator[Sequence[Arrived]]:
        """Yield these mails, those from before `since` left out, up to the first that the server withholds."""
        envelopes, withheld = self._envelopes(mailbox, uids)
        if since is not None:
            envelopes = [one for one in envelopes if one.tiba_at.astimezone(self._zone).date() >= since]
        for batch in by_weight(envelopes, self._max_bytes):
            found, missing = self._bodies(mailbox, batch)
            arrived = [
                Arrived(
                    folder=folder,
                    uidvalidity=uidvalidity,
                    uid=one.uid,
                    tiba_at=one.tiba_at,
                    mentah=raw,
                    terpotong=cut,
                )
                for one, raw, cut in found
            ]
            if arrived:
                yield arrived
            if missing is not None:
                raise WithheldError(folder, Cursor(uidvalidity, missing))
        if withheld is not None:
            raise WithheldError(folder, Cursor(uidvalidity, withheld))

    def _envelopes(self, mailbox: BaseMailBox, uids: Sequence[int]) -> tuple[list[Envelope], int | None]:
        """Return sizes and dates up to the first mail that is withheld, and its UID; deleted ones are left out."""
        found = {one.uid: one for one in self._fetch(mailbox, uids, _ENVELOPE)}
        envelopes: list[Envelope] = []
        for uid in uids:
            one = found.get(uid)
            if one is None or one.size is None or one.internaldate is None:
                again = [each for each in self._fetch(mailbox, [uid], _ENVELOPE) if each.uid == uid]
                one = next((each for each in again if each.size is not None), None)
            if one is not None and one.size is not None and one.internaldate is not None:
                envelopes.append(Envelope(uid, one.size, one.internaldate))
            elif self._is_listed(mailbox, uid):
                return envelopes, uid
        return envelopes, None

    def _bodies(
        self, mailbox: BaseMailBox, batch: Sequence[Envelope]
    ) -> tuple[list[tuple[Envelope, bytes, bool]], int | None]:
        """Return the mails, and whether each is its headers only, up to the first that the server withholds."""
        whole = [one.uid for one in batch if one.size <= self._max_bytes]
        bodies = {one.uid: one.body for one in self._fetch(mailbox, whole, "(UID BODY.PEEK[])") if one.body is not None}
        got: list[tuple[Envelope, bytes, bool]] = []
        for one in batch:
            raw, is_cut = bodies.pop(one.uid, None), one.size > self._max_bytes
            if raw is None and not is_cut:
                raw = self._single(mailbox, one.uid, "(UID BODY.PEEK[])")
            if raw is None:
                raw, is_cut = self._single(mailbox, one.uid, "(UID BODY.PEEK[HEADER])"), True
            if raw is not None:
                got.append((one, raw, is_cut))
            elif self._is_listed(mailbox, one.uid):
                return got, one.uid
        return got, None

    def _is_listed(self, mailbox: BaseMailBox, uid: int) -> bool:
        """Tell whether the mail is still there, though it can't be had."""
        with self._guarded():
            return str(uid) in mailbox.uids(f"UID {uid}", charset=None)

    def _single(self, mailbox: BaseMailBox, uid: int, items: str) -> bytes | None:
        return next(
            (one.body for one in self._fetch(mailbox, [uid], items) if one.uid == uid and one.body is not None), None
        )

    def _fetch(self, mailbox: BaseMailBox, uids: Sequence[int], items: str) -> tuple[Fetched, ...]:
        if not uids:
            return ()
        with self._guarded():
            status, answer = mailbox.client.uid("FETCH", ",".join(map(str, uids)), items)
        parts: Sequence[object] = answer
        # NO means that one of the mails is missing or broken; the caller asks for each singly then.
        return read_fetches(parts) if status == "OK" else ()
