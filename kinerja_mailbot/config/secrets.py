"""Passwords: from the environment, from a file that it names, or from systemd's credentials; never from the TOML."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from kinerja_mailbot.config.problems import Findings

IMAP_PASSWORD = "KINERJA_IMAP_PASSWORD"  # noqa: S105 - the variable's name
SMTP_PASSWORD = "KINERJA_SMTP_PASSWORD"  # noqa: S105 - the variable's name
OAUTH_CLIENT_SECRET = "KINERJA_OAUTH_CLIENT_SECRET"  # noqa: S105 - the variable's name
OAUTH_REFRESH_TOKEN = "KINERJA_OAUTH_REFRESH_TOKEN"  # noqa: S105 - the variable's name


def places(variable: str) -> str:
    """Return where a secret may stand, as a message says it."""
    return f"variabel lingkungan {variable}, {variable}_FILE, atau kredensial systemd {variable.lower()}"


def read_secret(variable: str, environ: Mapping[str, str], findings: Findings) -> str | None:
    """Return the secret, or None when no source has it; an unreadable or empty source is a problem.

    The order is: the variable itself, the file named by `<variable>_FILE`, `$CREDENTIALS_DIRECTORY/<variable in lower
    case>` (systemd LoadCredential=).
    """
    if variable in environ:
        return _not_empty(variable, environ[variable], findings)
    if f"{variable}_FILE" in environ:
        return _read_file(f"{variable}_FILE", Path(environ[f"{variable}_FILE"]), findings)
    if "CREDENTIALS_DIRECTORY" in environ:
        credential = Path(environ["CREDENTIALS_DIRECTORY"]) / variable.lower()
        return _read_file("CREDENTIALS_DIRECTORY", credential, findings) if credential.exists() else None
    return None


def _read_file(kunci: str, path: Path, findings: Findings) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        findings.add(kunci, f"berkas {path} yang tidak terbaca ({_reason(error)})", "berkas teks berisi kata sandi")
        return ""
    return _not_empty(kunci, text.rstrip("\r\n"), findings)


def _not_empty(kunci: str, secret: str, findings: Findings) -> str:
    if not secret:
        findings.add(kunci, "kosong", "kata sandi")
    # RFC 8265 section 4.2: keyboards compose letters in several ways, servers compare one.
    return unicodedata.normalize("NFC", secret)


def _reason(error: OSError | UnicodeDecodeError) -> str:
    match error:
        case FileNotFoundError():
            return "tidak ada"
        case PermissionError():
            return "tidak diizinkan"
        case UnicodeDecodeError():
            return "bukan teks UTF-8"
        case _:
            return "galat sistem"
