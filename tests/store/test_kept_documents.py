"""Documents of every released schema open, load and go on working."""

import hashlib
import shutil
from pathlib import Path

import pytest

from app.store.file import AuditFile
from app.store.schema import VERSION
from tests.store.edits import opened
from tests.store.kept import BODY, EVIDENCE, FILES, STEPS
from tests.store.tiny import full_audit


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_kept_document_opens_and_goes_on(version: int, tmp_path: Path) -> None:
    path = tmp_path / "kept.plumb"
    shutil.copyfile(FILES / f"schema-{version}.plumb", path)
    with AuditFile.open(path, write=True) as file:
        assert file.read_only is None
        document = opened(file)
        assert document.audit.people["p1"].name == "Ada Older"
        assert document.audit.workflows["w1"].name == "Claims desk"
        assert document.audit.votes["v1"].ballots == full_audit().votes["v1"].ballots
        agenda = document.audit.sessions["m1"].agenda
        # Agendas were lines of text before they had minutes.
        assert [i.title for i in agenda] == ["open", "close"] if version < 3 else ["", "Tour"]
        assert [e.label for e in file.entries()][1:5] == list(STEPS)
        assert b"".join(file.read_evidence(hashlib.sha256(EVIDENCE).hexdigest())) == EVIDENCE
        assert file.snapshot_body(hashlib.sha256(BODY).hexdigest()) == BODY
        if version == VERSION:
            document.redo()
            while document.history.done:
                document.undo()
            assert document.audit == file.load() == full_audit()
