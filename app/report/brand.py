"""The organisation's own look: name, logo, accent, classification, footer, paper, language."""

import re
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.errors import ImportFailed
from app.report import logo as picture
from app.report.model import PageSize
from app.words import languages

ACCENT: Final = "#0B5D78"
FILE: Final = "brand.json"
MOST_BYTES: Final = 64 * 1024
MOST_SIGNS: Final = 200
"""Characters of a text that stands on every page."""
LEGIBLE: Final = 4.5
"""Contrast of small text against its ground. Source: WCAG 2.2, 1.4.3."""
COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
NOT_TAKEN: Final = "nothing was written"


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


KEYS: Final = Brand.__struct_fields__


def read_brand(folder: Path) -> Brand:
    """The look in `brand.json` of a folder and the logo beside it; every key may be left out.

    ImportFailed says what is wrong: an unknown key, a value of another kind, a colour that is
    none, a page or a language this program does not have, a logo that is not safe to print.
    """
    raw = _record(folder / FILE)
    unknown = sorted(set(raw) - set(KEYS))
    if unknown:
        raise _failed(f"it has the keys {', '.join(unknown)}. A brand has {', '.join(KEYS)}")
    texts: dict[str, Any] = {key: _text(key, value) for key, value in sorted(raw.items())}
    logo = texts.pop("logo", "")
    accent = texts.get("accent") or ACCENT
    if not COLOUR.fullmatch(accent):
        raise _failed(f"its accent “{accent}” is no colour. Write it as {ACCENT}")
    _expect("page", texts.get("page", ""), [size.value for size in PageSize])
    _expect("language", texts.get("language", ""), languages())
    body = _logo(folder, logo) if logo else b""
    return replace(Brand(**texts), accent=darkened(accent), logo=body)


def darkened(accent: str) -> str:
    """The colour, or the lightest shade of it that reads 4.5:1 against white."""
    parts = [int(accent[i : i + 2], 16) for i in (1, 3, 5)]
    for percent in range(100, -1, -1):
        shade = [part * percent // 100 for part in parts]
        if contrast(shade) >= LEGIBLE:
            break
    return "#" + "".join(f"{part:02X}" for part in shade)


def contrast(parts: list[int]) -> float:
    """Against white, 1 to 21. Source: WCAG 2.2, relative luminance."""
    shares = [part / 255 for part in parts]
    light = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    red, green, blue = light
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _record(path: Path) -> dict[str, Any]:
    body = _read(path, MOST_BYTES)
    try:
        raw = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _failed(f"it is no JSON ({error})") from None
    except RecursionError:
        raise _failed("it is nested too deeply") from None
    if not isinstance(raw, dict):
        raise _failed("it is no JSON object")
    return raw


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise _failed(f"its {key} is no text")
    text = " ".join(value.split())
    if len(text) > MOST_SIGNS:
        raise _failed(f"its {key} has {len(text)} characters. {MOST_SIGNS} are the most")
    return text


def _expect(key: str, text: str, known: list[str]) -> None:
    if text and text not in known:
        raise _failed(f"there is no {key} “{text}”. Choose from {', '.join(known)}")


def _logo(folder: Path, name: str) -> bytes:
    """The logo's bytes, once it is known to be a picture that carries nothing else."""
    if name in (".", "..") or set(name) & set("/\\:\0"):
        raise _failed(f"its logo “{name}” does not lie beside it. Give the name of a file there")
    path = folder / name
    if path.is_symlink():
        raise _failed(f"its logo “{name}” is a link. Put the picture itself beside it")
    body = _read(path, picture.MOST_BYTES)
    fault = picture.fault(body)
    if fault:
        raise ImportFailed(f"The logo {name} is not used: {fault}; {NOT_TAKEN}.")
    return body


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(most + 1)
    except OSError as error:
        raise ImportFailed(
            f"{path} could not be read ({error.strerror}); {NOT_TAKEN}. "
            f"A brand is a folder with {FILE} and the logo it names."
        ) from error
    if len(body) > most:
        raise ImportFailed(f"{path.name} is larger than {most // 1024} KB; {NOT_TAKEN}.")
    return body


def _failed(why: str) -> ImportFailed:
    return ImportFailed(f"{FILE} was not taken, because {why}; {NOT_TAKEN}.")
