"""The log: decisions with dissent, parked items, attendance, votes, and the timeline."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.edits import records
from app.domain.ids import DecisionId, ParkingId, PersonId, SessionId, VoteId, WorkflowId
from app.domain.timeline import EventKind
from app.domain.workshop import Dissent, Verdict
from app.ui.models.log.clock import clock_text, clock_value, in_zone_of
from app.ui.models.log.timeline import what_text
from app.ui.page import Bench, Place
from app.ui.pages.log import PARTS, LogPage
from tests.ui.reading import nameless

LAYER, OWNER = DecisionId("service-layer"), DecisionId("pricing-owner")
SECOND = SessionId("workshop-2")
ZOE, TOMAS, PRIYA = PersonId("zoe"), PersonId("tomas"), PersonId("priya")


@pytest.fixture
def page(qtbot: QtBot, bench: Bench) -> LogPage:
    made = LogPage(bench)
    qtbot.addWidget(made)
    bench.desk.changed.connect(made.audit_changed)
    made.audit_opened()
    made.resize(1146, 680)
    made.show()
    return made


# Decisions.


def test_a_decision_is_typed_into_the_register(page: LogPage, desk: Desk) -> None:
    model = page.part("decisions").model
    assert model.setData(model.index(len(model.ids), 0), "Buy nothing before June")
    new = DecisionId(model.ids[-1])
    row = model.ids.index(new)
    assert desk.audit.decisions[new].session == SECOND
    assert model.put_block(row, 1, [["Ingrid Sørbø", "2027-06-01", "yes"]])
    kept = desk.audit.decisions[new]
    assert (kept.owner, kept.due, kept.verdict) == ("ingrid", dt.date(2027, 6, 1), Verdict.YES)
    assert kept.decided == desk.today()
    assert model.put_block(row, 3, [["asked"]])
    assert desk.audit.decisions[new].verdict is None
    assert desk.audit.decisions[new].decided is None
    assert model.text(row, 3) == "asked"


def test_workflows_are_found_by_a_part_of_their_name(
    page: LogPage, desk: Desk, bench_told: list[str]
) -> None:
    model = page.part("decisions").model
    row = model.ids.index(LAYER)
    column = next(n for n, c in enumerate(model.columns) if c.field == "workflows")
    assert model.text(row, column).startswith("Complaint reply drafts; ")
    assert model.put_block(row, column, [["invoice; Store returns triage"]])
    assert desk.audit.decisions[LAYER].workflows == (WorkflowId("invoices"), WorkflowId("returns"))
    assert not model.put_block(row, column, [["no such thing"]])
    assert "no such thing" in bench_told[-1]


def test_the_verdict_is_one_key_and_undo_brings_it_back(
    qtbot: QtBot, page: LogPage, desk: Desk
) -> None:
    tab = page.part("decisions")
    tab.show_record(OWNER)
    before = desk.audit
    qtbot.keyClick(tab.detail.verdicts[Verdict.NO], Qt.Key.Key_Space)
    kept = desk.audit.decisions[OWNER]
    assert (kept.verdict, kept.decided) == (Verdict.NO, desk.today())
    assert tab.detail.verdicts[Verdict.NO].isChecked()
    desk.undo()
    assert desk.audit == before
    assert tab.detail.verdicts[None].isChecked()


def test_dissent_is_kept_with_words_and_consent(
    qtbot: QtBot, page: LogPage, desk: Desk, bench_told: list[str]
) -> None:
    tab = page.part("decisions")
    tab.show_record(LAYER)
    part = tab.detail.dissent
    assert [part.model.text(0, n) for n in (0, 2)] == ["José Luis Peña", "yes"]
    qtbot.keyClicks(part.text, "Too dear.")
    qtbot.keyClick(part.text, Qt.Key.Key_Return)
    assert "needs a person" in bench_told[-1]
    part.who.setCurrentIndex(part.who.findData("zoe"))
    qtbot.keyClick(part.text, Qt.Key.Key_Return)
    assert desk.audit.decisions[LAYER].dissent[-1] == Dissent(ZOE, "Too dear.")
    assert part.text.text() == ""
    ticked = part.model.index(1, 2)
    assert part.model.setData(ticked, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert desk.audit.decisions[LAYER].dissent[-1].consent
    assert not part.model.put_block(1, 0, [[""]])
    assert "It cannot be empty. Nothing was changed" in bench_told[-1]
    assert part.model.remove([0])
    assert [d.person for d in desk.audit.decisions[LAYER].dissent] == [ZOE]


# Parked items.


def test_parked_items_are_typed_done_and_filtered(page: LogPage, desk: Desk) -> None:
    tab = page.show_part("parking")
    model = tab.model
    assert model.setData(model.index(len(model.ids), 0), "Who owns the scanner?")
    new = ParkingId(model.ids[-1])
    assert desk.audit.parking[new].session == SECOND
    assert page.tabs.tabText(1).endswith("3")
    row = model.ids.index(new)
    tick = model.index(row, 1)
    assert model.setData(tick, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert desk.audit.parking[new].done
    tab.chips.choose(["open"])
    tab.chips.changed.emit()
    assert new not in model.ids
    tab.chips.choose(["unowned"])
    tab.chips.changed.emit()
    assert model.ids == [new]


# Sessions and attendance.


def test_presence_is_ticked_and_not_recorded_is_neither(page: LogPage, desk: Desk) -> None:
    tab = page.show_part("sessions")
    model, check = tab.attendance, Qt.ItemDataRole.CheckStateRole
    assert tab.session == SECOND
    cell = model.index(model.ids.index(ZOE), 2)
    assert cell.data(check) == Qt.CheckState.PartiallyChecked
    assert "no quorum" not in tab.quorum.text()
    assert model.setData(cell, Qt.CheckState.Checked, check)
    assert desk.audit.attendance[SECOND][ZOE].present
    assert model.setData(cell, Qt.CheckState.Unchecked, check)
    assert not desk.audit.attendance[SECOND][ZOE].present
    assert cell.data() == "absent"
    assert model.remove([model.ids.index(ZOE)])
    assert ZOE not in desk.audit.attendance[SECOND]


def test_a_time_says_that_one_was_there_a_note_does_not(
    page: LogPage, desk: Desk, bench_told: list[str]
) -> None:
    model = page.show_part("sessions").attendance
    row, came, noted = model.ids.index(ZOE), 3, len(model.columns) - 1
    assert not model.put_block(row, noted, [["Ill"]])
    assert "Tick first" in bench_told[-1]
    assert ZOE not in desk.audit.attendance[SECOND]
    assert model.put_block(row, came, [["1340"]])
    kept = desk.audit.attendance[SECOND][ZOE]
    assert (kept.present, clock_text(kept.arrived)) == (True, "13:40")
    assert not model.put_block(row, came, [["25:00"]])
    assert "not a time" in bench_told[-1]


def test_leaving_moves_the_quorum(qtbot: QtBot, page: LogPage, desk: Desk) -> None:
    tab = page.show_part("sessions")
    tab.people.show_record(TOMAS)
    qtbot.mouseClick(tab.gone, Qt.MouseButton.LeftButton)
    assert desk.audit.attendance[SECOND][TOMAS].left is not None
    assert tab.quorum.text().startswith("4 of 9 are here: no quorum")
    qtbot.mouseClick(tab.here, Qt.MouseButton.LeftButton)
    assert desk.audit.attendance[SECOND][TOMAS].left is None
    qtbot.mouseClick(tab.all_here, Qt.MouseButton.LeftButton)
    assert len(desk.audit.attendance[SECOND]) == 9
    assert not desk.audit.attendance[SECOND][PRIYA].present


def test_a_session_is_started_and_ended_with_snapshots(
    qtbot: QtBot, page: LogPage, desk: Desk, bench_told: list[str]
) -> None:
    tab = page.show_part("sessions")
    qtbot.mouseClick(tab.end, Qt.MouseButton.LeftButton)
    assert "ends before it starts" in bench_told[-1]
    started = dt.datetime(2026, 12, 14, 8)
    desk.apply("x", records.amend, "sessions", (SECOND,), started=started)
    qtbot.mouseClick(tab.end, Qt.MouseButton.LeftButton)
    assert desk.audit.sessions[SECOND].ended is not None
    qtbot.waitUntil(lambda: len(desk.audit.snapshots) == 1)
    assert tab.model.setData(tab.model.index(len(tab.model.ids), 0), "Third")
    third = SessionId(tab.model.ids[-1])
    assert desk.audit.sessions[third].date == desk.today()
    tab.table.show_record(third)
    assert tab.start.isVisibleTo(tab)
    qtbot.mouseClick(tab.start, Qt.MouseButton.LeftButton)
    assert desk.audit.sessions[third].started == desk.now()
    qtbot.waitUntil(lambda: len(desk.audit.snapshots) == 2)
    names = {s.name for s in desk.audit.snapshots.values()}
    assert names == {"After Workshop, back office", "Before Third"}


def test_agenda_and_times_are_typed_in_the_form(qtbot: QtBot, page: LogPage, desk: Desk) -> None:
    tab = page.show_part("sessions")
    started = tab.form._editors["started"]
    started.selectAll()
    qtbot.keyClicks(started, "12:50")
    qtbot.keyClick(started, Qt.Key.Key_Return)
    assert clock_text(desk.audit.sessions[SECOND].started) == "12:50"
    agenda = tab.form._editors["agenda"]
    assert "Pricing" in agenda.text()
    agenda.setPlainText("20 Pricing\n\nDecisions ")
    tab.form.flush()
    kept = desk.audit.sessions[SECOND].agenda
    assert [(box.minutes, box.title) for box in kept] == [(20, "Pricing"), (0, "Decisions")]


@pytest.mark.parametrize(
    ("text", "clock"), [("9", "09:00"), ("9:05", "09:05"), ("09.05", "09:05"), ("1740", "17:40")]
)
def test_times_are_read_as_people_type_them(text: str, clock: str) -> None:
    day = dt.date(2026, 12, 14)
    found = clock_value(text, day, None)
    assert found is not None
    assert found.tzinfo is not None
    assert clock_text(found) == clock
    assert clock_value(text, day, dt.datetime(2026, 12, 14)) == found.replace(tzinfo=None)
    assert clock_value(" ", day, None) is None
    assert in_zone_of(found, found) == found


# Votes.


def test_votes_stand_by_question_with_median_and_range(page: LogPage) -> None:
    tab = page.show_part("votes")
    assert [r.poll.question for r in tab.model.rows] == ["RT-01", "OV-02", "ADO-03"]
    assert tab.model.rows[0].said == "median 1, range 0 to 3"
    tab.show_record("vote-3")
    assert tab.place.text().startswith("ADO-03")


def test_where_we_disagreed_leads_to_the_question(
    qtbot: QtBot, page: LogPage, bench_places: list[Place]
) -> None:
    tab = page.show_part("votes")
    qtbot.waitUntil(lambda: bool(tab.apart.rows))
    found = tab.apart.rows[0].found
    assert found.high - found.low >= 2
    tab.apart_table.setCurrentIndex(tab.apart.index(0, 0))
    qtbot.keyClick(tab.apart_table, Qt.Key.Key_Return)
    assert bench_places == [Place("walk", question=found.question)]


# Timeline.


def test_the_timeline_follows_newest_first(qtbot: QtBot, page: LogPage, desk: Desk) -> None:
    tab = page.show_part("timeline")
    first = len(tab.model.rows)
    moments = [r.when for r in tab.model.rows]
    assert moments == sorted(moments, reverse=True)
    tab.table.setCurrentIndex(tab.model.index(3, 0))
    kept = tab.table.current_row
    desk.apply("Call it so", lambda a: records.amend(a, "organisation", (), title="So"))
    assert len(tab.model.rows) == first + 1
    assert tab.table.current_row == kept
    assert "Call it so" in {r.record.label for r in tab.model.rows if r.kind is EventKind.EDIT}


def test_chips_choose_the_kinds(page: LogPage, desk: Desk) -> None:
    tab = page.show_part("timeline")
    tab.chips.choose(["votes", "decisions"])
    tab.chips.changed.emit()
    kinds = {r.kind for r in tab.model.rows}
    assert kinds == {EventKind.VOTE, EventKind.DECISION, EventKind.CONFIRMATION}
    votes = [r for r in tab.model.rows if r.keys == (VoteId("vote-1"),)]
    assert what_text(desk.audit, votes[0], page.words).startswith("RT-01 for Store returns triage")


def test_an_event_leads_to_its_record(
    qtbot: QtBot, page: LogPage, bench_places: list[Place]
) -> None:
    tab = page.show_part("timeline")
    row = next(n for n, r in enumerate(tab.model.rows) if r.kind is EventKind.DECISION)
    tab.table.setCurrentIndex(tab.model.index(row, 0))
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert bench_places == [Place("log", key=tab.model.rows[row].keys[0])]


def test_a_long_journal_is_read_in_parts(
    qtbot: QtBot, page: LogPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(9):
        desk.apply(f"Edit {n}", lambda a, n=n: records.amend(a, "organisation", (), note=str(n)))
    monkeypatch.setattr("app.ui.widgets.log.timeline.SLICE", 4)
    tab = page.show_part("timeline")
    qtbot.waitUntil(lambda: tab.is_ready and page.is_ready)
    labels = [r.record.label for r in tab.model.rows if r.kind is EventKind.EDIT]
    assert labels == ["Edit 8", *(f"Edit {n}" for n in range(7, -1, -1)), "Sample audit"]


# The page.


@pytest.mark.parametrize(
    ("key", "part"),
    [("parking", "parking"), ("tablet", "parking"), ("workshop-1", "sessions"),
     ("vote-2", "votes"), ("service-layer", "decisions"), ("timeline", "timeline")],
)  # fmt: skip
def test_a_place_names_a_list_or_a_record(page: LogPage, key: str, part: str) -> None:
    page.go_to(Place("log", key=key))
    assert list(PARTS)[page.tabs.currentIndex()] == part


def test_a_record_without_a_list_is_said(page: LogPage, bench_told: list[str]) -> None:
    page.go_to(Place("log"))
    assert bench_told == []
    page.go_to(Place("log", key="no-such"))
    assert "no page yet" in bench_told[-1]


def test_hidden_lists_catch_up_when_they_are_looked_at(page: LogPage, desk: Desk) -> None:
    model = page.show_part("parking").model
    page.show_part("decisions")
    gone = next(iter(model.ids))
    desk.apply("x", records.remove, "parking", (gone,))
    page.show_part("parking")
    assert gone not in model.ids


def test_the_models_are_sound(qtbot: QtBot, page: LogPage, desk: Desk) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    for key in PARTS:
        page.show_part(key)
    decisions, sessions, votes = (page.part(k) for k in ("decisions", "sessions", "votes"))
    models = [
        decisions.model, decisions.detail.dissent.model, page.part("parking").model,
        sessions.model, sessions.attendance, votes.model, votes.apart,
        page.part("timeline").model,
    ]  # fmt: skip
    testers = [QAbstractItemModelTester(model, mode) for model in models]
    qtbot.waitUntil(lambda: bool(votes.apart.rows))
    for key in PARTS:
        page.show_part(key)
        desk.apply("x", records.remove, "sessions", (SECOND,))
        desk.undo()
        desk.apply("y", records.remove, "decisions", (LAYER,))
        desk.undo()
    assert len(testers) == 8


def test_completeness_counts_what_was_taken(page: LogPage) -> None:
    found = page.completeness()
    assert (found.done, found.of) == (2, 5)


def test_every_widget_that_takes_the_focus_has_a_name(page: LogPage) -> None:
    for key in PARTS:
        page.show_part(key)
    assert nameless(page) == []
