"""Second step of an import: which column means what, and how the first rows would come in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.desk.imports import GUESS, Matched, first_rows
from app.domain.audit import Audit
from app.exchange.inventory import (
    Table,
    choose_columns,
    empty_mapping,
    field_columns,
    missing_columns,
    shipped_names,
)
from app.exchange.inventory.mapping import Fields
from app.ui.models.import_rows import IncomingModel
from app.ui.page import button, card, label, scrolled

OWN = "own"
LONGEST = 60
Titles = Callable[[str], str]


class ImportColumns(QWidget):
    source_wanted = Signal(str)
    """Another mapping: a shipped one's name, a path, or GUESS to look at the columns."""
    save_wanted = Signal()
    changed = Signal()

    def __init__(self, title: Titles) -> None:
        super().__init__()
        self._title = title
        self._table: Table | None = None
        self._audit: Audit | None = None
        self._proposed = self.mapping = empty_mapping()
        self.boxes: dict[str, QComboBox] = {}
        self._sure: dict[str, QLabel] = {}
        self.source = QComboBox()
        self.source.setAccessibleName(self.tr("Mapping"))
        self.save = button(self.tr("Save mapping…"))
        self.save.setAutoDefault(False)
        self.said = label("", "alarm")
        self.model = IncomingModel(title, self)
        self._fields = QWidget()
        self._lay_out()
        self._fill_sources()
        self.source.activated.connect(self._choose_source)
        self.save.clicked.connect(self.save_wanted)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Mapping"), wrap=False))
        row.addWidget(self.source, 1)
        row.addWidget(self.save)
        self._grid = QGridLayout(self._fields)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self.table = QTableView()
        self.table.setAccessibleName(self.tr("First rows as they would come in"))
        self.table.setModel(self.model)
        self.table.setWordWrap(False)
        metrics = self.table.fontMetrics()
        self.table.horizontalHeader().setDefaultSectionSize(metrics.averageCharWidth() * 24)
        self.table.verticalHeader().setDefaultSectionSize(metrics.height() + 12)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        shown, column = card(spacing=6)
        column.addWidget(label(self.tr("First rows as they would come in"), "heading"))
        column.addWidget(self.table, 1)
        chosen = QWidget()
        inside = QVBoxLayout(chosen)
        inside.setContentsMargins(0, 8, 0, 0)
        inside.addWidget(label(self.tr("Our field, their column"), "heading"))
        area = scrolled(self._fields, self.tr("Fields and columns"))
        inside.addWidget(area, 1)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(chosen)
        split.addWidget(shown)
        split.setSizes([560, 480])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(row)
        outer.addWidget(self.said)
        outer.addWidget(split, 1)

    def _fill_sources(self) -> None:
        self.source.addItem(self.tr("What the columns look like"), GUESS)
        for name in shipped_names():
            self.source.addItem(name, name)
        self.source.addItem(self.tr("From a file…"), OWN)

    def show_matched(self, audit: Audit, table: Table, matched: Matched, source: str) -> None:
        """Show a mapping for a table; `source` is where it was asked for."""
        self._audit, self._table = audit, table
        self._proposed = self.mapping = matched.mapping
        self._show_source(source)
        self._build(matched)
        self._refresh(matched.why)

    def _show_source(self, source: str) -> None:
        place = self.source.findData(source)
        if place < 0:
            place = self.source.count() - 1
            self.source.insertItem(place, Path(source).name, source)
        self.source.setCurrentIndex(place)

    def _build(self, matched: Matched) -> None:
        while self._grid.count():
            self._grid.takeAt(0).widget().deleteLater()
        self.boxes, self._sure = {}, {}
        found = field_columns(matched.mapping)
        fields = [*Fields.__struct_fields__, "context"]
        fields += [f"evidence.{each.id}" for each in matched.mapping.evidence]
        for row, field in enumerate(fields):
            box = self._box(field, found.get(field, ()))
            sure = label("", "quiet", wrap=False)
            name = label(self._title(field))
            name.setBuddy(box)
            for column, widget in enumerate((name, box, sure)):
                self._grid.addWidget(widget, row, column)
            self.boxes[field], self._sure[field] = box, sure
            if field in matched.confidence:
                sure.setText(self.tr("{0}% sure").format(round(100 * matched.confidence[field])))
        self._grid.setRowStretch(len(fields), 1)

    def _box(self, field: str, proposed: tuple[str, ...]) -> QComboBox:
        """Nothing, what was proposed where that is several columns, and every column."""
        assert self._table is not None
        box = QComboBox()
        box.setAccessibleName(self._title(field))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(14)
        box.addItem(self.tr("not taken"), ())
        if len(proposed) > 1 or (proposed and self._table.column(proposed[0]) is None):
            box.addItem(_short(" + ".join(proposed)), proposed)
        for header in self._table.headers:
            box.addItem(_short(header), (header,))
            box.setItemData(box.count() - 1, header, Qt.ItemDataRole.ToolTipRole)
        box.setCurrentIndex(self._place(box, proposed))
        box.setToolTip(box.currentText())
        box.activated.connect(lambda _index, f=field: self._choose(f))
        return box

    def _place(self, box: QComboBox, headers: tuple[str, ...]) -> int:
        """A mapping may write a header a little differently than the file does."""
        assert self._table is not None
        wanted = [self._table.column(header) for header in headers]
        for place in range(box.count()):
            own = box.itemData(place)
            if own == headers or (own and wanted == [self._table.column(h) for h in own]):
                return place
        return 0

    def _choose(self, field: str) -> None:
        box = self.boxes[field]
        box.setToolTip(box.currentText())
        headers = tuple(box.currentData())
        proposed = field_columns(self._proposed).get(field, ())
        if headers and self._place(box, proposed) == box.currentIndex():
            headers = proposed
        self.mapping = choose_columns(self.mapping, self._proposed, field, headers)
        self._sure[field].setText(self.tr("chosen by you"))
        self._refresh("")

    def _refresh(self, why: str) -> None:
        assert self._audit is not None
        assert self._table is not None
        missing = missing_columns(self._table, self.mapping)
        if not self.has_name:
            why = why or self.tr("Choose the column that holds the name of a workflow.")
        elif missing:
            why = self.tr("The file lacks: {0}. These fields stay as they are.").format(
                ", ".join(_short(header) for header in missing)
            )
        self.said.setText(why)
        self.said.setVisible(bool(why))
        self.model.show_rows(first_rows(self._audit, self._table, self.mapping))
        self.changed.emit()

    @property
    def has_name(self) -> bool:
        """Without a name nothing can come in."""
        table = self._table
        headers = self.mapping.fields.name.columns
        return table is not None and any(table.column(header) is not None for header in headers)

    def _choose_source(self, _index: int) -> None:
        source = self.source.currentData()
        if source == OWN:
            source, _ = QFileDialog.getOpenFileName(
                self, self.tr("Choose a mapping"), "", self.tr("Mappings (*.toml)")
            )
        if source is not None and (source or self.source.currentData() == GUESS):
            self.source_wanted.emit(source)


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= LONGEST else one[: LONGEST - 1] + "…"
