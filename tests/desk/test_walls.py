"""What pages offer for the wall says how many and what, and never who."""

import datetime as dt
import re

import pytest
from msgspec import json
from msgspec.structs import replace

from app.desk import walls
from app.domain.audit import Audit
from app.domain.edits.records import put
from app.domain.gaps import find_out, gaps
from app.domain.ids import PersonId, SessionId, WorkflowId
from app.domain.last_time import left_open
from app.domain.plan.planner import make_plan
from app.domain.planning import OwnGap
from app.domain.replies import active_cases
from app.domain.risk.draws import Draws
from app.domain.risk.engine import prepare
from app.domain.risk.results import StageCover
from app.domain.risk.stages import stages_missing
from app.domain.tally import polls
from app.domain.wall import Wall
from app.exchange.sample import sample_audit
from app.words import Words

TODAY = dt.date(2026, 12, 14)


@pytest.fixture(scope="module")
def audit() -> Audit:
    """Names and notes that occur nowhere else."""
    audit = sample_audit()
    for n, (id_, person) in enumerate(sorted(audit.people.items())):
        audit = put(audit, "people", (id_,), replace(person, name=f"Xname{n}", note=f"Xnote{n}"))
    for key, note in sorted(audit.gap_notes.items()):
        audit = put(audit, "gap_notes", (key,), replace(note, note="Xnote"))
    own = OwnGap("Nobody knows the rota", owner=PersonId("zoe"), note="Xnote")
    return put(audit, "own_gaps", ("gap-1",), own)


def every_wall(audit: Audit) -> list[Wall]:
    words, cases = Words(), active_cases(audit, TODAY)
    covers = [stages_missing(audit, case.id).cover for case in cases]
    engine = prepare(audit.bank, audit.reference)
    plan = make_plan(engine, Draws(engine), audit, TODAY)
    return [
        walls.middle_wall(audit, covers, words),
        walls.gaps_wall(audit, gaps(audit, cases), len(cases), words),
        walls.find_out_wall(audit, find_out(audit, cases), words),
        walls.last_time_wall(audit, left_open(audit, cases), words),
        walls.roadmap_wall(audit, plan, TODAY, words),
        walls.screen_wall(audit, WorkflowId("returns"), audit.bank.screen[0], words),
        walls.decisions_wall(audit, words),
        walls.parking_wall(audit, words),
        walls.agenda_wall(audit, SessionId("workshop-1"), words),
        walls.rate_wall(words),
        *(walls.vote_wall(audit, poll.last, words) for poll in polls(audit)),
    ]


def test_no_wall_has_a_name_or_a_note(audit: Audit) -> None:
    for wall in every_wall(audit):
        assert not re.search(r"Xn(ame|ote)", json.encode(wall).decode()), wall


def test_a_stage_counts_the_workflows_without_it(audit: Audit) -> None:
    covers = [stages_missing(audit, case.id).cover for case in active_cases(audit, TODAY)]
    wall = walls.middle_wall(audit, covers, Words())
    assert len(wall.rows) == 7
    assert sum(n for _, n, _ in wall.rows) == sum(
        cover is StageCover.MISSING for found in covers for cover in found.values()
    )
    assert {of for _, _, of in wall.rows} == {len(covers)}


def test_gaps_are_counted_by_question_and_the_rooms_own_follow(audit: Audit) -> None:
    cases = active_cases(audit, TODAY)
    wall = walls.gaps_wall(audit, gaps(audit, cases), len(cases), Words())
    derived = [row for row in wall.rows if row[2]]
    own = wall.rows[len(derived) :]
    assert ("Nobody knows the rota", 0, 0) in own
    assert {of for _, _, of in own} == {0}
    counts = [n for _, n, _ in derived]
    assert counts == sorted(counts, reverse=True)
    assert len(derived) == len({gap.question for gap in gaps(audit, cases)})


def test_an_empty_list_says_so(audit: Audit) -> None:
    assert walls.last_time_wall(audit, (), Words()).lines == ("Nothing is open.",)
