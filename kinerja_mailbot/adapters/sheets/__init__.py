"""The sheet reader: spreadsheets of strangers, read where they can do no harm."""

from __future__ import annotations

from kinerja_mailbot.adapters.sheets.reader import SandboxedSheetReader

__all__ = ["SandboxedSheetReader"]
