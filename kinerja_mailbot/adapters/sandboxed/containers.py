"""The files inside a zip, a winmail.dat or an Outlook item; only ever opened in the child process.

`tnefparse` and `oxmsg` take for granted that what they read is well made: whatever they raise is the file's damage, and
whatever they eat is bounded by the limits of the process.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from olefile import OleFileIO
from oxmsg.attachment import Attachment
from oxmsg.storage import Storage
from tnefparse import TNEF
from tnefparse.tnef import TNEFAttachment

from kinerja_mailbot.adapters.sandboxed.exchange import MAX_CONTENTS, MAX_FILES
from kinerja_mailbot.adapters.sandboxed.refusals import LockedError, TooLargeError, TooManyError
from kinerja_mailbot.domain.form.workbook import FileKind

_MAX_DEPTH = 2  # mails forwarded inside an Outlook item
_ENCRYPTED = 0x1  # APPNOTE 4.4.4, bit 0
_UTF8 = 0x800  # bit 11
_SHORT_NAME = 0x3704  # [MS-OXPROPS] PidTagAttachFilename; the library knows the long one
_ATTACHED_ITEM = "__substg1.0_3701000D"  # [MS-OXMSG] 2.2.2.1: the storage of an attached mail
# What systems add by themselves; nobody means to send it.
_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")

NamedBytes = tuple[str, bytes]


def unpack(content: bytes, kind: FileKind) -> list[NamedBytes]:
    """Return the files of a container as they come; what is packed inside them stays so.

    Raises:
        LockedError, TooLargeError, TooManyError: or anything at all when the container is broken.
    """
    match kind:
        case FileKind.ZIP:
            files = _from_zip(content)
        case FileKind.TNEF:
            files = _from_winmail(content)
        case _:
            files = _from_msg(content)
    kept: list[NamedBytes] = []
    room = MAX_CONTENTS
    for name, file in files:
        room -= len(file)
        if room < 0:
            raise TooLargeError
        kept.append((name, file))
        if len(kept) > MAX_FILES:
            raise TooManyError
    return kept


def _from_zip(content: bytes) -> Iterator[NamedBytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [entry for entry in archive.infolist() if not (entry.is_dir() or _is_litter(entry.filename))]
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise LockedError
        if len(entries) > MAX_FILES:
            raise TooManyError
        for entry in entries:
            with archive.open(entry) as part:  # never trusts the declared size: the read is bounded
                yield _readable_name(entry), part.read(MAX_CONTENTS + 1)


def _is_litter(name: str) -> bool:
    low = name.lower().replace("\\", "/")
    return low.startswith(_LITTER) or low.rpartition("/")[2].startswith((*_LITTER, "._"))


def _readable_name(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")  # macOS writes UTF-8 and does not say so
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename


def _from_winmail(content: bytes) -> Iterator[NamedBytes]:
    tnef = TNEF(content, do_checksum=False)
    files = list(_from_tnef(tnef))
    if tnef.attachments and not files:  # the library takes a stream that was cut for one that has ended
        raise ValueError("attachments are announced, and none is there")
    yield from files


def _from_tnef(tnef: TNEF, depth: int = 0) -> Iterator[NamedBytes]:
    for attachment in tnef.attachments:
        inner = getattr(attachment, "embed", None)
        if inner is not None:
            if depth < _MAX_DEPTH:
                yield from _from_tnef(inner, depth + 1)
        elif isinstance(attachment.data, bytes) and attachment.data:
            yield _tnef_name(attachment), attachment.data


def _tnef_name(attachment: TNEFAttachment) -> str:
    try:
        return str(attachment.long_filename()).strip("\x00 ")
    except UnicodeDecodeError:  # the short name, in a code page that the library does not ask for
        return ""


def _from_msg(content: bytes) -> Iterator[NamedBytes]:
    with OleFileIO(io.BytesIO(content)) as ole:
        yield from _from_item(Storage.from_ole(ole))


def _from_item(item: Storage, depth: int = 0) -> Iterator[NamedBytes]:
    for storage in item.iter_attachment_storages():
        attachment = Attachment(storage)
        inner = next((child for child in storage.storages if child.name == _ATTACHED_ITEM), None)
        if inner is not None:
            if depth < _MAX_DEPTH:
                yield from _from_item(inner, depth + 1)
        elif file := attachment.file_bytes:
            yield attachment.file_name or attachment.properties.str_prop_value(_SHORT_NAME) or "", file
