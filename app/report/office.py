"""What decks and documents share: lawful text, widths of columns, and packages of fixed bytes."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any, Final

from app.charts.lettering import width
from app.charts.palette import ALARM, STATES
from app.report.brand import ACCENT
from app.report.model import Cell, ReportModel, Table
from app.words import Words

ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML holds. Source: XML 1.0, production 2."""
MADE: Final = (1980, 1, 1, 0, 0, 0)
BOX: Final = "☐"
TINTS: Final = {
    **STATES,
    "severity_critical": STATES["live_without_cover"],
    "severity_high": STATES["not_defined"],
    "severity_medium": STATES["may_build"],
    "severity_low": STATES["stop_or_pause"],
    "alarm": (ALARM, ""),
}
"""A cell's tone to its ink and the tint behind the word."""
LOCALES: Final = {"en": "en-GB", "de": "de-DE"}
MOST_NATURAL, MOST_LEAST = 0.24, 0.45
"""Share of the width that a column takes by its texts, and by its longest word."""
LOOKED_AT, MOST_SIGNS = 60, 400
"""Rows from which widths are taken, and characters of a text."""


def legal(text: str) -> str:
    """The text with every character that XML forbids written by its code."""
    return ILLEGAL.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)


def locale(model: ReportModel) -> str:
    return LOCALES.get(model.language, model.language)


def accent(model: ReportModel) -> str:
    """Six hexadecimal digits."""
    return (model.look.accent or ACCENT).removeprefix("#")


def tinted(colour: str) -> str:
    """The colour half way to white; six hexadecimal digits, like what it is made from."""
    parts = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    return "".join(f"{(part + 255) // 2:02X}" for part in parts)


def head_right(model: ReportModel) -> str:
    """Classification and status, as they stand at the head of every page."""
    return ". ".join(part for part in (model.frame.classification, model.frame.status) if part)


def said(cell: Cell, words: Words) -> str:
    """A cell's text; where people decide, boxes to mark."""
    if cell.tone == "verdict":
        return "   ".join(f"{BOX} {words(f'verdict.{v}')}" for v in ("yes", "changed", "no"))
    return legal(cell.text)


def column_widths(
    table: Table, total: float, size: float, pad: float, words: Words
) -> tuple[float, ...]:
    """Points: what a column of share 0 needs, the rest by share, no column below its longest word.

    Taken from the first rows; text is estimated in the size of the cells with `pad` around it.
    """
    natural, least = _needs(table, total, size, pad, words)
    taken = [0 if c.share else w for c, w in zip(table.columns, natural, strict=True)]
    return _shared(table, taken, least, total)


def is_dense(table: Table, total: float, size: float, pad: float, words: Words) -> bool:
    """In this size words would have to be broken."""
    return sum(_needs(table, total, size, pad, words)[1]) > total


def _needs(
    table: Table, total: float, size: float, pad: float, words: Words
) -> tuple[list[float], list[float]]:
    """Of each column the width of its longest text, and of its longest word."""
    rows = [row for row in table.rows if not row.heads][:LOOKED_AT]
    natural, least = [], []
    for i, column in enumerate(table.columns):
        texts = [said(row.cells[i], words)[:MOST_SIGNS] for row in rows]
        texts += [row.cells[i].detail[:MOST_SIGNS] for row in rows]
        title = [width(word, size, bold=True) for word in column.title.split()]
        full = [width(text, size, bold=True) for text in texts]
        each = [width(word, size, bold=True) for text in texts for word in text.split()]
        each += full if column.align == "right" else []
        least.append(min(max([*each, *title, 0]) + pad, MOST_LEAST * total))
        natural.append(max(least[-1], min(max([*full, *title, 0]) + pad, MOST_NATURAL * total)))
    return natural, least


def _shared(
    table: Table, taken: list[float], least: list[float], total: float
) -> tuple[float, ...]:
    """The width left over by share; columns that would fall below their least keep it."""
    shares = [column.share for column in table.columns]
    found = list(taken)
    open_ = [i for i, share in enumerate(shares) if share]
    while open_:
        left = total - sum(found[i] for i in range(len(found)) if i not in open_)
        unit = left / sum(shares[i] for i in open_)
        short = [i for i in open_ if unit * shares[i] < least[i]]
        for i in short or open_:
            found[i] = least[i] if short else unit * shares[i]
        open_ = [i for i in open_ if i not in short] if short else []
    over = sum(found) - total
    slack = [max(0.0, w - low) for w, low in zip(found, least, strict=True)]
    if 0 < over <= sum(slack):
        return tuple(w - more * over / sum(slack) for w, more in zip(found, slack, strict=True))
    return tuple(w * total / sum(found) for w in found)


def number_in(text: str, words: Words) -> tuple[float, ...]:
    """The figures that a text prints, read by the language's own separators."""
    decimal, thousands = words("format.decimal"), words("format.thousands")
    found = re.findall(rf"\d+(?:[{re.escape(decimal + thousands)}]\d+)*", text)
    plain = (figure.replace(thousands, "").replace(decimal, ".") for figure in found)
    return tuple(float(figure) for figure in plain)


def stamp(properties: Any, model: ReportModel) -> None:
    """Core properties: title, language, the record it was made from, and no other day or hand."""
    day = model.frame.date
    made = dt.datetime(day.year, day.month, day.day)
    properties.title = legal(model.frame.title)[:255]
    properties.subject = legal(model.headline)[:255]
    properties.author = legal(model.frame.client)[:255]
    properties.last_modified_by = ""
    properties.comments = ""
    properties.keywords = ""
    properties.category = ""
    properties.language = locale(model)
    properties.identifier = origin(model)
    properties.created = made
    properties.modified = made
    properties.revision = 1


def origin(model: ReportModel) -> str:
    """What a file was made from, in one line: reading it back compares this."""
    made = model.control
    return f"{made.sequence} {made.chain_head} {model.audience.value} {model.language}"[:255]


def packed(body: bytes) -> bytes:
    """The same package with fixed times, so that the same report gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            place = zipfile.ZipInfo(name, MADE)
            place.compress_type = zipfile.ZIP_DEFLATED
            place.external_attr = 0o644 << 16
            new.writestr(place, old.read(name))
    return out.getvalue()


def whole_archive(body: bytes) -> None:
    """ValueError or BadZipFile for a package of which a part is damaged."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        broken = archive.testzip()
    if broken:
        raise ValueError(f"{broken} in it is damaged")


def without(rels: Any, *endings: str) -> None:
    """Drop the relations of these kinds, and with them the parts they lead to."""
    for key in [k for k, rel in rels.items() if rel.reltype.endswith(endings)]:
        rels.pop(key)


def columns_of(table: Table, keys: Sequence[str]) -> tuple[int, ...]:
    """Places of the columns that the table has of these, in this order."""
    places = {column.key: i for i, column in enumerate(table.columns)}
    return tuple(places[key] for key in keys if key in places)
