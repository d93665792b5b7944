"""Where the shipped files are: banks, templates, fonts, words, mappings and samples."""

from pathlib import Path

_HOUSE = Path(__file__).resolve().parent
_WHEEL = _HOUSE / "resources"
_CHECKOUT = _HOUSE.parent / "resources"
_ROOT = _WHEEL if _WHEEL.is_dir() else _CHECKOUT


def resource(*parts: str) -> Path:
    """The path of a shipped file, in a checkout and in an installed wheel alike."""
    return _ROOT.joinpath(*parts)
