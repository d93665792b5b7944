"""Words for what differs between two moments of an audit."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from app.charts.slope import SlopeRow, SlopeSide
from app.domain.answers import Answer
from app.domain.audit import Audit
from app.domain.compare import Count, Stood, stood
from app.domain.gaps import Gap
from app.domain.movement import Move, Situation
from app.domain.risk.results import Relative
from app.ui.models.targets import short_question
from app.ui.page import translate
from app.words import Words


def moment_text(at: dt.datetime, words: Words) -> str:
    """A moment in the local time of the room."""
    here = at.astimezone()
    return f"{words.short_date(here.date())}, {here:%H:%M}"


def stood_text(audit: Audit, found: Stood | None, words: Words) -> str:
    """What an answer said at one moment."""
    if found is None:
        return words("status.not_asked")
    if found.level is None:
        return words(f"status.{found.reply.value}") if words.has(f"status.{found.reply}") else "–"
    text = f"{found.level} {audit.bank.level_names[found.level]}"
    if found.grade:
        text = f"{text}, {words(f'grade.{found.grade.value}')}"
    return text if found.is_agreed else translate("{0} (not agreed)").format(text)


def gap_answer(audit: Audit, gap: Gap, words: Words) -> str:
    """What the answer behind a gap says in one of the two audits."""
    answer: Answer | None = audit.answers.get(gap.target, {}).get(gap.question)
    return stood_text(audit, stood(answer), words)


def state_text(found: Situation | None, words: Words) -> str:
    return words(f"state.{found.state.value}") if found else words("label.left_out")


def relative_text(found: Situation | None, words: Words) -> str:
    """Against typical with its range, as the page of risk says it, or why none is shown."""
    if found is None:
        return "–"
    if found.withheld:
        return words(f"withheld_short.{found.withheld.value}")
    return _relative(found.relative, words)


def _relative(found: Relative, words: Words) -> str:
    value, low, high = (words.figure(v, 1) for v in (found.value, found.low, found.high))
    return f"{value} ({words.span(low, high)})"


def slope_rows(moves: Sequence[Move], words: Words) -> list[SlopeRow]:
    """Moves as the rows of the chart of before and after."""

    def side(found: Situation | None) -> SlopeSide | None:
        if found is None:
            return None
        if found.withheld:
            said = words(f"withheld_short.{found.withheld.value}")
            return SlopeSide(found.state.value, None, said)
        value = found.relative.value
        return SlopeSide(found.state.value, value, words.figure(value, 2))

    return [SlopeRow(m.workflow, m.name, side(m.before), side(m.after)) for m in moves]


def met_text(move: Move) -> str:
    """Go-live conditions met before and after: `5 → 7 of 12`."""
    was, now = move.before, move.after
    last = now or was
    if last is None:
        return ""
    if was is None or now is None or was.met == now.met:
        return translate("{0} of {1}").format(last.met, last.of)
    return translate("{0} → {1} of {2}").format(was.met, now.met, now.of)


def conditions_text(audit: Audit, move: Move, words: Words) -> str:
    """Which conditions moved: `not met → met: Routing decided, Facts listed`."""
    groups: dict[str, list[str]] = {}
    for one in move.conditions:
        was = words(f"condition.{one.before.value}") if one.before else "–"
        now = words(f"condition.{one.after.value}") if one.after else "–"
        name = short_question(audit.bank, one.question, words)
        groups.setdefault(f"{was} → {now}", []).append(name)
    return "; ".join(f"{how}: {', '.join(names)}" for how, names in groups.items())


def value_text(audit: Audit, value: Any, words: Words) -> str:
    """A field of a record as people read it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return translate("yes") if value else translate("no")
    if isinstance(value, dt.date):
        return words.short_date(value)
    if isinstance(value, StrEnum):
        return value.value.replace("_", " ")
    if isinstance(value, float | int):
        return words.figure(value, 0 if float(value).is_integer() else 2)
    person = audit.people.get(value)
    return person.name if person else str(value)


def field_text(name: str) -> str:
    return name.replace("_", " ")


def count_text(found: Count) -> str:
    """`2 added, 1 changed`."""
    parts = (
        (found.added, translate("{0} added")),
        (found.changed, translate("{0} changed")),
        (found.removed, translate("{0} removed")),
    )
    return ", ".join(text.format(n) for n, text in parts if n)


def collection_text(name: str) -> str:
    """What a collection of the audit holds, in the plural."""
    names = {
        "bank": translate("Question bank"),
        "reference": translate("Reference set"),
        "organisation": translate("Organisation"),
        "plan": translate("Plan"),
        "people": translate("People"),
        "platforms": translate("Platforms"),
        "stages": translate("Stages"),
        "sources": translate("Context sources"),
        "links": translate("Sources of workflows"),
        "policies": translate("Rules"),
        "enforcement": translate("Enforcement of rules"),
        "answers": translate("Answers with the same reply"),
        "evidence": translate("Evidence"),
        "screening": translate("Screening"),
        "confirmations": translate("Confirmations"),
        "gap_notes": translate("Notes of gaps"),
        "own_gaps": translate("Recorded gaps"),
        "dot_votes": translate("Dots"),
        "action_notes": translate("Notes of actions"),
        "own_actions": translate("Actions of one's own"),
        "upgrades": translate("Model upgrades"),
        "deployments": translate("Past deployments"),
        "edge_cases": translate("Edge cases"),
        "belief_votes": translate("Beliefs"),
        "sessions": translate("Sessions"),
        "attendance": translate("Attendance"),
        "votes": translate("Votes"),
        "decisions": translate("Decisions"),
        "parking": translate("Parked items"),
        "snapshots": translate("Snapshots"),
        "imports": translate("Imported rows"),
    }
    return names.get(name, field_text(name))
