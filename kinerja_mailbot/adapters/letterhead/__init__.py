"""Letters rendered from `templates/surat/`: Markdown templates become plain text and HTML that say the same."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.unit import Kantor
from kinerja_mailbot.usecases.ports import RenderedLetter, TemplateError

if TYPE_CHECKING:
    from kinerja_mailbot.adapters.letterhead.rendering import Rendering

__all__ = ["MarkdownLetterhead", "TemplateError"]


class MarkdownLetterhead:
    """See `Letterhead`. What reads templates is loaded with the first letter."""

    def __init__(self, templates: Path, kantor: Kantor, nomor_sop: str) -> None:
        """Take the folder `templates`, the office for the head and the SOP's number for the foot."""
        self._templates, self._kantor, self._nomor_sop = templates, kantor, nomor_sop

    def render(self, letter: Letter) -> RenderedLetter:
        """See `Letterhead`."""
        return self._rendering.render(letter)

    def check_templates(self) -> tuple[str, ...]:
        """Render every letter with sample content; return what is wrong, each file named, nothing when all is well."""
        from kinerja_mailbot.adapters.letterhead.samples import sample_letters  # noqa: PLC0415  only the check needs them

        return tuple(dict.fromkeys(self._rendering.problems(sample_letters(self._kantor))))

    @cached_property
    def _rendering(self) -> Rendering:
        # 4 MB and a tenth of a second that an office between two collections does not need.
        from kinerja_mailbot.adapters.letterhead.rendering import Rendering  # noqa: PLC0415

        return Rendering(self._templates, self._kantor, self._nomor_sop)
