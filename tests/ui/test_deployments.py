"""Past deployments and upgrades: typed like a spreadsheet, judged and counted by the domain."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.snapshots import take_snapshot
from app.domain.answers import Proof, Reply, Said
from app.domain.bank import Grade
from app.domain.edits import answers, records
from app.domain.ids import DeploymentId, QuestionId, Target, UpgradeId, WorkflowId
from app.domain.landscape import Deployment, ModelUpgrade
from app.ui.page import Bench, Completeness, Place
from app.ui.pages.deployments import DEPLOYMENTS, UPGRADES, DeploymentsPage

INVOICES = WorkflowId("invoices")
RETURNS = WorkflowId("returns")
OUTCOME, SPLIT = 4, 5
VERDICT, OPEN_THEN, JUDGED_BY = 6, 7, 8


@pytest.fixture
def page(bench: Bench, desk: Desk, qtbot: QtBot) -> DeploymentsPage:
    made = DeploymentsPage(bench)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    made.testers = [QAbstractItemModelTester(m, mode) for m in (made.deployments, made.upgrades)]
    qtbot.addWidget(made)
    desk.changed.connect(made.audit_changed)
    made.audit_opened()
    made.resize(1100, 640)
    made.show()
    return made


def deployment(desk: Desk, id_: str) -> Deployment:
    return desk.audit.deployments[DeploymentId(id_)]


def test_two_failures_are_kept_apart_and_their_outcome_follows(
    page: DeploymentsPage, desk: Desk
) -> None:
    model = page.deployments
    row = model.ids.index("dep-search")
    assert model.text(row, OUTCOME) == "reached its target"
    assert model.put_block(row, 3, [["no"]])
    found = deployment(desk, "dep-search")
    assert (found.reached_scale, found.returned_projected) == (True, False)
    assert model.text(row, OUTCOME) == "missed its target"
    assert model.put_block(row, 2, [["", ""]])
    assert deployment(desk, "dep-search").reached_scale is None
    assert model.text(row, OUTCOME) == "not known yet"


def test_opening_the_list_on_a_no_keeps_the_no(page: DeploymentsPage, desk: Desk) -> None:
    model = page.deployments
    index = model.index(model.ids.index("dep-forecast"), 3)
    delegate = page.past.itemDelegate()
    box = delegate.createEditor(page.past, None, index)
    assert isinstance(box, QComboBox)
    delegate.setEditorData(box, index)
    delegate.setModelData(box, model, index)
    assert deployment(desk, "dep-forecast").returned_projected is False


@pytest.mark.parametrize(
    ("typed", "split"),
    [
        ("data 70, adoption 30", {"data": 0.7, "adoption": 0.3}),
        ("Governance 3; data 1", {"governance": 0.75, "data": 0.25}),
        ("capability", {"capability": 1.0}),
        ("gov 60%, ado 40%", {"governance": 0.6, "adoption": 0.4}),
        ("", {}),
    ],
)
def test_causes_are_typed_in_parts(
    page: DeploymentsPage, desk: Desk, typed: str, split: dict[str, float]
) -> None:
    row = page.deployments.ids.index("dep-scan")
    page.deployments.put_block(row, SPLIT, [[typed]])
    assert deployment(desk, "dep-scan").failure_split == pytest.approx(split)


def test_a_cause_nobody_knows_is_refused_with_those_that_fit(
    page: DeploymentsPage, desk: Desk, bench_told: list[str]
) -> None:
    before = desk.audit
    row = page.deployments.ids.index("dep-scan")
    assert not page.deployments.put_block(row, SPLIT, [["weather 100"]])
    assert desk.audit is before
    assert "capability, data, governance, adoption" in bench_told[0]


def test_the_own_rate_stands_beside_the_reference_and_can_be_taken_over(
    page: DeploymentsPage, desk: Desk, qtbot: QtBot
) -> None:
    card = page.card
    assert "4 with a known outcome: 3 missed their target, 1 reached it." in card.said.text()
    rate = card.grid.texts()[0]
    assert rate[2] == "8"
    assert rate[1] == "8 (6–9)"
    assert "From 10 cases" in card.note.text()
    qtbot.mouseClick(card.use, Qt.MouseButton.LeftButton)
    assert desk.audit.organisation.own_rate == 0.81
    assert "8.1 of ten" in card.now.text()
    assert not card.use.isEnabled()
    desk.undo()
    assert desk.audit.organisation.own_rate == 0.6
    assert card.use.isEnabled()


def test_without_an_outcome_the_reference_stands_alone(page: DeploymentsPage, desk: Desk) -> None:
    for id_ in list(page.deployments.ids):
        desk.apply("Remove", records.remove, "deployments", (id_,))
    assert page.card.grid.isHidden()
    assert not page.card.use.isEnabled()
    assert "the reference stands alone" in page.card.said.text()


def test_an_upgrade_is_added_by_choosing_its_workflow(
    page: DeploymentsPage, desk: Desk, qtbot: QtBot
) -> None:
    page.tabs.setCurrentIndex(UPGRADES)
    model, table = page.upgrades, page.bought
    index = model.index(len(model.ids), 0)
    box = table.itemDelegate().createEditor(table, None, index)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(INVOICES))
    table.itemDelegate().setModelData(box, model, index)
    made = desk.audit.upgrades[UpgradeId(model.ids[-1])]
    assert made == ModelUpgrade(INVOICES, dt.date(2026, 12, 14))
    row = model.ids.index(model.ids[-1])
    assert model.text(row, VERDICT) == "defined when it was bought"
    assert "2 of 3 upgrades" in page.sentence.text()


def test_a_snapshot_near_the_upgrade_judges_it(
    page: DeploymentsPage, desk: Desk, qtbot: QtBot
) -> None:
    """What was defined afterwards does not make the purchase wiser."""
    row = page.upgrades.ids.index("up-returns")
    assert page.upgrades.text(row, JUDGED_BY) == "the record as it is now"
    take_snapshot(desk, "Before the mend")
    qtbot.waitUntil(lambda: bool(desk.audit.snapshots))
    proof = Proof("Sheet", "Wiki", dt.date(2026, 12, 1), "Ingrid")
    said = Said(Reply.LEVEL, 4, Grade.DOCUMENTED, proof)
    for question in ("RT-01", "CX-02"):
        desk.apply(
            "Answer", answers.settle, Target(RETURNS), QuestionId(question), said, reason="Mended"
        )
    qtbot.waitUntil(
        lambda: page.upgrades.text(row, JUDGED_BY).startswith("snapshot of"), timeout=10_000
    )
    assert page.upgrades.text(row, VERDICT) == "bought before it was defined"
    assert "Routing decided" in page.upgrades.text(row, OPEN_THEN)


def test_a_verdict_leads_to_the_answer_behind_it(
    page: DeploymentsPage, bench_places: list[Place], qtbot: QtBot
) -> None:
    page.go_to(Place("deployments", key="up-returns"))
    assert page.tabs.currentIndex() == UPGRADES
    assert page.bought.current_id == "up-returns"
    qtbot.mouseClick(page.open, Qt.MouseButton.LeftButton)
    assert bench_places == [Place("walk", workflow=RETURNS, question=QuestionId("RT-01"))]
    page.go_to(Place("deployments", key="dep-chat"))
    assert page.tabs.currentIndex() == DEPLOYMENTS
    assert page.past.current_id == "dep-chat"
    assert page.completeness() == Completeness(count="6")
