"""What pages say in few words: whole dates, one wording, figures under their month."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QBoxLayout
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.audit import Audit
from app.domain.checks import checks
from app.domain.findings import FindingKind
from app.domain.landscape import Outcome
from app.domain.planning import Severity
from app.domain.workshop import BeliefVote
from app.store.file import AuditFile
from app.ui.models.comparison import INTERVAL, WORD
from app.ui.models.findings import FindingModel
from app.ui.models.gap.traits import note_of
from app.ui.models.gap.tree import DUE, LEVEL, RESPONSE
from app.ui.models.gap.words import finding_text
from app.ui.models.history.words import relative_text
from app.ui.models.targets import size_text
from app.ui.page import Bench, Place
from app.ui.pages.gaps import GapsPage
from app.ui.widgets.roadmap.chart import month_step
from app.ui.window import Window
from app.words import Words
from tests.ui.conftest import NOW


@pytest.fixture
def page(qtbot: QtBot, bench: Bench) -> GapsPage:
    made = GapsPage(bench)
    qtbot.addWidget(made)
    bench.desk.changed.connect(made.audit_changed)
    made.audit_opened()
    made.resize(1146, 660)
    made.show()
    return made


def test_a_day_is_never_cut_and_blank_columns_give_way(page: GapsPage, desk: Desk) -> None:
    tree = page.list.tree
    day = tree.fontMetrics().horizontalAdvance("28 Sep 2028")
    assert tree.columnWidth(DUE) >= day + 10
    model = page.list.model
    answered = [g for group in model.groups for g in group.gaps if note_of(desk.audit, g).response]
    assert answered
    model.amend(answered, {"response": None})
    tree.scale_columns()
    assert model.is_blank(RESPONSE)
    narrow, level = tree.columnWidth(RESPONSE), tree.columnWidth(LEVEL)
    desk.undo()
    tree.scale_columns()
    assert not model.is_blank(RESPONSE)
    assert tree.columnWidth(RESPONSE) > narrow
    assert tree.columnWidth(LEVEL) < level


def test_a_question_says_how_many_of_its_gaps_are_how_bad(page: GapsPage) -> None:
    model = page.list.model
    mixed = next(g for g in model.groups if g.question and {x.severity for x in g.gaps} > {g.worst})
    worst = sum(gap.severity is mixed.worst for gap in mixed.gaps)
    assert model._face(mixed).counts.startswith(f"{worst} {mixed.worst.value}, ")
    alike = next(g for g in model.groups if g.question and len({x.severity for x in g.gaps}) == 1)
    assert model._face(alike).detail.endswith("workflows")
    assert model._face(alike).counts == ""


def test_the_pane_names_the_severity_that_follows_from_the_answer(page: GapsPage) -> None:
    group = next(g for g in page.list.model.groups if g.worst is Severity.CRITICAL)
    gap = next(g for g in group.gaps if g.severity is Severity.CRITICAL)
    page.list.tree.show_gap(gap.key)
    assert page.list.detail.severity.currentText() == "critical, from the answer"


def test_gaps_of_the_same_question_come_first_to_merge_into(page: GapsPage) -> None:
    group = next(g for g in page.list.model.groups if g.question and len(g.gaps) > 2)
    chosen = group.gaps[0]
    others = len(group.gaps) - 1
    choices = page.list.merge_choices([chosen])
    assert [c.detail for c in choices[:others]] == [str(chosen.question)] * others
    assert page.list._merging([chosen]).startswith(f"Merge {chosen.question}, ")


def test_the_chosen_finding_stands_in_full_below(page: GapsPage, desk: Desk, qtbot: QtBot) -> None:
    tab = page.checkup
    qtbot.waitUntil(lambda: bool(tab.found))
    longest = max(tab.model.rows, key=lambda f: len(tab._sentence(f)))
    tab.table.selectRow(tab.model.rows.index(longest))
    assert finding_text(desk.audit, longest, Words()) in tab.whole.text()


def test_both_lists_of_findings_use_one_wording(desk: Desk, qtbot: QtBot) -> None:
    finding = next(
        f for f in checks(desk.audit, desk.today()) if f.kind is FindingKind.PROOF_INCOMPLETE
    )
    model = FindingModel(desk, Words())
    assert model.sentence(finding) == finding_text(desk.audit, finding, Words())
    assert "seen_by" not in model.sentence(finding)


def test_a_comparison_prints_no_more_than_the_page_of_risk(window: Window, path: Path) -> None:
    window.open_path(path)
    found = next(
        e for w in window.desk.audit.workflows if not (e := window.desk.estimate(w)).withheld
    )
    text = relative_text(found, Words())  # type: ignore[arg-type]
    r = found.relative
    assert text == f"{r.value:.1f} ({r.low:.1f}–{r.high:.1f})"


@pytest.mark.parametrize(
    ("size", "text"), [(1, "1 byte"), (999, "999 bytes"), (41_300, "41 kB"), (1_438_087, "1.4 MB")]
)
def test_a_size_is_read_at_a_glance(size: int, text: str) -> None:
    assert size_text(size, Words()) == text


@pytest.fixture
def path(tmp_path: Path, sample: Audit) -> Path:
    found = tmp_path / "x.plumb"
    AuditFile.create(found, sample, label="Sample", by=None, at=NOW).close()
    return found


def planned(window: Window, path: Path, qtbot: QtBot, page: str) -> None:
    window.open_path(path)
    window.go(Place(page))
    qtbot.waitUntil(
        lambda: window.desk.plan is not None and window.desk.figures_are_current, timeout=60_000
    )


@pytest.mark.parametrize("wide", [270, 420, 900])
def test_figures_stand_under_months_that_are_named(
    window: Window, path: Path, qtbot: QtBot, wide: int
) -> None:
    planned(window, path, qtbot, "roadmap")
    totals, area = window.page.plan.totals, QRectF(0, 0, wide, 20)
    metrics = QFontMetrics(QFont(window.font()))
    texts = ["431.5/432"] * 12
    named = list(range(1, 13, month_step(metrics, area, 12)))
    shown = totals.shown_months(metrics, area, texts)
    assert set(shown) <= set(named)
    room = wide / 12 * shown.step
    assert room >= metrics.horizontalAdvance(texts[0])


def test_what_rests_is_named_beside_the_days_of_the_plan(
    window: Window, tmp_path: Path, sample: Audit, qtbot: QtBot
) -> None:
    paused = next(w for w, r in sorted(sample.workflows.items()) if r.is_active)
    record = replace(sample.workflows[paused], outcome=Outcome.PAUSE, upkeep=3.0)
    workflows = {w: replace(r, upkeep=0.0) for w, r in sample.workflows.items()}
    audit = replace(sample, workflows={**workflows, paused: record})
    path = tmp_path / "paused.plumb"
    AuditFile.create(path, audit, label="Paused", by=None, at=NOW).close()
    planned(window, path, qtbot, "roadmap")
    plan = window.desk.plan
    assert plan is not None
    assert window.page.plan.totals._capacity(plan) == "So far, of 45 + 3 from paused work"


def test_the_room_and_the_answers_are_never_said_to_agree_when_far_apart(
    window: Window, path: Path, qtbot: QtBot
) -> None:
    planned(window, path, qtbot, "risk")
    card, whole = window.page.belief, window.desk.portfolio
    assert whole is not None
    says = {c: 100 * part / whole.risk for c, part in whole.categories.items()}
    low = max(says, key=lambda c: says[c])
    points = {c: says[c] + (says[low] / 2 / (len(says) - 1)) for c in says} | {low: says[low] / 2}
    votes = {"v": BeliefVote(points=points)}
    audit = replace(window.desk.audit, belief_votes=votes)
    card.show_figures(audit, whole)
    title = next(c.title for c in audit.bank.categories if c.id == low)
    assert f"Furthest apart: {title}, " in card.said.text()
    assert "agree" not in card.said.text()


def test_a_narrow_card_of_causes_puts_the_picture_below(
    window: Window, path: Path, qtbot: QtBot
) -> None:
    planned(window, path, qtbot, "risk")
    causes = window.page.causes
    assert causes._row.direction() is QBoxLayout.Direction.TopToBottom
    window.resize(1920, 1080)
    assert causes._row.direction() is QBoxLayout.Direction.LeftToRight


def test_why_there_is_no_range_stands_where_the_range_would(
    window: Window, path: Path, qtbot: QtBot
) -> None:
    planned(window, path, qtbot, "risk")
    table = window.page.table
    row = next(n for n, e in enumerate(table.table.rows) if e.withheld)
    index = table.table.index(row, INTERVAL)
    delegate = table.itemDelegateForColumn(INTERVAL)

    def painted(*, hidden: bool) -> QImage:
        table.setColumnHidden(WORD, hidden)
        image = QImage(300, 30, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        delegate.paint_value(painter, QRectF(0, 0, 300, 30), index)
        painter.end()
        return image

    assert painted(hidden=True) != painted(hidden=False)


@pytest.fixture
def large(window: Window) -> Iterator[Window]:
    """The smallest screen with large letters."""
    window.look.set("contrast", 150)
    yield window
    window.look.set("light", 100)


def test_large_letters_scroll_a_page_instead_of_squeezing_it(
    large: Window, path: Path, qtbot: QtBot
) -> None:
    planned(large, path, qtbot, "roadmap")
    tall = large.fontMetrics().height()
    qtbot.waitUntil(lambda: large.page.plan.table.height() > 14 * tall)
    large.go(Place("context"))
    qtbot.waitUntil(lambda: large.page.table.height() >= 9 * tall)
    qtbot.waitUntil(lambda: large.page.map.height() >= 14 * tall)
    large.go(Place("conditions"))
    full = large.page.map.full_height
    qtbot.waitUntil(lambda: large.page.map.height() >= min(full, 20 * tall))
