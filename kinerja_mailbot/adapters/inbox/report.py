"""What a mailbox can do and has, for the `check` command."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailboxReport:
    """What the `check` command wants to know; `tls` is None on a plain connection."""

    tls: str | None
    idle: bool
    move: bool
    uidplus: bool
    folder: tuple[tuple[str, bool], ...]
