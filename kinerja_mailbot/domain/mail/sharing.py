"""Which links lead to a file that somebody meant to send."""

from __future__ import annotations

import re

# Storage and transfer services, and the shorteners that offices here print on everything.
_HOSTS = (
    "docs.google.com",
    "drive.google.com",
    "sheets.google.com",
    "1drv.ms",
    "onedrive.live.com",
    "sharepoint.com",
    "dropbox.com",
    "db.tt",
    "we.tl",
    "wetransfer.com",
    "mega.nz",
    "mediafire.com",
    "terabox.com",
    "1024terabox.com",
    "box.com",
    "icloud.com",
    "transfernow.net",
    "sendgb.com",
    "s.id",
    "bit.ly",
    "tinyurl.com",
    "linktr.ee",
    "shorturl.at",
    "cutt.ly",
    "t.ly",
    "heyl.link",
)
_LINK = re.compile(r"(?:https?://|\b)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}/[^\s<>\"]{1,2000}", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://)?(?:[^/@\s]*@)?(?P<host>[A-Za-z0-9.-]+)(?::\d+)?(?P<path>/\S*)?", re.IGNORECASE)


def points_to_a_file(url: str) -> bool:
    """Tell whether a link leads to a shared file, as far as its host says.

    >>> points_to_a_file("https://drive.google.com/file/d/1/view"), points_to_a_file("s.id/DataTW3")
    (True, True)
    >>> points_to_a_file("https://kab-sorong.kpu.go.id/"), points_to_a_file("https://drive.google.com")
    (False, False)
    """
    found = _ADDRESS.fullmatch(url.strip())
    if found is None or not (found["path"] or "").strip("/"):
        return False
    host = found["host"].casefold().rstrip(".")
    return any(host == known or host.endswith(f".{known}") for known in _HOSTS)


def shares_a_file(text: str, links: tuple[str, ...] = ()) -> bool:
    """Tell whether a text, or one of the links beside it, leads to a shared file.

    >>> shares_a_file("Datanya di s.id/DataTW3 ya"), shares_a_file("Lihat lhp.kpu.go.id/a")
    (True, False)
    """
    return any(points_to_a_file(link) for link in (*_LINK.findall(text), *links))
