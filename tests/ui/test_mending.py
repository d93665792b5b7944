"""From what is to be mended to the very field, with the keyboard in it."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.audit import Audit
from app.domain.checks import checks
from app.domain.findings import Finding, FindingKind
from app.store.file import AuditFile
from app.ui.models.gap.words import finding_at
from app.ui.page import Page
from app.ui.record_table import RecordTable
from app.ui.window import Window
from tests.ui.conftest import NOW

CELLS = {
    FindingKind.WORKFLOW_WITHOUT_OWNER: ("workflows", "owner"),
    FindingKind.BENEFIT_MISSING: ("workflows", "yearly_benefit"),
    FindingKind.SOURCE_WITHOUT_OWNER: ("context", "owner"),
    FindingKind.POLICY_WITHOUT_OWNER: ("policies", "owner"),
    FindingKind.POLICY_NEVER_TESTED: ("policies", "last_tested"),
    FindingKind.PERSON_WITHOUT_ROLE: ("scope", "role"),
}


def bare(audit: Audit) -> Audit:
    """The sample without owners, tests, roles and benefits."""
    without = {
        name: {k: replace(r, owner=None) for k, r in getattr(audit, name).items()}
        for name in ("sources", "policies", "edge_cases")
        if all(hasattr(r, "owner") for r in getattr(audit, name).values())
    }
    return replace(
        audit,
        **without,
        workflows={
            k: replace(w, owner=None, yearly_benefit=None) for k, w in audit.workflows.items()
        },
        people={k: replace(p, role="") for k, p in audit.people.items()},
        enforcement={
            w: {p: replace(e, last_tested=None) for p, e in group.items()}
            for w, group in audit.enforcement.items()
        },
        organisation=replace(audit.organisation, sponsor=None, day_rate=None, decision_wanted=""),
        plan=replace(audit.plan, start=None),
    )


@pytest.fixture
def opened(window: Window, tmp_path: Path, sample: Audit) -> Window:
    path = tmp_path / "x.plumb"
    AuditFile.create(path, bare(sample), label="Bare", by=None, at=NOW).close()
    window.open_path(path)
    window.activateWindow()
    return window


def one_of_each(window: Window) -> dict[FindingKind, Finding]:
    return {f.kind: f for f in reversed(checks(window.desk.audit, window.desk.today()))}


def test_every_finding_leads_the_keyboard_somewhere(opened: Window) -> None:
    found = one_of_each(opened)
    assert found.keys() >= CELLS.keys()
    for finding in found.values():
        place = finding_at(opened.desk.audit, finding)
        opened.go(place)
        assert opened.page.key == place.page
        assert not isinstance(opened.focusWidget(), Page), finding.kind
        assert opened.page.isAncestorOf(opened.focusWidget()), finding.kind


@pytest.mark.parametrize("kind", CELLS)
def test_a_finding_leads_to_its_field(opened: Window, qtbot: QtBot, kind: FindingKind) -> None:
    finding = one_of_each(opened)[kind]
    opened.go(finding_at(opened.desk.audit, finding))
    table = opened.focusWidget()
    assert isinstance(table, RecordTable)
    page, field = CELLS[kind]
    assert opened.page.key == page
    assert table.records.columns[table.currentIndex().column()].field == field
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editors = [*table.findChildren(QComboBox), *table.findChildren(QLineEdit)]
    assert any(e.isVisible() for e in editors)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(FindingKind.SPONSOR_MISSING, "sponsor"), (FindingKind.DAY_RATE_MISSING, "day_rate")],
)
def test_the_frame_is_mended_in_its_form(opened: Window, kind: FindingKind, name: str) -> None:
    opened.go(finding_at(opened.desk.audit, one_of_each(opened)[kind]))
    assert opened.focusWidget() is opened.page.form._editors[name]


def test_the_start_of_the_plan_is_mended_above_it(opened: Window) -> None:
    finding = one_of_each(opened)[FindingKind.PLAN_START_MISSING]
    opened.go(finding_at(opened.desk.audit, finding))
    assert opened.focusWidget() is opened.page.settings.start
