"""The screen: keys and clicks are replies, a name is a workflow, a lane leads on in one key."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.answers import ScreenReply
from app.domain.ids import WorkflowId
from app.domain.landscape import Outcome
from app.ui.models.lanes import LaneModel
from app.ui.models.screening import ScreenModel
from app.ui.page import Bench, Completeness, Place
from app.ui.pages.screen import ScreenPage
from app.ui.style import Look
from app.words import Words

TENDERS = WorkflowId("tenders")


@pytest.fixture
def page(bench: Bench, desk: Desk, qtbot: QtBot) -> ScreenPage:
    made = ScreenPage(bench)
    qtbot.addWidget(made)
    desk.changed.connect(made.audit_changed)
    made.audit_opened()
    made.resize(1100, 640)
    made.show()
    return made


def replies(desk: Desk, workflow: str) -> str:
    found = desk.audit.screening.get(WorkflowId(workflow))
    return "".join(r.value for _, r in sorted(found.replies.items())) if found else ""


def test_models_behave(desk: Desk, qtbot: QtBot) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    model = ScreenModel(desk, Words())
    lane = LaneModel(desk, Words())
    testers = [QAbstractItemModelTester(model, mode), QAbstractItemModelTester(lane, mode)]
    model.show_audit()
    desk.changed.connect(model.follow)
    lane.show_ids(model.ids[:3])
    assert model.add("Brand new")
    desk.undo()
    assert testers
    assert "Brand new" not in {model.data(model.index(r, 0)) for r in range(model.rowCount())}


def test_a_name_and_eight_keys_screen_a_workflow(
    page: ScreenPage, desk: Desk, qtbot: QtBot
) -> None:
    table = page.table
    table.setCurrentIndex(page.model.index(len(page.model.ids), 0))
    qtbot.keyClicks(table, "S")
    editor = table.viewport().findChild(QLineEdit)
    qtbot.keyClicks(editor, "pare parts")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.model.ids) == 13, timeout=2000)
    new = page.model.ids[-1]
    assert desk.audit.workflows[new].name == "Spare parts"
    assert (table.currentIndex().row(), table.currentIndex().column()) == (12, 1)
    qtbot.keyClicks(table, "yp?nyyny")
    assert replies(desk, new) == "yp?nyyny"
    assert table.currentIndex().row() == 13
    assert page.model.lane(12) == "audit_first"
    assert page.completeness() == Completeness(13, 13)


def test_keys_go_back_empty_and_lead_to_what_is_open(
    page: ScreenPage, desk: Desk, qtbot: QtBot
) -> None:
    row = page.model.ids.index(TENDERS)
    table = page.table
    table.setCurrentIndex(page.model.index(row, 3))
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert replies(desk, TENDERS) == "pnnnn?n"
    assert page.model.lane(row) == ""
    qtbot.keyClick(table, Qt.Key.Key_Backspace)
    assert table.currentIndex().column() == 2
    table.start()
    assert (table.currentIndex().row(), table.currentIndex().column()) == (row, 3)
    assert page.question.text().endswith(desk.audit.bank.screen[2].text)
    desk.undo()
    assert replies(desk, TENDERS) == "pnnnnn?n"


def test_a_click_goes_round_the_replies(page: ScreenPage, qtbot: QtBot) -> None:
    index = page.model.index(0, 1)
    page.table.scrollTo(index)
    centre = page.table.visualRect(index).center()
    seen = []
    for _ in range(5):
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=centre)
        seen.append(page.model.reply(0, 1))
    assert seen == [
        ScreenReply.PARTLY, ScreenReply.NO, ScreenReply.UNKNOWN, None, ScreenReply.YES
    ]  # fmt: skip
    for kind in (
        QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease,
    ):  # fmt: skip
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind, QPointF(centre), page.table.viewport().mapToGlobal(QPointF(centre)),
            left, left, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(page.table.viewport(), event)
    assert page.model.reply(0, 1) is ScreenReply.NO


def test_lanes_order_by_exposure_then_value(page: ScreenPage, desk: Desk) -> None:
    titles = [column.lane.id for column in page.lanes.columns]
    assert titles == [
        lane.id for lane in sorted(desk.audit.bank.lanes, key=lambda lane: lane.show_order)
    ]
    owner_first = page.lanes.columns[titles.index("define_owner_first")]
    assert owner_first.model.ids == ["markdowns", "rosters", "shelves"]
    assert page.label.text() == "Screened, not assessed"


def test_one_key_leads_to_the_audit_or_decides(
    page: ScreenPage, desk: Desk, bench_places: list[Place], qtbot: QtBot
) -> None:
    stop = page.lanes.columns[3].list
    stop.setCurrentIndex(stop.lane_model.index(stop.lane_model.ids.index(TENDERS)))
    before = desk.audit
    qtbot.keyClicks(stop, "s")
    assert desk.audit.workflows[TENDERS].outcome is Outcome.STOP
    assert desk.undo_label == "Stop Facility tender summaries"
    assert stop.chosen == [TENDERS]
    qtbot.keyClicks(stop, "u")
    assert desk.audit.workflows[TENDERS].outcome is Outcome.PAUSE
    qtbot.keyClicks(stop, "u")
    assert desk.audit.workflows[TENDERS].outcome is None
    for _ in range(3):
        desk.undo()
    assert desk.audit == before
    qtbot.keyClicks(stop, "a")
    qtbot.keyClick(stop, Qt.Key.Key_Return)
    assert bench_places == [Place("walk", workflow=TENDERS)] * 2


def test_filters_narrow_and_a_finished_row_stays(
    page: ScreenPage, desk: Desk, qtbot: QtBot
) -> None:
    page.search.setText("tender")
    assert page.model.ids == [TENDERS]
    page.search.clear()
    page.table.setCurrentIndex(page.model.index(0, 1))
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    page.open_only.setChecked(True)
    assert len(page.model.ids) == 1
    page.table.start()
    qtbot.keyClicks(page.table, "y")
    assert len(page.model.ids) == 1
    assert page.table.currentIndex().column() == 2


@pytest.fixture
def large(look: Look) -> Iterator[None]:
    look.set("light", 150)
    yield
    look.set("light", 100)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("width", [820, 1100])
def test_lanes_are_alike_and_no_name_is_cut(page: ScreenPage, width: int) -> None:
    page.resize(width, 700)
    QApplication.processEvents()
    columns = page.lanes.columns
    assert max(c.width() for c in columns) - min(c.width() for c in columns) <= 1
    assert len({c.list.y() for c in columns}) == 1
    for column in columns:
        assert column.name.height() >= column.name.heightForWidth(column.name.width())
        assert column.name.geometry().right() < column.count.geometry().left()
