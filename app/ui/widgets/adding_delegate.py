"""In the row that adds a record, a list to choose from where the first column has one."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from app.ui.models.columns import Kind
from app.ui.models.records import RecordModel
from app.ui.record_table import ChoiceDelegate, choice_box


class AddingDelegate(ChoiceDelegate):
    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget:
        model = index.model()
        assert isinstance(model, RecordModel)
        column = model.columns[index.column()]
        is_new = index.row() >= len(model.ids)
        if not is_new or column.kind is not Kind.CHOICE or not column.choices:
            return super().createEditor(parent, option, index)
        return choice_box(parent, column, model.desk.audit)
