"""The live what-if: each touched workflow against typical, now and with the ticked gaps closed."""

from collections.abc import Sequence

import pyqtgraph as pg
from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from app.domain.risk.results import Relative
from app.ui.style import Look

APART = 0.17
ROW_LINES = 2.0
FRAME_LINES = 3.4
LONGEST = 26
NOW = "#9AA7B1"


class WhatIf(Struct, frozen=True):
    name: str
    before: Relative
    after: Relative


class WhatIfPlot(pg.PlotWidget):
    """Grey ring: now; filled dot: then; bars: 90% ranges given the answers; dashed: typical."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: tuple[WhatIf, ...] = ()
        plot = self.getPlotItem()
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMouseEnabled(x=False, y=False)
        plot.invertY(True)
        plot.getAxis("left").setStyle(tickLength=0)
        self.setAntialiasing(True)
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        look.changed.connect(self.redraw)

    def show_rows(self, rows: Sequence[WhatIf]) -> None:
        self._rows = tuple(rows)
        self.redraw()

    def redraw(self) -> None:
        look, plot = self._look, self.getPlotItem()
        self.setBackground(look.color("paper"))
        plot.clear()
        plot.addItem(
            pg.InfiniteLine(
                1.0, pen=pg.mkPen(look.color("third"), width=1, style=Qt.PenStyle.DashLine)
            )
        )
        self._draw([r.before for r in self._rows], -APART, NOW, look.tones.paper)
        self._draw([r.after for r in self._rows], APART, look.tones.accent, look.tones.accent)
        self._axes()
        lines = self.fontMetrics().height()
        self.setFixedHeight(int(lines * (FRAME_LINES + ROW_LINES * max(1, len(self._rows)))))

    def _draw(self, found: Sequence[Relative], shift: float, colour: str, fill: str) -> None:
        rows = [row + shift for row in range(len(found))]
        ends = [x for r in found for x in (r.low, r.high)]
        bar = pg.mkPen(pg.mkColor(colour), width=4)
        bar.setCapStyle(Qt.PenCapStyle.RoundCap)
        twice = [row for row in rows for _ in range(2)]
        self.getPlotItem().plot(ends, twice, connect="pairs", pen=bar)
        dots = pg.ScatterPlotItem(
            [r.value for r in found], rows, size=11, pen=pg.mkPen(colour, width=2), brush=fill
        )
        self.getPlotItem().addItem(dots)

    def _axes(self) -> None:
        plot, ink = self.getPlotItem(), self._look.color("second")
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setTextPen(pg.mkPen(ink))
            axis.setPen(pg.mkPen(self._look.color("line")))
            axis.setTickFont(font)
        names = [(row, _cut(found.name)) for row, found in enumerate(self._rows)]
        plot.getAxis("left").setTicks([names])
        shown = [r for w in self._rows for r in (w.before, w.after)]
        low = min([0.5, *(r.low for r in shown)])
        high = max([1.5, *(r.high for r in shown)])
        ticks = [(step / 2, f"{step / 2:.1f}") for step in range(int(high * 2) + 1)]
        plot.getAxis("bottom").setTicks([ticks])
        plot.setXRange(low, high, padding=0.04)
        plot.setYRange(-0.6, max(1, len(self._rows)) - 0.4, padding=0)


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
