"""The organisation's own look: name, logo, accent, classification, footer, paper, language."""

from typing import Final

from msgspec import Struct

ACCENT: Final = "#0B5D78"


class Brand(Struct, frozen=True):
    """Empty texts leave the report's own look as it is."""

    name: str = ""
    logo: bytes = b""
    """A PNG or SVG."""
    accent: str = ACCENT
    classification: str = ""
    footer: str = ""
    page: str = ""
    language: str = ""
