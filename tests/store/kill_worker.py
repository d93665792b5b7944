"""Does 500 edits in one file and tells each one when it is saved; a test kills it meanwhile."""

import sys
from pathlib import Path

from msgspec.structs import replace

from app.store.file import AuditFile
from tests.store.edits import opened, put


def main(path: Path) -> None:
    with AuditFile.open(path, write=True, who="worker") as file:
        document = opened(file)
        workflow = document.audit.workflows["w1"]
        for number in range(1, 501):
            # Long enough to need several pages, so that a kill may fall between two of them.
            edited = replace(workflow, users=number, note=f"{number} " * 2000)
            document.apply("Count", put, "workflows", ("w1",), edited)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
