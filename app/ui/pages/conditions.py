"""Workflows by the twelve conditions and three entry questions: met, said, not met, not known."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec.structs import replace
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout

from app.desk.walls import conditions_wall
from app.domain.changes import Change
from app.domain.conditions import ConditionState
from app.domain.ids import WorkflowId
from app.domain.wall import Wall
from app.ui.models.cover import MET, NAME, NOT_KNOWN, CoverModel, Shown, condition_cell, shown
from app.ui.models.matrix import Cell
from app.ui.models.register import STATE_ORDER, Known, Register
from app.ui.page import Bench, Completeness, Page, Place, head, label, translate
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.condition_detail import ConditionDetail
from app.ui.widgets.matrix.legend import Legend
from app.ui.widgets.matrix.map_and_side import MapAndSide
from app.ui.widgets.matrix.view import MatrixView

SIGNS = (
    ConditionState.MET,
    ConditionState.SAID,
    ConditionState.NOT_MET,
    ConditionState.UNKNOWN,
    ConditionState.NOT_APPLICABLE,
)
KINDS = {
    Shown.SAID: (ConditionState.SAID,),
    Shown.NOT_KNOWN: NOT_KNOWN,
    Shown.NOT_MET: (ConditionState.NOT_MET,),
}
"""What a workflow can be chosen by: having at least one condition of the kind."""


class ConditionsPage(Page):
    key = "conditions"
    group = "audit"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._register = Register(self.desk)
        self._figures: object = None
        self.model = CoverModel(self._register, self.words, self)
        self.map = MatrixView(
            self.model, self.look, self.tr("Conditions map"), self.words("label.workflow"),
            narrow=(self.words("chart.cover.short.said"), ""), wide=12, at_once=False,
        )  # fmt: skip
        self.detail = ConditionDetail(bench, self.model)
        self.chips = Chips(self.look, self.tr("Show only"))
        self.legend = Legend(self.look, self.tr("What the signs mean"))
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Order of the workflows"))
        for key, text in (
            ("", self.tr("State, then benefit")),
            (MET, self.tr("Fewest conditions met")),
            (NAME, self.tr("Name")),
        ):
            self.order.addItem(text, key)
        self._lay_out()
        self._connect()

    @staticmethod
    def title() -> str:
        return translate("Conditions")

    def _lay_out(self) -> None:
        row, _, _ = head(
            self.title(),
            self.tr(
                "A condition is met when its level is reached and shown. What was said and not "
                "shown needs nothing but to be brought."
            ),
        )
        order = label(self.tr("Order"), "quiet", wrap=False)
        order.setBuddy(self.order)
        row.addWidget(order)
        row.addWidget(self.order)
        self._shown = QStackedWidget()
        self._shown.addWidget(self.map)
        self._shown.addWidget(label(self.words("list.empty.conditions"), "lead"))
        name = self.tr("What the cell stands on")
        self._body = MapAndSide(self.look, self.map, self._shown, self.detail, name)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.chips)
        column.addWidget(self.legend)
        column.addWidget(self._body, 1)

    def _connect(self) -> None:
        self.map.opened.connect(self._open)
        self.map.moved.connect(lambda _id, _key: self._show_detail())
        self.map.row_opened.connect(
            lambda id_: self.bench.go(Place("walk", workflow=WorkflowId(id_)))
        )
        self.chips.changed.connect(self._filter)
        self.order.activated.connect(lambda _n: self.model.order_by(self.order.currentData()))
        self.model.modelReset.connect(self._show_order)

    # What is shown.

    def show_audit(self) -> None:
        self._refresh()
        self.model.show_audit()
        self._show_detail()

    def follow(self, changes: Sequence[Change]) -> None:
        self._refresh()
        self.model.follow(changes)
        self._show_detail()

    def follow_figures(self) -> None:
        """Where workflows are many, the worker's figures count and order them."""
        if self._figures is not self.desk.portfolio and not self._register.is_at_once:
            self.follow(())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.desk.is_open:
            self.follow_figures()

    def _refresh(self) -> None:
        self._figures = self.desk.portfolio
        self._shown.setCurrentIndex(0 if self._register.active() else 1)
        self.legend.show_fills([(self._swatch(s), self._word(s)) for s in SIGNS])
        self._show_chips()

    def _swatch(self, state: ConditionState) -> Cell:
        return replace(condition_cell(state, self.words), text="")

    def _word(self, state: ConditionState) -> str:
        """The sign and its meaning, once where they begin alike."""
        code = shown(state).value
        sign, word = self.words(f"chart.cover.short.{code}"), self.words(f"chart.cover.{code}")
        return word if word.startswith(sign) else f"{sign}  {word}"

    def _show_chips(self) -> None:
        """Workflows per state, and those with at least one condition in a state."""
        found = self._register.all().values()
        states = Counter(k.state for k in found)
        known = bool(found)
        chips = [
            Chip(s.value, self.words(f"state.{s.value}"), states[s] if known else None)
            for s in STATE_ORDER
        ]
        kinds = Counter(code for k in found for code in _kinds_of(k))
        for code in KINDS:
            word = self.words(f"chart.cover.{code.value}")
            tip = self.tr("Workflows with at least one condition that is: {0}").format(word)
            count = kinds[code] if known else None
            chips.append(Chip(code.value, self.tr("any {0}").format(word), count, tip))
        self.chips.show_chips(chips)
        reading = [self.order, *(self.chips.button(c.key) for c in chips), self.map]
        for before, after in pairwise([*reading, self.detail.button]):
            self.setTabOrder(before, after)

    def _show_detail(self) -> None:
        place = self.map.place or self._first_open()
        if place is None:
            self.detail.show_nothing()
        else:
            self.detail.show_cell(WorkflowId(place[0]), place[1])
        self._body.fold()

    def _first_open(self) -> tuple[str, str] | None:
        """The first condition of the first workflow that is not held."""
        if not self.model.ids:
            return None
        workflow = self.model.ids[0]
        golive = self._register.known(WorkflowId(workflow)).conditions.golive
        return workflow, next((q for q, s in golive.items() if not s.is_held), MET)

    def _show_order(self) -> None:
        at = self.order.findData(self.model.sorted_by)
        self.order.setCurrentIndex(at)

    # Filters and ways on.

    def _wanted(self) -> Callable[[WorkflowId], bool]:
        """In one of the chosen states, and with one of the chosen kinds of condition."""
        chosen = self.chips.chosen
        states = [s for s in STATE_ORDER if s.value in chosen]
        kinds = {code for code in KINDS if code.value in chosen}

        def is_wanted(workflow: WorkflowId) -> bool:
            known = self._register.all().get(workflow)
            if known is None:
                return True
            fits = not states or known.state in states
            return fits and (not kinds or not kinds.isdisjoint(_kinds_of(known)))

        return is_wanted if chosen else lambda _workflow: True

    def _filter(self) -> None:
        self.model.wanted = self._wanted()
        self.model.show_audit()
        self._show_detail()

    def _open(self, id_: str, column: str) -> None:
        """A click shows what stands behind the cell; Enter or a double click goes there."""
        self.detail.show_cell(WorkflowId(id_), column)
        self.detail.button.click()

    def take_focus(self) -> None:
        self.map.setFocus()

    def go_to(self, place: Place) -> None:
        if place.workflow is None:
            return
        self.chips.choose(())
        self._filter()
        if self.map.show_place(place.workflow, place.question or ""):
            self.map.setFocus()

    def completeness(self) -> Completeness:
        """Conditions met of all; from the last figures where workflows are many."""
        if self._register.is_at_once:
            found = self._register.all().values()
            done, of = sum(k.met for k in found), sum(len(k.conditions.golive) for k in found)
            return Completeness(done, of)
        whole = self.desk.portfolio
        if whole is None:
            return Completeness()
        done = sum(count.met for count in whole.conditions.values())
        return Completeness(done, len(whole.estimates) * len(whole.conditions))

    def wall(self) -> Wall | None:
        found = [known.conditions.golive for known in self._register.all().values()]
        return conditions_wall(self.desk.audit, found, self.words) if found else None

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Enter"), self.tr("Go to the question of the cell")),
            ("Ctrl+C", self.tr("Copy the whole map")),
        ]


def _kinds_of(known: Known) -> list[Shown]:
    """What a workflow has at least one condition of, as the chips name it."""
    states = set(known.conditions.golive.values())
    return [code for code, kind in KINDS.items() if not states.isdisjoint(kind)]
