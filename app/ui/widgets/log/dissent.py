"""Who disagrees with a decision, in their own words, and whether by name."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHeaderView, QVBoxLayout, QWidget

from app.domain.edits import workshop
from app.domain.ids import DecisionId, PersonId
from app.domain.workshop import Decision, Dissent
from app.ui.models.choices import people
from app.ui.models.log.registers import DissentModel
from app.ui.page import Bench, button
from app.ui.record_table import RecordTable
from app.ui.widgets.chips import WrapLayout
from app.ui.widgets.form_fields import ChoiceBox, Line

WHO, WORDS, NAMED = 0, 1, 2


class DissentTable(RecordTable):
    """As tall as its rows, which show all of the words."""

    def __init__(self, model: DissentModel, name: str) -> None:
        super().__init__(model, name)
        self.setWordWrap(True)
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fit)
        for signal in (model.modelReset, model.dataChanged):
            signal.connect(self._soon.start)
        self.verticalHeader().sectionResized.connect(self._soon.start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width()
        self.setColumnWidth(WHO, int(wide * 0.3))
        self.setColumnWidth(NAMED, int(wide * 0.2))
        self._soon.start()

    def _fit(self) -> None:
        tall = self.verticalHeader().length() + self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(tall + 2 * self.frameWidth() + 2)


class DissentPart(QWidget):
    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._desk = bench.desk
        self.decision: DecisionId | None = None
        self.model = DissentModel(bench, self)
        self.table = DissentTable(self.model, self.tr("Dissent"))
        self.who, self.text = ChoiceBox(), Line()
        self.who.setAccessibleName(self.tr("Who disagrees"))
        self.text.setAccessibleName(self.tr("Dissent in their words"))
        self.text.setPlaceholderText(self.tr("In their words"))
        self.consent = QCheckBox(self.tr("May be named"))
        self.consent.setAccessibleName(self.tr("They agree to be quoted by name"))
        self.add = button(self.tr("Keep the dissent"))
        last = WrapLayout()
        for widget in (self.consent, self.add):
            last.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.table, self.who, self.text):
            column.addWidget(widget)
        column.addLayout(last)
        self.add.clicked.connect(self.keep)
        self.text.returnPressed.connect(self.keep)

    def show_decision(self, decision: DecisionId | None, record: Decision | None) -> None:
        if decision != self.decision:
            self.decision = decision
            self.model.show_decision(decision)
            self.text.clear()
            self.consent.setChecked(False)
        is_open = record is not None and not self._desk.read_only
        self.table.setVisible(bool(record and record.dissent))
        everybody = {k: v for k, v in people(self._desk.audit).items() if k}
        self.who.offer({"": self.tr("Who disagrees?"), **everybody}, self.who.text())
        for widget in (self.who, self.text, self.consent, self.add):
            widget.setEnabled(is_open)

    def keep(self) -> None:
        """Add what was typed; what is missing is said."""
        person, words = PersonId(self.who.text()), self.text.text().strip()
        if self.decision is None:
            return
        if not person or not words:
            self._desk.failed.emit(
                self.tr("Dissent needs a person and their words. Nothing was kept yet.")
            )
            return
        kept = Dissent(person, words, self.consent.isChecked())
        text = self.tr("Dissent of {0}").format(self._desk.audit.people[person].name)
        if self._desk.apply(text, workshop.add_dissent, self.decision, kept):
            self.text.clear()
            self.consent.setChecked(False)
            self.who.setCurrentIndex(0)
