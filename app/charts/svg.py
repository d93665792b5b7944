"""A scene as SVG text."""

from html import escape
from typing import Final

from app.charts.palette import HATCH
from app.charts.scene import Box, Dot, Label, Mark, Rule, Scene, Trace

FAMILIES: Final = (
    "Inter, Noto Sans, Noto Sans Arabic, Noto Sans Hebrew, Noto Sans Devanagari, "
    "Noto Sans Thai, Noto Sans CJK SC, sans-serif"
)


def svg(scene: Scene, *, name: str, families: str = FAMILIES, labels: bool = True) -> str:
    """SVG text; `name` keeps ids apart where several charts stand in one page.

    Without `labels` only the shapes are drawn, for a page that sets the labels itself.
    """
    hatch = f"{name}-hatch"
    drawn = (mark for mark in scene.marks if labels or not isinstance(mark, Label))
    body = "".join(_mark(mark, hatch) for mark in drawn)
    width, height = _n(scene.width), _n(scene.height)
    pattern = (
        f'<defs><pattern id="{hatch}" width="5" height="5" patternUnits="userSpaceOnUse">'
        f'<path d="M0,0 L5,5" stroke="{HATCH}" stroke-width="0.6"/></pattern></defs>'
        if any(isinstance(mark, Box) and mark.hatched for mark in scene.marks)
        else ""
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}-drawing" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="{escape(scene.alt)}" '
        f'font-family="{families}"><title>{escape(scene.title)}</title>'
        f"<desc>{escape(scene.alt)}</desc>{pattern}{body}</svg>"
    )


def _mark(mark: Mark, hatch: str) -> str:
    match mark:
        case Box():
            return _box(mark, hatch)
        case Rule():
            ends = f'x1="{_n(mark.x1)}" y1="{_n(mark.y1)}" x2="{_n(mark.x2)}" y2="{_n(mark.y2)}"'
            dash = f' stroke-dasharray="{mark.dash}"' if mark.dash else ""
            cap = ' stroke-linecap="round"' if mark.round else ""
            return (
                f'<line {ends} stroke="{mark.stroke}" stroke-width="{_n(mark.width)}"{dash}{cap}/>'
            )
        case Dot():
            place = f'cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_n(mark.radius)}"'
            return f'<circle {place} fill="{mark.fill}"{_stroke(mark.stroke)}/>'
        case Trace():
            return _trace(mark)
        case Label():
            return _label(mark)


def _box(mark: Box, hatch: str) -> str:
    width, height = max(mark.width, 0), max(mark.height, 0)
    place = f'x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(width)}" height="{_n(height)}"'
    shape = f'{place} rx="{_n(mark.radius)}"' if mark.radius else place
    opacity = f' fill-opacity="{_n(mark.opacity)}"' if mark.opacity != 1 else ""
    drawn = f'<rect {shape} fill="{mark.fill}"{opacity}{_stroke(mark.stroke)}/>'
    return drawn + (f'<rect {shape} fill="url(#{hatch})"/>' if mark.hatched else "")


def _trace(mark: Trace) -> str:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in mark.points)
    if mark.fill:
        return f'<polygon points="{points}" fill="{mark.fill}" fill-opacity="{_n(mark.opacity)}"/>'
    line = f'stroke="{mark.stroke}" stroke-width="{_n(mark.width)}" stroke-linejoin="round"'
    return f'<polyline points="{points}" fill="none" {line}/>'


def _label(mark: Label) -> str:
    place = f'x="{_n(mark.x)}" y="{_n(mark.y)}"'
    if mark.turn:
        place = f'transform="translate({_n(mark.x)},{_n(mark.y)}) rotate({_n(mark.turn)})"'
    anchor = f' text-anchor="{mark.anchor}"' if mark.anchor != "start" else ""
    weight = ' font-weight="bold"' if mark.bold else ""
    style = f'font-size="{_n(mark.size)}" fill="{mark.fill}"{anchor}{weight}'
    return f"<text {place} {style}>{escape(mark.text)}</text>"


def _stroke(colour: str) -> str:
    return f' stroke="{colour}" stroke-width="0.6"' if colour else ""


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
