"""The tree of gaps: a row per question, folded, with its gaps as a table underneath."""

import datetime as dt

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
)

from app.domain.gaps import Gap
from app.domain.ids import GapKey
from app.ui.models.gap.traits import SEVERITY_TONES
from app.ui.models.gap.tree import DUE, GROUP_ROLE, LEVEL, NOTE, OWNER, RESPONSE, TARGET, GapTree
from app.ui.style import Look
from app.ui.widgets.cells import EDIT, EDITABLE, ENTER, CellDelegate
from app.ui.widgets.column_widths import column_width
from app.ui.widgets.state_chip import chip_font, chip_size

ROOM = 12
"""Pixels a row is taller than its text."""
SPARE = {TARGET: 0.2, LEVEL: 0.5, OWNER: 0.1}
"""Column to its part of the width that is left over."""
SPARE_TYPED = {RESPONSE: 0.1, NOTE: 0.1}
"""The same where something was typed into the column; else the answer takes it."""
LONGEST_DAY = dt.date(2028, 9, 28)
BESIDE = 14
"""Pixels around a text in a cell."""
MOST_COUNTS = 0.36
"""Part of a question's row that its counts may take from its words."""
FEW = 60
"""Up to so many gaps everything is unfolded from the start."""


class GapDelegate(CellDelegate):
    """Rows of questions are painted across: severity, what is missing, how often."""

    def __init__(self, look: Look, view: QTreeView) -> None:
        super().__init__(view)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        face = index.data(GROUP_ROLE)
        if face is None:
            super().paint(painter, option, index)
            return
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, option.widget)
        painter.save()
        self._face(painter, option, face)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """Columns have widths of their own, so only the height counts."""
        return QSize(0, option.fontMetrics.height() + ROOM)

    def _face(self, painter: QPainter, option: QStyleOptionViewItem, face: object) -> None:
        ink, tint = SEVERITY_TONES[face.severity]
        # The row is as wide as all columns; what it says stays where it can be seen.
        seen = option.rect.intersected(self.parent().viewport().rect())
        rect = seen.adjusted(4, 0, -10, 0)
        word = self.parent().model().words(f"severity.{face.severity.value}")
        size = chip_size(option.font, word)
        chip = QRect(
            rect.left(), rect.center().y() - size.height() // 2, size.width(), size.height()
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._look.color(ink if self._look.theme == "contrast" else tint))
        painter.setBrush(self._look.color(tint))
        where = QStyle.visualRect(option.direction, seen, chip)
        painter.drawRoundedRect(where, size.height() / 2, size.height() / 2)
        painter.setFont(chip_font(option.font))
        painter.setPen(self._look.color(ink))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, word)
        painter.setFont(option.font)
        painter.setPen(self._look.color("second"))
        detail, measure = face.detail, option.fontMetrics.horizontalAdvance
        longer = f"{face.counts}   {detail}" if face.counts else detail
        if measure(longer) < rect.width() * MOST_COUNTS:
            detail = longer
        wide = measure(detail) + 8
        count = QRect(rect.right() - wide, rect.top(), wide, rect.height())
        self._text(painter, seen, count, detail, Qt.AlignmentFlag.AlignRight)
        font = option.font
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._look.color("ink"))
        left = chip.right() + 10
        middle = QRect(left, rect.top(), max(0, count.left() - left - 8), rect.height())
        self._text(painter, seen, middle, face.text, Qt.AlignmentFlag.AlignLeft)

    def _text(
        self,
        painter: QPainter,
        seen: QRect,
        rect: QRect,
        text: str,
        side: Qt.AlignmentFlag,
    ) -> None:
        direction = self.parent().layoutDirection()
        where = QStyle.visualRect(direction, seen, rect)
        way = QStyle.visualAlignment(direction, side | Qt.AlignmentFlag.AlignVCenter)
        mode = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(text, mode, where.width())
        painter.drawText(where, way | Qt.AlignmentFlag.AlignAbsolute, shown)


class GapTreeView(QTreeView):
    opened = Signal(object)
    """The gap whose answer is wanted."""
    chosen = Signal()
    merging = Signal()

    def __init__(self, model: GapTree, look: Look, name: str) -> None:
        super().__init__()
        self.gap_model = model
        self._unfolded: set[str] = set()
        self._key, self._place = "", (0, 0)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(GapDelegate(look, self))
        self.setEditTriggers(EDIT)
        self.setUniformRowHeights(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAllColumnsShowFocus(False)
        self.setIndentation(18)
        self.setStyleSheet("QTreeView::item { padding: 0 4px; }")
        self.header().setStretchLastSection(True)
        self.header().setSectionsMovable(False)
        self.scale_columns()
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        model.modelReset.connect(self.scale_columns)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())

    def scale_columns(self) -> None:
        """Widths follow the font; what the window has to spare goes where words are cut."""
        across = Qt.Orientation.Horizontal
        widths = [
            column_width(self.font(), width, str(self.gap_model.headerData(number, across)))
            for number, width in enumerate(self.gap_model.widths)
        ]
        model, metrics = self.gap_model, self.fontMetrics()
        day = metrics.horizontalAdvance(model.words.short_date(LONGEST_DAY)) + BESIDE
        widths[DUE] = max(widths[DUE], day)
        shares = dict(SPARE)
        for column, share in SPARE_TYPED.items():
            if model.desk.is_open and model.is_blank(column):
                title = str(model.headerData(column, across))
                widths[column] = column_width(self.font(), 0, title)
                shares[LEVEL] += share
            else:
                shares[column] = share
        spare = max(0, self.viewport().width() - sum(widths))
        for column, share in shares.items():
            widths[column] += int(spare * share)
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scale_columns()

    # What is selected.

    @property
    def selected_gaps(self) -> list[Gap]:
        return self.gap_model.gaps_at(self.selectionModel().selectedRows(TARGET))

    @property
    def current_gap(self) -> Gap | None:
        return self.gap_model.gap_at(self.currentIndex())

    def show_gap(self, key: GapKey) -> bool:
        """Unfold to a gap and select it; False where it is not shown."""
        index = self.gap_model.find(key)
        if index.isValid():
            self.expand(index.parent())
            self._select(index)
        return index.isValid()

    def show_index(self, index: QModelIndex) -> None:
        if index.isValid():
            self.expand(index)
            self._select(index)

    def _select(self, index: QModelIndex) -> None:
        choose = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, choose.ClearAndSelect | choose.Rows)
        self.scrollTo(index)

    # Resets keep what was unfolded and where the person was.

    def _remember(self) -> None:
        model = self.gap_model
        self._unfolded = {
            str(group.id)
            for row, group in enumerate(model.groups)
            if self.isExpanded(model.index(row, 0))
        }
        index, gap = self.currentIndex(), self.current_gap
        self._key = gap.key if gap else ""
        self._place = (index.parent().row(), index.row()) if gap else (-1, index.row())

    def _recall(self) -> None:
        model = self.gap_model
        few = sum(len(g.gaps) for g in model.groups) <= FEW
        for row, group in enumerate(model.groups):
            self.setFirstColumnSpanned(row, QModelIndex(), True)
            if few or str(group.id) in self._unfolded:
                self.setExpanded(model.index(row, 0), True)
        if not (self._key and self.show_gap(GapKey(self._key))):
            self._show_near()
        self.chosen.emit()

    def _show_near(self) -> None:
        """A gap that is gone leaves the person at the one that took its place."""
        group, row = self._place
        up = self.gap_model.index(group, 0)
        index = self.gap_model.index(row, 0, up) if up.isValid() else QModelIndex()
        if index.isValid() and self.isExpanded(up):
            self._select(index)
        elif (top := self.gap_model.index(max(group, row if group < 0 else 0), 0)).isValid():
            self._select(top)

    # Keys.

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Left and right move between the cells of a gap; on a question they fold."""
        index = self.currentIndex()
        steps = {self.CursorAction.MoveLeft: -1, self.CursorAction.MoveRight: 1}
        step = steps.get(action)
        if step is None or self.gap_model.gap_at(index) is None:
            return super().moveCursor(action, modifiers)
        if self.isRightToLeft():
            step = -step
        beside = index.siblingAtColumn(index.column() + step)
        if beside.isValid():
            return beside
        return index.parent() if step < 0 else index

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in ENTER:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            index = self.currentIndex()
            self.gap_model.put(self.selectionModel().selectedRows(index.column()), "")
        elif QKeySequence(event.keyCombination()) == QKeySequence("Ctrl+M"):
            self.merging.emit()
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        gap = self.gap_model.gap_at(index)
        if gap:
            self.opened.emit(gap)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        super().mouseDoubleClickEvent(event)
        gap = self.gap_model.gap_at(QModelIndex(index)) if index.isValid() else None
        if gap and not self.gap_model.flags(QModelIndex(index)) & EDITABLE:
            self.opened.emit(gap)
