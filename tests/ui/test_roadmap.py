"""The roadmap page: pinning by keys and mouse, refusals in words, decisions, lists and settings."""

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.changes import Change
from app.domain.edits import plan as edits
from app.domain.ids import ActionKey
from app.domain.landscape import Outcome
from app.domain.plan.results import PlannedAction
from app.domain.planning import PlanSettings, plan_month
from app.ui.models.roadmap import DAYS, MONTHS, OWNER, RoadmapModel, roadmap_rows
from app.ui.page import Bench, Place
from app.ui.pages.roadmap import DECIDE, LEFT_OUT, PLAN, RoadmapPage

LONGEST = 30_000
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def settle(qtbot: QtBot, desk: Desk) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: desk.figures_are_current, timeout=LONGEST)


@pytest.fixture
def page(qtbot: QtBot, bench: Bench, settle: Callable[[], None]) -> RoadmapPage:
    made = RoadmapPage(bench)
    qtbot.addWidget(made)
    made.resize(1140, 660)
    made.audit_opened()
    made.show()
    bench.desk.changed.connect(made.audit_changed)
    bench.desk.figures_changed.connect(made.follow_figures)
    settle()
    return made


def choose(page: RoadmapPage, desk: Desk, place: int = 2) -> PlannedAction:
    assert desk.plan
    action = next(a for a in desk.plan.actions[place:] if not a.pinned and not a.done)
    page.plan.show_action(action.key)
    return action


def test_rows_are_phases_with_their_actions(page: RoadmapPage, desk: Desk) -> None:
    assert desk.plan
    rows = page.plan.model.rows
    assert sum(row.action is not None for row in rows) == len(desk.plan.actions)
    heads = [row.phase for row in rows if row.action is None]
    assert heads == sorted(set(heads))
    assert not page.plan.model.flags(page.plan.model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert sum(page.plan.totals.monthly()) == pytest.approx(
        sum(a.effort for a in desk.plan.actions if not a.done)
    )


def test_alt_right_pins_and_the_old_plan_stays_until_the_new_one(
    qtbot: QtBot, page: RoadmapPage, desk: Desk, settle: Callable[[], None]
) -> None:
    action, before = choose(page, desk), desk.plan
    qtbot.keyClick(page.plan.table, Qt.Key.Key_Right, ALT)
    assert desk.audit.plan.pins[action.key] == (action.month or 0) + 1
    assert desk.undo_label == f"Pin {action.title}"
    assert page.status.text() == "Replanning…"
    assert page.plan.model.plan is before
    settle()
    assert page.status.text().startswith("Replanned:")
    assert page.plan.table.current_row.key == action.key
    qtbot.keyClick(page.plan.table, Qt.Key.Key_U)
    assert action.key not in desk.audit.plan.pins


def test_a_drag_pins_to_the_month_under_the_mouse(page: RoadmapPage, desk: Desk) -> None:
    action, table = choose(page, desk), page.plan.table
    place = page.plan.model.place_of(action.key)
    assert place is not None
    assert desk.plan
    box = table.visualRect(page.plan.model.index(place, MONTHS))
    step = box.width() / desk.plan.months

    def spot(month: int) -> QPoint:
        return QPoint(int(box.x() + (month - 0.5) * step), box.center().y())

    month = action.month or 1
    QTest.mousePress(table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot(month))
    QTest.mouseMove(table.viewport(), spot(month + 2))
    assert table.wanted_month(action) == month + 2
    assert action.key not in desk.audit.plan.pins
    QTest.mouseRelease(table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot(month + 2))
    assert desk.audit.plan.pins[action.key] == month + 2


def test_a_pin_that_cannot_be_kept_is_refused_in_words(
    page: RoadmapPage, desk: Desk, settle: Callable[[], None]
) -> None:
    assert desk.plan
    action = max(desk.plan.actions, key=lambda a: a.effort)
    assert action.effort > desk.plan.capacity
    desk.apply("Pin", edits.pin, action.key, 1)
    settle()
    assert "there is not enough capacity until then" in page.plan.refusals.text.text()
    assert action.title in page.plan.refusals.text.text()
    page.plan.refusals.away.click()
    assert action.key not in desk.audit.plan.pins
    assert page.plan.refusals.isHidden() or action.title not in page.plan.refusals.text.text()


def test_beyond_the_last_month_there_is_nothing(
    page: RoadmapPage, desk: Desk, bench_told: list[str]
) -> None:
    action = choose(page, desk)
    page.plan.pin(((action.key, desk.audit.plan.months + 1),))
    assert action.key not in desk.audit.plan.pins
    assert bench_told == ["The plan ends here; nothing was moved."]


def test_letters_leave_out_and_mark_as_done(
    qtbot: QtBot, page: RoadmapPage, desk: Desk, settle: Callable[[], None]
) -> None:
    action = choose(page, desk)
    qtbot.keyClick(page.plan.table, Qt.Key.Key_D)
    assert desk.audit.action_notes[action.key].done
    assert page.plan.card.done.isChecked()
    qtbot.keyClick(page.plan.table, Qt.Key.Key_D)
    assert action.key not in desk.audit.action_notes
    qtbot.keyClick(page.plan.table, Qt.Key.Key_X)
    assert action.key in desk.audit.plan.excluded
    settle()
    assert page.plan.model.place_of(action.key) is None
    page.tabs.setCurrentIndex(LEFT_OUT)
    page.left_out.table.selectRow(page.left_out.model.rows.index(action.key))
    page.back.click()
    assert action.key not in desk.audit.plan.excluded


def test_owner_and_days_can_be_typed_beside_and_in_the_table(page: RoadmapPage, desk: Desk) -> None:
    action, card = choose(page, desk), page.plan.card
    card.owner.setCurrentIndex(1)
    card.owner.activated.emit(1)
    owner = desk.audit.action_notes[action.key].owner
    assert owner == card.owner.itemData(1)
    card.effort.setValue(7.5)
    card.flush()
    assert desk.audit.action_notes[action.key].effort == 7.5
    place = page.plan.model.place_of(action.key)
    assert place is not None
    model = page.plan.model
    assert model.index(place, OWNER).data() == desk.audit.people[owner].name
    assert model.index(place, DAYS).data() == "7.5"
    assert model.setData(model.index(place, DAYS), "3")
    assert desk.audit.action_notes[action.key].effort == 3
    assert not model.setData(model.index(place, DAYS), "many")
    assert model.setData(model.index(place, DAYS), "")
    assert desk.audit.action_notes[action.key].effort is None


def test_the_card_says_consequences_and_leads_to_what_is_needed(
    page: RoadmapPage, desk: Desk
) -> None:
    assert desk.plan
    keys = {a.key for a in desk.plan.actions}
    action = next(a for a in desk.plan.actions if a.conditions_met and keys & set(a.needs))
    page.plan.show_action(action.key)
    does, needs = page.plan.card.texts["does"].text(), page.plan.card.texts["needs"].text()
    assert "Conditions met:" in does
    assert "point" not in does
    first = next(key for key in action.needs if key in keys)
    assert f'href="{first}"' in needs
    page.plan.card.chosen.emit(first)
    assert page.plan.table.current_row.key == first


def test_a_decision_is_one_key_for_all_selected(
    qtbot: QtBot, page: RoadmapPage, desk: Desk, settle: Callable[[], None]
) -> None:
    page.tabs.setCurrentIndex(DECIDE)
    table = page.decide.table
    table.selectAll()
    chosen = table.selected_rows
    qtbot.keyClick(table, Qt.Key.Key_2)
    assert {desk.audit.workflows[w].outcome for w in chosen} == {Outcome.FIX}
    desk.undo()
    table.selectRow(0)
    page.decide.buttons["4"].click()
    assert desk.audit.workflows[chosen[0]].outcome is Outcome.STOP
    settle()
    assert desk.plan
    assert chosen[0] not in desk.plan.after
    qtbot.keyClick(table, Qt.Key.Key_0)
    assert page.completeness().of == len(chosen)


def test_settings_commit_and_a_refused_one_goes_back(
    page: RoadmapPage, desk: Desk, bench_told: list[str]
) -> None:
    page.settings.capacity.setValue(60)
    page.settings.months.setValue(10)
    page.settings.flush()
    assert (desk.audit.plan.capacity, desk.audit.plan.months) == (60, 10)
    page.settings.start.setDate(dt.date(2027, 3, 15))
    page.settings.flush()
    assert desk.audit.plan.start == dt.date(2027, 3, 15)
    page.settings.months.setValue(1)
    page.settings.flush()
    assert desk.audit.plan.months == 10
    assert page.settings.months.value() == 10
    assert "pinned to month" in bench_told[-1]


def test_a_scarce_role_limits_the_plan(page: RoadmapPage, desk: Desk) -> None:
    model = page.roles.model
    name = model.rows[0].name
    assert model.setData(model.index(0, 2), "4.5")
    assert desk.audit.plan.roles[name] == 4.5
    assert not model.setData(model.index(0, 2), "-1")
    place = model.place_of(name)
    assert model.setData(model.index(place, 2), "")
    assert name not in desk.audit.plan.roles


def test_outlook_compares_the_options_and_draws_the_curve(page: RoadmapPage, desk: Desk) -> None:
    rows = page.outlook.options.texts()
    assert [row[0][0] for row in rows] == ["A", "B", "C", "D", "E"]
    assert "live without cover" in rows[0][1]
    assert "within the range" in page.outlook.options_note.text()
    assert page.outlook.gates.texts()[0][0].startswith("G1")
    assert "2027:" in page.outlook.milestones.text()
    assert not page.outlook.curve.isHidden()


def test_an_errand_opens_its_question(
    qtbot: QtBot, page: RoadmapPage, desk: Desk, bench_places: list[Place]
) -> None:
    assert desk.plan
    workflow, question = desk.plan.to_show[0]
    page.errands.table.selectRow(0)
    page.errands.table.setCurrentIndex(page.errands.model.index(0, 0))
    qtbot.keyClick(page.errands.table, Qt.Key.Key_Return)
    assert bench_places == [Place("walk", workflow=workflow, question=question)]


def test_places_and_the_filter(page: RoadmapPage, desk: Desk) -> None:
    action = choose(page, desk)
    page.plan.search.setText("zzz")
    assert not page.plan.model.rows
    page.go_to(Place("roadmap", key=action.key))
    assert page.tabs.currentIndex() == PLAN
    assert page.plan.table.current_row.key == action.key
    workflow = sorted(w for w, r in desk.audit.workflows.items() if r.in_scope)[0]
    page.go_to(Place("roadmap", workflow=workflow))
    assert page.decide.table.current_row == workflow


def test_models_hold_up(page: RoadmapPage, qtmodeltester: object) -> None:
    panes = (page.later, page.errands, page.left_out, page.roles, page.decide)
    for model in (page.plan.model, *(pane.model for pane in panes)):
        qtmodeltester.check(model, force_py=True)


def test_five_hundred_actions_are_rows_without_widgets(
    qtbot: QtBot, page: RoadmapPage, desk: Desk
) -> None:
    from msgspec.structs import replace

    assert desk.plan
    one = desk.plan.actions[0]
    many = tuple(replace(one, key=ActionKey(f"{one.action}/x{n}")) for n in range(500))
    page.plan.show_plan(replace(desk.plan, actions=many))
    assert len(roadmap_rows(many)) == 501
    assert isinstance(page.plan.model, RoadmapModel)
    table = page.plan.table
    assert not table.viewport().findChildren(type(page.plan.card.done))
    assert table.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize(
    ("start", "month", "expected"),
    [
        (dt.date(2027, 1, 11), 1, (2027, 1)),
        (dt.date(2027, 1, 11), 13, (2028, 1)),
        (None, 1, (2027, 1)),
    ],
)
def test_months_of_a_plan(start: dt.date | None, month: int, expected: tuple[int, int]) -> None:
    day = plan_month(PlanSettings(start=start), dt.date(2026, 12, 14), month)
    assert (day.year, day.month, day.day) == (*expected, 1)


def test_an_unchanged_audit_changes_nothing(page: RoadmapPage) -> None:
    before = page.status.text()
    page.follow(tuple[Change, ...]())
    assert page.status.text() == before
