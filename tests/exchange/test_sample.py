"""The sample audit is complete, closed, free of contradictions, and worth looking at."""

from collections import Counter

import pytest

from app.domain.answers import Reply, Review
from app.domain.audit import COLLECTIONS, Audit
from app.domain.bank import Grade
from app.domain.checks import checks
from app.domain.conditions import WorkflowState, conditions
from app.domain.edits.records import check
from app.domain.findings import FindingSeverity
from app.domain.gaps import gaps
from app.domain.landscape import Lifecycle
from app.domain.progress import progress
from app.domain.references import dangling, records
from app.domain.replies import active_cases
from app.exchange.sample import TODAY, sample_audit


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample_audit()


def test_it_is_the_same_every_time(audit: Audit) -> None:
    assert sample_audit() == audit


def test_every_collection_has_records_but_snapshots_which_need_a_file(audit: Audit) -> None:
    empty = [c.name for c in COLLECTIONS if c.depth and not getattr(audit, c.name)]
    assert empty == ["snapshots"]
    assert (len(audit.workflows), len(audit.people), len(audit.platforms)) == (12, 9, 3)
    assert all(len(group) > 0 for group in audit.stages.values())
    assert set(audit.stages) == set(audit.workflows)


def test_nothing_dangles_and_every_record_passes_its_own_edit(audit: Audit) -> None:
    assert dangling(audit) == ()
    for collection in COLLECTIONS:
        if collection.name not in ("bank", "reference", "answers"):
            for keys, record in records(audit, collection.name):
                check(audit, collection.name, keys, record)


def test_it_holds_no_contradiction_and_some_work_left(audit: Audit) -> None:
    by_severity = Counter(f.severity for f in checks(audit, TODAY))
    assert by_severity[FindingSeverity.ERROR] == 0
    assert by_severity[FindingSeverity.WARNING] > 3


def test_the_states_differ(audit: Audit) -> None:
    states = Counter(
        conditions(audit.bank, case).state(live=case.workflow.is_live)
        for case in active_cases(audit, TODAY)
    )
    assert states == {
        WorkflowState.LIVE_WITHOUT_COVER: 3,
        WorkflowState.MAY_GO_LIVE: 1,
        WorkflowState.MAY_BUILD: 2,
        WorkflowState.NOT_DEFINED: 5,
    }
    lifecycles = Counter(w.lifecycle for w in audit.workflows.values())
    assert lifecycles[Lifecycle.PRODUCTION] == 3
    assert len(lifecycles) == 4


def test_most_is_asked_and_the_answers_are_of_every_kind(audit: Audit) -> None:
    asked = progress(active_cases(audit, TODAY))
    assert asked.answered > 0.85 * asked.of
    assert asked.of > 600
    assert min(asked.unknown, asked.not_applicable, asked.not_asked) > 10
    answers = [a for group in audit.answers.values() for a in group.values()]
    assert {a.review for a in answers} == set(Review)
    settled = [a.settled for a in answers if a.settled]
    assert {s.grade for s in settled if s.reply is Reply.LEVEL} == set(Grade)
    assert {s.level for s in settled} == {None, 0, 1, 2, 3, 4}
    split = [a for a in answers if _spread([s.level for s in a.individual.values()]) >= 2]
    assert len(split) > 15
    assert sum(a.find_out is not None for a in answers) > 10
    assert sum(a.copied_from is not None for a in answers) > 3


def test_remarks_lie_on_gaps_that_exist(audit: Audit) -> None:
    keys = {gap.key for gap in gaps(audit, active_cases(audit, TODAY))}
    assert set(audit.gap_notes) <= keys


def test_it_shows_a_plan_of_45_days_a_month_from_january(audit: Audit) -> None:
    plan, organisation = audit.plan, audit.organisation
    assert plan.start is not None
    assert (plan.capacity, plan.start.year, plan.start.month) == (45, 2027, 1)
    assert organisation.own_rate == 0.6
    assert all(w.yearly_benefit for w in audit.workflows.values())
    assert sum(bool(w.own_model_goal) for w in audit.workflows.values()) == 1


def _spread(levels: list[int | None]) -> int:
    given = [level for level in levels if level is not None]
    return max(given) - min(given) if given else 0
