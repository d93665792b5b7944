"""The report page: pages that follow the audit, lines that lead to what to mend, whole exports."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import typst
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.progress import Progress, Stopped
from app.desk.reports import export, gathering
from app.desk.settings import Settings
from app.domain.audit import Audit
from app.domain.checks import checks
from app.domain.edits import records
from app.domain.ids import WorkflowId
from app.domain.landscape import Workflow
from app.report.contents import KEYS, USUAL
from app.report.data import read_provenance
from app.report.formats import RENDER
from app.report.model import Audience, PageSize
from app.report.request import Request
from app.ui.mending import PAGES, place_of, subject
from app.ui.models.findings import FindingModel
from app.ui.models.targets import size_text
from app.ui.models.ticks import TickModel
from app.ui.page import Bench, Place
from app.ui.pages.report import ReportPage
from app.ui.widgets.report.brand_choice import BrandChoice
from app.ui.widgets.report.contents import ReportContents
from app.ui.widgets.report.redaction_list import RedactionList
from app.words import Words
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
    rows = shown.rows
    assert [rows.index(0, at).data() for at in (0, 2)] == ["Person", "Person 1"]
    names = {rows.index(row, 1).data() for row in range(rows.rowCount())}
    assert {person.name for person in desk.audit.people.values()} <= names
    shown.search.setText("left out")
    assert 0 < rows.rowCount() < rows.count
    shown.accept()


def test_nothing_is_typeset_in_the_windows_own_process(
    page: ReportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The typesetter would keep every page it ever made for as long as the window is open."""
    monkeypatch.delattr(typst, "compile")
    qtbot.waitUntil(lambda: page.is_ready, timeout=LONG)
    assert page.preview.strip.count > 10


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
    assert size_text(len(path.read_bytes()), Words()) in page.written.text.text()
    assert re.search(r"\b\d+ pages\b", page.written.text.text())
    assert page.written.place.toolTip() == str(tmp_path)


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
            export(make, Request(date=TODAY), "json", path, desk.press, progress)
        assert path.read_text() == "older"
    else:
        # The last tick but one comes before the file is written, so this one is too late.
        with pytest.raises(Stopped):
            export(make, Request(date=TODAY), "json", path, desk.press, progress)
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


def tick(model: TickModel, name: str) -> None:
    """As a click on the box before it."""
    at = next(n for n in range(model.rowCount()) if model.index(n).data() == name)
    index = model.index(at)
    is_on = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
    state = Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked
    assert model.setData(index, state.value, Qt.ItemDataRole.CheckStateRole)


@pytest.fixture
def contents(page: ReportPage) -> ReportContents:
    return page.options.contents


def test_untouched_the_usual_report_is_asked_for(page: ReportPage) -> None:
    assert page.options.request == Request(date=TODAY)
    assert page.options.kind == "pdf"
    assert not page.preview.note.text()


def test_parts_are_ticked_by_their_titles(page: ReportPage, contents: ReportContents) -> None:
    assert not contents.usual.isEnabled()
    tick(contents.parts.model, "Glossary")
    tick(contents.parts.model, "Owner sheet")
    expected = (USUAL | {"sheets"}) - {"glossary", "workflow"}
    assert page.options.request.sections == expected
    contents.usual.click()
    assert page.options.request.sections is None
    assert contents.parts.model.count == len(KEYS) - 1


def test_workflows_get_a_page_of_their_own(
    page: ReportPage, contents: ReportContents, desk: Desk
) -> None:
    names = {w: record.name for w, record in desk.audit.workflows.items()}
    tick(contents.workflows.model, "Invoice matching")
    (chosen,) = page.options.request.workflows
    assert names[chosen] == "Invoice matching"
    assert page.options.request.sections is None
    tick(contents.parts.model, "Glossary")
    assert "workflow" in page.options.request.sections
    desk.apply("Pause", records.amend, "workflows", (chosen,), in_scope=False)
    assert page.options.request.workflows == ()
    assert "workflow" not in page.options.request.sections
    contents.first.click()
    assert len(page.options.request.workflows) == min(12, contents.workflows.model.count)


def test_a_filter_hides_names_and_keeps_ticks(qtmodeltester: object) -> None:
    model = TickModel()
    model.show_entries([(f"w-{n}", f"Workflow {n}") for n in range(3000)])
    model.tick(["w-7"])
    model.search("workflow 299")
    assert model.rowCount() == 13
    assert model.ticked == {"w-7"}
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_language_and_page_are_part_of_what_is_asked_for(
    page: ReportPage, contents: ReportContents
) -> None:
    language = page.options.language
    assert language.itemText(0) == "As recorded: English"
    language.setCurrentIndex(language.findText("German"))
    contents.page.setCurrentIndex(1)
    assert page.options.request == Request(page=PageSize.LETTER, date=TODAY, language="de")


def test_a_brand_is_read_and_remembered(
    page: ReportPage, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "brand.json").write_text(
        json.dumps({"name": "Northwind", "page": "letter", "language": "de"})
    )
    chosen = page.options.contents.brand
    chosen.read(tmp_path)
    request = page.options.request
    assert (request.brand.name, request.page) == ("Northwind", PageSize.LETTER)
    assert page.options.language.itemText(0) == "As the brand: German"
    assert "Northwind" in chosen.name.text()
    assert BrandChoice(settings).brand == request.brand
    chosen.without.click()
    assert page.options.request.brand == Request().brand
    assert settings.brand is None


def test_a_wrong_brand_is_a_line_that_says_what_to_do(
    page: ReportPage, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "brand.json"
    file.write_text(json.dumps({"colour": "red"}))
    chosen = page.options.contents.brand
    chosen.read(tmp_path)
    assert "colour" in chosen.trouble.text()
    assert "read it again" in chosen.name.text()
    assert page.options.request.brand == Request().brand
    file.write_text(json.dumps({"name": "Northwind"}))
    chosen.again.click()
    assert page.options.request.brand.name == "Northwind"
    assert not chosen.trouble.text()
    assert settings.brand == tmp_path


def test_every_format_is_written_as_chosen(
    page: ReportPage,
    contents: ReportContents,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Into a file with its own ending, and what was read back stands on the row."""
    contents.parts.model.tick(["roadmap"])
    first = {"html": b"<!", "json": b"{"}
    assert set(page.options.formats) == set(RENDER)
    for kind in sorted(set(RENDER) - {"pdf"}):
        path = tmp_path / kind
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, p=path, **_k: (str(p), ""))
        page.options.format.setCurrentIndex(page.options.format.findData(kind))
        assert "preview shows the PDF" in page.preview.note.text()
        page.options.export.click()
        qtbot.waitUntil(lambda: page._writing is None, timeout=LONG)
        written = page.written.path
        assert written.name == f"{kind}.{'zip' if kind == 'csv' else kind}"
        body = written.read_bytes()
        assert body.startswith(first.get(kind, b"PK"))
        assert size_text(len(body), Words()) in page.written.text.text()
        assert ("slides" in page.written.text.text()) is (kind == "pptx")
    assert "gaps.csv" in zipfile.ZipFile(tmp_path / "csv.zip").namelist()


def test_another_ending_never_replaces_a_file_unasked(
    page: ReportPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "old.docx.json"
    there.write_text("older")
    asked: list[str] = []

    def answer(_page: QWidget, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(start)
        return (str(tmp_path / "old.docx") if len(asked) == 1 else ""), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    page.options.format.setCurrentIndex(page.options.format.findData("json"))
    page.options.export.click()
    assert asked[1] == str(there)
    assert there.read_text() == "older"
    assert page._writing is None


def test_the_choice_unfolds_in_place_of_the_checks_or_beside_them(
    page: ReportPage, contents: ReportContents, settings: Settings, bench: Bench, qtbot: QtBot
) -> None:
    assert page.preflight.isVisible()
    assert not contents.isVisible()
    page.options.more.click()
    assert contents.isVisible()
    assert not page.preflight.isVisible()
    assert settings.report_is_unfolded
    assert ReportPage(bench).options.more.isChecked()
    page.resize(3000, 900)
    assert page.preflight.isVisible()
    page.options.more.click()
    assert not contents.isVisible()


def test_another_audit_starts_with_the_usual_report(
    page: ReportPage, contents: ReportContents, desk: Desk, tmp_path: Path, sample: Audit
) -> None:
    contents.first.click()
    tick(contents.parts.model, "Glossary")
    page.options.language.setCurrentIndex(1)
    desk.close()
    desk.create(tmp_path / "other.plumb", sample, "Other")
    page.audit_opened()
    assert page.options.request == Request(date=TODAY)
