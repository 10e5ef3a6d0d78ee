"""The notes beside cells: their words in one part of the file, and the boxes that programs draw them in in another."""

from __future__ import annotations

from collections.abc import Sequence

from kinerja_mailbot.adapters.form_workbook.worksheet import Note
from kinerja_mailbot.adapters.sheet_xml import DECLARATION, MAIN, row_and_column, words_xml

_FIRST_SHAPE = 1025  # drawing 1 numbers its shapes from here
_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def words_of_notes(notes: Sequence[Note], author: str) -> str:
    """Return the part with the words (ECMA-376 18.7)."""
    comments = "".join(
        f'<comment ref="{note.cell}" authorId="0">'
        f'<text><t xml:space="preserve">{words_xml(note.text)}</t></text></comment>'
        for note in notes
    )
    return (
        f'{DECLARATION}<comments xmlns="{MAIN}"><authors><author>{words_xml(author)}</author></authors>'
        f"<commentList>{comments}</commentList></comments>"
    )


def boxes_of_notes(notes: Sequence[Note]) -> str:
    """Return the drawing with a hidden yellow box for each note (VML, which is still how Excel keeps them)."""
    return f"{_HEAD}{''.join(_box(number, note) for number, note in enumerate(notes, start=_FIRST_SHAPE))}</xml>"


def _box(number: int, note: Note) -> str:
    row, column = row_and_column(note.cell)
    where = f"margin-left:59.25pt;margin-top:1.5pt;width:{note.width}px;height:{note.height}px"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;{where};z-index:1;'
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )
