"""Sign page: who decides, and for every workflow whether its owner stands by the answers."""

from collections import Counter
from enum import StrEnum

from app.domain.edits.workshop import fingerprint
from app.domain.ids import Target, WorkflowId
from app.report.draft import Draft, plain
from app.report.model import Block, Cell, Row, Section, Table


class Confirmed(StrEnum):
    HELD = "held"
    CHANGED = "changed"
    BY_ANOTHER = "by_another"
    """Confirmed by somebody who is not its owner now."""
    NOT_YET = "not_yet"
    NOTHING = "nothing"
    """The workflow has no answers of its own."""


def sign_page(draft: Draft) -> Section:
    """One line for each workflow with answers of its own, with room for a signature."""
    found = {e.id: confirmed_as(draft, e.id) for e in draft.estimates}
    count = Counter(found.values())
    heading = draft.say(
        "sign.heading",
        n=count[Confirmed.HELD],
        of=len(found),
        changed=count[Confirmed.CHANGED] + count[Confirmed.BY_ANOTHER],
    )
    lead = (draft.say("sign.rule"),)
    listed = [w for w, state in found.items() if state is not Confirmed.NOTHING]
    note = ""
    if count[Confirmed.NOTHING]:
        note = draft.say("sign.nothing", n=count[Confirmed.NOTHING]).text
    columns = (
        draft.column("workflow", 1.1),
        draft.column("owner", 0.8),
        draft.column("owner_confirmed", 0.9),
        draft.column("signature", 1.1),
    )
    rows = tuple(Row(draft.names.key(w), _cells(draft, w, found[w])) for w in listed)
    blocks: tuple[Block, ...] = (_deciders(draft),)
    if rows:
        title = draft.words("label.confirmations")
        blocks = (*blocks, Table("confirmations", title, columns, rows, note))
    return Section("sign", draft.words("section.sign"), heading, lead, blocks)


def confirmed_as(draft: Draft, workflow: WorkflowId) -> Confirmed:
    audit = draft.audit
    kept = audit.confirmations.get(workflow)
    if kept is None:
        return Confirmed.NOT_YET if audit.answers.get(Target(workflow)) else Confirmed.NOTHING
    if kept.fingerprint != fingerprint(audit, workflow):
        return Confirmed.CHANGED
    owner = audit.workflows[workflow].owner
    return Confirmed.HELD if kept.person == owner else Confirmed.BY_ANOTHER


def _cells(draft: Draft, workflow: WorkflowId, state: Confirmed) -> tuple[Cell, ...]:
    kept = draft.audit.confirmations.get(workflow)
    said = draft.words(f"confirmed.{state.value}")
    detail = ""
    if kept:
        detail = draft.words.short_date(draft.inputs.local(kept.at).date())
        if state is Confirmed.BY_ANOTHER:
            detail = f"{draft.names.person(kept.person)}, {detail}"
    return (
        plain(draft.names.target(workflow)),
        plain(draft.names.person(draft.workflow(workflow).owner)),
        plain(said, tone="" if state is Confirmed.HELD else "alarm", detail=detail),
        _line(),
    )


def _deciders(draft: Draft) -> Table:
    """Sponsor and facilitator sign for the whole report."""
    columns = (
        draft.column("role_of", 1.1),
        draft.column("name", 0.8),
        draft.column("date", 0.9),
        draft.column("signature", 1.1),
    )
    sponsor = draft.names.person(draft.audit.organisation.sponsor)
    rows = (
        ("sponsor", draft.words("label.sponsor"), sponsor),
        ("lead", draft.words("label.audit_lead"), ""),
    )
    cells = tuple(
        Row(key, (plain(role), plain(name or " "), _line(), _line())) for key, role, name in rows
    )
    return Table("signatures", draft.words("label.signatures"), columns, cells)


def _line() -> Cell:
    """Room to write by hand."""
    return plain("", tone="sign")
