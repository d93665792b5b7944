"""What an organisation's own past deployments say about the starting rate, beside the reference."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from app.domain.audit import Audit
from app.domain.edits import records
from app.domain.risk.calibration import (
    FIRST_SCORED,
    LADDER_HOLDS,
    Calibration,
    calibration,
    rate_range,
)
from app.ui.page import Bench, button, label
from app.ui.widgets.figure_grid import FigureGrid

TENTHS = 10
DIGITS = 2
"""Decimals of the rate that is taken over: whole percent."""


class CalibrationCard(QFrame):
    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._desk, self._words = bench.desk, bench.words
        self._rate: float | None = None
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.said, self.note = label("", "lead"), label("", "quiet")
        self.grid = FigureGrid(bench.look)
        self.use = button(
            self.tr("Use as the room's own starting rate"), "",
            self.tr("Use the rate of your own deployments as the room's own starting rate"),
        )  # fmt: skip
        self.now = label("", "quiet")
        for field in (self.said, self.note, self.now):
            field.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(label(self.tr("What they say"), "heading"))
        for made in (self.said, self.grid, self.note):
            column.addWidget(made)
        column.addSpacing(4)
        column.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.now)
        column.addStretch(1)
        self.use.clicked.connect(self._use)

    def show_audit(self) -> None:
        audit = self._desk.audit
        found = calibration(audit.reference, (d for _, d in sorted(audit.deployments.items())))
        of = found.failed + found.succeeded
        self._rate = round(found.base_rate, DIGITS) if of else None
        self.said.setText(self._counted(found))
        self.grid.setVisible(of > 0)
        if of:
            header = ("", self.tr("Your own"), self.tr("Reference"))
            self.grid.show_rows(header, self._rows(audit, found), strong=(0,))
        self.note.setText(self._needed(found))
        own = audit.organisation.own_rate
        may = self._rate is not None and self._rate != own and self._desk.read_only is None
        self.use.setEnabled(may)
        self.now.setText(self._in_use(own))

    def _counted(self, found: Calibration) -> str:
        figure, of = self._words.figure, found.failed + found.succeeded
        if not of:
            return self.tr(
                "No outcome is known yet, so the reference stands alone. Record what was stopped "
                "too: leaving it out makes the rate look better than it is."
            )
        text = self.tr("{0} with a known outcome: {1} missed their target, {2} reached it.").format(
            figure(of), figure(found.failed), figure(found.succeeded)
        )
        if not found.left_out:
            return text
        return self.tr("{0} {1} not known yet.").format(text, figure(found.left_out))

    def _rows(self, audit: Audit, found: Calibration) -> list[list[str]]:
        words, reference, span = self._words, audit.reference, rate_range(found)
        ends = words.span(words.figure(span.low * TENTHS), words.figure(span.high * TENTHS))
        own = f"{words.figure(found.base_rate * TENTHS)} ({ends})"
        rate = words.figure(reference.base_rate * TENTHS)
        rows = [[self.tr("Of ten such deployments miss their target"), own, rate]]
        rows += [
            [c.title, words.percent(found.shares[c.id]), words.percent(reference.shares[c.id])]
            for c in audit.bank.categories
            if c.id in found.shares
        ]
        return rows

    def _needed(self, found: Calibration) -> str:
        """How many cases it needs, and how well the stored hazards would have forecast."""
        figure, of = self._words.figure, found.failed + found.succeeded
        said = []
        if of:
            said.append(self.tr(
                "In brackets a 90% range: few cases hardly move the reference."
            ))  # fmt: skip
        if found.forecasts:
            scores = found.forecasts
            said.append(
                self.tr(
                    "Forecasts of {0} were off by {1} (Brier), always saying {2} by {3}."
                ).format(
                    figure(scores.of), figure(scores.brier, 3),
                    self._words.percent(self._desk.audit.reference.base_rate),
                    figure(scores.brier_always, 3),
                )
            )  # fmt: skip
        else:
            said.append(
                self.tr("From {0} cases audited beforehand on, the forecasts are scored.").format(
                    figure(FIRST_SCORED)
                )
            )
        said.append(
            self.tr("Below {0} cases, ladder and weights are left alone.").format(
                figure(LADDER_HOLDS)
            )
        )
        return " ".join(said)

    def _in_use(self, own: float | None) -> str:
        if own is None:
            return self.tr("The room has no starting rate of its own.")
        text = self.tr("The room's own starting rate is {0} of ten.")
        return text.format(self._words.figure(own * TENTHS, 1))

    def _use(self) -> None:
        if self._rate is not None:
            self._desk.apply(
                self.tr("Use the rate of past deployments"),
                records.amend, "organisation", (), own_rate=self._rate,
            )  # fmt: skip
