"""The command that says what has moved since a snapshot, or between two."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from app.commands.naming import person_name
from app.commands.opening import FILE, JSON, TODAY, reading
from app.commands.opening import today as this_day
from app.commands.output import columns, emit
from app.domain.audit import Audit
from app.domain.ids import OwnGapId
from app.domain.movement import Moment, Move, Movement, movement
from app.domain.promises import Fate, Kept, Promise, promises_kept
from app.domain.workshop import Snapshot
from app.errors import EditError
from app.exchange.audit_json import audit_from_json
from app.store.file import AuditFile
from app.words import Words


@click.command("compare")
@FILE
@click.argument("snapshot")
@click.argument("later", required=False)
@TODAY
@JSON
def compare_command(
    file: Path, snapshot: str, later: str | None, today: dt.datetime | None, as_json: bool
) -> None:
    """Say what has moved since SNAPSHOT: until now, or until the snapshot LATER."""
    day = today.date() if today else this_day()
    with reading(file) as (opened, audit):
        before = _moment(opened, audit, snapshot)
        after = _moment(opened, audit, later) if later else Moment(audit, day)
    found = movement(before, after)
    kept = promises_kept(before, after, found)
    if as_json:
        emit(_plain(before, after, found, kept))
    else:
        _print(after.audit, found, kept)


def _moment(opened: AuditFile, audit: Audit, name: str) -> Moment:
    record = _snapshot(audit, name)
    return Moment(audit_from_json(opened.snapshot_body(record.body)), record.at.date())


def _snapshot(audit: Audit, name: str) -> Snapshot:
    """By id or exact name; EditError lists what there is."""
    for key, record in sorted(audit.snapshots.items()):
        if name in (key, record.name):
            return record
    names = ", ".join(f"“{s.name}”" for _, s in sorted(audit.snapshots.items())) or "none"
    raise EditError(f"There is no snapshot “{name}”; nothing was changed. This audit has {names}.")


def _plain(before: Moment, after: Moment, found: Movement, kept: Kept) -> Mapping[str, Any]:
    by_fate = Counter(p.fate.value for p in kept.promises)
    return {
        "from": before.day,
        "to": after.day,
        "same": found.comparison.is_same,
        "workflows": {
            "added": found.comparison.added,
            "removed": found.comparison.removed,
            "changed": [c.id for c in found.comparison.changed],
            "ended": kept.ended,
        },
        "answers_changed": len(found.comparison.answers),
        "gaps": {
            "opened": [g.key for g in found.opened],
            "closed": [g.key for g in found.closed],
            "said": [g.key for g in found.said],
            "withdrawn": [g.key for g in found.withdrawn],
            "left_out": [g.key for g in found.left_out],
        },
        "moves": [_move(move) for move in found.moves],
        "still": found.still,
        "conditions": {"met": kept.conditions_met, "lost": kept.conditions_lost},
        "promises": {
            "kept": kept.kept,
            "of": kept.of,
            "by_fate": {fate.value: by_fate[fate.value] for fate in Fate},
            "list": [
                {"key": p.key, "owner": p.owner, "due": p.due, "fate": p.fate}
                for p in kept.promises
            ],
        },
        "others": found.comparison.others,
    }


def _move(move: Move) -> Mapping[str, Any]:
    return {
        "workflow": move.workflow,
        "name": move.name,
        "state": [s.state if s else None for s in (move.before, move.after)],
        "relative": [
            s.relative.value if s and not s.withheld else None for s in (move.before, move.after)
        ],
        "conditions": [
            {"question": c.question, "before": c.before, "after": c.after} for c in move.conditions
        ],
    }


def _what(audit: Audit, promise: Promise) -> str:
    """The key, which commands take; what was named in the room in its own words."""
    own = audit.own_gaps.get(OwnGapId(promise.key)) if promise.is_recorded else None
    return f"{promise.key}: {own.text}" if own else promise.key


def _print(audit: Audit, found: Movement, kept: Kept) -> None:
    words = Words(audit.organisation.language)
    if found.comparison.is_same:
        click.echo("Nothing differs.")
        return
    click.echo(words("day90.promises", kept=kept.kept, n=kept.of))
    if kept.said:
        click.echo(words("day90.said", n=kept.said))
    click.echo(words("day90.conditions", n=len(kept.conditions_met)))
    if kept.conditions_lost:
        click.echo(words("day90.lost", n=len(kept.conditions_lost)))
    click.echo(words("day90.ended", n=len(kept.ended)))
    click.echo(
        f"{len(found.comparison.answers)} answers changed, {len(found.opened)} gaps opened, "
        f"{len(found.closed)} closed, {len(found.said)} said and not shown."
    )
    states = [
        {
            "workflow": move.name,
            "before": words(f"state.{move.before.state}") if move.before else "–",
            "after": words(f"state.{move.after.state}") if move.after else "–",
        }
        for move in found.moves
        if move.has_other_state
    ]
    columns(states, empty="No workflow changed its state.")
    open_ = [p for p in kept.promises if p.fate in (Fate.LATE, Fate.OPEN)]
    if open_:
        click.echo("Promises still open:")
        columns(
            [
                {
                    "who": person_name(audit, p.owner),
                    "due": p.due,
                    "": words(f"fate.{p.fate}"),
                    "what": _what(audit, p),
                }
                for p in open_
            ],
            empty="",
        )
