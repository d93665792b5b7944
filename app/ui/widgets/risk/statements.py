"""Statements beside the estimate: wrapper test, upgrades bought too early, tenant to asset."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.ids import WorkflowId
from app.domain.upgrades import Bought, Ledger
from app.ui.models.derived import AssetModel, Derived, WrapperModel, derive, tally
from app.ui.models.ledger import LedgerModel, LedgerReader, fallacy_sentence
from app.ui.models.rows import RowsModel
from app.ui.models.walk.wrapper import place
from app.ui.page import Bench, Place, button, label
from app.ui.widgets.cells import RowsTable
from app.ui.widgets.fitted_table import FittedRows

JOB = "risk_statements"
MOST_ROWS = 14


class FlatTable(RowsTable):
    """A table in a card: no frame of its own, and rows that follow the size of the font."""

    def __init__(self, bench: Bench, model: RowsModel, name: str) -> None:
        super().__init__(model, name)
        self.setFrameShape(RowsTable.Shape.NoFrame)
        bench.look.changed.connect(self.scale_rows)
        model.modelReset.connect(self.scale_rows)
        FittedRows(self, least=1, most=MOST_ROWS)


class StatementCard(QFrame):
    """A heading, a sentence and a table whose rows lead to what they rest on."""

    def __init__(self, bench: Bench, model: RowsModel, heading: str, rule: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.sentence, self.table = label("", "lead"), FlatTable(bench, model, heading)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.top = QHBoxLayout()
        self.top.addWidget(label(heading, "heading"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        column.addLayout(self.top)
        column.addWidget(self.sentence)
        column.addWidget(label(rule, "quiet"))
        column.addWidget(self.table)
        column.addStretch(1)


class Statements(QWidget):
    """Follows the audit through a worker; Enter on a cell opens the answer behind it."""

    opened = Signal(object)
    """The place where what a cell rests on is recorded."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._desk = bench, bench.desk
        self.rows: tuple[Derived, ...] = ()
        self.reader = LedgerReader(bench.desk, "risk", self)
        self.wrappers, self.assets = WrapperModel(bench, self), AssetModel(bench, self)
        self.bought = LedgerModel(bench, self)
        self.wrapper = StatementCard(
            bench, self.wrappers, self.tr("Wrapper test"),
            self.tr(
                "Five yes: orchestrated; at most one: a wrapper around a model. What was said and "
                "not shown is not known. Enter opens the answer behind a cell."
            ),
        )  # fmt: skip
        self.fallacy = StatementCard(
            bench, self.bought, self.tr("Model upgrades"),
            self.tr("Judged by the entry questions at the snapshot nearest to the upgrade."),
        )  # fmt: skip
        self.asset = StatementCard(
            bench, self.assets, self.tr("Tenant or asset"),
            self.tr(
                "Only where a model of one's own is a goal. 0: everything is rented; 100: it can "
                "be taken along and run elsewhere."
            ),
        )  # fmt: skip
        self.record = button(self.tr("Record upgrades"), "flat")
        self.fallacy.top.addWidget(self.record)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for made in (self.wrapper, self.fallacy, self.asset):
            column.addWidget(made)

    def _connect(self) -> None:
        self.wrapper.table.opened.connect(self._open_wrapper)
        self.fallacy.table.opened.connect(self._open_upgrade)
        self.asset.table.opened.connect(self._open_asset)
        self.record.clicked.connect(lambda: self.opened.emit(Place("deployments", key="upgrades")))
        self.reader.read.connect(self._show_ledger)

    def forget(self) -> None:
        """Another audit is on the desk."""
        self.reader.forget()
        self._take(())

    def show_audit(self) -> None:
        """Collect in a worker; what is shown stays until then."""
        audit, today, engine = self._desk.audit, self._desk.today(), self._desk.engine
        self._desk.jobs.run(JOB, lambda: derive(engine, audit, today), self._take, _raise)
        self.reader.want()
        self._show_ledger()

    def _take(self, rows: tuple[Derived, ...]) -> None:
        self.rows = rows
        self.wrappers.show_rows(rows)
        self.wrapper.sentence.setText(tally(self._bench.words, rows))
        self.wrapper.setVisible(bool(rows))
        owned = [row for row in rows if row.asset]
        if owned:
            self.assets.show_asset(tuple(owned))
            said = self.tr("A model of one's own is the goal of {0} of {1} workflows.")
            figure = self._bench.words.figure
            self.asset.sentence.setText(said.format(figure(len(owned)), figure(len(rows))))
        self.asset.setVisible(bool(owned))

    def _show_ledger(self) -> None:
        if not self._desk.is_open:
            return
        found: Ledger = self.reader.ledger()
        self.bought.show_rows(found.rows)
        self.fallacy.sentence.setText(fallacy_sentence(self._bench, found))
        self.fallacy.table.setVisible(bool(found.rows))

    def _open_wrapper(self, row: Derived) -> None:
        part = self.wrappers.part_of(row, self.wrapper.table.currentIndex().column())
        self.opened.emit(place(part, row.id))

    def _open_upgrade(self, row: Bought) -> None:
        """The entry question that was open, else the upgrade itself."""
        first = next(iter(row.undefined), None)
        workflow = WorkflowId(row.upgrade.workflow)
        if first and workflow in self._desk.audit.workflows:
            self.opened.emit(Place("walk", workflow=workflow, question=first))
        else:
            self.opened.emit(Place("deployments", key=row.id))

    def _open_asset(self, row: Derived) -> None:
        question = self.assets.question_of(row, self.asset.table.currentIndex().column())
        if question:
            self.opened.emit(Place("walk", workflow=row.id, question=question))


def _raise(error: Exception) -> None:
    raise error
