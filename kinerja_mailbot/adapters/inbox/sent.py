"""Copies of sent letters by APPEND, in the folder that the server marks as the one of sent mail (RFC 6154)."""

from __future__ import annotations

from collections.abc import Sequence

from imap_tools import BaseMailBox

from kinerja_mailbot.adapters.inbox.connection import ImapAccount, close, open_connection, translated
from kinerja_mailbot.adapters.inbox.drawers import make_folder
from kinerja_mailbot.usecases.ports.sent_folder import SentLetter

BY_MARK = "otomatis"
_MARK = "\\sent"


class ImapSentFolder:
    """See `SentFolder`; `folder` is a path with "/", or `BY_MARK` for the one that the server marks."""

    def __init__(self, account: ImapAccount, folder: str) -> None:
        self._account = account
        self._folder = folder

    def keep(self, letters: Sequence[SentLetter]) -> None:
        """See `SentFolder`."""
        connection = open_connection(self._account)
        try:
            with translated():
                folder = self._name(connection.mailbox)
                connection.mailbox.folder.set(folder, readonly=True)
                for letter in letters:
                    if not connection.mailbox.uids(f'HEADER Message-ID "{letter.message_id}"', charset=None):
                        connection.mailbox.append(letter.mentah, folder, letter.at, ["\\Seen"])
        finally:
            close(connection)

    def _name(self, mailbox: BaseMailBox) -> str:
        if self._folder != BY_MARK:
            return make_folder(mailbox, tuple(self._folder.split("/")))
        marked = (each.name for each in mailbox.folder.list() if _MARK in {flag.lower() for flag in each.flags})
        return next(marked, None) or make_folder(mailbox, ("Sent",))
