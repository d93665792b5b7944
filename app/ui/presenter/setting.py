"""A sheet set in type for a wall of some size: everything fits, nothing is too small to read.

The headline is a fourteenth of the wall's height, everything else between a thirty-sixth and a
size that reads well from the back; the largest that fits is taken. What does not fit at the
smallest size loses its note first, and then the ends of its longest texts.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSizeF

from app.ui.presenter.letters import MANY, Block, block, headline, smallest, width_of
from app.ui.presenter.sheets import Row, Sheet, n_of

MARGIN = 0.055
"""Of the height, all round."""
STEPS = (1.75, 1.6, 1.45, 1.3, 1.2, 1.1, 1.05, 1.0)
"""Sizes of the text that are tried, in smallest sizes."""
ROLES, TEXTS = 0.27, 0.60
"""Width of the words before dots and before bars."""
HEAD_LINES, ROW_LINES = (4, 3, 2), (3, 2, 1)
"""Lines left of a headline and of a row, where not everything fits."""


class Shape(Struct, frozen=True):
    box: QRectF
    fill: str
    radius: float = 0.0


class Picture(Struct, frozen=True):
    """Shapes below, texts above."""

    shapes: tuple[Shape, ...] = ()
    blocks: tuple[Block, ...] = ()
    bottom: float = 0.0


def set_type(sheet: Sheet, size: QSizeF, zoom: float = 1.0) -> Picture:
    """The best setting of a sheet in a size in pixels; `zoom` makes larger what has the room."""
    if sheet.is_empty or size.isEmpty():
        return Picture()
    limit = size.height() * (1 - MARGIN) + 0.5
    for made in _tries(sheet, size, max(1.0, zoom)):
        if made.bottom <= limit:
            return made
    return made


def _tries(sheet: Sheet, size: QSizeF, zoom: float) -> Iterator[Picture]:
    """From the best to what always fits."""
    for step in STEPS:
        larger = 1.0 + (zoom - 1.0) * (step - 1.0) / (STEPS[0] - 1.0)
        yield _Setter(sheet, size, step * larger, larger).set()
    bare = Sheet(
        sheet.headline, sheet.about, sheet.rows, sheet.columns, "", sheet.foot, sheet.clock
    )
    yield _Setter(bare, size, 1.0, 1.0).set()
    for rows in ROW_LINES:
        for heads in HEAD_LINES:
            yield _Setter(bare, size, 1.0, 1.0, heads, rows).set()


class _Setter:
    """One try: texts at one size, cut after so many lines."""

    def __init__(
        self,
        sheet: Sheet,
        size: QSizeF,
        step: float,
        larger: float,
        head_lines: int = MANY,
        row_lines: int = MANY,
    ) -> None:
        self.sheet, self.size = sheet, size
        self.text = max(smallest(size.height()), round(smallest(size.height()) * step))
        self.head = max(headline(size.height()), round(headline(size.height()) * larger))
        self.head_lines, self.row_lines = head_lines, row_lines
        self.left = MARGIN * size.height()
        self.width = size.width() - 2 * self.left
        self.top = self.left
        self.shapes: list[Shape] = []
        self.blocks: list[Block] = []

    def set(self) -> Picture:
        self._write(self.sheet.about, self.text, tone="second", most=2)
        self._write(
            self.sheet.headline, self.head, is_bold=True, most=self.head_lines, gap=self.text * 0.7
        )
        feet = self._feet()
        need = sum(f.box.height() for f in feet) + (self.text * 0.7 if feet else 0)
        self._rows(self.size.height() - self.left - need)
        if self.sheet.clock:
            self._clock()
        self._place_feet(feet, need)
        return Picture(tuple(self.shapes), tuple(self.blocks), self.top)

    def _write(
        self, text: str, size: int, *, tone: str = "ink", is_bold: bool = False, most: int,
        gap: float = 0.0,
    ) -> None:  # fmt: skip
        if text:
            made = block(
                text, self.left, self.top, self.width, size, most=most, tone=tone, is_bold=is_bold
            )
            self.blocks.append(made)
            self.top = made.box.bottom() + gap

    def _feet(self) -> list[Block]:
        """Note and foot, still at the top."""
        return [
            block(text, self.left, 0, self.width, self.text, most=most, tone=tone, is_bold=strong)
            for text, tone, strong, most in (
                (self.sheet.note, "second", False, 2),
                (self.sheet.foot, "accent", True, self.row_lines),
            )
            if text
        ]

    def _place_feet(self, feet: list[Block], need: float) -> None:
        """At the bottom of the wall, or under the rows where those need the room."""
        top = max(self.top + need, self.size.height() - self.left) - need
        top += self.text * 0.7 if feet else 0
        for made in feet:
            self.blocks.append(_at(made, top))
            top += made.box.height()
        if feet:
            self.top = top

    # Rows.

    def _rows(self, bottom: float) -> None:
        """One under the other, spread a little where there is room."""
        rows = self.sheet.rows
        if not rows:
            return
        if self.sheet.columns:
            self._columns()
        heights = [self._row_block(row).box.height() for row in rows]
        tall = [max(h, self._mark_size(row)) for row, h in zip(rows, heights, strict=True)]
        free = bottom - self.top - sum(tall)
        gap = min(max(free / len(rows), self.text * 0.35), self.text * 0.95)
        for row, height in zip(rows, tall, strict=True):
            self._row(row, self.top + gap / 2, height, gap)
            self.top += height + gap

    def _mark_size(self, row: Row) -> float:
        """A row with dots or a bar needs their height as one with a sign does."""
        return self.text * 1.6 if row.mark or row.dots is not None else self.text * 1.3

    def _row_block(self, row: Row) -> Block:
        left, width = self.left, self.width
        if any(r.mark for r in self.sheet.rows):
            indent = self.text * (2.2 if row.ground else 1.3)
            left, width = left + indent, width - indent
        if row.dots is not None:
            width = self.width * ROLES - self.text
        elif row.count and row.count[1]:
            width = self.width * TEXTS - self.text
        tone = "third" if row.is_dim else "ink"
        return block(
            row.text, left, 0, width, self.text, most=self.row_lines, tone=tone,
            is_bold=row.is_chosen,
        )  # fmt: skip

    def _row(self, row: Row, top: float, height: float, gap: float) -> None:
        if row.is_chosen:
            pad = min(gap, self.text * 0.5) / 2
            around = QRectF(self.left, top, self.width, height)
            around.adjust(-self.text * 0.4, -pad, self.text * 0.4, pad)
            self.shapes.append(Shape(around, "accent_soft", self.text * 0.3))
        if row.mark:
            self._mark(row, top, height)
        made = self._row_block(row)
        self.blocks.append(_at(made, top + (height - made.box.height()) / 2))
        if row.count and row.count[1]:
            self._bar(row.count, top, height)
        if row.dots is not None:
            self._dot_row(row.dots, top, height)

    def _mark(self, row: Row, top: float, height: float) -> None:
        side = self._mark_size(row)
        wide = side if row.ground else self.text * 1.2
        box = QRectF(self.left, top + (height - side) / 2, side, side)
        made = block(
            row.mark, self.left, 0, wide, self.text, tone=row.ink, is_bold=True,
            is_centred=bool(row.ground),
        )  # fmt: skip
        if row.ground:
            self.shapes.append(Shape(box, row.ground, side * 0.2))
            self.blocks.append(_at(made, box.center().y() - made.box.height() / 2))
        else:
            # A bullet stands with the first line of its text.
            first = (height - self._row_block(row).box.height()) / 2
            self.blocks.append(_at(made, top + first))

    def _bar(self, count: tuple[int, int], top: float, height: float) -> None:
        """How many of how many, as words and as a length."""
        n, of = count
        words = n_of(n, of)
        room = max(
            width_of(n_of(*row.count), self.text, is_bold=True)
            for row in self.sheet.rows
            if row.count
        )
        left = self.left + self.width * TEXTS
        long = self.width * (1 - TEXTS) - room - self.text
        thick = self.text * 0.8
        middle = top + height / 2
        box = QRectF(left, middle - thick / 2, long, thick)
        self.shapes.append(Shape(QRectF(box), "quiet_soft", thick * 0.25))
        if n:
            box.setWidth(max(thick * 0.5, long * n / of))
            self.shapes.append(Shape(box, "accent", thick * 0.25))
        made = block(words, left + long + self.text, 0, room + 4, self.text, is_bold=True)
        self.blocks.append(_at(made, middle - made.box.height() / 2))

    # Dots by role.

    def _column(self, level: int) -> tuple[float, float]:
        """Left edge and width of one level's column."""
        wide = self.width * (1 - ROLES) / len(self.sheet.columns)
        return self.left + self.width * ROLES + level * wide, wide

    def _columns(self) -> None:
        """The names of the levels, over their dots."""
        made = []
        for level, name in enumerate(self.sheet.columns):
            left, wide = self._column(level)
            made.append(
                block(
                    name, left, self.top, wide - self.text * 0.4, smallest(self.size.height()),
                    most=2, tone="second", is_centred=True,
                )
            )  # fmt: skip
        self.blocks.extend(made)
        self.top = max(b.box.bottom() for b in made) + self.text * 0.3

    def _dot_row(self, dots: tuple[int, ...], top: float, height: float) -> None:
        """As many dots in a column as people gave that level; they shrink where they are many."""
        for level in range(len(self.sheet.columns)):
            left, wide = self._column(level)
            lane = QRectF(left, top, wide - self.text * 0.4, height)
            self.shapes.append(Shape(lane, "quiet_soft", self.text * 0.15))
            many = dots.count(level)
            side = min(self.text * 0.9, lane.width() / (many * 1.25 + 0.25) if many else 0)
            start = lane.center().x() - (many * 1.25 - 0.25) * side / 2
            for n in range(many):
                x = start + n * side * 1.25
                box = QRectF(x, lane.center().y() - side / 2, side, side)
                self.shapes.append(Shape(box, "accent", side / 2))

    def _clock(self) -> None:
        """Large, in the middle of what is left."""
        size = round(self.size.height() / 5)
        made = block(
            self.sheet.clock, self.left, 0, self.width, size, tone="accent", is_bold=True,
            is_centred=True,
        )  # fmt: skip
        free = self.size.height() - self.left - self.top
        self.blocks.append(_at(made, self.top + max(0.0, free - made.box.height()) / 2))
        self.top += made.box.height()


def _at(made: Block, top: float) -> Block:
    """The same text elsewhere."""
    box = QRectF(made.box)
    box.moveTop(top)
    return replace(made, box=box)
