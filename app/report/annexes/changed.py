"""Annex of what changed since owners confirmed their answers: old, new, by whom, when and why."""

from typing import Final

from app.domain.answers import Answer, Reply, Review
from app.domain.compare import Stood, stood
from app.domain.ids import WorkflowId
from app.domain.revisions import Revised, revised, unsettled
from app.report.draft import Draft, plain, question_of
from app.report.model import Cell, Line, Row, Section, Table

SHOWN_REVIEWS: Final = (Review.PROPOSED, Review.DISPUTED)


def changed_annex(draft: Draft) -> Section | None:
    """None where no owner has confirmed anything."""
    active = {estimate.id for estimate in draft.estimates}
    kept = [w for w in sorted(draft.audit.confirmations) if w in active]
    if not kept:
        return None
    broken = [w for w in unsettled(draft.audit) if w in active]
    found = {w: revised(draft.audit, w, draft.inputs.revisions) for w in broken}
    rows = [_row(draft, w, change) for w in broken for change in found[w]]
    heading = draft.say(
        "changed.heading",
        n=len(rows),
        workflows=len(broken),
        confirmed=len(kept),
    )
    untold = [draft.names.target(w) for w in broken if not found[w]]
    lead: tuple[Line, ...] = (draft.say("changed.rule"),)
    if untold:
        lead = (*lead, draft.say("changed.untold", parts=untold))
    blocks = (_table(draft, rows),) if rows else ()
    return Section("changed", draft.words("section.changed"), heading, lead, blocks)


def _table(draft: Draft, rows: list[Row]) -> Table:
    columns = (
        draft.column("question", 1.4),
        draft.column("was", 0.7),
        draft.column("is_now", 0.7),
        draft.column("changed_by", 0.7),
        draft.column("why", 0.9),
    )
    return Table("changed", draft.words("label.changed"), columns, tuple(rows))


def _row(draft: Draft, workflow: WorkflowId, change: Revised) -> Row:
    question = question_of(draft.audit).get(change.question)
    text = f"{question.text} ({change.question})" if question else str(change.question)
    before, after = _said(draft, change.before), _said(draft, change.after)
    cells = (
        plain(text, detail=draft.names.target(workflow)),
        plain(before),
        plain(after, detail=draft.words("label.people_said") if before == after else ""),
        plain(
            draft.names.person(change.by),
            detail=draft.words.short_date(draft.inputs.local(change.at).date()),
        ),
        _why(draft, change),
    )
    return Row(f"{change.question}/{draft.names.key(workflow)}", cells)


def _why(draft: Draft, change: Revised) -> Cell:
    return plain(draft.names.typed(change.reason) or draft.words("label.no_reason"))


def _said(draft: Draft, answer: Answer | None) -> str:
    """The agreed reply, else the median of the individual ones; whether it is in doubt."""
    found = stood(answer)
    if answer is None or found is None:
        return draft.words("status.not_asked")
    text = _reply(draft, found)
    if answer.review in SHOWN_REVIEWS:
        return f"{text} ({draft.words(f'review.{answer.review.value}')})"
    return text


def _reply(draft: Draft, found: Stood) -> str:
    if found.reply is not Reply.LEVEL or found.level is None:
        return draft.words(f"reply.{found.reply.value}")
    level = draft.level(found.level)
    if found.grade is None:
        return draft.words("label.median_of", level=level)
    return f"{level}, {draft.words(f'grade.{found.grade.value}')}"
