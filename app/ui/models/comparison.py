"""Workflows against a typical deployment: rows by state and money, never ranked by the estimate."""

from collections.abc import Iterable
from math import ceil, floor

from PySide6.QtCore import QModelIndex, QObject, Qt

from app.domain.audit import Audit
from app.domain.conditions import WorkflowState
from app.domain.lanes import exposure, exposure_parts
from app.domain.risk.results import Compared, Estimate, Portfolio, Withheld
from app.ui.models.records import STATE_ROLE
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.models.targets import answered, money, workflow_name
from app.ui.page import Bench, translate

INTERVAL_ROLE = Qt.ItemDataRole.UserRole + 11
"""(low, value, high) of the hazard against typical, or None where it is withheld."""
NAME, STATE, EXPOSURE, BENEFIT, INTERVAL, WORD = range(6)
STATE_ORDER = tuple(WorkflowState)


class ComparisonModel(RowsModel[Estimate]):
    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        self._bench = bench
        tr, words = translate, bench.words
        columns = (
            RowColumn(tr("Workflow"), self._name, 190),
            RowColumn(
                tr("State"), lambda e: words(f"state.{e.state.value}"), 145,
                order=lambda e: STATE_ORDER.index(e.state),
            ),
            RowColumn(
                tr("Exposure"), self._exposure, 76, order=self._exposed,
                tip=tr(
                    "0 to 8 points for autonomy, audience, personal data, and money or hiring. "
                    "It orders lists and is no part of the estimate."
                ),
            ),
            RowColumn(tr("Benefit"), self._benefit, 80, order=self._worth),
            RowColumn(tr("Against typical"), self._relative, 200),
            RowColumn(tr("In words"), self._word, 165),
        )  # fmt: skip
        super().__init__(bench.desk, bench.look, columns, lambda e: e.id, parent)
        self.start, self.end = 0.5, 1.5
        self._shown: tuple[object, object] = (None, None)
        """Portfolio and workflows of the rows: thousands are not ordered twice."""

    def show_figures(self, found: Portfolio | None) -> None:
        workflows = self._bench.desk.audit.workflows
        if self._shown[0] is found and self._shown[1] is workflows:
            return
        self._shown = found, workflows
        estimates = found.estimates if found else ()
        self.start, self.end = axis(estimates)
        self.show_rows(by_state(self._bench.desk.audit, estimates))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Workflows hardly differ in the estimate and their ranges overlap: no ranking by it."""
        super().sort(column if column < INTERVAL else -1, order)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and role in (INTERVAL_ROLE, STATE_ROLE):
            found = self.rows[index.row()]
            if role == STATE_ROLE:
                return found.state.value if index.column() == STATE else None
            return interval(found) if index.column() == INTERVAL else None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (EXPOSURE, BENEFIT):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return super().data(index, role)

    def _name(self, found: Estimate) -> str:
        return workflow_name(self._bench.desk.audit, found.id)

    def _exposed(self, found: Estimate) -> int:
        record = self._bench.desk.audit.workflows.get(found.id)
        return exposure(record) if record else 0

    def _exposure(self, found: Estimate) -> str:
        """A dash where nothing of it was recorded."""
        record = self._bench.desk.audit.workflows.get(found.id)
        parts = exposure_parts(record) if record else ()
        known = any(points is not None for part in parts for _, points in part)
        return self._bench.words.figure(self._exposed(found)) if known else "–"

    def _worth(self, found: Estimate) -> float:
        record = self._bench.desk.audit.workflows.get(found.id)
        return (record.yearly_benefit or 0) if record else 0

    def _benefit(self, found: Estimate) -> str:
        audit = self._bench.desk.audit
        record = audit.workflows.get(found.id)
        return money(audit, record.yearly_benefit if record else None, self._bench.words)

    def _relative(self, found: Estimate) -> str:
        if found.withheld:
            return ""
        figure, r = self._bench.words.figure, found.relative
        span = self._bench.words.span(figure(r.low, 1), figure(r.high, 1))
        return f"{figure(r.value, 1)} ({span})"

    def _word(self, found: Estimate) -> str:
        words = self._bench.words
        if found.withheld is Withheld.TOO_LITTLE_KNOWN:
            known = words("format.percent", value=answered(found.coverage.weight))
            return f"{words('withheld_short.too_little_known')} ({known})"
        if found.withheld:
            return words(f"withheld_short.{found.withheld.value}")
        return short_word(found.relative.word)


def short_word(word: Compared) -> str:
    """Without "than typical": the column's neighbour says against what."""
    return {
        Compared.CLEARLY_BETTER: translate("clearly better"),
        Compared.BETTER: translate("better"),
        Compared.TYPICAL: translate("about typical"),
        Compared.WORSE: translate("worse"),
    }[word]


def interval(found: Estimate) -> tuple[float, float, float] | None:
    if found.withheld:
        return None
    return found.relative.low, found.relative.value, found.relative.high


def axis(estimates: Iterable[Estimate]) -> tuple[float, float]:
    """Quarters around all ranges, from 0.5 to 1.5 at least."""
    known = [e.relative for e in estimates if not e.withheld]
    low = min([0.5, *(r.low for r in known)])
    return floor(low * 4) / 4, ceil(max([1.5, *(r.high for r in known)]) * 4) / 4


def by_state(audit: Audit, estimates: Iterable[Estimate]) -> list[Estimate]:
    """State, then exposure, then yearly benefit, then id. Source: scoring.md 2.8."""

    def place(found: Estimate) -> tuple[int, int, float, str]:
        record = audit.workflows.get(found.id)
        worth = (record.yearly_benefit or 0) if record else 0
        exposed = exposure(record) if record else 0
        return STATE_ORDER.index(found.state), -exposed, -worth, found.id

    return sorted(estimates, key=place)
