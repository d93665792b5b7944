"""What stands around the views of the walk, and what is shown where there is nothing to walk."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.page import button, label, translate


def framed(*inside: QWidget) -> QWidget:
    """Below each other; the last one takes the room."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(20, 0, 20, 16)
    column.setSpacing(9)
    for part in inside:
        column.addWidget(part)
    column.setStretchFactor(inside[-1], 1)
    return made


def nothing_to_walk(add: Callable[[], object]) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.addStretch(1)
    said = label(translate("Start with one workflow people complain about."), "heading")
    said.setAlignment(Qt.AlignmentFlag.AlignCenter)
    go = button(translate("Add a workflow"), "primary")
    go.clicked.connect(add)
    column.addWidget(said)
    column.addWidget(go, 0, Qt.AlignmentFlag.AlignCenter)
    column.addStretch(2)
    return made
