"""Numbers written as text: Indonesian, English, and the ones that may be either."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from kinerja_mailbot.domain.form.readers.typed import to_decimal


class Style(Enum):
    """How a number is written."""

    PLAIN = auto()  # 85
    INDONESIAN = auto()  # 85,5 and 1.234.567,89
    ENGLISH = auto()  # 1,234,567.50
    DOT_DECIMAL = auto()  # 12.5
    SPACED = auto()  # 1 234 567
    DOT_THREE = auto()  # 12.500: 12500 or 12,5
    COMMA_THREE = auto()  # 12,500: 12,5 or 12500


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number read from text; `value` is the Indonesian reading, `other` the English one when both are possible."""

    value: Decimal
    style: Style
    other: Decimal | None = None


# Order matters only for reading: no text fits two of the patterns.
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.PLAIN, re.compile(r"[0-9]+")),
    (Style.INDONESIAN, re.compile(r"[0-9]{1,3}(\.[0-9]{3}){2,}(,[0-9]+)?|[0-9]{1,3}\.[0-9]{3},[0-9]+")),
    (Style.ENGLISH, re.compile(r"[0-9]{1,3}(,[0-9]{3}){2,}(\.[0-9]+)?|[0-9]{1,3},[0-9]{3}\.[0-9]+")),
    (Style.SPACED, re.compile(r"[1-9][0-9]{0,2}( [0-9]{3})+(,[0-9]+)?")),
    (Style.DOT_THREE, re.compile(r"(?!0\.)[0-9]{1,3}\.[0-9]{3}")),
    (Style.COMMA_THREE, re.compile(r"(?!0,)[0-9]{1,3},[0-9]{3}")),
    # A zero before the mark, or another number of digits behind it, leaves only the decimal mark.
    (Style.INDONESIAN, re.compile(r"0,[0-9]{3}|[0-9]+,([0-9]{1,2}|[0-9]{4,})|[0-9]{4,},[0-9]{3}")),
    (Style.DOT_DECIMAL, re.compile(r"0\.[0-9]{3}|[0-9]+\.([0-9]{1,2}|[0-9]{4,})|[0-9]{4,}\.[0-9]{3}")),
)
_SIGNED = re.compile(r"\((?P<bracket>[^()]+)\)|(?P<before>-)\s*(?P<first>.+)|(?P<last>[^-]+?)\s*-")
_MOST_CHARACTERS = 40


def parse_numeral(text: str) -> Numeral | None:
    """Read a number as Indonesians write it, noticing what could be English; None when it is no clear number.

    >>> parse_numeral("1.234.567,89")
    Numeral(value=Decimal('1234567.89'), style=<Style.INDONESIAN: 2>, other=None)
    >>> parse_numeral("12.500")
    Numeral(value=Decimal('12500'), style=<Style.DOT_THREE: 6>, other=Decimal('12.5'))
    >>> parse_numeral("1.234.56") is None, parse_numeral("(1.000)").value
    (True, Decimal('-1000'))
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    if signed := _SIGNED.fullmatch(text):
        found = _unsigned((signed["bracket"] or signed["first"] or signed["last"]).strip())
        if found is None:
            return None
        return Numeral(-found.value, found.style, None if found.other is None else -found.other)
    return _unsigned(text)


def _unsigned(text: str) -> Numeral | None:
    style = next((style for style, pattern in _PATTERNS if pattern.fullmatch(text)), None)
    match style:
        case None:
            return None
        case Style.PLAIN | Style.INDONESIAN | Style.SPACED:
            return _numeral(_indonesian(text), style)
        case Style.ENGLISH | Style.DOT_DECIMAL:
            return _numeral(_english(text), style)
        case Style.DOT_THREE | Style.COMMA_THREE:
            return _numeral(_indonesian(text), style, _english(text))


def _numeral(value: Decimal, style: Style, other: Decimal | None = None) -> Numeral | None:
    number = to_decimal(value)
    return None if number is None else Numeral(number, style, None if other is None else to_decimal(other))


def _indonesian(text: str) -> Decimal:
    return Decimal(text.replace(" ", "").replace(".", "").replace(",", "."))


def _english(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
