"""The chosen action: what it is, what it does, what it needs, and what people add to it."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.domain.edits import plan as edits
from app.domain.ids import ActionId, ActionKey, PersonId
from app.domain.plan.results import Plan, PlannedAction
from app.domain.planning import ActionNote, plan_month
from app.ui.models.choices import people
from app.ui.models.targets import short_question, target_name, workflow_name
from app.ui.page import Bench, button, label, scrolled
from app.ui.widgets.chips import WrapLayout
from app.ui.widgets.form_fields import ChoiceBox

MOST = 6
LATE = 400
"""Milliseconds after the last change of the days until it is kept."""


class ActionCard(QFrame):
    """Consequences, never points."""

    commanded = Signal(str)
    chosen = Signal(str)
    """The key of another action to show."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._desk, self._words = bench, bench.desk, bench.words
        self._action: PlannedAction | None = None
        self.setProperty("role", "card")
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE)
        self._late.timeout.connect(self.flush)
        self._desk.flushing.connect(self.flush)
        self._waiting: tuple[ActionKey, str, float] | None = None
        self._make()
        self._lay_out()
        self.show_action(None, None)

    def _make(self) -> None:
        self.title = label(self.tr("Choose an action to see what it does."), "heading")
        self.about = label("", "lead")
        self.texts = {name: self._text() for name in ("does", "needs", "done_when")}
        self.headings = {
            "does": label(self.tr("What it does"), "section"),
            "needs": label(self.tr("What it needs and opens"), "section"),
            "done_when": label(self.tr("Done when"), "section"),
        }
        for name, text in self.texts.items():
            text.setAccessibleName(self.headings[name].text())
        self.owner = ChoiceBox()
        self.owner.setAccessibleName(self.tr("Owner of the action"))
        self.effort = QDoubleSpinBox()
        self.effort.setAccessibleName(self.tr("Own estimate in days"))
        self.effort.setRange(0, 9999)
        self.effort.setDecimals(1)
        self.effort.lineEdit().setTextMargins(5, 0, 0, 0)
        self.effort.setMinimumWidth(1)
        self.effort.setSpecialValueText(self.tr("as in the bank"))
        self.done = QCheckBox(self.tr("Done (D)"))
        self.done.setToolTip(self.tr("Costs nothing any more. A gap closes only by a new answer."))
        self.unpin = button(self.tr("Unpin (U)"))
        self.exclude = button(self.tr("Leave out (X)"))

    def _text(self) -> QLabel:
        made = label("")
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        made.linkActivated.connect(self.chosen)
        return made

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("actionInside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(7)
        column.addWidget(self.title)
        column.addWidget(self.about)
        self.fields = QWidget()
        form = QFormLayout(self.fields)
        form.setContentsMargins(0, 4, 0, 4)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("Owner"), self.owner)
        form.addRow(self.tr("Days"), self.effort)
        form.addRow("", self.done)
        column.addWidget(self.fields)
        buttons = WrapLayout()
        buttons.addWidget(self.unpin)
        buttons.addWidget(self.exclude)
        column.addLayout(buttons)
        for name, text in self.texts.items():
            column.addSpacing(4)
            column.addWidget(self.headings[name])
            column.addWidget(text)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 12, 8, 12)
        area = scrolled(inside, self.tr("The chosen action"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setObjectName("actionArea")
        area.setStyleSheet("#actionArea, #actionInside { background: transparent; }")
        area.viewport().setAutoFillBackground(False)
        whole.addWidget(area)
        self.owner.activated.connect(self._put_owner)
        self.effort.valueChanged.connect(self._typed)
        self.effort.editingFinished.connect(self.flush)
        self.done.clicked.connect(lambda: self.commanded.emit("done"))
        self.unpin.clicked.connect(lambda: self.commanded.emit("unpin"))
        self.exclude.clicked.connect(lambda: self.commanded.emit("exclude"))

    def show_action(self, action: PlannedAction | None, plan: Plan | None) -> None:
        if self._waiting and (action is None or action.key != self._waiting[0]):
            self.flush()
        self._action = action
        shown = action is not None and plan is not None
        for widget in (self.fields, self.unpin, self.exclude):
            widget.setVisible(shown)
        self.about.setVisible(shown)
        for name, text in self.texts.items():
            text.setVisible(shown)
            self.headings[name].setVisible(shown)
        if action is None or plan is None:
            self.title.setText(self.tr("Choose an action to see what it does."))
            return
        self.title.setText(action.title)
        self.about.setText(self._about(action))
        self._show_fields(action)
        self.texts["does"].setText(self._does(action))
        self.texts["needs"].setText(self._needs(action, plan))
        self.texts["done_when"].setText(escape(action.done_when))
        for name, text in self.texts.items():
            text.setVisible(bool(text.text()))
            self.headings[name].setVisible(bool(text.text()))

    def _about(self, action: PlannedAction) -> str:
        audit, words = self._desk.audit, self._words
        parts = [target_name(audit, action.target, words), words(f"phase.{action.phase}")]
        parts.append(action.role)
        if action.month:
            day = plan_month(audit.plan, self._desk.today(), action.month)
            parts.append(self.tr("finished in {0}").format(words.month(day)))
        if action.key in audit.plan.pins:
            pinned = plan_month(audit.plan, self._desk.today(), audit.plan.pins[action.key])
            parts.append(self.tr("pinned to {0}").format(words.month(pinned)))
        if action.confirm_first:
            parts.append(self.tr("rests on a “we don't know”: confirm first"))
        return " · ".join(part for part in parts if part)

    def _show_fields(self, action: PlannedAction) -> None:
        audit = self._desk.audit
        note = audit.action_notes.get(action.key, ActionNote())
        self.owner.clear()
        for value, name in people(audit).items():
            self.owner.addItem(name or self.tr("no owner named"), value)
        self.owner.setCurrentIndex(max(0, self.owner.findData(note.owner or "")))
        if self._waiting is None:
            self.effort.blockSignals(True)
            self.effort.setValue(note.effort or 0)
            self.effort.blockSignals(False)
        self.done.setChecked(note.done)
        self.unpin.setEnabled(action.key in audit.plan.pins)
        for field in (self.owner, self.effort, self.done, self.exclude):
            field.setEnabled(self._desk.read_only is None)

    def _does(self, action: PlannedAction) -> str:
        audit, words = self._desk.audit, self._words
        lines = [
            self.tr("{0} becomes: {1}").format(
                f"<b>{escape(workflow_name(audit, w))}</b>",
                f"<b>{escape(words(f'state.{state.value}'))}</b>",
            )
            for w, state in action.moves.items()
        ]
        met = [
            f"{short_question(audit.bank, q, words)} ({workflow_name(audit, w)})"
            for w, q in action.conditions_met
        ]
        if met:
            lines.append(escape(self.tr("Conditions met: {0}").format(self._few(met))))
        if action.unlocks:
            lines.append(
                self.tr("{0} of the plan wait for it.").format(
                    words.count("action", len(action.unlocks))
                )
            )
        if not lines and action.questions:
            names = [short_question(audit.bank, q, words) for q in action.questions]
            lines.append(escape(self.tr("Closes gaps: {0}").format(self._few(names))))
        return "<br>".join(lines)

    def _needs(self, action: PlannedAction, plan: Plan) -> str:
        known = {a.key: a for a in (*plan.actions, *plan.later)}
        lines = []
        for heading, keys in (
            (self.tr("Needs first"), action.needs),
            (self.tr("Opens"), action.unlocks),
        ):
            links = [self._link(known[key]) for key in keys if key in known]
            if links:
                lines.append(f"{escape(heading)}: {self._few(links)}")
        if action.assumes:
            titles = [self._title(name) for name in action.assumes]
            text = self.tr("Takes for granted what nobody was asked about: {0}")
            lines.append(escape(text.format(self._few(titles))))
        return "<br>".join(lines)

    def _link(self, action: PlannedAction) -> str:
        name = target_name(self._desk.audit, action.target, self._words)
        colour = self._bench.look.tones.accent
        text = escape(f"{action.title} ({name})")
        return f'<a href="{escape(action.key)}" style="color: {colour}">{text}</a>'

    def _title(self, action: ActionId) -> str:
        bank = self._desk.audit.bank
        return next((a.title for a in bank.actions if a.id == action), action)

    def _few(self, names: Sequence[str]) -> str:
        if len(names) <= MOST:
            return "; ".join(names)
        more = self.tr("and {0} more").format(self._words.figure(len(names) - MOST))
        return "; ".join([*names[:MOST], more])

    # What is typed.

    def _put_owner(self, _place: int) -> None:
        if self._action:
            text = self.owner.currentData()
            self._desk.apply(
                self.tr("Owner of {0}").format(self._action.title),
                edits.annotate_action,
                self._action.key,
                owner=PersonId(text) if text else None,
            )

    def _typed(self, value: float) -> None:
        if self._action:
            self._waiting = self._action.key, self._action.title, value
            if not self._late.isActive():
                self._late.start()

    def flush(self) -> None:
        """Keep the days that were typed."""
        self._late.stop()
        waiting, self._waiting = self._waiting, None
        if waiting:
            key, title, value = waiting
            self._desk.apply_to_field(
                f"action_notes/{key}/effort",
                self.tr("Days of {0}").format(title),
                edits.annotate_action,
                key,
                effort=value or None,
            )
