"""The risk page: what stands on it, ticking gaps, and the way from a number to its answers."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.conditions import WorkflowState
from app.domain.ids import ORGANISATION, QuestionId, Target, WorkflowId
from app.domain.planning import Severity
from app.domain.risk.relative import printed
from app.domain.risk.results import Estimate, Withheld
from app.ui.models.comparison import INTERVAL, INTERVAL_ROLE, NAME, ComparisonModel, axis
from app.ui.models.contributions import DETAIL_ROLE, QUESTION_ROLE, ContributionModel
from app.ui.models.gap.groups import GapGroup, GapGroupModel, gap_groups
from app.ui.models.targets import listed, target_name
from app.ui.page import Bench, Place
from app.ui.pages.risk import RiskPage
from app.words import Words

LONGEST = 30_000
CHECKED = Qt.CheckState.Checked.value


def shown(qtbot: QtBot, bench: Bench) -> RiskPage:
    """The page with all figures on it."""
    page = RiskPage(bench)
    qtbot.addWidget(page)
    page.resize(1140, 660)
    page.audit_opened()
    page.show()
    bench.desk.figures_changed.connect(page.follow_figures)
    qtbot.waitUntil(lambda: bench.desk.figures_are_current, timeout=LONGEST)
    qtbot.waitUntil(lambda: bool(page.closing.model.groups), timeout=LONGEST)
    return page


def estimate(desk: Desk, workflow: str) -> Estimate:
    return desk.estimate(WorkflowId(workflow))


@pytest.fixture
def page(qtbot: QtBot, bench: Bench) -> RiskPage:
    return shown(qtbot, bench)


def test_states_rates_and_the_sentence_stand_first(page: RiskPage, desk: Desk) -> None:
    rows = page.states.grid.texts()
    words = Words()
    found = desk.portfolio
    assert found
    assert rows[0][:2] == [words("state.live_without_cover"), "3"]
    assert [row[1] for row in rows[:4]] == [str(c.workflows) for c in found.states.values()]
    assert desk.rates
    assert len(page.rates.grid.texts()[0]) == len(desk.rates.rows) + 1
    assert "Same order of workflows in all four columns." in page.rates.note.text()
    smallest = min(row.same_actions or 0 for row in desk.rates.rows)
    assert f"{smallest} of {desk.rates.actions} actions" in page.rates.note.text()
    assert page.updating.isHidden()


def test_rows_follow_state_and_money_and_never_the_estimate(page: RiskPage) -> None:
    states = [row.state for row in page.model.rows]
    assert states == sorted(states, key=tuple(WorkflowState).index)
    before = list(page.model.rows)
    page.model.sort(INTERVAL)
    assert page.model.rows == before
    page.model.sort(NAME)
    names = [page.model.index(n, NAME).data() for n in range(len(before))]
    assert names == sorted(names, key=str.casefold)


def test_a_withheld_figure_is_nowhere(page: RiskPage, desk: Desk) -> None:
    hidden = next(e for e in page.model.rows if e.withheld is Withheld.TOO_LITTLE_KNOWN)
    page.table.show_row(hidden.id)
    place = page.model.place_of(hidden.id)
    assert place is not None
    assert page.model.index(place, INTERVAL).data(INTERVAL_ROLE) is None
    assert page.detail.chance.isHidden()
    assert page.causes.isHidden()
    assert "Too little is known" in page.detail.what.text()


def test_a_click_shows_the_chance_with_both_ranges(page: RiskPage, desk: Desk) -> None:
    known = [e for e in page.model.rows if e.withheld is None]
    page.table.show_row(known[2].id)
    found = estimate(desk, known[2].id)
    near, full = printed(found.risk, found.range), printed(found.risk, found.full_range)
    assert page.detail.chance.text() == f"{near.risk}%"
    texts = page.detail.ranges.texts()
    assert texts[0][1] == f"{near.low}–{near.high}%"
    assert texts[1][1] == f"{full.low}–{full.high}%"
    assert page.detail.name.text() in page.causes.heading.text()


def test_enter_on_a_reason_goes_to_its_answer(
    qtbot: QtBot, page: RiskPage, bench_places: list[Place]
) -> None:
    reasons = page.detail.list
    reasons.setFocus()
    reasons.setCurrentIndex(page.detail.model.index(0, 0))
    qtbot.keyClick(reasons, Qt.Key.Key_Return)
    question = page.detail.model.index(0, 0).data(QUESTION_ROLE)
    assert bench_places == [Place("walk", workflow=page.detail.workflow, question=question)]
    assert question in page.detail.model.index(0, 0).data(DETAIL_ROLE)


def test_enter_on_a_workflow_walks_its_flow(
    qtbot: QtBot, page: RiskPage, bench_places: list[Place]
) -> None:
    page.table.show_row(page.model.rows[1].id)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert bench_places == [Place("walk", workflow=page.model.rows[1].id)]


def test_ticking_gaps_answers_with_consequences_and_unticking_takes_them_away(
    qtbot: QtBot, page: RiskPage
) -> None:
    model = page.closing.model
    for row in range(3):
        model.setData(model.index(row, 0), CHECKED, Qt.ItemDataRole.CheckStateRole)
    qtbot.waitUntil(page.answer.isVisible, timeout=LONGEST)
    assert "go-live conditions are met" in page.answer.said.text()
    assert "→ May build" in page.answer.said.text()
    assert "point" not in page.answer.said.text()
    assert page.answer.plot is not None
    page.closing.clear.click()
    assert not page.answer.isVisible()
    assert not model.ticked


def test_a_space_ticks_the_gap_under_the_cursor(qtbot: QtBot, page: RiskPage) -> None:
    view = page.closing.list
    view.setFocus()
    view.setCurrentIndex(page.closing.model.index(1, 0))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert [g.question for g in page.closing.model.ticked] == [
        page.closing.model.groups[1].question
    ]
    qtbot.waitUntil(page.answer.isVisible, timeout=LONGEST)


def test_an_edit_marks_the_figures_as_behind(page: RiskPage, desk: Desk) -> None:
    from app.domain.edits import records

    changes: list[object] = []
    desk.changed.connect(changes.extend)
    workflow = page.model.rows[0].id
    desk.apply("Rename", records.amend, "workflows", (workflow,), name="Renamed flow")
    page.audit_changed(changes)
    assert not page.updating.isHidden()
    assert page.model.index(0, NAME).data() == "Renamed flow"


def test_models_hold_up(qtbot: QtBot, qtmodeltester: object, bench: Bench, desk: Desk) -> None:
    comparison, gaps_, reasons = ComparisonModel(bench), GapGroupModel(bench), None
    qtbot.waitUntil(lambda: desk.portfolio is not None, timeout=LONGEST)
    comparison.show_figures(desk.portfolio)
    gaps_.show_groups(gap_groups(desk.audit, desk.today()))
    reasons = ContributionModel(bench)
    reasons.show_workflow(comparison.rows[0].id)
    for model in (comparison, gaps_, reasons):
        assert model.rowCount() > 3
        qtmodeltester.check(model, force_py=True)


def test_gap_groups_put_the_worst_and_widest_first(desk: Desk) -> None:
    groups = gap_groups(desk.audit, desk.today())
    ranks = [(tuple(Severity).index(g.severity), -len(g.workflows)) for g in groups]
    assert ranks == sorted(ranks)
    assert len({g.question for g in groups}) == len(groups)


def test_ticks_stay_while_there_is_a_gap(bench: Bench) -> None:
    def group(question: str) -> GapGroup:
        return GapGroup(QuestionId(question), question, (), (WorkflowId("w"),), Severity.HIGH)

    model = GapGroupModel(bench)
    model.show_groups((group("A"), group("B")))
    for row in (0, 1):
        model.setData(model.index(row, 0), CHECKED, Qt.ItemDataRole.CheckStateRole)
    model.show_groups((group("B"), group("C")))
    assert [g.question for g in model.ticked] == ["B"]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [([], (0.5, 1.5)), ([(0.31, 1.2)], (0.25, 1.5)), ([(0.6, 2.1), (0.7, 1.0)], (0.5, 2.25))],
)
def test_the_axis_holds_every_range(
    desk: Desk, spans: Sequence[tuple[float, float]], expected: tuple[float, float]
) -> None:
    from msgspec.structs import replace

    base = estimate(desk, sorted(desk.audit.workflows)[0])
    made = [
        replace(base, withheld=None, relative=replace(base.relative, low=low, high=high))
        for low, high in spans
    ]
    assert axis(made) == expected


def test_names_of_targets_and_long_lists(desk: Desk) -> None:
    words = Words()
    assert target_name(desk.audit, ORGANISATION, words) == desk.audit.organisation.name
    assert target_name(desk.audit, Target("gone"), words) == "gone"
    assert listed(["a", "b"], 3, words, "and {0} more") == "a and b"
    assert listed(["a", "b", "c", "d"], 2, words, "and {0} more") == "a, b and 2 more"
