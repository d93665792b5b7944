"""How the plan is made: start, months, capacity, and whether live workflows are covered first."""

from typing import Any

from PySide6.QtCore import QDate, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDoubleSpinBox,
    QHBoxLayout,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from app.domain.edits import plan as edits
from app.domain.planning import plan_month
from app.ui.page import Bench, label
from app.ui.widgets.chips import WrapLayout

LATE = 400
MOST_MONTHS = 60


class SettingsBar(QWidget):
    """Each field is kept half a second after its last change at the latest."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._desk = bench.desk
        self._waiting: dict[str, Any] = {}
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE)
        self._late.timeout.connect(self.flush)
        self._desk.flushing.connect(self._give)
        self.start = QDateEdit()
        self.start.setDisplayFormat("MMM yyyy")
        self.start.setCalendarPopup(False)
        self.months, self.capacity = QSpinBox(), QDoubleSpinBox()
        self.months.setRange(1, MOST_MONTHS)
        self.capacity.setRange(0.5, 99_999)
        self.capacity.setDecimals(1)
        self.capacity.setToolTip(self.tr("Days a month, all together"))
        self.cover = QCheckBox(self.tr("Cover live workflows first"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = WrapLayout(self)
        row.setSpacing(14)
        for name, field in (
            (self.tr("Start"), self.start),
            (self.tr("Months"), self.months),
            (self.tr("Days a month"), self.capacity),
        ):
            row.addWidget(self._named(name, field))
        self.cover.setMinimumHeight(self.months.sizeHint().height())
        row.addWidget(self.cover)
        self.start.dateChanged.connect(lambda day: self._typed(start=day.toPython()))
        self.months.valueChanged.connect(lambda value: self._typed(months=value))
        self.capacity.valueChanged.connect(lambda value: self._typed(capacity=value))
        self.cover.clicked.connect(lambda on: self._typed(cover_first=on))
        for field in (self.start, self.months, self.capacity):
            field.setKeyboardTracking(False)
            field.lineEdit().setTextMargins(5, 0, 0, 0)
            field.editingFinished.connect(self.flush)

    def _named(self, name: str, field: QWidget) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        field.setAccessibleName(name)
        row.addWidget(label(name, "quiet", wrap=False))
        row.addWidget(field)
        return box

    def field(self, name: str) -> QWidget | None:
        """Where a setting of the plan is typed."""
        return {"start": self.start, "months": self.months, "capacity": self.capacity}.get(name)

    def show_audit(self) -> None:
        settings = self._desk.audit.plan
        day = settings.start or plan_month(settings, self._desk.today(), 1)
        fields = (self.start, self.months, self.capacity, self.cover)
        for field in fields:
            field.blockSignals(True)
            field.setEnabled(self._desk.read_only is None)
        if "start" not in self._waiting:
            self.start.setDate(QDate(day.year, day.month, day.day))
        if "months" not in self._waiting:
            self.months.setValue(settings.months)
        if "capacity" not in self._waiting:
            self.capacity.setValue(settings.capacity)
        self.cover.setChecked(settings.cover_first)
        for field in fields:
            field.blockSignals(False)

    def _typed(self, **fields: Any) -> None:
        self._waiting |= fields
        if not self._late.isActive():
            self._late.start()

    def _give(self) -> None:
        """What is half typed counts as typed."""
        for field in (self.months, self.capacity, self.start):
            field.interpretText()
        self.flush()

    def flush(self) -> None:
        self._late.stop()
        waiting, self._waiting = self._waiting, {}
        labels = {
            "start": self.tr("Start of the plan"),
            "months": self.tr("Months of the plan"),
            "capacity": self.tr("Days a month"),
            "cover_first": self.tr("Cover live workflows first"),
        }
        for field, value in waiting.items():
            kept = self._desk.apply_to_field(
                f"plan/{field}", labels[field], edits.set_plan, **{field: value}
            )
            if not kept:
                self.show_audit()
