"""Tables as tall as their rows, up to a most, so that a page scrolls and not every table in it."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTableView


class FittedRows(QObject):
    """Keeps a table's height between `least` and `most` rows."""

    def __init__(self, table: QTableView, *, least: int = 3, most: int = 10) -> None:
        super().__init__(table)
        self._table, self._least, self._most = table, least, most
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.fit)
        model = table.model()
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._soon.start)
        table.verticalHeader().sectionResized.connect(self._soon.start)
        self.fit()

    def fit(self) -> None:
        table = self._table
        rows = min(self._most, max(self._least, table.model().rowCount()))
        bar = table.horizontalScrollBar().sizeHint().height()
        head = table.horizontalHeader().sizeHint().height()
        row = table.verticalHeader().defaultSectionSize()
        table.setFixedHeight(head + rows * row + bar + 2 * table.frameWidth())
