"""Moving mails into other folders by UID MOVE (RFC 6851) and by nothing else.

Where a server has no MOVE, mails stay where they are: COPY and then \\Deleted would need an EXPUNGE, which destroys
what people have marked for deletion. imap_tools' own `move()` does just that.
"""

from __future__ import annotations

import imaplib
import re
from collections.abc import Sequence
from contextlib import suppress

from imap_tools import BaseMailBox, ImapToolsError
from imap_tools.utils import encode_folder

from kinerja_mailbot.adapters.inbox.position import told

_OWN = re.compile(rb'\(\("(?P<prefix>[^"]*)" "(?P<mark>[^"]|\\.)"')
_SEPARATOR = re.compile(rb'\([^)]*\) (?:"(?P<mark>[^"]|\\.)"|NIL)')


def move_mails(mailbox: BaseMailBox, folder: str, uidvalidity: int, uids: Sequence[int], target: str) -> bool:
    """Move the mails; False when the folder has been made anew (its UIDs mean other mails) or the server says NO."""
    mailbox.folder.set(folder)
    try:
        if told(mailbox, "UIDVALIDITY") != uidvalidity:
            return False
        answer: object = mailbox.client.uid("MOVE", ",".join(map(str, uids)), encode_folder(target).decode("ascii"))[0]
        return answer == "OK"
    finally:
        with suppress(ImapToolsError):
            mailbox.folder.set(folder, readonly=True)  # nothing on this connection shall be able to write after this


def make_folder(mailbox: BaseMailBox, path: Sequence[str]) -> str:
    """Return the full name of the folder with this path, made if it is missing."""
    name = full_name(mailbox, path)
    if not mailbox.folder.exists(name):
        mailbox.folder.create(name)
        with suppress(ImapToolsError):  # mail programs show subscribed folders only
            mailbox.folder.subscribe(name, True)
    return name


def folders_below(mailbox: BaseMailBox, path: Sequence[str]) -> tuple[str, ...]:
    """Return the full names of the folders inside the one with this path, by name."""
    inside = full_name(mailbox, (*path, ""))
    return tuple(sorted(one.name for one in mailbox.folder.list(search_args=f"{inside}*") if one.name != inside))


def full_name(mailbox: BaseMailBox, path: Sequence[str]) -> str:
    """Return the name by which this server knows the folder.

    Some keep all folders inside INBOX and refuse to make one beside it (Cyrus, Courier); a path that begins with INBOX
    already says so.
    """
    prefix, mark = _namespace(mailbox)
    name = mark.join(path)
    return name if f"{name}{mark}".casefold().startswith(prefix.casefold()) else f"{prefix}{name}"


def _namespace(mailbox: BaseMailBox) -> tuple[str, str]:
    """Ask for the prefix of a person's own folders and the mark between them (RFC 2342)."""
    try:
        _, answer = mailbox.client.namespace()
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:  # servers from before 1998, or with less
        answer = []
    found = next((_OWN.match(line) for line in answer if isinstance(line, bytes)), None)
    if found is None:
        return "", _separator(mailbox)
    return found["prefix"].decode("ascii", "replace"), found["mark"].decode()[-1]


def _separator(mailbox: BaseMailBox) -> str:
    """Ask for the mark between a folder and those inside it (RFC 3501, section 6.3.8)."""
    _, answer = mailbox.client.list('""', '""')
    found = next((_SEPARATOR.match(line) for line in answer if isinstance(line, bytes)), None)
    return found["mark"].decode()[-1] if found and found["mark"] else "/"
