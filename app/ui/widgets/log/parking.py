"""The parking lot: what was put aside, who takes it on, and by when."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Change
from app.domain.ids import ParkingId
from app.ui.models.log.registers import ParkingModel
from app.ui.page import Bench, button, label
from app.ui.record_table import RecordTable
from app.ui.widgets.chips import Chip, Chips

OPEN, DONE, UNOWNED = "open", "done", "unowned"
SHOWN = ("parking", "people", "sessions")


class ParkingTab(QWidget):
    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._desk = bench.desk
        self.chips = Chips(bench.look, self.tr("Which parked items are shown"))
        self.model = ParkingModel(bench, self)
        self.model.wanted = self._is_wanted
        self.table = RecordTable(self.model, self.tr("Parked items"))
        self.new = button(
            self.tr("New parked item"), "primary", self.tr("New parked item (Ctrl+Enter)")
        )
        self.said = label(
            self.tr("Nothing is parked. What does not belong here and must not be lost?"), "lead"
        )
        top = QHBoxLayout()
        top.addWidget(self.chips, 1)
        top.addWidget(self.new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        self.new.clicked.connect(self.table.start_row)
        self.chips.changed.connect(self.model.show_audit)

    def show_audit(self) -> None:
        self.model.show_audit()
        self.new.setEnabled(not self._desk.read_only)
        self._count()

    def follow(self, changes: Sequence[Change]) -> None:
        if any(c.collection in SHOWN for c in changes):
            self.model.follow(changes)
            self._count()

    def show_record(self, id_: str) -> None:
        self.chips.choose(())
        self.model.show_audit()
        self.table.show_record(id_)

    def _is_wanted(self, id_: str) -> bool:
        """Each chip that is on narrows the list."""
        item, chosen = self._desk.audit.parking[ParkingId(id_)], self.chips.chosen
        if OPEN in chosen and DONE not in chosen and item.done:
            return False
        if DONE in chosen and OPEN not in chosen and not item.done:
            return False
        return UNOWNED not in chosen or item.owner is None

    def _count(self) -> None:
        items = self._desk.audit.parking.values()
        done = sum(item.done for item in items)
        self.chips.show_chips([
            Chip(OPEN, self.tr("Open"), len(items) - done),
            Chip(DONE, self.tr("Done"), done),
            Chip(UNOWNED, self.tr("Without an owner"), sum(i.owner is None for i in items)),
        ])  # fmt: skip
        self.said.setVisible(not items)
