"""Months of a plan as dates."""

import datetime as dt

from app.domain.planning import plan_month, shifted
from app.report.draft import Draft, plain
from app.report.model import Cell


def start(draft: Draft) -> dt.date:
    """First day of month 1: as planned, else the month after the report."""
    return plan_month(draft.audit.plan, draft.date, 1)


def month_text(draft: Draft, month: int) -> str:
    """Month `month` of the plan (1 is the first) as `Jan 2027`."""
    return draft.words.month(shifted(start(draft), month - 1))


def short_months(draft: Draft, months: int) -> tuple[str, ...]:
    """Short names; the first one and every January carry the year."""
    found = []
    for i in range(months):
        day = shifted(start(draft), i)
        name = draft.words(f"month_short.{day.month}")
        year = f" {day.year}" if i == 0 or day.month == 1 else ""
        found.append(name + year)
    return tuple(found)


def is_overdue(draft: Draft, due: dt.date | None) -> bool:
    """The day of the report is past it."""
    return due is not None and due < draft.date


def due_cell(draft: Draft, due: dt.date | None, *, done: bool = False) -> Cell:
    """A day by which something is due; marked where it is past and the thing is not done."""
    if due is None:
        return plain("–")
    if done or not is_overdue(draft, due):
        return plain(draft.words.short_date(due))
    return plain(draft.words.short_date(due), tone="alarm", detail=draft.words("label.overdue"))


def due_text(draft: Draft, due: dt.date | None, *, done: bool = False) -> str:
    """The same beneath a name; empty where no day was set."""
    if due is None:
        return ""
    day = draft.words.short_date(due)
    if done or not is_overdue(draft, due):
        return day
    return f"{day}, {draft.words('label.overdue')}"
