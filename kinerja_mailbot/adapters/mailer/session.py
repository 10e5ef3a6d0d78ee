"""One connection for a batch of letters, step by step from MAIL to the final answer."""

from __future__ import annotations

import re
import smtplib
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import yagmail  # type: ignore[import-untyped]  # ships no types

from kinerja_mailbot.adapters.mailer.answers import as_line, send_error
from kinerja_mailbot.adapters.mailer.dialogue import Dialogue
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
        self._data_at_once = True  # until the server would not have a letter: see `_hear_out`

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
        said = self._begin(raw, [one for one in (*recipients, *copies) if _ADDRESS.fullmatch(one)])
        try:
            refused = self._envelope(said, recipients, copies)
            self._data(said)
            said.letter(_on_the_wire(raw))
        except SendError:
            self._hear_out(said)
            raise
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            # The final dot was not handed to the system: the server can't have taken the letter.
            self._break_off()
            raise TemporarySendError(f"the line broke before the letter was complete: {error}") from error
        try:
            code, answer = said.answer()
        except (smtplib.SMTPException, OSError) as error:
            self._break_off()
            raise UncertainSendError(f"the line broke after the letter was complete: {error}") from error
        self._judge(code, answer, uncertain=True)
        return refused

    def _begin(self, raw: bytes, addresses: Sequence[str]) -> Dialogue:
        """Return the way from MAIL to DATA on a line that answers and is between two letters."""
        if self._client is not None:
            said = self._dialogue(self._client.smtp, raw, addresses, "RSET")
            try:
                code, _ = said.answer()
            except (smtplib.SMTPException, OSError):
                code = -1
            if code == 250:
                return said
            self._break_off()
        self.open()
        if self._client is None:
            raise ConnectionSendError("not connected")
        return self._dialogue(self._client.smtp, raw, addresses)

    def _dialogue(self, smtp: smtplib.SMTP, raw: bytes, addresses: Sequence[str], *first: str) -> Dialogue:
        """Group what is said at once: all up to DATA, which ends a group, where the server listens ahead (RFC 2920)."""
        commands = [*first, self._mail(smtp, raw), *(f"RCPT TO:<{address}>" for address in addresses), "DATA"]
        if not smtp.has_extn("pipelining"):
            return Dialogue(smtp, [[command] for command in commands])
        return Dialogue(smtp, [commands] if self._data_at_once else [commands[:-1], commands[-1:]])

    def _envelope(self, said: Dialogue, recipients: Sequence[str], copies: Sequence[str]) -> tuple[Refusal, ...]:
        """Hear from whom and to whom; nothing counts before the letter, so that a broken line takes it all back."""
        self._judge(*said.answer())
        refused = self._refusals(said, recipients)
        if len(refused) == len(recipients):
            raise _nobody_takes_it(refused)
        return refused + self._refusals(said, copies)

    def _mail(self, smtp: smtplib.SMTP, raw: bytes) -> str:
        command = f"MAIL FROM:{smtplib.quoteaddr(self._account.sender)}"
        if smtp.has_extn("size"):
            command += f" SIZE={len(raw)}"
        if not raw.isascii():
            if not smtp.has_extn("8bitmime"):
                raise PermanentSendError("the letter has 8-bit lines and the server takes only 7-bit ones")
            command += " BODY=8BITMIME"
        return command

    def _refusals(self, said: Dialogue, recipients: Sequence[str]) -> tuple[Refusal, ...]:
        refused: list[Refusal] = []
        for address in recipients:
            if _ADDRESS.fullmatch(address) is None:
                refused.append(Refusal(address, "not an address that SMTP can carry", tetap=True))
                continue
            code, answer = said.answer()
            words = as_line(answer)
            if code == 421 or code < 200:
                self._judge(code, answer)
            if code not in (250, 251, 252):
                failure = send_error(code, words)
                if isinstance(failure, LoginSendError):
                    raise failure
                refused.append(Refusal(address, f"{code} {words}", tetap=failure.permanent))
        return tuple(refused)

    def _data(self, said: Dialogue) -> None:
        code, answer = said.answer()
        if code != 354:
            self._judge(code, answer)
            raise TemporarySendError(f"{code} {as_line(answer)} to DATA")

    def _hear_out(self, said: Dialogue) -> None:
        """Leave a line that is between two letters, or none.

        DATA may be taken although the letter is not for anybody, or for our own mailbox alone. RFC 2920 has a lone dot
        for that, which would be a letter to us: hanging up is none. As a line is lost by it, DATA waits from then on.
        """
        self._data_at_once = False
        if self._client is None:
            return
        try:
            waits = said.hear_out()
        except (smtplib.SMTPException, OSError):
            waits = True
        if waits:
            self._break_off()

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
    pairs = raw.count(b"\r\n")
    lines = raw if raw.count(b"\n") == pairs == raw.count(b"\r") else _LINE_ENDS.sub(b"\r\n", raw)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    if lines.startswith(b".") or b"\n." in lines:
        lines = _LEADING_DOT.sub(b"..", lines)
    return lines + b".\r\n"
