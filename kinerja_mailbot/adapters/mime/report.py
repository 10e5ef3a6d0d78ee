"""What a delivery report says: whom it is about, whether for good, and which of our letters it answers (RFC 3464)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kinerja_mailbot.adapters.mime.headers import Parsed, decode_words, message_ids, raw_headers, unfold
from kinerja_mailbot.adapters.mime.parts import MAX_DEPTH, MAX_PARTS, decoded
from kinerja_mailbot.adapters.mime.tree import children_of, read_tree
from kinerja_mailbot.domain.mail.incoming import DeliveryReport, IncomingMail

_MAX_RAW = 200_000  # bytes: a report stands before the mail that it returns
_MAX_TEXT = 100_000
_NOT_ABOUT_DELIVERY = frozenset({"message/disposition-notification", "message/feedback-report"})
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.])([45]\d\d)[ \-]")
_ORIGINAL_ID = re.compile(r"^[ \t>]*(?:x-)?(?:original-)?message-id:[ \t]*\r?\n?[ \t]*(<[^<>\s]{1,900}>)", re.I | re.M)
_FULL = re.compile(
    r"over ?quota|quota exceeded|exceeded .{0,30}quota|mailbox (?:is )?full|full mailbox|out of storage|penuh", re.I
)
_DELAYED = re.compile(r"delayed|delay\)|tertunda|warning: (?:could not|message)|will (?:keep trying|be retried)", re.I)
_WORDS = re.compile(r"^.{0,200}\b(?:5\d\d|4\d\d|[45]\.\d{1,3}\.\d{1,3})\b.{0,200}$", re.M)
_ADDRESS = re.compile(r"[^\s<>;,\"]{1,128}@[^\s<>;,\"]{1,255}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failure:
    alamat: tuple[str, ...]
    tetap: bool
    status: str = ""
    keterangan: str = ""


def read_report(mail: IncomingMail, raw: bytes, text: str) -> DeliveryReport | None:
    """Return the report of a mail that is known to be one, or None where no failing address is found."""
    if not _NOT_ABOUT_DELIVERY.isdisjoint(mail.tipe):
        return None
    message = read_tree(raw[:_MAX_RAW])
    parts = _parts(message)
    failures = _from_status_parts(parts) or _from_header(mail, text) or _from_text(mail, message, text)
    worst = [f for f in failures if f.tetap] or failures
    if not worst:
        return None
    return DeliveryReport(
        alamat=tuple(dict.fromkeys(address for failure in worst for address in failure.alamat)),
        tetap=worst[0].tetap,
        status=worst[0].status,
        keterangan=worst[0].keterangan,
        message_id_asal=_original_id(mail, parts, text),
    )


def _parts(message: Parsed) -> tuple[Parsed, ...]:
    found: list[Parsed] = []
    waiting = [(message, 0)]
    while waiting and len(found) < MAX_PARTS:
        part, depth = waiting.pop(0)
        found.append(part)
        if depth < MAX_DEPTH:
            waiting += [(child, depth + 1) for child in (children_of(part) or [])[:MAX_PARTS]]
    return tuple(found)


def _from_status_parts(parts: tuple[Parsed, ...]) -> tuple[_Failure, ...]:
    failures: list[_Failure] = []
    for part in parts:
        if part.get_content_type() in {"message/delivery-status", "message/global-delivery-status"}:
            for block in children_of(part) or ():
                failures += _of_block(dict(raw_headers(block)))
    return tuple(failures)


def _of_block(fields: dict[str, str]) -> tuple[_Failure, ...]:
    # The address as we wrote it (Original-Recipient) before the one that it was rewritten to.
    named = (fields.get(name, "") for name in ("original-recipient", "final-recipient", "x-actual-recipient"))
    address = next((found[0].lower() for value in named if (found := _ADDRESS.search(value.rpartition(";")[2]))), "")
    status = _first(_STATUS, fields.get("status", ""))
    words = decode_words(fields.get("diagnostic-code", "").removeprefix("smtp;").strip())
    action = fields.get("action", "").split("(")[0].strip().lower()
    if not address or action in {"delivered", "relayed", "expanded"} or status.startswith("2"):
        return ()
    is_final = action.startswith(("fail", "error")) or (not action and status.startswith("5"))
    tetap = is_final and not status.startswith("4") and not _is_full(status, words)
    return (_Failure(alamat=(address,), tetap=tetap, status=status, keterangan=words[:300]),)


def _from_header(mail: IncomingMail, text: str) -> tuple[_Failure, ...]:
    listed = " ".join(mail.headers("x-failed-recipients"))
    addresses = tuple(dict.fromkeys(address.lower() for address in _ADDRESS.findall(listed)))
    return _described(addresses, mail.subjek, text, is_final=True) if addresses else ()


def _from_text(mail: IncomingMail, message: Parsed, text: str) -> tuple[_Failure, ...]:
    import flufl.bounce  # noqa: PLC0415  hundreds of patterns for the few reports that follow no standard

    try:
        temporary, permanent = flufl.bounce.all_failures(message)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        return ()  # its detectors trust the standard library's parser, which hostile mails break
    found = permanent or temporary
    addresses = sorted(address.decode("ascii", "replace").lower() for address in found)
    plausible = tuple(address for address in addresses if _ADDRESS.fullmatch(address))
    return _described(plausible, mail.subjek, text, is_final=bool(permanent)) if plausible else ()


def _described(addresses: tuple[str, ...], subject: str, text: str, *, is_final: bool) -> tuple[_Failure, ...]:
    words = " ".join(_first(_WORDS, text).split())
    code = _first(_REPLY_CODE, words)
    status = _first(_STATUS, words) or (f"{code[0]}.0.0" if code else "")
    is_delayed = bool(_DELAYED.search(subject)) or status.startswith("4")
    tetap = is_final and not is_delayed and not _is_full(status, text)
    return (_Failure(alamat=addresses, tetap=tetap, status=status, keterangan=words[:300]),)


def _is_full(status: str, words: str) -> bool:
    # A full mailbox is not a dead address: 5.2.2, 5.4.5 (Gmail's daily limit), SMTP 552.
    return status in {"5.2.2", "5.4.5"} or bool(re.search(r"(?<!\d)552[ \-]", words)) or bool(_FULL.search(words))


def _original_id(mail: IncomingMail, parts: tuple[Parsed, ...], text: str) -> str:
    for part in parts[1:]:
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            body = (decoded(part, _MAX_TEXT) or b"").decode("utf-8", "replace")
            if found := _first(_ORIGINAL_ID, body):
                return found
        returned = message_ids([unfold(str(value)) for value in part.get_all("message-id", [])[:1]])
        if returned:
            return returned[0]
    return _first(_ORIGINAL_ID, text) or next(iter(mail.thread_ids()), "")


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return (found[1] if pattern.groups else found[0]) if found else ""
