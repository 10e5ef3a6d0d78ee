"""The words of dropdowns that do not fit into a cell's own rule, on a hidden sheet."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.office_paper import put_text

LIST_SHEET = "_daftar"
_INLINE_LIMIT = 255  # characters: Excel's limit for a list inside the rule


class ListSheet:
    """Finds a place for each list of words, once; the sheet is made when the first list needs it."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._sheet: Worksheet | None = None
        self._sources: dict[tuple[str, ...], str] = {}

    def source(self, words: tuple[str, ...]) -> str:
        """Return the `formula1` of a list validation for these words."""
        inline = ",".join(words)
        if len(inline) <= _INLINE_LIMIT and not any("," in word or '"' in word for word in words):
            return f'"{inline}"'
        if words not in self._sources:
            self._sources[words] = self._add(words)
        return self._sources[words]

    def _add(self, words: tuple[str, ...]) -> str:
        if self._sheet is None:
            self._sheet = self._workbook.create_sheet(LIST_SHEET)
            self._sheet.sheet_state = "veryHidden"
        number = len(self._sources) + 1
        for row, word in enumerate(words, start=1):
            put_text(self._sheet.cell(row, number), word)
        letter = get_column_letter(number)
        return f"'{LIST_SHEET}'!${letter}$1:${letter}${len(words)}"
