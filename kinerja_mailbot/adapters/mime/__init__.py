"""Raw mail bytes become an `IncomingMail`; the standard library's parser sits behind bounds that no bytes escape."""

from __future__ import annotations

from kinerja_mailbot.adapters.mime.fingerprint import fingerprint
from kinerja_mailbot.adapters.mime.glance import sender_and_subject
from kinerja_mailbot.adapters.mime.parser import MimeParser
from kinerja_mailbot.adapters.mime.trace import read_trace

__all__ = ["MimeParser", "fingerprint", "read_trace", "sender_and_subject"]
