"""Gaps recorded in the room on the page of gaps: first, edited in place, closed and taken up."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.ballots import seats
from app.domain.edits.votes import cast_all_dots
from app.domain.ids import GapKey, OwnGapId, PersonId, SessionId
from app.domain.planning import Response, Severity
from app.domain.workshop import DotVote
from app.ui.models.gap.traits import CLOSED
from app.ui.models.gap.tree import DUE, LEVEL, NOTE, OWNER, RESPONSE, SEVERITY
from app.ui.page import Bench
from app.ui.pages.gaps import GapsPage


@pytest.fixture
def page(qtbot: QtBot, bench: Bench) -> GapsPage:
    made = GapsPage(bench)
    qtbot.addWidget(made)
    bench.desk.changed.connect(made.audit_changed)
    made.audit_opened()
    made.resize(1200, 700)
    made.show()
    return made


def test_recorded_gaps_stand_first_and_are_edited_like_the_others(
    page: GapsPage, desk: Desk
) -> None:
    group = page.list.model.groups[0]
    assert group.question is None
    assert {g.key for g in group.gaps} == set(desk.audit.own_gaps)
    assert page.list.model.index(0, 0).data().startswith("Recorded in the room")
    key = GapKey("reply-by-hand")
    row = page.list.model.find(key)
    assert "rewrite it by hand" in row.data()
    assert row.siblingAtColumn(LEVEL).data() == "Complaint reply drafts, Output validation"
    model = page.list.model
    for column, text in ((OWNER, "lan"), (DUE, "2027-02-01"), (RESPONSE, "fix"), (NOTE, "Soon")):
        assert model.put([model.find(key).siblingAtColumn(column)], text)
    assert model.put([model.find(key).siblingAtColumn(SEVERITY)], "")
    kept = desk.audit.own_gaps[OwnGapId(key)]
    assert (kept.owner, kept.due, kept.note) == ("lan", dt.date(2027, 2, 1), "Soon")
    assert kept.response is Response.FIX
    assert kept.severity is Severity.MEDIUM
    assert key not in desk.audit.gap_notes


def test_a_recorded_gap_is_worded_placed_closed_and_taken_up_in_the_pane(
    qtbot: QtBot, page: GapsPage, desk: Desk
) -> None:
    key = GapKey("reply-by-hand")
    before = page.completeness()
    chip = page.list.chips.button("medium").text()
    assert page.list.tree.show_gap(key)
    own = page.list.detail.own
    assert page.list.detail.merge.isHidden()
    assert page.list.detail.go.isHidden()
    own.text.setFocus()
    own.text.setPlainText("Replies are printed and rewritten")
    page.list.tree.setFocus()
    qtbot.waitUntil(
        lambda: desk.audit.own_gaps[OwnGapId(key)].text == "Replies are printed and rewritten"
    )
    own.where.chosen.emit("returns")
    own.stage.chosen.emit("routing")
    kept = desk.audit.own_gaps[OwnGapId(key)]
    assert (kept.target, kept.stage) == ("returns", "routing")
    qtbot.mouseClick(own.close, Qt.MouseButton.LeftButton)
    assert desk.audit.own_gaps[OwnGapId(key)].closed
    assert not page.list.model.find(key).isValid()
    assert page.completeness().of == before.of - 1
    assert page.list.chips.button("medium").text() != chip
    qtbot.mouseClick(page.list.chips.button(CLOSED), Qt.MouseButton.LeftButton)
    assert page.list.tree.show_gap(key)
    qtbot.mouseClick(own.close, Qt.MouseButton.LeftButton)
    assert not desk.audit.own_gaps[OwnGapId(key)].closed
    assert page.completeness().of == before.of


def test_dots_stand_beside_the_gaps_they_were_given_to(page: GapsPage, desk: Desk) -> None:
    session = SessionId("workshop-2")
    key, own = (
        next(g.gaps[0].key for g in page.list.model.groups if g.question),
        GapKey("reply-by-hand"),
    )
    dots = {PersonId("lan"): DotVote({key: 2, own: 3}), PersonId("zoe"): DotVote({key: 1})}
    assert desk.apply("Dots", cast_all_dots, session, dots, seats(desk.audit))
    assert page.list.model.find(key).data().startswith("3 dots")
    assert page.list.model.find(own).data().startswith("3 dots")
