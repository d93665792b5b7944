"""The page of gaps: grouped, filtered, edited together, merged, and jumped from."""

import datetime as dt

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.answers import Reply, Said
from app.domain.edits import answers, records
from app.domain.gaps import gaps
from app.domain.ids import GapKey, Target
from app.domain.planning import GapNote, Response, Severity
from app.domain.replies import active_cases
from app.ui.models.gap.traits import MERGED, NO_OWNER, QuestionGaps, passes
from app.ui.models.gap.tree import DUE, NOTE, OWNER, RESPONSE, SEVERITY, TARGET
from app.ui.page import Bench, Place
from app.ui.pages.gaps import GapsPage
from tests.ui.reading import nameless

CHOOSE = QItemSelectionModel.SelectionFlag


@pytest.fixture
def page(qtbot: QtBot, bench: Bench) -> GapsPage:
    made = GapsPage(bench)
    qtbot.addWidget(made)
    bench.desk.changed.connect(made.audit_changed)
    made.audit_opened()
    made.resize(1200, 700)
    made.show()
    return made


def derived(page: GapsPage) -> list[QuestionGaps]:
    """Groups of questions; before them stands what was recorded in the room."""
    return [group for group in page.list.model.groups if group.question]


def first_gap(page: GapsPage) -> GapKey:
    return derived(page)[0].gaps[0].key


def select(page: GapsPage, *keys: GapKey, column: int = TARGET) -> None:
    tree, model = page.list.tree, page.list.model
    tree.show_gap(keys[0])
    for key in keys[1:]:
        tree.selectionModel().select(model.find(key), CHOOSE.Select | CHOOSE.Rows)
    index = model.find(keys[0]).siblingAtColumn(column)
    tree.selectionModel().setCurrentIndex(index, CHOOSE.NoUpdate)


def test_the_model_is_sound(page: GapsPage) -> None:
    QAbstractItemModelTester(page.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for tab in (page.find_out, page.to_show, page.checkup, page.confirmations):
        QAbstractItemModelTester(tab.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.list.chips.button("critical").click()
    page.list.chips.button("critical").click()


def test_gaps_are_grouped_by_question_and_none_is_lost(page: GapsPage, desk: Desk) -> None:
    wanted = {
        g.key
        for g in gaps(desk.audit, active_cases(desk.audit, desk.today()))
        if not (g.note and g.note.merged_into)
    }
    groups = derived(page)
    assert {g.key for group in groups for g in group.gaps} == wanted
    assert len({group.question.id for group in groups}) == len(groups)
    text = page.list.model.index(1, 0).data()
    assert text.endswith(f"{groups[0].workflows} of 11 workflows")


def test_severity_chips_add_up_and_others_narrow() -> None:
    assert passes({"high", NO_OWNER}, frozenset({"high", "critical"}))
    assert not passes({"high"}, frozenset({"high", NO_OWNER}))
    assert not passes({MERGED}, frozenset())
    assert passes({MERGED}, frozenset({MERGED, "high"})) is True


def test_a_chip_leaves_only_its_gaps(qtbot: QtBot, page: GapsPage, desk: Desk) -> None:
    qtbot.mouseClick(page.list.chips.button("critical"), Qt.MouseButton.LeftButton)
    shown = [g for group in page.list.model.groups for g in group.gaps]
    assert shown
    assert {g.severity for g in shown} == {Severity.CRITICAL}
    assert page.list.chips.button("critical").text() == f"critical  {len(shown)}"


def test_the_filter_finds_words_and_says_when_nothing_matches(page: GapsPage) -> None:
    page.list.search.setText("rt-01 routing")
    assert [g.question.id for g in page.list.model.groups] == ["RT-01"]
    page.list.search.setText("no such word")
    assert page.list.empty.isVisible()
    assert "No gap matches" in page.list.empty.text()


def test_typing_into_a_cell_changes_every_selected_gap_in_one_step(
    qtbot: QtBot, page: GapsPage, desk: Desk
) -> None:
    group = derived(page)[0]
    keys = [g.key for g in group.gaps[:3]]
    steps = len(desk.document.history.done)
    select(page, *keys, column=NOTE)
    tree = page.list.tree
    tree.setFocus()
    tree.edit(tree.currentIndex())
    editor = tree.viewport().findChild(QWidget, "", Qt.FindChildOption.FindDirectChildrenOnly)
    qtbot.keyClicks(editor, "Ask legal")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: keys[0] in desk.audit.gap_notes)
    assert [desk.audit.gap_notes[k].note for k in keys] == ["Ask legal"] * 3
    assert len(desk.document.history.done) == steps + 1
    desk.undo()
    assert not any(desk.audit.gap_notes.get(k, GapNote()).note for k in keys)


def test_every_column_is_set_from_words_and_emptied_by_delete(
    qtbot: QtBot, page: GapsPage, desk: Desk
) -> None:
    key = first_gap(page)
    model, find = page.list.model, page.list.model.find
    name = next(iter(sorted(desk.audit.people)))
    model.setData(find(key).siblingAtColumn(SEVERITY), "low")
    model.setData(find(key).siblingAtColumn(OWNER), name)
    model.setData(find(key).siblingAtColumn(DUE), "2027-01-15")
    model.setData(find(key).siblingAtColumn(RESPONSE), "accept")
    assert desk.audit.gap_notes[key] == GapNote(
        owner=name, due=dt.date(2027, 1, 15), severity=Severity.LOW, response=Response.ACCEPT
    )
    assert find(key).siblingAtColumn(SEVERITY).data() == "low"
    select(page, key, column=OWNER)
    qtbot.keyClick(page.list.tree, Qt.Key.Key_Delete)
    assert desk.audit.gap_notes[key].owner is None


def test_a_date_that_is_none_changes_nothing_and_says_so(
    page: GapsPage, desk: Desk, bench_told: list[str]
) -> None:
    before = desk.audit
    key = first_gap(page)
    assert not page.list.model.setData(page.list.model.find(key).siblingAtColumn(DUE), "soon")
    assert desk.audit is before
    assert bench_told[-1].startswith("“soon” is no date; write it as 2027-03-31. Nothing")


def test_the_pane_shows_the_answer_and_commits_a_note_after_a_pause(
    qtbot: QtBot, page: GapsPage, desk: Desk
) -> None:
    first, second = derived(page)[0].gaps[:2]
    select(page, first.key)
    detail = page.list.detail
    assert detail.gaps == [first]
    question = derived(page)[0].question
    assert detail.facts._rows["question"][1].text() == question.text
    detail.note.setFocus()
    qtbot.keyClicks(detail.note, "Board wants it")
    select(page, second.key)
    qtbot.waitUntil(lambda: first.key in desk.audit.gap_notes)
    assert desk.audit.gap_notes[first.key].note == "Board wants it"
    assert second.key not in desk.audit.gap_notes
    assert detail.note.toPlainText() == ""


def test_leaving_the_field_commits_at_once(qtbot: QtBot, page: GapsPage, desk: Desk) -> None:
    key = first_gap(page)
    select(page, key)
    page.list.detail.note.setFocus()
    qtbot.keyClicks(page.list.detail.note, "now")
    page.list.tree.setFocus()
    assert desk.audit.gap_notes[key].note == "now"


def test_accepting_asks_until_when_and_why(page: GapsPage, desk: Desk) -> None:
    select(page, first_gap(page))
    detail = page.list.detail
    assert not detail.until.isVisible()
    detail.response.setCurrentIndex(detail.response.findData("accept"))
    detail.response.chosen.emit("accept")
    assert detail.until.isVisible()
    assert detail.because.isVisible()


def test_a_group_stands_for_all_of_its_gaps(page: GapsPage, desk: Desk) -> None:
    tree, model = page.list.tree, page.list.model
    tree.show_index(model.index(1, 0))
    assert page.list.detail.gaps == list(model.groups[1].gaps)
    page.list.detail._put("severity", "low")
    assert {desk.audit.gap_notes[g.key].severity for g in model.groups[1].gaps} == {Severity.LOW}


def test_merging_takes_gaps_out_of_the_list_and_back(page: GapsPage, desk: Desk) -> None:
    group = derived(page)[0]
    part, whole = group.gaps[0], group.gaps[1]
    choices = page.list.merge_choices([part])
    assert part.key not in {f"{c.detail}/{c.text}" for c in choices}
    page.list.model.merge([part], whole.key)
    assert desk.audit.gap_notes[part.key].merged_into == whole.key
    assert not page.list.model.find(part.key).isValid()
    page.list.chips.button(MERGED).click()
    assert page.list.model.find(part.key).isValid()
    select(page, part.key)
    assert page.list.detail.part.isVisible()
    page.list.detail.part.click()
    assert part.key not in desk.audit.gap_notes


def test_enter_leads_to_the_answer(qtbot: QtBot, page: GapsPage, bench_places: list[Place]) -> None:
    gap = derived(page)[0].gaps[0]
    select(page, gap.key)
    qtbot.keyClick(page.list.tree, Qt.Key.Key_Return)
    assert bench_places[-1].page == "walk"
    assert (bench_places[-1].question, bench_places[-1].target) == (gap.question, gap.target)
    assert bench_places[-1].workflow in gap.workflows


def test_an_answer_that_becomes_sound_takes_its_gap_away(page: GapsPage, desk: Desk) -> None:
    gap = next(
        g
        for group in derived(page)
        for g in group.gaps
        if g.target in desk.audit.workflows and g.target not in desk.audit.confirmations
    )
    said = Said(Reply.LEVEL, 4)
    desk.apply("Answer", answers.settle, gap.target, gap.question, said)
    assert not page.list.model.find(gap.key).isValid()
    desk.undo()
    assert page.list.model.find(gap.key).isValid()


def test_going_to_a_gap_lifts_the_filter_that_hides_it(page: GapsPage) -> None:
    low = next(g for group in derived(page) for g in group.gaps if g.severity is Severity.LOW)
    page.list.chips.choose(["critical"])
    page.list._filter()
    page.go_to(Place("gaps", question=low.question, target=low.target, key=low.key))
    assert page.list.tree.current_gap.key == low.key


def test_who_finds_out_by_when_is_typed_into_the_list(page: GapsPage, desk: Desk) -> None:
    model = page.find_out.model
    row = next(r for r in model.rows if r.who is None)
    place = model.rows.index(row)
    person = sorted(desk.audit.people)[0]
    assert model.setData(model.index(place, 1), person)
    assert model.setData(model.index(place, 2), "2027-02-01")
    asked = desk.audit.answers[row.target][row.question].find_out
    assert (asked.who, asked.by) == (person, dt.date(2027, 2, 1))
    assert not model.setData(model.index(place, 2), "later")


def test_what_is_to_be_shown_leads_to_its_question(
    qtbot: QtBot, page: GapsPage, bench_places: list[Place]
) -> None:
    page.go_to(Place("gaps", key="to_show"))
    page.to_show.table.setCurrentIndex(page.to_show.model.index(0, 0))
    qtbot.keyClick(page.to_show.table, Qt.Key.Key_Return)
    workflow, question = page.to_show.model.rows[0]
    assert bench_places == [Place("walk", workflow=workflow, question=question)]


def test_the_check_up_comes_from_a_worker_and_leads_to_the_field(
    qtbot: QtBot, page: GapsPage, bench_places: list[Place]
) -> None:
    qtbot.waitUntil(lambda: page.checkup.found is not None)
    rows = page.checkup.model.rows
    assert page.tabs.tabText(3) == f"Check-up  {len(rows)}"
    place = next(n for n, f in enumerate(rows) if f.collection == "workflows")
    page.go_to(Place("gaps", key="checkup"))
    page.checkup.table.setCurrentIndex(page.checkup.model.index(place, 0))
    qtbot.keyClick(page.checkup.table, Qt.Key.Key_Return)
    assert bench_places[-1].page == "workflows"
    assert bench_places[-1].workflow == rows[place].keys[0]


def test_the_check_up_is_filtered_by_weight(qtbot: QtBot, page: GapsPage) -> None:
    qtbot.waitUntil(lambda: page.checkup.found is not None)
    page.checkup.chips.button("hint").click()
    assert {f.severity.value for f in page.checkup.model.rows} == {"hint"}


def test_an_owner_confirms_and_a_later_change_is_seen(page: GapsPage, desk: Desk) -> None:
    tab = page.confirmations
    row = next(r for r in tab.model.rows if r.may_confirm)
    tab.show_workflow(row.workflow)
    tab.confirm.click()
    assert desk.audit.confirmations[row.workflow].person == row.owner
    question = next(iter(desk.audit.answers[Target(row.workflow)]))
    said = Said(Reply.UNKNOWN, reason="The log was wrong")
    assert desk.apply("Answer", answers.settle, Target(row.workflow), question, said)
    now = next(r for r in tab.model.rows if r.workflow == row.workflow)
    assert now.has_changed
    tab.show_workflow(row.workflow)
    tab.withdraw.click()
    assert row.workflow not in desk.audit.confirmations


def test_without_an_owner_nobody_confirms(page: GapsPage, desk: Desk) -> None:
    tab = page.confirmations
    row = next(r for r in tab.model.rows if r.may_confirm)
    desk.apply("x", lambda a: records.amend(a, "workflows", (row.workflow,), owner=None))
    tab.show_workflow(row.workflow)
    assert not tab.confirm.isEnabled()
    assert "owner" in tab.why.text()


def test_the_rail_counts_gaps_with_an_owner_or_a_response(page: GapsPage, desk: Desk) -> None:
    before = page.completeness()
    gap = next(
        g for group in derived(page) for g in group.gaps if g.key not in desk.audit.gap_notes
    )
    page.hide()
    page.list.model.amend([gap], {"owner": sorted(desk.audit.people)[0]})
    assert page.completeness().done == before.done + 1


def test_an_audit_without_gaps_says_what_that_may_mean(page: GapsPage, desk: Desk) -> None:
    for workflow in sorted(desk.audit.workflows):
        desk.apply("x", lambda a, w=workflow: records.amend(a, "workflows", (w,), in_scope=False))
    for own in sorted(desk.audit.own_gaps):
        desk.apply("x", records.remove, "own_gaps", (own,))
    assert page.list.empty.isVisible()
    assert page.list.empty.text().startswith("No gaps. Either the answers are very good")
    assert not page.list.split.isVisible()


def test_nothing_breaks_when_the_audit_is_closed(page: GapsPage, desk: Desk) -> None:
    desk.close()
    page.grab()
    assert page.completeness().of == 0


def test_every_widget_that_takes_the_focus_has_a_name(page: GapsPage) -> None:
    assert nameless(page) == []


def test_above_thirty_workflows_the_rail_keeps_the_last_count_and_marks_it(
    qtbot: QtBot, page: GapsPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.pages.gaps.AT_ONCE", 0)
    before = page.completeness()
    assert before.of
    page.hide()
    desk.apply("Rename", records.amend, "organisation", (), title="Renamed")
    page.audit_changed(())
    after = page.completeness()
    assert (after.done, after.of) == (before.done, before.of)
    assert after.count == f"{before.count}…"
    page.show_audit()
    qtbot.waitUntil(lambda: page.completeness().count == before.count)


def test_one_question_is_no_plural(page: GapsPage) -> None:
    found = page._register
    assert found is not None
    text = page._summary(replace(found, gaps=found.gaps[:1]))
    assert "1 question;" in text


def test_enter_leads_back_to_the_workflow_one_came_from(
    qtbot: QtBot, page: GapsPage, desk: Desk, bench_places: list[Place]
) -> None:
    """A gap of the organisation or a platform is answered in any of several workflows."""
    gap = next(
        gap
        for group in derived(page)
        for gap in group.gaps
        if gap.target not in desk.audit.workflows and len(gap.workflows) > 1
    )
    for workflow in gap.workflows[-1], gap.workflows[1]:
        page.go_to(Place("gaps", workflow, gap.question, gap.target, gap.key))
        qtbot.keyClick(page.list.tree, Qt.Key.Key_Return)
        assert bench_places[-1] == Place(
            "walk", workflow=workflow, question=gap.question, target=gap.target
        )
    page.go_to(Place("gaps", key=gap.key))
    qtbot.keyClick(page.list.tree, Qt.Key.Key_Return)
    assert bench_places[-1].workflow == gap.workflows[0]
