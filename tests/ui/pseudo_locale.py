"""Languages nobody speaks: every word of the window at German length."""

import re
from math import ceil
from types import MappingProxyType

from PySide6.QtCore import QTranslator

from app.words import Words

GERMAN = 1.4
"""German needs up to so many times the room of English."""
WORD = re.compile(r"(?<![\w{+&])[^\W\d_]{2,}(?![\w}+])")
"""A whole word; placeholders, keys and what is marked by an ampersand stay what they are."""
FIGURES = ("format.", "currency.", "month", "number.", "short.bank")


def at_german_length(text: str) -> str:
    """Every word longer by the same share, so that lines break where they would."""

    def longer(found: re.Match[str]) -> str:
        return found[0] + "ü" * (ceil(len(found[0]) * GERMAN) - len(found[0]))

    return WORD.sub(longer, text)


class Longer(QTranslator):
    """Says every text of the window at German length; placeholders stay what they are."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, _context: str, text: str, _note: str | None = None, _count: int = -1
    ) -> str:  # fmt: skip
        return at_german_length(text)


class LongerWords(Words):
    """The same for what the domain's codes are called; figures and dates keep their form."""

    def __init__(self) -> None:
        super().__init__()
        self._texts = MappingProxyType(
            {
                code: text if code.startswith(FIGURES) else at_german_length(text)
                for code, text in self._texts.items()
            }
        )
