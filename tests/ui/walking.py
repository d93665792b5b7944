"""Hands for the tests of Walk the flow."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.answers import Answer
from app.domain.ids import QuestionId, Target, WorkflowId
from app.ui.page import Bench, Place
from app.ui.pages.walk import WalkPage


def shown_page(bench: Bench, qtbot: QtBot) -> WalkPage:
    """The page in a window of its own, following the desk."""
    made = WalkPage(bench)
    qtbot.addWidget(made)
    made.resize(1100, 660)
    made.audit_opened()
    bench.desk.changed.connect(made.audit_changed)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def at(page: WalkPage, workflow: WorkflowId, question: QuestionId) -> None:
    page.go_to(Place("walk", workflow=workflow, question=question))


def answer(desk: Desk, target: str, question: str) -> Answer:
    return desk.audit.answers.get(Target(target), {}).get(QuestionId(question), Answer())


def type_in(qtbot: QtBot, page: WalkPage, keys: str) -> None:
    """To whatever has the focus, as a person would."""
    for sign in keys:
        to = QApplication.focusWidget() or page.card
        key = {"\n": Qt.Key.Key_Return, "\b": Qt.Key.Key_Backspace, "\t": Qt.Key.Key_Tab}
        if sign in key:
            qtbot.keyClick(to, key[sign])
        else:
            qtbot.keyClicks(to, sign)
