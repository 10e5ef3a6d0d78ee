"""The catalogue of messages: complete, reachable, in the office's language, and the only source of what is said."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import kinerja_mailbot
from kinerja_mailbot.domain.form import catalogue
from kinerja_mailbot.domain.form.catalogue import CATALOGUE, Message, identify
from kinerja_mailbot.domain.form.value import CellOutcome

PACKAGE = Path(kinerja_mailbot.__file__).parent
MODULES = ("answers", "cells", "remarks", "rules", "words")
NAMES = {
    name: entry
    for module in MODULES
    for name, entry in vars(getattr(catalogue, module)).items()
    if isinstance(entry, Message)
}
# Where sentences about cells and files are made; a sentence there comes from the catalogue or not at all.
SPEAKERS = (
    *(PACKAGE / "domain" / "form").rglob("*.py"),
    PACKAGE / "adapters" / "sandboxed" / "remarks.py",
    PACKAGE / "domain" / "decide" / "answered.py",
    PACKAGE / "domain" / "decide" / "reply.py",
)


def spoken() -> set[str]:
    """Return the names of all entries that some code says."""
    sources = [path.read_text(encoding="utf-8") for path in SPEAKERS if path.parent.name != "catalogue"]
    return {name for name in NAMES for source in sources if re.search(rf"\b{name}\b", source)}


def test_every_id_is_given_once() -> None:
    ids = [entry.id for entry in CATALOGUE]

    assert len(set(ids)) == len(ids) == len(NAMES)
    assert [one for one in ids if not re.fullmatch(r"K-\d{3}", one)] == []


def test_every_entry_is_said_somewhere() -> None:
    assert set(NAMES) - spoken() == set()


@pytest.mark.parametrize("path", SPEAKERS, ids=lambda path: path.name)
def test_no_sentence_is_made_outside_of_the_catalogue(path: Path) -> None:
    if path.parent.name == "catalogue":
        return
    texts = [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    assert [text for text in texts if re.search(r"\b(?:mohon|kami baca|sedangkan|Tertulis|Terbaca)\b", text)] == []


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.id)
def test_an_entry_keeps_to_the_language_of_the_office(entry: Message) -> None:
    sentence = entry.sentence

    assert entry.contoh
    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence[0] == "{"
    assert not re.search(r"[!?]|\bAnda\b|\bsalah\b(?! satu)|\bharus\b|\bgagal\b|\berror\b|  |\.\.", sentence)
    assert entry.hasil is not CellOutcome.ACCEPTED


@pytest.mark.parametrize("entry", [e for e in CATALOGUE if e.hasil in {CellOutcome.FIX, CellOutcome.CHECK}])
def test_what_is_asked_says_what_to_do(entry: Message) -> None:
    assert entry.lakukan.startswith("mohon ")


def test_a_remark_is_known_by_its_sentence() -> None:
    said = {entry.id: entry.sentence for entry in vars(catalogue.remarks).values() if isinstance(entry, Message)}

    assert {identify(sentence) for sentence in said.values()} == set(said)
    assert identify("Sesuatu yang lain.") == ""
