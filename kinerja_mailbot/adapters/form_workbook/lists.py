"""The words of dropdowns that do not fit into a cell's own rule, on a hidden sheet."""

from __future__ import annotations

from kinerja_mailbot.adapters.form_workbook.stylesheet import Stylesheet
from kinerja_mailbot.adapters.form_workbook.worksheet import Worksheet
from kinerja_mailbot.adapters.sheet_xml import column_letter

LIST_SHEET = "_daftar"
_INLINE_LIMIT = 255  # characters: Excel's limit for a list inside the rule


class ListSheet:
    """Finds a place for each list of words, once."""

    def __init__(self, styles: Stylesheet) -> None:
        self._sheet = Worksheet(title=LIST_SHEET, styles=styles, hidden=True, protected=False)
        self._sources: dict[tuple[str, ...], str] = {}

    def source(self, words: tuple[str, ...]) -> str:
        """Return the formula of a list validation for these words."""
        inline = ",".join(words)
        if len(inline) <= _INLINE_LIMIT and not any("," in word or '"' in word for word in words):
            return f'"{inline}"'
        if words not in self._sources:
            self._sources[words] = self._add(words)
        return self._sources[words]

    @property
    def sheet(self) -> Worksheet | None:
        """Return the sheet, if any list needed it."""
        return self._sheet if self._sources else None

    def _add(self, words: tuple[str, ...]) -> str:
        number = len(self._sources) + 1
        for row, word in enumerate(words, start=1):
            self._sheet.put(row, number, word, 0)
        letter = column_letter(number)
        return f"'{LIST_SHEET}'!${letter}$1:${letter}${len(words)}"
