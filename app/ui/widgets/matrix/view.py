"""The view of a map: painted cells between painted headers, driven by keyboard or mouse."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView

from app.ui.models.matrix import MatrixModel
from app.ui.style import Look
from app.ui.widgets.matrix.headers import ColumnHeader, RowHeader, fold
from app.ui.widgets.matrix.painting import CellDelegate, small_font, smaller, tiny_font

TALLEST = 16_777_215
NAMES = 13
"""Characters of a name that can be read at least."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class MatrixView(QTableView):
    """Rows stay named while the map scrolls; columns share the width there is."""

    opened = Signal(str, str)
    """Row and column of a cell that was opened by mouse, Enter or Space."""
    row_opened = Signal(str)
    moved = Signal(str, str)
    """Row and column of the cell the keyboard stands on."""
    keyed = Signal(str, str, int)
    """A digit, or Delete as -1, typed on a cell."""

    def __init__(
        self, model: MatrixModel, look: Look, name: str, corner: str, *, narrow: tuple[str, str],
        wide: int = 18, at_once: bool = True, upright: bool = True,
    ) -> None:  # fmt: skip
        """`narrow`: text and second line that a shared column holds. `wide`: most characters.

        `at_once`: a click opens; else it chooses, and a double click opens. `upright`: titles may
        stand upright where columns are narrow; else columns stay as wide as their words.
        """
        super().__init__()
        self.map = model
        self._look, self._narrow, self._wide, self._upright = look, narrow, wide, upright
        self._kept: tuple[str, str] | None = None
        self.setAccessibleName(name)
        self.setHorizontalHeader(ColumnHeader(look))
        self.setVerticalHeader(RowHeader(look))
        self.setItemDelegate(CellDelegate(look, self))
        self.setModel(model)
        self._corner = QLabel(corner, self)
        self._corner.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom)
        self._set_up()
        self._connect()
        (self.clicked if at_once else self.doubleClicked).connect(self._open)
        self._restyle()

    def _set_up(self) -> None:
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _connect(self) -> None:
        self.verticalHeader().sectionClicked.connect(
            lambda row: self.row_opened.emit(self.map.ids[row])
        )
        self.horizontalHeader().sectionClicked.connect(self._order)
        self.map.modelAboutToBeReset.connect(self._keep)
        self.map.modelReset.connect(self._restore)
        self._look.changed.connect(self._restyle)

    # Where the keyboard stands.

    @property
    def place(self) -> tuple[str, str] | None:
        """Row and column of the current cell."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        return self.map.ids[index.row()], self.map.heads[index.column()].key

    def show_place(self, row: str, column: str = "") -> bool:
        """Make a cell current; False where the map does not show it."""
        if row not in self.map.ids:
            return False
        place = max(0, self.map.column_of(column))
        self.setCurrentIndex(self.map.index(self.map.ids.index(row), place))
        return True

    def currentChanged(self, now: QModelIndex, before: QModelIndex) -> None:
        super().currentChanged(now, before)
        self.verticalHeader().viewport().update()
        self.horizontalHeader().viewport().update()
        if now.isValid():
            self.moved.emit(self.map.ids[now.row()], self.map.heads[now.column()].key)

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.map.rowCount() and self.map.columnCount():
            self.selectionModel().setCurrentIndex(
                self.map.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def _keep(self) -> None:
        self._kept = self.place

    def _restore(self) -> None:
        self._measure()
        if self._kept:
            self.show_place(*self._kept)

    # Keys and clicks.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif not index.isValid() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.key() in ENTER:
            self._open(index)
        elif event.text() in ("0", "1", "2", "3", "4") and event.text():
            self.keyed.emit(*self.place, int(event.text()))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.keyed.emit(*self.place, -1)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging over the map selects nothing."""

    def keyboardSearch(self, text: str) -> None:
        """Letters find rows by name, as in a list."""
        start = self.currentIndex().row() + 1
        rows = [*range(start, len(self.map.ids)), *range(start)]
        for row in rows:
            if self.map.name(row).name.casefold().startswith(text.casefold()):
                self.setCurrentIndex(self.map.index(row, max(0, self.currentIndex().column())))
                return

    def copy(self) -> None:
        """The whole map as a block for a spreadsheet."""
        model = self.map
        lines = ["\t".join([self._corner.text(), *(head.title for head in model.heads)])]
        for row in range(len(model.ids)):
            cells = (model.cell(row, column) for column in range(len(model.heads)))
            lines.append("\t".join([model.name(row).name, *(c.said or c.text for c in cells)]))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.map.ids[index.row()], self.map.heads[index.column()].key)

    def _order(self, column: int) -> None:
        """Worst first, then best first, then the map's own order again."""
        key, model = self.map.heads[column].key, self.map
        if model.sorted_by != key:
            model.order_by(key)
        elif not model.is_reversed:
            model.order_by(key, is_reversed=True)
        else:
            model.order_by("")

    # Measures.

    def _restyle(self) -> None:
        tones = self._look.tones
        self._corner.setFont(small_font(self.font(), bold=True))
        self._corner.setStyleSheet(
            f"color: {tones.third}; background: {tones.paper}; padding: 0 9px 6px 9px;"
            f" border: 0; border-bottom: 1px solid {tones.line};"
        )
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Names take a fifth, fixed columns what they say, the others share the rest."""
        metrics = self.fontMetrics()
        small = smaller(self.font())
        self.verticalHeader().setDefaultSectionSize(metrics.height() + small.height() + 9)
        sign = metrics.averageCharWidth()
        bar = self.verticalScrollBar().sizeHint().width() * self.verticalScrollBar().isVisible()
        whole = self.width() - 2 * self.frameWidth() - bar
        names = min(max(whole // 5, 20 * sign), 44 * sign)
        heads = self.map.heads
        fixed = {n: small.horizontalAdvance(h.sample) + 20 for n, h in enumerate(heads) if h.sample}
        sharing = len(heads) - len(fixed)
        least = sum(fixed.values()) + sharing * self._least(small)
        if names + least > whole:
            # Before anything is out of sight chips take two lines and names what is left.
            for n in (n for n in fixed if heads[n].leading):
                fixed[n] = fold(small, heads[n].sample, small.height() * 2).height() + 26
            least = sum(fixed.values()) + sharing * self._least(small)
            names = max(NAMES * sign, min(names, whole - least))
        self.verticalHeader().setFixedWidth(names)
        share = (whole - names - sum(fixed.values())) // max(1, sharing)
        share = min(max(share, self._least(small)), self._wide * sign)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(12)
        header.setDefaultSectionSize(share)
        for column in range(len(heads)) if fixed else ():
            header.resizeSection(column, fixed.get(column, share))
        header.fit(share)
        self._hug()
        self.updateGeometries()

    def _least(self, small: QFontMetrics) -> int:
        """What a shared column needs for its widest text and its widest second line."""
        tiny = QFontMetrics(tiny_font(self.font()))
        text, detail = self._narrow
        least = max(small.horizontalAdvance(text), tiny.horizontalAdvance(detail)) + 6
        return least if self._upright else max(least, self.horizontalHeader().least())

    def _hug(self) -> None:
        """No taller than its rows, so that no empty box stands under them."""
        rows = max(1, self.map.rowCount()) * self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height()
        wide = self.horizontalHeader().length() + self.verticalHeader().width() > self.width()
        height = self.horizontalHeader().sizeHint().height() + rows + 2 * self.frameWidth()
        self.setMaximumHeight(min(height + wide * bar, TALLEST))

    @property
    def full_height(self) -> int:
        """What the whole map would need."""
        return self.maximumHeight()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if not hasattr(self, "_corner"):
            return
        names, height = self.verticalHeader(), self.horizontalHeader().height()
        self._corner.setGeometry(names.x(), self.frameWidth(), names.width(), height)
