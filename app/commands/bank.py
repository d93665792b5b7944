"""The command that moves an audit to another question bank."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from app.commands.opening import AS, FILE, JSON, progress, reading, today, writing
from app.commands.output import columns, emit
from app.domain.audit import Audit
from app.domain.bank import Bank
from app.domain.bank_results import BankResults, results_of_move
from app.domain.edits.bank import BankMove, Place, move_to_bank
from app.domain.risk.results import Estimate, Portfolio
from app.exchange.bank_toml import default_bank, load_bank
from app.report.standing import beside, standing
from app.words import Words

SHOWN = 20
"""Rows named one by one before the rest is counted."""


@click.command("bank")
@FILE
@click.argument("bankdir", required=False, type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help="Say what would happen; change nothing.")
@JSON
@AS
def bank_command(
    file: Path, bankdir: Path | None, preview: bool, as_json: bool, as_person: str | None
) -> None:
    """Move the audit to the question bank in BANKDIR, or to the one that comes with Plumbline.

    No answer is lost: answers to questions the bank lacks are kept and set aside, answers to
    reworded questions have to be confirmed. The results stand before and after side by side.
    """
    bank = load_bank(bankdir) if bankdir else default_bank()
    with progress("Scoring by both banks", 2) as bar:
        if preview:
            with reading(file) as (_, audit):
                pass
            found = results_of_move(audit, bank, today())
            bar.update(2)
        else:
            with writing(file, as_person) as document:
                audit = document.audit
                found = results_of_move(audit, bank, today())
                bar.update(1)
                document.apply(f"Move to bank {bank.version}", move_to_bank, bank)
                bar.update(1)
    words = Words(audit.organisation.language)
    if as_json:
        emit(_json(audit, bank, words, found))
    else:
        _print(audit, bank, words, found, preview)


def _json(audit: Audit, bank: Bank, words: Words, found: BankResults) -> dict[str, Any]:
    move = found.move
    return {
        "before": {"version": move.before, "hash": move.before_hash, **_figures(found.before)},
        "after": {"version": move.after, "hash": move.after_hash, **_figures(found.after)},
        "questions": {
            "kept": len(bank.questions) - len(move.added),
            **{kind: list(ids) for kind, ids in _kinds(move).items()},
        },
        "answers": {
            "kept": found.kept,
            "to_confirm": [_place(p) for p in move.to_confirm],
            "set_aside": [_place(p) for p in move.set_aside],
        },
        "workflows": [
            {
                "id": was.id,
                "name": audit.workflows[was.id].name,
                "before": _workflow(words, was),
                "after": _workflow(words, now),
            }
            for was, now in found.workflows
        ],
    }


def _kinds(move: BankMove) -> Mapping[str, Sequence[str]]:
    return {
        "added": move.added,
        "removed": move.removed,
        "reworded": move.reworded,
        "reweighed": move.reweighed,
        "rescoped": move.rescoped,
    }


def _figures(found: Portfolio | None) -> dict[str, Any]:
    if found is None:
        return {"states": {}, "conditions": {}, "risk": None, "range": None, "relative": None}
    return {
        "states": {state.value: count.workflows for state, count in found.states.items()},
        "conditions": dict(found.conditions),
        "risk": found.risk,
        "range": [found.range.low, found.range.high],
        "relative": found.relative.value,
    }


def _workflow(words: Words, found: Estimate) -> dict[str, Any]:
    golive = found.conditions.golive
    return {
        "state": words(f"state.{found.state}"),
        "met": sum(state.is_held for state in golive.values()),
        "of": len(golive),
        "risk": found.risk,
        "relative": found.relative.value,
    }


def _place(place: Place) -> dict[str, str]:
    return {"question": place.question, "target": place.target}


def _print(audit: Audit, bank: Bank, words: Words, found: BankResults, preview: bool) -> None:
    move = found.move
    if move.before_hash == move.after_hash:
        click.echo(f"The audit has bank {move.after} already; nothing differs.")
        return
    verb = "Would move" if preview else "Moved"
    click.echo(f"{verb} from bank {move.before} to bank {move.after} ({bank.title}).")
    click.echo(
        f"Answers kept as they are: {found.kept}; to be confirmed again: "
        f"{len(move.to_confirm)}; set aside: {len(move.set_aside)}."
    )
    for kind, ids in _kinds(move).items():
        if ids:
            more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
            click.echo(f"Questions {kind}: {len(ids)} ({', '.join(ids[:SHOWN])}{more}).")
    click.echo()
    after = move_to_bank(audit, bank)
    rows = beside(standing(audit, found.before, words), standing(after, found.after, words))
    columns(
        [{"result": r.label, "before": r.before, "after": r.after} for r in rows],
        empty=words("reason.no_workflow"),
    )
    moved = [(a, b) for a, b in found.workflows if _told(words, a) != _told(words, b)]
    click.echo()
    columns([_line(audit, words, *pair) for pair in moved[:SHOWN]], empty="No workflow differs.")
    if len(moved) > SHOWN:
        click.echo(f"  and {len(moved) - SHOWN} more")


def _line(audit: Audit, words: Words, was: Estimate, now: Estimate) -> dict[str, str]:
    one, other = _told(words, was), _told(words, now)
    return {
        "workflow": audit.workflows[was.id].name,
        "state before": one[0],
        "state after": other[0],
        "conditions": f"{one[1]} → {other[1]}",
        "against typical": f"{one[2]} → {other[2]}",
    }


def _told(words: Words, found: Estimate) -> tuple[str, str, str]:
    """State, conditions and figure as they are printed."""
    told = _workflow(words, found)
    return told["state"], f"{told['met']} of {told['of']}", f"{told['relative']:.1f}"
