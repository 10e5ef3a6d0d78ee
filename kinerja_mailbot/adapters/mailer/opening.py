"""How a verified, logged-in SMTP connection comes about and ends."""

from __future__ import annotations

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import yagmail  # type: ignore[import-untyped]  # ships no types

from kinerja_mailbot.adapters.mailer.answers import LOGIN_CODES, as_line
from kinerja_mailbot.usecases.ports import (
    ConnectionSendError,
    LoginSendError,
    SendError,
    TokenError,
    TokenRefusedError,
    TokenSource,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAccount:
    """Where letters are handed in; without `user` nobody logs in (loopback). `timeout` in seconds, for each answer."""

    host: str
    port: int
    security: Literal["ssl", "starttls", "polos"]
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tokens: TokenSource | None = None  # where the server takes tokens in place of the password (XOAUTH2)
    ca_file: str | None = None
    timeout: float = 30.0


def open_client(account: SmtpAccount) -> yagmail.Client:
    """Connect, verify the certificate, log in.

    Raises:
        TemporarySendError: unreachable, not trusted or busy; or there is no token now.
        LoginSendError: name, password or token refused.
    """
    if account.tokens is None:
        return _open(account)
    token = _token(account.tokens)
    try:
        return _open(account, token)
    except LoginSendError:
        account.tokens.reject(token)  # tokens may be called back before their time
    return _open(account, _token(account.tokens))


def hang_up(client: yagmail.Client) -> None:
    """Close the connection without a word."""
    client.is_closed = True  # else yagmail says QUIT again when the object dies
    smtp: smtplib.SMTP | None = client.smtp
    if smtp is not None:
        smtp.close()


def _open(account: SmtpAccount, token: str = "") -> yagmail.Client:
    client = _client(account)
    try:
        client.login()
        client.smtp.ehlo_or_helo_if_needed()  # nobody said EHLO yet where nobody logs in
        if token:
            _authenticate(client.smtp, "XOAUTH2", f"user={account.user}\x01auth=Bearer {token}\x01\x01", "")
        elif account.user and not _by_yagmail(account):
            _log_in_utf8(client.smtp, account.user, account.password or "")
    except (smtplib.SMTPException, OSError) as error:
        hang_up(client)
        raise _opening_error(error) from error
    return client


def _token(tokens: TokenSource) -> str:
    try:
        return tokens.token()
    except TokenRefusedError as error:
        raise LoginSendError(str(error)) from error
    except TokenError as error:
        raise ConnectionSendError(str(error)) from error


def _by_yagmail(account: SmtpAccount) -> bool:
    """Tell whether yagmail can log in: smtplib beneath it knows neither tokens nor letters outside ASCII."""
    return bool(account.user) and account.tokens is None and f"{account.user}{account.password}".isascii()


def _client(account: SmtpAccount) -> yagmail.Client:
    # Reading the authorities of the whole world takes longer than handing in a letter.
    context = None if account.security == "polos" else ssl.create_default_context(cafile=account.ca_file)
    client = yagmail.Client(
        user=account.user or account.sender,
        password=account.password or "",  # None would make yagmail ask at the keyboard
        host=account.host,
        port=account.port,
        smtp_ssl=account.security == "ssl",
        smtp_starttls={"context": context} if account.security == "starttls" else False,
        smtp_skip_login=not _by_yagmail(account),
        soft_email_validation=False,
        timeout=account.timeout,
        **({"context": context} if account.security == "ssl" else {}),
    )
    client.user = account.user or account.sender  # yagmail appends @gmail.com to names without @
    client.set_logging(None)
    return client


def _log_in_utf8(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """Log in with any letters: PLAIN carries UTF-8 (RFC 4616), and servers read LOGIN the same way."""
    if "PLAIN" in _offered(smtp) or "LOGIN" not in _offered(smtp):
        _authenticate(smtp, "PLAIN", f"\0{user}\0{password}")
    else:
        _authenticate(smtp, "LOGIN", user, password)


def _authenticate(smtp: smtplib.SMTP, mechanism: str, *answers: str) -> None:
    """Go through one SASL exchange (RFC 4954); a refused XOAUTH2 token wants an empty line before it says so."""
    if mechanism not in _offered(smtp):
        raise smtplib.SMTPNotSupportedError(f"the server does not offer AUTH {mechanism}")
    first, *rest = (b64encode(answer.encode()).decode() for answer in answers)
    code, said = smtp.docmd("AUTH", f"{mechanism} {first}")
    for answer in rest:
        if code != 334:
            break
        code, said = smtp.docmd(answer)
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, said)


def _offered(smtp: smtplib.SMTP) -> Sequence[str]:
    return smtp.esmtp_features.get("auth", "").upper().split()


def _opening_error(error: Exception) -> SendError:
    """Tell a refused password from a server that is unwell or away (454 is a temporary failure, RFC 4954)."""
    match error:
        case smtplib.SMTPResponseException():
            text = f"{error.smtp_code} {as_line(error.smtp_error)}"
            final = isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code >= 500
            return LoginSendError(text) if final or error.smtp_code in LOGIN_CODES else ConnectionSendError(text)
        case smtplib.SMTPNotSupportedError() if "AUTH" in str(error):
            return LoginSendError(str(error))
    return ConnectionSendError(f"{type(error).__name__}: {error}")
