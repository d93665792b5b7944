"""The report as a value: already redacted, in words, with every number kept under a name."""

import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from msgspec import Struct, msgpack

from app.charts.scene import Scene

SCHEMA: Final = "plumbline-report/1"


class Audience(StrEnum):
    FULL = "full"
    EXECUTIVE = "executive"
    EXTERNAL = "external"


class PageSize(StrEnum):
    A4 = "a4"
    LETTER = "letter"


class Line(Struct, frozen=True, omit_defaults=True):
    """A sentence, the code of its template and the values it names."""

    key: str
    text: str
    values: Mapping[str, str | int | float | bool | None] = {}


class Cell(Struct, frozen=True, omit_defaults=True):
    """A cell's text; `value` where it is a number, `tone` a code that colours the word."""

    text: str
    detail: str = ""
    value: float | None = None
    tone: str = ""


class Column(Struct, frozen=True, omit_defaults=True):
    """`share` of the width left over by columns that take what they need (share 0)."""

    key: str
    title: str
    share: float = 0
    align: Literal["left", "right"] = "left"
    kind: Literal["text", "number", "share", "date"] = "text"
    """What a spreadsheet makes of it; a date's text is ISO, a share is 0 to 1."""
    is_open: bool = False
    """People may change it in a sheet, and the change is read back."""
    choices: tuple[str, ...] = ()
    """The texts an open column takes; empty where any text, number or date will do."""
    codes: tuple[str, ...] = ()
    """What each choice is called in the record; for a person who may not be named a stand-in."""


class Row(Struct, frozen=True, omit_defaults=True):
    """A row; `heads` where its single cell spans all columns and heads the rows that follow."""

    key: str
    cells: tuple[Cell, ...]
    heads: bool = False


class Table(Struct, frozen=True, tag="table", omit_defaults=True):
    """Rows and columns. A number's name is table, row and column key."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    """Below the table: how many rows stand elsewhere, or what the words mean."""


class Picture(Struct, frozen=True, tag="picture"):
    key: str
    caption: str
    scene: Scene


class Text(Struct, frozen=True, tag="text", omit_defaults=True):
    """Sentences of one paragraph, or `listed` one by one, under an optional small heading."""

    key: str
    lines: tuple[Line, ...]
    title: str = ""
    listed: bool = False


Block: TypeAlias = Table | Picture | Text


class Section(Struct, frozen=True):
    """A page of the report, or an annex. The heading is a sentence made from data."""

    key: str
    label: str
    heading: Line
    lead: tuple[Line, ...]
    blocks: tuple[Block, ...]


class Brief(Struct, frozen=True):
    """Page 1."""

    heading: Line
    provisional: Line | None
    states: Table
    decisions: Table
    undecided: Text
    disagreed: Text
    rates: Table | None
    rates_text: Text
    care: Text
    signature: tuple[str, str]

    @property
    def tables(self) -> tuple[Table, ...]:
        return (self.states, self.decisions, *((self.rates,) if self.rates else ()))


class Control(Struct, frozen=True):
    """What this report was made from; `verify` reads sequence and chain head back."""

    program: str
    bank: str
    bank_hash: str
    reference: str
    file: str
    sequence: int
    chain_head: str
    replaced: int = 0
    """Characters written by their code, because no font has them."""


class Frame(Struct, frozen=True):
    """What stands on every page."""

    title: str
    client: str
    classification: str
    date: dt.date
    date_text: str
    status: str
    footer: str
    of_pages: str
    """Page number with # for the page and ## for the number of pages."""


class Look(Struct, frozen=True):
    """The brand on every page; the logo stands on page 1 alone."""

    accent: str = ""
    """A colour that reads 4.5:1 against white; empty keeps the report's own."""
    name: str = ""
    footer: str = ""
    logo: bytes = b""
    """A PNG or SVG, and what it is for those who do not see it."""
    logo_words: str = ""


class ReportModel(Struct, frozen=True):
    schema: str
    language: str
    audience: Audience
    page: PageSize
    frame: Frame
    brief: Brief | None
    """None where the document is no report, but minutes."""
    sections: tuple[Section, ...]
    annexes: tuple[Section, ...]
    control: Control
    registers: tuple[Table, ...] = ()
    """Complete tables for those who go on working with them: every row, one record each."""
    look: Look = Look()

    def __reduce__(self) -> tuple[Callable[[bytes], "ReportModel"], tuple[bytes]]:
        """Packed for another process so that what is written there is the same to the byte.

        What stands at its default is left out of a written report, and whether it does is told by
        identity, which a text loses on its way.
        """
        return _unpacked, (msgpack.encode(self),)

    @property
    def headline(self) -> str:
        """The sentence the document opens with."""
        first = [self.brief.heading] if self.brief else [s.heading for s in self.sections]
        return first[0].text if first else self.frame.title


def _unpacked(packed: bytes) -> ReportModel:
    return msgpack.decode(packed, type=ReportModel)
