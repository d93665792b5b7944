"""Edge cases: added, labelled, filtered by state, and counted for the experts' loop."""

import datetime as dt

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.edits import records
from app.domain.ids import EdgeCaseId, PersonId, WorkflowId
from app.domain.workshop import EdgeCase, EdgeCaseState
from app.ui.page import Bench, Completeness, Place
from app.ui.pages.edge_cases import EdgeCasesPage

INVOICES = WorkflowId("invoices")
TEXT, WORKFLOW, STATE, GOLDEN, EXPERT = range(5)


@pytest.fixture
def page(bench: Bench, desk: Desk, qtbot: QtBot) -> EdgeCasesPage:
    made = EdgeCasesPage(bench)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    made.tester = QAbstractItemModelTester(made.model, mode)
    qtbot.addWidget(made)
    desk.changed.connect(made.audit_changed)
    made.audit_opened()
    made.resize(1100, 640)
    made.show()
    return made


def found(desk: Desk, id_: str) -> EdgeCase:
    return desk.audit.edge_cases[EdgeCaseId(id_)]


def test_states_are_counted_on_chips_that_filter(page: EdgeCasesPage) -> None:
    said = [page.chips.button(s.value).text() for s in EdgeCaseState]
    assert said == ["Identified  1", "Labelled  1", "Trained  1", "Validated  2"]
    page.chips.button("validated").click()
    assert page.model.ids == ["ec-battery", "ec-credit"]
    page.chips.button("validated").click()
    assert len(page.model.ids) == 5
    assert page.completeness() == Completeness(2, 5, "2/5")


def test_a_case_is_typed_for_the_workflow_chosen_above(page: EdgeCasesPage, desk: Desk) -> None:
    page.new_for.setCurrentIndex(page.new_for.findData(INVOICES))
    page.new_for.activated.emit(page.new_for.currentIndex())
    model = page.model
    assert model.setData(model.index(len(model.ids), TEXT), "A total in another currency.")
    made = found(desk, model.ids[-1])
    assert made == EdgeCase(INVOICES, "A total in another currency.", found=dt.date(2026, 12, 14))
    assert desk.undo_label.startswith("Change edge case")


def test_a_case_typed_under_a_filter_stays_in_sight(page: EdgeCasesPage) -> None:
    page.chips.button("validated").click()
    model = page.model
    assert model.setData(model.index(len(model.ids), TEXT), "Typed while filtering.")
    assert model.text(len(model.ids) - 1, TEXT) == "Typed while filtering."


def test_the_loop_goes_on_by_state_expert_and_golden_response(
    page: EdgeCasesPage, desk: Desk
) -> None:
    row = page.model.ids.index("ec-bundle")
    assert page.model.put_block(row, STATE, [["done with", "", "Zoë Martin"]])
    made = found(desk, "ec-bundle")
    assert made.state is EdgeCaseState.IDENTIFIED
    assert desk.audit.people[made.expert].name == "Zoë Martin"
    desk.undo()
    assert page.model.put_block(row, STATE, [["labelled"]])
    assert "1 past “identified” without a golden response." in page._lead.text()
    name = desk.audit.people[PersonId("zoe")].name
    assert page.model.put_block(row, GOLDEN, [["Refund the article only.", name]])
    made = found(desk, "ec-bundle")
    assert (made.golden, made.expert) == ("Refund the article only.", "zoe")
    assert "golden" not in page._lead.text()
    assert page.chips.button("labelled").text() == "Labelled  2"


def test_the_golden_response_is_written_beside_the_table(
    page: EdgeCasesPage, desk: Desk, qtbot: QtBot
) -> None:
    page.go_to(Place("edge_cases", key="ec-bundle"))
    assert page.table.current_id == "ec-bundle"
    field = page.details.form._editors["golden"]
    field.setFocus()
    qtbot.keyClicks(field, "Only the article.")
    page.details.form.flush()
    assert found(desk, "ec-bundle").golden == "Only the article."
    assert desk.undo_label == "Change edge case ec-bundle"


def test_a_case_taken_away_leaves_the_details_empty(page: EdgeCasesPage, desk: Desk) -> None:
    page.go_to(Place("edge_cases", key="ec-gift"))
    desk.apply("Remove", records.remove, "edge_cases", ("ec-gift",))
    assert "ec-gift" not in page.model.ids
    for id_ in list(page.model.ids):
        desk.apply("Remove", records.remove, "edge_cases", (id_,))
    assert page.details.area.isHidden()
    assert "what should it have said?" in page._lead.text()
