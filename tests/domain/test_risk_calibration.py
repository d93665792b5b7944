"""Learning base rate and shares from past deployments."""

import pytest
from msgspec.structs import replace

from app.domain.landscape import Deployment
from app.domain.risk.calibration import calibration, has_failed, recalibrated
from app.domain.risk.engine import prepare
from tests.domain.golden import bank, reference


def past(failed: int, succeeded: int, relative: float | None = 1.0) -> list[Deployment]:
    return [
        Deployment(
            f"d{n}",
            reached_scale=n >= failed,
            returned_projected=n >= failed,
            relative_hazard=relative,
        )
        for n in range(failed + succeeded)
    ]


def test_no_records_return_the_prior() -> None:
    found = calibration(reference(), [])
    assert found.base_rate == pytest.approx(0.8, abs=1e-6)
    assert found.sigma == pytest.approx(0.4, abs=1e-4)
    assert found.simple == pytest.approx(0.8)
    assert found.shares == pytest.approx(dict(reference().shares))
    assert found.forecasts is None


def test_failures_raise_and_successes_lower_the_rate() -> None:
    assert calibration(reference(), past(5, 0)).base_rate > 0.8
    assert calibration(reference(), past(0, 5)).base_rate < 0.8


def test_data_shrink_the_spread() -> None:
    assert calibration(reference(), past(20, 5)).sigma < 0.4


@pytest.mark.parametrize(
    ("scale", "projected", "failed"),
    [
        (True, True, False),
        (True, False, True),
        (False, True, True),
        (False, None, True),
        (True, None, None),
        (None, None, None),
    ],
)
def test_failed_is_not_both(
    scale: bool | None, projected: bool | None, failed: bool | None
) -> None:
    deployment = Deployment("d", reached_scale=scale, returned_projected=projected)
    assert has_failed(deployment) is failed


def test_unfinished_deployments_are_left_out() -> None:
    found = calibration(reference(), [*past(1, 1), Deployment("open")])
    assert (found.failed, found.succeeded, found.left_out) == (1, 1, 1)


def test_typical_multipliers_give_the_plain_mean() -> None:
    causes = ["capability"] * 2 + ["governance"] * 5 + ["adoption"]
    plain = [
        replace(d, failure_split={cause: 1.0}) for d, cause in zip(past(8, 0), causes, strict=True)
    ]
    typical = [replace(d, multipliers=dict.fromkeys(reference().shares, 1.0)) for d in plain]
    expected = {"capability": 5 / 28, "data": 5 / 28, "governance": 13 / 28, "adoption": 5 / 28}
    assert calibration(reference(), plain).shares == pytest.approx(expected)
    assert calibration(reference(), typical).shares == pytest.approx(expected, abs=1e-9)


def test_a_cause_that_was_well_controlled_counts_for_more() -> None:
    failures = [replace(d, failure_split={"data": 1.0}) for d in past(10, 0)]
    controlled = {**dict.fromkeys(reference().shares, 1.0), "data": 0.3}
    strong = [replace(d, multipliers=controlled) for d in failures]
    plain = calibration(reference(), failures).shares["data"]
    assert calibration(reference(), strong).shares["data"] > plain


def test_forecasts_are_scored_from_the_tenth_outcome() -> None:
    assert calibration(reference(), past(5, 4)).forecasts is None
    found = calibration(reference(), past(8, 2)).forecasts
    assert found is not None
    assert found.of == 10
    assert found.brier == pytest.approx(0.8 * 0.04 + 0.2 * 0.64)
    assert (found.brier, found.log) == pytest.approx((found.brier_always, found.log_always))


def test_better_told_apart_forecasts_score_better() -> None:
    told = [*past(5, 0, 1.5), *past(0, 5, 0.2)]
    found = calibration(reference(), told).forecasts
    assert found is not None
    assert found.brier < found.brier_always
    assert found.log < found.log_always


def test_deployments_without_a_hazard_are_not_forecast() -> None:
    assert calibration(reference(), past(8, 8, None)).forecasts is None


def test_a_recalibrated_set_keeps_the_multipliers() -> None:
    found = calibration(reference(), past(2, 10))
    new = recalibrated(reference(), found)
    before, after = prepare(bank(), reference()), prepare(bank(), new)
    assert new.base_rate == found.base_rate < 0.8
    assert after.multipliers == pytest.approx(before.multipliers, abs=1e-12)
    assert after.prior == pytest.approx(before.prior, abs=1e-12)
    assert sum(new.shares.values()) == pytest.approx(1, abs=1e-12)
