"""How a verified, logged-in IMAP connection comes about and ends."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailboxLoginError, MailBoxUnencrypted

from kinerja_mailbot.usecases.ports import InboxError, InboxLoginError, TokenError, TokenRefusedError, TokenSource

# RFC 5530: the server itself is unwell, or we are too many; the password may be right.
TEMPORARY_CODES = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[CONTACTADMIN]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccount:
    """Where the mailbox is; `timeout` in seconds holds for each answer of the server.

    With `tokens` the server takes a token in place of the password (XOAUTH2).
    """

    host: str
    port: int
    security: Literal["ssl", "starttls", "polos"]
    user: str
    password: str = field(repr=False)
    tokens: TokenSource | None = None
    ca_file: str | None = None
    timeout: float = 30.0


@dataclass(frozen=True, slots=True)
class Connection:
    """A logged-in connection with what the server said it can do."""

    mailbox: BaseMailBox
    capabilities: frozenset[str]
    tls: str | None


class _MailBoxVerifiedStartTls(MailBoxUnencrypted):
    """imap_tools' own STARTTLS class leaves its socket open when the certificate is refused."""

    def __init__(self, account: ImapAccount) -> None:
        self._ssl_context = ssl.create_default_context(cafile=account.ca_file)
        super().__init__(account.host, account.port, timeout=account.timeout)

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = super()._get_mailbox_client()
        try:
            client.starttls(self._ssl_context)
        except (imaplib.IMAP4.error, OSError):
            drop(client)
            raise
        return client


@contextmanager
def translated() -> Iterator[None]:
    """Turn whatever imaplib, imap_tools and the socket raise into `InboxError`."""
    try:
        yield
    except (imaplib.IMAP4.error, ImapToolsError, OSError) as error:
        raise InboxError(_words(error)) from error


def open_connection(account: ImapAccount) -> Connection:
    """Connect, verify the certificate, log in.

    Raises:
        InboxError: unreachable, not trusted, or the server is unwell.
        InboxLoginError: name or password refused.
    """
    if account.tokens is None:
        return _open(account)
    token = _token(account.tokens)
    try:
        return _open(account, token)
    except InboxLoginError:
        account.tokens.reject(token)  # tokens may be called back before their time
    return _open(account, _token(account.tokens))


def close(connection: Connection) -> None:
    """Log out politely; whatever goes wrong then does not matter any more."""
    with suppress(imaplib.IMAP4.error, ImapToolsError, OSError):
        connection.mailbox.logout()
    drop(connection.mailbox.client)


def drop(client: imaplib.IMAP4) -> None:
    """Close the socket without a word; for connections that are broken."""
    with suppress(OSError):
        client.shutdown()


def _open(account: ImapAccount, token: str = "") -> Connection:
    with translated():
        mailbox = _connect(account)
        try:
            _log_in(mailbox, account, token)
            # Asked again: many servers name IDLE and MOVE only to those who are logged in.
            _, answer = mailbox.client.capability()
        except (InboxError, imaplib.IMAP4.error, ImapToolsError, OSError):
            drop(mailbox.client)
            raise
    words = b" ".join(part for part in answer if isinstance(part, bytes)).decode("ascii", "replace")
    sock = mailbox.client.sock
    tls = sock.version() if isinstance(sock, ssl.SSLSocket) else None
    return Connection(mailbox, frozenset(words.upper().split()), tls)


def _token(tokens: TokenSource) -> str:
    try:
        return tokens.token()
    except TokenRefusedError as error:
        raise InboxLoginError(str(error)) from error
    except TokenError as error:
        raise InboxError(str(error)) from error


def _connect(account: ImapAccount) -> BaseMailBox:
    match account.security:
        case "ssl":
            context = ssl.create_default_context(cafile=account.ca_file)
            return MailBox(account.host, account.port, timeout=account.timeout, ssl_context=context)
        case "starttls":
            return _MailBoxVerifiedStartTls(account)
        case "polos":
            return MailBoxUnencrypted(account.host, account.port, timeout=account.timeout)


def _log_in(mailbox: BaseMailBox, account: ImapAccount, token: str) -> None:
    able = mailbox.client.capabilities
    plain = f"{account.user}{account.password}".isascii() and "LOGINDISABLED" not in able
    if token and "AUTH=XOAUTH2" not in able:
        raise InboxLoginError("the server does not offer AUTH XOAUTH2")
    if not token and "LOGINDISABLED" in able and "AUTH=PLAIN" not in able:
        raise InboxLoginError("the server takes no password on this connection (LOGINDISABLED)")
    try:
        if token:
            _log_in_by_token(mailbox.client, account.user, token)
        elif plain:
            mailbox.login(account.user, account.password, initial_folder=None)
        else:  # LOGIN carries ASCII only, AUTHENTICATE PLAIN carries UTF-8 (RFC 4616)
            mailbox.login_utf8(account.user, account.password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        words = _words(error)
        if any(code in words.upper() for code in TEMPORARY_CODES):
            raise InboxError(words) from error
        raise InboxLoginError(words) from error


def _log_in_by_token(client: imaplib.IMAP4, user: str, token: str) -> None:
    """Go through the XOAUTH2 exchange; imap_tools' own sends the token again where the server explains its refusal.

    The explanation is a challenge that wants an empty answer before the server says NO.
    """
    answers = iter((f"user={user}\x01auth=Bearer {token}\x01\x01".encode(),))
    client.authenticate("XOAUTH2", lambda _challenge: next(answers, b""))


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
