"""The workflows as a table that says, beside the row's number, what is new since the last audit."""

from typing import Any

from PySide6.QtCore import Qt

from app.desk.marks import LastMarks
from app.domain.ids import WorkflowId
from app.domain.marks import Mark
from app.ui.models.records import RecordModel
from app.ui.page import translate


class MarkedModel(RecordModel):
    """The mark is no column: blocks that are copied and pasted keep their shape."""

    marks: LastMarks | None = None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        shown = super().headerData(section, orientation, role)
        mark = self._mark(section) if orientation is Qt.Orientation.Vertical else None
        if mark is None:
            return shown
        if role == Qt.ItemDataRole.DisplayRole:
            text = translate("{0} new") if mark is Mark.NEW else translate("{0} changed")
            return text.format(shown)
        if role == Qt.ItemDataRole.ToolTipRole:
            if mark is Mark.NEW:
                return translate("New since the last audit")
            return translate("Its facts or answers differ from the last audit")
        return shown

    def _mark(self, section: int) -> Mark | None:
        if self.marks is None or not 0 <= section < len(self.ids):
            return None
        return self.marks.found.get(WorkflowId(self.ids[section]))

    def show_marks(self) -> None:
        if self.ids:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.ids) - 1)
