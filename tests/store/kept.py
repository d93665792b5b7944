"""The kept document of the current schema: `python -m tests.store.kept --rewrite` makes it anew."""

import io
import sys
from pathlib import Path

from msgspec.structs import replace

from app.document import Document
from app.store.file import AuditFile
from app.store.schema import VERSION
from tests.store.edits import clock, put
from tests.store.tiny import AT, full_audit

FILES = Path(__file__).parents[1] / "files"
EVIDENCE = b"The rules, signed."
BODY = b'{"kept": true}'
STEPS = ("Rename workflow", "Remove parked item", "Rename person", "Rename workflow")


def make(path: Path) -> None:
    """A full audit with a renamed person, a removed record, an undone step, and kept bytes."""
    with AuditFile.create(
        path, full_audit(), label="New audit", by=None, at=AT, overwrite=True
    ) as file:
        document = Document(file, file.load(), clock=clock(), by="p1")
        workflow, person = document.audit.workflows["w1"], document.audit.people["p1"]
        renamed = replace(workflow, name="Claims desk")
        document.apply(STEPS[0], put, "workflows", ("w1",), renamed)
        document.apply(STEPS[1], put, "parking", ("q1",), None)
        document.apply(STEPS[2], put, "people", ("p1",), replace(person, name="Ada Older"))
        document.apply(STEPS[3], put, "workflows", ("w2",), replace(renamed, name="Post"))
        document.undo()
        file.put_evidence(io.BytesIO(EVIDENCE))
        file.put_snapshot_body(BODY)


if __name__ == "__main__":
    if sys.argv[1:] != ["--rewrite"]:
        sys.exit(__doc__)
    make(FILES / f"schema-{VERSION}.plumb")
