"""The record of what stands in the way of reading a folder on: withheld mails, and a folder that has gone back."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kinerja_mailbot.usecases.ports.mail_servers import Cursor


class WithheldRecord(Protocol):
    """The part of the store that `collect` needs; each method is one transaction."""

    def withhold(self, folder: str, place: Cursor, now: datetime) -> bool:
        """Count an attempt in vain; after the third the cursor steps over the mail. Tell whether it does."""
        ...

    def withheld(self, folder: str, since: datetime) -> tuple[Cursor, ...]:
        """Return the mails of a folder that were stepped over and last tried before then, oldest first."""
        ...

    def handed_over(self, folder: str, place: Cursor, now: datetime) -> None:
        """Note that a mail which was stepped over has come after all, or is gone."""
        ...

    def read_anew(self, folder: str, uidvalidity: int, now: datetime) -> None:
        """Forget how far the folder was read and what stood where in it: all of it will be read once more."""
        ...
