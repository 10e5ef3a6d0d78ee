"""Files of strangers, read where they can do no harm: spreadsheets, and the containers that they come in."""

from __future__ import annotations

from kinerja_mailbot.adapters.sheets.reader import SandboxedSheetReader
from kinerja_mailbot.adapters.sheets.unpacker import SandboxedUnpacker

__all__ = ["SandboxedSheetReader", "SandboxedUnpacker"]
