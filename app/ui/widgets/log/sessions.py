"""Sessions with their real times and agenda, and who was in the room, by role."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.domain.changes import Change
from app.domain.ids import SessionId
from app.domain.sessions import quorum, running
from app.domain.workshop import Timebox
from app.ui.models.columns import Column
from app.ui.models.log.agenda import agenda_boxes, agenda_text
from app.ui.models.log.clock import clock_text, clock_value
from app.ui.models.log.sessions import AttendanceModel, SessionModel, quorum_text
from app.ui.page import Bench, button, card, label, scrolled
from app.ui.record_table import RecordTable
from app.ui.session.new_session import run_new_session
from app.ui.widgets.chips import WrapLayout
from app.ui.widgets.fitted_table import FittedRows
from app.ui.widgets.record_form import Field, RecordForm

SHOWN = ("sessions", "attendance", "people", "bank")


class SessionsTab(QWidget):
    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._desk, self._words = bench, bench.desk, bench.words
        self.session: SessionId | None = None
        self.model = SessionModel(bench, self)
        self.table = RecordTable(self.model, self.tr("Sessions"))
        self.form = RecordForm(bench.desk, "sessions", self._fields(), self._label)
        self.attendance = AttendanceModel(bench, self)
        self.people = RecordTable(self.attendance, self.tr("Who was present"))
        self.heading, self.quorum = label("", "heading"), label("", "lead")
        self.new = button(self.tr("New session"), "", self.tr("New session (Ctrl+Enter)"))
        self.template = button(
            self.tr("From a template…"), "", self.tr("New session from a template")
        )
        self.start = button(self.tr("Start now"), "primary")
        self.end = button(self.tr("End now"), "primary")
        self.all_here = button(self.tr("All others are here"))
        self.here = button(self.tr("Came now"))
        self.gone = button(self.tr("Left now"))
        self.away = button(self.tr("Absent"))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._left())
        split.addWidget(self._right())
        split.setSizes([450, 620])
        split.setStretchFactor(1, 1)
        split.setHandleWidth(12)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(split, 1)
        self._connect()

    def _fields(self) -> list[Field]:
        tr = self.tr
        hint = tr("Hours and minutes")
        agenda = Column(
            tr("Agenda"), "agenda", say=lambda _audit, boxes: agenda_text(boxes, self._words),
            hear=lambda _audit, text: agenda_boxes(text, self._agenda(), self._words),
        )  # fmt: skip
        return [
            Field(Column(tr("Started"), "started"), show=clock_text, read=self._read, hint=hint),
            Field(Column(tr("Ended"), "ended"), show=clock_text, read=self._read, hint=hint),
            Field(agenda, lines=5, hint=tr("One line for each item, its minutes first")),
            Field(Column(tr("Note"), "note"), lines=2),
        ]

    def _left(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        for widget in (self.new, self.template, self.start, self.end):
            row.addWidget(widget)
        row.addStretch(1)
        self.details, inner = card()
        inside = QWidget()
        inside.setObjectName("inside")
        inside.setStyleSheet("QWidget#inside { background: transparent; }")
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 8, 0)
        around.addWidget(self.form)
        around.addStretch(1)
        area = scrolled(inside, self.tr("Times and agenda of the session"))
        area.setStyleSheet("QScrollArea { background: transparent; }")
        inner.addWidget(area)
        FittedRows(self.table, least=3, most=5)
        column.addLayout(row)
        column.addWidget(self.table)
        column.addWidget(self.details, 1)
        return whole

    def _right(self) -> QWidget:
        whole = QFrame()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = WrapLayout()
        for widget in (self.all_here, self.here, self.gone, self.away):
            row.addWidget(widget)
        column.addWidget(self.heading)
        column.addWidget(self.quorum)
        column.addLayout(row)
        column.addWidget(self.people, 1)
        return whole

    def _connect(self) -> None:
        self.new.clicked.connect(self.table.start_row)
        self.template.clicked.connect(self._from_template)
        self.start.clicked.connect(self.start_now)
        self.end.clicked.connect(self.end_now)
        self.all_here.clicked.connect(self._all_others)
        self.here.clicked.connect(self._came)
        self.gone.clicked.connect(lambda: self.attendance.go(self.people.chosen_ids()))
        self.away.clicked.connect(lambda: self.attendance.miss(self.people.chosen_ids()))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.model.modelReset.connect(self._show_chosen)

    # What is shown.

    def show_audit(self) -> None:
        """The running session first, else the latest."""
        self.model.show_audit()
        audit = self._desk.audit
        latest = max(((s.date, id_) for id_, s in audit.sessions.items()), default=(None, None))[1]
        if self.table.current_id is None and latest:
            self.table.show_record(running(audit) or latest)
        self._show_chosen()

    def follow(self, changes: Sequence[Change]) -> None:
        if any(c.collection in SHOWN for c in changes):
            self.model.follow(changes)
            self.attendance.follow(changes)
            self.form.refresh()
            self._show_chosen()

    def show_record(self, id_: str) -> None:
        self.table.show_record(id_)

    def _show_chosen(self) -> None:
        chosen = self.table.current_id
        self.session = SessionId(chosen) if chosen else None
        if self.session != self.attendance.session:
            self.form.show_records([(self.session,)] if self.session else [])
            self.attendance.show_session(self.session)
        self._refresh()

    def _refresh(self) -> None:
        audit = self._desk.audit
        record = audit.sessions.get(self.session) if self.session else None
        writable = not self._desk.read_only
        for widget in (self.details, self.quorum, self.people):
            widget.setVisible(record is not None)
        for widget in (self.all_here, self.here, self.gone, self.away):
            widget.setVisible(record is not None)
            widget.setEnabled(writable)
        self.new.setEnabled(writable)
        self.template.setEnabled(writable)
        ready = record is not None and record.started is None
        is_running = record is not None and record.started is not None and record.ended is None
        self.start.setVisible(ready and writable)
        self.end.setVisible(is_running and writable)
        self.here.setEnabled(writable and is_running)
        self.gone.setEnabled(writable and is_running)
        if record is None or self.session is None:
            self.heading.setText(self.tr("Add a session to record who was there and what was done"))
            return
        self.heading.setText(self.tr("Who was present: {0}").format(record.title))
        self.quorum.setText(quorum_text(quorum(audit, self.session)))

    def _label(self) -> str:
        record = self._desk.audit.sessions.get(self.session) if self.session else None
        return self.tr("Session: {0}").format(record.title if record else "")

    # Edits.

    def start_now(self) -> None:
        """The real start, and a snapshot of how the audit stood then."""
        if self.session is not None:
            self.form.flush()
            self._bench.room.start(self.session)

    def end_now(self) -> None:
        """The real end, and a snapshot of what the session left."""
        if self.session is not None:
            self.form.flush()
            self._bench.room.end(self.session)

    def _from_template(self) -> None:
        made = run_new_session(self, self._bench)
        if made:
            self.show_record(made)

    def _all_others(self) -> None:
        self.attendance.come(self.attendance.unrecorded(), now=False)

    def _came(self) -> None:
        self.attendance.come(self.people.chosen_ids(), now=True)

    def _agenda(self) -> tuple[Timebox, ...]:
        record = self._desk.audit.sessions.get(self.session) if self.session else None
        return record.agenda if record else ()

    def _read(self, text: str) -> object:
        assert self.session is not None
        record = self._desk.audit.sessions[self.session]
        return clock_value(text, record.date, record.started or record.ended)
