"""A short mark of what a cell of a workbook says, to see later whether somebody changed it."""

import unicodedata
from base64 import urlsafe_b64encode
from hashlib import blake2b
from typing import Final

BYTES: Final = 3
"""One changed cell in 16 million keeps its mark."""
WIDTH: Final = 4
"""Signs of a mark."""


def cell_mark(text: str) -> str:
    """Equal for texts that differ in spacing alone, which programs change by themselves."""
    even = " ".join(unicodedata.normalize("NFC", text).split())
    found = blake2b(even.encode("utf-8", "surrogatepass"), digest_size=BYTES)
    return urlsafe_b64encode(found.digest()).decode()


def number_text(value: float) -> str:
    """A number as both sides of a comparison write it; programs keep fifteen digits."""
    return f"{value:.12g}"
