"""How wide a text will be, near enough to cut and wrap it without a font engine."""

import unicodedata
from typing import Final

CUT: Final = "…"
BOLDER: Final = 1.07
VIRAMA: Final = 9
"""Combining class of the sign that joins a letter to the next one."""
_GROUPS: Final = {
    0.26: " 'Iijl’‘|·",
    0.3: "!,.:;",
    0.36: "()/[]frt{}",
    0.46: '-1^_"“”',
    0.52: "*?s",
    0.56: "7JLackvxyz",
    0.62: "025689EFZbdeghnopqu–",
    0.66: "#$&+34<=>BKPRSTXY~",
    0.71: "ADV",
    0.77: "CGHNOQU",
    0.88: "%wmM…",
    1.0: "@W—",
}
_EM: Final = {sign: em for em, signs in _GROUPS.items() for sign in signs}


def em(sign: str) -> float:
    """Width of one character in em: Inter's own where it is known, else on the safe side."""
    if sign in _EM:
        return _EM[sign]
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Cf", "Mn", "Me"):
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1
    return 0.76 if sign.isupper() else 0.64


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimated width in points."""
    return sum(em(sign) for sign in text) * size * (BOLDER if bold else 1)


def fit(text: str, space: float, size: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it would be wider than `space`."""
    if width(text, size, bold=bold) <= space:
        return text
    left = space - width(CUT, size, bold=bold)
    kept = 0
    for sign in text:
        left -= width(sign, size, bold=bold)
        if left < 0:
            break
        kept += 1
    return text[: whole(text, kept)].rstrip() + CUT


def whole(text: str, kept: int) -> int:
    """At most `kept`, moved back so that no cluster is cut: its marks stay with their letter."""
    while 0 < kept < len(text) and (
        unicodedata.category(text[kept])[0] == "M"
        or unicodedata.combining(text[kept - 1]) == VIRAMA
    ):
        kept -= 1
    return kept


def wrap(text: str, space: float, size: float, lines: int, *, bold: bool = False) -> list[str]:
    """The text in at most `lines` lines; the last one is cut where it does not fit."""
    words = text.split()
    found: list[str] = []
    while words and len(found) < lines - 1:
        line = [words.pop(0)]
        while words and width(" ".join([*line, words[0]]), size, bold=bold) <= space:
            line.append(words.pop(0))
        found.append(fit(" ".join(line), space, size, bold=bold))
    if words:
        found.append(fit(" ".join(words), space, size, bold=bold))
    return found
