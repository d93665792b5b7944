"""First step of an import: which file, in which encoding, which sheet of it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.desk.imports import Read
from app.ui.page import button, card, label

ENCODINGS = ("utf-8", "cp1252", "utf-16", "iso8859-2", "cp1251", "shift_jis", "gb18030")
"""Encodings inventories come in; any other can be typed."""


class ImportFile(QWidget):
    wanted = Signal()
    """Another file, encoding or sheet was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.path = QLineEdit()
        self.path.setAccessibleName(self.tr("Inventory file"))
        self.path.setPlaceholderText(self.tr("Choose a file or drop it here"))
        self.browse = button(self.tr("Choose…"))
        self.encoding = QComboBox()
        self.encoding.setAccessibleName(self.tr("Encoding"))
        self.encoding.setEditable(True)
        self.encoding.addItem(self.tr("Found by itself"), None)
        for name in ENCODINGS:
            self.encoding.addItem(name, name)
        self.sheet = QComboBox()
        self.sheet.setAccessibleName(self.tr("Sheet"))
        self.said = label("", "lead")
        self._lay_out()
        self.clear()
        # Enter in the line is meant for the file that was typed.
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._ask)
        self.path.returnPressed.connect(self._choose)
        self.path.editingFinished.connect(self._choose)
        self.encoding.activated.connect(lambda _index: self.wanted.emit())
        self.encoding.lineEdit().returnPressed.connect(self.wanted)
        self.sheet.activated.connect(lambda _index: self.wanted.emit())
        self._last = ""

    def _lay_out(self) -> None:
        frame, column = card(spacing=10)
        column.addWidget(label(self.tr("Which inventory?"), "heading"))
        column.addWidget(
            label(
                self.tr(
                    "CSV, TSV, XLSX or JSON, one row for each workflow. It fills names, owners, "
                    "lifecycle, sources and evidence. It never answers a question of the audit."
                ),
                "lead",
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        column.addLayout(row)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        for number, (name, widget) in enumerate(
            ((self.tr("Encoding"), self.encoding), (self.tr("Sheet"), self.sheet))
        ):
            grid.addWidget(label(name, wrap=False), number, 0)
            grid.addWidget(widget, number, 1)
        column.addLayout(grid)
        column.addWidget(self.said)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        outer.addStretch(1)

    @property
    def chosen_encoding(self) -> str | None:
        if self.encoding.currentText() == self.encoding.itemText(0):
            return None
        return self.encoding.currentText().strip() or None

    @property
    def chosen_sheet(self) -> str | None:
        return self.sheet.currentData()

    def choose(self, path: Path) -> None:
        """Take a file that was dropped or named elsewhere."""
        self.path.setText(str(path))
        self._choose()

    def clear(self) -> None:
        """Nothing is known about the file yet."""
        self.said.setText("")
        self.sheet.clear()
        self.sheet.addItem(self.tr("Found by itself"), None)
        self.sheet.setEnabled(False)

    def show_read(self, read: Read) -> None:
        table = read.table
        if not self.sheet.isEnabled() and read.sheets:
            for name in read.sheets:
                self.sheet.addItem(name, name)
            self.sheet.setEnabled(True)
        parts = [
            self.tr("{0} rows").format(f"{len(table.rows):,}"),
            self.tr("{0} columns").format(len(table.headers)),
        ]
        if table.header_row:
            parts.append(self.tr("header in row {0}").format(table.header_row))
        if table.encoding:
            parts.append(self.tr("read as {0}").format(table.encoding))
        if table.sheet:
            parts.append(self.tr("sheet “{0}”").format(table.sheet))
        self.said.setText(", ".join(parts) + ".")

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose an inventory"),
            self.path.text(),
            self.tr("Tables (*.csv *.tsv *.txt *.xlsx *.xlsm *.json);;All files (*)"),
        )
        if name:
            self.choose(Path(name))

    def _choose(self) -> None:
        """Another file starts afresh; leaving the line unchanged does nothing."""
        text = self.path.text().strip()
        if text and text != self._last:
            self._last = text
            self.clear()
            self.encoding.setCurrentIndex(0)
            self.wanted.emit()
