"""What closing the ticked gaps would change: conditions, states, and the estimate as a plot."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.charts.scene import Figures, Scene
from app.domain.ids import WorkflowId
from app.domain.risk.closing import Shift
from app.domain.risk.results import Relative
from app.ui.charts.scene_view import table_dialog
from app.ui.models.targets import listed, workflow_name
from app.ui.page import Bench, button, label

MOST_ROWS = 8
MOST_NAMES = 4
Shifts = Mapping[WorkflowId, Shift]
Answer = tuple[Shifts, frozenset[WorkflowId]]
"""What changes, and the workflows whose estimate is not shown."""


class ClosingAnswer(QFrame):
    """Consequences in words beside a plot of the touched workflows; shown while gaps are ticked."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._words = bench, bench.words
        self._shifts: Shifts = {}
        self._withheld: frozenset[WorkflowId] = frozenset()
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(20)
        left = QVBoxLayout()
        self.said = label("", wrap=True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key = label(self.tr(
            "Ring and grey bar: now. Dot and dark bar: then. Bars: 90% range given the answers. "
            "Dashed: typical (1.0)."
        ), "quiet")  # fmt: skip
        self.table = button(
            self.tr("Show as table"), "flat", self.tr("Show the figures as a table (Alt+T)")
        )
        left.addWidget(label(self.tr("Then"), "heading"))
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        left.addWidget(self.said)
        left.addWidget(self.key)
        left.addStretch(1)
        left.addWidget(self.table, 0, Qt.AlignmentFlag.AlignLeft)
        self._right = QVBoxLayout()
        row.addLayout(left, 2)
        row.addLayout(self._right, 3)
        self.plot: QWidget | None = None
        self.table.clicked.connect(self.show_table)
        action = QAction(self.tr("Show as table"), self)
        action.setShortcut(QKeySequence("Alt+T"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(self.show_table)
        self.addAction(action)
        self.hide()

    def show_answer(self, answer: Answer) -> None:
        shifts, self._withheld = answer
        self._shifts = shifts
        self.setVisible(bool(shifts))
        if not shifts:
            return
        self.said.setText("\n".join(self.sentences()))
        known = [(w, s) for w, s in self._ordered() if w not in self._withheld]
        self.key.setVisible(bool(known))
        self._draw(known[:MOST_ROWS])

    def sentences(self) -> list[str]:
        shifts, words = self._shifts, self._words
        met = sum(len(s.conditions_met) for s in shifts.values())
        inside = sum(bool(s.conditions_met) for s in shifts.values())
        said = []
        if met:
            said.append(self.tr("{0} more go-live conditions are met, in {1}.").format(
                words.figure(met), words.count("workflow", inside)
            ))  # fmt: skip
        entry = sum(len(s.entry_met) for s in shifts.values())
        if entry:
            said.append(self.tr("{0} more entry questions are settled.").format(
                words.figure(entry)
            ))  # fmt: skip
        said += self._moves() or [self.tr("No workflow changes its state: others are open still.")]
        known = [s for w, s in shifts.items() if w not in self._withheld]
        if known and all(
            s.relative_before.low <= s.relative_after.value <= s.relative_before.high for s in known
        ):
            said.append(self.tr("No estimate moves by more than its range."))
        elif not known:
            said.append(self.tr("Too little is known about them for an estimate to compare."))
        return said

    def _moves(self) -> list[str]:
        found: dict[str, list[WorkflowId]] = {}
        for workflow, shift in sorted(self._shifts.items()):
            if shift.is_moved:
                found.setdefault(shift.after.value, []).append(workflow)
        audit = self._bench.desk.audit
        return [
            self.tr("{0} → {1}: {2}.").format(
                self._words.count("workflow", len(moved)),
                self._words(f"state.{state}"),
                listed(
                    [workflow_name(audit, w) for w in moved],
                    MOST_NAMES,
                    self._words,
                    self.tr("and {0} more"),
                ),
            )
            for state, moved in found.items()
        ]

    def _ordered(self) -> list[tuple[WorkflowId, Shift]]:
        """Those whose state moves, then those whose estimate moves most."""

        def weight(item: tuple[WorkflowId, Shift]) -> tuple[bool, float, str]:
            workflow, shift = item
            fall = shift.relative_before.value - shift.relative_after.value
            return not shift.is_moved, -fall, workflow

        return sorted(self._shifts.items(), key=weight)

    def _draw(self, shown: Sequence[tuple[WorkflowId, Shift]]) -> None:
        # Loading the plot library takes a moment; most visits never tick anything.
        from app.ui.charts.what_if import WhatIf, WhatIfPlot

        if self.plot is None:
            self.plot = WhatIfPlot(self._bench.look)
            self._right.addWidget(self.plot)
            self._more = label("", "quiet")
            self._right.addWidget(self._more)
        audit = self._bench.desk.audit
        self.plot.show_rows(
            [WhatIf(workflow_name(audit, w), s.relative_before, s.relative_after) for w, s in shown]
        )
        self.plot.setAccessibleName(self.tr("Touched workflows against typical, now and then"))
        self.plot.setAccessibleDescription(self.said.text())
        left = len(self._shifts) - len(shown)
        self._more.setText(self.tr("{0} more in the table.").format(self._words.figure(left)))
        self._more.setVisible(left > 0)
        self.plot.setVisible(bool(shown))

    def show_table(self) -> None:
        if self._shifts:
            table_dialog(self._scene(), self).exec()

    def _scene(self) -> Scene:
        """No marks: the figures of the plot in rows and columns."""
        words, audit = self._words, self._bench.desk.audit

        def told(found: Relative) -> str:
            span = words.span(words.figure(found.low, 2), words.figure(found.high, 2))
            return f"{words.figure(found.value, 2)} ({span})"

        rows = tuple(
            (
                workflow_name(audit, w),
                words(f"state.{s.before.value}"),
                words(f"state.{s.after.value}"),
                words.figure(len(s.conditions_met)),
                "–" if w in self._withheld else told(s.relative_before),
                "–" if w in self._withheld else told(s.relative_after),
            )
            for w, s in self._ordered()
        )
        header = (
            self.tr("Workflow"), self.tr("State now"), self.tr("State then"),
            self.tr("Conditions met"), self.tr("Against typical now"), self.tr("Then"),
        )  # fmt: skip
        title = self.tr("If these gaps were closed")
        return Scene(1, 1, title, self.said.text(), (), Figures(header, rows))
