"""Opening what attachments came packed in, so that the rules see the files that were meant."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.form.workbook import CONTAINERS, FileKind, Obstacle, Unreadable
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.usecases.ports import Unpacker

_MAX_OPENED = 10  # containers of one mail: each may take the sandbox's whole time
_MAX_BYTES = 60 * 1024 * 1024  # of all files taken out of them


def with_contents(mail: IncomingMail, unpacker: Unpacker) -> IncomingMail:
    """Return the mail with the files of its containers in their places; one that can't be opened says why.

    A zip inside a zip stays closed. A winmail.dat and an attached Outlook item are only how a mail was wrapped, so a
    zip inside them is opened like any other.
    """
    if not any(item.jenis in CONTAINERS for item in mail.lampiran):
        return mail
    waiting = [(item, CONTAINERS) for item in reversed(mail.lampiran)]
    found: list[Attachment] = []
    opened, room = 0, _MAX_BYTES
    while waiting:
        item, openable = waiting.pop()
        if item.jenis not in openable:
            found.append(item)
            continue
        opened += 1
        if opened > _MAX_OPENED or room <= 0:
            found.append(replace(item, halangan=Obstacle.TOO_MANY))
            continue
        result = unpacker.unpack(item.isi)
        if isinstance(result, Unreadable):
            found.append(replace(item, halangan=result.obstacle))
            room = 0 if result.obstacle is Obstacle.TOO_SLOW else room  # who attacks the clock does it once a mail
            continue
        room -= sum(file.ukuran for file in result)
        inner = frozenset() if item.jenis is FileKind.ZIP else frozenset({FileKind.ZIP})
        waiting.extend((_taken_from(item, file), inner) for file in reversed(result))
    return replace(mail, lampiran=tuple(found))


def _taken_from(container: Attachment, file: Attachment) -> Attachment:
    from_a_mail = container.dari_surel_lampiran or container.jenis is FileKind.MSG
    return replace(file, wadah=container.nama, dari_surel_lampiran=from_a_mail)
