"""One edge case with room for its whole text and the whole golden response."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.ids import EdgeCaseId
from app.ui.models.choices import people
from app.ui.models.columns import Column, Kind
from app.ui.page import Bench, label, scrolled
from app.ui.widgets.record_form import Field, RecordForm


class EdgeCaseDetails(QFrame):
    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._desk = bench.desk
        self._shown = ""
        self.setProperty("role", "card")
        self.setMinimumWidth(280)
        tr = self.tr
        fields = [
            Field(Column(tr("What happened"), "text"), lines=4),
            Field(
                Column(tr("Golden response"), "golden"), lines=6,
                hint=tr("The answer an expert would accept, word for word"),
            ),
            Field(Column(tr("Expert"), "expert", Kind.CHOICE, people)),
            Field(Column(tr("Note"), "note"), lines=3),
        ]  # fmt: skip
        self.heading, self.nothing = label("", "heading"), label(tr("Choose a case."), "lead")
        self.form = RecordForm(bench.desk, "edge_cases", fields, self._label)
        inside = QWidget()
        inside.setStyleSheet("background: transparent")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 10, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        self.area = scrolled(inside, tr("The chosen case"))
        self.area.setStyleSheet("QScrollArea { background: transparent; }")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 6, 12)
        outer.setSpacing(6)
        for made in (self.heading, self.nothing):
            outer.addWidget(made)
        outer.addWidget(self.area, 1)
        outer.addStretch(0)

    def _label(self) -> str:
        return self.tr("Change edge case {0}").format(self._shown)

    def show_case(self, id_: str) -> None:
        """Nothing where there is no such case."""
        record = self._desk.audit.edge_cases.get(EdgeCaseId(id_))
        self._shown = id_ if record else ""
        self.form.show_records([(id_,)] if record else [])
        self.area.setVisible(record is not None)
        self.nothing.setVisible(record is None)
        workflows = self._desk.audit.workflows
        name = workflows[record.workflow].name if record and record.workflow in workflows else ""
        self.heading.setText(name)
        self.heading.setVisible(bool(name))

    def refresh(self) -> None:
        if self._shown not in self._desk.audit.edge_cases:
            self.show_case("")
        else:
            self.form.refresh()
