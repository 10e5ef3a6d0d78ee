"""The README tells the truth: its commands, options, links and shapes are those of the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from kinerja_mailbot.adapters.letterhead import MarkdownLetterhead
from kinerja_mailbot.adapters.letterhead.samples import sample_letters
from kinerja_mailbot.cli.app import app
from kinerja_mailbot.config import load_config

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci/run").read_text(encoding="utf-8")

MAIL_KEYS = ("file", "verdict", "reason", "sender", "attachments", "answers")
FORM_KEYS = ("file", "kind", "readable", "reason", "form", "cells")
ALL_COMMANDS_TAKE = {"--config", "-c"}


def section(heading: str) -> str:
    """Return the text under a heading of the second level."""
    return README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def blocks(text: str) -> list[str]:
    """Return the fenced shell blocks."""
    return [block.strip() for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)]


def commands() -> Iterator[tuple[str, TyperCommand]]:
    root = get_command(app)
    assert isinstance(root, TyperGroup)
    yield from _leaves("", root)


def _leaves(prefix: str, group: TyperGroup) -> Iterator[tuple[str, TyperCommand]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _leaves(f"{prefix}{name} ", command)
        elif isinstance(command, TyperCommand):
            yield f"{prefix}{name}", command


def row(command: str) -> str:
    """Return the README's words about a command: the code that begins with its name."""
    table = section("Commands")
    found = [code for code in re.findall(r"`([^`]+)`", table) if code == command or code.startswith(f"{command} ")]
    return found[0] if found else ""


def test_two_commands_try_it_and_test_it() -> None:
    demo, test = blocks(section("Two commands"))

    assert demo == "python -m pip install '.[demo]' && kinerja-mailbot demo"
    assert test == "python -m pip install '.[test]' && python -m pytest -n auto"


def test_ci_runs_the_test_command_of_the_readme() -> None:
    test = blocks(section("Two commands"))[1]

    assert [line for line in CI.splitlines() if line.startswith(test)]


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_documented_with_its_options(name: str) -> None:
    command = dict(commands())[name]
    options = [set(each.opts) for each in command.params if each.param_type_name == "option"]

    documented = set(re.findall(r"(?<!\w)--?[a-z][\w-]*", row(name)))

    assert row(name)
    assert [each for each in options if not each & (documented | ALL_COMMANDS_TAKE)] == []
    assert documented <= set().union(*options)


def test_every_documented_command_exists() -> None:
    known = {name for name, _ in commands()}
    first_column = [line.split("|")[1] for line in section("Commands").splitlines() if line.startswith("| `")]
    named = [code for cell in first_column for code in re.findall(r"`([^`]+)`", cell)]

    assert [code for code in named if not any(f"{code} ".startswith(f"{name} ") for name in known)] == []


@pytest.mark.parametrize(("what", "keys"), [("inspect mail", MAIL_KEYS), ("inspect form", FORM_KEYS)])
def test_the_shape_of_json_is_documented(what: str, keys: tuple[str, ...]) -> None:
    shape = section("Commands").partition(f"- `{what}`: `")[2].partition("`")[0]

    assert [key for key in keys if not re.search(rf"\b{key}\b", shape)] == []


def test_every_command_line_in_the_readme_is_one() -> None:
    known = {name.split()[0] for name, _ in commands()}
    named = re.findall(r"kinerja-mailbot ([a-z]+)", "\n".join(blocks(README)))

    assert named
    assert set(named) <= known


def test_links_lead_somewhere() -> None:
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in README.splitlines()
        if line.startswith("#")
    }
    targets = re.findall(r"\]\(([^)]+)\)", README)

    anchors = [target[1:] for target in targets if target.startswith("#")]
    files = [target for target in targets if not target.startswith(("#", "http"))]

    assert [anchor for anchor in anchors if anchor not in headings] == []
    assert [file for file in files if not (ROOT / file).exists()] == []


def test_nothing_is_left_to_do() -> None:
    assert re.findall(r"TODO|FIXME|XXX|/tmp/|/root/", README) == []


def test_every_template_is_rendered() -> None:
    config = load_config(ROOT / "config.example.toml", {}, require_secrets=False)
    kantor = config.kebijakan.kantor
    letterhead = MarkdownLetterhead(ROOT / "templates", kantor, config.kebijakan.sop.nomor)
    templates = {path.stem for path in (ROOT / "templates/surat").glob("[!_]*.md")}

    assert letterhead.check_templates() == ()
    assert {letter.templat for letter in sample_letters(kantor)} == templates


def test_each_promise_names_the_test_that_provokes_it() -> None:
    rows = [line for line in section("Promises under failure").splitlines() if line.startswith("| ")][1:]

    untried = [
        row
        for row in rows
        if not (links := re.findall(r"\]\((tests/[^)]+)\)", row)) or not all((ROOT / link).is_file() for link in links)
    ]

    assert len(rows) > 15
    assert untried == []
