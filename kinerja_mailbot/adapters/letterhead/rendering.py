"""Rendering: what a template makes of a letter, by jinja2 and markdown-it-py.

The templates belong to the office, so the environment is sandboxed: a template reads values and runs no code.
Autoescape is off because the values never go into Markdown: jinja's `finalize` puts each of them aside (see `places`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Undefined, pass_context
from jinja2 import TemplateError as JinjaError
from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from kinerja_mailbot.adapters.letterhead.blocks import Block, BlockError, read_blocks
from kinerja_mailbot.adapters.letterhead.places import PLACE, Values
from kinerja_mailbot.adapters.letterhead.plain_text import to_text
from kinerja_mailbot.adapters.letterhead.webpage import preview, to_html
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.unit import Kantor
from kinerja_mailbot.usecases.ports import RenderedLetter, TemplateError

_SKELETON = "_kop.html"
_ASIDE = PLACE  # no template can name it


class Rendering:
    """The templates of one office, compiled as they are needed."""

    def __init__(self, templates: Path, kantor: Kantor, nomor_sop: str) -> None:
        """Take the folder `templates`, the office for the head and the SOP's number for the foot."""
        self._templates = templates / "surat"
        self._kantor = kantor
        self._nomor_sop = nomor_sop
        loader = FileSystemLoader(self._templates)
        self._letters = _Sandbox(
            loader=loader,
            undefined=StrictUndefined,
            autoescape=False,
            finalize=_put_aside,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # compiled once; an edited template counts from the next start
        )
        self._pages = ImmutableSandboxedEnvironment(
            loader=loader, undefined=StrictUndefined, autoescape=True, auto_reload=False
        )

    def render(self, letter: Letter) -> RenderedLetter:
        """See `Letterhead`.

        Raises:
            TemplateError: the template can't be used.
        """
        name = f"{letter.templat}.md"
        try:
            values = Values()
            markdown = self._letters.get_template(name).render(
                {"isi": letter.isi, "kantor": self._kantor, "sop": self._nomor_sop, _ASIDE: values}
            )
            blocks = values.pour(markdown, read_blocks(markdown))
            return RenderedLetter(teks=self._text(blocks), html=self._page(letter, blocks))
        except BlockError as error:
            raise TemplateError(f"{self._templates / name}: {error}") from error
        except (JinjaError, TypeError) as error:
            raise TemplateError(self._describe(name, error)) from error

    def problems(self, letters: Iterable[Letter]) -> Iterable[str]:
        """Render the letters; yield what is wrong with their templates, the file named."""
        for letter in letters:
            try:
                self.render(letter)
            except TemplateError as error:
                yield str(error)

    def _text(self, blocks: tuple[Block, ...]) -> str:
        head = f"{self._kantor.nama.upper()}\n{self._kantor.alamat}"
        return f"{head}\n\n\n{to_text(blocks)}\n"

    def _page(self, letter: Letter, blocks: tuple[Block, ...]) -> str:
        return self._pages.get_template(_SKELETON).render(
            judul=letter.subjek,
            kantor=self._kantor,
            cuplikan=preview(blocks),
            isi=Markup(to_html(blocks)),  # noqa: S704 - to_html escapes every character that it did not write itself
        )

    def _describe(self, name: str, error: JinjaError | TypeError) -> str:
        match error:
            case TemplateNotFound():
                return f"{self._templates / (error.name or name)}: the template is missing"
            case TemplateSyntaxError():
                return f"{self._templates / (error.name or name)}:{error.lineno}: {error.message}"
            case SecurityError():
                what = f"not allowed in a template: {error}"
            case _:
                what = str(error)
        return f"{self._where(name, error)}: {what}"

    def _where(self, name: str, error: BaseException) -> str:
        """Return file and line of the innermost template in the traceback."""
        found, step = str(self._templates / name), error.__traceback__
        while step is not None:
            file = step.tb_frame.f_code.co_filename
            if Path(file).parent == self._templates:
                found = f"{file}:{step.tb_lineno}"
            step = step.tb_next
        return found


class _Sandbox(ImmutableSandboxedEnvironment):
    """The library's sandbox, which knows at once that words and figures are harmless."""

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Tell whether a template may read it."""
        if isinstance(value, (str, int)) and not attr.startswith("_"):
            return True
        return super().is_safe_attribute(obj, attr, value)


@pass_context
def _put_aside(context: Context, value: object) -> str:
    values: Values = context[_ASIDE]
    # The text of a StrictUndefined is its error, which names the missing field.
    return values.place(str(value) if isinstance(value, Undefined) else value)
