"""Editing cells of derived rows: lists to choose from, and one entry for all selected rows."""

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui.models.rows import CHOICES_ROLE, RowsModel
from app.ui.widgets.column_widths import column_width
from app.ui.widgets.kept_typing import KeptTyping

EDIT = (
    QAbstractItemView.EditTrigger.AnyKeyPressed
    | QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
EDITABLE = Qt.ItemFlag.ItemIsEditable


class CellDelegate(QStyledItemDelegate):
    """What is typed into one selected row is typed into all selected rows."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._kept = KeptTyping(view)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget:
        choices = index.data(CHOICES_ROLE)
        if choices is None:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        model = index.model()
        title = model.headerData(index.column(), Qt.Orientation.Horizontal)
        box.setAccessibleName(title)
        for value, words in choices.items():
            box.addItem(words or "–", value)
        return box

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        if isinstance(editor, QComboBox):
            value = index.data(Qt.ItemDataRole.EditRole)
            editor.setCurrentIndex(max(0, editor.findData(str(value or ""))))
        elif not self._kept.offer(editor, index):
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: QModelIndex) -> None:
        is_choice = isinstance(editor, QComboBox)
        text = editor.currentData() if is_choice else editor.property("text")
        if str(text or "") == str(index.data(Qt.ItemDataRole.EditRole) or ""):
            return
        taken = model.put(self._together(index), str(text or ""))
        self._kept.put(index, "" if is_choice else str(text or ""), taken=taken)

    def _together(self, index: QModelIndex) -> list[QModelIndex]:
        view = self.parent()
        assert isinstance(view, QAbstractItemView)
        selected = view.selectionModel().selectedRows(index.column())
        return selected if index in selected else [index]


class RowsTable(QTableView):
    """A table of derived rows; Enter, or a double click on what cannot be edited, opens one."""

    opened = Signal(object)
    chosen = Signal()
    """Another selection, or none."""

    def __init__(self, model: RowsModel, name: str) -> None:
        super().__init__()
        self.table = model
        self._key = ""
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setEditTriggers(EDIT)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSortingEnabled(True)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setStyleSheet("QTableView::item { padding: 0 5px; }")
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        self.verticalHeader().hide()
        self.scale_rows()
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())

    def scale_rows(self) -> None:
        """Rows and columns follow the size of the font."""
        tall = self.fontMetrics().height()
        self.verticalHeader().setDefaultSectionSize(tall + 14)
        for number, column in enumerate(self.table.columns):
            self.setColumnWidth(number, column_width(self.font(), column.width, column.title))

    @property
    def current_row(self) -> Any | None:
        place = self.currentIndex().row()
        return self.table.rows[place] if 0 <= place < len(self.table.rows) else None

    @property
    def selected_rows(self) -> list[Any]:
        places = sorted(i.row() for i in self.selectionModel().selectedRows())
        return [self.table.rows[n] for n in places]

    def show_row(self, key: str) -> None:
        if (place := self.table.place_of(key)) is not None:
            self.setCurrentIndex(self.table.index(place, 0))

    def _remember(self) -> None:
        row = self.current_row
        self._key = self.table.key_of(row) if row is not None else ""

    def _recall(self) -> None:
        place = self.table.place_of(self._key) if self._key else None
        if place is not None:
            choose = QItemSelectionModel.SelectionFlag
            index = self.table.index(place, 0)
            self.selectionModel().setCurrentIndex(index, choose.ClearAndSelect | choose.Rows)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() is QAbstractItemView.State.EditingState
        row = self.current_row
        if not editing and event.key() in ENTER and row is not None:
            self.opened.emit(row)
        elif not editing and event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            rows = self.selectionModel().selectedRows(self.currentIndex().column())
            self.table.put(rows, "")
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        super().mouseDoubleClickEvent(event)
        if index.isValid() and not self.table.flags(QModelIndex(index)) & EDITABLE:
            self.opened.emit(self.table.rows[index.row()])
