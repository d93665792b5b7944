"""A new session from one of the shipped agendas, with its net minutes said honestly."""

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.edits.captures import free_id
from app.domain.ids import SessionId
from app.exchange.agenda_toml import shipped_agendas
from app.ui.models.log.agenda import agenda_text
from app.ui.page import Bench, label, scrolled

WIDE = 44
"""In heights of a line."""


class NewSession(QDialog):
    """`made` is the session planned, once there is one."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.made: SessionId | None = None
        self.agendas = shipped_agendas()
        self.setWindowTitle(self.tr("New session from a template"))
        words = bench.words
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Templates"))
        self.list.addItems(
            [
                self.tr("{0}  –  {1} min net").format(words(f"agenda.{a.id}"), a.minutes)
                for a in self.agendas
            ]
        )
        self.note, self.items = label("", "lead"), label("")
        self.title = QLineEdit()
        self.title.setAccessibleName(self.tr("Title"))
        self.date = QDateEdit()
        self.date.setAccessibleName(self.tr("Date"))
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat("yyyy-MM-dd")
        today = bench.desk.today()
        self.date.setDate(QDate(today.year, today.month, today.day))
        self._lay_out()
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.plan = buttons.addButton(
            self.tr("Plan this session"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.plan.setProperty("role", "primary")
        self.plan.setDefault(True)
        buttons.accepted.connect(self._plan)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(self.tr("Title"), self.title)
        form.addRow(self.tr("Date"), self.date)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        self.list.setMaximumHeight(len(self.agendas) * (self.fontMetrics().height() + 4) + 10)
        column.addWidget(self.list)
        column.addWidget(self.note)
        self.items.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(scrolled(self.items, self.tr("Agenda of the template")), 1)
        column.addWidget(
            label(self.tr("Items and minutes can be changed in the session's agenda."), "quiet")
        )
        column.addLayout(form)
        column.addWidget(buttons)
        line = self.fontMetrics().height()
        self.resize(WIDE * line, 36 * line)

    def _show(self, row: int) -> None:
        agenda, words = self.agendas[row], self._bench.words
        self.note.setText(words(f"agenda_note.{agenda.id}"))
        self.items.setText(agenda_text(agenda.items, words))
        self.title.setText(words(f"agenda.{agenda.id}"))

    def _plan(self) -> None:
        agenda = self.agendas[self.list.currentRow()]
        title = self.title.text().strip() or self._bench.words(f"agenda.{agenda.id}")
        session = SessionId(free_id("session", self._bench.desk.audit.sessions))
        day = self.date.date().toPython()
        if self._bench.room.plan(session, title, agenda.items, day):
            self.made = session
            self.accept()


def run_new_session(parent: QWidget, bench: Bench) -> SessionId | None:
    """Asks; the session planned, or None."""
    dialog = NewSession(bench, parent)
    dialog.exec()
    return dialog.made
