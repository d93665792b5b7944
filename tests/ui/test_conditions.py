"""The conditions map: words of each state, what to show, filters and orders."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.answers import Reply, Said
from app.domain.conditions import ConditionState, conditions
from app.domain.edits import answers
from app.domain.ids import QuestionId, Target, WorkflowId
from app.ui.models.cover import MET, NAME
from app.ui.models.register import ENTRY
from app.ui.page import Bench, Place
from app.ui.pages.conditions import ConditionsPage

RETURNS = WorkflowId("returns")


@pytest.fixture
def page(qtbot: QtBot, bench: Bench) -> ConditionsPage:
    made = ConditionsPage(bench)
    qtbot.addWidget(made)
    made.resize(1146, 660)
    made.audit_opened()
    made.show()
    return made


def test_every_cell_says_its_state(page: ConditionsPage, desk: Desk) -> None:
    words = {"met": "met", "said": "said", "not_met": "no", "unknown": "?", "not_asked": "?"}
    for row, id_ in enumerate(page.model.ids):
        found = conditions(desk.audit.bank, desk.case(WorkflowId(id_)))
        for question, state in found.golive.items():
            cell = page.model.cell(row, page.model.column_of(question))
            assert cell.text == words.get(state.value, "n/a")
            assert cell.hatched == (cell.text == "?")
        for question in found.entry:
            assert page.model.column_of(ENTRY + question) >= 0
        of = len(found.golive)
        held = sum(s.is_held for s in found.golive.values())
        assert page.model.cell(row, page.model.column_of(MET)).text == f"{held} of {of}"


def test_the_chosen_cell_says_what_to_show_and_leads_there(
    page: ConditionsPage, qtbot: QtBot, desk: Desk, bench_places: list[Place]
) -> None:
    index = page.model.index(page.model.ids.index(RETURNS), page.model.column_of("RT-01"))
    spot = page.map.visualRect(index).center()
    qtbot.mouseClick(page.map.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    question = desk.audit.bank.question(QuestionId("RT-01"))
    assert page.detail.question.text() == question.text
    assert page.detail.show_what.text() == question.evidence
    assert not bench_places
    qtbot.keyClick(page.map, Qt.Key.Key_Return)
    assert bench_places == [
        Place("walk", workflow=RETURNS, question=question.id, target=Target(RETURNS))
    ]


def test_what_is_not_known_names_who_finds_out(page: ConditionsPage, desk: Desk) -> None:
    place = Target(RETURNS), QuestionId("RT-01")
    person = min(desk.audit.people)
    assert desk.apply("Unknown", answers.settle, *place, Said(Reply.UNKNOWN))
    assert desk.apply("Ask", answers.ask_to_find_out, *place, person, desk.today())
    page.show_audit()
    page.map.show_place(RETURNS, "RT-01")
    assert desk.audit.people[person].name in page.detail.who.text()
    assert page.model.cell(page.model.ids.index(RETURNS), page.model.column_of("RT-01")).detail


def test_chips_filter_by_state_and_by_condition(page: ConditionsPage, qtbot: QtBot) -> None:
    everything = list(page.model.ids)
    live = page.chips.button("live_without_cover")
    qtbot.mouseClick(live, Qt.MouseButton.LeftButton)
    assert 0 < len(page.model.ids) < len(everything)
    states = {page._register.known(WorkflowId(w)).state.value for w in page.model.ids}
    assert states == {"live_without_cover"}
    qtbot.mouseClick(page.chips.button("said"), Qt.MouseButton.LeftButton)
    for id_ in page.model.ids:
        found = page._register.known(WorkflowId(id_)).conditions.golive
        assert ConditionState.SAID in found.values()
    page.go_to(Place("conditions", workflow=WorkflowId(everything[-1])))
    assert page.model.ids == everything
    assert page.map.place is not None
    assert page.map.place[0] == everything[-1]


def test_orders_by_name_and_by_conditions_met(page: ConditionsPage, desk: Desk) -> None:
    page.model.order_by(NAME)
    names = [desk.audit.workflows[WorkflowId(w)].name.casefold() for w in page.model.ids]
    assert names == sorted(names)
    page.map._order(page.model.column_of(MET))
    met = [page._register.known(WorkflowId(w)).met for w in page.model.ids]
    assert met == sorted(met)
    page.map._order(page.model.column_of(MET))
    assert [page._register.known(WorkflowId(w)).met for w in page.model.ids] == sorted(met)[::-1]
    page.map._order(page.model.column_of(MET))
    assert page.model.sorted_by == ""


def test_completeness_counts_conditions_met(page: ConditionsPage) -> None:
    state = page.completeness()
    assert state.of == 12 * len(page.model.ids)
    assert state.done == sum(page._register.known(WorkflowId(w)).met for w in page.model.ids)


def test_many_workflows_are_counted_by_the_worker(
    page: ConditionsPage, qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = {w: k.state for w, k in page._register.all().items()}
    state = page.completeness()
    qtbot.waitUntil(lambda: desk.figures_are_current, timeout=20_000)
    monkeypatch.setattr("app.ui.models.register.FEW", 0)
    page.show_audit()
    assert {w: k.state for w, k in page._register.all().items()} == at_once
    assert page.completeness() == state


def test_the_map_is_a_sound_model(page: ConditionsPage, qtmodeltester: object) -> None:
    qtmodeltester.check(page.model)
