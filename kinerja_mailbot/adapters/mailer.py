"""Hands letters to the office's mail server over SMTP: the only home of yagmail.

yagmail connects and logs in. Its `send()` is left alone: it logs in anew for every mail, hands the same mail over up to
three times when the line breaks after DATA, returns False instead of raising, and composes mails that spam filters
dislike. The exact bytes of the outbox go out step by step instead, because only MAIL, RCPT, DATA and the final answer
seen one by one tell "certainly not taken" from "nobody knows".
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

import yagmail  # type: ignore[import-untyped]  # ships no types

from kinerja_mailbot.usecases.ports import (
    ConnectionSendError,
    LoginSendError,
    PermanentSendError,
    Refusal,
    SendError,
    TemporarySendError,
    UncertainSendError,
)

_LINE_ENDS = re.compile(rb"\r\n|\n|\r")
# smtplib would quietly send to whatever it can make of other strings.
_ADDRESS = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")
_LEADING_DOT = re.compile(rb"(?m)^\.")

# RFC 4954: 530 authentication required, 534 mechanism too weak, 535 credentials invalid, 538 encryption required.
LOGIN_CODES = frozenset({530, 534, 535, 538})
# 552 is "storage exceeded" (RFC 5321): room can be made. 5.4.5 is Gmail's daily sending quota.
QUOTA_CODES = frozenset({552})
QUOTA_WORDS = ("5.4.5", "5.2.2")
TOO_LARGE = "5.3.4"  # RFC 3463: larger than the server takes; it will be as large tomorrow


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAccount:
    """Where letters are handed in; without `user` nobody logs in (loopback). `timeout` in seconds, for each answer."""

    host: str
    port: int
    security: Literal["ssl", "starttls", "polos"]
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    timeout: float = 30.0


class SmtpMailer:
    """See `Mailer`."""

    def __init__(self, account: SmtpAccount) -> None:
        self._account = account

    @contextmanager
    def session(self) -> Iterator[SmtpSession]:
        """See `Mailer`."""
        session = SmtpSession(self._account)
        session.open()
        try:
            yield session
        finally:
            session.close()


class SmtpSession:
    """See `MailerSession`. A line that broke is opened again by the next letter."""

    def __init__(self, account: SmtpAccount) -> None:
        self._account = account
        self._client: yagmail.Client | None = None

    def open(self) -> None:
        """Connect, verify the certificate, log in.

        Raises:
            TemporarySendError: unreachable, not trusted or busy.
            LoginSendError: name or password refused.
        """
        client = _client(self._account)
        try:
            client.login()
            client.smtp.ehlo_or_helo_if_needed()  # nobody said EHLO yet where nobody logs in
        except (smtplib.SMTPException, OSError, UnicodeEncodeError) as error:
            _hang_up(client)
            raise _opening_error(error) from error
        self._client = client

    def close(self) -> None:
        """Say QUIT; whatever goes wrong then does not matter any more."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(smtplib.SMTPException, OSError):
                client.smtp.quit()
            _hang_up(client)

    def send(self, raw: bytes, recipients: Sequence[str], copies: Sequence[str] = ()) -> tuple[Refusal, ...]:
        """See `MailerSession`."""
        smtp = self._ready()
        try:
            self._mail(smtp, raw)
            refused = self._recipients(smtp, recipients)
            if len(refused) == len(recipients):
                raise _nobody_takes_it(refused)
            refused += self._recipients(smtp, copies)
            self._data(smtp)
            smtp.send(_on_the_wire(raw))
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            # The final dot was not handed to the system: the server can't have taken the letter.
            self._break_off()
            raise TemporarySendError(f"the line broke before the letter was complete: {error}") from error
        try:
            code, answer = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._break_off()
            raise UncertainSendError(f"the line broke after the letter was complete: {error}") from error
        self._judge(code, answer, uncertain=True)
        return refused

    def _ready(self) -> smtplib.SMTP:
        """Return a connection that answers and is between two letters."""
        if self._client is not None:
            smtp: smtplib.SMTP = self._client.smtp
            try:
                code, _ = smtp.rset()
            except (smtplib.SMTPException, OSError):
                code = -1
            if code == 250:
                return smtp
            self._break_off()
        self.open()
        if self._client is None:
            raise ConnectionSendError("not connected")
        fresh: smtplib.SMTP = self._client.smtp
        return fresh

    def _mail(self, smtp: smtplib.SMTP, raw: bytes) -> None:
        options: list[str] = []
        if smtp.has_extn("size"):
            options.append(f"SIZE={len(raw)}")
        if not raw.isascii():
            if not smtp.has_extn("8bitmime"):
                raise PermanentSendError("the letter has 8-bit lines and the server takes only 7-bit ones")
            options.append("BODY=8BITMIME")
        code, answer = smtp.mail(self._account.sender, options)
        self._judge(code, answer)

    def _recipients(self, smtp: smtplib.SMTP, recipients: Sequence[str]) -> tuple[Refusal, ...]:
        refused: list[Refusal] = []
        for address in recipients:
            if _ADDRESS.fullmatch(address) is None:
                refused.append(Refusal(address, "not an address that SMTP can carry", tetap=True))
                continue
            code, answer = smtp.rcpt(address)
            words = _words(answer)
            if code == 421 or code < 200:
                self._judge(code, answer)
            if code not in (250, 251, 252):
                failure = _send_error(code, words)
                if isinstance(failure, LoginSendError):
                    raise failure
                refused.append(Refusal(address, f"{code} {words}", tetap=failure.permanent))
        return tuple(refused)

    def _data(self, smtp: smtplib.SMTP) -> None:
        code, answer = smtp.docmd("DATA")
        if code != 354:
            self._judge(code, answer)
            raise TemporarySendError(f"{code} {_words(answer)} to DATA")

    def _judge(self, code: int, answer: bytes, *, uncertain: bool = False) -> None:
        """Raise what an answer means, unless it is a 2xx or 3xx."""
        words = _words(answer)
        if 200 <= code < 400:
            return
        if code == 421 or code < 400:
            self._break_off()
        if code < 400 and uncertain:
            raise UncertainSendError(f"an answer that is none: {code} {words}")
        raise _send_error(code, words)

    def _break_off(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            _hang_up(client)


def _client(account: SmtpAccount) -> yagmail.Client:
    context = ssl.create_default_context(cafile=account.ca_file)
    client = yagmail.Client(
        user=account.user or account.sender,
        password=account.password or "",  # None would make yagmail ask at the keyboard
        host=account.host,
        port=account.port,
        smtp_ssl=account.security == "ssl",
        smtp_starttls={"context": context} if account.security == "starttls" else False,
        smtp_skip_login=not account.user,
        soft_email_validation=False,
        timeout=account.timeout,
        **({"context": context} if account.security == "ssl" else {}),
    )
    client.user = account.user or account.sender  # yagmail appends @gmail.com to names without @
    client.set_logging(None)
    return client


def _hang_up(client: yagmail.Client) -> None:
    client.is_closed = True  # else yagmail says QUIT again when the object dies
    smtp: smtplib.SMTP | None = client.smtp
    if smtp is not None:
        smtp.close()


def _opening_error(error: Exception) -> SendError:
    """Tell a refused password from a server that is unwell or away (454 is a temporary failure, RFC 4954)."""
    match error:
        case smtplib.SMTPResponseException():
            text = f"{error.smtp_code} {_words(error.smtp_error)}"
            final = isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code >= 500
            return LoginSendError(text) if final or error.smtp_code in LOGIN_CODES else ConnectionSendError(text)
        case UnicodeEncodeError():
            return LoginSendError("name or password has letters that SMTP AUTH can't carry")
        case smtplib.SMTPNotSupportedError() if "AUTH" in str(error):
            return LoginSendError(str(error))
    return ConnectionSendError(f"{type(error).__name__}: {error}")


def _nobody_takes_it(refused: Sequence[Refusal]) -> SendError:
    reasons = "; ".join(f"{each.alamat}: {each.jawaban}" for each in refused)
    return (PermanentSendError if all(each.tetap for each in refused) else TemporarySendError)(reasons)


def _send_error(code: int, words: str) -> SendError:
    """Say what a refusal means: which can be mended by waiting, which by the admin, which not at all.

    >>> _send_error(450, "4.2.0 Greylisted")
    TemporarySendError('450 4.2.0 Greylisted')
    >>> _send_error(552, "5.2.2 Mailbox full")
    TemporarySendError('552 5.2.2 Mailbox full')
    >>> _send_error(552, "5.3.4 Message too big")
    PermanentSendError('552 5.3.4 Message too big')
    >>> _send_error(535, "5.7.8 Bad credentials")
    LoginSendError('535 5.7.8 Bad credentials')
    """
    text = f"{code} {words}"
    if code in LOGIN_CODES:
        return LoginSendError(text)
    quota = code in QUOTA_CODES or words.startswith(QUOTA_WORDS)
    if 500 <= code < 600 and (not quota or words.startswith(TOO_LARGE)):
        return PermanentSendError(text)
    return TemporarySendError(text)


def _on_the_wire(raw: bytes) -> bytes:
    r"""Return the lines as DATA wants them: CRLF, dots doubled, the final dot (RFC 5321, section 4.5.2).

    >>> _on_the_wire(b"a\n.b\r\n")
    b'a\r\n..b\r\n.\r\n'
    """
    lines = _LINE_ENDS.sub(b"\r\n", raw)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return _LEADING_DOT.sub(b"..", lines) + b".\r\n"


def _words(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())
