"""The gate between values and Markdown: what a person typed is shown as typed and can never become markup."""

from __future__ import annotations

import string
import unicodedata

# A numeric character reference "cannot be used in place of symbols indicating structure" (CommonMark 0.31, 2.5), so
# that one table of 32 characters covers emphasis, links, HTML, headings, lists, code and the borders of table cells.
_REFERENCES = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation}
_HIDDEN = frozenset(
    {"Cc", "Cf", "Cs", "Co", "Cn"}
)  # controls, bidi overrides, zero widths, lone surrogates, private use


def escape_value(value: object) -> str:
    """Return the value for a Markdown template: one line, every mark of punctuation as a character reference.

    >>> escape_value("a|b\\n# c"), escape_value(3)
    ('a&#124;b &#35; c', '3')

    Raises:
        TypeError: the value is neither text nor a whole number; templates get finished words, never None.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(f"a template shows text and whole numbers, not {type(value).__name__}")
    text = str(value)
    plain = text.isascii() and text.isprintable()
    visible = text if plain else "".join(_visible(mark) for mark in text)
    return " ".join(visible.split()).translate(_REFERENCES)


def _visible(mark: str) -> str:
    if mark.isspace():
        return " "
    return "" if unicodedata.category(mark) in _HIDDEN else mark
