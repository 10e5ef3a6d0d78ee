"""A folder in which commands are given, as a person at the server gives them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from kinerja_mailbot.cli import main
from kinerja_mailbot.config import init_files
from tests.databases import database_in
from tests.servers import MailSystem

BOT = "kinerja@kpu.example"
PASSWORD = "rahasia"


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, object]]:
        """The objects that `--json` printed."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True, slots=True)
class Shell:
    """Gives commands in a folder."""

    folder: Path
    captured: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str | Path) -> Result:
        """Give one command; whatever is no polite ending fails the test by itself."""
        self.captured.readouterr()
        with pytest.raises(SystemExit) as ending:
            main([str(argument) for argument in arguments])
        said = self.captured.readouterr()
        code = ending.value.code
        return Result(code if isinstance(code, int) else 0, said.out, said.err)

    @property
    def config(self) -> Path:
        """The configuration file."""
        return self.folder / "config.toml"

    @property
    def database(self) -> Path:
        """The file of the database that the example names."""
        return self.folder / "kinerja.db"

    @property
    def url(self) -> str:
        """The database that the configuration names."""
        return database_in(self.folder)

    def set_up(self) -> None:
        """Lay the files that `init` lays."""
        init_files(self.folder)
        if not self.url.startswith("sqlite:"):  # which the example names already
            self.edit("sqlite:///kinerja.db", self.url)

    def edit(self, old: str, new: str, file: str = "config.toml") -> None:
        """Change the text of a file that was laid."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def use(self, servers: MailSystem, *, security: str = "polos", host: str = "") -> None:
        """Set up and point the configuration at these servers."""
        self.set_up()
        self.edit('host = "mail.kpu.example"', f'host = "{host or servers.host}"')
        # With the line's end: the first port may well begin with 465.
        self.edit("port = 993\n", f"port = {servers.imap_port}\n")
        self.edit("port = 465\n", f"port = {servers.smtp_port}\n")
        self.edit('keamanan = "ssl" ', f'keamanan = "{security}" ')
        self.edit('user = "kinerja@kpu.example" #', 'user = "" #')
        self.edit("batas_detik = 30", "batas_detik = 5")
