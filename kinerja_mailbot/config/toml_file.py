"""Opening a TOML file: its contents as a `Table`, or the place where its writing goes wrong."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path

from kinerja_mailbot.config.problems import Findings
from kinerja_mailbot.config.table import Table, shown

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_SECRET = re.compile(r"pass|sandi", re.IGNORECASE)
_MEANING = {
    "Cannot overwrite a value": "kunci yang ditulis satu kali saja",
    "Cannot declare": "tabel yang ditulis satu kali saja",
    "Expected '=' after a key": 'tanda "=" sesudah nama kunci',
    "Expected ']'": 'tanda kurung siku penutup "]"',
    "Illegal character '\\n'": "tanda kutip penutup pada baris yang sama",
    "Unterminated string": "tanda kutip penutup",
    "Unclosed array": 'tanda kurung siku penutup "]"',
    "Unclosed inline table": 'tanda kurung kurawal penutup "}"',
    "Invalid value": 'nilai TOML: teks di antara tanda kutip, angka, true, false, tanggal, atau daftar "[ … ]"',
    "Unescaped '\\' in a string": "teks di antara tanda kutip tunggal bila memuat garis miring terbalik",
}


def open_toml(path: Path, findings: Findings) -> Table | None:
    """Return the file's top-level table; None when it can't be read, with the reason noted.

    A byte order mark, which Windows Notepad writes, is no obstacle.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        findings.add(str(path), "berkas tidak ada", "berkas konfigurasi TOML")
    except UnicodeDecodeError:
        findings.add(str(path), "berkas bukan teks UTF-8", "berkas TOML yang disimpan sebagai UTF-8")
    except OSError as error:
        findings.add(str(path), f"berkas tidak terbaca ({type(error).__name__})", "berkas yang boleh dibaca")
    else:
        return _parse(text, path, findings)
    return None


def _parse(text: str, path: Path, findings: Findings) -> Table | None:
    try:
        values: dict[str, object] = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        _note_syntax(str(error), text, path, findings)
        return None
    return Table(values, findings, file=path.name)


def _note_syntax(message: str, text: str, path: Path, findings: Findings) -> None:
    lines = text.splitlines() or [""]
    place = _PLACE.search(message)
    number, column = (int(place[1]), int(place[2])) if place else (len(lines), len(lines[-1]) + 1)
    line = lines[min(number, len(lines)) - 1].strip()
    # A line with a password in it is not repeated: messages end up in logs and letters.
    found = "baris tentang kata sandi" if _SECRET.search(line) else shown(line)
    expected = next((m for start, m in _MEANING.items() if start in message), "penulisan TOML yang sah")
    findings.add(f"baris {number}, kolom {column}", found, expected, berkas=path.name)
