"""Beside the estimate: wrapper verdicts, upgrades bought too early, tenant to asset, exposure."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.edits import records
from app.domain.ids import QuestionId, WorkflowId
from app.domain.lanes import exposure
from app.domain.risk.indices import tenant_asset
from app.domain.statements import wrapper_test
from app.ui.models.comparison import EXPOSURE
from app.ui.models.derived import FIRST_PART, derive
from app.ui.models.walk.wrapper import PARTS
from app.ui.page import Bench, Place
from app.ui.pages.risk import RiskPage
from app.ui.widgets.risk.statements import Statements

LONGEST = 30_000
RETURNS, REPAIRS = WorkflowId("returns"), WorkflowId("repairs")


@pytest.fixture
def cards(bench: Bench, desk: Desk, qtbot: QtBot) -> Statements:
    made = Statements(bench)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    models = (made.wrappers, made.assets, made.bought)
    made.testers = [QAbstractItemModelTester(model, mode) for model in models]
    made.opened.connect(bench.go)
    qtbot.addWidget(made)
    made.resize(1100, 900)
    made.show()
    made.show_audit()
    qtbot.waitUntil(lambda: bool(made.rows), timeout=LONGEST)
    return made


def test_every_workflow_has_its_verdict_and_five_answers(cards: Statements, desk: Desk) -> None:
    model = cards.wrappers
    words = {True: "yes", False: "no", None: "not known"}
    for n, row in enumerate(model.rows):
        test = wrapper_test(desk.case(row.id))
        said = [model.index(n, FIRST_PART + p).data() for p in range(len(PARTS))]
        assert said == [words[test.answers[part]] for part in PARTS]
    assert len(model.rows) == sum(w.is_active for w in desk.audit.workflows.values())
    assert "5 wrappers" in cards.wrapper.sentence.text()
    assert "3 not decided yet" in cards.wrapper.sentence.text()


def test_enter_on_a_cell_opens_what_it_rests_on(
    cards: Statements, qtbot: QtBot, bench_places: list[Place]
) -> None:
    table, place = cards.wrapper.table, cards.wrappers.place_of(RETURNS)
    assert place is not None
    for part, expected in (
        ("telemetry", Place("walk", workflow=RETURNS, question=QuestionId("TC-02"))),
        ("state", Place("workflows", workflow=RETURNS)),
    ):
        table.setCurrentIndex(cards.wrappers.index(place, FIRST_PART + PARTS.index(part)))
        qtbot.keyClick(table, Qt.Key.Key_Return)
        assert bench_places[-1] == expected


def test_what_was_bought_too_early_is_said_with_its_cost(
    cards: Statements, qtbot: QtBot, bench_places: list[Place]
) -> None:
    assert cards.fallacy.sentence.text() == (
        "Bought while routing, context or rules were not defined: 2 of 2 upgrades; "
        "recorded cost €48,000."
    )
    cards.fallacy.table.show_row("up-returns")
    qtbot.keyClick(cards.fallacy.table, Qt.Key.Key_Return)
    assert bench_places == [Place("walk", workflow=RETURNS, question=QuestionId("RT-01"))]
    cards.record.click()
    assert bench_places[-1] == Place("deployments", key="upgrades")


def test_the_index_stands_only_where_an_own_model_is_a_goal(
    cards: Statements, desk: Desk, qtbot: QtBot, bench_places: list[Place]
) -> None:
    assert [row.id for row in cards.assets.rows] == [REPAIRS]
    index = tenant_asset(desk.engine, desk.case(REPAIRS))
    said = str(cards.assets.index(0, 1).data())
    assert said.startswith(f"{index.index:.0f} ({index.low:.0f}")
    cards.asset.table.setCurrentIndex(cards.assets.index(0, FIRST_PART + 2))
    qtbot.keyClick(cards.asset.table, Qt.Key.Key_Return)
    question = desk.audit.bank.asset[2]
    assert bench_places == [Place("walk", workflow=REPAIRS, question=question)]
    desk.apply("Change", records.amend, "workflows", (REPAIRS,), own_model_goal=False)
    cards._take(derive(desk.engine, desk.audit, desk.today()))
    assert cards.asset.isHidden()


def test_exposure_orders_inside_a_state_and_explains_itself(
    bench: Bench, desk: Desk, qtbot: QtBot, bench_places: list[Place]
) -> None:
    page = RiskPage(bench)
    qtbot.addWidget(page)
    page.audit_opened()
    page.show()
    desk.figures_changed.connect(page.follow_figures)
    qtbot.waitUntil(lambda: bool(page.model.rows), timeout=LONGEST)
    records_ = desk.audit.workflows
    first = page.model.rows[0].state
    points = [exposure(records_[r.id]) for r in page.model.rows if r.state is first]
    assert points == sorted(points, reverse=True)
    assert page.model.index(0, EXPOSURE).data() == str(points[0])
    page.table.show_row(page.model.rows[0].id)
    assert page.detail.exposure.text().startswith(f"Exposure {points[0]} of 8: ")
    page.detail.record.click()
    assert bench_places == [Place("workflows", workflow=page.model.rows[0].id)]
    qtbot.waitUntil(lambda: desk.jobs.is_idle, timeout=LONGEST)
