"""The computer that the service runs on."""

from __future__ import annotations

import shutil
from pathlib import Path


class ThisMachine:
    """See `Machine`; `place` is the folder whose disk fills, None where the database is another machine's."""

    def __init__(self, place: Path | None) -> None:
        self._place = place

    def free_space(self) -> int | None:
        """See `Machine`."""
        try:
            return None if self._place is None else shutil.disk_usage(self._place).free
        except OSError:
            return None
