"""A table one can type in like a spreadsheet: type to replace, Tab, Enter, fill down, paste."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.audit import Audit
from app.ui.models.columns import Column, Kind
from app.ui.models.records import GROUND_ROLE, RecordModel
from app.ui.widgets.column_widths import column_width
from app.ui.widgets.kept_typing import KeptTyping
from app.ui.widgets.name_box import NameBox
from app.ui.widgets.news_line import NewsLine
from app.ui.widgets.row_key import keeps_row_key
from app.ui.widgets.tint import paint_tinted

EDIT = (
    QAbstractItemView.EditTrigger.AnyKeyPressed
    | QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
)
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NO_KEYS = Qt.KeyboardModifier.NoModifier
NO_TYPING = CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
ENTER = (KEY.Key_Return, KEY.Key_Enter)


class ChoiceDelegate(QStyledItemDelegate):
    """A list to choose from where a column has one; everywhere else a line of text."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._kept = KeptTyping(view)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        ground = index.data(GROUND_ROLE)
        if ground is None:
            super().paint(painter, option, index)
            return
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        text, cell.text = cell.text, ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, cell, painter, option.widget)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        paint_tinted(painter, QRectF(option.rect).adjusted(5, 3, -3, -3), text, ink, ground)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget:
        model = index.model()
        assert isinstance(model, RecordModel)
        column = model.columns[index.column()]
        if column.kind is not Kind.CHOICE or not column.choices or index.row() >= len(model.ids):
            return super().createEditor(parent, option, index)
        return choice_box(parent, column, model.desk.audit)

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        if not isinstance(editor, QComboBox):
            if self._kept.offer(editor, index):
                return
            super().setEditorData(editor, index)
            return
        value = index.data(Qt.ItemDataRole.EditRole)
        place = max(0, editor.findData(str(value) if value else ""))
        if isinstance(editor, NameBox):
            editor.put_place(place)
            editor.lineEdit().selectAll()
        else:
            editor.setCurrentIndex(place)

    def setModelData(self, editor: QWidget, model: RecordModel, index: QModelIndex) -> None:
        if isinstance(editor, NameBox):
            known = editor.place >= 0
            model.setData(index, editor.itemData(editor.place) if known else editor.typed)
        elif isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            text = str(editor.property("text"))
            self._kept.put(index, text, taken=model.setData(index, text))


def choice_box(parent: QWidget, column: Column, audit: Audit) -> QComboBox:
    """A column's list; where a name may be somebody's who is not on it, with a line to type in."""
    box = NameBox(parent) if column.adds_people else QComboBox(parent)
    box.setAccessibleName(column.title)
    for value, words in column.choices(audit).items() if column.choices else ():
        box.addItem(words or "–", value)
    return box


class RecordTable(QTableView):
    def __init__(self, model: RecordModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.records = model
        self.setAccessibleName(name)
        self.setItemDelegate(ChoiceDelegate(self))
        self.setEditTriggers(EDIT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self._home: int | None = None
        """Where a run of Tabs began: Enter goes on below that cell, as in a spreadsheet."""
        self.news = NewsLine(self)
        model.told.connect(self.news.say)
        self._measured = 0
        self._measure()

    def event(self, event: QEvent) -> bool:
        return keeps_row_key(event) or super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        """Rows and columns follow the size of the font; widths set by hand stay until then."""
        tall = self.fontMetrics().height()
        if tall == getattr(self, "_measured", tall):
            return
        self._measured = tall
        self.verticalHeader().setDefaultSectionSize(tall + 14)
        for number, column in enumerate(self.records.columns):
            wide = column_width(self.font(), column.width, column.title, self._words(column))
            self.setColumnWidth(number, wide)

    def _words(self, column: Column) -> Sequence[str]:
        """What a cell of the column may say, where that is little."""
        desk = self.records.desk
        if column.kind is Kind.CHOICE and column.choices and desk.is_open:
            return list(column.choices(desk.audit).values())
        return column.words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() is QAbstractItemView.State.EditingState
        if editing:
            super().keyPressEvent(event)
            return
        if event.key() == KEY.Key_Tab:
            self._leave_home()
        elif event.key() not in ENTER:
            self._home = None
        if not self._command(event):
            self._to_name(event)
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._home = None
        super().mousePressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Tab goes to the next cell that can be filled; what is computed takes no typing."""
        actions = QAbstractItemView.CursorAction
        found = super().moveCursor(action, modifiers)
        step = {actions.MoveNext: 1, actions.MovePrevious: -1}.get(action, 0)
        row, place, wide = found.row(), found.column(), len(self.records.columns)
        while step and found.isValid() and not self.records.columns[place].is_editable:
            row, place = row + (place + step) // wide, (place + step) % wide
            found = self.records.index(row, place)
        return found if found.isValid() else self.currentIndex()

    def _leave_home(self) -> None:
        if self._home is None:
            self._home = self.currentIndex().column()

    def _to_name(self, event: QKeyEvent) -> None:
        """What is typed anywhere in the row that adds a record begins with its first column."""
        index = self.currentIndex()
        types = event.text().isprintable() and event.text() and not event.modifiers() & NO_TYPING
        if types and index.row() >= len(self.records.ids) and index.column() > 0:
            self.setCurrentIndex(index.siblingAtColumn(0))

    def _command(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == KEY.Key_D and event.modifiers() == CTRL:
            self.records.fill_down(*self._selected())
        elif event.key() == KEY.Key_Delete and event.modifiers() == CTRL:
            self.records.remove(self._selected()[0])
        elif event.key() == KEY.Key_Delete:
            self.records.clear(*self._selected())
        elif event.key() in ENTER:
            if event.modifiers() == CTRL:
                self.start_row()
            else:
                self._down()
        else:
            return False
        return True

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        hints = QStyledItemDelegate.EndEditHint
        added = hint is hints.EditNextItem and self.currentIndex().row() >= len(self.records.ids)
        if hint is hints.EditNextItem:
            self._leave_home()
        super().closeEditor(editor, hints.NoHint if added else hint)
        if hint is hints.SubmitModelCache:
            self._down()
        elif added and self.records.ids:
            # Tab out of the name of a new row goes on in that row.
            self.setCurrentIndex(self.records.index(len(self.records.ids) - 1, 0))
            onward = self.moveCursor(QAbstractItemView.CursorAction.MoveNext, NO_KEYS)
            self.setCurrentIndex(onward)

    def copy(self) -> None:
        """The selected cells as a block for a spreadsheet."""
        rows, columns = self._selected()
        if rows and columns:
            lines = (
                "\t".join(self.records.text(r, c) for c in range(min(columns), max(columns) + 1))
                for r in range(min(rows), max(rows) + 1)
            )
            QGuiApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> None:
        """A block from a spreadsheet, from the current cell on, as one step."""
        text = QGuiApplication.clipboard().text().rstrip("\n")
        index = self.currentIndex()
        if text and index.isValid():
            block = [line.split("\t") for line in text.splitlines()]
            self.records.put_block(index.row(), index.column(), block)

    def start_row(self) -> None:
        """Type the name of a new record."""
        self.setCurrentIndex(self.records.index(len(self.records.ids), 0))
        self.scrollTo(self.currentIndex())
        self.edit(self.currentIndex())

    def chosen_ids(self) -> list[str]:
        """Records with a selected cell, in the order shown."""
        rows: set[int] = set()
        for area in self.selectionModel().selection():
            rows.update(range(area.top(), area.bottom() + 1))
        return [self.records.ids[row] for row in sorted(rows) if row < len(self.records.ids)]

    def show_record(self, id_: str, field: str = "") -> None:
        """Choose the row of a record, in the cell of a field."""
        if id_ in self.records.ids:
            fields = [column.field for column in self.records.columns]
            place = fields.index(field) if field and field in fields else 0
            self.setCurrentIndex(self.records.index(self.records.ids.index(id_), place))
            self.scrollTo(self.currentIndex())

    @property
    def current_id(self) -> str | None:
        row = self.currentIndex().row()
        return self.records.ids[row] if 0 <= row < len(self.records.ids) else None

    def _selected(self) -> tuple[list[int], list[int]]:
        indexes = self.selectedIndexes()
        return sorted({i.row() for i in indexes}), sorted({i.column() for i in indexes})

    def _down(self) -> None:
        """Below where the run of Tabs began; in the row that adds a record, where it begins."""
        index = self.currentIndex()
        column = index.column() if self._home is None else self._home
        row, self._home = index.row() + 1, None
        below = self.records.index(row, column if row < len(self.records.ids) else 0)
        if below.isValid():
            self.setCurrentIndex(below)
