"""A document file keeps what it is given, tells its readers, and does not change by being read."""

import hashlib
import io
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.changes import Change, net
from app.domain.history import EntryKind
from app.domain.landscape import Person, StageRecord, Workflow
from app.errors import Damaged, FileError, Locked, WriteFailed
from app.store import blobs
from app.store.file import AuditFile
from app.store.lock import holder, lock_path
from tests.store.edits import new_file, opened, put
from tests.store.tiny import AT, bank, empty_audit, full_audit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit ü #1?%20.plumb"


@pytest.mark.parametrize("audit", [empty_audit(), full_audit()], ids=["empty", "full"])
def test_loads_what_was_created(audit: Audit, path: Path) -> None:
    with new_file(path, audit) as file:
        assert file.load() == audit
    with AuditFile.open(path, write=False) as file:
        assert file.load() == audit
        assert file.read_only is None
        assert [(e.kind, e.label, e.by, e.at) for e in file.entries()] == [
            (EntryKind.BARRIER, "New audit", None, AT)
        ]
        assert file.head == (1, file.entries()[0].hash)


@pytest.mark.parametrize("write", [True, False])
def test_opening_writes_nothing(write: bool, path: Path) -> None:
    new_file(path, full_audit()).close()
    before = path.read_bytes(), path.stat().st_mtime_ns
    with AuditFile.open(path, write=write) as file:
        file.load()
        file.verify()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_existing_file_is_never_replaced_unasked(path: Path) -> None:
    path.write_text("something dear")
    with pytest.raises(FileError, match="exists already"):
        new_file(path)
    assert path.read_text() == "something dear"
    assert len(list(path.parent.iterdir())) == 1
    AuditFile.create(path, empty_audit(), label="", by=None, at=AT, overwrite=True).close()
    with AuditFile.open(path, write=False) as file:
        assert file.load() == empty_audit()


def test_file_in_use_is_not_replaced(path: Path) -> None:
    with new_file(path, full_audit()), pytest.raises(Locked):
        AuditFile.create(path, empty_audit(), label="", by=None, at=AT, overwrite=True)
    with AuditFile.open(path, write=False) as file:
        assert file.load() == full_audit()


def test_readers_work_beside_a_writer_and_see_that_it_wrote(path: Path) -> None:
    with new_file(path) as file, AuditFile.open(path, write=False) as reader:
        assert not reader.changed_outside()
        document = opened(file)
        document.apply("Add", put, "workflows", ("w1",), Workflow("Claims"))
        assert reader.changed_outside()
        assert not file.changed_outside()
        assert reader.load() == document.audit
        assert not reader.changed_outside()
        with reader.reading():
            audit = reader.load()
            assert reader.head == file.head
        assert audit == document.audit
        with pytest.raises(WriteFailed, match="opened for reading"):
            opened(reader).undo()


def test_fault_of_whoever_reads_is_not_called_damage(path: Path) -> None:
    with new_file(path) as file, pytest.raises(KeyError), file.reading():
        raise KeyError


def test_second_writer_is_told_who_writes_where_and_since_when(path: Path) -> None:
    new_file(path).close()
    assert holder(path) is None
    with AuditFile.open(path, write=True, who="Ada Öz"):
        with pytest.raises(Locked, match=r"Ada Öz on .+ is writing in .+ since 20\d\d-\d\d-\d\d"):
            AuditFile.open(path, write=True, who="Bo")
        told = holder(path)
        assert told
        assert told.who == "Ada Öz"
    assert not lock_path(path).exists()
    AuditFile.open(path, write=True).close()


def test_lock_holds_between_processes_and_goes_with_a_killed_one(path: Path) -> None:
    new_file(path).close()
    code = (
        "import sys; from app.store.file import AuditFile; "
        "file = AuditFile.open(sys.argv[1], write=True, who='Child'); print(1, flush=True); input()"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdout
        child.stdout.readline()
        with pytest.raises(Locked, match="Child on"):
            AuditFile.open(path, write=True)
        child.kill()
    assert lock_path(path).exists()
    AuditFile.open(path, write=True).close()
    assert not lock_path(path).exists()


def test_change_by_another_program_is_noticed_before_writing(path: Path) -> None:
    with new_file(path) as file:
        document = opened(file)
        with sqlite3.connect(path) as other:
            other.execute("UPDATE organisation SET name = 'Changed'")
        other.close()
        with pytest.raises(WriteFailed, match="Another program has changed"):
            document.apply("Add", put, "workflows", ("w1",), Workflow("Claims"))
        assert document.audit == empty_audit()
        assert [e.label for e in file.entries()] == ["New audit"]


def test_reference_to_nothing_is_refused_with_all_as_before(path: Path) -> None:
    with new_file(path) as file:
        document = opened(file)
        with pytest.raises(WriteFailed, match="contradicts the record"):
            document.apply("Stage", put, "stages", ("w1", "routing"), StageRecord())
        assert document.audit == file.load() == empty_audit()
        both = put(empty_audit(), "stages", ("w1", "routing"), StageRecord())
        both = put(both, "workflows", ("w1",), Workflow("Claims"))
        document.apply("Both", lambda _: both)
        assert file.load() == both


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (Workflow("w", users=2**70), "cannot be kept"),
        (Workflow("w\ud800"), r"half a character \(U\+D800\)"),
        (Workflow("w", cost=float("nan")), "cannot be kept"),
    ],
    ids=["too large", "half a character", "not a number"],
)
def test_value_that_cannot_be_kept_is_refused(record: Workflow, said: str, path: Path) -> None:
    with new_file(path) as file:
        document = opened(file)
        with pytest.raises(WriteFailed, match=said):
            document.apply("Add", put, "workflows", ("w",), record)
        assert document.audit == file.load() == empty_audit()


def test_bank_is_kept_whole_and_undo_brings_the_old_one_back(path: Path) -> None:
    with new_file(path) as file:
        document = opened(file)
        document.apply("Move bank", lambda audit: replace(audit, bank=bank("2")))
        assert file.load().bank.version == "2"
        document.undo()
        assert file.load() == empty_audit()


def test_journal_does_not_repeat_names_and_a_name_can_be_blanked(path: Path) -> None:
    with new_file(path) as file:
        document = opened(file)
        for name in ("Ada Lovelace", "Ada King", "Ada Lovelace"):
            document.apply("Person", put, "people", ("p1",), Person(name, "lead"))
        head = file.head
        file.blank_name("p1")
        assert file.head == head
        assert file.verify() is None
        document = opened(file)
        assert document.audit.people["p1"] == Person("", "lead")
        document.undo()
        assert file.load() == document.audit
    kept = path.read_bytes()
    assert b"Lovelace" not in kept
    assert b"King" not in kept


def test_journal_text_holds_a_number_for_the_name(path: Path) -> None:
    with new_file(path) as file:
        opened(file).apply("Person", put, "people", ("p1",), Person("Ada Lovelace"))
    with sqlite3.connect(path) as db:
        text = db.execute("SELECT group_concat(changes) FROM journal").fetchone()[0]
        names = db.execute("SELECT person, name FROM person_names").fetchall()
    db.close()
    assert "Lovelace" not in text
    assert names == [("p1", "Ada Lovelace")]


def test_changes_since_an_entry(path: Path) -> None:
    with new_file(path) as file:
        document = opened(file)
        document.apply("Add", put, "workflows", ("w1",), Workflow("One"))
        since = file.head.sequence
        document.apply("Rename", put, "workflows", ("w1",), Workflow("Two"))
        document.apply("Rename", put, "workflows", ("w1",), Workflow("Three"))
        document.undo()
        assert net(file.changes_after(since)) == (
            Change("workflows", ("w1",), Workflow("One"), Workflow("Two")),
        )


class Stream(io.BytesIO):
    """Refuses to be read whole."""

    def read(self, size: int | None = -1) -> bytes:
        assert size
        assert 0 < size <= blobs.PART
        return super().read(size)


@pytest.mark.parametrize("size", [0, 10, blobs.PART, 3 * blobs.PART + 1])
def test_evidence_is_streamed_and_kept_once(size: int, path: Path) -> None:
    body = bytes(i % 251 for i in range(size))
    with new_file(path) as file:
        digest, length = file.put_evidence(Stream(body))
        assert (digest, length) == (hashlib.sha256(body).hexdigest(), size)
        assert file.put_evidence(Stream(body)) == (digest, size)
        assert file.has_evidence(digest)
        parts = list(file.read_evidence(digest))
        assert b"".join(parts) == body
        assert max(map(len, parts), default=0) <= blobs.PART
    with sqlite3.connect(path) as db:
        kept = db.execute("SELECT coalesce(sum(length(body)), 0) FROM evidence_parts").fetchone()[0]
    db.close()
    assert kept == size


def test_changed_bytes_are_noticed(path: Path) -> None:
    with new_file(path) as file:
        digest, _ = file.put_evidence(io.BytesIO(b"signed"))
        own = file.put_snapshot_body(b"body")
        assert file.put_snapshot_body(b"body") == own
        assert file.snapshot_body(own) == b"body"
        with pytest.raises(Damaged, match="no evidence"):
            list(file.read_evidence("00"))
        with pytest.raises(Damaged, match="no snapshot"):
            file.snapshot_body("00")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE evidence_parts SET body = x'00'")
        db.execute("UPDATE snapshot_bodies SET body = x'00'")
    db.close()
    with AuditFile.open(path, write=False) as file:
        with pytest.raises(Damaged, match="does not have its hash"):
            list(file.read_evidence(digest))
        with pytest.raises(Damaged, match="does not have its hash"):
            file.snapshot_body(own)


def test_copy_is_complete_and_refuses_what_exists(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "copy.plumb"
    with new_file(path, full_audit()) as file:
        opened(file).apply("Add", put, "workflows", ("w9",), Workflow("Nine"))
        digest, _ = file.put_evidence(io.BytesIO(b"signed"))
        file.copy_to(out)
        with pytest.raises(FileError, match="exists already"):
            file.copy_to(out)
        with pytest.raises(FileError, match="is the open file itself"):
            file.copy_to(path, overwrite=True)
        with pytest.raises(FileError, match="There is no folder"):
            file.copy_to(tmp_path / "nowhere" / "copy.plumb")
        file.copy_to(out, overwrite=True)
        with AuditFile.open(out, write=True) as copy:
            assert copy.load() == file.load()
            assert copy.entries() == file.entries()
            assert b"".join(copy.read_evidence(digest)) == b"signed"
            with pytest.raises(Locked):
                file.copy_to(out, overwrite=True)
    assert {p.name for p in tmp_path.iterdir()} == {path.name, out.name}


def test_journal_row_of_a_failed_write_leaves_no_gap(path: Path) -> None:
    with new_file(path) as file:
        document = opened(file)
        with pytest.raises(WriteFailed):
            document.apply("Stage", put, "stages", ("w1", "routing"), StageRecord())
        document.apply("Add", put, "workflows", ("w1",), Workflow("Claims"))
        assert [e.sequence for e in file.entries()] == [1, 2]
        assert file.verify() is None
