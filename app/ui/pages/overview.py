"""The overview: who runs which stage of each workflow, what may be built, what to ask next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from app.charts.palette import LEVELS
from app.desk.walls import middle_wall
from app.domain.changes import Change
from app.domain.conditions import WorkflowState, entry_questions
from app.domain.gaps import find_out
from app.domain.ids import QuestionId, StageId, WorkflowId
from app.domain.replies import active_cases, case
from app.domain.risk.asking import Ask, ask_next
from app.domain.risk.draws import Draws
from app.domain.risk.results import StageCover
from app.domain.sessions import named_people
from app.domain.wall import Wall
from app.ui.models.matrix import Cell
from app.ui.models.middle import MET, STATE, MiddleModel
from app.ui.models.register import ENTRY, Register, short_name
from app.ui.models.walk.ask import source_in_words
from app.ui.page import Bench, Page, Place, button, card, head, label, translate
from app.ui.widgets.matrix.legend import Legend
from app.ui.widgets.matrix.map_and_side import MapAndSide
from app.ui.widgets.matrix.view import MatrixView
from app.ui.widgets.overview_cards import AskCard, CountCard, FindOutCard, Line

OFTEN = 3
"""Stages the card of what is commonly missing names."""


class OverviewPage(Page):
    key = "overview"
    group = "prepare"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._register = Register(self.desk)
        self._figures: object = None
        self._asked: object = None
        self._filter = ""
        # After the repaint that new figures bring, so that no frame waits for both.
        self._ask_later = QTimer(self)
        self._ask_later.setSingleShot(True)
        self._ask_later.timeout.connect(self._ask)
        self.model = MiddleModel(self._register, self.words, self)
        self.model.wanted = self._is_wanted
        self.map = MatrixView(
            self.model, self.look, self.tr("Missing-middle map"), self.words("label.workflow"),
            narrow=(self.words("chart.none"), self.words("chart.nothing")), upright=False,
        )  # fmt: skip
        self.legend = Legend(self.look, self.tr("What the colours mean"))
        self.entry = CountCard(self.look, self.tr("Entry questions"), filters=True)
        self.ask = AskCard(bench.go)
        self.missing = CountCard(self.look, self.tr("Commonly missing"), filters=True)
        self.open = FindOutCard(bench)
        self._lay_out()
        self._connect()

    @staticmethod
    def title() -> str:
        return translate("Overview")

    def _lay_out(self) -> None:
        row, _, self._lead = head(
            self.tr("Where the middle is missing"),
            self.tr(
                "Each row is a workflow, each column a stage of the request. Initials name the "
                "owner; “none” means that nobody owns it, “?” that no owner is recorded."
            ),
        )
        self._shown = QStackedWidget()
        self._shown.addWidget(self.map)
        self._shown.addWidget(self._empty())
        side = QWidget()
        self._cards = QGridLayout(side)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(12)
        self._body = MapAndSide(self.look, self.map, self._shown, side, self.tr("What to do next"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.legend)
        column.addWidget(self._body, 1)

    def _empty(self) -> QWidget:
        frame, column = card()
        self.start = button(self.tr("Add a workflow"), "primary")
        self.start.clicked.connect(lambda: self.bench.go(Place("workflows")))
        column.addStretch(1)
        column.addWidget(label(self.tr("Start with one workflow people complain about."), "title"))
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(2)
        return frame

    def _connect(self) -> None:
        self.map.opened.connect(self._open)
        self.map.row_opened.connect(
            lambda id_: self.bench.go(Place("walk", workflow=WorkflowId(id_)))
        )
        self.entry.chosen.connect(lambda key: self._choose(key, self.missing))
        self.missing.chosen.connect(lambda key: self._choose(key, self.entry))
        self._body.folded.connect(self._arrange)

    # What is shown.

    def show_audit(self) -> None:
        self._refresh()
        if not self._register.active():
            self.ask.show_nothing(self.tr("As soon as there is a workflow."))
        elif self.desk.portfolio is None:
            self.ask.show_nothing(self.tr("Being worked out from the answers."))
        self.model.show_audit()

    def follow(self, changes: Sequence[Change]) -> None:
        self._refresh()
        self.model.follow(changes)

    def follow_figures(self) -> None:
        """Where workflows are many, the worker's figures count and order them."""
        whole = self.desk.portfolio
        if self._figures is not whole and not self._register.is_at_once:
            self._refresh()
            self.model.follow()
        if self._asked is not whole:
            self._asked = whole
            self._ask_later.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Figures may have come while the page was hidden."""
        super().showEvent(event)
        if self.desk.is_open:
            self.follow_figures()

    def _refresh(self) -> None:
        self._figures = self.desk.portfolio
        self._shown.setCurrentIndex(0 if self._register.active() else 1)
        names = self.desk.audit.bank.level_names
        fills = [(Cell(fill=LEVELS[n]), f"{n} {name}") for n, name in enumerate(names)]
        fills.append((Cell(empty=True), self.tr("no level yet")))
        fills.append((Cell(hatched=True), self.tr("not asked")))
        self.legend.show_fills(fills)
        self._show_entry()
        self._show_missing()
        self._find_out()

    def _n_of_m(self, n: int, of: int) -> str:
        return self.words("label.n_of_m", n=self.words.figure(n), of=self.words.figure(of))

    def _show_entry(self) -> None:
        bank, found = self.desk.audit.bank, self._register.all()
        lines = []
        for question in entry_questions(bank):
            held = sum(k.conditions.entry[question.id].is_held for k in found.values())
            count = self._n_of_m(held, len(found)) if found else "–"
            name = short_name(self.words, bank, question.id)
            tip = self.tr("{0} Click to see the workflows that lack it.").format(question.text)
            lines.append(Line(ENTRY + question.id, name, count, tip))
        open_ = sum(k.state is WorkflowState.NOT_DEFINED for k in found.values())
        count = self.words.count("workflow", open_)
        note = self.tr("{0} may not be built further.").format(count) if open_ else ""
        self.entry.show_lines(lines, note)

    def _show_missing(self) -> None:
        found = self._register.all()
        counts = []
        for stage in self.desk.audit.bank.stages:
            count = sum(k.cover.get(stage.id) is StageCover.MISSING for k in found.values())
            if count:
                counts.append((-count, stage.order, stage))
        lines = [
            Line(stage.id, stage.title, self._n_of_m(-count, len(found)), stage.if_missing)
            for count, _, stage in sorted(counts, key=lambda c: c[:2])[:OFTEN]
        ]
        kept = any(line.key == self._filter for line in lines)
        if self._filter and not self._filter.startswith(ENTRY) and not kept:
            self._filter = ""
        self.missing.show_lines(lines, "" if lines else self.tr("No stage is known to be missing."))

    def _find_out(self) -> None:
        audit, today, active = self.desk.audit, self.desk.today(), self._register.active()
        if self._register.is_at_once:
            cases = [self.desk.case(w) for w in sorted(active)]
            self.open.show_items(find_out(audit, cases), today)
            return
        self.desk.jobs.run(
            "find out",
            lambda: find_out(audit, active_cases(audit, today)),
            lambda found: self.open.show_items(found, today),
            self._fail,
        )

    def _fail(self, error: Exception) -> None:
        raise error

    # What to ask next: in the workflow about which least is known.

    @property
    def is_ready(self) -> bool:
        return not self._ask_later.isActive()

    def _ask(self) -> None:
        if not self.desk.is_open:
            return
        whole = self.desk.portfolio
        if whole is None:
            self.ask.show_nothing(self.tr("As soon as there is a workflow."))
            return
        order = {w: n for n, w in enumerate(self._register.active())}
        known = [e for e in whole.estimates if e.id in order]
        if not known:
            return
        least = min(known, key=lambda e: (round(e.coverage.weight, 6), order[e.id])).id
        audit, today, engine = self.desk.audit, self.desk.today(), self.desk.engine
        self.desk.jobs.run(
            "settles most",
            lambda: ask_next(engine, Draws(engine), case(audit, least, today), 1),
            lambda found: self._show_ask(least, found),
            self._fail,
        )

    def _show_ask(self, workflow: WorkflowId, found: tuple[Ask, ...]) -> None:
        audit = self.desk.audit
        if workflow not in audit.workflows:
            return
        if not found or not found[0].is_worth_saying:
            self.ask.show_nothing(self.tr("No open question would narrow the ranges much."))
            return
        question = audit.bank.question(found[0].question)
        names = [p.name for _, p in sorted(named_people(audit).items()) if p.area == question.who]
        areas = [r.label for r in audit.bank.respondents if r.id == question.who]
        about = audit.workflows[workflow].name
        if which := source_in_words(audit, question, found[0].target):
            about = self.tr("{0}. {1}").format(about, which)
        if names or areas:
            who = self.tr(" or ").join(names[:2] or areas)
            about = self.tr("{0}. Ask {1}.").format(about, who)
        place = Place("walk", workflow=workflow, question=question.id, target=found[0].target)
        self.ask.show_ask(question.text, about, place)
        self._body.fold()

    # Filters and ways on.

    def _is_wanted(self, workflow: WorkflowId) -> bool:
        known = self._register.all().get(workflow) if self._filter else None
        if known is None:
            return True
        if self._filter.startswith(ENTRY):
            return not known.conditions.entry[QuestionId(self._filter[len(ENTRY) :])].is_held
        return known.cover.get(StageId(self._filter)) is StageCover.MISSING

    def _choose(self, key: str, other: CountCard) -> None:
        self._filter = key
        other.clear_choice()
        self.model.show_audit()

    def _open(self, id_: str, column: str) -> None:
        workflow = WorkflowId(id_)
        if column == MET:
            self.bench.go(Place("conditions", workflow=workflow))
        elif column == STATE:
            self.bench.go(Place("walk", workflow=workflow))
        else:
            self.bench.go(Place("walk", workflow=workflow, key=column))

    def take_focus(self) -> None:
        (self.map if self._register.active() else self.start).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A button of its own takes the space bar only."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.start.hasFocus():
            self.start.click()
        else:
            super().keyPressEvent(event)

    def go_to(self, place: Place) -> None:
        if place.workflow and self.map.show_place(place.workflow, place.key):
            self.map.setFocus()

    def wall(self) -> Wall | None:
        covers = [known.cover for known in self._register.all().values()]
        return middle_wall(self.desk.audit, covers, self.words) if covers else None

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Enter"), self.tr("Open the stage")),
            ("Ctrl+C", self.tr("Copy the whole map")),
        ]

    def _arrange(self, is_folded: bool) -> None:
        """The cards in one column beside the map, or in two under it."""
        for n, made in enumerate((self.entry, self.ask, self.missing, self.open)):
            self._cards.addWidget(made, *(divmod(n, 2) if is_folded else (n, 0)))
        self._cards.setColumnStretch(0, 1)
        self._cards.setColumnStretch(1, 1 if is_folded else 0)
        self._cards.setRowStretch(4, 1)
