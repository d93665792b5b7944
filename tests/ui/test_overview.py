"""The overview: the missing-middle map leads to stages, its cards filter and lead to questions."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.conditions import WorkflowState, conditions
from app.domain.edits import records
from app.domain.ids import NOBODY, StageId, WorkflowId
from app.domain.landscape import Mechanism, StageRecord
from app.domain.risk.stages import stage_level
from app.ui.models.matrix import Cell
from app.ui.models.middle import MET, STATE
from app.ui.page import Bench, Place
from app.ui.pages.overview import OverviewPage

RETURNS = WorkflowId("returns")
ROUTING = StageId("routing")


@pytest.fixture
def page(qtbot: QtBot, bench: Bench) -> OverviewPage:
    made = OverviewPage(bench)
    qtbot.addWidget(made)
    made.resize(1146, 660)
    made.audit_opened()
    made.show()
    return made


def cell(page: OverviewPage, workflow: str, column: str) -> Cell:
    return page.model.cell(page.model.ids.index(workflow), page.model.column_of(column))


def test_rows_stand_by_state_then_benefit(page: OverviewPage, desk: Desk) -> None:
    def place(id_: str) -> tuple[int, float, str]:
        case = desk.case(WorkflowId(id_))
        state = conditions(desk.audit.bank, case).state(live=case.workflow.is_live)
        return list(WorkflowState).index(state), -(case.workflow.yearly_benefit or 0), id_

    active = [w for w, record in desk.audit.workflows.items() if record.is_active]
    assert page.model.ids == sorted(active, key=place)
    assert cell(page, page.model.ids[0], STATE).chip == "live_without_cover"


def test_a_cell_opens_its_stage(
    page: OverviewPage, qtbot: QtBot, bench_places: list[Place]
) -> None:
    index = page.model.index(1, page.model.column_of(ROUTING))
    spot = page.map.visualRect(index).center()
    qtbot.mouseClick(page.map.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert bench_places == [Place("walk", workflow=page.model.ids[1], key=ROUTING)]
    qtbot.keyClick(page.map, Qt.Key.Key_Right)
    qtbot.keyClick(page.map, Qt.Key.Key_Return)
    assert bench_places[-1].key == page.model.heads[page.model.column_of(ROUTING) + 1].key


def test_the_count_of_conditions_leads_to_the_conditions(
    page: OverviewPage, bench_places: list[Place]
) -> None:
    page.map.show_place(RETURNS, MET)
    page.map.opened.emit(*page.map.place)
    assert bench_places == [Place("conditions", workflow=RETURNS)]


def test_cells_tell_owner_nobody_and_not_recorded_apart(page: OverviewPage, desk: Desk) -> None:
    def put(record: StageRecord) -> Cell:
        edit = records.put if record != StageRecord() else records.remove
        given = (record,) if edit is records.put else ()
        assert desk.apply("Stage", edit, "stages", (RETURNS, ROUTING), *given)
        page.audit_changed([])
        page.show_audit()
        return cell(page, RETURNS, ROUTING)

    owner = min(desk.audit.people)
    owned = put(StageRecord(owner=owner, mechanism=Mechanism.CODE))
    nobody = put(StageRecord(owner=NOBODY, mechanism=Mechanism.CODE))
    open_ = put(StageRecord())
    level = stage_level(desk.case(RETURNS), ROUTING)
    assert level is not None
    assert owned.fill
    assert owned.text not in ("none", "?")
    assert desk.audit.people[owner].name in owned.said
    assert nobody.text == "none"
    assert open_.hatched
    assert open_.text == "?"


def test_a_missing_stage_says_who_fills_it_by_hand(page: OverviewPage, desk: Desk) -> None:
    desk.apply("Stage", records.put, "stages", (RETURNS, ROUTING), StageRecord(owner=NOBODY))
    page.show_audit()
    stage = next(s for s in desk.audit.bank.stages if s.id == ROUTING)
    assert any(stage.if_missing in line for line in cell(page, RETURNS, ROUTING).tip)


def test_an_entry_question_filters_to_those_that_lack_it(
    page: OverviewPage, qtbot: QtBot, desk: Desk
) -> None:
    everything = list(page.model.ids)
    lacking = {
        w
        for w in everything
        if not conditions(desk.audit.bank, desk.case(WorkflowId(w))).entry["RT-01"].is_held
    }
    row = page.entry.row("entry.RT-01")
    assert f"{len(everything) - len(lacking)} of {len(everything)}" in row.accessibleName()
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert set(page.model.ids) == lacking
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert page.model.ids == everything


def test_what_settles_most_leads_to_its_question(
    page: OverviewPage, qtbot: QtBot, bench_places: list[Place], desk: Desk
) -> None:
    qtbot.waitUntil(lambda: desk.figures_are_current, timeout=20_000)
    page.follow_figures()
    qtbot.waitUntil(page.ask.button.isVisible, timeout=20_000)
    qtbot.mouseClick(page.ask.button, Qt.MouseButton.LeftButton)
    place = bench_places[-1]
    assert place.page == "walk"
    assert desk.audit.bank.question(place.question).text == page.ask.question.text()


def test_to_find_out_names_the_nearest(
    page: OverviewPage, qtbot: QtBot, bench_places: list[Place], desk: Desk
) -> None:
    key = next(iter(page.open._rows))
    question, target = key.split("/")
    qtbot.mouseClick(page.open.row(key), Qt.MouseButton.LeftButton)
    assert (bench_places[-1].question, bench_places[-1].target) == (question, target)
    task = desk.audit.answers[target][question].find_out
    assert task is not None
    assert isinstance(task.by, dt.date)


def test_without_a_workflow_it_says_where_to_start(page: OverviewPage, desk: Desk) -> None:
    def empty(audit: object) -> object:
        for workflow in list(desk.audit.workflows):
            audit = records.remove(audit, "workflows", (workflow,))
        return audit

    assert desk.apply("Empty", empty)
    page.show_audit()
    assert page._shown.currentIndex() == 1
    assert page.model.rowCount() == 0


def test_the_map_is_a_sound_model(page: OverviewPage, qtmodeltester: object) -> None:
    qtmodeltester.check(page.model)
