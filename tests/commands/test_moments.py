"""Merge, compare and re-audit on real files, from the command line."""

import datetime as dt
import json
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import cli
from app.document import Document
from app.domain.answers import Evidence
from app.domain.audit import Audit
from app.domain.changes import diff
from app.domain.edits.records import put
from app.domain.ids import EvidenceId, Target, WorkflowId
from app.domain.joining import join, park_lost
from app.errors import EditError
from app.exchange.audit_json import audit_from_json
from app.store.file import AuditFile
from app.store.siblings import siblings
from tests.domain.diverging import MANY, Edit, base
from tests.ui.conftest import NOW


def run(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> str:
    got = cli.main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    assert got == code, (arguments, out, err)
    return out if code == 0 else err


@pytest.fixture
def pair(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> tuple[Path, Path]:
    """The sample on two laptops that have parted: one field each, and one field on both."""
    ours, theirs = tmp_path / "ours.plumb", tmp_path / "theirs.plumb"
    run(capsys, "sample", ours)
    run(capsys, "copy", ours, theirs)
    run(capsys, "set", theirs, "workflow", "returns", "users=9", "purpose=Sort it")
    run(capsys, "set", ours, "workflow", "returns", "users=7", "note=Ours")
    return ours, theirs


def loaded(path: Path) -> Audit:
    with AuditFile.open(path, write=False) as file:
        return file.load()


def test_a_preview_changes_nothing(
    capsys: pytest.CaptureFixture[str], pair: tuple[Path, Path]
) -> None:
    before = pair[0].read_bytes()
    told = json.loads(run(capsys, "merge", *pair, "--preview", "--json"))
    assert pair[0].read_bytes() == before
    assert told["merged"] is False
    assert told["records"] == {"workflows": 1}
    assert [c["where"] for c in told["conflicts"]] == ["workflows/returns"]


def test_a_merge_is_one_step_behind_a_snapshot(
    capsys: pytest.CaptureFixture[str], pair: tuple[Path, Path]
) -> None:
    out = run(capsys, "merge", *pair)
    assert "Took over" in out
    record = loaded(pair[0]).workflows[WorkflowId("returns")]
    assert (record.purpose, record.note) == ("Sort it", "Ours")
    assert {record.users} <= {7, 9}
    parked = [item.text for item in loaded(pair[0]).parking.values()]
    assert any("workflows/returns (" in text and "users" in text for text in parked)
    names = [s.name for s in loaded(pair[0]).snapshots.values()]
    assert "Before merging theirs.plumb" in names
    run(capsys, "undo", pair[0])
    assert loaded(pair[0]).workflows[WorkflowId("returns")].purpose != "Sort it"
    assert loaded(pair[0]).workflows[WorkflowId("returns")].note == "Ours"


def test_merging_twice_changes_nothing(
    capsys: pytest.CaptureFixture[str], pair: tuple[Path, Path]
) -> None:
    run(capsys, "merge", *pair)
    before = pair[0].read_bytes()
    assert "nothing was changed" in run(capsys, "merge", *pair)
    assert pair[0].read_bytes() == before


def test_evidence_comes_along_with_its_bytes(
    capsys: pytest.CaptureFixture[str], pair: tuple[Path, Path]
) -> None:
    with AuditFile.open(pair[1], write=True) as file:
        digest, _ = file.put_evidence(BytesIO(b"the signed page" * 100_000))
        document = Document(file, file.load(), clock=lambda: NOW, by=None)
        page = Evidence(Target("returns"), "Signed page", sha256=digest)
        document.apply("Attach", put, "evidence", ("returns", EvidenceId("e-page")), page)
    run(capsys, "merge", *pair)
    with AuditFile.open(pair[0], write=False) as file:
        assert b"".join(file.read_evidence(digest)) == b"the signed page" * 100_000


def test_files_of_different_audits_are_refused(
    capsys: pytest.CaptureFixture[str], pair: tuple[Path, Path], tmp_path: Path
) -> None:
    other = tmp_path / "other.plumb"
    run(capsys, "new", other, "--title", "Another", "--organisation", "Example")
    before = pair[0].read_bytes()
    assert "no entry in common" in run(capsys, "merge", pair[0], other, code=1)
    assert "are one file" in run(capsys, "merge", pair[0], pair[0], code=1)
    assert pair[0].read_bytes() == before


def test_compare_tells_what_moved_since_a_snapshot(
    capsys: pytest.CaptureFixture[str], pair: tuple[Path, Path]
) -> None:
    file = pair[0]
    run(capsys, "snapshot", file, "Start")
    assert "Nothing differs" in run(capsys, "compare", file, "Start")
    run(capsys, "set", file, "workflow", "returns", "outcome=stop")
    told = json.loads(run(capsys, "compare", file, "Start", "--json"))
    assert told["workflows"]["ended"] == ["returns"]
    assert told["promises"]["by_fate"]["dropped"] > 0
    assert told["promises"]["of"] < len(told["promises"]["list"])
    assert "1 workflow stopped" in run(capsys, "compare", file, "Start")
    assert "has “Start”" in run(capsys, "compare", file, "Never", code=1)
    run(capsys, "snapshot", file, "End")
    again = json.loads(run(capsys, "compare", file, "Start", "End", "--json"))
    assert again["workflows"]["ended"] == ["returns"]


def test_a_reaudit_is_a_new_file_that_remembers_the_last_one(
    capsys: pytest.CaptureFixture[str], pair: tuple[Path, Path], tmp_path: Path
) -> None:
    before, new = pair[0].read_bytes(), tmp_path / "next.plumb"
    assert "to be confirmed" in run(capsys, "reaudit", pair[0], "-o", new)
    assert pair[0].read_bytes() == before
    begun = loaded(new)
    assert not begun.sessions
    (snapshot,) = begun.snapshots.values()
    with AuditFile.open(new, write=False) as file:
        assert audit_from_json(file.snapshot_body(snapshot.body)) == loaded(pair[0])
    told = json.loads(run(capsys, "compare", new, "s1", "--json"))
    assert told["conditions"]["lost"]
    assert "exists" in run(capsys, "reaudit", pair[0], "-o", new, code=1)


@settings(max_examples=12, deadline=None)
@given(MANY, MANY, st.integers(0, 3))
def test_files_that_parted_join_the_same_from_both_sides(
    one: list[Edit], two: list[Edit], undone: int
) -> None:
    check_pair(one, two, undone)


@pytest.mark.full
@settings(max_examples=1000, deadline=None)
@given(MANY, MANY, st.integers(0, 3))
def test_a_thousand_pairs_of_files(one: list[Edit], two: list[Edit], undone: int) -> None:
    check_pair(one, two, undone)


def check_pair(one: list[Edit], two: list[Edit], undone: int) -> None:
    """The base is found again, order does not matter, and what only one side did is there."""
    with TemporaryDirectory() as folder:
        paths = Path(folder) / "a.plumb", Path(folder) / "b.plumb"
        AuditFile.create(paths[0], base(), label="Begin", by=None, at=NOW).close()
        paths[1].write_bytes(paths[0].read_bytes())
        diverge(paths[0], one, 0, NOW)
        diverge(paths[1], two, undone, NOW + dt.timedelta(seconds=1))
        with AuditFile.open(paths[0], write=False) as a, AuditFile.open(paths[1], write=False) as b:
            there, back = siblings(a, b), siblings(b, a)
    assert there.base == back.base == base()
    found, other = (join(p.base, p.first, p.second) for p in (there, back))
    assert (found.audit, found.conflicts) == (other.audit, other.conflicts)
    joined = park_lost(found.audit, found.conflicts, str)
    named = {(c.collection, c.keys) for c in found.conflicts}
    for side in (there.first.audit, there.second.audit):
        done_here = {(c.collection, c.keys) for c in diff(base(), side) if c.after is not None}
        lost = {(c.collection, c.keys) for c in diff(side, joined) if c.after is None}
        assert not (lost & done_here) - named or found.renamed


def diverge(path: Path, edits: list[Edit], undone: int, at: dt.datetime) -> None:
    with AuditFile.open(path, write=True) as file:
        document = Document(file, file.load(), clock=lambda: at, by=None)
        for edit in edits:
            with suppress(EditError):
                document.apply("Edit", edit)
        for _ in range(undone):
            with suppress(EditError):
                document.undo()
