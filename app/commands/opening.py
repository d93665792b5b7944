"""How a command opens the document file and says who is at the keyboard."""

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from app.commands.naming import person_id
from app.document import Document
from app.domain.audit import Audit
from app.domain.ids import PersonId
from app.store.file import AuditFile

FILE = click.argument("file", type=click.Path(path_type=Path, readable=False))
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
AS = click.option(
    "--as", "as_person", metavar="PERSON", help="Who is at the keyboard (id or exact name)."
)
TODAY = click.option(
    "--date", "today", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Day of the figures."
)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def today() -> dt.date:
    """The day at the keyboard, which is what people in the room mean by today."""
    return dt.date.today()


def in_the_room(at: dt.datetime) -> dt.datetime:
    """A moment by the clock at the keyboard."""
    return at.astimezone()


@contextmanager
def reading(path: Path) -> Iterator[tuple[AuditFile, Audit]]:
    """The file and its audit; works beside an open workbench."""
    with AuditFile.open(path, write=False) as file:
        yield file, file.load()


@contextmanager
def writing(path: Path, as_person: str | None) -> Iterator[Document]:
    """The document, with the right to write."""
    with AuditFile.open(path, write=True, who=as_person or "") as file:
        audit = file.load()
        by = person_id(audit, as_person) if as_person else None
        yield Document(file, audit, clock=now, by=by)


def create(path: Path, audit: Audit, label: str, by: PersonId | None = None) -> None:
    """A new file with this audit; an existing one is never replaced."""
    AuditFile.create(path, audit, label=label, by=by, at=now()).close()


def progress(label: str, steps: int) -> Any:
    """A bar on a terminal, silence elsewhere; call `.update(1)` after each step."""
    hidden = not sys.stderr.isatty()
    return click.progressbar(length=steps, label=label, file=sys.stderr, hidden=hidden)
