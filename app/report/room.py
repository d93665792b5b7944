"""What the room decided, objected to and parked, and who was there: tables of at most n rows."""

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from app.domain.ids import DecisionId
from app.domain.sessions import in_order, quorum
from app.domain.tally import polls
from app.domain.workshop import Decision, ParkingItem
from app.report.calendar import due_cell
from app.report.draft import Draft, plain
from app.report.left_over import left_over
from app.report.minutes import tables as minutes_tables
from app.report.model import Cell, Row, Table
from app.report.pages import facts

RECORD = "record"
"""The annex that holds all of it."""
Decisions = list[tuple[int, Decision]]
"""With their places among all decisions, so that both lists give a decision the same key."""


def all_decisions(draft: Draft) -> Decisions:
    found: list[tuple[DecisionId, Decision]] = sorted(draft.audit.decisions.items())
    return [(n, decision) for n, (_, decision) in enumerate(found, 1)]


def taken(draft: Draft) -> Decisions:
    return [(n, d) for n, d in all_decisions(draft) if d.verdict is not None]


def dissents(draft: Draft) -> int:
    return len(_objections(draft))


def _objections(draft: Draft) -> tuple[minutes_tables.Objection, ...]:
    """From what was settled after a vote, then from decisions."""
    decisions = [decision for _, decision in all_decisions(draft)]
    return minutes_tables.objections(draft, polls(draft.audit), decisions)


def decisions_table(
    draft: Draft, key: str, found: Decisions, most: int | None = None, title: str = ""
) -> Table:
    """`title`: where the key of the table is none of a label."""
    columns = (
        draft.column("decision", 1.5),
        draft.column("owner", 0.6),
        draft.column("by", 0.5),
        draft.column("outcome", 0.5),
        draft.column("unblocks", 0.9),
    )
    rows = tuple(Row(f"decision-{n}", _decision_cells(draft, d)) for n, d in found[:most])
    note = left_over(draft, "other_decision", len(found) - len(rows), RECORD)
    return Table(key, title or draft.words(f"label.{key}"), columns, rows, note)


def _decision_cells(draft: Draft, decision: Decision) -> tuple[Cell, ...]:
    verdict = decision.verdict.value if decision.verdict else "open"
    decided = draft.words.short_date(decision.decided) if decision.decided else ""
    return (
        plain(draft.names.typed(decision.text), detail=draft.names.typed(decision.note)),
        plain(draft.names.person(decision.owner)),
        due_cell(draft, decision.due, done=decision.verdict is not None),
        plain(draft.words(f"verdict.{verdict}"), detail=decided),
        plain(draft.names.typed(decision.unblocks) or "–"),
    )


def dissent_table(draft: Draft, most: int | None = None) -> Table:
    """As in the minutes, where who dissents is named by consent only."""
    found = _objections(draft)
    whole = minutes_tables.dissent_table(draft, 0, found[:most])
    note = left_over(draft, "other_dissent", len(found) - len(whole.rows), RECORD)
    return replace(whole, key="dissent", note=note)


def parking_table(draft: Draft, most: int | None = None) -> Table:
    """Open items first, by due date."""
    numbered = enumerate((item for _, item in sorted(draft.audit.parking.items())), 1)
    return parked_table(draft, "parking", list(numbered), most)


def parked_table(
    draft: Draft, key: str, found: Sequence[tuple[int, ParkingItem]], most: int | None = None
) -> Table:
    """Some of the items, each with its place among all of them."""
    columns = (
        draft.column("item", 1.8),
        draft.column("owner", 0.7),
        draft.column("by", 0.5),
        draft.column("status", 0.4),
    )
    order = sorted(found, key=lambda p: (p[1].done, str(p[1].due or "9"), p[0]))
    rows = tuple(
        Row(
            f"parked-{n}",
            (
                plain(draft.names.typed(item.text)),
                plain(draft.names.person(item.owner, "label.no_owner")),
                due_cell(draft, item.due, done=item.done),
                plain(draft.words("label.done" if item.done else "label.open")),
            ),
        )
        for n, item in order[:most]
    )
    note = left_over(draft, "other_parked", len(order) - len(rows), RECORD)
    return Table(key, draft.words("label.parking"), columns, rows, note)


def attendance_table(draft: Draft, most: int | None = None) -> Table:
    """People present by session and by what they speak for, never by name."""
    rows: list[Row] = []
    audit = draft.audit
    order = [s for s in in_order(audit) if audit.attendance.get(s)]
    for session in (*order, *sorted(audit.attendance.keys() - audit.sessions.keys())):
        group = audit.attendance[session]
        present = sorted(person for person, kept in group.items() if kept.present)
        record = audit.sessions.get(session)
        n = in_order(audit).index(session) + 1 if record else len(rows) + 1
        here = quorum(audit, session)
        missing = ""
        if here.not_recorded:
            count = draft.words.figure(here.not_recorded)
            missing = draft.words("label.not_recorded_n", n=count)
        roles = Counter(facts.party_said(draft, person) for person in present)
        said = (f"{role} ({count})" if count > 1 else role for role, count in sorted(roles.items()))
        cells = (
            plain(
                draft.words("label.session_n", n=n),
                detail=draft.words.short_date(record.date) if record else "",
            ),
            plain(draft.n_of_m(here.present, here.of), detail=missing),
            plain("; ".join(said) or "–"),
        )
        rows.append(Row(f"session-{n}", cells))
    columns = (
        draft.column("session", 0.8),
        draft.column("present", 0.5),
        draft.column("roles", 2),
    )
    shown = tuple(rows[-most:] if most else rows)
    note = left_over(draft, "earlier_session", len(rows) - len(shown), RECORD)
    return Table("attendance", draft.words("label.attendance"), columns, shown, note)
