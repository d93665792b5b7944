"""Roadmap: the plan by phase and month, what it buys, and what to decide about each workflow."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk.walls import roadmap_wall
from app.domain.changes import Change
from app.domain.conditions import WorkflowState
from app.domain.ids import ActionKey, WorkflowId
from app.domain.plan.results import Plan
from app.domain.planning import plan_month
from app.domain.wall import Wall
from app.domain.workshop import DotVote
from app.ui.models.dot_items import DotItem
from app.ui.models.targets import target_name
from app.ui.page import Bench, Completeness, Page, Place, button, head, label, scrolled, translate
from app.ui.widgets.roadmap.decide import DecidePane
from app.ui.widgets.roadmap.lists import (
    Errand,
    ListPane,
    errand_model,
    errands,
    exclude,
    include,
    later_model,
    left_out_model,
    place_of,
    role_model,
    roles,
)
from app.ui.widgets.roadmap.outlook import OutlookPane
from app.ui.widgets.roadmap.plan import PlanPane
from app.ui.widgets.roadmap.settings import SettingsBar
from app.ui.widgets.tabs import tabbed

PLAN, OUTLOOK, DECIDE, LATER, ERRANDS, LEFT_OUT, ROLES = range(7)


class RoadmapPage(Page):
    key = "roadmap"
    group = "decide"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.settings, self.plan = SettingsBar(bench), PlanPane(bench)
        self.outlook, self.decide = OutlookPane(bench), DecidePane(bench)
        self.status = label("", "quiet", wrap=False)
        self._shown: Plan | None = None
        self._stands: tuple[object, ...] = ()
        self._make_lists(bench)
        self._lay_out()
        self.plan.chosen.connect(self._show_later)
        self.tabs.currentChanged.connect(lambda _tab: self._take_keyboard())

    @staticmethod
    def title() -> str:
        return translate("Roadmap")

    def _make_lists(self, bench: Bench) -> None:
        tr = self.tr
        pin, out = button(tr("Pin to the last month")), button(tr("Leave out (X)"))
        self.back = button(tr("Take back in"))
        self.later = ListPane(
            later_model(bench, self), tr("Actions that come later"),
            tr("What does not fit the months of the plan, in the order it would follow."),
            (pin, out),
        )  # fmt: skip
        self.left_out = ListPane(
            left_out_model(bench, self), tr("Actions left out"),
            tr("Left out together with everything that depends on them."), (self.back,),
        )  # fmt: skip
        self.errands = ListPane(
            errand_model(bench, self), tr("To audit and to show"),
            tr(
                "Nothing to do but to ask, or to bring what was said and not shown. "
                "Enter opens the question."
            ),
        )  # fmt: skip
        self.roles = ListPane(
            role_model(bench, self), tr("Capacity by role"),
            tr("Type days a month where a role is scarce; empty means as many as there are."),
        )  # fmt: skip
        self.later.table.setProperty("letters", "X")
        self.later.table.pressed.connect(lambda _key: self._exclude_later())
        out.clicked.connect(self._exclude_later)
        pin.clicked.connect(self._pin_later)
        self.back.clicked.connect(self._include)
        self.left_out.table.opened.connect(lambda _row: self._include())
        self.errands.table.opened.connect(self._open_errand)

    def _lay_out(self) -> None:
        row, _, self.lead = head(self.title(), "")
        row.addWidget(self.status, 0, Qt.AlignmentFlag.AlignTop)
        self.tabs = tabbed(self.tr("Parts of the roadmap"))
        outlook = scrolled(self.outlook, self.tr("Outlook and options"))
        outlook.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plan = scrolled(self.plan, self.tr("Plan"))
        plan.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        panes: tuple[QWidget, ...] = (
            plan, outlook, self.decide, self.later, self.errands, self.left_out, self.roles,
        )  # fmt: skip
        for pane in panes:
            self.tabs.addTab(pane, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.settings)
        column.addWidget(self.tabs, 1)

    # Following the audit.

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        if self.desk.is_open:
            self.desk.want_plan()
            self.follow_figures()

    def hideEvent(self, event: object) -> None:
        self.settings.flush()
        self.plan.card.flush()
        super().hideEvent(event)

    def show_audit(self) -> None:
        self._shown = None
        self.settings.show_audit()
        self.follow_figures()

    def follow(self, changes: Sequence[Change]) -> None:
        """The old plan stays until the new one is there."""
        if changes:
            self.settings.show_audit()
            self._show_plan()
            self.status.setText(self._status(None))

    def follow_figures(self) -> None:
        plan, before = self.desk.plan, self._shown
        self._show_plan()
        self.lead.setText(self._lead(plan))
        moved = self._moved(before, plan) if before is not plan else ""
        self.status.setText(self._status(moved))
        if self.desk.figures_are_current:
            self._shown = plan

    def _show_plan(self) -> None:
        plan, audit = self.desk.plan, self.desk.audit
        stands = (plan, audit, self.desk.options, plan is None and self.desk.figures_are_current)
        if [id(x) for x in stands] == [id(x) for x in self._stands]:
            return  # Shown again: thousands of actions need not be listed anew.
        self._stands = stands
        self.plan.show_plan(plan)
        self.outlook.show_plan(plan, self.desk.options)
        self.decide.model.show_figures(plan)
        self.later.model.show_rows(plan.later if plan else ())
        self.errands.model.show_rows(errands(plan))
        self.left_out.model.show_rows(audit.plan.excluded)
        self.roles.model.show_rows(roles(audit, plan))
        self._name_tabs(plan)

    def _name_tabs(self, plan: Plan | None) -> None:
        figure, tr = self.words.figure, self.tr
        left = len(self.desk.audit.plan.excluded)
        undecided = sum(
            w.is_active and w.outcome is None for w in self.desk.audit.workflows.values()
        )
        names = (
            tr("Plan"),
            tr("Outlook and options"),
            tr("Decide ({0} open)").format(figure(undecided)),
            tr("Later ({0})").format(figure(len(plan.later) if plan else 0)),
            tr("To audit and show ({0})").format(figure(len(self.errands.model.rows))),
            tr("Left out ({0})").format(figure(left)),
            tr("Capacity by role"),
        )
        for number, name in enumerate(names):
            self.tabs.setTabText(number, name)

    def _status(self, moved: str | None) -> str:
        if not self.desk.figures_are_current:
            return self.tr("Replanning…")
        return self.status.text() if moved is None else moved

    def _moved(self, before: Plan | None, after: Plan | None) -> str:
        """What the last change did to the plan."""
        if before is None or after is None:
            return ""
        was = {a.key: a.month for a in before.actions}
        now = {a.key: a.month for a in after.actions}
        figure = self.words.figure
        other = sum(was[key] != month for key, month in now.items() if key in was)
        parts = [
            text.format(figure(count))
            for text, count in (
                (self.tr("{0} moved"), other),
                (self.tr("{0} came in"), len(now.keys() - was.keys())),
                (self.tr("{0} dropped out"), len(was.keys() - now.keys())),
            )
            if count
        ]
        return self.tr("Replanned: {0}.").format(", ".join(parts) or self.tr("nothing else moved"))

    def _lead(self, plan: Plan | None) -> str:
        words, whole = self.words, self.desk.portfolio
        if plan is None:
            if self.desk.figures_are_current:
                return words("reason.no_workflow")
            return self.tr("The plan is being worked out…")
        if not plan.actions:
            if plan.to_audit:
                return words("plan.to_audit", n=len(plan.to_audit))
            return words("list.empty.actions")
        said = [
            self.tr("{0} in {1}.").format(
                words.count("action", len(plan.actions)), words.count("month", plan.months)
            )
        ]
        uncovered = [
            e.id
            for e in (whole.estimates if whole else ())
            if e.state is WorkflowState.LIVE_WITHOUT_COVER
        ]
        covered = sum(plan.after.get(w) is WorkflowState.MAY_GO_LIVE for w in uncovered)
        if uncovered:
            end = words.month(plan_month(self.desk.audit.plan, self.desk.today(), plan.months))
            said.append(
                self.tr("Live workflows without cover that are covered by {0}: {1} of {2}.").format(
                    end, words.figure(covered), words.figure(len(uncovered))
                )
            )
        if plan.confirm_first:
            said.append(
                self.tr("{0} rest on a “we don't know”.").format(
                    words.figure(len(plan.confirm_first))
                )
            )
        return " ".join(said)

    # What a person does.

    def _show_later(self, key: str) -> None:
        if self.later.model.place_of(key) is not None:
            self.tabs.setCurrentIndex(LATER)
            self.later.table.show_row(key)

    def _exclude_later(self) -> None:
        if chosen := self.later.table.selected_rows:
            label = self.tr("Leave out {0}").format(chosen[0].title)
            exclude(self.bench, [a.key for a in chosen], label)

    def _pin_later(self) -> None:
        """The plan makes room or says why not."""
        if chosen := self.later.table.selected_rows:
            last = self.desk.audit.plan.months
            self.plan.pin(tuple((a.key, last) for a in chosen), chosen[0].title)

    def _include(self) -> None:
        if chosen := self.left_out.table.selected_rows:
            include(self.bench, chosen, self.tr("Take back into the plan"))

    def _open_errand(self, errand: Errand) -> None:
        self.bench.go(place_of(errand))

    def _take_keyboard(self) -> None:
        """Into the list of another tab, unless somebody walks along the tabs with the keys."""
        pane = self.tabs.currentWidget()
        if isinstance(pane, ListPane) and not self.tabs.tabBar().hasFocus():
            pane.take_keyboard()

    def go_to(self, place: Place) -> None:
        """`key`: an action, or a setting of the plan; a workflow without one is decided about."""
        if place.workflow and not place.key:
            self.tabs.setCurrentIndex(DECIDE)
            self.decide.table.show_row(WorkflowId(place.workflow))
            self.decide.table.setFocus()
        elif field := self.settings.field(place.key):
            field.setFocus()
        elif place.key:
            self.tabs.setCurrentIndex(PLAN)
            self.plan.show_action(place.key)

    # What a room can give dots to.

    def dot_items(self) -> tuple[list[DotItem], list[str]]:
        """Actions of the plan, then those that come later, in the order of the plan."""
        plan, audit = self.desk.plan, self.desk.audit
        found = [*plan.actions, *plan.later] if plan else []
        items = [DotItem(a.key, a.title, target_name(audit, a.target, self.words)) for a in found]
        return items, []

    def dot_vote(self, dots: Mapping[str, int]) -> DotVote:
        return DotVote(actions={ActionKey(key): many for key, many in dots.items()})

    def completeness(self) -> Completeness:
        """How many active workflows are decided about."""
        active = [w for w in self.desk.audit.workflows.values() if w.in_scope]
        return Completeness(sum(w.outcome is not None for w in active), len(active))

    def wall(self) -> Wall | None:
        """Phases and gates of the plan as it is now; nothing while it is being made."""
        if self.desk.plan is None:
            return None
        return roadmap_wall(self.desk.audit, self.desk.plan, self.desk.today(), self.words)

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            ("Alt+Left, Alt+Right", self.tr("Pin to another month")),
            ("U", self.tr("Unpin")),
            ("X", self.tr("Leave out")),
            ("D", self.tr("Done")),
            ("1 to 4, 0", self.tr("Promote, fix first, pause, stop, undecided")),
        ]
