"""Bars in letters: backgrounds of cells where HTML is shown, characters where it is not."""

from __future__ import annotations

import pytest

from kinerja_mailbot.adapters.letterhead.blocks import read_blocks
from kinerja_mailbot.adapters.letterhead.plain_text import to_text
from kinerja_mailbot.adapters.letterhead.webpage import to_html
from kinerja_mailbot.domain.mail.letters.measures import bar


def table(cell: str) -> str:
    return f"| Ukuran | Grafik |\n| --- | --- |\n| Serapan | {cell} |\n"


@pytest.mark.parametrize(
    ("part", "widths"), [(0, ["100"]), (25, ["25", "75"]), (100, ["100"])], ids=["none", "a quarter", "all"]
)
def test_a_bar_is_drawn_with_backgrounds_as_long_as_its_part(part: int, widths: list[str]) -> None:
    html = to_html(read_blocks(table(bar(part, 100))))

    assert [piece.split("%")[0] for piece in html.split("border:0;width:")[1:]] == widths
    assert "█" not in html
    assert "<img" not in html


def test_the_plain_text_shows_the_same_bar_as_characters() -> None:
    assert bar(1, 4) in to_text(read_blocks(table(bar(1, 4))))


def test_words_that_hold_such_a_character_stay_words() -> None:
    assert "█ dua" in to_html(read_blocks(table("█ dua")))
