"""The letterhead: every template renders, text and HTML say the same, nothing typed becomes markup."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from textwrap import wrap

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja_mailbot.adapters.letterhead import MarkdownLetterhead, TemplateError
from kinerja_mailbot.adapters.letterhead import sample_world as world
from kinerja_mailbot.adapters.letterhead.blocks import Paragraph, Span, Table, read_blocks
from kinerja_mailbot.adapters.letterhead.places import PLACE, Values, one_line
from kinerja_mailbot.adapters.letterhead.plain_text import WIDTH, to_text
from kinerja_mailbot.adapters.letterhead.samples import sample_letters
from kinerja_mailbot.adapters.letterhead.webpage import to_html
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.unit import Kantor
from kinerja_mailbot.usecases.ports import RenderedLetter

TEMPLATES = Path(__file__).parents[2] / "templates"
KANTOR = Kantor(nama="Komisi Pemilihan Umum Contoh", alamat="Jalan Contoh 1", kota="Contoh")
LETTERHEAD = MarkdownLetterhead(TEMPLATES, KANTOR, "5.16/ORT.06/9601/2023")
LETTERS = sample_letters(KANTOR)
IDS = [f"{number}-{letter.templat}" for number, letter in enumerate(LETTERS)]


def words_of_text(rendered: RenderedLetter) -> list[str]:
    lines = [line for line in rendered.teks.splitlines() if not re.fullmatch(r"[- >]*", line)]
    return re.findall(r"\w+", " ".join(lines).casefold())


def cells_of_html(rendered: RenderedLetter) -> list[str]:
    page = BeautifulSoup(rendered.html, "html.parser")
    for hidden in (*page.select(".l"), *page.select("head"), *page.select("[style^='display:none']")):
        hidden.decompose()
    for line_end in page.select("br"):
        line_end.replace_with("\n")
    return [" ".join(part.get_text().split()) for part in page.select("h2,h3,p,li,th,td.n,td.v,td.c,.kop,.alamat")]


def is_said(cell: list[str], said: list[str]) -> bool:
    return f" {' '.join(cell)} " in f" {' '.join(said)} "


def write_templates(folder: Path, **changed: str) -> MarkdownLetterhead:
    shutil.copytree(TEMPLATES, folder, dirs_exist_ok=True)
    for name, content in changed.items():
        (folder / "surat" / f"{name}.md").write_text(content, encoding="utf-8")
    return MarkdownLetterhead(folder, KANTOR, "5.16")


@pytest.mark.parametrize("letter", LETTERS, ids=IDS)
def test_text_and_html_say_the_same(letter: Letter) -> None:
    rendered = LETTERHEAD.render(letter)

    said = words_of_text(rendered)
    shown = [re.findall(r"\w+", cell.casefold()) for cell in cells_of_html(rendered)]
    assert [cell for cell in shown if cell and not is_said(cell, said)] == []
    assert set(said) - {str(n) for n in range(100)} <= {word for cell in shown for word in cell}


@pytest.mark.parametrize("letter", LETTERS, ids=IDS)
def test_every_letter_is_polite_and_fits_a_text_screen(letter: Letter) -> None:
    rendered = LETTERHEAD.render(letter)

    assert not re.search(r"\bAnda\b|!|\bSaudara\b|\bNone\b|\{\{|\{%", f"{letter.subjek}\n{rendered.teks}")
    assert max(len(line) for line in rendered.teks.splitlines()) <= WIDTH
    assert KANTOR.alamat in rendered.teks


@pytest.mark.parametrize("letter", LETTERS, ids=IDS)
def test_html_needs_nothing_from_outside(letter: Letter) -> None:
    page = BeautifulSoup(LETTERHEAD.render(letter).html, "html.parser")

    assert page.select("img,a,script,link,form,iframe") == []
    assert not re.search(r"url\(|@import|https?:", str(page))


def test_each_template_belongs_to_a_letter() -> None:
    files = {path.stem for path in (TEMPLATES / "surat").glob("*.md") if not path.name.startswith("_")}

    assert files == {letter.templat for letter in LETTERS}


def test_respondents_learn_how_to_answer_and_by_which_sop() -> None:
    text = LETTERHEAD.render(LETTERS[0]).teks

    footer = " ".join(text.rpartition("-" * WIDTH)[2].split())
    assert footer.startswith("Surel ini dikirim otomatis oleh sistem pengumpulan data kinerja.")
    assert footer.endswith("Dasar: SOP Nomor 5.16/ORT.06/9601/2023 tanggal 5 Januari 2023.")


def test_every_letter_cites_the_version_in_force_and_not_the_first_one() -> None:
    cited = MarkdownLetterhead(TEMPLATES, KANTOR, "1/lama")

    assert [letter.kunci for letter in LETTERS if "1/lama" in cited.render(letter).teks] == []


TYPED = st.text(
    alphabet=st.one_of(st.sampled_from("<>|*_`#[]()!&\\~-+=\n\r\t \"'/:;.0a"), st.characters()), max_size=40
)


@given(typed=TYPED)
@settings(max_examples=300, deadline=None)
def test_what_a_person_typed_is_shown_as_typed(typed: str) -> None:
    values = Values()
    place = values.place

    markdown = f"x {place(typed)} y\n\n| A | B |\n| --- | --- |\n|{place(typed)}|**{place(typed) or 'x'}**|\n"
    blocks = values.pour(markdown, read_blocks(markdown))

    shown = one_line(typed)
    cell = (Span(shown),) if shown else ()
    row = (cell, (Span(shown or "x", tebal=True),))
    assert " ".join(joined(blocks[0]).split()) == f"x {shown} y".replace("  ", " ")
    assert blocks[1:] == (Table(kepala=((Span("A"),), (Span("B"),)), rata_kanan=(False, False), baris=(row,)),)


def joined(block: object) -> str:
    assert isinstance(block, Paragraph)
    return "".join(span.teks for span in block.isi)


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "a | b",
        "**tebal**",
        "satu\n\n# dua",
        "[x](http://evil.example)",
        "![](x)",
        "1. a",
        "&lt;",
    ],
)
def test_hostile_words_stay_words_in_a_letter(typed: str) -> None:
    letter = letters.terusan(world.facts(KANTOR), world.mail(teks=typed), world.UNITS[0], None)

    rendered = LETTERHEAD.render(letter)

    page = BeautifulSoup(rendered.html, "html.parser")
    quoted = page.select("blockquote p")
    assert [part.get_text() for part in quoted] == [line for line in typed.split("\n") if line]
    assert [part for part in quoted if part.find(["strong", "script", "a", "img", "table", "h2", "li"])] == []


@pytest.mark.parametrize("value", [None, True, 1.5, ("a",)], ids=repr)
def test_a_value_that_is_no_finished_word_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="a template shows text"):
        Values().place(value)


def test_hidden_marks_of_a_typed_name_are_dropped() -> None:
    assert one_line("a\u202efdp\u200b.exe\ud800") == "afdp.exe"


def test_letters_that_differ_in_their_values_are_one_text_to_read() -> None:
    first, second = Values(), Values()

    markdown = tuple(f"{values.place(name)}\n\n1. satu" for values, name in ((first, "Budi"), (second, "Maria | *")))

    assert markdown == (f"{PLACE}\n\n1. satu",) * 2
    assert [joined(values.pour(markdown[0], read_blocks(markdown[0]))[0]) for values in (first, second)] == [
        "Budi",
        "Maria | *",
    ]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param("satu\n\n{% if %}", r"uji\.md:3: ", id="syntax"),
        pytest.param("satu\n\n\n{{ isi.tidak_ada }}", r"uji\.md:4: .*tidak_ada", id="unknown field"),
        pytest.param("satu\n{{ isi.kepala }}", r"uji\.md:2: a template shows text", id="not a word"),
        pytest.param("{% include '_hilang.md' %}", r"_hilang\.md: the template is missing", id="missing include"),
        pytest.param("[x](http://kpu.example)", r"uji\.md: unsupported Markdown 'link' near line 1", id="link"),
        pytest.param("satu\n\n    kode", r"uji\.md: unsupported Markdown 'code_block' near line 3", id="code"),
        pytest.param(
            "{% set kata %}{{ isi.kepala.hal }}{% endset %}{{ kata }}",
            r"uji\.md: a value is printed inside of another one",
            id="a printed value printed again",
        ),
        pytest.param(
            "[x]: /{{ isi.kepala.hal }}", r"uji\.md: a value is printed where a letter shows none", id="a value lost"
        ),
        pytest.param("{{ isi.__class__ }}", r"uji\.md:1: ", id="no way out of the sandbox"),
    ],
)
def test_a_broken_template_is_named_with_its_line(tmp_path: Path, content: str, complaint: str) -> None:
    letterhead = write_templates(tmp_path, uji=content)
    letter = letters.uji(world.facts(KANTOR), world.KASUBBAG)

    with pytest.raises(TemplateError, match=complaint):
        letterhead.render(letter)


def test_a_missing_template_is_named() -> None:
    letterhead = MarkdownLetterhead(Path("/tidak/ada"), KANTOR, "5.16")

    with pytest.raises(TemplateError, match=r"/tidak/ada/surat/permintaan\.md: the template is missing"):
        letterhead.render(LETTERS[0])


def test_the_shipped_templates_have_no_problem() -> None:
    assert LETTERHEAD.check_templates() == ()


def test_all_problems_of_the_templates_are_told_at_once(tmp_path: Path) -> None:
    letterhead = write_templates(tmp_path, uji="{{ isi.salah }}", status="{% if %}")

    problems = letterhead.check_templates()

    assert [re.sub(r".*/", "", problem).split(":")[0] for problem in problems] == ["status.md", "uji.md"]


def test_a_table_too_wide_for_text_becomes_records() -> None:
    wide = "kata " * 12
    blocks = read_blocks(f"| Unit | Uraian | Nilai |\n| --- | --- | ---: |\n| UKL | {wide} | 10 |\n")

    assert to_text(blocks, width=40).splitlines() == [
        "Unit   : UKL",
        "Uraian : kata kata kata kata kata kata",
        "         kata kata kata kata kata kata",
        "Nilai  : 10",
    ]


@given(words=st.lists(st.text("abc-–\t", max_size=30), max_size=30), name=st.text("ab ", max_size=12))
def test_a_line_breaks_where_the_library_breaks_it(words: list[str], name: str) -> None:
    table = Table(kepala=(), rata_kanan=(False, False), baris=(((Span(name),), (Span(" ".join(words)),)),))

    lines = to_text((table,), width=40)

    label = f"{name} : "
    indent = " " * len(label) if len(label) < 20 else "  "
    whole = wrap(f"{label}{' '.join(words)}", 40, subsequent_indent=indent, break_on_hyphens=False)
    assert lines.rstrip() == "\n".join(whole).rstrip()


def test_headings_are_ruled_lightly_in_text() -> None:
    blocks = read_blocks("## Permintaan Data\n\n### Cara pengisian\n\n1. Buka berkas.\n")

    assert to_text(blocks).splitlines() == [
        "Permintaan Data",
        "---------------",
        "",
        "Cara pengisian:",
        "",
        "1. Buka berkas.",
    ]


def test_a_narrow_table_is_aligned_in_text() -> None:
    blocks = read_blocks("| Unit | Nilai |\n| --- | ---: |\n| UKL | 10 |\n| TEKNIS | 5 |\n")

    assert to_text(blocks).splitlines() == ["Unit    Nilai", "------  -----", "UKL        10", "TEKNIS      5"]


def test_a_receipt_of_ninety_rows_is_shown_whole_by_gmail() -> None:
    row = "| IK-03 Persentase pengelolaan logistik sesuai pola yang ditetapkan | 80% | 84,2% | 105,25% |\n"

    html = to_html(
        read_blocks(f"| Indikator | Target | Realisasi | Capaian |\n| --- | ---: | ---: | ---: |\n{row * 90}")
    )

    assert len(html) < 102_000 - len(LETTERHEAD.render(LETTERS[0]).html)


def test_long_names_may_break_on_a_phone() -> None:
    html = to_html(read_blocks("Berkas Format-Kinerja-2026-TW3-UKL-PERBAIKAN.xlsx"))

    assert "Format-<wbr>Kinerja-<wbr>2026-" in html
