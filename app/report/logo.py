"""Whether a logo is a picture and nothing else, and how large it wants to be."""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as XML

MOST_BYTES: Final = 256 * 1024
MOST_PIXELS: Final = 16_000_000
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples of a pixel by colour type. Source: PNG, table 11.1."""
DRAWN: Final = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "style",
    ]
)
"""What a logo may be drawn with: nothing that runs, fetches or embeds."""
FETCHES: Final = re.compile(
    r"url\(\s*['\"]?\s*(?!#)|@import|@font-face|expression\(|\\", re.IGNORECASE
)
MOST_REPEATED: Final = 20
"""Parts drawn again, clipped or masked: nested ones multiply."""
LENGTH: Final = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|mm|cm|in)?\s*")


def fault(body: bytes) -> str:
    """Why these bytes are not printed, as the end of a sentence; empty for a sound PNG or SVG."""
    if body.startswith(SIGNATURE):
        return _png_fault(body)
    try:
        return _svg_fault(body)
    except (XML.ParseError, UnicodeError, ValueError, RecursionError):
        return "it is neither a PNG nor an SVG"


def is_png(body: bytes) -> bool:
    return body.startswith(SIGNATURE)


def proportion(body: bytes) -> float:
    """Width over height of a sound logo."""
    if is_png(body):
        width, height = struct.unpack_from(">II", body, 16)
        return float(width) / float(height)
    return _svg_proportion(XML.fromstring(body)) or 1.0


def _png_fault(body: bytes) -> str:
    try:
        chunks = list(_chunks(body))
    except (struct.error, ValueError):
        return "the PNG is damaged"
    kinds = [kind for kind, _ in chunks]
    if not chunks or kinds[0] != b"IHDR" or kinds[-1] != b"IEND" or len(chunks[0][1]) != 13:
        return "the PNG is damaged"
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if not width or not height or colour not in CHANNELS or depth not in (1, 2, 4, 8, 16):
        return "the PNG is damaged"
    if width * height > MOST_PIXELS:
        return "the PNG has more than 16 million pixels"
    if interlaced:
        return "the PNG is interlaced; save it without"
    row = 1 + (width * depth * CHANNELS[colour] + 7) // 8
    data = b"".join(part for kind, part in chunks if kind == b"IDAT")
    unpacker = zlib.decompressobj()
    try:
        pixels = unpacker.decompress(data, row * height + 1)
    except zlib.error:
        return "the PNG is damaged"
    return "" if len(pixels) == row * height else "the PNG is damaged"


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and data of every chunk up to the end. ValueError where one does not hold."""
    at = len(SIGNATURE)
    while at < len(body):
        size, kind = struct.unpack_from(">I4s", body, at)
        data = body[at + 8 : at + 8 + size]
        (check,) = struct.unpack_from(">I", body, at + 8 + size)
        if len(data) != size or zlib.crc32(kind + data) != check:
            raise ValueError("a chunk does not hold")
        yield kind, data
        at += 12 + size


def _svg_fault(body: bytes) -> str:
    text = body.decode("utf-8-sig")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return "the SVG defines entities"
    if re.search(r"<\?(?!xml\s)", text):
        return "the SVG has instructions for another program"
    root = XML.fromstring(text)
    if _local(root.tag) != "svg":
        return "it is neither a PNG nor an SVG"
    for node in root.iter():
        if found := _node_fault(node):
            return found
    repeated = sum(
        _local(str(node.tag)) == "use" or not {"clip-path", "mask"}.isdisjoint(node.attrib)
        for node in root.iter()
    )
    if repeated > MOST_REPEATED:
        return f"the SVG repeats, clips or masks more than {MOST_REPEATED} parts"
    return "" if _svg_proportion(root) else "the SVG does not say how wide and high it is"


def _node_fault(node: XML.Element) -> str:
    outside = "the SVG refers to something outside itself"
    name = _local(str(node.tag))
    if name not in DRAWN:
        return f"the SVG has a “{name}”, which a logo does not need"
    if name == "style" and FETCHES.search(node.text or ""):
        return outside
    for key, value in node.attrib.items():
        if _local(key).casefold().startswith("on"):
            return f"the SVG has a script ({_local(key)})"
        if _local(key) in ("href", "src") and not value.strip().startswith("#"):
            return outside
        if FETCHES.search(value):
            return outside
    return ""


def _svg_proportion(root: XML.Element) -> float:
    """Width over height by its view box, else by its lengths; 0 where neither is said."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(box) == 4:
        width, height = float(box[2]), float(box[3])
        return width / height if width > 0 and height > 0 else 0.0
    sides = [LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if None in sides:
        return 0.0
    (wide, unit), (high, other) = (found.groups() for found in sides if found)
    return float(wide) / float(high) if unit == other and float(high) and float(wide) else 0.0


def _local(name: str) -> str:
    return name.rpartition("}")[2]
