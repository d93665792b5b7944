"""What stands in the report and how it looks: its parts, workflows, paper, day and brand."""

import datetime as dt

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QGridLayout, QVBoxLayout, QWidget

from app.desk.settings import Settings
from app.domain.audit import Audit
from app.domain.ids import WorkflowId
from app.report.contents import USUAL, titles
from app.report.model import PageSize
from app.report.request import Request
from app.ui.page import card, label
from app.ui.widgets.report.brand_choice import BrandChoice
from app.ui.widgets.side_pane import SidePane
from app.ui.widgets.tick_list import FEW, TickList
from app.words import Words

OF_WORKFLOWS = "workflow"
"""The part that stands for the pages of workflows; naming a workflow asks for it."""
PARTS = USUAL - {OF_WORKFLOWS}


class ReportContents(QWidget):
    changed = Signal()

    def __init__(self, words: Words, settings: Settings, today: dt.date) -> None:
        super().__init__()
        self.page = QComboBox()
        self.page.setAccessibleName(self.tr("Page"))
        for size, name in ((PageSize.A4, "A4"), (PageSize.LETTER, "US Letter")):
            self.page.addItem(name, size.value)
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setAccessibleName(self.tr("Date of the report"))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.parts = TickList(self.tr("&Parts"))
        self.parts.show_entries([entry for entry in titles(words) if entry[0] != OF_WORKFLOWS])
        # There are about two dozen, whatever the audit: a filter would only cost room.
        self.parts.search.hide()
        self.usual = self.parts.add_way(
            self.tr("Usual"), self.tr("The parts that are usual for a report"), lambda: PARTS
        )
        self.workflows = TickList(self.tr("&Workflows with a page"))
        self.first = self.workflows.add_way(
            self.tr("All"),
            self.tr("Each workflow has a page of its own"),
            lambda: self.workflows.model.shown[:FEW],
        )
        self.workflows.add_way(self.tr("None"), self.tr("No workflow has a page of its own"), tuple)
        self.brand = BrandChoice(settings)
        self.parts.model.tick(PARTS)
        self._follow_brand()
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self.page.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.day.dateChanged.connect(lambda _day: self.changed.emit())
        self.parts.changed.connect(self._follow_parts)
        self.workflows.changed.connect(self.changed)
        self.brand.changed.connect(self._follow_brand)
        self.brand.changed.connect(self.changed)
        self.usual.setEnabled(False)

    def _lay_out(self) -> None:
        frame, column = card(spacing=10)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for at, (name, widget) in enumerate(
            ((self.tr("Pa&ge"), self.page), (self.tr("&Date"), self.day))
        ):
            text = label(name, "quiet", wrap=False)
            text.setBuddy(widget)
            grid.addWidget(text, 0, at)
            grid.addWidget(widget, 1, at)
            grid.setColumnStretch(at, 1)
        column.addLayout(grid)
        column.addWidget(self.parts, 3)
        column.addWidget(self.workflows, 2)
        column.addWidget(self.brand)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(SidePane(frame, self.tr("Contents and look")))

    def show_audit(self, audit: Audit) -> None:
        active = [(w, record.name) for w, record in audit.workflows.items() if record.is_active]
        active.sort(key=lambda entry: (entry[1].casefold(), entry[0]))
        self.workflows.show_entries([(str(w), name or str(w)) for w, name in active])
        is_long = len(active) > FEW
        self.first.setText(self.tr("First {0}").format(FEW) if is_long else self.tr("All"))
        tip = self.tr("Tick the first {0} of the list").format(FEW)
        self.first.setToolTip(tip if is_long else self.tr("Each workflow has a page of its own"))
        self.first.setAccessibleName(self.first.toolTip())

    def start_afresh(self) -> None:
        self.parts.model.tick(PARTS)
        self.workflows.model.tick(())
        self.workflows.search.clear()

    @property
    def request(self) -> Request:
        """Without reader and language."""
        day = self.day.date()
        workflows = tuple(WorkflowId(key) for key in sorted(self.workflows.model.ticked))
        parts = self.parts.model.ticked
        if workflows:
            parts |= {OF_WORKFLOWS}
        return Request(
            page=PageSize(self.page.currentData()),
            date=dt.date(day.year(), day.month(), day.day()),
            # The usual parts print the pages of the workflows that are named, and only those.
            sections=None if parts - {OF_WORKFLOWS} == PARTS else parts,
            workflows=workflows,
            brand=self.brand.brand,
        )

    def _follow_parts(self) -> None:
        self.usual.setEnabled(self.parts.model.ticked != PARTS)
        self.changed.emit()

    def _follow_brand(self) -> None:
        """A brand that names a paper is printed on it, until somebody chooses another."""
        at = self.page.findData(self.brand.brand.page)
        if at >= 0:
            self.page.setCurrentIndex(at)
