"""Checking a received workbook: from raw cells to judged cells and the record that results."""

from __future__ import annotations

from kinerja_mailbot.domain.form.checked import CheckedForm, StoredCell
from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.form.identity import FormMeta
from kinerja_mailbot.domain.form.workbook import RawWorkbook


def find_meta(workbook: RawWorkbook) -> FormMeta | None:
    """Return what the hidden `_meta` sheet says, genuine or not; None when there is none."""
    raise NotImplementedError


def recognise(workbook: RawWorkbook, forms: tuple[tuple[str, Form], ...]) -> str | None:
    """Return the unit id whose form this looks like by headers and kode, without `_meta`; None if none or several."""
    raise NotImplementedError


def check_form(form: Form, workbook: RawWorkbook, prior: tuple[StoredCell, ...] = ()) -> CheckedForm:
    """Judge every input cell of the form and merge what is good with what was stored before.

    A cell of the record is replaced by a newer value, never erased by an empty one; an open list is replaced as a whole
    when the received list has any row. Completeness is judged on the merged record.
    """
    raise NotImplementedError
