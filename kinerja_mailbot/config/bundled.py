"""The templates and the example configuration that travel with the program, and laying editable copies of them."""

from __future__ import annotations

import shutil
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
CONFIG_NAME = "config.toml"
TEMPLATES_NAME = "templates"
_LETTERS = "surat"  # of the templates, those that letters are rendered from
_INSTALLED = "bawaan"
_EXAMPLE_NAME = "config.example.toml"


def bundled_templates(package: Path = _PACKAGE) -> Path:
    """Return the directory of the templates that came with the program.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    return _find(package, TEMPLATES_NAME)


def bundled_example(package: Path = _PACKAGE) -> Path:
    """Return the example configuration that came with the program.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    return _find(package, _EXAMPLE_NAME)


def are_unchanged(templates: Path, package: Path = _PACKAGE) -> bool:
    """Tell whether the letters' templates are, byte for byte, those of the installed program, which its tests tried.

    They never are in a checkout: there, people edit the only copy.
    """
    own = package / _INSTALLED / TEMPLATES_NAME / _LETTERS
    return own.is_dir() and _contents(templates / _LETTERS) == _contents(own)


def init_files(target: Path, package: Path = _PACKAGE) -> tuple[Path, ...]:
    """Lay `config.toml` and `templates/` into a directory for the office to edit; return what was written.

    A file that is already there is left as it is, so that a second run loses nobody's work.
    """
    example, templates = bundled_example(package), bundled_templates(package)
    copies = [(example, target / CONFIG_NAME)]
    copies += [
        (source, target / TEMPLATES_NAME / source.relative_to(templates))
        for source in sorted(templates.rglob("*"))
        if source.is_file()
    ]
    return tuple(copy for source, copy in copies if _lay(source, copy))


def _find(package: Path, name: str) -> Path:
    # In a wheel the files lie inside the package; in a checkout the office's copy at the top level is the only one.
    for place in (package / _INSTALLED / name, package.parent / name):
        if place.exists():
            return place
    raise FileNotFoundError(f"'{name}' tidak ada dalam pemasangan ini; mohon pasang ulang kinerja-mailbot")


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob("*") if file.is_file()}


def _lay(source: Path, copy: Path) -> bool:
    copy.parent.mkdir(parents=True, exist_ok=True)
    try:
        with source.open("rb") as original, copy.open("xb") as written:  # "x": never over somebody's file
            shutil.copyfileobj(original, written)
    except FileExistsError:
        return False
    return True
