"""The mail servers as the flows see them: a mailbox to read, a server that takes letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol


class InboxError(Exception):
    """The mailbox can't be read now; it is worth trying later."""


class InboxLoginError(InboxError):
    """The server refused the name or the password; trying at once again would only lock the account."""


class FolderMissingError(InboxError):
    """The mailbox can be read, and holds no folder of that name."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"there is no folder {folder}")


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder has been archived: every UID up to `uid` of this UIDVALIDITY.

    `tiba_at` is when the mail with that UID came, if it is known: one that came at another time is another mail.
    """

    uidvalidity: int
    uid: int
    tiba_at: datetime | None = field(default=None, compare=False)


class WithheldError(InboxError):
    """The server lists a mail and does not hand it over; whatever stands before it has been handed over."""

    def __init__(self, folder: str, place: Cursor) -> None:
        super().__init__(f"the server lists UID {place.uid} of {folder} but does not hand it over")
        self.place = place


class WentBackError(InboxError):
    """The folder is older than our cursor, as after a backup of it: its UIDs will mean other mails than they did."""

    def __init__(self, folder: str, uidvalidity: int) -> None:
        super().__init__(f"{folder} has gone back to a state from before mails that we have seen in it")
        self.uidvalidity = uidvalidity


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A mail as the server has it: where it stands, when it came (INTERNALDATE, aware UTC), its raw bytes."""

    folder: str
    uidvalidity: int
    uid: int
    tiba_at: datetime
    mentah: bytes = field(repr=False)
    terpotong: bool = False  # too large to fetch whole: `mentah` holds the headers only


class Inbox(Protocol):
    """A mailbox that is only ever read: no flag, no EXPUNGE, no deletion."""

    def fetch_new(self, folder: str, cursor: Cursor | None, since: date) -> Iterator[Sequence[Arrived]]:
        """Yield the mails beyond the cursor in batches, by ascending UID.

        Without a cursor, or when UIDVALIDITY has changed, every mail that arrived on `since` or later.

        Raises:
            InboxError: the connection failed; batches already yielded are good.
            WithheldError: everything before this one mail has been yielded.
            WentBackError: the cursor lies beyond what the folder has ever held; nothing was yielded.
            FolderMissingError: there is no such folder.
        """
        ...

    def fetch_again(self, folder: str, place: Cursor) -> Arrived | None:
        """Return a mail that was withheld before; None when it is gone, or the folder was made anew.

        Raises:
            InboxError: the connection failed.
            WithheldError: it is still listed and still not handed over.
        """
        ...


class Filing(Protocol):
    """The one thing that is ever changed in the mailbox: a mail may be moved into another folder of it."""

    def can_move(self) -> bool:
        """Tell whether the server can move (RFC 6851); without that nothing is moved.

        Raises:
            InboxError: the connection failed.
        """
        ...

    def move(self, folder: str, uidvalidity: int, uids: Sequence[int], to: Sequence[str]) -> bool:
        """Move mails to the folder with this path, which is made if it is missing; False when the server refuses.

        Raises:
            InboxError: the connection failed; some may have been moved.
        """
        ...


class SendError(Exception):
    """The letter was certainly not accepted; `permanent` ones are not tried again."""

    permanent = False


class TemporarySendError(SendError):
    """Connection refused, 4xx, quota: try later."""


class PermanentSendError(SendError):
    """5xx for the letter as a whole, or for every recipient."""

    permanent = True


class ConnectionSendError(TemporarySendError):
    """The connection is gone or was never there: the other letters would fare no better."""


class LoginSendError(ConnectionSendError):
    """The server refused name or password: stop the whole delivery for a while, do not hammer."""


class UncertainSendError(Exception):
    """The connection broke after DATA: nobody knows whether the server took the letter."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One recipient that the server refused while it took the letter for the others."""

    alamat: str
    jawaban: str  # "550 5.1.1 User unknown"
    tetap: bool


class MailerSession(Protocol):
    """One SMTP connection for a batch."""

    def send(self, raw: bytes, recipients: Sequence[str], copies: Sequence[str] = ()) -> tuple[Refusal, ...]:
        """Hand over the exact bytes for all recipients and copies; return those refused while others were taken.

        When no recipient is taken, nothing is sent to the copies either: a copy proves that somebody got the letter.

        Raises:
            TemporarySendError, PermanentSendError, LoginSendError, UncertainSendError
        """
        ...


class Mailer(Protocol):
    """Opens sessions with the mail server."""

    def session(self) -> AbstractContextManager[MailerSession]:
        """Open a connection; raises `TemporarySendError` or `LoginSendError`."""
        ...
