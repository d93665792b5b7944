"""Where workflows get their facts: the sources as a table, and which workflow draws on which."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.edits import records
from app.domain.ids import SourceId, WorkflowId
from app.domain.landscape import SourceLink
from app.ui.models.choices import people
from app.ui.models.columns import Column, Kind
from app.ui.models.matrix import Cell
from app.ui.models.records import RecordModel
from app.ui.models.source_links import FILLS, SourceLinksModel
from app.ui.page import Bench, Completeness, Page, Place, head, label, scrolled, translate
from app.ui.record_table import RecordTable
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.matrix.legend import Legend
from app.ui.widgets.matrix.view import MatrixView

BARE = "bare"
USUAL = SourceLink().importance
LEAST_TABLE, LEAST_MAP = 9, 14
"""Heights of a line that the sources and the map have at least."""


class ContextPage(Page):
    key = "context"
    group = "audit"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.sources = RecordModel(
            self.desk, self.look, "sources", self._columns(),
            word=self.tr("source"), prefix="s", parent=self,
        )  # fmt: skip
        self.table = RecordTable(self.sources, self.tr("Context sources"))
        self.model = SourceLinksModel(self.desk, self)
        self.map = MatrixView(
            self.model, self.look, self.tr("Which workflow draws on which source"),
            self.words("label.workflow"), narrow=(self.tr("decides"), ""), wide=24,
        )  # fmt: skip
        self.search = QLineEdit()
        self.chips = Chips(self.look, self.tr("Show only"))
        self.legend = Legend(self.look, self.tr("What the signs mean"))
        self._lay_out()
        self._connect()

    @staticmethod
    def title() -> str:
        return translate("Context")

    def _columns(self) -> list[Column]:
        tr = self.tr
        return [
            Column(tr("Source"), "name", width=190),
            Column(tr("Used by"), show=self._used_by, width=70),
            Column(tr("Kind"), "kind", width=95),
            Column(tr("System"), "system", width=130),
            Column(tr("Owner"), "owner", Kind.CHOICE, people, adds_people=True, width=130),
            Column(tr("Freshness wanted"), "freshness_wanted", width=130),
            Column(tr("Freshness real"), "freshness_real", width=115),
            Column(tr("Cleanliness"), "cleanliness", width=180),
            Column(tr("Structure"), "structure", width=160),
            Column(tr("Sensitivity"), "sensitivity", width=110),
            Column(tr("Access"), "access", width=200),
            Column(tr("Place"), "place", width=140),
            Column(tr("Note"), "note", width=220),
        ]

    def _used_by(self, audit: Audit, id_: str) -> str:
        return str(sum(SourceId(id_) in links for links in audit.links.values()))

    def _lay_out(self) -> None:
        row, _, _ = head(
            self.title(),
            self.tr(
                "Every source a workflow takes its facts from, how fresh it must be and how fresh "
                "it is. Below, who draws on what."
            ),
        )
        self.search.setPlaceholderText(self.tr("Filter"))
        self.search.setAccessibleName(self.tr("Filter sources and workflows"))
        self.search.setMaximumWidth(240)
        row.addWidget(self.search)
        self._shown = QStackedWidget()
        self._shown.addWidget(self.map)
        self._shown.addWidget(
            label(self.tr("Type a source above; then mark which workflows draw on it."), "lead")
        )
        split = QSplitter(Qt.Orientation.Vertical)
        split.setAccessibleName(self.tr("Sources above, map below"))
        split.setChildrenCollapsible(False)
        split.setHandleWidth(9)
        split.setStyleSheet("QSplitter::handle { margin: 3px 0; }")
        split.addWidget(self.table)
        split.addWidget(self._below())
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 6)
        self.split = split
        self._scale_split()
        self.look.changed.connect(self._scale_split)
        whole = scrolled(split, self.tr("Sources above, map below"))
        whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(whole, 1)

    def _below(self) -> QWidget:
        made = Folding()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Who draws on what"), "heading", wrap=False))
        row.addWidget(self.chips)
        row.addWidget(self.legend, 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
        column.addWidget(self._shown, 1)
        return made

    def _scale_split(self) -> None:
        """Where letters are large the page scrolls before both lists have only a row or two."""
        tall = self.fontMetrics().height()
        self.table.setMinimumHeight(LEAST_TABLE * tall)
        self._shown.setMinimumHeight(LEAST_MAP * tall)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.chips.changed.connect(self._filter)
        self.map.opened.connect(self._toggle)
        self.map.keyed.connect(self._put)
        self.map.row_opened.connect(
            lambda id_: self.bench.go(Place("walk", workflow=WorkflowId(id_)))
        )
        self.table.selectionModel().currentChanged.connect(self._show_column)

    # What is shown.

    def show_audit(self) -> None:
        self.sources.show_audit()
        self._refresh()
        self.model.show_audit()

    def follow(self, changes: Sequence[Change]) -> None:
        self.sources.follow(changes)
        self._refresh()
        self.model.follow(changes)

    def _refresh(self) -> None:
        self._shown.setCurrentIndex(0 if self.desk.audit.sources else 1)
        bare, _ = self.model.bare_of()
        text = self.tr("No substrate of truth")
        tip = self.tr("Workflows that draw on no recorded source.")
        self.chips.show_chips([Chip(BARE, text, bare, tip)])
        self.setTabOrder(self.table, self.chips.button(BARE))
        self.setTabOrder(self.chips.button(BARE), self.map)
        fills = [(Cell(str(n), fill=FILLS[n]), f"{n} {self.model.word(n)}") for n in sorted(FILLS)]
        self.legend.show_fills([(Cell(fill=cell.fill), word) for cell, word in fills])

    # Links.

    def _toggle(self, workflow: str, source: str) -> None:
        """Space or a click: put a link of usual importance, or take it out."""
        self._put(workflow, source, -1 if self.model.importance(workflow, source) else USUAL)

    def _put(self, workflow: str, source: str, importance: int) -> None:
        """1 to 3 put a link; 0 or less take it out."""
        audit = self.desk.audit
        keys = (workflow, source)
        names = audit.workflows[WorkflowId(workflow)].name, audit.sources[SourceId(source)].name
        there = self.model.importance(workflow, source)
        if importance > max(FILLS) or importance == there:
            return
        if importance <= 0:
            if there:
                label_ = self.tr("Unlink {0} from {1}").format(*names)
                self.desk.apply(label_, records.remove, "links", keys)
        elif there:
            label_ = self.tr("Weigh {1} for {0}").format(*names)
            self.desk.apply(label_, records.amend, "links", keys, importance=importance)
        else:
            link = SourceLink(importance=importance)
            self.desk.apply(
                self.tr("Link {0} to {1}").format(*names), records.put, "links", keys, link
            )

    # Filters and ways here.

    def _wanted(self) -> Callable[[WorkflowId], bool]:
        """Without a source where that is chosen, and named as searched, itself or a source."""
        bare, text = BARE in self.chips.chosen, self.search.text().casefold().strip()

        def is_wanted(workflow: WorkflowId) -> bool:
            audit = self.desk.audit
            links = audit.links.get(workflow)
            if bare and links:
                return False
            if not text or text in audit.workflows[workflow].name.casefold():
                return True
            return any(text in audit.sources[s].name.casefold() for s in links or ())

        return is_wanted

    def _filter(self) -> None:
        self.sources.search(self.search.text())
        self.model.wanted = self._wanted()
        self.model.show_audit()

    def _show_column(self, now: QModelIndex, _before: QModelIndex) -> None:
        """The map shows the column of the source the table stands on."""
        if now.row() < len(self.sources.ids):
            column = self.model.column_of(self.sources.ids[now.row()])
            rows = self.map.indexAt(self.map.viewport().rect().topLeft()).row()
            if column >= 0 and self.model.ids:
                self.map.scrollTo(self.model.index(max(0, rows), column))

    def go_to(self, place: Place) -> None:
        source = place.key or place.target or ""
        if source in self.desk.audit.sources:
            self.search.clear()
            self.table.show_record(source, place.field)
            self.table.setFocus()
        elif place.workflow:
            self.search.clear()
            self.chips.choose(())
            self._filter()
            self.map.show_place(place.workflow)
            self.map.setFocus()

    def completeness(self) -> Completeness:
        """Active workflows that draw on at least one recorded source."""
        audit = self.desk.audit
        bare, of = self.model.bare_of()
        return Completeness(of - bare, of, str(len(audit.sources)))

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Space"), self.tr("Link the workflow to the source, or take the link out")),
            ("1 2 3", self.tr("How much the source matters to the workflow")),
            (self.tr("Delete"), self.tr("Take the link out")),
        ]


class Folding(QWidget):
    """As tall at least as its lines need that fold where the width is short."""

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.setMinimumHeight(self.layout().minimumHeightForWidth(self.width()))
        return taken
