"""The timeline of the demo: every mail as it passes, in office time, and each kept as an .eml file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from kinerja_mailbot.adapters.store import MailLine
from kinerja_mailbot.demo.cast import ALL, BOT

_QUIET = timedelta(hours=1)
_NAMES = {person.alamat: person.nama.removeprefix("Nama ") for person in ALL} | {BOT: "bot"}
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(slots=True)
class Timeline:
    """Prints and keeps what passes."""

    console: Console
    clock: Callable[[], datetime]
    zone: ZoneInfo
    _seen: set[int] = field(default_factory=set)
    _kept: list[tuple[datetime, str, bytes]] = field(default_factory=list)
    _last: datetime | None = None

    def letter(self, sender: str, recipients: list[str], raw: bytes) -> None:
        """Record a mail that the server takes; called from its thread."""
        now = self.clock()
        subject = str(message_from_bytes(raw, policy=policy.default)["Subject"] or "(tanpa perihal)").strip()
        others = [address for address in recipients if address != BOT] or recipients
        to = ", ".join(_NAMES.get(address, address) for address in others)
        self._kept.append((now, f"{_NAMES.get(sender, sender)} - {subject}", raw))
        self._last = now
        name = _NAMES.get(sender, sender or "server")
        self._print(now, f"{name} → {to}", subject, "")

    def mails(self, lines: Sequence[MailLine]) -> None:
        """Say what became of the mails decided since the last time; own copies go without saying."""
        for line in sorted(lines, key=lambda line: line.id):
            if line.id in self._seen or line.state == "new":
                continue
            self._seen.add(line.id)
            if line.verdict != "own":
                who = _NAMES.get(line.pengirim, line.pengirim)
                self._print(self.clock(), f"bot membaca surel {who}", line.label, f"{line.verdict}: {line.alasan}")

    def is_quiet(self, now: datetime) -> bool:
        """Tell whether nothing has passed for an hour."""
        return self._last is not None and now - self._last > _QUIET

    def save_mails(self, folder: Path) -> None:
        """Write every mail as an .eml file, named by its moment and subject."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, (at, words, raw) in enumerate(self._kept, start=1):
            name = _UNSAFE.sub("-", words)[:80].strip("-")
            (folder / f"{number:03}-{at.astimezone(self.zone):%m%d-%H%M}-{name}.eml").write_bytes(raw)

    def _print(self, at: datetime, route: str, words: str, why: str) -> None:
        local = at.astimezone(self.zone)
        line = Text()
        line.append(f"{local:%d/%m %H.%M} ", style="dim")
        line.append(f"{route}: ", style="cyan" if route.startswith("bot ") else "green")
        line.append(words)
        if why:
            line.append(f"  ({why})", style="dim")
        self.console.print(line, soft_wrap=True)
