"""Moves the audit to another question bank, after showing what is kept and both results."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.audit import Audit
from app.domain.bank import Bank
from app.domain.bank_results import BankResults, results_of_move
from app.domain.edits.bank import move_to_bank
from app.domain.risk.results import Estimate
from app.exchange.bank_toml import default_bank, load_bank
from app.report.standing import Beside, beside, standing
from app.ui.dialogs.taking import TakingDialog, opened
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.page import Bench, button, card, label, translate
from app.ui.widgets.cells import RowsTable
from app.ui.widgets.tabs import tabbed


class Prepared(Struct, frozen=True):
    """What a worker found out about a move of one value of the audit."""

    audit: Audit
    bank: Bank
    found: BankResults
    lines: tuple[Beside, ...]


class Asked(Struct, frozen=True):
    """One question that differs between the two banks."""

    id: str
    what: str
    before: str
    after: str
    answers: int


def run_bank_move(parent: QWidget, bench: Bench) -> "BankMoveDialog":
    return opened(BankMoveDialog(parent, bench))


class BankMoveDialog(TakingDialog):
    job = "bank"

    def __init__(self, parent: QWidget | None, bench: Bench) -> None:
        super().__init__(parent, bench, translate("Move to another question bank"))
        self._prepared: Prepared | None = None
        self.resize(1080, 680)
        self.folder = QLineEdit()
        self.folder.setAccessibleName(self.tr("Folder of the question bank"))
        self.folder.setPlaceholderText(self.tr("Folder with the files of a question bank"))
        self.browse = button(self.tr("Choose…"))
        self.shipped = button(self.tr("The bank that comes with Plumbline"))
        self.said, self.more = label("", "heading"), label("", "lead")
        self.tabs = tabbed(self.tr("What the move would change"))
        self.results = self._table(self.tr("Results"), self._result_columns(), lambda r: r.key)
        self.workflows = self._table(
            self.tr("Workflows"), self._workflow_columns(), lambda pair: pair[0].id
        )
        self.questions = self._table(
            self.tr("Questions"), self._question_columns(), lambda q: f"{q.id} {q.what}"
        )
        self.cancel, self.move_over = button(self.tr("Cancel")), button(self.tr("Move"), "primary")
        self._lay_out()
        self._connect()
        self.show_found(None)

    def _table(self, name: str, columns: list[RowColumn], key: object) -> RowsTable:
        model = RowsModel(self.desk, self.bench.look, columns, key, self)
        table = RowsTable(model, name)
        self.tabs.addTab(table, name)
        self.bench.look.changed.connect(table.scale_rows)
        return table

    def _lay_out(self) -> None:
        frame, column = card()
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        for widget in (self.browse, self.shipped):
            row.addWidget(widget)
        column.addLayout(row)
        for widget in (self.trouble, self.said, self.more):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for widget in (self.cancel, self.move_over):
            widget.setAutoDefault(False)
            foot.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 14, 18, 14)
        whole.setSpacing(10)
        whole.addWidget(frame)
        whole.addWidget(self.tabs, 1)
        whole.addStretch(0)
        whole.addLayout(foot)
        for widget in (self.browse, self.shipped):
            widget.setAutoDefault(False)

    def _connect(self) -> None:
        self.browse.clicked.connect(self._ask)
        self.folder.returnPressed.connect(lambda: self.prepare(Path(self.folder.text().strip())))
        self.shipped.clicked.connect(lambda: self.prepare(None))
        self.cancel.clicked.connect(self.reject)
        self.move_over.clicked.connect(self.take)

    # Columns.

    def _result_columns(self) -> list[RowColumn]:
        return [
            RowColumn(self.tr("Result"), lambda r: r.label, 220),
            RowColumn(self.tr("Now"), lambda r: r.before, 330),
            RowColumn(self.tr("By the other bank"), lambda r: r.after, 330,
                      tone=lambda r: "accent" if r.before != r.after else ""),
        ]  # fmt: skip

    def _workflow_columns(self) -> list[RowColumn]:
        names = self.desk.audit.workflows
        return [
            RowColumn(self.tr("Workflow"), lambda pair: names[pair[0].id].name, 250),
            RowColumn(self.tr("State"), lambda pair: self._twice(*map(self._state, pair)), 260),
            RowColumn(self.tr("Conditions met"), lambda pair: self._twice(*map(_met, pair)), 140),
            RowColumn(
                self.tr("Against typical"), lambda pair: self._twice(*map(self._hazard, pair)), 200
            ),
        ]

    def _question_columns(self) -> list[RowColumn]:
        return [
            RowColumn(self.tr("Id"), lambda q: q.id, 70),
            RowColumn(self.tr("What differs"), lambda q: q.what, 170),
            RowColumn(
                self.tr("Answers"), lambda q: str(q.answers or ""), 80, order=lambda q: -q.answers
            ),
            RowColumn(self.tr("Now"), lambda q: q.before, 320),
            RowColumn(self.tr("In the other bank"), lambda q: q.after, 320),
        ]

    def _state(self, found: Estimate) -> str:
        return self.words(f"state.{found.state}")

    def _hazard(self, found: Estimate) -> str:
        if found.withheld:
            return self.words(f"withheld_short.{found.withheld}")
        figure, relative = self.words.figure, found.relative
        span = self.words.span(figure(relative.low, 1), figure(relative.high, 1))
        return f"{figure(relative.value, 1)} ({span})"

    def _twice(self, before: str, after: str) -> str:
        return after if before == after else f"{before} → {after}"

    # Preparing.

    def _ask(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Choose the folder of a question bank"), self.folder.text()
        )
        if name:
            self.prepare(Path(name))

    def prepare(self, folder: Path | None) -> None:
        """Read the bank in a folder, or the shipped one, and score the audit by both."""
        self.folder.setText(str(folder) if folder else "")
        audit, today, words = self.desk.audit, self.desk.today(), self.words

        def work() -> Prepared:
            bank = load_bank(folder) if folder else default_bank()
            found = results_of_move(audit, bank, today)
            after = move_to_bank(audit, bank)
            lines = beside(
                standing(audit, found.before, words), standing(after, found.after, words)
            )
            return Prepared(audit, bank, found, lines)

        self.look(work)
        self.said.setText(self.tr("Scoring by both banks"))

    def show_found(self, prepared: Prepared | None) -> None:
        self._prepared = prepared
        move = prepared.found.move if prepared else None
        differs = bool(move and move.before_hash != move.after_hash)
        self.move_over.setEnabled(differs and self.desk.read_only is None)
        self.tabs.setVisible(differs)
        if prepared is None or move is None:
            self.said.setText(self.tr("Which question bank?"))
            self.more.setText(
                self.tr("No answer is lost by a move, and Undo takes it back in one step.")
            )
            return
        if not differs:
            self.said.setText(self.tr("The audit has this bank already."))
            self.more.setText("")
            return
        self.said.setText(
            self.tr("From bank {0} to {1}, {2}").format(
                move.before, move.after, prepared.bank.title
            )
        )
        self.more.setText(
            self.tr(
                "{0} answers stay as they are. {1} answers go back to proposed, because their "
                "question is worded differently. {2} answers to questions that the other bank "
                "lacks are set aside: kept in the record and out of the score."
            ).format(
                *map(
                    self.words.figure,
                    (prepared.found.kept, len(move.to_confirm), len(move.set_aside)),
                )
            )
        )
        self._fill(prepared)

    def _fill(self, prepared: Prepared) -> None:
        pairs = [
            pair
            for pair in prepared.found.workflows
            if any(f(pair[0]) != f(pair[1]) for f in (self._state, _met, self._hazard))
        ]
        asked = self._asked(prepared)
        for table, rows in (
            (self.results, prepared.lines), (self.workflows, pairs), (self.questions, asked),
        ):  # fmt: skip
            table.table.show_rows(rows)
        changed = sum(line.before != line.after for line in prepared.lines)
        for place, count in enumerate((changed, len(pairs), len(asked))):
            name = self.tabs.widget(place).accessibleName()
            self.tabs.setTabText(place, f"{name}  {count:,}")

    def _asked(self, prepared: Prepared) -> list[Asked]:
        """Questions that differ, the kinds in the order of how much they change."""
        move = prepared.found.move
        kinds: tuple[tuple[str, Sequence[str]], ...] = (
            (self.tr("no longer asked"), move.removed),
            (self.tr("worded differently"), move.reworded),
            (self.tr("asked about something else"), move.rescoped),
            (self.tr("weighs differently"), move.reweighed),
            (self.tr("new"), move.added),
        )
        old = {q.id: q.text for q in prepared.audit.bank.questions}
        new = {q.id: q.text for q in prepared.bank.questions}
        answers = prepared.audit.answers.values()
        return [
            Asked(q, what, old.get(q, ""), new.get(q, ""), sum(q in group for group in answers))
            for what, ids in kinds
            for q in ids
        ]

    def take(self) -> None:
        """Move, as one undo step; refused where the audit changed since both were scored."""
        prepared = self._prepared
        if prepared is None:
            return
        if prepared.audit is not self.desk.audit:
            self.say(self.tr("The audit changed meanwhile. Nothing was moved; look again."))
            return
        title = self.tr("Move to bank {0}").format(prepared.bank.version)
        if self.take_by(lambda: self.desk.apply(title, move_to_bank, prepared.bank)):
            self.accept()


def _met(found: Estimate) -> str:
    golive = found.conditions.golive
    return f"{sum(state.is_held for state in golive.values())}/{len(golive)}"
