"""The report as JSON, and reading back from a PDF what it was made from."""

import re
import zlib
from typing import Any, Final

from msgspec import DecodeError, Struct, json, to_builtins

from app.errors import ExportFailed
from app.report.model import SCHEMA, Control, ReportModel

STREAM: Final = re.compile(rb"/EmbeddedFile\b.{0,2000}?stream\r?\n", re.DOTALL)
DRAWN: Final = frozenset({"marks", "logo"})
"""What is to be looked at and says nothing."""
LARGEST: Final = 256 * 1024 * 1024
"""Bytes an attached record may have once it is unpacked."""


class Provenance(Struct, frozen=True):
    """What a report was made from."""

    control: Control
    schema: str = ""


def render_json(model: ReportModel) -> bytes:
    """Everything the report says, without the marks of its pictures."""
    return json.format(json.encode(plain_data(model)), indent=1)


def plain_data(model: ReportModel) -> Any:
    """The model as plain values, without the marks of its pictures."""
    return _without_marks(to_builtins(model))


def read_provenance(pdf: bytes) -> Control:
    """Sequence, chain head and versions from the JSON attached to a report.

    Reads the embedded file straight from the PDF's bytes, which this program wrote; a PDF that
    another program saved again may pack it away. ExportFailed where nothing is found.
    """
    for place in STREAM.finditer(pdf):
        try:
            text = zlib.decompressobj().decompress(pdf[place.end() :], LARGEST)
        except zlib.error:
            continue
        try:
            found = json.decode(text, type=Provenance)
        except (DecodeError, UnicodeDecodeError):
            continue
        if found.schema == SCHEMA:
            return found.control
    raise ExportFailed(
        "This PDF carries no Plumbline record, so it cannot be compared. The file was not "
        "touched. Use the PDF as the program wrote it, not one that was printed or saved again."
    )


def _without_marks(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _without_marks(value) for key, value in node.items() if key not in DRAWN}
    if isinstance(node, list | tuple):
        return [_without_marks(value) for value in node]
    return node
