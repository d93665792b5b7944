"""The register of decisions, and beside it one decision with its verdict and its dissent."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.domain.changes import Change
from app.domain.edits import workshop
from app.domain.ids import DecisionId
from app.domain.workshop import Decision, Verdict
from app.ui.models.choices import people
from app.ui.models.columns import Column, Kind
from app.ui.models.log.registers import (
    DecisionModel,
    session_names,
    verdict_words,
    workflows_column,
)
from app.ui.page import Bench, button, label, scrolled
from app.ui.record_table import RecordTable
from app.ui.widgets.chips import WrapLayout
from app.ui.widgets.log.dissent import DissentPart
from app.ui.widgets.record_form import Field, RecordForm

WIDE = 320
"""Pixels of the pane at 100%, at least."""
SHOWN = ("decisions", "people", "workflows", "sessions")


class DecisionsTab(QWidget):
    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._desk = bench.desk
        self.model = DecisionModel(bench, self)
        self.table = RecordTable(self.model, self.tr("Decisions"))
        self.detail = DecisionDetail(bench)
        self.new = button(self.tr("New decision"), "primary", self.tr("New decision (Ctrl+Enter)"))
        self.said = label("", "lead")
        top = QHBoxLayout()
        top.addWidget(self.said, 1)
        top.addWidget(self.new)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.table)
        self.split.addWidget(self.detail)
        self.split.setSizes([640, 400])
        self.split.setStretchFactor(0, 1)
        self.split.setHandleWidth(12)
        self.split.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.split, 1)
        self.new.clicked.connect(self.table.start_row)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.model.modelReset.connect(self._show_chosen)

    def show_audit(self) -> None:
        self.model.show_audit()
        if self.model.ids and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.new.setEnabled(not self._desk.read_only)
        self._show_chosen()
        self._say()

    def follow(self, changes: Sequence[Change]) -> None:
        if any(c.collection in SHOWN for c in changes):
            self.model.follow(changes)
            self._show_chosen()
            self.detail.follow(changes)
            self._say()

    def show_record(self, id_: str) -> None:
        self.table.show_record(id_)

    def _show_chosen(self) -> None:
        chosen = self.table.current_id
        self.detail.show_decision(DecisionId(chosen) if chosen else None)

    def _say(self) -> None:
        found = self._desk.audit.decisions.values()
        asked = sum(d.verdict is None for d in found)
        text = self.tr("{0} asked, {1} taken, {2} with dissent.")
        dissent = sum(bool(d.dissent) for d in found)
        empty = self.tr("Who decides after this workshop? Type what is to be decided.")
        self.said.setText(text.format(asked, len(found) - asked, dissent) if found else empty)


class DecisionDetail(QFrame):
    """One decision: everything recorded about it, its verdict, and who disagrees."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk, self._words, self._look = bench.desk, bench.words, bench.look
        self.decision: DecisionId | None = None
        self.empty = label(self.tr("Choose a decision to see its verdict and dissent."), "quiet")
        self.verdicts: dict[Verdict | None, QPushButton] = {}
        self.form = RecordForm(bench.desk, "decisions", self._fields(), self._label)
        self.dissent = DissentPart(bench)
        self.inside = QWidget()
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Verdict"), "section"))
        column.addLayout(self._verdict_row())
        column.addWidget(label(self.tr("Dissent"), "section"))
        column.addWidget(self.dissent)
        column.addWidget(self.form)
        column.addStretch(1)
        self.area = scrolled(self.inside, self.tr("Details of the decision"))
        self.inside.setStyleSheet("QWidget#inside { background: transparent; }")
        self.inside.setObjectName("inside")
        self.area.setStyleSheet("QScrollArea { background: transparent; }")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 6, 12)
        outer.addWidget(self.empty)
        outer.addWidget(self.area, 1)
        bench.look.changed.connect(self._widen)
        self._widen()

    def _fields(self) -> list[Field]:
        tr, kind = self.tr, Kind
        day = tr("Year-month-day")
        return [
            Field(Column(tr("Decision"), "text"), lines=2, section=tr("What is asked")),
            Field(Column(tr("Owner"), "owner", kind.CHOICE, people)),
            Field(Column(tr("Due"), "due", kind.DATE), hint=day),
            Field(Column(tr("Decided on"), "decided", kind.DATE), hint=day),
            Field(Column(tr("Cost"), "cost", kind.NUMBER)),
            Field(Column(tr("What it unblocks"), "unblocks"), lines=2),
            Field(workflows_column("\n"), lines=3, hint=tr("Names or parts of names, one a line")),
            Field(Column(tr("Session"), "session", kind.CHOICE, session_names)),
            Field(Column(tr("Note"), "note"), lines=2),
        ]

    def _verdict_row(self) -> WrapLayout:
        # No button group: Tab would stop at one of them only.
        row = WrapLayout()
        names = verdict_words(self._words)
        for verdict in (None, *Verdict):
            made = button(names[verdict or ""])
            made.setCheckable(True)
            made.setAccessibleName(self.tr("Verdict: {0}").format(made.text()))
            made.clicked.connect(lambda _on, v=verdict: self._decide(v))
            self.verdicts[verdict] = made
            row.addWidget(made)
        return row

    def _widen(self) -> None:
        """Larger letters need a wider pane."""
        self.setMinimumWidth(int(WIDE * max(1.0, self._look.scale / 100)))

    # What is shown.

    def show_decision(self, decision: DecisionId | None) -> None:
        record = self._record(decision)
        if decision != self.decision:
            self.decision = decision
            self.form.show_records([(decision,)] if decision and record else [])
        self.empty.setVisible(record is None)
        self.area.setVisible(record is not None)
        self._refresh(record)

    def follow(self, changes: Sequence[Change]) -> None:
        self.form.refresh()
        self.dissent.model.follow(changes)

    def _refresh(self, record: Decision | None) -> None:
        is_open = record is not None and not self._desk.read_only
        for verdict, made in self.verdicts.items():
            made.setChecked(record is not None and record.verdict == verdict)
            made.setEnabled(is_open)
        self.dissent.show_decision(self.decision, record)

    def _record(self, decision: DecisionId | None) -> Decision | None:
        return self._desk.audit.decisions.get(decision) if decision else None

    def _label(self) -> str:
        record = self._record(self.decision)
        return self.tr("Decision: {0}").format(record.text[:40] if record else "")

    # Edits.

    def _decide(self, verdict: Verdict | None) -> None:
        if self.decision is None:
            return
        self.form.flush()
        word = self.verdicts[verdict].text()
        text = self.tr("Verdict {0}: {1}").format(word, self._label().partition(": ")[2])
        self._desk.apply(text, workshop.decide, self.decision, verdict, self._desk.today())
        self._refresh(self._record(self.decision))
