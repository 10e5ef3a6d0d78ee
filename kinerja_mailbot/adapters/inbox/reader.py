"""Reads new mails, by UID and without leaving a trace on the server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, tzinfo

from imap_tools import BaseMailBox, ImapToolsError

from kinerja_mailbot.adapters.inbox.batches import Envelope, by_weight
from kinerja_mailbot.adapters.inbox.connection import ImapAccount
from kinerja_mailbot.adapters.inbox.drawers import folders_below, make_folder, move_mails
from kinerja_mailbot.adapters.inbox.opened import OpenedMailbox
from kinerja_mailbot.adapters.inbox.position import told
from kinerja_mailbot.adapters.inbox.report import MailboxReport
from kinerja_mailbot.usecases.ports import Arrived, Cursor, InboxError, WentBackError, WithheldError
from kinerja_mailbot.usecases.ports.rounds import Listing

BATCH_MAILS = 50
MAX_BYTES = 40_000_000
_ENVELOPE = "(UID INTERNALDATE RFC822.SIZE)"


class ImapInbox(OpenedMailbox):
    """See `Inbox` and `Filing`. For one thread at a time; read one folder to its end before beginning another.

    To read, folders are opened by EXAMINE and bodies fetched by BODY.PEEK, so no flag ever changes. A mail of more than
    `max_bytes` is handed over as its headers only (`terpotong`). `zone` is the office's: `since` is a day there.
    """

    def __init__(self, account: ImapAccount, zone: tzinfo, *, max_bytes: int = MAX_BYTES) -> None:
        super().__init__(account)
        self._max_bytes = max_bytes
        self._zone = zone
        self._one_by_one = False  # the last reading broke off over one of its mails

    def fetch_new(self, folder: str, cursor: Cursor | None, since: date) -> Iterator[Sequence[Arrived]]:
        """See `Inbox`."""
        mailbox, uidvalidity = self._examine(folder)
        after = None
        if cursor is not None and cursor.uidvalidity == uidvalidity:
            if self._has_gone_back(mailbox, folder, cursor, since):
                raise WentBackError(folder, uidvalidity)
            after = cursor.uid
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

    def listed(self, folder: str, since: date, first: int, last: int) -> Listing:
        """See `Shelf`."""
        mailbox, uidvalidity = self._examine(folder)
        return Listing(uidvalidity, self._between(mailbox, first, last, since))

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

    def _has_gone_back(self, mailbox: BaseMailBox, folder: str, cursor: Cursor, since: date) -> bool:
        """Tell whether the folder is older than the cursor: only a restored backup gives UIDs a second time.

        The next UID tells it, or a mail of another date at the cursor; that can't change while a connection stands.
        Not every server counts well, so that a list which still reaches the cursor is believed more.
        """
        uidnext = told(mailbox, "UIDNEXT")
        if uidnext is not None and uidnext <= cursor.uid:
            return max(self._search(mailbox, None, since), default=0) < cursor.uid
        if cursor.tiba_at is None or folder in self.recognised:
            return False
        here = self._fetch(mailbox, [cursor.uid], "(UID INTERNALDATE)")
        self.recognised.add(folder)
        return any(one.uid == cursor.uid and one.internaldate not in {None, cursor.tiba_at} for one in here)

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
