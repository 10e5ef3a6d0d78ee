"""What calamine 0.9 makes of files by Gnumeric, put right: indented .ods files, and percentages of the old .xls."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta

from kinerja_mailbot.adapters.sandboxed.answer import CellValue

_CONTENT = "content.xml"
_INDENTATION = re.compile(rb">[ \t\r]*\n\s*<")  # blanks without a line break may be part of a text
_LONGEST = 100 * 1024 * 1024  # bytes of content.xml; the reader has refused larger archives before
_DAY = timedelta(days=1)
_FIRST_DAY = datetime(1899, 12, 31)  # noqa: DTZ001  a cell knows no zone
_LEAP_DAY = 60  # the 29 February 1900 that never was (ECMA-376 part 1, 18.17.4.1)


def without_indentation(content: bytes) -> bytes:
    """Return an .ods without line breaks between its elements: calamine takes them for cells, and gives up.

    A file without any is returned as it is.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        sheets = source.read(_CONTENT)
        if len(sheets) > _LONGEST or _INDENTATION.search(sheets) is None:
            return content
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as target:
            for name in ("mimetype", "META-INF/manifest.xml", "styles.xml", "settings.xml"):
                if name in source.namelist():
                    target.writestr(name, source.read(name))
            target.writestr(_CONTENT, _INDENTATION.sub(b"><", sheets))
    return buffer.getvalue()


def undated(value: CellValue) -> CellValue:
    """Return the number behind a day of the year 1900: calamine takes the format 0.00"%" of some .xls for a date.

    No form asks for a day of that year. The 28 February stays a date, and will be asked about: it may be 59 or 60.

    >>> undated(datetime(1900, 3, 22, 12)), undated(time(4, 48)), undated(date(1900, 1, 1)), undated(date(2026, 1, 5))
    (82.5, 0.2, 1.0, datetime.date(2026, 1, 5))
    >>> undated(date(1900, 2, 28))
    datetime.date(1900, 2, 28)
    """
    match value:
        case time():
            passed = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
            return round((passed + timedelta(microseconds=value.microsecond)) / _DAY, 7)
        case datetime() if value.year <= 1900:
            days = (value - _FIRST_DAY) / _DAY
        case date() if not isinstance(value, datetime) and value.year <= 1900:
            days = float((value - _FIRST_DAY.date()).days)
        case _:
            return value
    if _LEAP_DAY - 1 <= days < _LEAP_DAY:
        return value
    return round(days if days < _LEAP_DAY else days + 1, 7)
