"""The hidden identity of a form: which request it belongs to, and the proof that we made it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

META_SHEET = "_meta"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMeta:
    """What the hidden `_meta` sheet says; `tanda` is the HMAC over the rest (`sign_meta`)."""

    format: str
    versi: int
    unit: str
    periode: str
    nonce: str
    tanda: str = ""


def sign_meta(meta: FormMeta, key: bytes) -> str:
    """Return the HMAC-SHA256 (hex, 32 characters) that binds a form to its unit, period and request.

    >>> meta = FormMeta(format="f", versi=1, unit="umum", periode="2026-TW3", nonce="n")
    >>> len(sign_meta(meta, b"key")), sign_meta(meta, b"key") == sign_meta(meta, b"other")
    (32, False)
    """
    parts = (meta.format, str(meta.versi), meta.unit, meta.periode, meta.nonce)
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()[:32]


def is_genuine(meta: FormMeta, key: bytes) -> bool:
    """Tell whether this office's bot made the form."""
    return hmac.compare_digest(sign_meta(meta, key), meta.tanda)


def identity_pairs(meta: FormMeta) -> tuple[tuple[str, str], ...]:
    """Return what the hidden sheet holds, line by line: a key and its word."""
    return (
        ("format", meta.format),
        ("versi", str(meta.versi)),
        ("unit", meta.unit),
        ("periode", meta.periode),
        ("nonce", meta.nonce),
        ("tanda", meta.tanda),
    )
