"""Line by line, what an audience will not be shown: as recorded, and as it will be read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.report.model import Table
from app.ui.page import button


class RedactionList(QDialog):
    def __init__(self, parent: QWidget, found: Table) -> None:
        super().__init__(parent)
        self.setWindowTitle(found.title)
        self.resize(760, 520)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = QTableWidget(len(found.rows), len(found.columns))
        self.table.setAccessibleName(found.title)
        self.table.setHorizontalHeaderLabels([column.title for column in found.columns])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        for n, row in enumerate(found.rows):
            for at, cell in enumerate(row.cells):
                self.table.setItem(n, at, QTableWidgetItem(cell.text))
        away = button(self.tr("Close"))
        away.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(away)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
