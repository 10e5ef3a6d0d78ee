"""The formats of a workbook's cells, and the part of the file that lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from kinerja_mailbot.adapters.house_style import FONT, NAVY
from kinerja_mailbot.adapters.sheet_xml import DECLARATION, MAIN, attribute_xml

_LINE = "A9B4BF"
_BUILT_IN = {"General": 0, "0": 1, "#,##0": 3, "#,##0.00": 4}  # ECMA-376 18.8.30
_FIRST_OWN_FORMAT, _FIRST_OWN_FILL = 164, 2  # what lies below is given


class Border(Enum):
    """The lines around a cell."""

    NONE = ""
    BOX = "".join(
        f'<{side} style="thin"><color rgb="00{_LINE}"/></{side}>' for side in ("left", "right", "top", "bottom")
    )
    RULE = f'<left/><right/><top/><bottom style="medium"><color rgb="00{NAVY}"/></bottom>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a cell looks, and whether it may be changed; colours are RRGGBB, the size is in points."""

    size: int = 10
    bold: bool = False
    underline: bool = False
    color: str = "000000"
    fill: str = ""
    border: Border = Border.NONE
    horizontal: str = ""
    vertical: str = "center"
    wrap: bool = False
    indent: int = 0
    number_format: str = "General"
    locked: bool = True
    quoted: bool = False  # Excel takes what is typed for a text, whatever it begins with


PLAIN = Style(vertical="bottom")
"""The look of a cell that nobody has formatted."""


class Stylesheet:
    """The styles of one workbook in the order in which they were first needed; cells name them by number."""

    def __init__(self) -> None:
        self._numbers: dict[Style, int] = {PLAIN: 0}
        self._quoted: dict[int, int] = {}

    def number(self, style: Style) -> int:
        """Return the number of a style."""
        return self._numbers.setdefault(style, len(self._numbers))

    def quoted(self, number: int) -> int:
        """Return the same style for a text that looks like a formula."""
        if number not in self._quoted:
            style = next(style for style, known in self._numbers.items() if known == number)
            self._quoted[number] = self.number(replace(style, quoted=True))
        return self._quoted[number]

    def xml(self, highlights: tuple[str, ...]) -> str:
        """Return the part; `highlights` are the fills that conditions refer to, by their place."""
        return _stylesheet(tuple(self._numbers), highlights)


@lru_cache(maxsize=32)  # the forms of a period need a few different lists of styles
def _stylesheet(styles: tuple[Style, ...], highlights: tuple[str, ...]) -> str:
    own = _numbered(
        (style.number_format for style in styles if style.number_format not in _BUILT_IN), _FIRST_OWN_FORMAT
    )
    fonts, borders = _numbered(map(_font, styles)), _numbered(style.border.value for style in styles)
    fills = {"": 0} | _numbered((style.fill for style in styles if style.fill), _FIRST_OWN_FILL)
    formats = "".join(
        f'<xf numFmtId="{(_BUILT_IN | own)[style.number_format]}" fontId="{fonts[_font(style)]}" '
        f'fillId="{fills[style.fill]}" borderId="{borders[style.border.value]}" xfId="0"{_applied(style)}'
        for style in styles
    )
    return (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}">'
        + _list(
            "numFmts", [f'<numFmt numFmtId="{at}" formatCode="{attribute_xml(code)}"/>' for code, at in own.items()]
        )
        + _list("fonts", list(fonts))
        + _list(
            "fills",
            [f'<fill><patternFill patternType="{given}"/></fill>' for given in ("none", "gray125")]
            + [_fill(fill) for fill in fills if fill],
        )
        + _list("borders", [f"<border>{lines}</border>" for lines in borders])
        + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        + f'<cellXfs count="{len(styles)}">{formats}</cellXfs>'
        + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        + _list("dxfs", [f"<dxf>{_fill(color)}</dxf>" for color in highlights])
        + "</styleSheet>"
    )


def _numbered(items: Iterable[str], first: int = 0) -> dict[str, int]:
    return {item: number for number, item in enumerate(dict.fromkeys(items), start=first)}


def _list(name: str, items: list[str]) -> str:
    return f'<{name} count="{len(items)}">{"".join(items)}</{name}>' if items else ""


def _font(style: Style) -> str:
    bold, underline = "<b/>" * style.bold, "<u/>" * style.underline
    return f'<font>{bold}{underline}<sz val="{style.size}"/><color rgb="00{style.color}"/><name val="{FONT}"/></font>'


def _fill(color: str) -> str:
    rgb = f'rgb="00{color}"'
    return f'<fill><patternFill patternType="solid"><fgColor {rgb}/><bgColor {rgb}/></patternFill></fill>'


def _applied(style: Style) -> str:
    """Return the rest of a format: where its text stands, and whether it is locked."""
    if style == PLAIN:
        return "/>"
    horizontal = f' horizontal="{style.horizontal}"' if style.horizontal else ""
    wrap, indent = ' wrapText="1"' * style.wrap, f' indent="{style.indent}"' if style.indent else ""
    return (
        ' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"'
        + ' quotePrefix="1"' * style.quoted
        + f'><alignment{horizontal} vertical="{style.vertical}"{wrap}{indent}/>'
        + f'<protection locked="{int(style.locked)}"/></xf>'
    )
