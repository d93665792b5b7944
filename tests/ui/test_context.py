"""The context page: sources as a table, and a map whose cells put and remove links."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.ids import SourceId, WorkflowId
from app.ui.page import Bench, Place
from app.ui.pages.context import BARE, USUAL, ContextPage

TENDERS = WorkflowId("tenders")
STOCK = SourceId("stock")


@pytest.fixture
def page(qtbot: QtBot, bench: Bench) -> ContextPage:
    made = ContextPage(bench)
    bench.desk.changed.connect(made.audit_changed)
    qtbot.addWidget(made)
    made.resize(1146, 800)
    made.audit_opened()
    made.show()
    return made


def test_a_click_links_and_another_takes_it_out(
    page: ContextPage, qtbot: QtBot, desk: Desk
) -> None:
    page.map.show_place(TENDERS, STOCK)
    spot = page.map.visualRect(page.map.currentIndex()).center()
    qtbot.mouseClick(page.map.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert desk.audit.links[TENDERS][STOCK].importance == USUAL
    qtbot.mouseClick(page.map.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert STOCK not in desk.audit.links.get(TENDERS, {})
    assert "Unlink" in desk.undo_label
    desk.undo()
    assert desk.audit.links[TENDERS][STOCK].importance == USUAL


def test_keys_weigh_and_remove(page: ContextPage, qtbot: QtBot, desk: Desk) -> None:
    page.map.show_place(TENDERS, STOCK)
    for key, wanted in ((Qt.Key.Key_3, 3), (Qt.Key.Key_1, 1), (Qt.Key.Key_Space, None)):
        qtbot.keyClick(page.map, key)
        link = desk.audit.links.get(TENDERS, {}).get(STOCK)
        assert (link.importance if link else None) == wanted
    qtbot.keyClick(page.map, Qt.Key.Key_2)
    qtbot.keyClick(page.map, Qt.Key.Key_Delete)
    assert STOCK not in desk.audit.links.get(TENDERS, {})
    assert page.map.place == (TENDERS, STOCK)


def test_a_weight_keeps_the_note_of_the_link(page: ContextPage, qtbot: QtBot, desk: Desk) -> None:
    workflow, links = next((w, links) for w, links in sorted(desk.audit.links.items()) if links)
    source, before = next(iter(sorted(links.items())))
    page.map.show_place(workflow, source)
    other = 1 if before.importance != 1 else 3
    qtbot.keyClick(page.map, str(other))
    after = desk.audit.links[workflow][source]
    assert (after.importance, after.note) == (other, before.note)


def test_workflows_without_a_source_are_marked_and_can_be_chosen(
    page: ContextPage, qtbot: QtBot, desk: Desk
) -> None:
    bare = {
        w for w, r in desk.audit.workflows.items() if r.is_active and not desk.audit.links.get(w)
    }
    assert bare
    for row, id_ in enumerate(page.model.ids):
        assert (page.model.name(row).tone == "alarm") == (id_ in bare)
    qtbot.mouseClick(page.chips.button(BARE), Qt.MouseButton.LeftButton)
    assert set(page.model.ids) == bare
    state = page.completeness()
    assert (state.of - state.done, state.count) == (len(bare), str(len(desk.audit.sources)))


def test_a_new_source_becomes_a_column(page: ContextPage, desk: Desk) -> None:
    columns = page.model.columnCount()
    page.sources.setData(page.sources.index(len(page.sources.ids), 0), "Price list")
    assert page.model.columnCount() == columns + 1
    assert "Price list" in {s.name for s in desk.audit.sources.values()}


def test_the_filter_finds_workflows_by_source(page: ContextPage, desk: Desk) -> None:
    page.search.setText("stock levels")
    assert page.model.ids
    assert all(STOCK in desk.audit.links[WorkflowId(w)] for w in page.model.ids)
    assert page.sources.ids == [STOCK]


def test_places_lead_to_a_source_and_to_a_workflow(page: ContextPage) -> None:
    page.go_to(Place("context", key=STOCK))
    assert page.table.current_id == STOCK
    page.go_to(Place("context", workflow=TENDERS))
    assert page.map.place is not None
    assert page.map.place[0] == TENDERS


def test_nothing_can_be_linked_without_a_source(page: ContextPage, desk: Desk) -> None:
    page.sources.remove(range(len(page.sources.ids)))
    assert not desk.audit.sources
    assert page._shown.currentIndex() == 1


def test_the_map_is_a_sound_model(page: ContextPage, qtmodeltester: object) -> None:
    qtmodeltester.check(page.model)
