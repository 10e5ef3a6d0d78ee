"""Containers as programs make them: zips, a winmail.dat, and an Outlook item in its compound file."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Sequence

Named = tuple[str, bytes]

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096


def zipped(*files: Named, level: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", level) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()


def locked(*files: Named) -> bytes:
    """Return a zip whose entries say that they need a password (APPNOTE 4.4.4, bit 0)."""
    content = bytearray(zipped(*files))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


def winmail(*files: Named) -> bytes:
    """Return a winmail.dat as Exchange writes it ([MS-OXTNEF] 2.1.3)."""
    out = bytearray(struct.pack("<IH", 0x223E9F78, 1))
    out += _attribute(1, 0x9006, 8, struct.pack("<I", 0x10000))
    out += _attribute(1, 0x9007, 6, struct.pack("<II", 1252, 0))
    for name, content in files:
        title = name.encode("cp1252", "replace") + b"\0"
        out += _attribute(2, 0x9002, 6, struct.pack("<HIIIH", 1, 0xFFFFFFFF, 0, 0, 0)[:14])
        out += _attribute(2, 0x8010, 1, title)
        out += _attribute(2, 0x800F, 6, content)
        out += _attribute(2, 0x9005, 6, _long_name(name))
    return bytes(out)


def outlook_item(*files: Named | Sequence[Named]) -> bytes:
    """Return a .msg with these attachments; a sequence of files becomes an attached mail ([MS-OXMSG])."""
    return _compound_file(_item(files, bytes(32)))


Tree = dict[str, "bytes | Tree"]


def _item(files: Sequence[Named | Sequence[Named]], head: bytes) -> Tree:
    item: Tree = {"__properties_version1.0": head}
    for number, file in enumerate(files):
        name, content = file if isinstance(file[0], str) else ("", file)
        storage: Tree = {}
        if isinstance(content, bytes):
            shown = str(name).encode("utf-16-le")
            entries = _property(0x3707, 0x001F, len(shown) + 2) + _property(0x3701, 0x0102, len(content))
            storage["__substg1.0_3707001F"] = shown
            storage["__substg1.0_37010102"] = content
        else:
            entries = _property(0x3705, 0x0003, 5)  # afEmbeddedMessage
            storage["__substg1.0_3701000D"] = _item(tuple(content), bytes(24))  # type: ignore[arg-type]  # files
        storage["__properties_version1.0"] = bytes(8) + entries
        item[f"__attach_version1.0_#{number:08X}"] = storage
    return item


def _property(tag: int, kind: int, value: int) -> bytes:
    return struct.pack("<HHIII", kind, tag, 6, value, 0)


def _attribute(level: int, name: int, kind: int, content: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, kind, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)


def _long_name(name: str) -> bytes:
    shown = (name + "\0").encode("utf-16-le")
    return struct.pack("<IHHII", 1, 0x001F, 0x3707, 1, len(shown)) + shown + bytes(-len(shown) % 4)


class _Node:
    """An entry of the directory."""

    def __init__(self, name: str, kind: int, content: bytes = b"") -> None:
        self.name, self.kind, self.content = name, kind, content
        self.children: list[int] = []
        self.start, self.size = _END, len(content)


def _nodes(tree: Tree) -> list[_Node]:
    nodes = [_Node("Root Entry", 5)]

    def add(parent: int, inside: Tree) -> None:
        for name, content in inside.items():
            place = len(nodes)
            nodes[parent].children.append(place)
            if isinstance(content, bytes):
                nodes.append(_Node(name, 2, content))
            else:
                nodes.append(_Node(name, 1))
                add(place, content)

    add(0, tree)
    return nodes


def _compound_file(tree: Tree) -> bytes:
    """Return a compound file, version 3 ([MS-CFB]); siblings hang in one long branch, which readers accept."""
    nodes = _nodes(tree)
    small, small_table = _small_streams(nodes)
    nodes[0].content, nodes[0].size = small, len(small)
    sectors: list[bytes] = []
    table: list[int] = []

    def put(content: bytes, padding: bytes = b"\0") -> int:
        pieces = list(_pieces(content, _SECTOR, padding))
        first = len(sectors)
        sectors.extend(pieces)
        table.extend(range(first + 1, first + len(pieces)))
        table.extend([_END] if pieces else [])
        return first if pieces else _END

    for node in nodes:
        if node.kind in {2, 5} and (node.kind == 5 or node.size >= _CUTOFF):
            node.start = put(node.content)
    small_start = put(struct.pack(f"<{len(small_table)}I", *small_table), b"\xff")
    directory = put(b"".join(_entry(nodes, place) for place in range(len(nodes))))
    count = 1
    while (len(table) + count) * 4 > count * _SECTOR:
        count += 1
    first = len(sectors)
    table += [_FAT] * count
    sectors += list(_pieces(struct.pack(f"<{len(table)}I", *table), _SECTOR, b"\xff"))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    chain = -(-len(small_table) * 4 // _SECTOR)
    head += struct.pack("<IIIIIIIII", 0, count, directory, 0, _CUTOFF, small_start, chain, _END, 0)
    places = list(range(first, first + count)) + [_FREE] * (109 - count)
    return head + struct.pack("<109I", *places) + b"".join(sectors)


def _small_streams(nodes: list[_Node]) -> tuple[bytes, list[int]]:
    stream, table = b"", list[int]()
    for node in nodes:
        if node.kind != 2 or node.size >= _CUTOFF or not node.size:
            continue
        pieces = list(_pieces(node.content, _SMALL, b"\0"))
        node.start = len(table)
        table += [*range(len(table) + 1, len(table) + len(pieces)), _END]
        stream += b"".join(pieces)
    return stream, table


def _entry(nodes: list[_Node], place: int) -> bytes:
    node = nodes[place]
    siblings = next((parent.children for parent in nodes if place in parent.children), [])
    after = siblings.index(place) + 1 if siblings else 0
    right = siblings[after] if after < len(siblings) else _FREE
    name = node.name.encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack("<HBB", len(name) + 2, node.kind, 1)
    entry += struct.pack("<III", _FREE, right if siblings else _FREE, node.children[0] if node.children else _FREE)
    return entry + bytes(36) + struct.pack("<IQ", node.start if node.size else _END, node.size)


def _pieces(content: bytes, size: int, padding: bytes) -> Iterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size].ljust(size, padding)
