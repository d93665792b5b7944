"""Line by line, what an audience will not be shown: as recorded, and as it will be read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.report.model import Table
from app.ui.models.printed_table import PrintedTable
from app.ui.page import button, label

SHARES = (2, 4, 3)
"""Of the width: what it is, as recorded, as it is read."""


class RedactionList(QDialog):
    def __init__(self, parent: QWidget, found: Table) -> None:
        super().__init__(parent)
        self.setWindowTitle(found.title)
        self.resize(max(760, self.fontMetrics().height() * 48), 560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rows = PrintedTable(found, self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Filter"))
        self.search.setAccessibleName(self.tr("Filter"))
        self.search.setClearButtonEnabled(True)
        self.count = label("", "quiet", wrap=False)
        self.table = self._table(found)
        away = button(self.tr("Close"))
        away.clicked.connect(self.accept)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(away)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.search.textChanged.connect(self._search)
        self._search("")

    def _table(self, found: Table) -> QTableView:
        made = QTableView()
        made.setModel(self.rows)
        made.setAccessibleName(found.title)
        made.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        made.setTabKeyNavigation(False)
        made.setWordWrap(False)
        made.setShowGrid(False)
        made.verticalHeader().hide()
        header = made.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        room = self.width() - 60
        for at, share in enumerate(SHARES[:-1]):
            made.setColumnWidth(at, room * share // sum(SHARES))
        return made

    def _search(self, text: str) -> None:
        self.rows.search(text)
        said = self.tr("{0} of {1} lines")
        self.count.setText(said.format(f"{self.rows.rowCount():,}", f"{self.rows.count:,}"))
