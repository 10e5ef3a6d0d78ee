"""What a mail has brought: its files and its words, by their digests."""

from __future__ import annotations

from kinerja_mailbot.domain.evidence.digest import bytes_digest
from kinerja_mailbot.domain.mail.incoming import IncomingMail


def contents_of(mail: IncomingMail) -> dict[str, bytes]:
    """Return everything that a revision or data dukung may refer to, by its SHA-256; words may be a revision too."""
    words = mail.teks.encode(errors="replace")
    return {bytes_digest(words): words} | {file.sha256: file.isi for file in mail.lampiran}
