"""What was done and can be undone, and what moved since a snapshot."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from app.domain.changes import Change
from app.ui.page import Bench, Completeness, Page, Place, head, translate
from app.ui.widgets.history.journal import JournalTab
from app.ui.widgets.history.snapshots import SnapshotsTab
from app.ui.widgets.tabs import tabbed


class HistoryPage(Page):
    key = "history"
    group = "session"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        row, _, self._lead = head(
            self.title(),
            self.tr("Every edit is kept as it was made. Undo reaches back across restarts."),
        )
        self.journal, self.snapshots = JournalTab(bench), SnapshotsTab(bench)
        self.tabs = tabbed(self.tr("Lists of this page"))
        self.tabs.addTab(self.journal, "")
        self.tabs.addTab(self.snapshots, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.tabs, 1)
        self.snapshots.wanted.connect(bench.go)
        self._is_behind = False
        self.tabs.currentChanged.connect(self._turn)

    @staticmethod
    def title() -> str:
        return translate("History")

    def show_audit(self) -> None:
        self.journal.show_audit()
        self._follow_snapshots()
        self._name_tabs()

    def follow(self, changes: Sequence[Change]) -> None:
        if changes:
            self.journal.follow()
            self._follow_snapshots()
            self._name_tabs()

    def _follow_snapshots(self) -> None:
        """Comparing costs a worker, so it waits until it is looked at."""
        self._is_behind = self.tabs.currentWidget() is not self.snapshots
        if not self._is_behind:
            self.snapshots.show_audit()

    def _turn(self) -> None:
        if self._is_behind and self.desk.is_open:
            self._follow_snapshots()

    def _name_tabs(self) -> None:
        self.tabs.setTabText(0, self.tr("What was done  {0}").format(f"{self.journal.count:,}"))
        kept = len(self.desk.audit.snapshots)
        self.tabs.setTabText(1, self.tr("Snapshots and what moved  {0}").format(kept))

    def go_to(self, place: Place) -> None:
        """A snapshot by its id, or the list of snapshots."""
        if place.key:
            self.tabs.setCurrentWidget(self.snapshots)
            self.snapshots.show_snapshot(place.key)

    def completeness(self) -> Completeness:
        kept = len(self.desk.audit.snapshots) if self.desk.is_open else 0
        return Completeness(count=str(kept) if kept else "")

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            ("F2", self.tr("Rename the snapshot")),
            ("Enter", self.tr("Go to the answer that changed")),
        ]
