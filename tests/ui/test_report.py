"""The report page: pages that follow the audit, lines that lead to what to mend, whole exports."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.progress import Progress, Stopped
from app.desk.reports import export, gathering
from app.domain.audit import Audit
from app.domain.checks import checks
from app.domain.edits import records
from app.domain.ids import WorkflowId
from app.domain.landscape import Workflow
from app.report.data import read_provenance
from app.report.model import Audience
from app.report.request import Request
from app.ui.mending import PAGES, place_of, subject
from app.ui.models.findings import FindingModel
from app.ui.page import Bench, Place
from app.ui.pages.report import ReportPage
from app.ui.widgets.redaction_list import RedactionList
from tests.ui.conftest import NOW

LONG = 60_000
TODAY = NOW.date()


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> Iterator[ReportPage]:
    # A window of its own size: the page's wishes need not reach the platform.
    window = QWidget()
    qtbot.addWidget(window)
    made = ReportPage(bench)
    made.setParent(window)
    for widget in (window, made):
        widget.resize(1140, 640)
    bench.desk.changed.connect(made.audit_changed)
    bench.desk.figures_changed.connect(made.follow_figures)
    made.audit_opened()
    window.show()
    yield made
    window.close()


def test_pages_follow_the_audit_and_the_audience(
    page: ReportPage, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.is_ready, timeout=LONG)
    full, pages = page.preview.strip.count, page.preview.strip._pages
    assert full > 10
    assert page.preview.where.text() == f"Page 1 of {full}"
    desk.apply("Rename", records.amend, "organisation", (), title="Another title")
    assert not page.is_ready
    assert page.preview.state.text()
    page.options.audience.setCurrentIndex(page.options.audience.findData(Audience.EXTERNAL.value))
    qtbot.waitUntil(lambda: page.is_ready, timeout=LONG)
    assert page.preview.strip._pages[0] != pages[0]
    assert not page.preview.state.text()
    assert "Left out" in page.preflight._hides.text()
    page.preflight.exact.click()
    (shown,) = page.preflight.findChildren(RedactionList)
    assert [shown.table.item(0, at).text() for at in (0, 2)] == ["Person", "Person 1"]
    shown.accept()


def test_keys_move_by_pages(page: ReportPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.is_ready, timeout=LONG)
    strip = page.preview.strip
    qtbot.keyClick(strip, Qt.Key.Key_PageDown)
    assert strip.current == 1
    qtbot.keyClick(strip, Qt.Key.Key_End)
    assert strip.current == strip.count - 1
    qtbot.keyClick(strip, Qt.Key.Key_Home)
    assert strip.current == 0


def test_a_line_leads_to_what_it_names(
    page: ReportPage, desk: Desk, bench_places: list[Place], qtbot: QtBot
) -> None:
    findings = checks(desk.audit, TODAY)
    qtbot.waitUntil(lambda: page.preflight.model.rowCount() > 0, timeout=LONG)
    tree = page.preflight.tree
    tree.setCurrentIndex(page.preflight.model.index(0, 0))
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert bench_places == [place_of(desk.audit, findings[0])]


def test_every_finding_has_a_place_and_a_name(sample: Audit) -> None:
    for finding in checks(sample, TODAY):
        assert place_of(sample, finding).page in {*PAGES.values(), "log"}
        assert subject(sample, finding) or not finding.keys


def test_answers_of_a_platform_are_mended_in_a_workflow_that_uses_it(sample: Audit) -> None:
    finding = next(f for f in checks(sample, TODAY) if f.collection == "answers")
    place = place_of(sample, finding)
    assert place.page == "walk"
    assert place.workflow in sample.workflows
    assert place.question == finding.keys[1]


def test_the_list_is_a_sound_model(bench: Bench, desk: Desk, qtmodeltester: object) -> None:
    model = FindingModel(desk, bench.words)
    model.show_findings(checks(desk.audit, TODAY))
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_export_writes_the_whole_file(page: ReportPage, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "out.pdf"
    page.export_to(path)
    qtbot.waitUntil(lambda: page._writing is None, timeout=LONG)
    assert read_provenance(path.read_bytes()).sequence == page.desk.file.head[0]
    assert page.written.open.isVisible()
    assert page.written.path == path


def test_what_goes_wrong_is_a_sentence(
    page: ReportPage, tmp_path: Path, bench_told: list[str], qtbot: QtBot
) -> None:
    page.export_to(tmp_path / "nowhere" / "out.pdf")
    qtbot.waitUntil(lambda: page._writing is None, timeout=LONG)
    assert "could not be written" in bench_told[-1]
    assert not page.written.isVisible()


def test_a_stopped_export_leaves_nothing(page: ReportPage, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "out.pdf"
    page.export_to(path)
    page.cancel_export()
    qtbot.waitUntil(lambda: page._writing is None, timeout=LONG)
    assert not path.exists()
    assert "nothing was written" in page.written.text.text()


@pytest.mark.parametrize("step", range(7))
def test_stopping_at_any_step_leaves_what_stood_there(
    desk: Desk, tmp_path: Path, step: int
) -> None:
    path, progress = tmp_path / "out.json", Progress()
    path.write_text("older")
    if step:
        progress.stepped.connect(lambda done: progress.stop() if done == step else None)
    else:
        progress.stop()
    make = gathering(desk, TODAY)
    if step < 6:
        with pytest.raises(Stopped):
            export(make, Request(date=TODAY), "json", path, progress.tick)
        assert path.read_text() == "older"
    else:
        # The last tick but one comes before the file is written, so this one is too late.
        with pytest.raises(Stopped):
            export(make, Request(date=TODAY), "json", path, progress.tick)
        assert path.read_text().startswith("{")


def test_without_workflows_the_page_says_where_to_start(
    page: ReportPage, desk: Desk, qtbot: QtBot
) -> None:
    def nothing(audit: Audit) -> Audit:
        for workflow in sorted(audit.workflows):
            audit = records.amend(audit, "workflows", (workflow,), in_scope=False)
        return audit

    desk.apply("Leave all out", nothing)
    qtbot.waitUntil(lambda: page.is_ready and desk.figures_are_current, timeout=LONG)
    assert page.preview.add.isVisible()
    assert page.preview.strip.count == 0
    desk.apply("Add", records.put, "workflows", (WorkflowId("new"),), Workflow(name="New"))
    qtbot.waitUntil(lambda: page.is_ready and page.preview.strip.count > 0, timeout=LONG)
