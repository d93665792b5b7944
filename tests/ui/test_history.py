"""The history page: the journal, undo by its label, snapshots, and what moved since."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.answers import Reply, Said
from app.domain.edits import answers, records
from app.domain.gaps import gaps
from app.domain.history import EntryKind
from app.domain.ids import QuestionId, SnapshotId, Target
from app.domain.landscape import Lifecycle
from app.domain.promises import Fate
from app.domain.replies import active_cases
from app.domain.workshop import Snapshot
from app.ui.page import Bench, Place
from app.ui.pages.history import HistoryPage
from tests.ui.reading import nameless


@pytest.fixture
def page(qtbot: QtBot, bench: Bench) -> HistoryPage:
    made = HistoryPage(bench)
    qtbot.addWidget(made)
    bench.desk.changed.connect(made.audit_changed)
    made.audit_opened()
    made.resize(1200, 700)
    made.show()
    return made


def rename(desk: Desk, title: str) -> None:
    desk.apply(f"Call it {title}", lambda a: records.amend(a, "organisation", (), title=title))


def kept(qtbot: QtBot, page: HistoryPage, desk: Desk, name: str) -> SnapshotId:
    before = set(desk.audit.snapshots)
    page.tabs.setCurrentWidget(page.snapshots)
    page.snapshots.name.setText(name)
    qtbot.keyClick(page.snapshots.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: set(desk.audit.snapshots) != before)
    return next(iter(set(desk.audit.snapshots) - before))


def test_the_journal_stands_newest_first_and_follows(page: HistoryPage, desk: Desk) -> None:
    rename(desk, "One")
    rename(desk, "Two")
    labels = [e.label for e in page.journal.model.rows]
    assert labels[:3] == ["Call it Two", "Call it One", "Sample audit"]
    assert page.tabs.tabText(0).endswith("3")


def test_undo_and_redo_stand_under_their_labels(
    qtbot: QtBot, page: HistoryPage, desk: Desk
) -> None:
    assert not page.journal.undo.isEnabled()
    before = desk.audit.organisation.title
    rename(desk, "One")
    assert page.journal.undo.text() == "Undo: Call it One"
    qtbot.mouseClick(page.journal.undo, Qt.MouseButton.LeftButton)
    assert desk.audit.organisation.title == before
    assert page.journal.redo.text() == "Redo: Call it One"
    assert page.journal.model.rows[0].kind is EntryKind.UNDO
    qtbot.mouseClick(page.journal.redo, Qt.MouseButton.LeftButton)
    assert desk.audit.organisation.title == "One"


def test_the_models_are_sound(qtbot: QtBot, page: HistoryPage, desk: Desk) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    pane = page.snapshots.pane
    for table in (page.journal.table, page.snapshots.table, pane.moves, pane.gaps, pane.answers):
        QAbstractItemModelTester(table.table, mode)
    rename(desk, "One")
    kept(qtbot, page, desk, "Morning")
    desk.undo()


def test_a_snapshot_is_kept_and_renamed(qtbot: QtBot, page: HistoryPage, desk: Desk) -> None:
    id_ = kept(qtbot, page, desk, "Morning")
    assert desk.audit.snapshots[id_].name == "Morning"
    assert desk.file.snapshot_body(desk.audit.snapshots[id_].body)
    model = page.snapshots.model
    assert model.setData(model.index(0, 0), "Before lunch")
    assert desk.audit.snapshots[id_].name == "Before lunch"
    assert not model.setData(model.index(0, 0), "  ")


def test_the_comparison_tells_what_closed_and_what_moved(
    qtbot: QtBot, page: HistoryPage, desk: Desk
) -> None:
    kept(qtbot, page, desk, "Morning")
    found = gaps(desk.audit, active_cases(desk.audit, desk.today()))
    gap = next(
        g
        for g in found
        if g.target in desk.audit.workflows and g.target not in desk.audit.confirmations
    )
    desk.apply("x", answers.settle, gap.target, gap.question, Said(Reply.LEVEL, 4))
    active = sorted(w for w, record in desk.audit.workflows.items() if record.is_active)
    paused = next(w for w in active if w != gap.target)
    desk.apply("y", lambda a: records.amend(a, "workflows", (paused,), lifecycle=Lifecycle.PAUSED))
    pane = page.snapshots.pane
    qtbot.waitUntil(lambda: len(pane.answers.table.rows) == 1 and bool(pane.records.table.rows))
    said = [m.gap.key for m in pane.gaps.table.rows if m.kind == "said"]
    assert said == [gap.key], "said, not shown: nothing is closed by that"
    assert not [m for m in pane.gaps.table.rows if m.kind == "closed"]
    assert pane._cards["closed"][1].text() == "0"
    assert paused in {m.workflow for m in pane.moves.table.rows if m.after is None}
    assert [r.after for r in pane.records.table.rows] == ["paused"]


def test_nothing_differs_from_a_moment_ago(qtbot: QtBot, page: HistoryPage, desk: Desk) -> None:
    kept(qtbot, page, desk, "Morning")
    qtbot.waitUntil(lambda: page.snapshots.said.text().startswith("Nothing differs"))


def test_two_snapshots_are_compared_with_each_other(
    qtbot: QtBot, page: HistoryPage, desk: Desk
) -> None:
    first = kept(qtbot, page, desk, "Morning")
    rename(desk, "Another")
    second = kept(qtbot, page, desk, "Evening")
    tab = page.snapshots
    for box, id_ in ((tab.earlier, first), (tab.later, second)):
        box.setCurrentIndex(box.findData(id_))
        box.chosen.emit(id_)
    qtbot.waitUntil(lambda: [r.what for r in tab.pane.records.table.rows] == ["1 changed"])
    rename(desk, "Third")
    assert (tab.earlier.text(), tab.later.text()) == (first, second)


def test_a_changed_answer_leads_to_its_question(
    qtbot: QtBot, page: HistoryPage, desk: Desk, bench_places: list[Place]
) -> None:
    kept(qtbot, page, desk, "Morning")
    workflow = next(w for w in sorted(desk.audit.workflows) if w not in desk.audit.confirmations)
    question = sorted(desk.audit.answers[workflow])[0]
    desk.apply("x", answers.settle, workflow, question, Said(Reply.UNKNOWN))
    table = page.snapshots.pane.answers
    qtbot.waitUntil(lambda: bool(table.table.rows))
    page.snapshots.pane.tabs.setCurrentWidget(table)
    table.setCurrentIndex(table.table.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert bench_places == [Place("walk", workflow=workflow, question=question, target=workflow)]


def test_a_snapshot_without_its_body_says_so(page: HistoryPage, desk: Desk) -> None:
    lost = Snapshot("Lost", desk.now(), 1, "0" * 64)
    desk.apply("x", records.put, "snapshots", ("s1",), lost)
    page.go_to(Place("history", key="s1"))
    assert page.snapshots.said.text()
    assert not page.snapshots.pane.isVisible()


def test_every_widget_that_takes_the_focus_has_a_name(page: HistoryPage) -> None:
    assert nameless(page) == []


def test_before_and_after_is_drawn_at_every_height(
    qtbot: QtBot, page: HistoryPage, desk: Desk
) -> None:
    kept(qtbot, page, desk, "Morning")
    workflow = next(w for w, r in sorted(desk.audit.workflows.items()) if r.is_active)
    said = Said(Reply.LEVEL, 0)
    desk.apply("Answer", answers.settle, Target(workflow), QuestionId("RT-01"), said, reason="r")
    pane = page.snapshots.pane
    qtbot.waitUntil(lambda: bool(pane.moves.table.rows))
    pane.tabs.setCurrentIndex(pane.tabs.count() - 1)
    assert pane.slope.isVisible()
    for height in range(420, 700, 7):
        page.resize(1100, height)
    assert "1 workflows that moved" in pane.slope.view.accessibleDescription()


def test_promises_stand_first_and_by_owner(qtbot: QtBot, page: HistoryPage, desk: Desk) -> None:
    audit = desk.audit
    promised = {n.owner for n in audit.gap_notes.values() if n.owner}
    assert promised
    kept(qtbot, page, desk, "Workshop")
    open_gap = next(iter(sorted(k for k, g in audit.own_gaps.items() if g.owner)))
    desk.apply("Close it", lambda a: records.amend(a, "own_gaps", (open_gap,), closed=True))
    pane = page.snapshots.pane
    qtbot.waitUntil(lambda: any(p.fate is Fate.KEPT for p in pane.promises.table.rows))
    rows = pane.promises.table.rows
    assert pane.first.text().startswith(f"1 of {len(rows)} promises kept")
    names = [audit.people[p.owner].name for p in rows]
    assert names == sorted(names, key=str.casefold)
    recorded = next(p for p in rows if p.is_recorded)
    texts = [c.text(recorded) for c in pane.promises.table.columns]
    assert texts[1] == audit.own_gaps[open_gap].text
    assert texts[4] == "kept"
    assert pane.tabs.tabText(pane.tabs.indexOf(pane.promises)).startswith("Promises")
