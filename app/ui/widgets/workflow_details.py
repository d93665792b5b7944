"""Everything recorded about the chosen workflows that the table has no room for."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.ids import WorkflowId
from app.domain.landscape import Audience, Autonomy, Influence, PersonalData, Tenure
from app.ui.models.choices import choices_of, yes_or_no
from app.ui.models.columns import Column, Kind
from app.ui.models.typed import typed_number
from app.ui.page import Bench, label, scrolled
from app.ui.widgets.record_form import Field, RecordForm

AROUND = 48
"""Pixels of margins and scroll bar around the form."""


class WorkflowDetails(QFrame):
    """One workflow, or several at once: a change goes to all of them as one step."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.desk, self.words = bench.desk, bench.words
        self._shown: list[WorkflowId] = []
        self.name = label("", "heading")
        self.what = label("", "quiet")
        fields = [*self._text_fields(), *self._exposure_fields(), *self._fact_fields()]
        self.form = RecordForm(self.desk, "workflows", fields, self._label)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 10, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        self.area = scrolled(inside, self.tr("Details of the workflow"))
        inside.setStyleSheet("background: transparent")
        self.area.setStyleSheet("QScrollArea { background: transparent; }")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 6, 12)
        outer.setSpacing(4)
        for widget in (self.name, self.what):
            outer.addWidget(widget)
        outer.addWidget(self.area, 1)
        # Where the form is hidden, this takes its room.
        outer.addStretch(0)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for every field, so that only its length is scrolled."""
        return QSize(self.form.minimumSizeHint().width() + AROUND, 200)

    def _text_fields(self) -> list[Field]:
        tr = self.tr
        return [
            Field(Column(tr("Purpose"), "purpose"), lines=3),
            Field(
                Column(tr("Planned change"), "planned_change"), hint=tr("What is about to change")
            ),
            Field(Column(tr("Note"), "note"), lines=3),
        ]

    def _exposure_fields(self) -> list[Field]:
        tr, words, kind = self.tr, self.words, Kind.CHOICE
        influence = choices_of(words, Influence, "influence")
        return [
            Field(
                Column(tr("Autonomy"), "autonomy", kind, choices_of(words, Autonomy, "autonomy")),
                section=tr("Exposure: orders lists, never the estimate"),
            ),
            Field(
                Column(
                    tr("Who meets answers"), "audience", kind,
                    choices_of(words, Audience, "reach"),
                )
            ),
            Field(
                Column(
                    tr("Personal data"), "personal_data", kind,
                    choices_of(words, PersonalData, "personal_data"),
                )
            ),
            Field(Column(tr("Decides about money"), "money", kind, influence)),
            Field(Column(tr("Decides about hiring"), "hiring", kind, influence)),
        ]  # fmt: skip

    def _fact_fields(self) -> list[Field]:
        tr, words, kind = self.tr, self.words, Kind.CHOICE
        facts = yes_or_no(words)
        return [
            Field(
                Column(
                    tr("People outside affected"), "people_outside_affected", kind, facts,
                    tip=tr("Are people outside the team that uses it affected by its answers? "
                           "Yes asks further questions."),
                ),
                section=tr("Facts: they decide what is asked"),
            ),
            Field(
                Column(
                    tr("Own model is a goal"), "own_model_goal", kind, facts,
                    tip=tr("Phases 4 and 5 appear only where it is."),
                )
            ),
            Field(Column(tr("Custom model runs"), "custom_model", kind, facts)),
            Field(Column(tr("Keeps state"), "keeps_state", kind, facts)),
            Field(Column(tr("Tenure"), "tenure", kind, choices_of(words, Tenure, "tenure"))),
            Field(
                Column(
                    tr("Upkeep"), "upkeep", Kind.NUMBER,
                    tip=tr("Person-days a month that pausing or stopping it frees"),
                ),
                hint=tr("days a month"),
                read=_days,
            ),
        ]  # fmt: skip

    def _label(self) -> str:
        if len(self._shown) > 1:
            return self.tr("Change {0} workflows").format(len(self._shown))
        return self.tr("Change {0}").format(self._name())

    def _name(self) -> str:
        record = self.desk.audit.workflows.get(self._shown[0]) if self._shown else None
        return record.name if record else ""

    def show_workflows(self, workflows: Sequence[WorkflowId]) -> None:
        self._shown = list(workflows)
        self.form.show_records([(w,) for w in workflows])
        self._describe()

    def refresh(self) -> None:
        self.form.refresh()
        self._describe()

    def _describe(self) -> None:
        many = len(self._shown) > 1
        self.area.setVisible(bool(self._shown))
        self.what.setVisible(many or not self._shown)
        if not self._shown:
            self.name.setText(self.tr("No workflow chosen"))
            self.what.setText(
                self.tr("Choose one in the table.")
                if self.desk.audit.workflows
                else self.tr("Start with one workflow people complain about.")
            )
            return
        self.name.setText(
            self.tr("{0} workflows").format(len(self._shown)) if many else self._name()
        )
        self.what.setText(self.tr("A change here goes to all of them, as one step."))


def _days(text: str) -> float:
    """Blank means that nothing is freed."""
    return typed_number(text) if text.strip() else 0.0
