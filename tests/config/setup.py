"""A configuration to break: the shipped example in a directory of its own, and ways to change it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kinerja_mailbot.config import (
    Config,
    ConfigError,
    Problem,
    bundled_example,
    bundled_templates,
    load_config,
)

SECRETS: Mapping[str, str] = {"KINERJA_IMAP_PASSWORD": "rahasia"}


@dataclass(frozen=True, slots=True)
class Folder:
    """The directory of one office: config.toml and templates/."""

    path: Path

    @property
    def config(self) -> Path:
        return self.path / "config.toml"

    def write(self, text: str) -> None:
        self.config.write_text(text, encoding="utf-8")

    def replace(self, old: str, new: str, file: str = "config.toml") -> None:
        """Change one place of a file; a place that is not there is a mistake of the test."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def drop_table(self, name: str) -> None:
        """Leave out one table of the configuration, up to the empty line after it."""
        text = self.config.read_text(encoding="utf-8")
        before, header, after = text.partition(f"[{name}]")
        assert header, f"there is no [{name}]"
        self.write(before + after.partition("\n\n")[2])

    def load(self, environ: Mapping[str, str] = SECRETS, *, require_secrets: bool = True) -> Config:
        return load_config(self.config, environ, require_secrets=require_secrets)

    def problems(self, environ: Mapping[str, str] = SECRETS) -> tuple[Problem, ...]:
        try:
            self.load(environ)
        except ConfigError as error:
            return error.problems
        return ()


def make_folder(path: Path) -> Folder:
    path.mkdir(parents=True, exist_ok=True)
    shutil.copy(bundled_example(), path / "config.toml")
    shutil.copytree(bundled_templates(), path / "templates")
    return Folder(path)
