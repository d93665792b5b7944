"""In the row that adds a record, a list to choose from where the first column has one."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QComboBox, QStyleOptionViewItem, QWidget

from app.ui.models.columns import Kind
from app.ui.models.records import RecordModel
from app.ui.record_table import ChoiceDelegate


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
        box = QComboBox(parent)
        box.setAccessibleName(column.title)
        for value, words in column.choices(model.desk.audit).items():
            box.addItem(words or "–", value)
        return box
