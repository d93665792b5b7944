"""Laws of the estimate, over random workflows: scoring.md section 5, properties 1 to 8 and 12."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from app.domain.bank import Grade
from app.domain.conditions import WORST_FIRST, Conditions, WorkflowState
from app.domain.ids import PlatformId, WorkflowId
from app.domain.replies import Case, case
from app.domain.risk.engine import Engine, belief, controls, prepare, score
from app.domain.risk.estimate import estimate
from app.domain.risk.indices import missing_middle, tenant_asset
from app.domain.risk.relative import printed
from app.domain.risk.results import Estimate
from app.domain.risk.spread import spread
from app.domain.risk.value import risk_by_week
from tests.domain.assessments import GRADES, assessment, raised, seeds
from tests.domain.audits import (
    TODAY,
    Told,
    ToldSource,
    audit_of,
    case_of,
    every,
    shipped,
)
from tests.domain.golden import appraised, bank, reference

FEW = settings(max_examples=50, deadline=None)
BETTER = (
    WorkflowState.LIVE_WITHOUT_COVER,
    WorkflowState.NOT_DEFINED,
    WorkflowState.MAY_BUILD,
    WorkflowState.MAY_GO_LIVE,
)


def scored(told: Told) -> Estimate:
    return appraised(told, shipped())[0]


def resolved(told: Told) -> Case:
    return case_of(bank(), reference(), told)[1]


@FEW
@given(seeds)
def test_nothing_known_is_the_base_rate_whatever_is_waived(seed: int) -> None:
    waived = assessment(seed, waived=0.3).answers
    told = Told({q: v if v[0][0] == "na" else [("dk", "asserted")] for q, v in waived.items()})
    result = scored(told)
    assert result.risk == pytest.approx(0.8, abs=1e-12)
    assert result.coverage.weight == 0


def test_everything_waived_is_the_base_rate() -> None:
    told = Told({q.id: [("na", "observed")] for q in bank().questions})
    assert scored(told).risk == pytest.approx(0.8, abs=1e-12)
    assert scored(told).waived == pytest.approx(1.0)


@FEW
@given(seeds)
def test_explanations_sum_exactly(seed: int) -> None:
    result = scored(assessment(seed))
    assert sum(result.categories.values()) == pytest.approx(result.risk, abs=1e-12)
    assert sum(c.part for c in result.contributions) == pytest.approx(result.risk, abs=1e-12)
    assert sum(c.shift for c in result.contributions) == pytest.approx(result.risk - 0.8, abs=1e-12)
    assert sum(c.typical for c in result.contributions) == pytest.approx(math.log(5), abs=1e-12)


@FEW
@given(seeds)
def test_risk_stays_on_the_scale(seed: int) -> None:
    result = scored(assessment(seed))
    assert 0.2 - 1e-12 <= result.risk <= 0.95 + 1e-12
    assert -math.expm1(-math.log(5) * result.relative.value) == pytest.approx(
        result.risk, abs=1e-12
    )
    assert risk_by_week(result.hazard, 52) == pytest.approx(result.risk, abs=1e-12)


@FEW
@given(seeds, seeds)
def test_a_better_answer_worsens_nothing(seed: int, choice: int) -> None:
    engine, draws = shipped()
    told = assessment(seed)
    before, after = (resolved(t) for t in (told, raised(told, choice)))
    was, now = (controls(engine, c) for c in (before, after))
    assert score(engine, now).risk <= score(engine, was).risk + 1e-12
    for view in (draws.answers, draws.full):
        old, new = view.relative(was), view.relative(now)
        assert (new <= old + 1e-5).all()
        for low, high in zip(spread(new).values(), spread(old).values(), strict=True):
            assert low <= high + 2e-6
    for index in (missing_middle, tenant_asset):
        bound = index(engine, before)
        assert -1e-9 <= bound.low <= bound.index + 1e-9 <= bound.high + 2e-9 <= 100 + 3e-9
    assert missing_middle(engine, after).index <= missing_middle(engine, before).index + 1e-9
    assert tenant_asset(engine, after).index >= tenant_asset(engine, before).index - 1e-9


@FEW
@given(seeds, seeds)
def test_a_better_answer_worsens_no_condition_and_no_state(seed: int, choice: int) -> None:
    told = assessment(seed)
    before, after = scored(told), scored(raised(told, choice))
    for old, new in _pairs(before.conditions, after.conditions):
        assert WORST_FIRST.index(new) >= WORST_FIRST.index(old)
    assert BETTER.index(after.state) >= BETTER.index(before.state)


def _pairs(was: Conditions, now: Conditions) -> list[tuple]:
    return [
        *((was.entry[q], now.entry[q]) for q in was.entry),
        *((was.golive[q], now.golive[q]) for q in was.golive),
    ]


@pytest.mark.parametrize("level", range(5))
def test_evidence_pulls_towards_the_level_claimed(level: int) -> None:
    risks = [scored(Told(every(bank(), level, grade))).risk for grade in GRADES]
    steps = np.diff(risks)
    if level == 0:
        assert (steps > 0).all()
    elif level == 1:
        assert np.abs(steps).max() < 1e-12
    else:
        assert (steps < 0).all()


@FEW
@given(seeds)
def test_order_of_voices_and_idle_voices_do_not_matter(seed: int) -> None:
    told = assessment(seed)
    risk = scored(told).risk
    turned = {q: list(reversed(voices)) for q, voices in told.answers.items()}
    assert scored(replace(told, answers=turned)).risk == pytest.approx(risk, abs=1e-12)
    idle = [("dk", "asserted"), ("abstain", "asserted")]
    more = {
        q: [*voices, *idle] if any(isinstance(level, int) for level, _ in voices) else voices
        for q, voices in told.answers.items()
    }
    assert scored(replace(told, answers=more)).risk == pytest.approx(risk, abs=1e-12)


@pytest.mark.parametrize("level", range(5))
def test_observed_agreement_leaves_no_doubt_but_the_reference(level: int) -> None:
    result = scored(Told(every(bank(), level)))
    assert result.range.high - result.range.low < 1e-6
    assert result.full_range.high - result.full_range.low > 0.1


def test_a_split_is_wider_at_equal_risk() -> None:
    split = Told({q.id: [(0, "observed"), (4, "observed")] for q in bank().questions})
    result = scored(split)
    assert result.risk == pytest.approx(scored(Told(every(bank(), 1))).risk, abs=1e-12)
    assert result.range.high - result.range.low > 0.1


@FEW
@given(seeds)
def test_registering_sources_changes_nothing(seed: int) -> None:
    """Also where source questions were answered for the workflow before."""
    told = replace(assessment(seed), sources=())
    registered = replace(told, sources=tuple(ToldSource(f"s{n}", {}, n % 3 + 1) for n in range(4)))
    before, after = scored(told), scored(registered)
    assert after.risk == pytest.approx(before.risk, abs=1e-12)
    for was, now in ((before.range, after.range), (before.full_range, after.full_range)):
        assert [now.low, now.high] == pytest.approx([was.low, was.high], abs=1e-6)
    assert after.state is before.state
    assert after.conditions == before.conditions


@FEW
@given(seeds)
def test_order_of_sources_does_not_matter(seed: int) -> None:
    told = assessment(seed)
    names = [s.id for s in told.sources]
    renamed = tuple(
        replace(s, id=name) for s, name in zip(told.sources, reversed(names), strict=True)
    )
    before, after = scored(told), scored(replace(told, sources=renamed))
    assert after.risk == pytest.approx(before.risk, abs=1e-12)
    assert after.range.low == pytest.approx(before.range.low, abs=1e-5)


@FEW
@given(seeds)
def test_settled_is_three_quarters_of_the_agreed_answer(seed: int) -> None:
    engine, _ = shipped()
    told = assessment(seed, waived=0)
    question = next(q for q, v in told.answers.items() if all(isinstance(x, int) for x, _ in v))
    agreed = (seed % 5, GRADES[seed % 4])
    alone = Told({}, agreed={question: agreed})
    both = Told({question: told.answers[question]}, agreed={question: agreed})
    pool = Told({question: told.answers[question]})
    beliefs = [np.array(belief(engine, resolved(t).of(question)[0])) for t in (alone, both, pool)]
    voice = engine.voices[Grade(agreed[1])][agreed[0]]
    assert beliefs[0] == pytest.approx(np.array(voice), abs=1e-12)
    assert beliefs[1] == pytest.approx(0.75 * beliefs[0] + 0.25 * beliefs[2], abs=1e-12)
    assert beliefs[1].sum() == pytest.approx(1, abs=1e-12)
    assert resolved(both).of(question)[0].level == agreed[0]


@FEW
@given(seeds)
def test_inherited_answers_score_like_own_ones(seed: int) -> None:
    told = replace(assessment(seed, waived=0), platform="p")
    inherited = audit_of(bank(), reference(), told)
    own = replace(
        inherited,
        workflows={
            w: replace(record, platform=PlatformId("other"))
            for w, record in inherited.workflows.items()
        },
        answers={
            **{t: a for t, a in inherited.answers.items() if t != "p"},
            "w": {**inherited.answers["w"], **inherited.answers["p"]},
        },
    )
    first, second = (
        estimate(*shipped(), a, case(a, WorkflowId("w"), TODAY), TODAY) for a in (inherited, own)
    )
    assert first.risk == second.risk
    assert first.range == second.range


def test_a_question_whose_fact_does_not_hold_has_no_effect() -> None:
    conditional = {q.id: [(0, "observed")] for q in bank().questions if q.ask_if}
    told = Told({**every(bank(), 3), **conditional})
    assert scored(told).risk == pytest.approx(0.4, abs=1e-12)
    assert scored(told).waived == 0
    outside = replace(told.workflow, people_outside_affected=True)
    assert scored(replace(told, workflow=outside)).risk > 0.4


@FEW
@given(seeds)
def test_printed_range_holds_the_risk_with_five_points_to_each_side(seed: int) -> None:
    result = scored(assessment(seed))
    shown = printed(result.risk, result.range)
    assert shown.low <= max(shown.risk - 4, 0)
    assert shown.high >= min(shown.risk + 4, 100)
    assert shown.low <= 100 * result.range.low + 0.5
    assert shown.high >= 100 * result.range.high - 0.5


@FEW
@given(seeds)
def test_scale_of_the_weights_does_not_matter(seed: int) -> None:
    engine, _ = shipped()
    found = resolved(assessment(seed))
    heavier = Engine(
        **{name: getattr(engine, name) for name in Engine.__struct_fields__ if name != "load"},
        load=engine.load * 7.5,
    )
    risks = [score(e, controls(e, found)).risk for e in (engine, heavier)]
    assert risks[0] == pytest.approx(risks[1], abs=1e-12)


def test_typical_enterprise_is_typical() -> None:
    engine = prepare(bank(), reference())
    assert sum(engine.prior) == pytest.approx(1, abs=1e-15)
    assert np.array(engine.prior) @ engine.multipliers == pytest.approx(1, abs=1e-15)
