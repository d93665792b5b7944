"""Characters that the fonts can draw; every other one is written by its code, [U+1F600]."""

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import typst
from msgspec import convert, to_builtins

from app.report.model import ReportModel, Table
from app.resource import resource

CODE: Final = re.compile(r"\[U\+[0-9A-F]{4,6}\]")
FORBIDDEN: Final = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufff9")
"""Signs that turn the direction of what follows; a reader must see that they are there."""
SPACES: Final = frozenset("\n\r\t")


class Glyphs:
    """What can be drawn: the bundled fonts, then letters of other scripts from the system's."""

    def __init__(self) -> None:
        folder = resource("fonts")
        paths = sorted((*folder.glob("*.otf"), *folder.glob("*.ttf")))
        self.bundled = frozenset(_codes(paths))
        self._system: frozenset[int] | None = None

    @property
    def system(self) -> frozenset[int]:
        """Read when a text first needs it: hundreds of files."""
        if self._system is None:
            found = typst.Fonts(include_embedded_fonts=False).fonts()
            self._system = frozenset(_codes(sorted({Path(f.path) for f in found if f.path})))
        return self._system

    def is_bundled(self, sign: str) -> bool:
        return ord(sign) in self.bundled or sign in SPACES

    def has(self, sign: str) -> bool:
        if sign in SPACES or (sign.isascii() and sign.isprintable()):
            return True
        kind = unicodedata.category(sign)
        if kind in FORBIDDEN or sign in TURNING:
            return False
        if ord(sign) in self.bundled:
            return True
        return kind[0] in "LMN" and ord(sign) in self.system

    def clean(self, text: str) -> str:
        """The text with every character that cannot be drawn written by its code."""
        if text.isascii() and text.isprintable():
            return text
        signs, base = [], ""
        for sign in unicodedata.normalize("NFC", text):
            is_mark = unicodedata.category(sign)[0] == "M"
            if not self.has(sign) or (is_mark and self._is_alone(sign, base)):
                signs.append(f"[U+{ord(sign):04X}]")
            else:
                signs.append(sign)
            base = base if is_mark else sign
        return "".join(signs)

    def _is_alone(self, mark: str, base: str) -> bool:
        """One font draws a letter with its marks, and none of the system's has the bundled ones."""
        return not self.is_bundled(mark) and (not base or self.is_bundled(base))


def legible(model: ReportModel, glyphs: Glyphs) -> ReportModel:
    """The model with drawable text everywhere and the characters written by code counted."""
    plain = _walked(to_builtins(model), glyphs)
    plain["control"]["replaced"] = _count(plain)
    return convert(plain, ReportModel)


def legible_tables(tables: tuple[Table, ...], glyphs: Glyphs) -> tuple[Table, ...]:
    """The same tables with drawable text everywhere."""
    return convert(_walked(to_builtins(tables), glyphs), tuple[Table, ...])


def legible_data(data: Any, glyphs: Glyphs) -> tuple[Any, int]:
    """Plain data with drawable text everywhere, and how many characters are written by code."""
    plain = _walked(data, glyphs)
    return plain, _count(plain)


def needs_system(text: str, glyphs: Glyphs) -> bool:
    """Some character is in none of the bundled fonts."""
    return not all(glyphs.is_bundled(sign) for sign in set(text))


def _walked(node: Any, glyphs: Glyphs) -> Any:
    if isinstance(node, str):
        return glyphs.clean(node)
    if isinstance(node, dict):
        return {key: _walked(value, glyphs) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_walked(value, glyphs) for value in node]
    return node


def _count(node: Any) -> int:
    if isinstance(node, str):
        return len(CODE.findall(node))
    values: Iterable[Any] = ()
    if isinstance(node, dict):
        values = node.values()
    elif isinstance(node, list):
        values = node
    return sum(_count(value) for value in values)


def _codes(paths: Iterable[Path]) -> Iterator[int]:
    for path in paths:
        try:
            yield from _cmap(path.read_bytes())
        except (OSError, struct.error, IndexError):
            continue


def _cmap(font: bytes) -> Iterator[int]:
    """Code points of the first font of a file. Source: OpenType, `cmap` formats 4 and 12."""
    start = 0
    if font[:4] == b"ttcf":
        (start,) = struct.unpack_from(">I", font, 12)
    (tables,) = struct.unpack_from(">H", font, start + 4)
    records = (struct.unpack_from(">4sIII", font, start + 12 + 16 * i) for i in range(tables))
    place = next((offset for tag, _, offset, _ in records if tag == b"cmap"), None)
    if place is None:
        return
    (subtables,) = struct.unpack_from(">H", font, place + 2)
    offsets = {
        place + struct.unpack_from(">HHI", font, place + 4 + 8 * i)[2] for i in range(subtables)
    }
    for offset in sorted(offsets):
        (kind,) = struct.unpack_from(">H", font, offset)
        if kind == 4:
            yield from _segments(font, offset)
        elif kind == 12:
            yield from _groups(font, offset)


def _segments(font: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    half = f">{twice // 2}H"
    ends = struct.unpack_from(half, font, at + 14)
    starts = struct.unpack_from(half, font, at + 16 + twice)
    deltas = struct.unpack_from(half, font, at + 16 + 2 * twice)
    ranges_at = at + 16 + 3 * twice
    shifts = struct.unpack_from(half, font, ranges_at)
    for i, (low, high, delta, shift) in enumerate(zip(starts, ends, deltas, shifts, strict=True)):
        for code in range(low, min(high, 0xFFFE) + 1):
            glyph = (code + delta) & 0xFFFF
            if shift:
                (glyph,) = struct.unpack_from(
                    ">H", font, ranges_at + 2 * i + shift + 2 * (code - low)
                )
            if glyph:
                yield code


def _groups(font: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    for i in range(count):
        low, high, glyph = struct.unpack_from(">III", font, at + 16 + 12 * i)
        yield from range(low + (glyph == 0), min(high, 0x10FFFF) + 1)
