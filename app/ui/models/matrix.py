"""A map of records by columns as a Qt model: it keeps ids and their order, and asks for cells."""

import html
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.desk.desk import Desk
from app.domain.changes import Change

CELL_ROLE = Qt.ItemDataRole.UserRole
HEAD_ROLE = Qt.ItemDataRole.UserRole + 1
NONE = QModelIndex()


class Cell(Struct, frozen=True):
    """What one field of the map shows. Without a fill it stands on the paper."""

    text: str = ""
    detail: str = ""
    """A second, smaller line."""
    fill: str = ""
    """A data colour; it stays in every theme, and so does its ink."""
    ink: str = ""
    hatched: bool = False
    dashed: bool = False
    """Outlined as something missing."""
    empty: bool = False
    """A field that may be filled: outlined only."""
    bare: bool = False
    """Empty in a row that lacks everything: on the ground of a warning."""
    chip: str = ""
    """A workflow state whose tones colour the text."""
    bold: bool = True
    tip: tuple[str, ...] = ()
    said: str = ""
    """What a screen reader says; the text where empty."""

    @property
    def face(self) -> tuple[object, ...]:
        """What can be seen of it: cells with the same face look the same."""
        marks = (self.hatched, self.dashed, self.empty, self.bare, self.bold)
        return (self.text, self.detail, self.fill, self.ink, self.chip, *marks)


class Head(Struct, frozen=True):
    """A column. `sample` is the widest text of a column that does not share the rest."""

    key: str
    title: str
    tip: tuple[str, ...] = ()
    group: str = ""
    sample: str = ""
    leading: bool = False
    """The title stands over the start of the column, not over its middle."""


class RowHead(Struct, frozen=True):
    """A record's name, and what stands under it in the ink of a tone."""

    name: str
    detail: str = ""
    tone: str = "third"
    tip: tuple[str, ...] = ()


class MatrixModel(QAbstractTableModel):
    """Pages say which rows and columns there are and what a cell shows; cells are made when seen.

    Made cells are kept until the audit changes.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ids: list[str] = []
        self.heads: tuple[Head, ...] = ()
        self.sorted_by = ""
        """Key of the column that orders the rows; empty for the map's own order."""
        self.is_reversed = False
        self._cells: dict[tuple[str, str], Cell] = {}
        self._names: dict[str, RowHead] = {}

    # What a map is.

    def make_heads(self) -> tuple[Head, ...]:
        raise NotImplementedError

    def ordered_ids(self) -> list[str]:
        raise NotImplementedError

    def make_cell(self, id_: str, head: Head) -> Cell:
        raise NotImplementedError

    def make_name(self, id_: str) -> RowHead:
        raise NotImplementedError

    def has(self, id_: str) -> bool:
        """The record of a row is in the audit still."""
        return id_ in self.desk.audit.workflows

    # Following the audit.

    def show_audit(self) -> None:
        self.beginResetModel()
        self._forget()
        self.heads = self.make_heads() if self.desk.is_open else ()
        self.ids = self.ordered_ids() if self.desk.is_open else []
        self.endResetModel()

    def follow(self, _changes: Sequence[Change] = ()) -> None:
        """Other rows or columns reset the map; anything else repaints what is seen."""
        if self.make_heads() != self.heads or self.ordered_ids() != self.ids:
            self.show_audit()
            return
        self._forget()
        if self.ids and self.heads:
            last = self.index(len(self.ids) - 1, len(self.heads) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.ids) - 1)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.heads) - 1)

    def order_by(self, key: str, *, is_reversed: bool = False) -> None:
        self.sorted_by, self.is_reversed = key, is_reversed
        self.show_audit()

    def _forget(self) -> None:
        self._cells.clear()
        self._names.clear()

    # Qt's face.

    def rowCount(self, parent: QModelIndex = NONE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: QModelIndex = NONE) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def cell(self, row: int, column: int) -> Cell:
        place = self.ids[row], self.heads[column].key
        if place not in self._cells:
            self._cells[place] = self.make_cell(place[0], self.heads[column])
        return self._cells[place]

    def name(self, row: int) -> RowHead:
        id_ = self.ids[row]
        if not self.has(id_):
            # A view may ask while another audit takes the place of the one that is shown.
            return RowHead("")
        if id_ not in self._names:
            self._names[id_] = self.make_name(id_)
        return self._names[id_]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self.desk.is_open:
            return None
        if role == Qt.ItemDataRole.SizeHintRole:
            return None
        cell = self.cell(index.row(), index.column())
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_of(cell.tip) if cell.tip else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = self.heads[index.column()]
            return f"{self.name(index.row()).name}, {head.title}: {cell.said or cell.text}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation is Qt.Orientation.Horizontal
        if not 0 <= section < len(self.heads if across else self.ids) or not self.desk.is_open:
            return None
        if role == HEAD_ROLE:
            return self.heads[section] if across else self.name(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section].title if across else self.name(section).name
        if role == Qt.ItemDataRole.ToolTipRole:
            found = self.heads[section].tip if across else self.name(section).tip
            return tip_of(found) if found else None
        return None

    def column_of(self, key: str) -> int:
        """Place of a column, -1 where there is none."""
        return next((n for n, head in enumerate(self.heads) if head.key == key), -1)


def tip_of(lines: Sequence[str]) -> str:
    """Lines as a tooltip that wraps; typed text is never read as markup."""
    return "<qt>" + "<br>".join(html.escape(line) for line in lines if line) + "</qt>"
