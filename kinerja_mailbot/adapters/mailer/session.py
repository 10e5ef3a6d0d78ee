"""One connection for a batch of letters, step by step from MAIL to the final answer."""

from __future__ import annotations

import re
import smtplib
import socket
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
        self._session: SmtpSession | None = None

    @contextmanager
    def session(self) -> Iterator[SmtpSession]:
        """See `Mailer`."""
        session = self._session = SmtpSession(self._account)
        session.open()
        try:
            yield session
        finally:
            self._session = None
            session.close()

    def interrupt(self) -> None:
        """Break the line, from another thread: whoever waits for the server's answer gets an error instead."""
        if self._session is not None:
            self._session.interrupt()


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

    def interrupt(self) -> None:
        """Break the line, from another thread."""
        client = self._client
        sock: socket.socket | None = None if client is None else client.smtp.sock
        if sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)  # past TLS, whose state is the other thread's

    def send(self, raw: bytes, recipients: Sequence[str], copies: Sequence[str] = ()) -> tuple[Refusal, ...]:
        """See `MailerSession`."""
        smtp = self._ready()
        try:
            refused = self._envelope(smtp, raw, recipients, copies)
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

    def _envelope(
        self, smtp: smtplib.SMTP, raw: bytes, recipients: Sequence[str], copies: Sequence[str]
    ) -> tuple[Refusal, ...]:
        """Say from whom and to whom; nothing counts before DATA, so that a broken line takes it all back."""
        named = [address for address in (*recipients, *copies) if _ADDRESS.fullmatch(address)]
        answers = _answers(smtp, [self._mail(smtp, raw), *(f"RCPT TO:<{address}>" for address in named)])
        self._judge(*next(answers))
        refused = self._refusals(recipients, answers)
        if len(refused) == len(recipients):
            raise _nobody_takes_it(refused)
        return refused + self._refusals(copies, answers)

    def _mail(self, smtp: smtplib.SMTP, raw: bytes) -> str:
        command = f"MAIL FROM:{smtplib.quoteaddr(self._account.sender)}"
        if smtp.has_extn("size"):
            command += f" SIZE={len(raw)}"
        if not raw.isascii():
            if not smtp.has_extn("8bitmime"):
                raise PermanentSendError("the letter has 8-bit lines and the server takes only 7-bit ones")
            command += " BODY=8BITMIME"
        return command

    def _refusals(self, recipients: Sequence[str], answers: Iterator[tuple[int, bytes]]) -> tuple[Refusal, ...]:
        refused: list[Refusal] = []
        for address in recipients:
            if _ADDRESS.fullmatch(address) is None:
                refused.append(Refusal(address, "not an address that SMTP can carry", tetap=True))
                continue
            code, answer = next(answers)
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


def _answers(smtp: smtplib.SMTP, commands: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    """Yield the answer to each command; where the server can (RFC 2920), all are said at once and heard at once."""
    if smtp.has_extn("pipelining"):
        smtp.send("".join(f"{command}\r\n" for command in commands))
        yield from [smtp.getreply() for _ in commands]  # an answer left unheard would be taken for the next letter's
        return
    for command in commands:
        yield smtp.docmd(command)


def _nobody_takes_it(refused: Sequence[Refusal]) -> SendError:
    reasons = "; ".join(f"{each.alamat}: {each.jawaban}" for each in refused)
    return (PermanentSendError if all(each.tetap for each in refused) else TemporarySendError)(reasons)


def _on_the_wire(raw: bytes) -> bytes:
    r"""Return the lines as DATA wants them: CRLF, dots doubled, the final dot (RFC 5321, section 4.5.2).

    >>> _on_the_wire(b"a\n.b\r\n")
    b'a\r\n..b\r\n.\r\n'
    """
    pairs = raw.count(b"\r\n")
    lines = raw if raw.count(b"\n") == pairs == raw.count(b"\r") else _LINE_ENDS.sub(b"\r\n", raw)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    if lines.startswith(b".") or b"\n." in lines:
        lines = _LEADING_DOT.sub(b"..", lines)
    return lines + b".\r\n"
