"""Policies: rules are rows, enforcement is recorded per workflow, the map leads there."""

import datetime as dt

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.ids import PolicyId, WorkflowId
from app.domain.landscape import Enforcement, EnforcementPoint
from app.ui.models.policies import RULE_TONES
from app.ui.page import Bench, Completeness, Place
from app.ui.pages.policies import ALL, ONE, PoliciesPage

FLOOR = PolicyId("price-floor")
MARKDOWNS = WorkflowId("markdowns")


@pytest.fixture
def page(bench: Bench, desk: Desk, qtbot: QtBot) -> PoliciesPage:
    made = PoliciesPage(bench)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    made.testers = [
        QAbstractItemModelTester(model, mode) for model in (made.rules, made.cover, made.map)
    ]
    qtbot.addWidget(made)
    desk.changed.connect(made.audit_changed)
    made.audit_opened()
    made.resize(1100, 640)
    made.show()
    return made


def test_rules_that_hold_nowhere_stand_out(page: PoliciesPage) -> None:
    row = page.rules.ids.index(FLOOR)
    assert page.rules.text(row, 1) == "enforced nowhere"
    assert page.rules.text(page.rules.ids.index("no-rejection"), 1) == "never tested"
    assert page.completeness() == Completeness(3, 6, "6")
    assert "1 enforced nowhere" in page._lead.text()


def test_a_rule_is_typed_and_its_enforcement_recorded(page: PoliciesPage, desk: Desk) -> None:
    rules = page.rules
    assert rules.setData(rules.index(len(rules.ids), 0), "Never spend")
    new = PolicyId(rules.ids[-1])
    page.register.show_record(new)
    assert page.cover.rule == new
    row = page.cover.ids.index(MARKDOWNS)
    assert page.cover.put_block(row, 3, [["code", "2026-11-24", "9 of 9 stopped"]])
    kept = desk.audit.enforcement[MARKDOWNS][new]
    assert kept == Enforcement(EnforcementPoint.CODE, dt.date(2026, 11, 24), "9 of 9 stopped")
    assert rules.text(len(rules.ids) - 1, 1) == "tested"
    assert page.cover.text(row, 1) == "tested"
    assert page.cover.clear([row], [3, 4, 5])
    assert new not in desk.audit.enforcement[MARKDOWNS]
    desk.undo()
    assert desk.audit.enforcement[MARKDOWNS][new] == kept


def test_a_block_fills_many_workflows_as_one_step(page: PoliciesPage, desk: Desk) -> None:
    page.register.show_record(FLOOR)
    before = desk.audit
    assert page.cover.put_block(0, 3, [["nowhere"], ["prompt"], ["human"]])
    points = [desk.audit.enforcement[WorkflowId(w)][FLOOR].point for w in page.cover.ids[:3]]
    assert points == [EnforcementPoint.NOWHERE, EnforcementPoint.PROMPT, EnforcementPoint.HUMAN]
    desk.undo()
    assert desk.audit == before


def test_the_map_leads_to_the_row_to_mend(page: PoliciesPage) -> None:
    page.tabs.setCurrentIndex(ALL)
    row, column = page.map.ids.index(MARKDOWNS), page.map.column_of(FLOOR)
    assert page.map.cell(row, column).text == "nowhere"
    assert page.map.cell(row, page.map.column_of("keep-records")).said == "not recorded"
    page.map_view.opened.emit(MARKDOWNS, FLOOR)
    assert page.tabs.currentIndex() == ONE
    assert page.register.current_id == FLOOR
    assert page.cover_table.current_id == MARKDOWNS


def test_a_place_names_a_rule_and_a_workflow(page: PoliciesPage) -> None:
    page.go_to(Place("policies", workflow=MARKDOWNS, key=FLOOR))
    assert (page.register.current_id, page.cover_table.current_id) == (FLOOR, MARKDOWNS)


def test_that_a_rule_was_tested_is_not_praised() -> None:
    """Its test may have failed; what came of it stands beside the date."""
    assert "may_go_live" not in RULE_TONES.values()
