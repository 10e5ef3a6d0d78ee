"""Our own walk over the MIME tree: every leaf once, bounded in depth, number and size."""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from kinerja_mailbot.adapters.filekind import sniff
from kinerja_mailbot.adapters.mime.headers import Parsed, raw_headers
from kinerja_mailbot.adapters.mime.names import clean_name
from kinerja_mailbot.adapters.mime.tree import children_of, payload_of, read_tree
from kinerja_mailbot.domain.form.workbook import FileKind

MAX_DEPTH = 12
MAX_PARTS = 500
MAX_DECODED = 60 * 1024 * 1024  # bytes, all leaves of a mail together
_ENCODING = frozenset({"content-transfer-encoding"})
_CONTENT = frozenset({"content-type", "content-disposition"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A part that holds bytes, decoded, with what its headers and its place in the tree say."""

    tipe: str
    charset: str
    nama: str
    is_attached: bool  # Content-Disposition: attachment
    has_content_id: bool
    is_related: bool  # inside multipart/related: a picture of the text
    is_inside_mail: bool  # inside an attached message/rfc822
    jenis: FileKind
    isi: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tree:
    """All leaves in order, and the content types of the mail's own parts, the root first."""

    leaves: tuple[Leaf, ...]
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    depth: int = 0
    related: bool = False
    inside_mail: bool = False
    inside_report: bool = False


def walk(message: Parsed) -> Tree:
    """Return the tree; what lies beyond the bounds is left out."""
    return _Walk().run(message)


class _Walk:
    def __init__(self) -> None:
        self._leaves: list[Leaf] = []
        self._types: list[str] = []
        self._parts = 0
        self._decoded = 0

    def run(self, message: Parsed) -> Tree:
        waiting: list[tuple[Parsed, _Place]] = [(message, _Place())]
        while waiting and self._parts < MAX_PARTS:
            part, place = waiting.pop()
            self._parts += 1
            children = list(self._visit(part, place))[: MAX_PARTS - self._parts]
            waiting.extend(reversed(children))
        return Tree(tuple(self._leaves), tuple(self._types))

    def _visit(self, part: Parsed, place: _Place) -> Iterator[tuple[Parsed, _Place]]:
        declared = _declared(part)
        kind = declared.get_content_type()
        if not place.inside_mail:
            self._types.append(kind)
        if kind == "message/delivery-status" or (place.inside_report and kind == "message/rfc822"):
            return  # what a report returns is our own letter
        children = children_of(part)
        if children is not None:
            below = _Place(
                place.depth + 1,
                place.related or kind == "multipart/related",
                place.inside_mail or kind.startswith("message/"),
                place.inside_report or kind == "multipart/report",
            )
            if below.depth <= MAX_DEPTH:
                yield from ((child, below) for child in _opened(part, kind, children))
        elif leaf := self._leaf(part, declared, kind, place):
            attached = _attached_mail(leaf)
            if attached and place.depth < MAX_DEPTH:
                yield attached, _Place(place.depth + 1, inside_mail=True)
            else:
                self._leaves.append(leaf)

    def _leaf(self, part: Parsed, declared: Parsed, kind: str, place: _Place) -> Leaf | None:
        content = decoded(part, MAX_DECODED - self._decoded)
        if content is None:
            return None
        self._decoded += len(content)
        return Leaf(
            tipe=kind,
            charset=_parameter(declared, "charset"),
            nama=clean_name(declared),
            is_attached=_disposition(declared) == "attachment",
            has_content_id="content-id" in part,
            is_related=place.related,
            is_inside_mail=place.inside_mail,
            jenis=sniff(content),
            isi=content,
        )


def decoded(part: Parsed, room: int) -> bytes | None:
    """Return the bytes of a leaf without their transfer encoding, or None when they would not fit."""
    text = payload_of(part)
    if text is None:
        return b""
    if len(text) * 3 // 4 > room:
        return None
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError, binascii.Error):
        return text.encode("utf-8", "surrogateescape")
    return content if isinstance(content, bytes) else b""


def _opened(part: Parsed, kind: str, children: list[Parsed]) -> list[Parsed]:
    # RFC 2046 forbids to encode an attached mail as base64; programs do it, and the parser then sees a mail of noise.
    if not kind.startswith("message/"):
        return children
    encoding = " ".join(value for _, value in raw_headers(part, _ENCODING)).lower()
    if encoding not in {"base64", "quoted-printable"} or len(children) != 1:
        return children
    noise = payload_of(children[0])
    if noise is None or len(noise) > MAX_DECODED or list(children[0].raw_items()):
        return children
    wrapper: Parsed = Message()
    wrapper["Content-Transfer-Encoding"] = encoding
    wrapper.set_payload(noise)
    return [read_tree(decoded(wrapper, MAX_DECODED) or b"")]


def _attached_mail(leaf: Leaf) -> Parsed | None:
    is_mail = leaf.jenis is FileKind.EMAIL and (leaf.nama.lower().endswith(".eml") or leaf.tipe.startswith("message/"))
    return read_tree(leaf.isi) if is_mail else None


def _declared(part: Parsed) -> Parsed:
    """Return the part's content headers alone, with raw 8-bit made readable, for the library's parameter parser."""
    clean: Parsed = Message()
    for name, value in raw_headers(part, _CONTENT):
        if name not in clean:
            clean[name] = value
    return clean


def _disposition(declared: Parsed) -> str:
    return declared.get("content-disposition", "").partition(";")[0].strip().lower()


def _parameter(declared: Parsed, name: str) -> str:
    try:
        value = declared.get_param(name, "")
    except (ValueError, TypeError, LookupError):
        return ""
    return value[2] or "" if isinstance(value, tuple) else str(value or "")
