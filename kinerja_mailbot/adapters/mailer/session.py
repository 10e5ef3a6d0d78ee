"""One connection for a batch of letters, step by step from MAIL to the final answer."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import yagmail  # type: ignore[import-untyped]  # ships no types

from kinerja_mailbot.adapters.mailer.answers import as_line, send_error
from kinerja_mailbot.adapters.mailer.opening import SmtpAccount, hang_up, open_client
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
        self._client = open_client(self._account)

    def close(self) -> None:
        """Say QUIT; whatever goes wrong then does not matter any more."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(smtplib.SMTPException, OSError):
                client.smtp.quit()
            hang_up(client)

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
            words = as_line(answer)
            if code == 421 or code < 200:
                self._judge(code, answer)
            if code not in (250, 251, 252):
                failure = send_error(code, words)
                if isinstance(failure, LoginSendError):
                    raise failure
                refused.append(Refusal(address, f"{code} {words}", tetap=failure.permanent))
        return tuple(refused)

    def _data(self, smtp: smtplib.SMTP) -> None:
        code, answer = smtp.docmd("DATA")
        if code != 354:
            self._judge(code, answer)
            raise TemporarySendError(f"{code} {as_line(answer)} to DATA")

    def _judge(self, code: int, answer: bytes, *, uncertain: bool = False) -> None:
        """Raise what an answer means, unless it is a 2xx or 3xx."""
        words = as_line(answer)
        if 200 <= code < 400:
            return
        if code == 421 or code < 400:
            self._break_off()
        if code < 400 and uncertain:
            raise UncertainSendError(f"an answer that is none: {code} {words}")
        raise send_error(code, words)

    def _break_off(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            hang_up(client)


def _nobody_takes_it(refused: Sequence[Refusal]) -> SendError:
    reasons = "; ".join(f"{each.alamat}: {each.jawaban}" for each in refused)
    return (PermanentSendError if all(each.tetap for each in refused) else TemporarySendError)(reasons)


def _on_the_wire(raw: bytes) -> bytes:
    r"""Return the lines as DATA wants them: CRLF, dots doubled, the final dot (RFC 5321, section 4.5.2).

    >>> _on_the_wire(b"a\n.b\r\n")
    b'a\r\n..b\r\n.\r\n'
    """
    lines = _LINE_ENDS.sub(b"\r\n", raw)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return _LEADING_DOT.sub(b"..", lines) + b".\r\n"
