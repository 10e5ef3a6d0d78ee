"""Composing: a letter that is owed becomes the exact bytes that will be sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from kinerja_mailbot.domain.mail.letter import Enclosure, FormFile, Letter, OutgoingMail, RekapFile, ReportFile
from kinerja_mailbot.usecases.ports import FormWriter, Letterhead, MailComposer, NamedFile, RekapWriter, ReportWriter

COPY = "tembusan"
"""Stands for the unit in a copy's Message-ID: whoever gets a copy can't prove himself as its first reader by it."""


@dataclass(frozen=True, slots=True)
class Press:
    """The tools that make a letter."""

    letterhead: Letterhead
    forms: FormWriter
    rekaps: RekapWriter
    composer: MailComposer
    reports: ReportWriter

    def compose(self, letters: tuple[Letter, ...], now: datetime) -> tuple[OutgoingMail, ...]:
        """Return the letters ready to send, in the same order, each followed by its copy if it has one."""
        return tuple(self._compose(each, now) for letter in letters for each in _with_copy(letter))

    def _compose(self, letter: Letter, now: datetime) -> OutgoingMail:
        files = tuple(NamedFile(item.nama, self._write(item)) for item in letter.lampiran)
        return self.composer.compose(letter, self.letterhead.render(letter), files, now)

    def _write(self, enclosure: Enclosure) -> bytes:
        match enclosure:
            case FormFile():
                return self.forms.write(enclosure)
            case RekapFile():
                return self.rekaps.write(enclosure.rekap)
            case ReportFile():
                return self.reports.write(enclosure.laporan)


def _with_copy(letter: Letter) -> Iterator[Letter]:
    """A copy is a letter of its own: neither the thread nor a signed form of somebody else travels with it."""
    yield replace(letter, tembusan=())
    if letter.tembusan:
        yield replace(
            letter,
            kunci=f"{letter.kunci}.{COPY}",
            kepada=letter.tembusan,
            tembusan=(),
            lampiran=tuple(item for item in letter.lampiran if not isinstance(item, FormFile)),
            utas=None,
            unit=COPY,
        )
