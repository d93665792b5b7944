"""Pictures as PNG, for formats that hold no drawing of the report's own kind."""

from collections.abc import Sequence
from typing import Any, Final

import typst
from msgspec import json

from app.charts.scene import Label, Scene
from app.charts.svg import svg
from app.errors import ExportFailed
from app.report.glyphs import Glyphs, needs_system
from app.report.layout import ANCHORS
from app.report.logo import is_png, proportion
from app.report.model import Look, Picture
from app.resource import resource

PPI: Final = 200.0
LOGO_HIGH: Final = 72.0
"""Points at which a drawn logo is made into pixels; larger than it is ever shown."""


def rastered(pictures: Sequence[Picture], language: str, ppi: float = PPI) -> list[bytes]:
    """Each picture as PNG bytes at `ppi` pixels an inch. ExportFailed where one cannot be drawn."""
    if not pictures:
        return []
    drawn = [_drawn(picture.scene, picture.key) for picture in pictures]
    return _compiled({"language": language, "pictures": drawn}, ppi)


def logo_png(look: Look) -> bytes:
    """The brand's logo as PNG; a PNG is itself."""
    if is_png(look.logo):
        return look.logo
    wide = LOGO_HIGH * proportion(look.logo)
    drawn = {"svg": look.logo.decode(), "labels": [], "width": wide, "height": LOGO_HIGH}
    return _compiled({"language": "en", "pictures": [drawn]}, 2 * PPI)[0]


def _drawn(scene: Scene, name: str) -> dict[str, Any]:
    """Shapes as SVG and the labels beside them, which typst sets in every script."""
    labels = [mark for mark in scene.marks if isinstance(mark, Label)]
    return {
        "svg": svg(scene, name=name, labels=False),
        "width": scene.width,
        "height": scene.height,
        "labels": [
            {
                "x": label.x,
                "y": label.y,
                "t": label.text,
                "s": label.size,
                "f": label.fill,
                "a": ANCHORS[label.anchor],
                "b": label.bold,
                "r": label.turn,
            }
            for label in labels
        ],
    }


def _compiled(data: dict[str, Any], ppi: float) -> list[bytes]:
    text = json.encode(data).decode()
    try:
        found: Any = typst.compile(
            resource("templates", "picture.typ"),
            font_paths=[resource("fonts")],
            ignore_system_fonts=not needs_system(text, Glyphs()),
            sys_inputs={"data": text},
            format="png",
            ppi=ppi,
        )
    except typst.TypstError as error:
        raise ExportFailed(
            "The pictures of the report could not be drawn, and nothing was written. The audit is "
            f"safe. Write the report as HTML instead, and report this: {error}"
        ) from error
    return found if isinstance(found, list) else [found]
