"""Derived gaps, what to show and to find out, and progress."""

import datetime as dt

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from app.domain.answers import FindOut
from app.domain.conditions import golive_questions
from app.domain.gaps import find_out, gap_key, gap_place, gaps, to_show
from app.domain.ids import PersonId, QuestionId, Target
from app.domain.landscape import Lifecycle
from app.domain.planning import GapNote, Severity
from app.domain.progress import mode_questions, progress
from app.domain.replies import Status, active_cases
from app.domain.risk.engine import controls
from tests.domain.assessments import assessment, seeds
from tests.domain.audits import (
    TODAY,
    Told,
    ToldSource,
    audit_of,
    case_of,
    every,
    golden_cases,
    golden_portfolio,
    golden_workflows,
    shipped,
)
from tests.domain.golden import appraised, bank, documented, near, reference

FEW = settings(max_examples=25, deadline=None)
SMALL = Told(
    {
        "RT-01": [(2, "documented")],
        "GOV-02": [("dk", "asserted")],
        "WF-01": [(1, "asserted")],
        "MX-01": [(0, "observed")],
        "CX-01": [(3, "asserted")],
    },
    id="w1",
    platform="p1",
)


def test_g19_gaps_of_the_portfolio() -> None:
    golden = golden_cases()["G19"]["demo"]
    audit = golden_portfolio(bank(), reference())
    cases = active_cases(audit, TODAY)
    found = gaps(audit, cases)
    assert len(found) == golden["gaps"]
    assert sum(g.not_known for g in found) == golden["not_known"]
    for severity in ("critical", "high", "medium", "low"):
        assert sum(g.severity == severity for g in found) == golden[severity]
    assert len(to_show(audit, cases)) == golden["to_show"]


@pytest.mark.parametrize(
    ("name", "lifecycle"), [("small", Lifecycle.PILOT), ("small_live", Lifecycle.PRODUCTION)]
)
def test_g19_small(name: str, lifecycle: Lifecycle) -> None:
    told = replace(SMALL, workflow=replace(SMALL.workflow, lifecycle=lifecycle))
    audit, found = case_of(bank(), reference(), told)
    derived = {
        g.key: g.severity.value + (", not known" if g.not_known and name == "small" else "")
        for g in gaps(audit, [found])
    }
    assert derived == golden_cases()["G19"][name]


def test_g19_nothing_asked_has_no_gap() -> None:
    audit, found = case_of(bank(), reference(), Told())
    assert gaps(audit, [found]) == ()


def test_g30_questions_asked_only_if_a_fact_holds() -> None:
    golden = golden_cases()["G30"]
    told = Told(documented(FAIR_01=[(0, "observed")], PUB_01=[(0, "observed")]))
    outside = replace(told, workflow=replace(told.workflow, people_outside_affected=True))
    own = replace(told, workflow=replace(told.workflow, own_model_goal=True))
    engine, _ = shipped()

    def counted(of: Told) -> int:
        _, found = case_of(bank(), reference(), of)
        return len(controls(engine, found).standings)

    assert counted(told) == golden["questions_without"]
    assert counted(outside) == golden["questions_people_outside"]
    assert counted(own) == golden["questions_own_model"]
    without, first = appraised(told, shipped())
    with_it, second = appraised(outside, shipped())
    assert without.risk == near(golden["P_without"], 0)
    assert with_it.risk == near(golden["P_people_outside_both_level_0"], 0)
    audit, _ = case_of(bank(), reference(), told)
    assert len(gaps(audit, [first])) == golden["gaps_without"]
    assert {g.key for g in gaps(audit, [second])} == set(golden["gaps_people_outside"])


def test_g35_progress() -> None:
    golden = golden_cases()["G35"]
    fourth = Told(id="w4", platform="platform2")
    audit = audit_of(bank(), reference(), *golden_workflows(), fourth)
    found = progress(active_cases(audit, TODAY))
    assert found.answered == golden["answered"]
    assert found.of == golden["of"]
    assert found.unknown == golden["unknown"]
    assert found.not_applicable == golden["not_applicable"]
    assert found.not_asked == golden["not_asked"]


@FEW
@given(seeds)
def test_not_asked_is_never_a_gap(seed: int) -> None:
    audit, case = case_of(bank(), reference(), assessment(seed, skipped=0.6))
    asked = {s.question.id for s in case.standings if s.status is not Status.NOT_ASKED}
    for gap in gaps(audit, [case]):
        assert gap.question in asked
        assert gap.level is None or gap.level < 3
        assert gap.not_known == (gap.level is None)


@FEW
@given(seeds)
def test_removing_answers_only_removes_gaps(seed: int) -> None:
    told = assessment(seed, skipped=0.3)
    kept = set(list(told.answers)[::2])
    fewer = replace(
        told,
        answers={q: v for q, v in told.answers.items() if q in kept},
        sources=tuple(replace(s, answers={}) for s in told.sources),
    )
    before, after = (
        gaps(a, [c]) for a, c in (case_of(bank(), reference(), t) for t in (told, fewer))
    )
    assert {g.key for g in after} <= {g.key for g in before}


@FEW
@given(seeds)
def test_severity_follows_conditions(seed: int) -> None:
    told = assessment(seed)
    audit, case = case_of(bank(), reference(), told)
    conditions = {q.id for q in golive_questions(bank())}
    live = case.workflow.is_live
    for gap in gaps(audit, [case]):
        is_condition = gap.question in conditions
        assert (gap.severity in (Severity.CRITICAL, Severity.HIGH)) == is_condition
        assert (gap.severity is Severity.CRITICAL) == (is_condition and live)


@FEW
@given(seeds)
def test_registering_sources_makes_no_gap(seed: int) -> None:
    told = replace(assessment(seed), sources=())
    registered = replace(told, sources=(ToldSource("a"), ToldSource("b")))
    before, after = (
        gaps(a, [c]) for a, c in (case_of(bank(), reference(), t) for t in (told, registered))
    )
    assert before == after


def test_a_shared_target_makes_one_gap_with_its_worst_severity() -> None:
    weak = {"GOV-02": [(1, "asserted")]}
    live = replace(Told().workflow, lifecycle=Lifecycle.PRODUCTION)
    audit = audit_of(
        bank(),
        reference(),
        Told(weak, id="a", platform="p"),
        Told(weak, id="b", platform="p", workflow=live),
    )
    (gap,) = gaps(audit, active_cases(audit, TODAY))
    assert gap.key == "GOV-02/p"
    assert gap.workflows == ("a", "b")
    assert gap.severity is Severity.CRITICAL


def test_a_person_may_choose_another_severity() -> None:
    audit, case = case_of(bank(), reference(), Told({"WF-01": [(1, "asserted")]}))
    note = GapNote(severity=Severity.LOW, because="Known and small.")
    noted = replace(audit, gap_notes={gap_key(QuestionId("WF-01"), Target("w")): note})
    (gap,) = gaps(noted, [case])
    assert gap.severity is Severity.LOW
    assert gap.note == note


def test_a_key_leads_back_to_its_place() -> None:
    assert gap_place(gap_key(QuestionId("WF-01"), Target("w"))) == ("WF-01", "w")


def test_what_nobody_knows_is_on_the_list_to_find_out() -> None:
    audit, case = case_of(
        bank(), reference(), Told({"WF-01": [("dk", "asserted")], "WF-02": [(0, "asserted")]})
    )
    day = dt.date(2026, 7, 1)
    place = audit.answers[Target("w")]
    task = replace(place[QuestionId("WF-01")], find_out=FindOut(PersonId("ann"), day))
    audit = replace(audit, answers={Target("w"): {**place, QuestionId("WF-01"): task}})
    (item,) = find_out(audit, [case])
    assert (item.question, item.target, item.who, item.by) == ("WF-01", "w", "ann", day)
    assert item.workflows == ("w",)


@FEW
@given(seeds)
def test_parts_of_progress_add_up(seed: int) -> None:
    told = assessment(seed, skipped=0.5)
    found = progress([case_of(bank(), reference(), told)[1]])
    assert found.answered + found.not_asked == found.of
    assert found.unknown + found.not_applicable <= found.answered
    both = progress(active_cases(audit_of(bank(), reference(), told, Told(id="new")), TODAY))
    assert both.answered == found.answered
    assert both.not_asked > found.not_asked
    assert progress([case_of(bank(), reference(), Told())[1]]).answered == 0


@pytest.mark.parametrize(("mode", "count"), [("conditions", 12), ("core", 42), ("full", 72)])
def test_a_mode_counts_its_own_questions(mode: str, count: int) -> None:
    chosen = mode_questions(bank(), mode)
    assert len(chosen) == count
    _, case = case_of(bank(), reference(), Told(every(bank(), 2)))
    conditional = {q.id for q in bank().questions if q.ask_if}
    assert progress([case], chosen).of == len(chosen - conditional)


def test_screening_scores_no_question() -> None:
    assert mode_questions(bank(), "screen") == frozenset()
