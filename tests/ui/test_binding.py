"""The Qt binding keeps Python's constants alive: one release did not, on Python 3.11."""

import sys

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

CALLS = 500


def test_a_call_without_a_result_does_not_use_up_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 gave None away once per call and ended the program after some thousands."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.blockSignals(False)
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - CALLS // 2
