"""Stages, phase exits, the wrapper test, beliefs, the tenant index and the lanes of the screen."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.answers import Screening, ScreenReply
from app.domain.ids import PersonId, WorkflowId
from app.domain.landscape import Audience, Autonomy, Influence, PersonalData, StageRecord
from app.domain.lanes import ScreenLane, exposure, is_exposed, lane
from app.domain.risk.indices import tenant_asset
from app.domain.risk.misdiagnosis import misdiagnosis
from app.domain.risk.results import StageCover
from app.domain.risk.stages import stages_missing, stages_together
from app.domain.statements import (
    capability_fallacy,
    entry_criteria,
    exit_criteria,
    phase_exits,
    wrapper_test,
)
from app.domain.workshop import BeliefVote
from tests.domain.audits import (
    PILOT_STAGES,
    Told,
    ToldSource,
    case_of,
    golden_cases,
    pilot,
    shipped,
)
from tests.domain.golden import (
    STATE_WORDS,
    appraised,
    bank,
    bounds,
    documented,
    near,
    reference,
)


def test_g21_stages_of_the_pilot() -> None:
    golden = golden_cases()["G21"]
    audit, _ = case_of(bank(), reference(), pilot(bank()))
    found = stages_missing(audit, WorkflowId("pilot"))
    assert (found.missing, found.unknown, found.of) == (
        golden["stages_missing"],
        golden["stages_unknown"],
        golden["of"],
    )
    assert found.load_missing == pytest.approx(golden["load_at_risk"], abs=1e-9)
    assert found.load_unknown == pytest.approx(golden["load_unknown"], abs=1e-9)


OWNED = {stage: StageRecord(owner=PersonId("a")) for stage in PILOT_STAGES} | {
    "telemetry_capture": StageRecord(owner=PersonId("a"))
}


@pytest.mark.parametrize(
    "name",
    [
        "all 3 documented, owners named",
        "the same, SME-02 said, own model running",
        "pilot",
        "nothing asked",
    ],
)
def test_g22_phase_exits(name: str) -> None:
    own = replace(Told().workflow, custom_model=True, own_model_goal=True)
    told = {
        "all 3 documented, owners named": Told(documented(), stages=OWNED),
        "the same, SME-02 said, own model running": Told(
            documented(SME_02=[(3, "asserted")]), stages=OWNED, workflow=own
        ),
        "pilot": pilot(bank()),
        "nothing asked": Told(),
    }[name]
    audit, found = case_of(bank(), reference(), told)
    expected = {int(p): STATE_WORDS[word] for p, word in golden_cases()["G22"][name].items()}
    assert phase_exits(audit, found) == expected


@pytest.mark.parametrize(
    "name",
    [
        "all documented, two sources, keeps state",
        "the same, TC-02 said",
        "pilot, no state kept",
        "nothing asked",
    ],
)
def test_g23_wrapper(name: str) -> None:
    two = (
        ToldSource("a", {"SRC-02": [(3, "documented")]}),
        ToldSource("b", {"SRC-02": [(3, "observed")]}),
    )
    keeps = replace(Told().workflow, keeps_state=True)
    trial = pilot(bank())
    told = {
        "all documented, two sources, keeps state": Told(documented(), two, workflow=keeps),
        "the same, TC-02 said": Told(documented(TC_02=[(3, "asserted")]), two, workflow=keeps),
        "pilot, no state kept": replace(trial, workflow=replace(trial.workflow, keeps_state=False)),
        "nothing asked": Told(),
    }[name]
    _, found = case_of(bank(), reference(), told)
    result = wrapper_test(found)
    golden = golden_cases()["G23"][name]
    assert list(result.answers.values()) == golden["answers"]
    assert [v.value for v in result.verdicts] == golden["verdicts"]


def belief_votes(*points: tuple[float, float, float, float]) -> list[BeliefVote]:
    names = ("capability", "data", "governance", "adoption")
    return [BeliefVote(dict(zip(names, p, strict=True))) for p in points]


def test_g24_misdiagnosis() -> None:
    golden = golden_cases()["G24"]
    result, _ = appraised(pilot(bank()), shipped())
    votes = belief_votes((60, 20, 10, 10), (40, 20, 20, 20))
    assert misdiagnosis(result, votes) == near(golden["misdiagnosis_pilot"], 0)
    nothing, _ = appraised(Told(), shipped())
    assert misdiagnosis(nothing, belief_votes((100, 0, 0, 0))) is golden["low_coverage"] is None


def test_g24_capability_fallacy() -> None:
    golden = golden_cases()["G24"]
    _, weak = case_of(bank(), reference(), Told(documented(RT_01=[(1, "observed")])))
    _, sound = case_of(bank(), reference(), Told(documented()))
    _, nothing = case_of(bank(), reference(), Told())
    past = [(dt.date(2026, 3, 1), weak), (dt.date(2026, 9, 1), sound)]
    april, august = dt.date(2026, 4, 10), dt.date(2026, 8, 10)
    assert capability_fallacy(bank(), april, past, sound) == golden["upgrade_april"]
    assert capability_fallacy(bank(), august, past, sound) == golden["upgrade_august"]
    verdict = capability_fallacy(bank(), april, [], nothing)
    assert verdict.value.replace("_", " ") == golden["nothing_asked"]


@pytest.mark.parametrize("name", ["all 3", "pilot", "nothing asked"])
def test_g25_tenant_to_asset(name: str) -> None:
    told = {"all 3": Told(documented()), "pilot": pilot(bank()), "nothing asked": Told()}[name]
    engine, _ = shipped()
    _, found = case_of(bank(), reference(), told)
    golden = golden_cases()["G25"][name]
    assert bounds(tenant_asset(engine, found)) == near(
        [golden["low"], golden["index"], golden["high"]], 0
    )


LANE_WORDS = {
    "Stop or pause?": "stop_or_pause",
    "Live without cover": "live_without_cover",
    "Define owner first": "define_owner_first",
    "Audit first": "audit_first",
}


@pytest.mark.parametrize("name", golden_cases()["G34"])
def test_g34_lanes(name: str) -> None:
    letters, use = name.split(", ")
    replies = {f"SCR-{n}": ScreenReply(letter) for n, letter in enumerate(letters, 1)}
    found = lane(bank(), Screening(replies), live=use == "live")
    assert found.value == LANE_WORDS[golden_cases()["G34"][name]]


@pytest.mark.parametrize(
    ("fields", "points"),
    [
        ({}, 0),
        ({"autonomy": Autonomy.ALONE, "audience": Audience.CUSTOMERS}, 4),
        ({"personal_data": PersonalData.SOME}, 1),
        ({"money": Influence.INDIRECTLY, "hiring": Influence.DECIDES}, 2),
        ({"money": Influence.NO, "hiring": Influence.NO}, 0),
    ],
)
def test_exposure_takes_the_stronger_of_money_and_hiring(fields: dict, points: int) -> None:
    assert exposure(replace(Told().workflow, **fields)) == points


def test_a_lane_nobody_answered_about_needs_an_owner() -> None:
    assert lane(bank(), Screening(), live=False) is ScreenLane.DEFINE_OWNER_FIRST
    assert lane(bank(), Screening(), live=True) is ScreenLane.LIVE_WITHOUT_COVER
    assert is_exposed(bank(), Screening())
    assert not is_exposed(bank(), Screening({"SCR-7": ScreenReply.NO}))


def test_every_lane_is_one_of_the_bank() -> None:
    by_rule = sorted(bank().lanes, key=lambda known: known.rule_order)
    assert [known.id for known in by_rule] == [known.value for known in ScreenLane]


def test_entry_of_a_phase_is_the_exit_of_the_one_before() -> None:
    audit, found = case_of(bank(), reference(), pilot(bank()))
    for phase in (2, 3, 4, 5):
        assert entry_criteria(audit, found, phase) == exit_criteria(audit, found, phase - 1)
    assert entry_criteria(audit, found, 1) == {}


def test_exits_name_their_criteria() -> None:
    audit, found = case_of(bank(), reference(), pilot(bank()))
    first = exit_criteria(audit, found, 1)
    assert set(first) == {"RT-01", "CX-02", "GOV-01", "WF-02", "stage_owners"}
    assert "conditions" in exit_criteria(audit, found, 2)
    assert "custom_model" in exit_criteria(audit, found, 4)


def test_stages_together_take_the_worst_and_the_mean() -> None:
    audit, _ = case_of(bank(), reference(), pilot(bank()))
    weak = stages_missing(audit, WorkflowId("pilot"))
    unknown = stages_missing(audit, WorkflowId("elsewhere"))
    both = stages_together([weak, unknown])
    assert (both.missing, both.of) == (weak.missing, 14)
    assert both.load_missing == pytest.approx(weak.load_missing / 2)
    assert both.cover["routing"] is StageCover.MISSING
    assert both.cover["model_execution"] is StageCover.NOT_KNOWN
