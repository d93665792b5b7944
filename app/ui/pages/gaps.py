"""What was answered and is not sound, what is to be found out and shown, and the check-up."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk.walls import find_out_wall, gaps_wall
from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.checks import checks
from app.domain.findings import Finding
from app.domain.gaps import WORST_FIRST, Gap, ToFindOut, find_out, gaps, to_show
from app.domain.ids import GapKey, QuestionId, WorkflowId
from app.domain.replies import Case, active_cases
from app.domain.wall import Wall
from app.domain.workshop import DotVote
from app.errors import PlumblineError
from app.ui.models.dot_items import DotItem
from app.ui.models.gap.traits import (
    RECORDED,
    count_settled,
    open_gaps,
    own_gap,
    severity_of,
)
from app.ui.models.gap.words import gap_at, question_of
from app.ui.models.targets import target_name
from app.ui.page import Bench, Completeness, Page, Place, head, translate
from app.ui.widgets.gap.checkup import CheckupTab
from app.ui.widgets.gap.confirmations import ConfirmationsTab
from app.ui.widgets.gap.list import GapList
from app.ui.widgets.gap.tables import FindOutTab, ToShowTab
from app.ui.widgets.tabs import tabbed

AT_ONCE = 30
"""Up to so many workflows the gaps follow an edit within the same frame; more take a worker."""
NOTES_ONLY = frozenset({"gap_notes", "own_gaps", "dot_votes", "people", "sessions"})


class Register(Struct, frozen=True):
    """What the core derives from one value of the audit for this page."""

    gaps: tuple[Gap, ...]
    find_out: tuple[ToFindOut, ...]
    to_show: tuple[tuple[WorkflowId, QuestionId], ...]
    active: int


def register(audit: Audit, cases: Sequence[Case]) -> Register:
    return Register(gaps(audit, cases), find_out(audit, cases), to_show(audit, cases), len(cases))


class GapsPage(Page):
    key = "gaps"
    group = "audit"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._register: Register | None = None
        self._of: Audit | None = None
        self._wanted: Place | None = None
        self._came_from: WorkflowId | None = None
        """The workflow in which the way here began, and leads back."""
        row, _, self._lead = head(self.title(), "")
        self.list = GapList(bench)
        self.find_out, self.to_show = FindOutTab(bench), ToShowTab(bench)
        self.checkup, self.confirmations = CheckupTab(bench), ConfirmationsTab(bench)
        self.tabs = tabbed(self.tr("Lists of this page"))
        for tab in self._tabs():
            self.tabs.addTab(tab, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.tabs, 1)
        self.list.opened.connect(
            lambda gap: bench.go(gap_at(self.desk.audit, gap, self._came_from))
        )
        for tab in (self.find_out, self.to_show, self.checkup, self.confirmations):
            tab.wanted.connect(self._go_or_stay)
        self.checkup.counted.connect(self._name_tabs)

    @staticmethod
    def title() -> str:
        return translate("Gaps")

    def _tabs(self) -> tuple[QWidget, ...]:
        return self.list, self.find_out, self.to_show, self.checkup, self.confirmations

    # Following the audit.

    def show_audit(self) -> None:
        self._register = self._of = None
        self._derive()

    def follow(self, changes: Sequence[Change]) -> None:
        if {c.collection for c in changes} <= NOTES_ONLY and self._register:
            # Owners, dates and words are read from the audit; a derived severity may follow.
            self._show(self._register)
        self._derive()

    def _derive(self) -> None:
        audit, today = self.desk.audit, self.desk.today()
        if len(audit.workflows) <= AT_ONCE:
            self._take(audit, self._small())
        else:
            self.desk.jobs.run(
                "gaps",
                lambda: register(audit, active_cases(audit, today)),
                lambda found: self._take(audit, found),
                self._fail,
            )
        self.desk.jobs.run("checks", lambda: checks(audit, today), self._take_checks, self._fail)

    def _small(self) -> Register:
        """From the cases every page shares, once per value of the audit."""
        audit = self.desk.audit
        if self._register is None or self._of is not audit:
            ids = sorted(w for w, record in audit.workflows.items() if record.is_active)
            self._register = register(audit, [self.desk.case(w) for w in ids])
            self._of = audit
        return self._register

    def _take(self, audit: Audit, found: Register) -> None:
        self._register, self._of = found, audit
        self._show(found)
        if self._wanted:
            place, self._wanted = self._wanted, None
            self.go_to(place)

    def _show(self, found: Register) -> None:
        self.list.show_gaps(found.gaps, found.active)
        self.find_out.show_rows(found.find_out)
        self.to_show.show_rows(found.to_show)
        self._name_tabs()

    def _take_checks(self, found: tuple[Finding, ...]) -> None:
        self.checkup.show_findings(found)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, PlumblineError):
            raise error
        self.bench.tell(error.sentence)

    def _name_tabs(self) -> None:
        found = self._register
        if found is None or not self.desk.is_open:
            return
        sound, confirmable = self.confirmations.show_audit()
        counted = (
            (self.tr("Gaps"), len(self._open(found))),
            (self.tr("To find out"), len(found.find_out)),
            (self.tr("To show"), len(found.to_show)),
            (self.tr("Check-up"), self.checkup.found),
        )
        for place, (text, count) in enumerate(counted):
            self.tabs.setTabText(place, f"{text}  {count:,}" if count is not None else text)
        many = self.tr("Confirmations  {0} of {1}").format(sound, confirmable)
        self.tabs.setTabText(len(counted), many)
        self._lead.setText(self._summary(found))

    def _open(self, found: Register) -> list[Gap]:
        return open_gaps(self.desk.audit, found.gaps)

    def _summary(self, found: Register) -> str:
        """One sentence over the page: how much is owned."""
        left = self._open(found)
        if not left:
            return self.tr("What was asked and is not sound. What nobody was asked is no gap.")
        words = self.words
        questions = words.count("question", len({gap.question for gap in left} - {RECORDED}))
        own = sum(gap.question == RECORDED for gap in left)
        many = words.count("gap", len(left))
        settled = words.figure(count_settled(self.desk.audit, left))
        if own:
            return self.tr(
                "{0}, {3} of them recorded in the room, the others in {1}; {2} with an owner or a "
                "response."
            ).format(many, questions, settled, own)
        return self.tr("{0} in {1}; {2} with an owner or a response.").format(
            many, questions, settled
        )

    # Going places.

    def go_to(self, place: Place) -> None:
        """A gap by its key, the gaps of a question, or one of the lists by its name."""
        self._came_from = place.workflow
        names = ("gaps", "find_out", "to_show", "checkup", "confirmations")
        if place.key in names[1:]:
            self.tabs.setCurrentIndex(names.index(place.key))
            if place.key == "confirmations" and place.workflow:
                self.confirmations.show_workflow(place.workflow)
            self.tabs.currentWidget().table.setFocus()
            return
        if self._register is None or self._of is not self.desk.audit:
            self._wanted = place
            if self._register is None:
                return
        self.tabs.setCurrentIndex(0)
        key = place.key
        if not key and place.question and place.target:
            key = f"{place.question}/{place.target}"
        self.list.go(GapKey(key) if key else None, place.question)
        # Whoever came here with the keyboard goes on in the list with it.
        (self.list.detail.field(place.field) or self.list.tree).setFocus()

    # What a room can give dots to.

    def dot_items(self) -> tuple[list[DotItem], list[str]]:
        """Open gaps, worst first; those chosen in the list stand on the ballot from the start."""
        audit = self.desk.audit
        if self._register is None:
            return [], []
        left = self._open(self._register)
        left.sort(key=lambda gap: WORST_FIRST.index(severity_of(audit, gap)))
        items = [DotItem(g.key, self._named(g), target_name(audit, g.target, self.words))
                 for g in left]  # fmt: skip
        chosen = self.list.tree.selected_gaps if self.isVisible() else []
        return items, [gap.key for gap in chosen] if len(chosen) > 1 else []

    def _named(self, gap: Gap) -> str:
        own, question = own_gap(self.desk.audit, gap), question_of(self.desk.audit, gap.question)
        if own is not None:
            return own.text
        return (question.gap or question.text) if question else gap.key

    def dot_vote(self, dots: Mapping[str, int]) -> DotVote:
        return DotVote(gaps={GapKey(key): many for key, many in dots.items()})

    def _go_or_stay(self, place: Place) -> None:
        if place.page == self.key:
            self.go_to(place)
        else:
            self.bench.go(place)

    def wall(self) -> Wall | None:
        """Gaps by question; in the list of what is to be found out, that."""
        found, audit, words = self._register, self.desk.audit, self.words
        if found is None:
            return None
        if self.tabs.currentWidget() is self.find_out:
            return find_out_wall(audit, found.find_out, words)
        return gaps_wall(audit, self._open(found), found.active, words)

    def completeness(self) -> Completeness:
        """Gaps with an owner or a response, of all; where a worker has to count them, the last
        count until the page is shown again, and marked so."""
        if not self.desk.is_open:
            return Completeness()
        if len(self.desk.audit.workflows) <= AT_ONCE:
            self._small()
        if self._register is None:
            return Completeness()
        left = self._open(self._register)
        known = "" if self._of is self.desk.audit else "…"
        count = f"{len(left):,}{known}"
        return Completeness(count_settled(self.desk.audit, left), len(left), count)

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            ("Enter", self.tr("Go to the answer or the field to mend; unfold a question")),
            (self.tr("Any key"), self.tr("Type into the cell, for all selected gaps")),
            ("Del", self.tr("Empty the cell, for all selected gaps")),
            ("Ctrl+M", self.tr("Merge the selected gaps into another one")),
        ]
