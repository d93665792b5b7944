"""Past deployments and model upgrades: what an organisation learnt from what it did before."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Change
from app.domain.statements import Fallacy
from app.ui.models.ledger import LedgerReader, fallacy_sentence
from app.ui.models.past import DeploymentModel, UpgradeModel
from app.ui.page import Bench, Completeness, Page, Place, button, head, label, translate
from app.ui.record_table import RecordTable
from app.ui.widgets.adding_delegate import AddingDelegate
from app.ui.widgets.calibration_card import CalibrationCard
from app.ui.widgets.side_pane import SidePane
from app.ui.widgets.tabs import Tabs

DEPLOYMENTS, UPGRADES = range(2)
JUDGED = ("upgrades", "answers", "workflows", "links", "snapshots", "bank", "reference")
"""Collections that a verdict on an upgrade may stand on."""


class DeploymentsPage(Page):
    key = "deployments"
    group = "evidence"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.reader = LedgerReader(self.desk, "deployments", self)
        self.deployments, self.upgrades = DeploymentModel(bench, self), UpgradeModel(bench, self)
        self.past = RecordTable(self.deployments, self.title())
        self.bought = RecordTable(self.upgrades, self.tr("Model upgrades"))
        self.bought.setItemDelegate(AddingDelegate(self.bought))
        self.card = CalibrationCard(bench)
        self.sentence = label("", "lead")
        self.open = button(self.tr("Open the answer"), "", self.tr("Open the entry question"))
        self.tabs = Tabs(self.tr("Deployments or upgrades"))
        self.tabs.addTab(self.tr("Past deployments"))
        self.tabs.addTab(self.tr("Model upgrades"))
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    @staticmethod
    def title() -> str:
        return translate("Past deployments")

    def _lay_out(self) -> None:
        row, _, _ = head(
            self.title(),
            self.tr("Record the stopped ones too: left out, they make every rate look better."),
        )
        self.new = button(self.tr("New row"), "primary", self.tr("New row (Ctrl+Enter)"))
        row.addWidget(self.new)
        self.stack.addWidget(self._deployments())
        self.stack.addWidget(self._upgrades())
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)

    def _deployments(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.past)
        split.addWidget(SidePane(self.card, self.tr("What they say")))
        split.setSizes([740, 360])
        split.setStretchFactor(0, 1)
        split.setHandleWidth(12)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.setChildrenCollapsible(False)
        return split

    def _upgrades(self) -> QWidget:
        whole = QWidget()
        column, row = QVBoxLayout(whole), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(self.bought, 1)
        return whole

    def _connect(self) -> None:
        self.new.clicked.connect(lambda: self._table.start_row())
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.reader.read.connect(self._judge)
        self.open.clicked.connect(self._explain)
        self.bought.selectionModel().currentRowChanged.connect(lambda *_: self._may_explain())
        self.upgrades.modelReset.connect(self._may_explain)

    @property
    def _table(self) -> RecordTable:
        return self.past if self.tabs.currentIndex() == DEPLOYMENTS else self.bought

    # Following the audit.

    def audit_opened(self) -> None:
        self.reader.forget()
        super().audit_opened()

    def show_audit(self) -> None:
        self.deployments.show_audit()
        self._judge()
        self.upgrades.show_audit()
        self.card.show_audit()
        self.reader.want()

    def follow(self, changes: Sequence[Change]) -> None:
        found = {c.collection for c in changes}
        if found & {"deployments", "organisation", "reference", "bank"}:
            self.deployments.follow(changes)
            self.card.show_audit()
        if not found.isdisjoint(JUDGED):
            self._judge(show=False)
            self.upgrades.follow(changes)
            self.reader.want()

    def _judge(self, *, show: bool = True) -> None:
        """Verdicts by the snapshots read so far."""
        if not self.desk.is_open:
            return
        found = self.reader.ledger()
        self.upgrades.bought = {row.id: row for row in found.rows}
        self.sentence.setText(
            self._said(fallacy_sentence(self.bench, found), found.of(Fallacy.YES))
        )
        if show and self.upgrades.ids:
            last = self.upgrades.index(len(self.upgrades.ids) - 1, len(self.upgrades.columns) - 1)
            self.upgrades.dataChanged.emit(self.upgrades.index(0, 0), last)
        self._may_explain()

    def _said(self, sentence: str, hasty: Sequence[object]) -> str:
        if hasty:
            return sentence
        if self.desk.audit.upgrades:
            return self.tr("{0} A bigger model repairs none of the three.").format(sentence)
        return self.tr("What was tried, when, for how much, and what changed?")

    # From a verdict to the answer behind it.

    def _may_explain(self) -> None:
        row = self.upgrades.bought.get(self.bought.current_id or "")  # type: ignore[call-overload]
        self.open.setEnabled(bool(row and row.undefined))

    def _explain(self) -> None:
        row = self.upgrades.bought.get(self.bought.current_id or "")  # type: ignore[call-overload]
        if row and row.undefined:
            place = Place("walk", workflow=row.upgrade.workflow, question=row.undefined[0])
            self.bench.go(place)

    def go_to(self, place: Place) -> None:
        """`key`: a deployment or an upgrade, or the name of its collection."""
        audit = self.desk.audit
        is_upgrade = place.key == "upgrades" or place.key in audit.upgrades
        self.tabs.setCurrentIndex(UPGRADES if is_upgrade else DEPLOYMENTS)
        self._table.show_record(place.key, place.field)
        self._table.setFocus()

    def completeness(self) -> Completeness:
        count = len(self.desk.audit.deployments) + len(self.desk.audit.upgrades)
        return Completeness(count=str(count) if count else "")

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl+Enter", self.tr("Start a new row")),
            ("Ctrl+D", self.tr("Fill the selected cells down")),
            ("Ctrl+C, Ctrl+V", self.tr("Copy and paste a block")),
            ("Ctrl+Del", self.tr("Remove the selected rows")),
        ]
