"""Composing: a letter that is owed becomes the exact bytes that will be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain.mail.letter import Enclosure, FormFile, Letter, OutgoingMail, RekapFile
from kinerja_mailbot.usecases.ports import FormWriter, Letterhead, MailComposer, NamedFile, RekapWriter


@dataclass(frozen=True, slots=True)
class Press:
    """The tools that make a letter."""

    letterhead: Letterhead
    forms: FormWriter
    rekaps: RekapWriter
    composer: MailComposer

    def compose(self, letters: tuple[Letter, ...], now: datetime) -> tuple[OutgoingMail, ...]:
        """Return the letters ready to send, in the same order."""
        return tuple(self._compose(letter, now) for letter in letters)

    def _compose(self, letter: Letter, now: datetime) -> OutgoingMail:
        files = tuple(NamedFile(item.nama, self._write(item)) for item in letter.lampiran)
        return self.composer.compose(letter, self.letterhead.render(letter), files, now)

    def _write(self, enclosure: Enclosure) -> bytes:
        match enclosure:
            case FormFile():
                return self.forms.write(enclosure)
            case RekapFile():
                return self.rekaps.write(enclosure.rekap)
