"""The tables of the store, as the newest migration leaves them.

Raw mails have tables of their own: SQLite writes a whole row again when one of its columns changes, and labels
change often. States are readable text, so that an administrator can look into the file with any tool.
"""

from __future__ import annotations

from kinerja_mailbot.adapters.tables.base import (
    SafeText,
    Table,
    UtcDateTime,
    safe_text,
)
from kinerja_mailbot.adapters.tables.mail import (
    CursorRow,
    LetterBytesRow,
    LetterRow,
    MailBytesRow,
    MailRow,
    RecipientRow,
    SightingRow,
    WithheldRow,
)
from kinerja_mailbot.adapters.tables.people import AppointmentRow, PetitionRow
from kinerja_mailbot.adapters.tables.period import (
    ExtensionRow,
    PauseRow,
    PeriodRow,
    RequestRow,
    StepRow,
)
from kinerja_mailbot.adapters.tables.record import (
    AbsenceRow,
    AddressRow,
    EditionCellsRow,
    EditionRow,
    JournalRow,
    SecretRow,
)
from kinerja_mailbot.adapters.tables.submission import (
    AnalysisRow,
    EvidenceRow,
    SubmissionRow,
    ValueRow,
)
from kinerja_mailbot.adapters.tables.watch import MemoryRow, ReviewRow

__all__ = [
    "AbsenceRow",
    "AddressRow",
    "AnalysisRow",
    "AppointmentRow",
    "CursorRow",
    "EditionCellsRow",
    "EditionRow",
    "EvidenceRow",
    "ExtensionRow",
    "JournalRow",
    "LetterBytesRow",
    "LetterRow",
    "MailBytesRow",
    "MailRow",
    "MemoryRow",
    "PauseRow",
    "PeriodRow",
    "PetitionRow",
    "RecipientRow",
    "RequestRow",
    "ReviewRow",
    "SafeText",
    "SecretRow",
    "SightingRow",
    "StepRow",
    "SubmissionRow",
    "Table",
    "UtcDateTime",
    "ValueRow",
    "WithheldRow",
    "safe_text",
]
