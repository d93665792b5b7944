"""The one door: five steps or none, undo across everything, file always equal to memory."""

import datetime as dt
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace

from app.document import Document
from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.changes import Change, apply
from app.domain.landscape import Organisation, Person, StageRecord, Workflow
from app.domain.planning import PlanSettings
from app.errors import EditError, FileError, WriteFailed
from app.store.file import AuditFile
from tests.store.edits import clock, new_file, opened, put
from tests.store.tiny import empty_audit, full_audit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.plumb"
    new_file(made, full_audit()).close()
    return made


def rename(audit: Audit, name: str) -> Audit:
    return replace(audit, organisation=replace(audit.organisation, name=name))


def title(audit: Audit, text: str) -> Audit:
    return replace(audit, organisation=replace(audit.organisation, title=text))


def labels(document: Document) -> list[str]:
    return [step.label for step in document.history.done]


def test_edit_that_raises_leaves_everything(path: Path) -> None:
    def refuse(audit: Audit) -> Audit:
        raise EditError("No.")

    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        document.listen(lambda _: pytest.fail("nothing has happened"))
        with pytest.raises(EditError):
            document.apply("Refused", refuse)
        assert document.audit == full_audit()
        assert file.head.sequence == 1


def test_edit_that_changes_nothing_writes_nothing(path: Path) -> None:
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        document.listen(lambda _: pytest.fail("nothing has happened"))
        assert document.apply("Same", rename, document.audit.organisation.name) == ()
        assert file.head.sequence == 1


def test_listeners_are_told_what_changed_and_must_not_edit(path: Path) -> None:
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        told: list[tuple[Change, ...]] = []
        document.listen(told.append)
        done = document.apply("Rename", rename, "Quay")
        undone = document.undo()
        assert told == [done, undone]
        assert done[0].after == undone[0].before
        document.listen(lambda _: document.apply("Again", rename, "Pier"))
        with pytest.raises(AssertionError, match="a listener must not edit"):
            document.apply("Rename", rename, "Dock")
        assert document.audit.organisation.name == file.load().organisation.name == "Dock"


def test_nothing_to_undo_or_redo_is_a_sentence(path: Path) -> None:
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        with pytest.raises(EditError, match="nothing to undo"):
            document.undo()
        with pytest.raises(EditError, match="nothing to redo"):
            document.redo()


def test_typing_in_one_field_is_one_step(path: Path) -> None:
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        for text in ("Q", "Qu", "Qua", "Quay"):
            document.apply_to_field("name", "Rename", rename, text)
        document.apply_to_field("title", "Title", title, "Audit")
        document.apply_to_field("name", "Rename", rename, "Quays")
        assert labels(document) == ["Rename", "Title", "Rename"]
        assert file.head.sequence == 7
        for name in ("Quay", "Quay", "Harbour"):
            document.undo()
            assert document.audit.organisation.name == file.load().organisation.name == name
        document.redo()
        assert document.audit.organisation.name == file.load().organisation.name == "Quay"


@pytest.mark.parametrize("back", [["undo"], ["undo", "redo"]])
def test_typing_on_after_an_undo_starts_a_new_step(back: list[str], path: Path) -> None:
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        document.apply("Title", title, "Audit")
        document.apply_to_field("name", "Rename", rename, "Q")
        document.apply_to_field("name", "Rename", rename, "Qu")
        for move in back:
            getattr(document, move)()
        document.apply_to_field("name", "Rename", rename, "Pier")
        assert labels(document) == ["Title", "Rename"] + ["Rename"] * (len(back) - 1)
        document.undo()
        assert document.audit.organisation.name == ("Qu" if "redo" in back else "Harbour")
        assert file.load() == document.audit


def test_typing_on_after_reopening_starts_a_new_step(path: Path) -> None:
    for text in ("Q", "Qu"):
        with AuditFile.open(path, write=True) as file:
            opened(file).apply_to_field("name", "Rename", rename, text)
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        document.undo()
        assert document.audit.organisation.name == "Q"


def test_step_that_leads_back_to_the_start_can_be_undone(path: Path) -> None:
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        document.apply_to_field("name", "Rename", rename, "Q")
        document.apply_to_field("name", "Rename", rename, "Harbour")
        assert document.undo() == ()
        assert labels(document) == []
        assert file.load() == document.audit == full_audit()


def test_undo_reaches_across_a_restart_and_a_new_edit_clears_redo(path: Path) -> None:
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        document.apply("One", rename, "One")
        document.apply("Two", rename, "Two")
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        document.undo()
        assert document.audit.organisation.name == "One"
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        document.redo()
        document.undo()
        document.apply("Three", rename, "Three")
        assert labels(document) == ["One", "Three"]
        assert document.history.undone == ()


def test_journal_says_who_and_when(path: Path) -> None:
    at = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
    with AuditFile.open(path, write=True) as file:
        document = Document(file, file.load(), clock=lambda: at, by="p2")
        document.apply("Rename", rename, "Quay")
        entry = file.entries()[-1]
        assert (entry.by, entry.at, entry.label, entry.step) == ("p2", at, "Rename", 2)


WORDS = st.text(max_size=8)
WORKFLOWS = st.sampled_from(["w1", "w2", "w3"])
PEOPLE = st.sampled_from(["p1", "p2"])
QUESTIONS = st.sampled_from(["RT-01", "RT-02"])
REPLIES = st.builds(Said, st.just(Reply.LEVEL), st.integers(0, 4), reason=WORDS) | st.just(
    Said(Reply.UNKNOWN)
)

UNSAVABLE = (
    ("organisation", (), Organisation(day_rate=float("inf"))),
    ("stages", ("w9", "routing"), StageRecord()),
)


class FileEqualsMemory(RuleBasedStateMachine):
    """Any sequence of edits, undos, redos, failures and reopenings."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "a.plumb"
        self.clock = clock()
        self.file = new_file(self.path)
        self.start = self.file.load()
        self.document = self.make()

    def make(self) -> Document:
        return Document(self.file, self.file.load(), clock=self.clock, by=None)

    def put(self, collection: str, keys: tuple[str, ...], record: Any) -> None:
        self.document.apply(f"Set {collection}", put, collection, keys, record)

    @rule(workflow=WORKFLOWS, name=WORDS, users=st.none() | st.integers(0, 10))
    def set_workflow(self, workflow: str, name: str, users: int | None) -> None:
        self.put("workflows", (workflow,), Workflow(name, users=users))

    @rule(workflow=WORKFLOWS, question=QUESTIONS, said=REPLIES, who=PEOPLE)
    def set_answer(self, workflow: str, question: str, said: Said, who: str) -> None:
        self.put("answers", (workflow, question), Answer(Review.AGREED, said, {who: said}))  # type: ignore[dict-item]

    @rule(workflow=WORKFLOWS, question=QUESTIONS)
    def remove_answer(self, workflow: str, question: str) -> None:
        self.put("answers", (workflow, question), None)

    @rule(workflow=WORKFLOWS, name=WORDS)
    def set_stage(self, workflow: str, name: str) -> None:
        """Together with its workflow, which may be new: two collections in one edit."""

        def both(audit: Audit) -> Audit:
            found = audit.workflows.get(workflow, Workflow("New"))  # type: ignore[call-overload]
            made = put(audit, "workflows", (workflow,), found)
            return put(made, "stages", (workflow, "routing"), StageRecord(tool=name))

        self.document.apply("Set stage", both)

    @rule(workflow=WORKFLOWS)
    def remove_workflow(self, workflow: str) -> None:
        def remove(audit: Audit) -> Audit:
            gone = [
                Change(name, (workflow, key), record, None)
                for name in ("answers", "stages")
                for key, record in getattr(audit, name).get(workflow, {}).items()
            ]
            return apply(audit, [*gone, Change("workflows", (workflow,), None, None)])

        self.document.apply("Remove workflow", remove)

    @rule(person=PEOPLE, name=WORDS, seat=st.none() | st.integers(1, 3))
    def set_person(self, person: str, name: str, seat: int | None) -> None:
        self.put("people", (person,), Person(name, seat=seat))

    @rule(person=PEOPLE)
    def remove_person(self, person: str) -> None:
        self.put("people", (person,), None)

    @rule(months=st.integers(1, 24), start=st.none() | st.dates())
    def set_plan(self, months: int, start: dt.date | None) -> None:
        self.put("plan", (), PlanSettings(start, months, roles={"lead": months / 2}))

    @rule(field=st.sampled_from(["name", "title"]), text=WORDS)
    def type_in(self, field: str, text: str) -> None:
        def type_text(audit: Audit) -> Audit:
            return replace(audit, organisation=replace(audit.organisation, **{field: text}))

        self.document.apply_to_field(field, "Type", type_text)

    @rule(edit=st.sampled_from(UNSAVABLE))
    def fail(self, edit: tuple[str, tuple[str, ...], Any]) -> None:
        before = self.document.audit, self.document.history, self.file.head
        with pytest.raises(WriteFailed):
            self.put(*edit)
        assert (self.document.audit, self.document.history, self.file.head) == before

    @precondition(lambda self: self.document.history.done)
    @rule()
    def undo(self) -> None:
        self.document.undo()

    @precondition(lambda self: self.document.history.undone)
    @rule()
    def redo(self) -> None:
        self.document.redo()

    @rule()
    def reopen(self) -> None:
        history = self.document.history
        self.file.close()
        self.file = AuditFile.open(self.path, write=True)
        self.document = self.make()
        assert self.document.history == history

    @invariant()
    def file_equals_memory(self) -> None:
        assert self.file.load() == self.document.audit

    def teardown(self) -> None:
        try:
            self.undo_and_redo_all()
        finally:
            self.file.close()
            shutil.rmtree(self.folder)

    def undo_and_redo_all(self) -> None:
        end, steps = self.document.audit, len(self.document.history.done)
        while self.document.history.done:
            self.document.undo()
        assert self.document.audit == self.file.load() == self.start
        for _ in range(steps):
            self.document.redo()
        assert self.document.audit == self.file.load() == end
        assert self.file.verify() is None


TestFileEqualsMemory = FileEqualsMemory.TestCase
TestFileEqualsMemory.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


@pytest.mark.parametrize("use", [Document.undo, Document.redo])
def test_broken_chain_has_no_history_to_move_in(use: Callable[[Document], Any], path: Path) -> None:
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        document.apply("Add", put, "workflows", ("w9",), Workflow("Nine"))
        document.undo()
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM journal WHERE kind = 'do'")
    db.close()
    with AuditFile.open(path, write=True) as file:
        with pytest.raises((EditError, FileError)):
            use(opened(file))
        assert file.load() == full_audit() != empty_audit()
