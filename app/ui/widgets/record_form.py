"""A form over one record or over several: it commits while typing and on leaving a field."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import fields as fields_of
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFormLayout, QWidget

from app.desk.desk import Desk
from app.domain.audit import COLLECTION, Audit
from app.domain.edits import records
from app.errors import EditError
from app.ui.models.columns import Column, fitted, text_of, value_of
from app.ui.models.typed import refusal
from app.ui.page import label
from app.ui.widgets.form_fields import ChoiceBox, Line, Paragraph

PAUSE = 450
"""Milliseconds after the first key before a text is kept."""
Keys = tuple[str, ...]


class Field(Struct, frozen=True):
    """A column as a field of a form. `lines` above 1 makes a paragraph."""

    column: Column
    lines: int = 1
    show: Callable[[Any], str] | None = None
    """How the value is written, where the column's own way does not fit."""
    read: Callable[[str], Any] | None = None
    """The way back; raises ValueError with what would fit."""
    hint: str = ""
    section: str = ""
    """A heading above the field."""


class RecordForm(QWidget):
    def __init__(
        self, desk: Desk, collection: str, fields: Sequence[Field], label_of: Callable[[], str]
    ) -> None:
        """`label_of`: what Undo says about a change made here."""
        super().__init__()
        self.desk, self.collection, self.fields = desk, collection, tuple(fields)
        self.keys: list[Keys] = []
        self._label_of = label_of
        self._editors: dict[str, Line | Paragraph | ChoiceBox] = {}
        self._waiting: str | None = None
        self._wrong: set[str] = set()
        """Fields that hold what does not fit."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(lambda: self.flush(final=False))
        desk.flushing.connect(self.flush)
        kind = COLLECTION[collection].kind
        self._kinds = {f.name: f for f in fields_of(kind)}
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(7)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in self.fields:
            if field.section:
                heading = label(field.section, "section")
                heading.setContentsMargins(0, 8, 0, 0)
                form.addRow(heading)
            editor = self._editor(field)
            editor.setAccessibleName(field.column.title)
            editor.setToolTip(field.column.tip)
            name = label(field.column.title)
            name.setBuddy(editor)
            if field.lines > 1:
                form.addRow(name)
                form.addRow(editor)
            else:
                form.addRow(name, editor)
            self._editors[field.column.field] = editor

    def _editor(self, field: Field) -> "Line | Paragraph | ChoiceBox":
        name = field.column.field
        if field.column.choices:
            box = ChoiceBox()
            box.chosen.connect(lambda text, n=name: self._choose(n, text))
            return box
        editor = Paragraph(field.lines) if field.lines > 1 else Line()
        editor.setPlaceholderText(field.hint)
        editor.typed.connect(lambda n=name: self._wait(n))
        editor.installEventFilter(self)
        if isinstance(editor, Line):
            editor.returnPressed.connect(self.flush)
        return editor

    # What is shown.

    def show_records(self, keys: Sequence[Keys]) -> None:
        """Show these records; where they differ a field says so and stays blank."""
        if list(keys) != self.keys:
            self.flush()
            self._wrong.clear()
        self.keys = list(keys)
        self.setEnabled(bool(keys))
        found = self._records()
        for field in self.fields:
            if field.column.field not in self._wrong:
                self._fill(field, found)

    def refresh(self) -> None:
        """The audit changed: show it, but never put another text under a typing hand."""
        found = self._records()
        for field in self.fields:
            if found and field.column.field not in (self._waiting, *self._wrong):
                self._fill(field, found)

    def _fill(self, field: Field, found: Sequence[Any]) -> None:
        editor = self._editors[field.column.field]
        values = [getattr(record, field.column.field) for record in found]
        same = all(value == values[0] for value in values)
        if isinstance(editor, ChoiceBox):
            choices = field.column.choices(self.desk.audit) if field.column.choices else {}
            editor.offer(choices, str(values[0] if values[0] is not None else "") if values else "")
            if not same:
                editor.show_several(self.tr("several values"))
        else:
            text = self._text(field, values[0]) if values and same else ""
            editor.setPlaceholderText(field.hint if same else self.tr("several values"))
            if editor.text() != text and not (same and values and self._says(editor, values[0])):
                editor.show_text(text)
        editor.set_locked(self.desk.read_only is not None)

    def _says(self, editor: "Line | Paragraph", value: Any) -> bool:
        """What is being typed means the value already, spelled in another way."""
        if not editor.hasFocus():
            return False
        try:
            return self._value(self._waiting or self._name(editor), editor.text()) == value
        except ValueError:
            return False

    def _name(self, editor: QObject) -> str:
        return next(name for name, found in self._editors.items() if found is editor)

    def _records(self) -> list[Any]:
        audit = self.desk.audit
        every = (records.found(audit, self.collection, keys) for keys in self.keys)
        return [record for record in every if record is not None]

    def _text(self, field: Field, value: Any) -> str:
        return field.show(value) if field.show else text_of(field.column, self.desk.audit, value)

    def _value(self, name: str, text: str) -> Any:
        field = self._field(name)
        found = field.read(text) if field.read else value_of(field.column, self.desk.audit, text)
        return fitted(found, self._kinds[name])

    # What is typed.

    def _wait(self, name: str) -> None:
        if self._waiting not in (None, name):
            self.flush()
        self._waiting = name
        self._wrong.discard(name)
        if not self._timer.isActive():
            # Not restarted by the next key: whoever types on and on is saved too.
            self._timer.start()

    def has_field(self, name: str) -> bool:
        return name in self._editors

    def focus_field(self, name: str) -> None:
        self._editors[name].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.flush()
        return super().eventFilter(watched, event)

    def flush(self, *, final: bool = True) -> None:
        """Keep what was typed. While somebody still types, what makes no sense yet may wait."""
        name = self._waiting
        self._timer.stop()
        if name is None or not self.desk.is_open:
            return
        try:
            value = self._value(name, self._editors[name].text())
            if not final:
                _put_field(self.desk.audit, self.collection, self._kept(), {name: value})
        except ValueError as error:
            if not final:
                return
            # What does not fit stays in sight until it is mended or another record is shown.
            self._wrong.add(name)
            self._waiting = None
            self.desk.failed.emit(refusal(error))
            return
        except EditError:
            return
        else:
            if not self._put(name, value) and self.desk.unsaved:
                # It waits to be written, so it stays in sight.
                final = False
        self._waiting = None
        if final:
            self._fill(self._field(name), self._records())

    def _choose(self, name: str, text: str) -> None:
        self.flush()
        self._put(name, self._value(name, text))

    def _put(self, name: str, value: Any) -> bool:
        kept = self._kept()
        field = f"{self.collection}/{kept}/{name}"
        return bool(kept) and self.desk.apply_to_field(
            field, self._label_of(), _put_field, self.collection, kept, {name: value}
        )

    def _kept(self) -> list[Keys]:
        """The records shown that are still there."""
        audit, name = self.desk.audit, self.collection
        return [k for k in self.keys if records.found(audit, name, k) is not None]

    def _field(self, name: str) -> Field:
        return next(f for f in self.fields if f.column.field == name)


def _put_field(
    audit: Audit, collection: str, keys: Sequence[Keys], fields: Mapping[str, Any]
) -> Audit:
    """The same fields in every record."""
    made = [(collection, k, replace(records.found(audit, collection, k), **fields)) for k in keys]
    return records.put_all(audit, made)
