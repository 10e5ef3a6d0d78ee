"""What the service and its child process agree on: which kinds are asked for, how long an answer may be."""

from __future__ import annotations

from kinerja_mailbot.domain.form.workbook import FileKind

KINDS = (
    FileKind.XLSX,
    FileKind.XLSM,
    FileKind.XLSB,
    FileKind.XLS,
    FileKind.ODS,
    FileKind.ZIP,
    FileKind.TNEF,
    FileKind.MSG,
)
"""A request names its kind by the place here."""

MAX_ANSWER = 32 * 1024 * 1024  # bytes
MAX_FILES = 20  # in a container
MAX_CONTENTS = 25 * 1024 * 1024  # bytes of all files of a container together
