"""One entry of the catalogue: a sentence to a respondent, under the id by which the office can speak of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kinerja_mailbot.domain.form.value import CellOutcome

_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A sentence with fields in braces: what happened, what to do, and an example of what leads to it."""

    id: str  # "K-101": never given to another sentence
    hasil: CellOutcome  # how grave it is
    apa: str
    lakukan: str = ""  # a request, which begins in lower case; "" where nothing is asked
    contoh: str  # what was typed, or done, when this is said

    def say(self, **fields: str) -> str:
        """Return the sentence.

        >>> message = Message(id="K-0", hasil=CellOutcome.FIX, apa="Tertulis {said}", lakukan="mohon", contoh="x")
        >>> message.say(said='"x"')
        'Tertulis "x"; mohon.'

        Raises:
            KeyError: a field of the sentence is not given.
        """
        return self.sentence.format_map(fields)

    @property
    def sentence(self) -> str:
        """Return the sentence with its fields still in braces."""
        return f"{self.apa}; {self.lakukan}." if self.lakukan else f"{self.apa}."

    def fits(self, text: str) -> bool:
        """Tell whether a text is this sentence with its fields filled in.

        >>> Message(id="K-0", hasil=CellOutcome.INFO, apa="{n} baris", contoh="x").fits("12 baris.")
        True
        """
        parts = _FIELD.split(self.sentence)
        pattern = "".join(".*" if place % 2 else re.escape(part) for place, part in enumerate(parts))
        return re.fullmatch(pattern, text, re.DOTALL) is not None
