"""The office's mailbox over IMAP: the only home of imap_tools.

imap_tools opens connections, logs in, opens folders, searches and speaks IDLE for us. Its `fetch()` is left alone: it
knows no INTERNALDATE, hands out parsed mails instead of the raw bytes, and pairs the parts of an answer two by two,
which loses mails with servers that answer in another shape. Its `flag()`, `delete()` and `move()` expunge a whole
folder. Nothing here ever writes but UID MOVE, where the office wants an archive, and APPEND, where it wants copies
of what was sent.
"""

from kinerja_mailbot.adapters.inbox.connection import ImapAccount
from kinerja_mailbot.adapters.inbox.reader import ImapInbox
from kinerja_mailbot.adapters.inbox.report import MailboxReport
from kinerja_mailbot.adapters.inbox.sent import ImapSentFolder
from kinerja_mailbot.adapters.inbox.watcher import ImapWatcher

__all__ = ["ImapAccount", "ImapInbox", "ImapSentFolder", "ImapWatcher", "MailboxReport"]
