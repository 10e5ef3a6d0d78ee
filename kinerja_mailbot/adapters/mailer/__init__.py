"""Hands letters to the office's mail server over SMTP: the only home of yagmail.

yagmail connects and logs in. Its `send()` is left alone: it logs in anew for every mail, hands the same mail over up to
three times when the line breaks after DATA, returns False instead of raising, and composes mails that spam filters
dislike. The exact bytes of the outbox go out step by step instead, because only MAIL, RCPT, DATA and the final answer
seen one by one tell "certainly not taken" from "nobody knows".
"""

from kinerja_mailbot.adapters.mailer.opening import SmtpAccount
from kinerja_mailbot.adapters.mailer.session import SmtpMailer, SmtpSession

__all__ = ["SmtpAccount", "SmtpMailer", "SmtpSession"]
