"""Opening zips, winmail.dat and Outlook items in the sandbox; their files come out as attachments."""

from __future__ import annotations

import hashlib
import json
from itertools import accumulate, pairwise

from kinerja_mailbot.adapters.filekind import sniff
from kinerja_mailbot.adapters.mime.names import safe_name
from kinerja_mailbot.adapters.sandboxed.exchange import MAX_FILES
from kinerja_mailbot.adapters.sheets.limits import MAX_SIZE, zip_obstacle
from kinerja_mailbot.adapters.sheets.sandbox import Sandbox
from kinerja_mailbot.domain.form.workbook import CONTAINERS, FileKind, Obstacle, Unreadable
from kinerja_mailbot.domain.mail.incoming import Attachment

_EMPTY_ZIP = b"PK\x05\x06"


class SandboxedUnpacker:
    """See `Unpacker`. Shares the sandbox of the sheet reader, which closes it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def unpack(self, content: bytes) -> tuple[Attachment, ...] | Unreadable:
        """See `Unpacker`."""
        kind = sniff(content)
        if obstacle := _obstacle_before_opening(content, kind):
            return Unreadable(kind, obstacle)
        answer = self._sandbox.ask(content, kind)
        if isinstance(answer, Obstacle):
            return Unreadable(kind, answer)
        try:
            files = _decode(answer)
        except (ValueError, TypeError, RecursionError):  # a child that was taken over may say anything
            return Unreadable(kind, Obstacle.DAMAGED)
        if isinstance(files, Obstacle):
            return Unreadable(kind, files)
        # A winmail.dat without files is only how Outlook keeps the looks of a text; the others were meant to hold some.
        return files if files or kind is FileKind.TNEF else Unreadable(kind, Obstacle.EMPTY)


def _obstacle_before_opening(content: bytes, kind: FileKind) -> Obstacle | None:
    if kind not in CONTAINERS:
        return Obstacle.NOT_A_WORKBOOK
    if len(content) > MAX_SIZE:
        return Obstacle.TOO_LARGE
    if kind is not FileKind.ZIP:
        return None
    return Obstacle.EMPTY if content.startswith(_EMPTY_ZIP) else zip_obstacle(content)


def _decode(answer: bytes) -> tuple[Attachment, ...] | Obstacle:
    head, _, contents = answer.partition(b"\n")
    fields = json.loads(head)
    if not isinstance(fields, dict):
        raise TypeError("an object was expected")
    if "obstacle" in fields:
        return Obstacle(fields["obstacle"])
    listed = [_listed(item) for item in fields.get("files", ())]
    ends = list(accumulate((size for _, size in listed), initial=0))
    if len(listed) > MAX_FILES or ends[-1] != len(contents):
        raise ValueError("the files are not those that were listed")
    return tuple(
        _attachment(name or f"berkas-{number}", contents[start:end])
        for number, ((name, _), (start, end)) in enumerate(zip(listed, pairwise(ends), strict=True), start=1)
    )


def _listed(item: object) -> tuple[str, int]:
    match item:
        case [str(name), int(size)] if size >= 0:
            return safe_name(name), size
        case _:
            raise TypeError("a name and a size were expected")


def _attachment(name: str, content: bytes) -> Attachment:
    return Attachment(
        nama=name,
        jenis=sniff(content),
        tipe="application/octet-stream",
        ukuran=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        isi=content,
    )
