"""What the answers of an SMTP server mean: mended by waiting, by the admin, or not at all."""

from __future__ import annotations

from kinerja_mailbot.usecases.ports import LoginSendError, PermanentSendError, SendError, TemporarySendError

# RFC 4954: 530 authentication required, 534 mechanism too weak, 535 credentials invalid, 538 encryption required.
LOGIN_CODES = frozenset({530, 534, 535, 538})
# 552 is "storage exceeded" (RFC 5321): room can be made. 5.4.5 is Gmail's daily sending quota.
QUOTA_CODES = frozenset({552})
QUOTA_WORDS = ("5.4.5", "5.2.2")
TOO_LARGE = "5.3.4"  # RFC 3463: larger than the server takes; it will be as large tomorrow


def send_error(code: int, said: str) -> SendError:
    """Say what a refusal means: which can be mended by waiting, which by the admin, which not at all.

    >>> send_error(450, "4.2.0 Greylisted")
    TemporarySendError('450 4.2.0 Greylisted')
    >>> send_error(552, "5.2.2 Mailbox full")
    TemporarySendError('552 5.2.2 Mailbox full')
    >>> send_error(552, "5.3.4 Message too big")
    PermanentSendError('552 5.3.4 Message too big')
    >>> send_error(535, "5.7.8 Bad credentials")
    LoginSendError('535 5.7.8 Bad credentials')
    """
    text = f"{code} {said}"
    if code in LOGIN_CODES:
        return LoginSendError(text)
    quota = code in QUOTA_CODES or said.startswith(QUOTA_WORDS)
    if 500 <= code < 600 and (not quota or said.startswith(TOO_LARGE)):
        return PermanentSendError(text)
    return TemporarySendError(text)


def as_line(answer: bytes | str) -> str:
    """Return an answer as one line."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())
