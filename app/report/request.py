"""What somebody asks for: the reader, the parts, the paper, the day and the look."""

import datetime as dt

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.ids import WorkflowId
from app.report.brand import Brand
from app.report.model import Audience, PageSize


class Request(Struct, frozen=True):
    """`sections` are keys of `contents.KEYS`; None takes what is usual for the audit's size."""

    audience: Audience = Audience.FULL
    page: PageSize = PageSize.A4
    date: dt.date = dt.date.min
    sections: frozenset[str] | None = None
    workflows: tuple[WorkflowId, ...] = ()
    """Workflows with a page of their own; none chosen means all of a small audit."""
    brand: Brand = Brand()
    language: str = ""
    """Of words and bank; empty takes the brand's, else the audit's own."""


def language_of(request: Request, audit: Audit) -> str:
    """The language asked for, else the brand's, else the audit's own."""
    return request.language or request.brand.language or audit.organisation.language
