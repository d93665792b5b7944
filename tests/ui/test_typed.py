"""Dates and numbers as people type them, and what becomes of those that are none."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.audit import Audit
from app.store.file import AuditFile
from app.ui.models.gap.tree import DUE
from app.ui.models.typed import read_date, typed_date, typed_number
from app.ui.page import Place
from app.ui.window import Window
from tests.ui.conftest import NOW

MEANT = dt.date(2027, 3, 31)
WRONG = "“31.13.2027” is no date; write it as 2027-03-31. Nothing was changed; type another value."


@pytest.fixture
def habit(request: pytest.FixtureRequest) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    "text",
    ["2027-03-31", " 2027-3-31 ", "31.3.2027", "31.03.27", "31/3/2027", "3/31/2027", "31 Mar 2027",
     "31. März 2027", "31 march 2027", "March 31, 2027", "31st Mar 2027"],
)  # fmt: skip
def test_a_date_is_read_as_it_is_written(text: str) -> None:
    assert typed_date(text) == MEANT


@pytest.mark.parametrize(
    ("habit", "meant"),
    [("en_US", dt.date(2027, 3, 4)), ("en_GB", dt.date(2027, 4, 3)), ("C", None)],
    indirect=["habit"],
)
@pytest.mark.usefixtures("habit")
def test_what_could_be_two_dates_follows_the_system(meant: dt.date | None) -> None:
    assert read_date("3/4/2027") == meant
    assert read_date("3.4.2027") == dt.date(2027, 4, 3)


@pytest.mark.parametrize("text", ["31.13.2027", "soon", "31", "2027", "30 Feb 2027"])
def test_what_is_no_date_is_said_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(
        ValueError, match=f"^“{re.escape(text)}” is no date; write it as 2027-03-31$"
    ):
        typed_date(text)


def test_what_is_no_number_is_said_with_the_way_to_write_it() -> None:
    assert typed_number("1,200.5") == 1200.5
    with pytest.raises(ValueError, match="“many” is no number"):
        typed_number("many")


@pytest.fixture
def opened(window: Window, tmp_path: Path, sample: Audit) -> Window:
    path = tmp_path / "x.plumb"
    AuditFile.create(path, sample, label="Sample", by=None, at=NOW).close()
    window.open_path(path)
    window.activateWindow()
    return window


def test_a_wrong_date_beside_the_gaps_stays_until_it_is_mended(
    opened: Window, qtbot: QtBot
) -> None:
    opened.go(Place("gaps"))
    pane = opened.page.list
    due, note = pane.detail.due, pane.detail.note
    before = opened.desk.audit
    due.setFocus()
    due.selectAll()
    qtbot.keyClicks(due, "31.13.2027")
    note.setFocus()
    assert opened.banner.text == WRONG
    assert due.text() == "31.13.2027"
    assert opened.desk.audit is before
    due.setFocus()
    due.selectAll()
    qtbot.keyClicks(due, "31.3.2027")
    note.setFocus()
    assert due.text() == "2027-03-31"
    due.selectAll()
    due.setFocus()
    qtbot.keyClicks(due, "x")
    pane.tree.show_gap(pane.model.groups[-1].gaps[-1].key)
    assert "x" not in due.text()


def test_a_wrong_date_in_the_tree_of_gaps_stands_in_its_editor_again(
    opened: Window, qtbot: QtBot
) -> None:
    opened.go(Place("gaps"))
    tree = opened.page.list.tree
    tree.setFocus()
    index = tree.currentIndex().siblingAtColumn(DUE)
    tree.setCurrentIndex(index)
    tree.edit(index)
    editor = tree.viewport().findChild(QLineEdit)
    qtbot.keyClicks(editor, "31.13.2027")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.banner.text == WRONG)
    qtbot.waitUntil(lambda: said(tree) == "31.13.2027")


def said(view: object) -> str:
    QApplication.sendPostedEvents(None, 0)
    found = [e for e in view.viewport().findChildren(QLineEdit) if e.isVisible()]
    return found[-1].text() if found else ""


def test_a_wrong_date_of_a_deployment_stands_in_its_editor_again(
    opened: Window, qtbot: QtBot
) -> None:
    opened.go(Place("deployments"))
    table = opened.page.past
    place = [c.field for c in table.records.columns].index("finished")
    index = table.records.index(0, place)
    table.setFocus()
    table.setCurrentIndex(index)
    table.edit(index)
    editor = table.viewport().findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "31.13.2027")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.banner.text == WRONG)
    qtbot.waitUntil(lambda: said(table) == "31.13.2027")


def test_a_wrong_number_in_a_form_stays_in_sight(opened: Window, qtbot: QtBot) -> None:
    opened.go(Place("workflows"))
    form = opened.page.details.form
    name = next(n for n, f in form._kinds.items() if "float" in str(f.type) and n in form._editors)
    field = form._editors[name]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "many")
    opened.page.table.setFocus()
    assert "“many” is no number" in opened.banner.text
    assert field.text() == "many"
