"""Bytes to text: which encoding a text file is in, and what is no text at all."""

import codecs
import unicodedata

from app.errors import ImportFailed

SAMPLE = 64 * 1024
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OTHER_KINDS = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"SQLite format", b"PK")
TEXT_CONTROLS = frozenset(b"\t\n\x0b\x0c\r\x1a")
MOST_CONTROLS = 0.01
"""A larger share of control characters means that it is no text."""


def decode(data: bytes, file: str, encoding: str | None = None) -> tuple[str, str]:
    """The text and the name of the encoding used.

    In order: the encoding asked for, a byte order mark, UTF-8, and for bytes that are not UTF-8 the
    guess of charset-normalizer, where Latin letters mean Windows-1252. Raises ImportFailed.
    """
    if encoding is not None:
        return _decode_as(data, file, encoding)
    mark = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if mark is not None:
        return _decode_as(data, file, mark)
    if _is_binary(data):
        raise ImportFailed(
            f"{file} is not a text file or a workbook; nothing has been taken. "
            "Save the table as CSV, TSV, XLSX or JSON and import that."
        )
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_as(data, file, _guess(data, file))


def _decode_as(data: bytes, file: str, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding).removeprefix("\ufeff"), codecs.lookup(encoding).name
    except (LookupError, TypeError, ValueError) as error:
        if isinstance(error, UnicodeError):
            raise ImportFailed(
                f"{file} cannot be read as {encoding}; nothing has been taken. "
                "Leave the encoding out, or name another, such as cp1252 or utf-8."
            ) from error
        raise ImportFailed(
            f"There is no encoding called “{encoding}”; nothing has been taken. "
            "Common ones are utf-8, cp1252 and utf-16."
        ) from error


def _is_binary(data: bytes) -> bool:
    head = data[:SAMPLE]
    if b"\x00" in data or head.startswith(OTHER_KINDS):
        return True
    controls = sum(byte < 32 and byte not in TEXT_CONTROLS for byte in head)
    return controls > MOST_CONTROLS * len(head)


def _guess(data: bytes, file: str) -> str:
    """Only lines with other than ASCII characters tell encodings apart, so only they are looked at.

    Between the many encodings of Latin letters a few curly quotes decide nothing: Windows-1252 is
    by far the most common one there and is taken wherever it can be.
    """
    # Imported here: it takes 0.1 s that UTF-8 files never need.
    from charset_normalizer import from_bytes

    telling = b"\n".join(line for line in data.splitlines() if not line.isascii())[:SAMPLE]
    best = from_bytes(telling).best()
    if best is None:
        raise ImportFailed(
            f"The encoding of {file} could not be told; nothing has been taken. "
            "Name it with --encoding, or save the file as UTF-8."
        )
    if _is_latin(str(best)):
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:
            return best.encoding
        return "cp1252"
    return best.encoding


def _is_latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha() and not c.isascii()]
    latin = sum(unicodedata.name(c, "").startswith("LATIN") for c in letters)
    return 2 * latin >= len(letters)
