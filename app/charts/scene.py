"""A chart as a value: marks in points, a text that replaces it, and the figures behind it."""

from typing import Literal, TypeAlias

from msgspec import Struct

from app.charts.palette import INK

Anchor: TypeAlias = Literal["start", "middle", "end"]


class Box(Struct, frozen=True, tag="box"):
    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    radius: float = 0
    hatched: bool = False
    opacity: float = 1
    key: str = ""
    tip: str = ""


class Rule(Struct, frozen=True, tag="rule"):
    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    width: float = 0.6
    dash: str = ""
    round: bool = False


class Dot(Struct, frozen=True, tag="dot"):
    x: float
    y: float
    radius: float
    fill: str
    stroke: str = ""
    key: str = ""
    tip: str = ""


class Trace(Struct, frozen=True, tag="trace"):
    """A line through points, or an area where `fill` is given."""

    points: tuple[tuple[float, float], ...]
    stroke: str = ""
    width: float = 1.6
    fill: str = ""
    opacity: float = 1


class Label(Struct, frozen=True, tag="label"):
    x: float
    y: float
    """Baseline."""
    text: str
    size: float = 8
    fill: str = INK
    anchor: Anchor = "start"
    bold: bool = False
    turn: float = 0
    """Degrees, clockwise, around the anchor."""


Mark: TypeAlias = Box | Rule | Dot | Trace | Label


class Figures(Struct, frozen=True):
    """What a chart shows, as a table: the same words and numbers."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Scene(Struct, frozen=True):
    width: float
    height: float
    title: str
    alt: str
    marks: tuple[Mark, ...]
    figures: Figures
