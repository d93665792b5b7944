"""The overview: the missing-middle map leads to stages, its cards filter and lead to questions."""

import datetime as dt

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.charts.frame import initials_of
from app.charts.palette import LEVELS
from app.desk.desk import Desk
from app.domain.answers import Reply, Said
from app.domain.audit import Audit
from app.domain.conditions import WorkflowState, conditions
from app.domain.edits import records
from app.domain.edits.answers import settle
from app.domain.ids import NOBODY, QuestionId, StageId, Target, WorkflowId
from app.domain.landscape import Mechanism, StageRecord, Workflow
from app.domain.risk.asking import Ask
from app.domain.risk.stages import stage_level
from app.ui.models.matrix import Cell
from app.ui.models.middle import MET, STATE
from app.ui.page import Bench, Place
from app.ui.pages.overview import OverviewPage
from app.ui.widgets.matrix.legend import Swatch

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
    assert (open_.text, open_.fill, open_.hatched) == ("?", LEVELS[level], False)
    assert "owner not recorded" in open_.said


def test_a_stage_nobody_was_asked_about_is_hatched(page: OverviewPage, desk: Desk) -> None:
    """Answers and stage records are two records: either one says that somebody was asked."""

    def fresh(audit: Audit) -> Audit:
        return records.put(audit, "workflows", ("new",), Workflow("New one"))

    def face(*said: Said) -> Cell:
        for level in said:
            assert desk.apply("Answer", settle, "new", "RT-01", level, mode="core")
        page.show_audit()
        return cell(page, "new", ROUTING)

    assert desk.apply("Add", fresh)
    open_ = face()
    assert (open_.text, open_.hatched, open_.said) == ("?", True, "not asked")
    unknown = face(Said(Reply.UNKNOWN))
    assert (unknown.text, unknown.hatched, unknown.fill) == ("?", False, "")
    nobody = face(Said(Reply.LEVEL, 0))
    assert (nobody.text, nobody.fill, nobody.hatched) == ("none", LEVELS[0], False)
    assert nobody.said.startswith("nobody owns it")
    informal = face(Said(Reply.LEVEL, 1))
    assert (informal.text, informal.fill) == ("?", LEVELS[1])
    person = min(desk.audit.people)
    assert desk.apply("Own", records.put, "stages", ("new", ROUTING), StageRecord(owner=person))
    assert face().text == initials_of(desk.audit.people[person].name)
    assert "missing" not in nobody.said


def test_the_words_above_the_map_are_those_of_its_legend(page: OverviewPage) -> None:
    words = [s.accessibleName() for s in page.legend.findChildren(Swatch)]
    assert words[-2:] == ["no level yet", "not asked"]
    assert "“?” that no owner is recorded" in page._lead.text()


def test_the_keyboard_goes_to_the_map(
    page: OverviewPage, desk: Desk, qtbot: QtBot, bench_places: list[Place]
) -> None:
    page.activateWindow()
    page.setFocus()
    assert page.map.hasFocus()
    for workflow in list(desk.audit.workflows):
        desk.apply("Remove", records.remove, "workflows", (workflow,))
    page.show_audit()
    page.setFocus()
    assert page.start.hasFocus()
    qtbot.keyClick(page.start, Qt.Key.Key_Return)
    assert bench_places[-1] == Place("workflows")
    assert page.ask.question.text() == "As soon as there is a workflow."


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


def test_until_it_is_known_the_card_says_so(page: OverviewPage, desk: Desk) -> None:
    desk.portfolio = None
    page.audit_opened()
    assert page.ask.question.text() == "Being worked out from the answers."


def test_what_settles_most_names_its_source(page: OverviewPage, desk: Desk) -> None:
    audit = desk.audit
    source = min(audit.sources)
    asked = Ask(QuestionId("SRC-03"), Target(source), 0.2, 0.1)
    page._show_ask(RETURNS, (asked,))
    assert f"Source {audit.sources[source].name}. Ask" in page.ask.about.text()
    page._show_ask(RETURNS, (replace(asked, target=Target(RETURNS)),))
    assert "Its sources together, as none is listed." in page.ask.about.text()
