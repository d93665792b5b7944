"""The order by what narrows the range most, good and bad signs, the folded-away wrapper test."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.ids import QuestionId, WorkflowId
from app.domain.risk.asking import ask_next
from app.domain.risk.draws import Draws
from app.domain.statements import wrapper_test
from app.ui.models.walk.ask import Ask
from app.ui.models.walk.place import DISPUTED, OWNERS
from app.ui.page import Bench, Place
from app.ui.pages.walk import WalkPage
from tests.ui.walking import at, shown_page, type_in

IDEA = WorkflowId("rosters")
LONGEST = 10_000


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> WalkPage:
    made = shown_page(bench, qtbot)
    made.go_to(Place("walk", workflow=IDEA))
    return made


def ranked(page: WalkPage, qtbot: QtBot) -> None:
    """Choose the order and wait for the worker."""
    with qtbot.waitSignal(page.board.ranking.ranked, timeout=LONGEST):
        qtbot.mouseClick(page.board.order, Qt.MouseButton.LeftButton)


def shown(page: WalkPage) -> Ask:
    ask = page.ask()
    assert ask
    return ask


def open_by_narrowing(page: WalkPage, desk: Desk) -> list[QuestionId]:
    """What the domain says, of the open questions of the mode."""
    wanted = {a.question.id for a in page.place.in_flow() if not a.is_asked}
    found = ask_next(desk.engine, Draws(desk.engine), desk.case(IDEA), None)
    return list(dict.fromkeys(a.question for a in found if a.question in wanted))


def test_the_questions_follow_what_the_domain_expects_to_narrow_most(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    in_flow = [a.key for a in page.place.found()]
    expected = open_by_narrowing(page, desk)
    assert len(expected) > 2
    ranked(page, qtbot)
    found = [a.question.id for a in page.place.found() if not a.is_asked]
    assert found == expected
    assert shown(page).question.id == expected[0]
    assert sorted(a.key for a in page.place.found()) == sorted(in_flow)
    qtbot.mouseClick(page.board.order, Qt.MouseButton.LeftButton)
    assert [a.key for a in page.place.found()] == in_flow


def test_an_answer_stays_where_it_was_given_and_enter_goes_to_the_best_left(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    ranked(page, qtbot)
    first = shown(page).question.id
    with qtbot.waitSignal(page.board.ranking.ranked, timeout=LONGEST):
        type_in(qtbot, page, "3")
    assert shown(page).question.id == first
    best = open_by_narrowing(page, desk)[0]
    type_in(qtbot, page, "\n")
    assert shown(page).question.id == best
    type_in(qtbot, page, "\b")
    assert shown(page).question.id == first


def test_there_is_no_such_order_for_strips_and_disputes(page: WalkPage, qtbot: QtBot) -> None:
    ranked(page, qtbot)
    page.view(OWNERS)
    assert page.board.order.isHidden()
    assert next(a.question.stage for a in page.place.found()) == "intent_parsing"
    page.view(0)
    page.set_mode(DISPUTED)
    assert page.board.order.isHidden()


def test_no_figure_of_risk_is_shown_until_it_is_unfolded(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    ranked(page, qtbot)
    assert page.side.estimate.isHidden()
    assert page.side.wrapper.isHidden()
    with qtbot.waitSignal(page.board.ranking.ranked, timeout=LONGEST):
        type_in(qtbot, page, "3")
    page.keys.command("estimate")
    assert "Ask next: " in page.side.estimate.text()
    assert " points." in page.side.estimate.text()
    page.step(1)
    assert page.side.estimate.isHidden()
    assert page.side.wrapper.isHidden()


def test_the_wrapper_test_is_folded_away_with_its_five_answers(
    page: WalkPage, desk: Desk, qtbot: QtBot, bench_places: list[Place]
) -> None:
    page.keys.command("estimate")
    test = wrapper_test(desk.case(IDEA))
    words = {True: "yes", False: "no", None: "not known"}
    rows = page.side.wrapper
    said = {part: label.text() for part, label in rows.replies.items()}
    assert said == {part: words[reply] for part, reply in test.answers.items()}
    assert rows.verdict.text() == "Wrapper test: wrapper or partly orchestrated."
    qtbot.mouseClick(rows.ways["policy"], Qt.MouseButton.LeftButton)
    assert shown(page).question.id == "GOV-03"
    page.keys.command("estimate")
    qtbot.mouseClick(rows.ways["state"], Qt.MouseButton.LeftButton)
    assert bench_places == [Place("workflows", workflow=IDEA)]


def test_good_and_bad_sign_stand_beside_what_to_ask_to_see(page: WalkPage, desk: Desk) -> None:
    at(page, IDEA, QuestionId("GOV-03"))
    asked = desk.audit.bank.question(QuestionId("GOV-03"))
    assert asked.good_sign
    assert page.side.good_sign.text.text() == asked.good_sign
    assert page.side.bad_sign.text.text() == asked.bad_sign
    page.side.good_sign.say("")
    assert page.side.good_sign.isHidden()
