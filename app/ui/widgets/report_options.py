"""Who the report is for, its page, date and format: what a person chooses before it is made."""

import datetime as dt

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QFrame, QVBoxLayout, QWidget

from app.report.model import Audience, PageSize
from app.report.request import Request
from app.ui.page import button, label
from app.ui.widgets.chips import WrapLayout


class ReportOptions(QFrame):
    changed = Signal()
    """Another report is wanted; another format alone is still the same report."""

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.audience = self._choice(
            self.tr("Audience"),
            [
                (Audience.FULL.value, self.tr("Full: names as recorded")),
                (Audience.EXECUTIVE.value, self.tr("Executive: roles and initials")),
                (Audience.EXTERNAL.value, self.tr("External: stand-in names")),
            ],
        )
        self.page = self._choice(
            self.tr("Page"), [(PageSize.A4.value, "A4"), (PageSize.LETTER.value, "US Letter")]
        )
        self.format = self._choice(
            self.tr("Format"), [("pdf", "PDF"), ("html", "HTML"), ("json", "JSON")]
        )
        self.day = QDateEdit(_qdate(today))
        self.day.setAccessibleName(self.tr("Date of the report"))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.export = button(self.tr("Export…"), "primary")
        self._lay_out()
        for box in (self.audience, self.page):
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.day.dateChanged.connect(lambda _day: self.changed.emit())

    @property
    def request(self) -> Request:
        day = self.day.date()
        return Request(
            Audience(self.audience.currentData()),
            PageSize(self.page.currentData()),
            dt.date(day.year(), day.month(), day.day()),
        )

    @property
    def kind(self) -> str:
        return str(self.format.currentData())

    def _choice(self, name: str, choices: list[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for value, text in choices:
            box.addItem(text, value)
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        row = WrapLayout()
        row.setSpacing(12)
        column.addLayout(row)
        for name, widget in (
            (self.tr("Audience"), self.audience),
            (self.tr("Page"), self.page),
            (self.tr("Date"), self.day),
            (self.tr("Format"), self.format),
        ):
            row.addWidget(_named(name, widget))
        row.addWidget(_named("", self.export))


def _named(name: str, widget: QWidget) -> QWidget:
    """A field under its name."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    text = label(name, "quiet", wrap=False)
    text.setBuddy(widget)
    column.addWidget(text)
    column.addWidget(widget)
    return made


def _qdate(day: dt.date) -> QDate:
    return QDate(day.year, day.month, day.day)
